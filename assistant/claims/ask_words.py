"""The words by which documents, and those who tell of them, ask something of somebody."""

from __future__ import annotations

import re
from typing import Final, Literal

from corpus.records import Language

#: How strongly something is asked; ``wish`` is what somebody may wish to do.
Strength = Literal[
    "must",
    "require",
    "urge",
    "call upon",
    "request",
    "should",
    "need",
    "recommend",
    "encourage",
    "invite",
    "wish",
    "may",
    "will",
    "decide",
    "is to",
]

# "The aim is to reduce" asks nothing.
_NO_AIM = "".join(
    f"(?<!{word} )" for word in ("aim", "goal", "purpose", "objective", "idea", "task", "function", "role")
)
_BE = r"(?:is|are|was|were|be|been|being)"
_ADVERBS = r"(?:\w+ly |also |further |again |hereby |not ){0,2}"


# What behind 建议 makes it a verb: whom it is recommended to, or what should be done.
_PROPOSED = "国|方|处|会议|办公室|组|修[订改正]|采[用取]|将|把|由|考虑|在|对|制定"
# Strength, whether who is asked stands before, the pattern; the first that fits is meant.
_EN: Final[tuple[tuple[Strength, bool, str], ...]] = (
    ("must", True, r"\bmust\b|\bshall\b|\b(?:has|have|had) to\b"),
    ("must", True, rf"\b{_BE} {_ADVERBS}(?:required|obliged|obligated|bound|mandated|compelled) to\b"),
    ("require", False, r"\brequir(?:es|ed)\b(?= (?:states|parties|governments|(?-i:the [A-Z]|[A-Z])))"),
    ("urge", True, rf"\b{_BE} {_ADVERBS}urged\b"),
    ("call upon", True, rf"\b{_BE} {_ADVERBS}called (?:up)?on\b"),
    ("request", True, rf"\b{_BE} {_ADVERBS}(?:requested|asked)\b"),
    ("encourage", True, rf"\b(?:should )?{_BE} {_ADVERBS}encouraged\b"),
    ("invite", True, rf"\b{_BE} {_ADVERBS}invited\b"),
    ("recommend", True, rf"\b{_BE} {_ADVERBS}recommended\b"),
    ("urge", False, r"\burg(?:es|ed|ing|e)\b(?! for\b)"),
    ("call upon", False, r"\bcall(?:s|ed|ing)? (?:up)?on\b"),
    ("call upon", False, r"\bcall(?:s|ed|ing) for\b"),
    ("request", False, r"\b(?:requests|requested|requesting|asks|asked)\b(?! (?:for|about|from|and|are|is)\b)"),
    ("request", False, r"(?<=\bto )(?:request|ask)\b|(?<=\band )(?:request|ask)\b(?= (?:all|the|states|unodc))"),
    ("encourage", False, r"\bencourag(?:es|ed|ing)\b|(?:(?<=\bto )|(?<=, ))encourage\b"),
    ("invite", False, r"\binvit(?:es|ed|ing)\b|(?:(?<=\bto )|(?<=, ))invite\b"),
    ("recommend", False, r"\brecommend(?:s|ed)?\b(?! how)"),
    ("decide", False, r"\bdecid(?:es|ed)\b|\bresolv(?:es|ed) to\b"),
    ("should", True, r"\bshould\b|\bought to\b"),
    ("need", True, r"\bneeds? to\b"),
    ("is to", True, rf"{_NO_AIM}\b(?:is|are) to\b(?! be found)"),
    ("wish", True, r"\b(?:may|might) wish to\b"),
    ("may", True, r"\b(?:(?-i:may)|might|could)\b(?! not\b)"),
    ("will", True, r"\b(?:will|would)\b"),
)  # fmt: skip
_ZH: Final[tuple[tuple[Strength, bool, str], ...]] = (
    ("must", True, r"必须|务必|不得|有义务|须(?![知经])|应当?禁止"),
    ("urge", False, r"敦促|促请"),
    ("call upon", False, r"呼吁|吁请"),
    ("encourage", False, r"(?:(?<![国方会处室门组构关])(?<![国方会处室门组构关][还也亦])应当?)?鼓励"),
    ("invite", False, r"邀请(?![函信者])"),
    ("recommend", False, rf"(?<![的项些份出供类套条])建议(?=[\u3400-\u9fff]{{0,12}}?(?:{_PROPOSED}))"),
    ("decide", False, r"决定(?![性的书和或草，,。、])|规定(?![的了。，；、]|$|.{0,2}时间)"),
    ("require", False, r"要求(?=[各缔会国成联毒秘一所有])"),
    ("request", False, r"请求(?=[各缔会国成联秘毒])|(?<![申邀促吁聘提敬应])请(?![求愿示教假柬帖])"),
    ("should", True, r"(?<![响适对供反相效回感答])应(?:当|该)?(?:鼓励)?(?![用对急邀付有变力答激纳请])"),
    ("should", True, r"(?<![便权适])宜(?=[考尽])"),
    ("need", True, r"有必要|需要?(?![求])"),
    ("wish", True, r"不妨"),
    ("may", True, r"可以|可能|或可|(?<=[国方室处组会关门构署])可(?![持靠追识用改疑行互逆见得])"),
    ("will", True, r"将(?!会议)(?=[在于由会以被要继举审提进为可帮能允])|会(?=[在于由被要继举])"),
)  # fmt: skip
FORMS: Final = {"en": _EN, "zh": _ZH}
_DETERMINERS = "the|that|this|those|these|which|its|their|his|such|all|any|a|an|each|other"
# What is only to be considered stands behind 考虑 or "consider"; what is asked beside it does not.
CONSIDERS: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(
        r"\bconsider(?:ing|ed)?\b(?! to be)|\b(?:think|reflect) (?:about|on|upon)\b|\blook(?:ing)? into\b", re.I
    ),
    "zh": re.compile(r"考虑(?!到)"),
}
PIECE_ENDS: Final[dict[Language, re.Pattern[str]]] = {
    # An infinitive, and not "parties to the Protocol".
    "en": re.compile(
        rf"(?:,|\band|\bas well as)?\s*\bto\s(?!(?:{_DETERMINERS})\b)(?=[a-z])"
        r"|,?\s(?:and|as well as)\s(?=(?:\w+ly |also |to )?consider)"
        r"|;"
    ),
    "zh": re.compile(r"[，,；;。]"),
}
BESIDE: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(r"\band\b|\bas well as\b|;"),
    "zh": re.compile(r"[,，；;。](?:并|还|也|同时|以及|且)|[；;。]"),
}
