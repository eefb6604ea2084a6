"""Questions that set texts side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise, product

from assistant.concepts import Form
from assistant.naming import Mention, mentions, named_groups, straight
from assistant.retrieve import Passage
from assistant.words import WordIndex
from corpus.records import Document, UnitKind

_COMPARES = re.compile(
    r"不同|区别|差别|差异|异同|出入|对比|比较|相比|对照|一样|一致吗|是否一致|相同|改动|改了|变了|变化|差在"
    r"|轻重|宽严|繁简|详略|高下|强弱|并列|对得上|删[掉了]|多写|少写|多了|少了|新增|更[严强弱细]|谁的|孰|两相|相对照"
    r"|\b(?:differ\w*|compar(?:e|ed|es|ing|ison|isons)|versus|vs|v(?=\.)|same|changed?|contrast|side by side"
    r"|respectively"
    r"|stronger|weaker|stricter|softer)\b"
    r"|\b(?:goes|go) further\b|\bnext to\b|\bnew in\b|\b(?:added|dropped|lost|gained)\b|\bline up\b"
    r"|\bin both\b|\b(?:each|both) \w+\b",
    re.IGNORECASE | re.ASCII,
)


def compares(question: str) -> bool:
    """Whether a question asks how texts differ or agree; ``question`` is plain."""
    return bool(_COMPARES.search(question))


# These ask for two things to be held side by side; the other words may also stand in a question of one: "each State".
_SIDE_BY_SIDE = re.compile(
    r"相比|对比|对照|请比较|有(?:何|什么|哪些)(?:不同|区别|差别|差异|异同)"
    r"|\b(?:versus|vs|side by side|line up)\b|^compare\b|[,.:;?] compare\b|\bhow do(?:es)? .* (?:compare|differ)\b",
    re.IGNORECASE | re.ASCII,
)


def asks_for_two(question: str) -> bool:
    """Whether a question can only be answered by two passages set side by side; ``question`` is plain."""
    return bool(_SIDE_BY_SIDE.search(question))


def without_comparing(question: str) -> str:
    """A question without the words that ask for a comparison: what is compared."""
    return " ".join(_COMPARES.sub(" ", question).split())


@dataclass(frozen=True)
class Side:
    """A text that is compared: its documents, and the kinds of unit where a part of it is named; all where empty."""

    documents: tuple[str, ...]
    kinds: frozenset[UnitKind] = frozenset()


# What stands between two names that make a pair. A verb between them makes one the subject of the other: "the draft
# asks the Secretariat for a report".
_PAIRED = re.compile(
    r"(?:的|里|中)?[^,。?;:!]{0,8}?(?:与|和|跟|同|及|、|比|较|或|还是)[^,。?;:!]{0,8}"
    r"|(?:'s)?\s?(?:[\w-]+ ){0,6}?\(?(?:and|or|than|with|from|to|versus|vs\.?|v\.?|against)\s(?:[\w-]+ ){0,3}"
    r"|(?:'s)?\s?(?:[\w-]+ ){0,4}[\w-]+[,;] (?:and|while|whereas|but) (?:(?:what|how|which|where) )?(?:[\w-]+ ){0,4}",
    re.IGNORECASE | re.ASCII,
)
# A name that asks the question before it once more: 报告呢?
_AGAIN = re.compile(r"\s*呢")

_PARTS: tuple[tuple[re.Pattern[str], frozenset[UnitKind]], ...] = (
    (re.compile(r"要点|\bpoints?\b", re.I), frozenset({"discussion_point"})),
    (re.compile(r"序言|\bpreamb", re.I), frozenset({"preambular"})),
    (re.compile(r"执行(?:部分|段)|\boperative\b", re.I), frozenset({"operative"})),
)
# How far behind a name, in characters, the part of the text may stand that is meant: 决议草案的序言部分.
_PART_BEHIND = 24


def pairs_texts(question: str, documents: tuple[Document, ...]) -> bool:
    """Whether a question names two texts as a pair, "the report and the draft", so that it asks of both."""
    text = straight(question)
    named = [m for m in mentions(text, documents) if m.by == "name"]
    return any(
        one.documents != other.documents
        and bool(_PAIRED.fullmatch(text[one.end : other.start]) or _AGAIN.match(text[other.end :]))
        for one, other in pairwise(named)
    )


def sides(question: str, documents: tuple[Document, ...]) -> tuple[Side, ...]:
    """The texts that a question names, in order, each with the part of it that is named beside it."""
    text = straight(question)
    said = mentions(text, documents)
    return tuple(Side(group, _part(text, said, group)) for group in named_groups(question, documents))


def _part(text: str, said: Sequence[Mention], group: Sequence[str]) -> frozenset[UnitKind]:
    for at, mention in enumerate(said):
        if set(group) <= set(mention.documents):
            following = said[at + 1].start if at + 1 < len(said) else len(text)
            behind = text[mention.start : min(following, mention.end + _PART_BEHIND)]
            # A part named before a text is of it where "of" or "in" joins them: "the preamble of the draft".
            before = text[max(0, mention.start - _PART_BEHIND) : mention.start]
            joined = before if re.search(r"\b(?:of|in) (?:the )?$", before) else ""
            for pattern, kinds in _PARTS:
                if pattern.search(behind) or pattern.search(joined):
                    return kinds
    return frozenset()


def counterparts(found: Sequence[Sequence[Passage]], index: WordIndex, likeness: float) -> list[Passage]:
    """One passage of each side, so that they answer the question and speak of the same thing.

    Chosen is the choice with the largest sum of scores and, ``likeness`` times, of the shares of words that each two of
    them have in common. A side whose words the question does not use is found by what the other says.

    Args:
        found: the passages found for each side, best first; none is empty.
        index: cuts units into words.
        likeness: what having all words in common is worth, as a score.
    """
    words = {id(passage): index.cut(passage.unit) for passages in found for passage in passages}
    every = sorted(frozenset().union(*words.values()))
    rarities = index.rarities([(Form((word,)),) for word in every], found[0][0].unit.language)
    rarity = dict(zip(every, rarities, strict=True))

    def weight(some: Iterable[str]) -> float:
        return sum(rarity[word] for word in some)

    def worth(chosen: Iterable[Passage]) -> float:
        beside = list(chosen)
        cut = [words[id(passage)] for passage in beside]
        shared = sum(weight(a & b) / (weight(a | b) or 1.0) for a, b in combinations(cut, 2))
        return sum(passage.score for passage in beside) + likeness * shared

    return list(max(product(*found), key=worth))
