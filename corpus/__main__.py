"""``python -m corpus``: what is in the library, a document or unit of it, and proof that parsing lost nothing.

What delegates said of answers is in the library too, and listed here.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from typing import Annotated

import typer

from corpus.anchors import label
from corpus.commands import command_line, run
from corpus.coverage import measure_coverage
from corpus.errors import ParseError
from corpus.feedback import Feedback, all_feedback
from corpus.home import BUNDLED_DATA
from corpus.library import Library
from corpus.meta import read_meta
from corpus.parse.document import parse_version
from corpus.records import Language, Unit
from corpus.shelf import commands, correcting
from corpus.shelf.owners import owners
from corpus.sync import sync_folder

application = command_line("corpus", "The library of documents and their citable units.")


def _library() -> Library:
    library = Library.open()
    sync_folder(library, BUNDLED_DATA)
    return library


@application.command("list")
def list_documents() -> None:
    """List the documents: id, units, symbol and its status, title."""
    library = _library()
    of = owners(library)
    for document in library.documents():
        languages = "+".join(version.language for version in document.versions)
        symbol = f"{document.symbol or '-'} ({document.symbol_status})"
        count = len({unit.anchor for unit in library.units(document.doc_id)})
        title = document.title("zh") + _alone(of[document.doc_id])
        typer.echo(f"{document.doc_id:<28}{languages:<7}{count:>4} units  {symbol:<36}{title}")


def _alone(owner: str) -> str:
    return f"  (of {owner} alone)" if owner else ""


@application.command()
def show(
    document: Annotated[str, typer.Argument(metavar="DOC", help="Id of a document, as in list.")],
    anchor: Annotated[str | None, typer.Argument(help="Anchor of a unit, such as p21, dp10 or op14.")] = None,
    language: Annotated[Language, typer.Option(help="Language of the text, where there is that version.")] = "zh",
) -> None:
    """Show a document, or one unit of it with its headings, footnotes and standing."""
    library = _library()
    if anchor is None:
        for unit in library.units(document, language) or library.units(document):
            typer.echo(f"[{unit.anchor}] {unit.text}")
        return
    _show_unit(library, library.unit(document, anchor, language))


def _show_unit(library: Library, unit: Unit) -> None:
    record = library.document(unit.doc_id)
    comma = "，" if unit.language == "zh" else ", "
    typer.echo(f"{unit.anchor_id}  {record.short_title(unit.language)}{comma}{label(unit.anchor, unit.language)}")
    for heading in unit.heading_path:
        typer.echo(f"  {heading}")
    typer.echo(unit.text)
    for note in unit.footnotes:
        typer.echo(f"  [{note.mark}] {note.text}")
    for standing in library.standing(unit, record):
        typer.echo(f"  ({standing.get(unit.language)})")


@application.command()
def check() -> None:
    """Parse every document anew and prove that each of its characters lands exactly once."""
    failed = []
    for folder in sorted(path for path in BUNDLED_DATA.iterdir() if path.is_dir()):
        document = read_meta(folder / "meta.yaml")
        for version in document.versions:
            parsed = parse_version(document, version.language, (folder / version.file).read_bytes())
            coverage = measure_coverage(parsed)
            kinds = Counter(unit.kind for unit in parsed.units)
            typer.echo(f"{document.doc_id} ({version.language}): {len(parsed.units)} units")
            typer.echo("  " + ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())))
            taken = ", ".join(f"{count} {taker}" for taker, count in sorted(coverage.taken.items()))
            typer.echo(f"  {coverage.total} characters: {taken}")
            typer.echo(
                f"  missing {len(coverage.missing)}, doubled {len(coverage.doubled)}, altered {len(coverage.altered)}"
            )
            if not coverage.complete:
                failed.append(f"{document.doc_id} ({version.language})")
    if failed:
        raise ParseError(
            f"characters went wrong in {', '.join(failed)}", "every character in exactly one place", "mend the parser"
        )


@application.command()
def feedback(
    as_json: Annotated[bool, typer.Option("--json", help="Print all that was kept as JSON.")] = False,
) -> None:
    """List what delegates said of answers, the last at the end: time, vote, question, what was cited, comment."""
    said = all_feedback(Library.open())
    if as_json:
        typer.echo(json.dumps({"feedback": [asdict(each) for each in said]}, ensure_ascii=False, indent=2))
        return
    for each in said:
        _show_feedback(each)
    if not said:
        typer.echo("There is no feedback yet.")


def _show_feedback(said: Feedback) -> None:
    typer.echo(f"{said.at}  {said.vote:<6}{said.language:<4}{said.id[:8]}  {_in_one_line(said.question)}")
    for name, words in (
        ("by", said.by),
        ("after", " / ".join(said.earlier)),
        ("only in", ", ".join(said.documents)),
        ("answer", "none: the documents were said not to answer" if said.abstained else ", ".join(said.cited)),
        ("comment", said.comment),
    ):
        if words:
            typer.echo(f"    {name + ':':<9} {_in_one_line(words)}")


def _in_one_line(words: str) -> str:
    return " ".join(words.split())


commands.register(application, _library)
correcting.register(application, _library)

if __name__ == "__main__":
    run(application, "corpus")
