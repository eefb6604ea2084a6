"""The styles of a DOCX as far as reading needs them: headings, numbering and hidden text, inherited."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from corpus.readers.docx_numbering import value

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录)\s*\d?(?: heading)?", re.IGNORECASE)
_DEEPEST = 9


@dataclass(frozen=True)
class Style:
    """A style: its heading level (0 for none), its list and level, whether it hides text or is of a contents list."""

    level: int = 0
    num: str | None = None
    num_level: int | None = None
    hidden: bool | None = None
    contents: bool = False


class Styles:
    """The styles of a document by their ids."""

    def __init__(self, root: Any | None) -> None:
        self._elements: dict[str, Any] = {}
        self._resolved: dict[str, Style] = {}
        self.default = ""
        for element in [] if root is None else root.findall(qn("w:style")):
            key = str(element.get(qn("w:styleId")))
            self._elements[key] = element
            if element.get(qn("w:type")) == "paragraph" and is_on(element.get(qn("w:default")), absent=False):
                self.default = key

    def get(self, key: str) -> Style:
        """A style with what it inherits; a plain one where the id is unknown."""
        if key not in self._resolved:
            chain: list[Any] = []
            at: str | None = key
            while at in self._elements and self._elements[at] not in chain:
                chain.append(self._elements[at])
                at = value(self._elements[at], "w:basedOn")
            style = Style()
            for element in reversed(chain):
                style = _over(style, element)
            self._resolved[key] = style
        return self._resolved[key]


def _over(style: Style, element: Any) -> Style:
    """A style over the one it is based on."""
    name = value(element, "w:name") or ""
    heading, properties, runs = _HEADING.fullmatch(name), element.find(qn("w:pPr")), element.find(qn("w:rPr"))
    level, num, num_level = style.level, style.num, style.num_level
    if heading:
        level = int(heading[1])
    if properties is not None:
        level = outline_level(properties, level)
        own_num, own_level = numbering_of(properties)
        num, num_level = own_num or num, own_level if own_level is not None else num_level
    hidden = style.hidden if runs is None else hides(runs, style.hidden)
    return Style(level, num, num_level, hidden, style.contents or bool(_CONTENTS.fullmatch(name)))


def outline_level(properties: Any, otherwise: int) -> int:
    """The heading level of paragraph properties, 1 and more; 0 where they say that it is body text."""
    written = value(properties, "w:outlineLvl")
    if written is None or not written.isdigit():
        return otherwise
    return int(written) + 1 if int(written) < _DEEPEST else 0


def numbering_of(properties: Any) -> tuple[str | None, int | None]:
    """The list and level that paragraph properties name; each None where they name none."""
    numbering = properties.find(qn("w:numPr"))
    if numbering is None:
        return None, None
    level = value(numbering, "w:ilvl")
    return value(numbering, "w:numId"), int(level) if level and level.isdigit() else None


def hides(properties: Any, otherwise: bool | None) -> bool | None:
    """Whether run properties hide their text."""
    for tag in ("w:vanish", "w:webHidden"):
        found = properties.find(qn(tag))
        if found is not None:
            return is_on(found.get(qn("w:val")), absent=True)
    return otherwise


def is_on(written: str | None, absent: bool) -> bool:
    """An on-off value of WordprocessingML."""
    return absent if written is None else written not in ("0", "false", "off")
