"""Sentences and listed parts of a unit, as spans into its text."""

from __future__ import annotations

import re

from corpus.parse.patterns import LIST_LABEL
from corpus.parse.sentence_ends import sentence_ends
from corpus.records import Sentence, Subitem

_LINE_LABEL = re.compile(r"^(?:(\d{1,2})\.\s|\(([a-z])\)\s*)", re.MULTILINE)
# What stands before a reference, which is no label: 第 35(a)段, item 2 (d), subparagraph (a), State(s).
_REFERENCE = re.compile(
    r"(?:[A-Za-z\d第]|\d |(?:paragraph|article|clause|section|item|point|option)s? )$", re.IGNORECASE
)
_RANGE = re.compile(r"\s*(?:to|至|[-–])\s*\(")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")


def sentence_spans(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text in either language, in order; together they hold every character but white space."""
    spans, start = [], 0
    for end in sentence_ends(text):
        piece = text[start:end]
        if piece.strip():
            left = start + len(piece) - len(piece.lstrip())
            spans.append(Sentence(left, start + len(piece.rstrip())))
        start = end
    return tuple(spans)


def subitem_spans(text: str) -> tuple[Subitem, ...]:
    """The listed parts of a text: (a), (i) or ㈠ inside its sentences, or its lines that begin with 1. or (a).

    Labels must run on from the first of their kind, so that a reference such as 第 35(a)段 or item 2 (d) is no list. A
    part ends where the next begins, or with its sentence. Parts under a numbered line or a lettered part carry its
    number or letter: 1(a), (a)(i).
    """
    if "\n" in text:
        return _line_items(text)
    found = _running_labels(text)
    if len(found) < 2:
        return ()
    parts = []
    for (label, start), following in zip(found, [*(s for _, s in found[1:]), None], strict=True):
        end = following if following is not None else next(end for end in sentence_ends(text) if end > start)
        parts.append(Subitem(label, start, start + len(text[start:end].rstrip())))
    return tuple(parts)


def _running_labels(text: str) -> list[tuple[str, int]]:
    """The labels that run on from the first of their kind, with their offsets."""
    matches = [m for m in LIST_LABEL.finditer(text) if not _REFERENCE.search(text[max(0, m.start() - 12) : m.start()])]
    matches = [m for m in matches if not _RANGE.match(text, m.end())]
    labels = [m[0].strip("()") for m in matches]
    reached = {"letter": 0, "roman": 0, "circled": 0}
    found, outer = [], ""
    for at, match in enumerate(matches):
        following = labels[at + 1] if at + 1 < len(labels) else ""
        for kind, ordinal in _readings(labels[at], following):
            if ordinal == reached[kind]:
                reached[kind] += 1
                if kind == "letter":
                    # Each lettered part may hold a list of its own: (a)(i), (a)(ii), (b)(i).
                    outer, reached["roman"], reached["circled"] = match[0], 0, 0
                found.append((match[0] if kind == "letter" else outer + match[0], match.start()))
                break
    return found


def _readings(label: str, following: str) -> list[tuple[str, int]]:
    """What a label can be, the likelier first: its kind and its place from 0. (i) is roman where (ii) follows."""
    if "㈠" <= label <= "㈩":
        return [("circled", ord(label) - ord("㈠"))]
    letter = [("letter", ord(label) - ord("a"))] if len(label) == 1 else []
    roman = [("roman", _ROMAN.index(label))] if label in _ROMAN else []
    continues = bool(roman) and following in _ROMAN and _ROMAN.index(following) == roman[0][1] + 1
    return [*roman, *letter] if continues else [*letter, *roman]


def _line_items(text: str) -> tuple[Subitem, ...]:
    parts, number = [], ""
    for match in _LINE_LABEL.finditer(text):
        end = text.find("\n", match.start())
        end = len(text) if end < 0 else end
        number = match[1] or number
        label = match[1] or f"{number}({match[2]})"
        parts.append(Subitem(label, match.start(), end))
    return tuple(parts) if len(parts) > 1 else ()
