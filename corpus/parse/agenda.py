"""Annotated provisional agendas: the items as listed, the paragraphs under each, and the annexed table of work."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.parse.blocks import Block
from corpus.parse.builder import Builder
from corpus.parse.patterns import LETTERED, NUMBERED, ends_as_prose
from corpus.parse.traced import Traced

LIST = re.compile(r"临时议程|Provisional agenda", re.IGNORECASE)
NOTES = re.compile(r"说明|Annotations", re.IGNORECASE)
_ANNEX = re.compile(r"附件[一二三四五六]?|Annex(?: [IVX]+)?", re.IGNORECASE)
_COLUMNS = re.compile(r"日期和时间\s*议程项目.*|Date and time\s+(?:Agenda )?item.*", re.IGNORECASE)
_DAY = re.compile(
    r"\d{1,2}\s*月\s*\d{1,2}\s*日，星期.|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, \d{1,2} \w+(?: \d{4})?"
)
_TIME = re.compile(
    r"[上下]午\s*\d{1,2}\s*时至(?:[上下]午)?\s*\d{1,2}\s*时\s+"
    r"|\d[\d.]*(?: [ap]\.m\.| noon)?\s*[–-]\s*\d[\d.]* (?:[ap]\.m\.|noon)\s+"
)
_ROW = re.compile(r"(\d{1,2}(?:\s?\([a-z]\))?)\s+(?=\S)")
_CELL_PARTING = " | "


@dataclass
class _Item:
    number: int = 0
    letter: str = ""
    paragraphs: int = 0

    @property
    def anchor(self) -> str:
        return f"item{self.number}{self.letter}"


def parse_agenda(blocks: list[Block], builder: Builder) -> None:
    """Feeds the blocks of an annotated agenda to the builder: its head, list, annotations and annex in turn."""
    parts: dict[str, list[Block]] = {"head": [], "list": [], "notes": [], "annex": []}
    part = "head"
    for block in blocks:
        for name, opening in (("list", LIST), ("notes", NOTES), ("annex", _ANNEX)):
            if opening.fullmatch(block.string) and list(parts).index(name) > list(parts).index(part):
                part = name
                break
        parts[part].append(block)
    _head(parts["head"], builder)
    _listed_items(parts["list"], builder)
    _annotations(parts["notes"], builder)
    _table(parts["annex"], builder)


def _head(blocks: list[Block], builder: Builder) -> None:
    for index, block in enumerate(blocks):
        if index == 0:
            builder.open("head", "head", "", block.text)
        else:
            builder.add(block.text, new_line=True)


def _listed_items(blocks: list[Block], builder: Builder) -> None:
    item = _Item()
    for block in blocks:
        numbered, lettered = NUMBERED.match(block.string), LETTERED.match(block.string)
        match = numbered or lettered
        if not match:
            builder.heading(1, block.text)
            continue
        item = _next_item(item, numbered[1] if numbered else "", lettered[1] if lettered else "")
        builder.take("number", block.text[: match.end()])
        number = f"{item.number}({item.letter})" if item.letter else str(item.number)
        builder.open("item", item.anchor, number, block.text[match.end() :])


def _annotations(blocks: list[Block], builder: Builder) -> None:
    item = _Item()
    for block in blocks:
        numbered, lettered = NUMBERED.match(block.string), LETTERED.match(block.string)
        if ends_as_prose(block.string):
            item.paragraphs += 1
            number = str(item.paragraphs)
            builder.open("item_paragraph", f"{item.anchor}.{number}", number, block.text)
        elif numbered or lettered:
            item = _next_item(item, numbered[1] if numbered else "", lettered[1] if lettered else "")
            builder.heading(2 if numbered else 3, block.text)
        else:
            builder.heading(4 if item.number else 1, block.text)


def _next_item(item: _Item, number: str, letter: str) -> _Item:
    return _Item(int(number)) if number else _Item(item.number, letter)


def _table(blocks: list[Block], builder: Builder) -> None:
    """Rows with the day and time of their group in each: the cells of a merged table, as a reader sees them."""
    day, time, row = Traced("", ()), Traced("", ()), 0
    for level, block in enumerate(blocks, 1):
        text = block.text
        if _COLUMNS.fullmatch(text.text):
            builder.take("table header", text)
            continue
        if _DAY.fullmatch(text.text):
            day, time = text, Traced("", ())
            continue
        timed = _TIME.match(text.text)
        if timed:
            time, text = text[: timed.end()].strip(), text[timed.end() :]
        item = _ROW.match(text.text)
        if not item or not day.text:
            builder.heading(min(level, 2), text)
            continue
        row += 1
        cells = [day, time, text[: item.end(1)], text[item.end() :]]
        joined = cells[0]
        for cell in cells[1:]:
            joined = joined + Traced.inserted(_CELL_PARTING) + cell
        builder.open("table_row", f"annex.r{row}", str(row), joined)
        day, time = Traced.inserted(day.text), Traced.inserted(time.text)
