"""``python -m assistant brief``."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Final

import typer

from assistant.export.briefing import note_paper
from assistant.export.content import Paper
from assistant.export.markdown import write_markdown
from assistant.export.word import write_word
from assistant.question import check_question
from corpus.errors import OutputError
from corpus.records import Language


def _markdown(paper: Paper) -> bytes:
    return write_markdown(paper).encode()


#: What writes a paper, by the ending of its file.
WRITERS: Final[Mapping[str, Callable[[Paper], bytes]]] = MappingProxyType({".docx": write_word, ".md": _markdown})


class _Language(StrEnum):
    zh = "zh"
    en = "en"


def register(application: typer.Typer) -> None:
    """Puts the command into the command line of this stage."""

    @application.command()
    def brief(
        topic: Annotated[str, typer.Argument(help="What the note is on, in Chinese or English.")] = "",
        item: Annotated[
            str, typer.Option(help="An item of the newest agenda by its number, such as 2 or 1(b), instead of a topic.")
        ] = "",
        output: Annotated[
            Path | None,
            typer.Option("-o", metavar="FILE", help="File to write to, .docx or .md, instead of printing Markdown."),
        ] = None,
        as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
        language: Annotated[
            _Language | None, typer.Option(help="Language of the note; the topic's own by default.")
        ] = None,
        doc: Annotated[
            list[str] | None, typer.Option("--doc", help="Keep to this document; may be given again.")
        ] = None,
    ) -> None:
        """Write a briefing note on a topic or an agenda item, every sentence cited."""
        # Opening takes seconds; what can be told before is told before.
        if output is not None and output.suffix.lower() not in WRITERS:
            raise typer.BadParameter(f"found {output.name}; expected a name that ends in .docx or .md", param_hint="-o")
        if bool(topic.strip()) == bool(item.strip()):
            given = "both" if topic.strip() else "neither"
            raise typer.BadParameter(f"found {given}; expected a topic or --item, one of them", param_hint="TOPIC")
        if topic.strip():
            check_question(topic)
        if output is not None and not os.access(output.parent, os.W_OK | os.X_OK):
            raise _unwritten(output, "no folder that can be written to")
        from assistant.engine import Assistant

        if sys.stderr.isatty():
            typer.echo("Opening the library and the model ...", err=True)
        assistant = Assistant.open()
        reader: Language | None = None if language is None else "zh" if language is _Language.zh else "en"
        note = assistant.brief(topic, item, doc or (), reader)
        documents = {document.doc_id: document for document in assistant.library.documents()}
        paper = note_paper(note, documents, date.today())
        if output is not None:
            _write(paper, output)
        if as_json:
            typer.echo(json.dumps(note.to_dict(), ensure_ascii=False, indent=2))
        elif output is None:
            typer.echo(write_markdown(paper), nl=False)
        else:
            typer.echo(f"The note is in {output}", err=True)


def _write(paper: Paper, path: Path) -> None:
    try:
        path.write_bytes(WRITERS[path.suffix.lower()](paper))
    except OSError as error:
        raise _unwritten(path, error.strerror or str(error)) from error


def _unwritten(path: Path, why: str) -> OutputError:
    return OutputError(
        f"{path} cannot be written: {why}", "a file in a folder that can be written to", "name another file with -o",
        zh=f"{path} 未能写入；应为可写文件夹中的文件；请用 -o 另行指定",
    )  # fmt: skip
