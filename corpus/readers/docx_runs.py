"""The text of a paragraph of a DOCX, run by run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from docx.oxml.ns import qn

from corpus.readers.characters import visible
from corpus.readers.docx_notes import Notes
from corpus.readers.docx_numbering import value
from corpus.readers.docx_styles import Styles, hides
from corpus.readers.left_out import Omissions
from corpus.readers.paragraphs import Note

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_STRUCK = {qn("w:del"), qn("w:moveFrom")}
_SKIPPED = {qn(tag) for tag in ("w:pPr", "w:rPr", "w:instrText", "w:delText", "w:delInstrText", "w:rt", "w:sdtPr")}
_SKIPPED.add(_FALLBACK)
_SIGNS = {
    qn("w:tab"): " ", qn("w:ptab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-",
}  # fmt: skip
_NOTES = {qn("w:footnoteReference"): "footnote", qn("w:endnoteReference"): "endnote"}


@dataclass(frozen=True)
class Text:
    """The characters of a paragraph with its notes, and the text boxes that hang on it."""

    string: str = ""
    notes: tuple[Note, ...] = ()
    boxes: tuple[Any, ...] = ()

    def __add__(self, other: Text) -> Text:
        moved = tuple(replace(note, at=note.at + len(self.string)) for note in other.notes)
        return Text(self.string + other.string, self.notes + moved, self.boxes + other.boxes)


class Runs:
    """Reads the runs of paragraphs; what it leaves out it counts."""

    def __init__(self, styles: Styles, notes: Notes, omitted: Omissions) -> None:
        self._styles, self._notes, self._omitted = styles, notes, omitted

    def text(self, paragraph: Any, hidden: bool = False, count: bool = True) -> Text:
        """The text that a paragraph shows. ``hidden`` says that its style hides it; ``count`` that it is body text."""
        parts = _Parts()
        self._walk(paragraph, parts, hidden, count)
        return parts.text()

    def _walk(self, parent: Any, parts: _Parts, hidden: bool, count: bool) -> None:
        for element in parent:
            tag = element.tag
            if not isinstance(tag, str) or tag in _SKIPPED:
                continue
            if tag in _STRUCK:
                self._omitted.deleted += count
            elif tag == qn("w:r"):
                self._run(element, parts, hidden, count)
            elif tag == _MATH_TEXT:
                parts.add(element.text or "")
            elif tag == qn("w:txbxContent"):
                parts.boxes.append(element)
            elif tag in (qn("w:drawing"), qn("w:pict")):
                self._omitted.pictures += count and _is_picture(element)
                self._walk(element, parts, hidden, count)
            else:
                self._walk(element, parts, hidden, count)

    def _run(self, run: Any, parts: _Parts, hidden: bool, count: bool) -> None:
        properties = run.find(qn("w:rPr"))
        if properties is not None:
            style = value(properties, "w:rStyle")
            by_style = self._styles.get(style).hidden if style else None
            hidden = bool(hides(properties, hidden if by_style is None else by_style))
        for element in run:
            tag = element.tag
            if not isinstance(tag, str) or tag in _SKIPPED:
                continue
            if hidden:
                self._omitted.hidden += len(element.text or "") if count and tag == qn("w:t") else 0
            elif tag == qn("w:t"):
                parts.add(visible(element.text or ""))
            elif tag in _SIGNS:
                parts.add("" if element.get(qn("w:type")) in ("page", "column") else _SIGNS[tag])
            elif tag in _NOTES:
                self._note(element, _NOTES[tag], parts)
            else:
                self._walk([element], parts, hidden, count)

    def _note(self, reference: Any, kind: str, parts: _Parts) -> None:
        found = self._notes.take(reference, kind)
        if found is None:
            return
        mark, element = found
        words = " ".join(self.text(p, count=False).string.strip() for p in element.iter(qn("w:p")))
        if not mark:
            # The writer's own mark follows as text of the same run.
            parts.custom = (words, len(parts.string))
        else:
            parts.notes.append(Note(mark, words.strip(), len(parts.string)))


class _Parts:
    def __init__(self) -> None:
        self.string = ""
        self.notes: list[Note] = []
        self.boxes: list[Any] = []
        self.custom: tuple[str, int] | None = None

    def add(self, characters: str) -> None:
        if self.custom is not None and characters.strip():
            words, at = self.custom
            mark, self.custom = characters.strip()[:3], None
            # The note repeats its mark at its beginning.
            self.notes.append(Note(mark, words.removeprefix(mark).strip(), at))
            return
        self.string += characters

    def text(self) -> Text:
        return Text(self.string, tuple(self.notes), tuple(self.boxes))


def _is_picture(element: Any) -> bool:
    return any(isinstance(e.tag, str) and e.tag.rsplit("}", 1)[-1] in ("blip", "imagedata") for e in element.iter())
