"""How much of a thing a text speaks of: all, most, some or only a part of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from assistant.asking import ASKING
from assistant.claims.matching import KEPT, Part, likely
from assistant.claims.records import Fault
from assistant.claims.texts import BEHIND, clauses
from corpus.records import Language
from corpus.words import segmenter

Extent = Literal[
    "all",
    "each",
    "most",
    "some",
    "several",
    "few",
    "only",
    "unique",
    "one",
    "single",
    "none",
    "always",
    "often",
    "sometimes",
]

_WORDS: Final[dict[Language, tuple[tuple[Extent, str], ...]]] = {
    "en": (
        ("one", r"one of(?: the)?"),
        ("single", r"one(?! another| of)|an individual|a single"),
        ("all", r"(?<!\bat )all(?! the more| of (?:them|which|whom|these|those))|each(?! other| year| day)"),
        ("all", r"every(?:one)?(?! (?:year|day|month|week|two|three|other))|entire|whole|throughout"),
        ("most", r"most(?! (?:advanced|widely|often|effective|important|recent))|majority of|largely|mostly|mainly"),
        ("few", r"(?:only )?(?:a )?(?:very )?(?:few|handful of)|(?:very )?(?:limited|small|low) number of"),
        ("unique", r"the (?:only|sole)"),
        ("only", r"only|sole(?:ly)?|exclusively|merely|nothing but"),
        ("several", r"several|many|numerous|a number of|multiple|various"),
        ("some", r"some|certain|partly|selected"),
        ("always", r"always|invariably|in (?:all|every) cases?"),
        ("often", r"often|frequently|usually|generally|commonly"),
        ("sometimes", r"sometimes|occasionally|in (?:some|certain) cases|rarely|seldom"),
    ),
    "zh": (
        ("one", r"之一"),
        ("unique", r"唯一(?!可识别)"),
        ("only", r"只有|仅有|仅仅|仅(?!次)|只(?![要不])|单单|专门只"),
        ("few", r"少数(?:几[个项])?|极少数|个别|寥寥|数量(?:偏低|较少|有限)"),
        ("most", r"大多数|绝大多数|多数|大部分|绝大部分|大都|大多|主要(?=是)"),
        ("several", r"若干|许多|不少|数个|多[个项次位名]|几[个项次位名]|众多|种种"),
        ("some", r"一些|有些|(?<![言成行大一])部分(?!组织|条款)|某些|有的|某个|其中一些"),
        ("single", r"一[个位名](?!一)"),
        ("all", r"所有|全部(?!六种)|全体|一切|每一?[个件项次名位份种]|每(?=[国])|整个|无一例外"),
        # 各国 is how Chinese says "States".
        ("each", r"均|凡|任何|都(?!市)|(?<![区国两六三])各(?=[国区种方级项])"),
        ("always", r"总是|始终|一律|一贯"),
        ("often", r"往往|经常|常常|通常|一般"),
        ("sometimes", r"有时|偶尔|在某些情况下"),
    ),
}  # fmt: skip
# Extents that may stand for each other in what somebody says anew.
_ALIKE: Final[tuple[frozenset[Extent], ...]] = (
    frozenset({"some", "several"}),
    frozenset({"few", "only"}),
    frozenset({"unique", "only"}),
    frozenset({"all", "always"}),
    frozenset({"all", "each"}),
)
#: Those that say less than all, and so may not be dropped.
_PARTIAL: Final[frozenset[Extent]] = frozenset({"some", "most", "few", "only"})
#: What rules an extent out where a text in the other language says it of the same.
_AGAINST: Final[Mapping[Extent, frozenset[Extent]]] = {
    "all": _PARTIAL,
    "most": frozenset({"all", "some", "few"}),
    "some": frozenset({"all", "most"}),
    "few": frozenset({"all", "most"}),
    "only": frozenset({"all"}),
    "one": frozenset({"unique"}),
    "several": frozenset({"unique"}),
}
#: Those that a text may say of what it only lists or says in the plural.
_LOOSE: Final[frozenset[Extent]] = frozenset({"each", "several", "often", "single", "one"})
_BEHIND: Final = 3
_EMPTY: Final = frozenset("the of their it those these that 的 个 件 项 次 名 位 份 种 此类 其 这些 该 and or".split())


@dataclass(frozen=True)
class Quantified:
    """A word of extent and the words behind it, the first of which it measures."""

    extent: Extent
    surface: str
    heads: tuple[str, ...]


@lru_cache(4 * KEPT)
def quantified(text: str, language: Language) -> tuple[Quantified, ...]:
    """What a clause measures, in order."""
    found = []
    for match in _pattern(language).finditer(text):
        extent = _WORDS[language][int((match.lastgroup or "e0")[1:])][0]
        behind = clauses(text[match.end() : match.end() + BEHIND], language)
        heads = _content(behind[0], language) if behind else ()
        if match[0] == "各" and heads[:1] and heads[0].startswith("国"):
            heads = ("国家", *heads[1:])
        found.append(Quantified(extent, match[0], heads))
    return tuple(found)


def scope_faults(sentence: str, language: Language, evidence: Sequence[Part]) -> tuple[Fault, ...]:
    """Words of extent that the evidence lacks or has otherwise, and those of it that the sentence drops."""
    found: list[Fault] = []
    for clause in clauses(sentence, language):
        near = likely(clause, language, evidence)
        if not near:
            continue
        parts = [each.part for each in near if each.share >= 0.8 * near[0].share]
        found += _of_clause(clause, language, parts)
    return tuple(found)


def _of_clause(clause: str, language: Language, near: Sequence[Part]) -> list[Fault]:
    ours = quantified(clause, language)
    if near[0].language != language:
        return _across(ours, near)
    found = []
    theirs = [each for part in near for each in quantified(part.sentence, part.language)]
    for each in ours:
        alike = [other for other in theirs if _like(each.extent, other.extent)]
        about = [other for other in theirs if set(other.heads) & set(each.heads)]
        if any(other in about or not other.heads for other in alike):
            continue
        rival = next(
            (other for other in about if each.extent != "one" or other.extent in {"only", "unique", "all"}), None
        )
        if rival or (not alike and each.extent not in _LOOSE):
            found.append(Fault("scope", each.surface, rival.surface if rival else ""))
    if not ours:
        words = _content(clause, language, 99)
        for other in quantified(near[0].text, near[0].language):
            if other.extent in _PARTIAL and other.heads and other.heads[0] in words:
                found.append(Fault("scope", other.heads[0], f"{other.surface} {other.heads[0]}"))
    return found


def _across(ours: Sequence[Quantified], near: Sequence[Part]) -> list[Fault]:
    """Across languages what is measured cannot be told, only that all is said of what is some, or some of all."""
    theirs = [each for part in near for each in quantified(part.text, part.language)]
    found = []
    for each in ours:
        against = _AGAINST.get(each.extent, frozenset())
        rival = next((other for other in theirs if other.extent in against), None)
        if rival and not any(_like(each.extent, other.extent) for other in theirs):
            found.append(Fault("scope", each.surface, rival.surface))
    return found


def _like(ours: Extent, theirs: Extent) -> bool:
    return ours == theirs or any({ours, theirs} <= alike for alike in _ALIKE)


@lru_cache(2)
def _pattern(language: Language) -> re.Pattern[str]:
    around = r"\b(?P<e{}>{})\b" if language == "en" else r"(?P<e{}>{})"
    rows = (around.format(n, words) for n, (_, words) in enumerate(_WORDS[language]))
    return re.compile("|".join(rows), re.IGNORECASE)


def _content(text: str, language: Language, most: int = _BEHIND) -> tuple[str, ...]:
    words = segmenter().cut(text) if language == "zh" else segmenter().words(text)
    return tuple(w for w in words if w[:1].isalnum() and w not in _EMPTY and w not in ASKING)[:most]
