"""Which anchors a piece of text stands for, by the characters it shares with the units of its document.

Systems cut documents where they like: a piece may be a part of a paragraph, or hold several. White space and letter
case aside, a text is taken as the set of its runs of :data:`RUN` characters, so that line breaks, and what a parser
repairs here and there, change little.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

#: Characters in a run: long enough that two paragraphs share few of them by chance, in Chinese and in English.
RUN = 8
#: The share of a unit that a piece holds, or of a piece that a unit holds, from which it stands for the unit.
SHARE = 0.5


def anchors_of(piece: str, units: Mapping[str, str]) -> list[str]:
    """The anchors that a piece stands for, that with which it shares most first; none where it shares nothing.

    With R(t) the runs of a text t, a piece p stands for a unit u where |R(p) ∩ R(u)| ≥ SHARE · min(|R(p)|, |R(u)|), so
    it holds half of the unit or the unit holds half of it. It always stands for the unit with the most runs in common.

    Args:
        piece: what a system shows as one result.
        units: the text of each unit of the document and language that the piece is of, by anchor.
    """
    of_piece = _runs(piece)
    common = {anchor: len(of_piece & _runs(text)) for anchor, text in units.items()}
    ranked = sorted((anchor for anchor, runs in common.items() if runs), key=lambda anchor: -common[anchor])
    return [
        anchor
        for rank, anchor in enumerate(ranked)
        if not rank or common[anchor] >= SHARE * min(len(of_piece), len(_runs(units[anchor])))
    ]


@lru_cache(maxsize=10_000)
def _runs(text: str) -> frozenset[str]:
    """Of a text shorter than a run, the whole."""
    squeezed = "".join(text.split()).casefold()
    return frozenset(squeezed[at : at + RUN] for at in range(max(1, len(squeezed) - RUN + 1))) - {""}
