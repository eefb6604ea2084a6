"""``python -m eval``: how well the right paragraph is found, measured on questions whose answers are known."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Annotated

import typer

from corpus.commands import command_line, run
from eval.aligned import read_aligned
from eval.errors import DatasetError
from eval.run_beir import run_beir
from eval.table import table

application = command_line("eval", "Questions with known answers, asked and scored.")


# A Typer application of one command would be that command itself.
@application.callback()
def _evaluation() -> None:
    """Questions with known answers, asked and scored."""


@application.command()
def beir(
    folders: Annotated[
        list[Path],
        typer.Argument(
            metavar="DIR", help="Folder with corpus.jsonl, queries.jsonl and qrels; or two, one a language."
        ),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
    parts: Annotated[bool, typer.Option("--parts", help="Score also with fewer parts of the scoring.")] = False,
) -> None:
    """Score retrieval on a data set in BEIR form; on two folders with the same ids, within and across languages."""
    if len(folders) > 2:
        raise typer.BadParameter(f"found {len(folders)} folders; expected one, or two of the same ids")
    try:
        corpora = read_aligned(folders)
    except DatasetError as error:
        # The data set is an argument, so that one which cannot be used is wrong usage.
        typer.echo(f"eval: {' '.join(str(error).split())}", err=True)
        raise typer.Exit(2) from error
    scores = run_beir(corpora, with_parts=parts)
    if as_json:
        typer.echo(json.dumps({"tasks": [each.to_dict() for each in scores]}, ensure_ascii=False, indent=2))
    else:
        typer.echo(table(scores))


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    run(application, "eval")
