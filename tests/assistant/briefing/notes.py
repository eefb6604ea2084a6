"""Units of two made documents and notes on them, to be checked by eye."""

from __future__ import annotations

from pathlib import Path

from assistant.briefing.draft import Draft, Drafted, fixed, label, quote
from assistant.briefing.finish import AS_MADE, Choices, finish
from assistant.briefing.records import Check, Line, Note
from assistant.compose import Quoted
from corpus.home import BUNDLED_DATA
from corpus.library import Library
from corpus.records import Sentence, Unit
from corpus.sync import sync_folder

REPORT, CHAIR, AGENDA = "wg6-2020-report", "wg6-2020-chair-summary", "wg6-2021-agenda"


def seeds(home: Path) -> Library:
    """The bundled documents in a library, without vectors."""
    library = Library.open(home)
    sync_folder(library, BUNDLED_DATA)
    return library


def whole_of(unit: Unit) -> Sentence:
    return Sentence(0, len(unit.text))


def drafted(library: Library) -> Draft:
    """Two quotes under a name, one of them with a twin; a sentence of ours; a line to write on."""
    ten = library.unit(REPORT, "dp10", "zh")
    eleven = library.unit(REPORT, "dp11", "zh")
    eight = library.unit(CHAIR, "dp8", "zh")
    twin = Quoted(eight, 0, len(eight.text), 1.0)
    first = quote(ten, whole_of(ten))
    return {
        "outcomes": [
            label("报告", "zh"),
            Drafted("quote", first.text, "zh", (*first.cited, twin)),
            quote(eleven, whole_of(eleven)),
        ],
        "ours": [label("底线：", "zh"), Drafted("blank", "", "zh")],
        "absent": [fixed("查找范围：5 份文件。", "zh")],
    }


def note_of(library: Library, draft: Draft, choices: Choices = AS_MADE) -> Note:
    """The note of a draft on 3D打印枪支, in Chinese."""
    empty = Note("3D打印枪支", "", "zh", "关于“3D打印枪支”的参阅件", (REPORT, CHAIR), (), (), Check(0, 0, 0, 0))
    return finish(empty, draft, choices, library)


def lines(note: Note, kind: str) -> list[Line]:
    """The lines of one kind, in order."""
    return [line for section in note.sections for line in section.lines if line.kind == kind]
