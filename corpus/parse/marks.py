"""The marks of footnotes, taken out of the text, with the place of each kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.parse.blocks import Block
from corpus.parse.footnotes import Note
from corpus.parse.traced import Traced

_STAR = re.compile(r"(?<![*∗])[*∗](?![*∗])")
# 10² and 5 m² are powers; after a year the digit is a mark.
_SUPERSCRIPT = (
    r"(?:(?<=\b(?:19|20)\d\d)|(?<!\d))(?<![⁰¹²³⁴⁵⁶⁷⁸⁹])(?<! m)(?<!\dm)(?<!km)(?<!cm)(?<!mm)%s(?![⁰¹²³⁴⁵⁶⁷⁸⁹])"
)
# What a mark is glued to: 公约》1通过, 条约》，4该, 议程》 2及其, 文件3进一步. Numbers that stay follow a space or 第:
# 第 3条, 项目 2下, 第10/2号.
_AFTER_CHINESE = (
    r"(?:(?<=[》”）][，。；、])|(?<=[》”）])|(?<=[》”）] )|(?<=[\u4e00-\u9fff])(?<!第))%s"
    r"(?=[\u4e00-\u9fff，。；、]|$)"
)
# Convention1 which, Agenda,2 and, “…”3 as PDF extraction leaves them. Numbers that stay follow a space (article 3), a
# single capital (E.05.V.2), a stroke (10/2), a hyphen (COVID-19) or an abbreviation (Corr.2).
_AFTER_ENGLISH = (
    r"(?:(?<=[A-Za-z][A-Za-z])|(?<=[A-Za-z][a-z][,.;:”’)\]])|(?<=[”’)\]])|(?<=[”’)\]][,.;:])|(?<=[,.;:][”’)\]])"
    r"|(?<=\b(?:19|20)\d\d,))"
    r"(?<!Corr\.)(?<!Add\.)(?<!Rev\.)(?<!Amend\.)(?<![NnPp]o\.)(?<!vol\.)(?<!para\.)(?<!art\.)(?<!chap\.)%s"
    r"(?=[\s,;:”)\]—]|\.(?!\d)|$)"
)
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class PlacedNote:
    """A footnote and the source offset of the character its mark follows, None where the text has no mark for it."""

    note: Note
    after: int | None
    mark: Traced | None


def take_marks(blocks: list[Block], notes: list[Note]) -> tuple[list[Block], list[PlacedNote], list[Traced]]:
    """Takes the notes' marks out of the blocks of their page.

    Returns:
        The blocks without marks, the notes with their places, and the marks that have no note.
    """
    spans: dict[int, list[tuple[int, int]]] = {}
    placed: list[PlacedNote] = []
    orphans: list[Traced] = []
    last = 0
    for note in notes:
        # Marks follow each other as their notes do.
        found = _find(blocks, note.mark.text, max(note.page_start, last), note.page_end)
        if found is None:
            placed.append(PlacedNote(note, None, None))
            continue
        index, start, end = found
        spans.setdefault(index, []).append((start, end))
        text = blocks[index].text
        if note.mark.text.isdigit():
            last = text.origin[start]
        before = text[:start].strip()
        placed.append(PlacedNote(note, before.origin[-1] if before else None, text[start:end]))
    for index, block in enumerate(blocks):
        for match in _STAR.finditer(block.string):
            if match.span() not in spans.get(index, []):
                spans.setdefault(index, []).append(match.span())
                orphans.append(block.text[match.start() : match.end()])
    cleared = [replace(block, text=block.text.without(spans.get(i, []))) for i, block in enumerate(blocks)]
    return cleared, placed, orphans


def _find(blocks: list[Block], mark: str, page_start: int, page_end: int) -> tuple[int, int, int] | None:
    """The block and span of a mark on its page; a superscript, which is surely one, before a glued number."""
    for pattern in _patterns(mark):
        for index, block in enumerate(blocks):
            for match in pattern.finditer(block.string):
                if page_start <= block.text.origin[match.start()] < page_end:
                    return index, match.start(), match.end()
    return None


def _patterns(mark: str) -> list[re.Pattern[str]]:
    if not mark.isdigit():
        return [_STAR]
    superscript = re.compile(_SUPERSCRIPT % mark.translate(_SUPERSCRIPTS))
    return [superscript, re.compile(f"{_AFTER_CHINESE % mark}|{_AFTER_ENGLISH % mark}")]
