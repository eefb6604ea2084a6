"""Whether the numbers and dates of a sentence stand in its evidence, and of the same things."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from assistant.claims.bounds import at_odds, bound
from assistant.claims.called import kind_of, named
from assistant.claims.facts import Fact, agrees, facts
from assistant.claims.links import link_faults
from assistant.claims.matching import KEPT, read, share, words_of
from assistant.claims.records import Fault, FaultKind
from assistant.claims.texts import clauses
from corpus.records import Language

# Resolutions and sessions are listed between these in Chinese.
_LISTED = re.compile(r"、(?=[^、]{12}|\d{4}年)")
# 五次全体会议 counts 次, 十五个国家 counts 国家.
_LETTER = re.compile(r"\(([a-z])\)|([㈠-㈩])")
_FROM = {"en": re.compile(r"\bfrom (?:\w+ )?$", re.I), "zh": re.compile(r"[由从]$")}
_TO = {
    "en": re.compile(r" (?:\w+ ){0,2}to (?:\w+ )?", re.I),
    "zh": re.compile(r"[\u3400-\u9fff]{0,8}(?:为|至|到|成)"),
}
_PLANNED = {
    "en": re.compile(
        r"\b(?:originally|initially|first|previously|had been) (?:scheduled|planned|set|due|intended|foreseen)"
        r"(?: \w+){0,4} (?:on|for|in|from) $", re.I
    ),
    "zh": re.compile(r"(?:原定|原计划|原拟|最初定|起初定)[于在为]?$"),
}
_RESOLUTION = re.compile(r"\d{1,3}/\d{1,3}")
# What is counted that a text may list without its number.
_KINDS = tuple(
    (kind, {"en": re.compile(rf"\s+(?:\w+\s+){{0,2}}?(?:{en})\b", re.I), "zh": re.compile(rf"\s*个?(?:{zh})")})
    for kind, en, zh in (
        ("resolutions", "resolutions", "[项份]?决议"),
        ("states", "countries|States", "国"),
        ("days", "days", "天|日"),
        ("years", "years", "年"),
        ("hours", "hours?", "个?(?:小时|钟头)"),
    )
)
_COUNTER = re.compile(r"\s*[多余]?[个名位]?\s*([天次届场项件份周页]|[\u4e00-\u9fff]{2})")
# By how much another number's surroundings must fit better before a number is said of the wrong thing.
_MARGIN, _MARGIN_WHOLE = 0.2, 0.15
# By how much the sentence that has a figure must hold more than all others to be the one that is meant.
_CLEARLY = 0.1
# Across languages fewer words are found, and more may be chance.
_ACROSS = 0.1


_Piece = tuple[str, tuple[Fact, ...], frozenset[str], Language]


@lru_cache(KEPT)
def _facts(text: str, language: Language) -> tuple[Fact, ...]:
    return facts(text, language)


def figure_faults(
    sentence: str, language: Language, every: Sequence[tuple[str, Language]], nearest: Sequence[tuple[str, Language]]
) -> tuple[Fault, ...]:
    """Numbers and dates that no text of the evidence has, or that it has of something else."""
    there = [fact for text, of in every for fact in _facts(text, of)]
    found: list[Fault] = []
    for fact in _facts(sentence, language):
        if not any(agrees(fact, other) and _year_stands(fact, there) for other in there) and not _listed(sentence, fact, language, every):
            kind: FaultKind = "date" if _shape(fact) in {"day", "time"} else fact.kind
            found.append(Fault(kind, fact.surface, _like(fact, there)))
    found = found or _out_of_bounds(sentence, language, every) or _of_two_spans(sentence, language, there)
    found = found or _turned(sentence, language, every)
    found = found or link_faults(sentence, language, every) or _unplanned(sentence, language, every)
    found = found or _of_others(sentence, language, nearest)
    return tuple(dict.fromkeys(found))


def _listed(sentence: str, fact: Fact, language: Language, every: Sequence[tuple[str, Language]]) -> bool:
    """Whether a number is that of the members of a list: two entities, where two are named."""
    counted = next((kind for kind, words in _KINDS if words[language].match(sentence, fact.end)), "")
    if counted and any(
        words[of].match(text, other.end) and other.kind == "number"
        for kind, words in _KINDS if kind == counted
        for text, of in every for other in _facts(text, of)
    ):
        # The evidence says itself how many there are.
        counted = ""
    return fact.value.isdigit() and any(
        int(fact.value) in _members(there, of, counted) for text, of in every for there in read(text, of).sentences
    )


def _out_of_bounds(sentence: str, language: Language, every: Sequence[tuple[str, Language]]) -> list[Fault]:
    """Numbers that are told as the most where each text of the evidence has them as the least, or the other way."""
    found = []
    for fact in _facts(sentence, language):
        if _shape(fact) != "number":
            continue
        ours = bound(sentence, fact, language)
        same = [(text, of, other) for text, of in every for other in _facts(text, of) if agrees(fact, other)]
        if same and all(at_odds(ours, bound(text, other, of)) for text, of, other in same):
            found.append(Fault("number", fact.surface, same[0][2].surface))
    return found


def _unplanned(sentence: str, language: Language, every: Sequence[tuple[str, Language]]) -> list[Fault]:
    """Dates for which something was planned first, where the evidence tells of others so."""
    theirs = [other for text, of in every for other in _facts(text, of) if _is_planned(text, other, of)]
    return [
        Fault("date", fact.surface, theirs[0].surface)
        for fact in _facts(sentence, language)
        if theirs and _is_planned(sentence, fact, language) and not any(agrees(fact, other) for other in theirs)
    ]


def _is_planned(text: str, fact: Fact, language: Language) -> bool:
    return fact.kind == "date" and _PLANNED[language].search(text[: fact.start]) is not None


def _turned(sentence: str, language: Language, every: Sequence[tuple[str, Language]]) -> list[Fault]:
    """Two numbers of which the evidence says that the second became the first."""
    theirs = {change for text, of in every for change in _changes(text, of)}
    return [
        Fault("number", f"{first} → {last}", f"{last} → {first}")
        for first, last in _changes(sentence, language)
        if (last, first) in theirs and (first, last) not in theirs
    ]


def _changes(text: str, language: Language) -> list[tuple[str, str]]:
    """From what number to what something is said to change."""
    return [
        (one.value, other.value)
        for one, other in pairwise(_facts(text, language))
        if one.kind == other.kind == "number"
        and one.start != other.start
        and _FROM[language].search(text[: one.start])
        and _TO[language].fullmatch(text[one.end : other.start])
    ]


def _of_two_spans(sentence: str, language: Language, there: Sequence[Fact]) -> list[Fault]:
    """Spans of time that begin with one span of the evidence and end with another."""
    found = []
    for first, last in pairwise(_facts(sentence, language)):
        if {_shape(first), _shape(last)} != {"time"} or first.start != last.start:
            continue
        spans = [(one, other) for one, other in pairwise(there) if one.start == other.start and _shape(one) == "time"]
        if spans and not any(agrees(first, one) and agrees(last, other) for one, other in spans):
            found.append(Fault("date", first.surface, spans[0][0].surface))
    return found


def _members(sentence: str, language: Language, counted: str) -> set[int]:
    """How many a sentence lists: behind its colon or under its letters; as resolutions, States or days where those count."""
    tail = sentence.rpartition(":")[2] if ":" in sentence else ""
    between = tail.count("、") if language == "zh" else tail.count(",")
    last = re.search("[和及]" if language == "zh" else r"\sand\s", tail)
    letters = len(set(_LETTER.findall(sentence)))
    many = {letters or (between + 1 + bool(last) if between or last else 0)}
    told = _facts(sentence, language)
    if counted == "resolutions":
        many.add(len({each.value for each in told if _RESOLUTION.fullmatch(each.value)}))
    if counted == "states":
        many.add(len({key for key in named(sentence, language) if kind_of(key) == "state"}))
    if counted == "days":
        spans = [(one, other) for one, other in pairwise(told) if one.start == other.start and one.kind == "date"]
        many |= {int(last[-2:]) - int(first[-2:]) + 1 for first, last in ((a.value, b.value) for a, b in spans)
                 if (first + last)[-2:].isdigit() and first[-2:].isdigit()}
    if counted == "hours":
        times = [(one, other) for one, other in pairwise(told) if one.start == other.start and _shape(one) == "time"]
        many |= {_hour(other.value) - _hour(one.value) for one, other in times}
    if counted == "years":
        years = {int(each.value[:4]) for each in told if each.kind == "date" and each.value[:4].isdigit()}
        many |= {abs(one - other) for one in years for other in years}
    return many - {0, 1}


def _hour(value: str) -> int:
    """15 of 3 p.m."""
    hour = int(re.split(r"\D", value)[0])
    return hour + 12 if value.endswith("p.m.") and hour < 12 else hour


def _year_stands(fact: Fact, there: Sequence[Fact]) -> bool:
    year = fact.value[:4] if fact.kind == "date" else "????"
    return year == "????" or any(year in other.value for other in there)


def _like(fact: Fact, there: Sequence[Fact]) -> str:
    return next((other.surface for other in there if other.kind == fact.kind), "")


def _of_others(sentence: str, language: Language, nearest: Sequence[tuple[str, Language]]) -> list[Fault]:
    """Figures that stand in the evidence where it speaks of something else."""
    texts = [(text, of) for text, of in nearest if of == language] or nearest
    said_there = [(said, of) for text, of in texts for said in read(text, of).sentences]
    whole = [(said, _facts(said, of), words_of(said), of) for said, of in said_there]
    there = [
        (piece, _facts(piece, of), words_of(piece), of)
        for said, of in said_there
        for clause in clauses(said, of)
        for piece in _listed_apart(clause, of)
    ]
    counted = [
        (_counted(text, fact, of), fact.value) for text, of in nearest if of == language for fact in _facts(text, of)
    ]
    found = []
    whole_facts = _facts(sentence, language)
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
        ours = _facts(clause, language)
        for fact in ours:
            if not any(agrees(fact, other) for _, told, _, _ in whole for other in told) or _listed(
                sentence, fact, language, nearest
            ):
                continue
            own = [each for each in there if any(agrees(fact, other) for other in each[1])]
            companions = [other for other in ours if _shape(other) != _shape(fact)]
            if any(agrees(one, other) for one in companions for each in own for other in each[1]):
                continue
            apart = next((o for one in companions for e in own for o in e[1] if _shape(o) == _shape(one)), None)
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
        alike = [each for each in facts_there if _shape(each) == _shape(fact)]
        rivals = [each for each in alike if each.ordinal == fact.ordinal]
        if (
            rivals
            and not any(agrees(fact, other) for other in rivals)
            and not (len(ours) > 1 and all(any(agrees(one, other) for one in ours if one != fact) for other in rivals))
            and share(around, language, words, of) > of_own + margin + (0.0 if of == language else _ACROSS)
        ):
            return rivals[0]
    return None


def _shape(fact: Fact) -> str:
    """What a figure is of: only those of one shape are taken for each other."""
    if fact.kind == "date":
        return "date"
    if fact.value.endswith("day"):
        return "day"
    return "time" if fact.value.endswith(("m.", "noon")) else "symbol" if "/" in fact.value else "number"


def _counted(text: str, fact: Fact, language: Language) -> str:
    """The word behind a number, which says what it counts; empty where it counts nothing."""
    if fact.kind != "number" or _shape(fact) != "number":
        return ""
    behind = text[fact.end :]
    if language == "zh":
        met = _COUNTER.match(behind)
        return met[1] if met else ""
    words = re.match(r"\s+([a-z]{3,})", behind)
    return next(iter(words_of(words[1])), "") if words else ""
