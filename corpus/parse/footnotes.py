"""Footnotes: taken out of the lines, and their marks out of the text, with the place of each mark kept."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.parse.blocks import Block, Line
from corpus.parse.traced import Traced, join_lines

_RULE = re.compile(r"_{5,}")
_NOTE = re.compile(r"(\d{1,3})\s+(?=\S)")
_STAR_NOTE = re.compile(r"([*∗])\s+(?=\S)")
_STAR_MARK = re.compile(r"(?<![*∗])[*∗](?![*∗])")
# What a mark is glued to: 公约》1通过, 条约》，4该, 议程》 2及其, 文件3进一步. Numbers that stay follow a space or 第:
# 第 3条, 项目 2下, 第10/2号.
_MARK = (
    r"(?:(?<=[》”）][，。；、])|(?<=[》”）])|(?<=[》”）] )|(?<=[\u4e00-\u9fff])(?<!第))(%s)"
    r"(?=[\u4e00-\u9fff，。；、]|$)"
)


@dataclass(frozen=True)
class Note:
    """A footnote as it stood: its mark, its text, and the span of source offsets of the page it belongs to."""

    mark: Traced
    text: Traced
    page_start: int
    page_end: int


@dataclass(frozen=True)
class PlacedNote:
    """A footnote and the source offset of the character its mark follows, None where the text has no mark for it."""

    note: Note
    after: int | None
    mark: Traced | None


def take_notes(lines: list[Line]) -> tuple[list[Line], list[Note], list[Traced]]:
    """Parts the lines of text from the footnotes.

    A rule opens a block of notes; it ends at the line that a page break begins with a space and no note number. A rule
    may have no notes under it.

    Returns:
        The lines of text, the notes, and the rules.
    """
    kept: list[Line] = []
    notes: list[Note] = []
    rules: list[Traced] = []
    in_notes, page_start, page_end, last_number = False, 0, 0, 0
    for line in lines:
        if _RULE.fullmatch(line.text.text):
            rules.append(line.text)
            in_notes, page_start, page_end = True, page_end, line.text.origin[0]
            continue
        if in_notes:
            match = _NOTE.match(line.text.text)
            if match and int(match[1]) == last_number + 1:
                last_number += 1
                mark, text = line.text[: match.end(1)], line.text[match.end() :]
                notes.append(Note(mark, text, page_start, page_end))
                continue
            if not line.starts_with_space and notes and notes[-1].page_end == page_end:
                last = notes.pop()
                notes.append(Note(last.mark, join_lines(last.text, line.text), last.page_start, last.page_end))
                continue
            in_notes = False
        star = _STAR_NOTE.match(line.text.text)
        if star:
            notes.append(Note(line.text[: star.end(1)], line.text[star.end() :], 0, line.text.origin[0]))
            continue
        kept.append(line)
    return kept, notes, rules


def take_marks(blocks: list[Block], notes: list[Note]) -> tuple[list[Block], list[PlacedNote], list[Traced]]:
    """Takes the notes' marks out of the blocks of their page.

    Returns:
        The blocks without marks, the notes with their places, and the marks that have no note.
    """
    spans: dict[int, list[tuple[int, int]]] = {}
    placed: list[PlacedNote] = []
    orphans: list[Traced] = []
    for note in notes:
        number = note.mark.text
        pattern = _STAR_MARK if not number.isdigit() else re.compile(_MARK % number)
        found = _find(blocks, pattern, note.page_start, note.page_end)
        if found is None:
            placed.append(PlacedNote(note, None, None))
            continue
        index, start, end = found
        spans.setdefault(index, []).append((start, end))
        text = blocks[index].text
        before = text[:start].strip()
        placed.append(PlacedNote(note, before.origin[-1] if before else None, text[start:end]))
    for index, block in enumerate(blocks):
        for match in _STAR_MARK.finditer(block.string):
            if match.span() not in spans.get(index, []):
                spans.setdefault(index, []).append(match.span())
                orphans.append(block.text[match.start() : match.end()])
    cleared = [Block(block.text.without(spans.get(i, [])), block.line) for i, block in enumerate(blocks)]
    return cleared, placed, orphans


def _find(blocks: list[Block], pattern: re.Pattern[str], page_start: int, page_end: int) -> tuple[int, int, int] | None:
    for index, block in enumerate(blocks):
        for match in pattern.finditer(block.string):
            if page_start <= block.text.origin[match.start()] < page_end:
                return index, match.start(), match.end()
    return None
