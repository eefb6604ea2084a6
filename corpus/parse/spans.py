"""Sentences and listed parts of a unit, as spans into its text."""

from __future__ import annotations

import re

from corpus.parse.patterns import LIST_LABEL
from corpus.records import Sentence, Subitem

# A sentence ends at 。！？ with the quotes and brackets that close on it, or at the end of a line of the unit.
_SENTENCE_END = re.compile(r"[。！？!?]+[”’」』）》]*|\n|$")
_LINE_LABEL = re.compile(r"^(?:(\d{1,2})\.\s|\(([a-z])\)\s*)", re.MULTILINE)


def sentence_spans(text: str) -> tuple[Sentence, ...]:
    """The sentences of a Chinese text, in order; together they hold every character but white space."""
    spans, start = [], 0
    for match in _SENTENCE_END.finditer(text):
        piece = text[start : match.end()]
        if piece.strip():
            left = start + len(piece) - len(piece.lstrip())
            spans.append(Sentence(left, start + len(piece.rstrip())))
        start = match.end()
    return tuple(spans)


def subitem_spans(text: str) -> tuple[Subitem, ...]:
    """The listed parts of a text: (a), ㈠ inside its sentences, or its lines that begin with 1. or (a).

    Labels must run on from the first, so that a reference such as 第 35(a)段 is no list. A part ends where the next
    begins, or with its sentence. Parts under a numbered line carry its number: 1(a).
    """
    if "\n" in text:
        return _line_items(text)
    found: list[tuple[str, int]] = []
    for match in LIST_LABEL.finditer(text):
        if match[1]:
            ordinal, first = ord(match[1]) - ord("a"), "("
        else:
            ordinal, first = ord(match[2]) - ord("㈠"), match[2]
        same = [label for label, _ in found if (label[0] == "(") == (first == "(")]
        if ordinal == len(same):
            found.append((match[0], match.start()))
    if len(found) < 2:
        return ()
    parts = []
    for (label, start), following in zip(found, [*(s for _, s in found[1:]), None], strict=True):
        end = following if following is not None else _sentence_end(text, start)
        parts.append(Subitem(label, start, start + len(text[start:end].rstrip())))
    return tuple(parts)


def _line_items(text: str) -> tuple[Subitem, ...]:
    parts, number = [], ""
    for match in _LINE_LABEL.finditer(text):
        end = text.find("\n", match.start())
        end = len(text) if end < 0 else end
        number = match[1] or number
        label = match[1] or f"{number}({match[2]})"
        parts.append(Subitem(label, match.start(), end))
    return tuple(parts) if len(parts) > 1 else ()


def _sentence_end(text: str, start: int) -> int:
    match = _SENTENCE_END.search(text, start)
    return match.end() if match else len(text)
