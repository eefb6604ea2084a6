"""Names of States in both languages: babel's, and the forms of the United Nations that babel lacks."""

from __future__ import annotations

from functools import cache

from babel import Locale

# Forms in these documents and in questions beside babel's short names (英国, 美国, …).
_OTHER_FORMS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "GB": (
        ("大不列颠及北爱尔兰联合王国", "联合王国"),
        ("UK", "Britain", "Great Britain", "United Kingdom of Great Britain and Northern Ireland"),
    ),
    "US": (("美利坚合众国",), ("USA", "U.S.", "America")),
    "KR": (("大韩民国",), ("Republic of Korea",)),
    "KP": (("朝鲜民主主义人民共和国",), ("DPRK",)),
    "RU": (("俄罗斯联邦",), ("Russian Federation",)),
    "TR": ((), ("Turkey", "Türkiye")),
    "CZ": ((), ("Czech Republic",)),
    "CV": (("佛得角",), ("Cabo Verde",)),
    "CI": ((), ("Ivory Coast", "Côte d'Ivoire", "Cote d'Ivoire")),
    "AE": ((), ("UAE",)),
    "SY": (("阿拉伯叙利亚共和国",), ()),
    "LA": (("老挝人民民主共和国",), ("Lao People's Democratic Republic",)),
    "VN": ((), ("Viet Nam",)),
    "MM": ((), ("Myanmar",)),
    "CN": ((), ("People's Republic of China",)),
    "BO": (("多民族玻利维亚国",), ()),
    "VE": (("委内瑞拉玻利瓦尔共和国",), ()),
    "IR": (("伊朗伊斯兰共和国",), ()),
}
# Territories that babel lists but that are words of other meaning in these texts, or no State.
_LEFT_OUT = {"EU", "UN", "EZ", "ZZ", "XA", "XB"}


@cache
def state_names() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Each State or territory as its Chinese forms and its English forms, the most used first."""
    chinese, english = Locale("zh").territories, Locale("en").territories
    rows = []
    for code in sorted(chinese):
        if len(code) != 2 or code in _LEFT_OUT:
            continue
        more_zh, more_en = _OTHER_FORMS.get(code, ((), ()))
        en_name = english[code].split(" (")[0]
        rows.append(((chinese[code].split("（")[0], *more_zh), (en_name, *more_en)))
    return tuple(rows)
