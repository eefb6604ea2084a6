"""The footnotes and endnotes of a DOCX, numbered as they are met."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

from corpus.readers.docx_numbering import value
from corpus.readers.numerals import shown

_SPECIAL = ("separator", "continuationSeparator", "continuationNotice")


@dataclass
class _Series:
    elements: dict[str, Any]
    form: str
    number: int


@dataclass
class Notes:
    """Looks notes up by their ids; each mark counts one on, unless it is one of the writer's own."""

    footnotes: Any | None
    endnotes: Any | None
    settings: Any | None
    body: Any
    _series: dict[str, _Series] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for kind, root, form in (("footnote", self.footnotes, "decimal"), ("endnote", self.endnotes, "lowerRoman")):
            elements = {}
            for element in [] if root is None else root.findall(qn(f"w:{kind}")):
                if element.get(qn("w:type")) not in _SPECIAL:
                    elements[str(element.get(qn("w:id")))] = element
            number = 1
            for properties in self._properties(f"w:{kind}Pr"):
                form = value(properties, "w:numFmt") or form
                start = value(properties, "w:numStart")
                number = int(start) if start and start.isdigit() else number
            self._series[kind] = _Series(elements, form, number)

    def _properties(self, tag: str) -> list[Any]:
        found = [] if self.settings is None else self.settings.findall(qn(tag))
        return found + [p for section in self.body.iter(qn("w:sectPr")) for p in section.findall(qn(tag))]

    def take(self, reference: Any, kind: str) -> tuple[str, Any] | None:
        """A reference's mark (empty where the writer's own follows) and its note's element; None if it has none."""
        series = self._series[kind]
        element = series.elements.get(str(reference.get(qn("w:id"))))
        if element is None:
            return None
        if reference.get(qn("w:customMarkFollows")) in ("1", "true", "on"):
            return "", element
        series.number += 1
        return shown(series.number - 1, series.form), element
