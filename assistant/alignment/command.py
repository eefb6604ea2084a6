"""``python -m assistant compare``."""

from __future__ import annotations

import json
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from assistant.export.comparison import comparison_paper
from assistant.export.files import WRITERS, write_paper
from assistant.export.markdown import write_markdown
from corpus.records import Language


class _Language(StrEnum):
    zh = "zh"
    en = "en"


def register(application: typer.Typer) -> None:
    """Puts the command into the command line of this stage."""

    @application.command()
    def compare(
        a: Annotated[str, typer.Argument(metavar="DOC_A", help="Id of the first document, such as an earlier draft.")],
        b: Annotated[str, typer.Argument(metavar="DOC_B", help="Id of the second document.")],
        as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
        language: Annotated[
            _Language | None, typer.Option(help="Language of the texts and labels; one that both have by default.")
        ] = None,
        output: Annotated[
            Path | None,
            typer.Option("-o", metavar="FILE", help="File to write to, .docx or .md, instead of printing."),
        ] = None,
    ) -> None:
        """Compare two documents point by point: what corresponds, what is new or dropped, which words moved."""
        wanted: Language | None = None if language is None else "zh" if language is _Language.zh else "en"
        if output is not None and output.suffix.lower() not in WRITERS:
            raise typer.BadParameter(f"found {output.name}; expected a name that ends in .docx or .md", param_hint="-o")
        # The other commands of this stage need none of it.
        from assistant.alignment.opening import Comparing

        comparison = Comparing.open().compare(a, b, wanted)
        if wanted and comparison.language != wanted:
            typer.echo(f"not both are in {wanted}; the {comparison.language} texts are compared", err=True)
        paper = comparison_paper(comparison, wanted or comparison.language, date.today())
        if output is not None:
            write_paper(paper, output)
        if as_json:
            typer.echo(json.dumps(comparison.to_dict(), ensure_ascii=False, indent=2))
        elif output is None:
            typer.echo(write_markdown(paper), nl=False)
        else:
            typer.echo(f"The comparison is in {output}", err=True)
