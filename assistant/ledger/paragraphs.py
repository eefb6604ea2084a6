"""A paragraph in one language or both: what it records of who did what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from assistant.ledger.actors import names
from assistant.ledger.chinese import chinese
from assistant.ledger.clauses import Grammar
from assistant.ledger.english import english
from assistant.ledger.lists import lists
from assistant.ledger.records import LISTED, UNNAMED, Act, Actor
from assistant.ledger.statements import Finding, findings
from corpus.records import Bilingual, Language, Unit, UnitKind

#: Units that tell of a meeting; the paragraphs of a resolution act by themselves, and agendas and tables tell of none.
_TELLING: Final[frozenset[UnitKind]] = frozenset(("paragraph", "unnumbered", "item_paragraph", "discussion_point"))


@dataclass(frozen=True)
class Recorded:
    """An act of an actor in a paragraph: in each version that has it, the span of the sentence."""

    actor: Actor
    act: Act
    spans: Mapping[Language, tuple[int, int]]
    in_both: bool


def recorded(versions: Mapping[Language, Unit]) -> list[Recorded]:
    """What a paragraph records, its versions read each for itself and held against each other.

    Where both versions have as many sentences, these are the same in both: an entry stands where both name its actor
    in its sentence, and a sentence in which either names nobody is nobody's. Elsewhere both must name the actor in the
    paragraph.
    """
    read = {language: _read(unit) for language, unit in versions.items()}
    if len(versions) == 1:
        ((language, found),) = read.items()
        return [Recorded(f.actor, f.act, {language: _span(versions[language], f.sentence)}, False) for f in found]
    if len({len(unit.sentences) for unit in versions.values()}) == 1:
        return _aligned(versions, _paired(read))
    return _beside(versions, read)


def _paired(read: Mapping[Language, Sequence[Finding]]) -> dict[Language, list[Finding]]:
    """What two versions record, organisations that only a list names made one where they stand alike in it."""
    same: dict[tuple[Language, Finding], Finding] = {}
    for n, act in dict.fromkeys((f.sentence, f.act) for f in read["zh"] if f.act in LISTED):
        members = {of: [f for f in found if (f.sentence, f.act) == (n, act)] for of, found in read.items()}
        pairs = list(zip(members["zh"], members["en"], strict=False))
        fits = all(a.actor == b.actor or (_is_new(a.actor) and _is_new(b.actor)) for a, b in pairs)
        if not fits or len(members["zh"]) != len(members["en"]):
            continue
        for a, b in pairs:
            named = Bilingual(a.actor.names.zh, b.actor.names.en)
            one = Finding(replace(b.actor, names=named) if _is_new(b.actor) else b.actor, act, n)
            same["zh", a] = same["en", b] = one
    return {of: [same.get((of, f), f) for f in found] for of, found in read.items()}


def _is_new(actor: Actor) -> bool:
    """Whether only a document names an actor."""
    return actor.kind == "organisation" and actor not in names().actors


def _aligned(versions: Mapping[Language, Unit], read: Mapping[Language, Sequence[Finding]]) -> list[Recorded]:
    """What two versions record whose sentences are the same."""
    first, second = read.values()
    acting = [{(f.actor, f.sentence) for f in found} for found in (first, second)]
    nobodys = {n for of in acting for actor, n in of if actor == UNNAMED}
    kept: dict[Finding, set[Language]] = {}
    for language, found in read.items():
        for f in found:
            if all((f.actor, f.sentence) in of for of in acting):
                kept.setdefault(f, set()).add(language)
            elif f.sentence in nobodys and all(any(n == f.sentence for _, n in of) for of in acting):
                kept.setdefault(Finding(UNNAMED, f.act, f.sentence), set()).add(language)
    return [
        Recorded(f.actor, f.act, {of: _span(unit, f.sentence) for of, unit in versions.items()}, len(languages) > 1)
        for f, languages in sorted(kept.items(), key=lambda each: each[0].sentence)
    ]


def _beside(versions: Mapping[Language, Unit], read: Mapping[Language, Sequence[Finding]]) -> list[Recorded]:
    """What two versions record whose sentences are others: the nth act of an actor in one is the nth in the other."""
    both = set.intersection(*({f.actor for f in found} for found in read.values()))
    spans: dict[tuple[Actor, Act, int], dict[Language, tuple[int, int]]] = {}
    for language, found in read.items():
        counted: Counter[tuple[Actor, Act]] = Counter()
        for f in found:
            if f.actor in both:
                n = counted[f.actor, f.act]
                spans.setdefault((f.actor, f.act, n), {})[language] = _span(versions[language], f.sentence)
                counted[f.actor, f.act] += 1
    return [Recorded(actor, act, of, len(of) > 1) for (actor, act, _), of in spans.items()]


def _read(unit: Unit) -> list[Finding]:
    sentences = [unit.text[s.start : s.end] for s in unit.sentences]
    if unit.kind == "head":
        return [Finding(actor, act, n) for n, (actor, act) in lists(unit.language).sponsors(sentences)]
    if unit.kind not in _TELLING:
        return []
    return findings(sentences, _grammar(unit.language), lists(unit.language).listed)


def _grammar(language: Language) -> Grammar:
    return chinese() if language == "zh" else english()


def _span(unit: Unit, n: int) -> tuple[int, int]:
    return unit.sentences[n].start, unit.sentences[n].end
