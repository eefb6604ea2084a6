"""Windows over a text longer than a model reads at once, so that no part of it is cut off unnoticed."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

#: The share of a window that the next one repeats, so that what spans a cut is whole in one of them.
OVERLAP = 0.2
# Chinese stops end a sentence wherever they stand, Latin ones before white space; closing marks belong to the sentence.
_SENTENCE_END = re.compile(r"[。！？；][”’」』）》]*|[.!?;][\"”’)\]]*(?=\s)|\n")


def sentence_cuts(text: str) -> tuple[int, ...]:
    """Positions in the text where it is best cut: after the end of a sentence or clause, ascending, within the text."""
    return tuple(match.end() for match in _SENTENCE_END.finditer(text) if match.end() < len(text))


def token_windows(
    length: int, offsets: Sequence[tuple[int, int]], cuts: Sequence[int], budget: int
) -> tuple[tuple[int, int], ...]:
    """Overlapping spans (start, end) of characters, half open, of at most ``budget`` tokens each.

    ``length`` is the text's in characters, ``offsets`` the span of each token in order, ``cuts`` the preferred places
    to cut, ascending. Every character from 0 to ``length`` is in a span, and starts and ends never go back; a text that
    fits gives one span. A window ends at the last cut in its second half, else between tokens; the next one starts at
    the cut nearest to 20% of a window before that, within half a window, else between tokens.
    Raises ValueError for a budget below 1.
    """
    if budget < 1:
        raise ValueError(f"a window of {budget} tokens; expected at least 1")
    count = len(offsets)
    if count <= budget:
        return ((0, length),)
    begins = [begin for begin, _ in offsets]
    windows: list[tuple[int, int]] = []
    first, start = 0, 0
    while first + budget < count:
        past = first + budget
        end = begins[past]
        at = bisect_right(cuts, end) - 1
        if at >= 0 and cuts[at] > begins[first + budget // 2]:
            end = cuts[at]
            past = max(bisect_left(begins, end), first + 1)
        if end > start:
            windows.append((start, end))
        first, start = _next_start(begins, cuts, first, past, end, budget)
    windows.append((start, length))
    return tuple(windows)


def _next_start(
    begins: Sequence[int], cuts: Sequence[int], first: int, past: int, end: int, budget: int
) -> tuple[int, int]:
    """The token and the character that the next window starts with; the token is always beyond ``first``."""
    token = max(past - int(budget * OVERLAP), first + 1)
    wanted = min(begins[token], end)
    earliest = begins[max(past - (past - first) // 2, first + 1)]
    near = cuts[bisect_left(cuts, earliest) : bisect_left(cuts, end)]
    if near:
        cut = min(near, key=lambda place: abs(place - wanted))
        # The token that the cut is in or before: counting it keeps the next window within its budget.
        return max(bisect_right(begins, cut) - 1, first + 1), cut
    return token, wanted
