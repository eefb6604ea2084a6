"""A paragraph in one language or both: what it records of who did what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.ledger.chinese import chinese
from assistant.ledger.clauses import Grammar
from assistant.ledger.english import english
from assistant.ledger.lists import lists
from assistant.ledger.records import UNNAMED, Act, Actor
from assistant.ledger.statements import Finding, findings
from corpus.records import Language, Unit, UnitKind

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

    A sentence in which either version names nobody is nobody's. Sentences are the same in both versions where these
    have as many; elsewhere each version stands alone.
    """
    read = {language: _read(unit) for language, unit in versions.items()}
    counts = {len(unit.sentences) for unit in versions.values()}
    aligned = len(versions) > 1 and len(counts) == 1
    if not aligned:
        return [
            Recorded(f.actor, f.act, {language: _span(versions[language], f.sentence)}, in_both=False)
            for language, found in read.items()
            for f in found
        ]
    merged: dict[Finding, set[Language]] = {}
    unnamed = {f.sentence for found in read.values() for f in found if f.actor == UNNAMED}
    for language, found in read.items():
        for f in found:
            actor = UNNAMED if f.sentence in unnamed and not _stands_beside(f, found) else f.actor
            merged.setdefault(Finding(actor, f.act, f.sentence), set()).add(language)
    return [
        Recorded(
            f.actor, f.act, {language: _span(unit, f.sentence) for language, unit in versions.items()}, len(of) > 1
        )
        for f, of in sorted(merged.items(), key=lambda each: each[0].sentence)
    ]


def _stands_beside(finding: Finding, found: Sequence[Finding]) -> bool:
    """Whether the same version that names an actor knows of an unnamed speaker in the sentence too."""
    return any(f.sentence == finding.sentence and f.actor == UNNAMED for f in found)


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
