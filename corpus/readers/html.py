"""An HTML page becomes paragraphs: blocks, lists with their numbers, tables; scripts and what is hidden left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from corpus.readers import limits, refusals
from corpus.readers.characters import visible
from corpus.readers.decode import decode_text
from corpus.readers.html_notes import HtmlNotes
from corpus.readers.left_out import Omissions
from corpus.readers.numerals import shown
from corpus.readers.paragraphs import Extract, Note, Paragraph
from corpus.readers.pieces import pieces_of, title_table

_SKIPPED = frozenset(
    "script style noscript template nav form button select input textarea svg math canvas iframe object embed audio"
    " video head title meta link aside dialog".split()
)
_BLOCKS = frozenset(
    "html body div p section article main header footer h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre table"
    " caption address figure figcaption center hr details summary fieldset legend tbody thead tfoot tr td th".split()
)
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d]))", re.IGNORECASE)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_CLASS = re.compile(r"\.([\w-]+)")
_TYPES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "1": "decimal"}
_STYLES = {
    "decimal": "decimal", "decimal-leading-zero": "decimalZero", "none": "none",
    "lower-alpha": "lowerLetter", "lower-latin": "lowerLetter", "lower-roman": "lowerRoman",
    "upper-alpha": "upperLetter", "upper-latin": "upperLetter", "upper-roman": "upperRoman",
    "cjk-ideographic": "chineseCounting", "simp-chinese-informal": "chineseCounting",
    "trad-chinese-informal": "chineseCounting", "cjk-decimal": "ideographDigital",
    "cjk-heavenly-stem": "ideographTraditional",
}  # fmt: skip
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{2,20})", re.IGNORECASE)
_UNREAD = (PreformattedString,)


def read_html(data: bytes, name: str) -> Extract:
    """The paragraphs of an HTML page in reading order.

    Raises:
        SourceError: it has no text, or its characters cannot be read.
    """
    declared = _CHARSET.search(data[:4096])
    text, _ = decode_text(data, name, declared[1].decode("ascii") if declared else None)
    # lxml's HTML parser resolves no entities but HTML's own, fetches nothing, and flattens what lies too deep.
    soup = BeautifulSoup(_shallow(text), "lxml")
    extract = _Page(soup).extract()
    if not extract.paragraphs:
        raise refusals.no_text(name, "HTML")
    return extract


_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)[^>]*>")
# Tags that need no end, and so tell no depth.
_OPEN_ENDED = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li dt dd tr td th".split()
)


def _shallow(text: str) -> str:
    """The page without the tags that lie deeper than any page does: a parser would go down with them."""
    depth = 0

    def keep(match: re.Match[str]) -> str:
        nonlocal depth
        if match[2].lower() in _OPEN_ENDED:
            return match[0] if depth <= limits.DEEPEST_HTML else " "
        if match[1]:
            depth -= 1
            return match[0] if depth < limits.DEEPEST_HTML else " "
        depth += 1
        return match[0] if depth <= limits.DEEPEST_HTML else " "

    return _TAG.sub(keep, text)


@dataclass
class _Text:
    """The inline text of a block as it grows."""

    string: str = ""
    notes: list[Note] = field(default_factory=list)


class _Page:
    def __init__(self, soup: BeautifulSoup) -> None:
        self._soup = soup
        self._omitted = Omissions()
        self._hidden = _hidden_classes(soup)
        self._notes = HtmlNotes(soup)
        self._styled = False
        self._judged: dict[int, bool] = {}

    def extract(self) -> Extract:
        root = self._soup.body or self._soup
        paragraphs = tuple(p for p in self._blocks(root, "") if p.text.strip() or p.cells)
        return Extract(paragraphs, (), self._omitted.in_words(), self._styled)

    def _blocks(self, parent: Tag, label: str) -> Iterator[Paragraph]:
        """The paragraphs of an element; text between its blocks is one of its own. ``label`` goes before the first."""
        text = _Text(label)
        for child in parent.children:
            if isinstance(child, Tag) and not self._is_left_out(child) and child.name in _BLOCKS:
                yield from self._flushed(text, parent, label)
                label, text = ("", _Text()) if text.string.strip() and text.string != label else (label, _Text())
                for paragraph in self._block(child):
                    if label:
                        paragraph = _labelled(paragraph, label)
                        label = ""
                    yield paragraph
                text = _Text(label)
            elif isinstance(child, Tag) and self._has_blocks(child):
                yield from self._flushed(text, parent, label)
                text = _Text()
                yield from self._blocks(child, "")
            else:
                self._inline(child, text)
        yield from self._flushed(text, parent, label)

    def _flushed(self, text: _Text, parent: Tag, label: str) -> Iterator[Paragraph]:
        if text.string.strip() and text.string != label:
            level = int(parent.name[1]) if re.fullmatch(r"h[1-6]", parent.name or "") else 0
            self._styled = self._styled or bool(level)
            yield from pieces_of(Paragraph(text.string, level, tuple(text.notes)))

    def _block(self, element: Tag) -> Iterator[Paragraph]:
        if element.name == "table":
            yield from self._table(element)
        elif element.name in ("ol", "ul"):
            yield from self._list(element)
        else:
            yield from self._blocks(element, "")

    def _list(self, element: Tag) -> Iterator[Paragraph]:
        form = _list_form(element)
        number = _int(element.get("start"), 1)
        items = [child for child in element.children if isinstance(child, Tag) and not self._is_left_out(child)]
        step = 1
        if element.has_attr("reversed"):
            number, step = _int(element.get("start"), len(items)), -1
        for item in items:
            if item.name != "li":
                yield from self._block(item) if item.name in _BLOCKS else self._blocks(item, "")
                continue
            number = _int(item.get("value"), number)
            yield from self._blocks(item, _label(number, form))
            number += step

    def _table(self, table: Tag) -> Iterator[Paragraph]:
        rows: list[list[list[Paragraph]]] = []
        for row in table.find_all("tr"):
            if row.find_parent("table") is not table or self._is_left_out(row):
                continue
            cells = [c for c in row.find_all(["td", "th"], recursive=False) if not self._is_left_out(c)]
            kept = [[p for p in self._blocks(cell, "") if p.text.strip() or p.cells] for cell in cells]
            if any(kept):
                rows.append([paragraphs for paragraphs in kept if paragraphs])
        caption = table.find("caption", recursive=False)
        if isinstance(caption, Tag):
            yield from self._blocks(caption, "")
        texts = [[line for p in cell for line in p.text.split("\n")] for found_row in rows for cell in found_row]
        # A page laid out in a table is no table: its cells hold whole paragraphs, or one cell is all there is.
        laid_out = all(len(found_row) == 1 for found_row in rows) or any(len(cell) > 8 for cell in texts)
        if laid_out or title_table(texts):
            yield from (p for found_row in rows for paragraphs in found_row for p in paragraphs)
            return
        for found_row in rows:
            notes = tuple(note for paragraphs in found_row for p in paragraphs for note in p.notes)
            yield Paragraph(
                "", notes=notes, cells=tuple(tuple(_flat(p) for p in paragraphs) for paragraphs in found_row)
            )

    def _inline(self, node: Any, text: _Text) -> None:
        if isinstance(node, NavigableString):
            if not isinstance(node, _UNREAD):
                text.string += re.sub(r"\s+", " ", visible(str(node)))
            return
        if not isinstance(node, Tag) or self._is_left_out(node):
            return
        if node.name == "br":
            text.string += "\n"
            return
        note = self._notes.called_by(node)
        if note is not None:
            text.notes.append(Note(note.mark, note.text, len(text.string.rstrip())))
            return
        if node.name == "del":
            self._omitted.deleted += 1
            return
        if node.name == "img":
            self._omitted.pictures += 1
        for child in node.children:
            self._inline(child, text)

    def _has_blocks(self, element: Tag) -> bool:
        return not self._is_left_out(element) and element.find(_is_block) is not None

    def _is_left_out(self, element: Tag) -> bool:
        if id(element) not in self._judged:
            self._judged[id(element)] = self._judge(element)
        return self._judged[id(element)]

    def _judge(self, element: Tag) -> bool:
        if element.name in _SKIPPED and not _is_frame(element):
            self._omitted.scripts += element.name != "head"
            return True
        if self._notes.holds(element):
            return True
        classes: list[str] = [*(element.get("class") or [])]
        hidden = (
            element.has_attr("hidden")
            or _HIDDEN_STYLE.search(str(element.get("style") or "")) is not None
            or not self._hidden.isdisjoint(classes)
        )
        if hidden:
            self._omitted.hidden += len(element.get_text())
        return hidden


def _is_frame(element: Tag) -> bool:
    """Whether a form is not to be filled in, but stands around a whole page, as some servers write it."""
    return element.name == "form" and element.find(re.compile(r"^(?:p|h[1-6])$")) is not None


def _is_block(tag: Tag) -> bool:
    return tag.name in _BLOCKS


def _hidden_classes(soup: BeautifulSoup) -> frozenset[str]:
    """The classes that the page's own styles hide by a rule of one class."""
    found = set()
    for style in soup.find_all("style"):
        for selectors, rules in _RULE.findall(style.get_text()):
            if _HIDDEN_STYLE.search(rules):
                found |= {m[1] for s in selectors.split(",") if (m := _CLASS.fullmatch(s.strip()))}
    return frozenset(found)


def _list_form(element: Tag) -> str:
    if element.name == "ul":
        return "bullet"
    style = _LIST_STYLE.search(str(element.get("style") or ""))
    if style:
        return _STYLES.get(style[1].lower(), "decimal")
    return _TYPES.get(str(element.get("type") or "1"), "decimal")


def _label(number: int, form: str) -> str:
    mark = shown(number, form)
    if not mark:
        return ""
    # Browsers show "a."; the United Nations writes (a), and so do lists that are made to.
    lettered = form in ("lowerLetter", "lowerRoman")
    return f"({mark}) " if lettered else f"{mark}、" if form == "chineseCounting" else f"{mark}. "


def _labelled(paragraph: Paragraph, label: str) -> Paragraph:
    notes = tuple(Note(n.mark, n.text, n.at + len(label)) for n in paragraph.notes)
    return Paragraph(label + paragraph.text.lstrip(), paragraph.level, notes, paragraph.cells)


def _flat(paragraph: Paragraph) -> str:
    return paragraph.text.replace("\n", " ") or " ".join(line for cell in paragraph.cells for line in cell)


def _int(written: Any, otherwise: int) -> int:
    try:
        return int(str(written))
    except ValueError:
        return otherwise
