"""Rows of cells as lines of a terminal."""

from __future__ import annotations

from collections.abc import Sequence

UNDEFINED = "–"


def in_columns(rows: Sequence[Sequence[str]], left: int = 1) -> str:
    """Rows as lines whose columns are as wide as their widest cell, the first ``left`` of them set to the left."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if at < left else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def number(value: float | None, digits: int = 3) -> str:
    """A number with so many decimals; a dash where there is none."""
    return UNDEFINED if value is None else f"{value:.{digits}f}"
