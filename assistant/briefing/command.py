"""``python -m assistant brief``."""

from __future__ import annotations

import json
import os
import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from assistant.export.briefing import note_paper
from assistant.export.files import WRITERS, check_folder, write_paper
from assistant.export.markdown import write_markdown
from assistant.generate.configured import none_configured
from assistant.generate.settings import Settings
from assistant.question import check_question
from corpus.records import Language


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
        polish: Annotated[
            bool,
            typer.Option(
                "--polish", help="Have the language model of RAPPORTEUR_LLM connect the quoted sentences, each checked."
            ),
        ] = False,
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
        if output is not None:
            check_folder(output)
        if polish and Settings.of(os.environ) is None:
            raise none_configured()
        from assistant.engine import Assistant

        if sys.stderr.isatty():
            typer.echo("Opening the library and the model ...", err=True)
        assistant = Assistant.open(once=True)
        reader: Language | None = None if language is None else "zh" if language is _Language.zh else "en"
        note = assistant.brief(topic, item, doc or (), reader, polish=polish)
        documents = {document.doc_id: document for document in assistant.library.documents()}
        paper = note_paper(note, documents, date.today())
        if output is not None:
            write_paper(paper, output)
        if as_json:
            typer.echo(json.dumps(note.to_dict(), ensure_ascii=False, indent=2))
        elif output is None:
            typer.echo(write_markdown(paper), nl=False)
        else:
            typer.echo(f"The note is in {output}", err=True)
