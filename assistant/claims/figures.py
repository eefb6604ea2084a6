"""Whether the numbers and dates of a sentence stand in its evidence, and of the same things."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.claims.counting import facts_of, is_listed, shape_of
from assistant.claims.facts import Fact, agrees
from assistant.claims.links import link_faults
from assistant.claims.matching import read, share, words_of
from assistant.claims.records import Fault, FaultKind
from assistant.claims.texts import clauses
from assistant.claims.told import told_faults
from corpus.records import Language

# Resolutions and sessions are listed between these in Chinese.
_LISTED = re.compile(r"、(?=[^、]{12}|\d{4}年)")
# 五次全体会议 counts 次, 十五个国家 counts 国家.


_COUNTER = re.compile(r"\s*[多余]?[个名位]?\s*([天次届场项件份周页]|[\u4e00-\u9fff]{2})")
# By how much another number's surroundings must fit better before a number is said of the wrong thing.
_MARGIN, _MARGIN_WHOLE = 0.2, 0.15
# By how much the sentence that has a figure must hold more than all others to be the one that is meant.
_CLEARLY = 0.1
# Across languages fewer words are found, and more may be chance.
_ACROSS = 0.1


_Piece = tuple[str, tuple[Fact, ...], frozenset[str], Language]


def figure_faults(
    sentence: str, language: Language, every: Sequence[tuple[str, Language]], nearest: Sequence[tuple[str, Language]]
) -> tuple[Fault, ...]:
    """Numbers and dates that no text of the evidence has, or that it has of something else."""
    there = [fact for text, of in every for fact in facts_of(text, of)]
    found: list[Fault] = []
    for fact in facts_of(sentence, language):
        if not any(agrees(fact, other) and _year_stands(fact, there) for other in there) and not is_listed(
            sentence, fact, language, every
        ):
            kind: FaultKind = "date" if shape_of(fact) in {"day", "time"} else fact.kind
            found.append(Fault(kind, fact.surface, _like(fact, there)))
    found = found or told_faults(sentence, language, every) or link_faults(sentence, language, every)
    found = found or _of_others(sentence, language, nearest)
    return tuple(dict.fromkeys(found))


def _year_stands(fact: Fact, there: Sequence[Fact]) -> bool:
    year = fact.value[:4] if fact.kind == "date" else "????"
    return year == "????" or any(year in other.value for other in there)


def _like(fact: Fact, there: Sequence[Fact]) -> str:
    return next((other.surface for other in there if other.kind == fact.kind), "")


def _of_others(sentence: str, language: Language, nearest: Sequence[tuple[str, Language]]) -> list[Fault]:
    """Figures that stand in the evidence where it speaks of something else."""
    texts = [(text, of) for text, of in nearest if of == language] or nearest
    said_there = [(said, of) for text, of in texts for said in read(text, of).sentences]
    whole = [(said, facts_of(said, of), words_of(said), of) for said, of in said_there]
    there = [
        (piece, facts_of(piece, of), words_of(piece), of)
        for said, of in said_there
        for clause in clauses(said, of)
        for piece in _listed_apart(clause, of)
    ]
    counted = [
        (_counted(text, fact, of), fact.value) for text, of in nearest if of == language for fact in facts_of(text, of)
    ]
    found = []
    whole_facts = facts_of(sentence, language)
    for fact in whole_facts:
        what = _counted(sentence, fact, language)
        values = {value for thing, value in counted if thing == what}
        things = {thing for thing, value in counted if value == fact.value}
        if what and values and things and what not in things and "" not in things:
            found.append(Fault(fact.kind, f"{fact.surface}{what}", " ".join(sorted(values))))
    if found:
        return found
    bare = _without(sentence, whole_facts)
    pieces = [piece for clause in clauses(sentence, language) for piece in _listed_apart(clause, language)]
    for clause in pieces:
        ours = facts_of(clause, language)
        for fact in ours:
            if not any(agrees(fact, other) for _, told, _, _ in whole for other in told) or is_listed(
                sentence, fact, language, nearest
            ):
                continue
            own = [each for each in there if any(agrees(fact, other) for other in each[1])]
            companions = [other for other in ours if shape_of(other) != shape_of(fact)]
            if any(agrees(one, other) for one in companions for each in own for other in each[1]):
                continue
            apart = next((o for one in companions for e in own for o in e[1] if shape_of(o) == shape_of(one)), None)
            if apart:
                found.append(Fault(apart.kind, fact.surface, apart.surface))
                continue
            around = clause[: fact.start] + " " + clause[fact.end :]
            rival = _better_elsewhere(bare, fact, whole_facts, language, whole, _MARGIN_WHOLE)
            if rival and not _better_elsewhere(around, fact, ours, language, there, -_CLEARLY):
                # What stands beside it in its clause speaks for it.
                rival = None
            if not rival:
                rival = _better_elsewhere(around, fact, ours, language, there, _MARGIN)
                # A clause may be cut off from its date: what its whole sentence says speaks for it.
                rival = None if rival and _at_home(sentence, fact, rival, language, whole) else rival
            if rival:
                found.append(Fault(fact.kind, fact.surface, rival.surface))
    return found


def _without(sentence: str, told: Sequence[Fact]) -> str:
    """A sentence without its figures: that one of them stands somewhere says nothing of what it is said of."""
    rest = list(sentence)
    for fact in told:
        rest[fact.start : fact.end] = " " * (fact.end - fact.start)
    return "".join(rest)


def _listed_apart(clause: str, language: Language) -> list[str]:
    return _LISTED.split(clause) if language == "zh" else [clause]


def _at_home(sentence: str, fact: Fact, rival: Fact, language: Language, whole: Sequence[_Piece]) -> bool:
    """Whether the sentence of the evidence with a figure clearly says more of the sentence than that with its rival."""
    shares = [(share(sentence, language, words, of), there) for _, there, words, of in whole]
    own = [each for each in shares if any(agrees(fact, other) for other in each[1])]
    others = [each for each, there in shares if any(agrees(rival, other) for other in there)]
    best = max(own, key=lambda each: each[0], default=(0.0, ()))
    return not any(agrees(rival, other) for other in best[1]) and best[0] > max(others, default=0.0) + _CLEARLY


def _better_elsewhere(
    around: str, fact: Fact, ours: Sequence[Fact], language: Language, there: Sequence[_Piece], margin: float
) -> Fact | None:
    """The figure of the part of the evidence that says what stands around a figure, if that is another."""
    own = [(words, of) for _, facts_there, words, of in there if any(agrees(fact, other) for other in facts_there)]
    of_own = max((share(around, language, words, of) for words, of in own), default=0.0)
    for _, facts_there, words, of in there:
        alike = [each for each in facts_there if shape_of(each) == shape_of(fact)]
        rivals = [each for each in alike if each.ordinal == fact.ordinal]
        if (
            rivals
            and not any(agrees(fact, other) for other in rivals)
            and not (len(ours) > 1 and all(any(agrees(one, other) for one in ours if one != fact) for other in rivals))
            and share(around, language, words, of) > of_own + margin + (0.0 if of == language else _ACROSS)
        ):
            return rivals[0]
    return None


def _counted(text: str, fact: Fact, language: Language) -> str:
    """The word behind a number, which says what it counts; empty where it counts nothing."""
    if fact.kind != "number" or shape_of(fact) != "number":
        return ""
    behind = text[fact.end :]
    if language == "zh":
        met = _COUNTER.match(behind)
        return met[1] if met else ""
    words = re.match(r"\s+([a-z]{3,})", behind)
    return next(iter(words_of(words[1])), "") if words else ""
