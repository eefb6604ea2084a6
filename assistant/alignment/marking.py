"""The words that moved between points that correspond, as spans of each text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.alignment.records import Span
from assistant.differences import differing
from corpus.records import Language, Unit

# Characters of a text whose words are set against another's, for that takes their square: of longer ones all has moved.
_LONGEST = 12_000


def changed_words(a: Sequence[Unit], b: Sequence[Unit], language: Language) -> Mapping[str, tuple[Span, ...]]:
    """For each unit the words that all of the other side lacks or has otherwise; by anchor id.

    Args:
        a: the units of one side, in one language.
        b: those of the other. Where one meets several, a word of the one has moved where none of them has it there.
        language: of all of them.
    """
    of: dict[str, list[tuple[Span, ...]]] = {unit.anchor_id: [] for unit in (*a, *b)}
    for ours in a:
        for theirs in b:
            of_a, of_b = _differing(ours.text, theirs.text, language)
            of[ours.anchor_id].append(of_a)
            of[theirs.anchor_id].append(of_b)
    return {anchor_id: _in_all(found) for anchor_id, found in of.items()}


def _differing(a: str, b: str, language: Language) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    if a != b and max(len(a), len(b)) > _LONGEST:
        return (((0, len(a)),) if a else ()), (((0, len(b)),) if b else ())
    return differing(a, b, language)


def _in_all(found: Sequence[tuple[Span, ...]]) -> tuple[Span, ...]:
    """What is in a span of each."""
    if not found:
        return ()
    common = found[0]
    for spans in found[1:]:
        meets = [(max(s, t), min(e, f)) for s, e in common for t, f in spans]
        common = tuple(sorted((start, end) for start, end in meets if start < end))
    return common
