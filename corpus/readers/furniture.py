"""Lines that are no text: emblems, symbols, job numbers, bar codes, page numbers, requests to recycle."""

from __future__ import annotations

import re

#: A United Nations symbol: the body's letters, then at least one part with a figure in it.
SYMBOL = re.compile(
    r"(?<![A-Za-z0-9/])[A-Z]{1,12}(?:/[A-Z][A-Za-z0-9.\-]*|/\d+(?:\.\d+)?[A-Z]?|/\([IVXLC]+\)|/\d+\([IVX]+\))+"
    r"(?:\*{1,2})?(?![A-Za-z0-9/])"
)
_EMBLEM = re.compile(r"United\s+Nations|联\s*合\s*国|Nations\s+Unies", re.IGNORECASE)
_JOB = re.compile(
    r"[A-Z]{1,3}\.?\s?\d{2}[-–]\d{5}\*?(?:\s*\([A-Z]\))?(?:\s+\d{6}){0,4}|GE\.\d{2}-\d{5}(?:\(E\))?|\*\d{6,9}\*"
)
_RECYCLE = re.compile(r"(?:请\s*回\s*收|Please\s+recycle)\s*\W{0,4}", re.IGNORECASE)
_PAGE = re.compile(
    r"\d{1,4}\s*/\s*\d{1,4}|[-–—]\s*\d{1,4}\s*[-–—]|(?:Page|第)\s*\d{1,4}(?:\s*页|\s*(?:of|/)\s*\d{1,4})?", re.I
)
_RULE = re.compile(r"_{5,}|-{5,}|—{5,}|={5,}")
_PIECES = re.compile(r"\s{2,}|\t|\s(?=\*\d{6,9}\*)|(?<=\*)\s|\s(?=请\s?回\s?收|Please recycle)|\s(?=\d{1,4}/\d{1,4}$)")


def is_symbol(line: str) -> bool:
    """Whether a line is a symbol and nothing else."""
    return bool(SYMBOL.fullmatch(line.strip())) and any(c.isdigit() for c in line)


def is_emblem(line: str) -> bool:
    """Whether a line is the name that stands on top of every United Nations document."""
    return bool(_EMBLEM.fullmatch(line.strip()))


def is_page_number(line: str) -> bool:
    """Whether a line is the number of a page: 2/14, - 2 -, Page 2."""
    return bool(_PAGE.fullmatch(line.strip()))


def is_furniture(line: str) -> bool:
    """Whether a line is of what a printing office puts on pages, wherever it stands: each of its pieces is."""
    if _surely(line):
        return True
    pieces = [piece for piece in _PIECES.split(line.strip()) if piece and piece.strip()]
    return (
        bool(pieces)
        and any(_surely(piece) for piece in pieces)
        and all(_surely(piece) or is_symbol(piece) or is_page_number(piece) for piece in pieces)
    )


def _surely(piece: str) -> bool:
    return any(pattern.fullmatch(piece.strip()) for pattern in (_JOB, _RECYCLE, _RULE))
