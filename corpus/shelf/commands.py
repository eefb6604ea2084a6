"""``python -m corpus add``, ``remove``, ``restore``, ``export`` and ``import``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from corpus.library import Library
from corpus.readers.reading import Reading
from corpus.shelf.adding import Added, foresee
from corpus.shelf.backup import export_library, import_library
from corpus.shelf.batch import Outcome, add_each, sources_of
from corpus.shelf.description import Description
from corpus.shelf.masthead import Given, description_of
from corpus.shelf.owners import share
from corpus.shelf.removing import remove, removed_documents, restore
from corpus.shelf.removing_version import remove_version, removed_versions, restore_version

_FOLLOWS = "The index follows at the next question, or with: python -m embeddings build"
_SAID = {
    "new": "new document",
    "paired": "another language of the document",
    "replaced": "in the place of the version there was",
    "held": "skipped: the library holds this file",
}


class _In(StrEnum):
    zh = "zh"
    en = "en"


def register(application: typer.Typer, library: Callable[[], Library]) -> None:
    """Puts the commands into the command line of this stage."""

    @application.command()
    def add(
        paths: Annotated[list[str], typer.Argument(metavar="PATH", help="Files, folders, or symbols to fetch.")],
        doc_id: Annotated[
            str | None, typer.Option(help="Id of the document that this is a version of, or gets.")
        ] = None,
        language: Annotated[
            _In | None, typer.Option(help="Language of a symbol to fetch, or of a text that does not tell.")
        ] = None,
        title: Annotated[str | None, typer.Option(help="Title, in the language of the file.")] = None,
        symbol: Annotated[str | None, typer.Option(help="Symbol of the document.")] = None,
        date: Annotated[str | None, typer.Option(help="Date of the document, such as 2026-03-01.")] = None,
        official: Annotated[
            bool | None, typer.Option("--official/--unofficial", help="Whether this is the United Nations' own text.")
        ] = None,
        yes: Annotated[
            bool, typer.Option("--yes", help="Take what was inferred as confirmed, without asking.")
        ] = False,
        owner: Annotated[str, typer.Option(help="User for whom alone it is; for all without.")] = "",
    ) -> None:
        """Add documents of your own: PDF, DOCX, HTML or text, at most 20 at once.

        A PATH that is no file but a symbol, such as A/RES/75/1, is fetched from the Official Document System of the
        United Nations in --language, English by default. A file with the symbol of a document in the library, or with
        --doc-id, becomes a version of that document. What the masthead says is shown; what was inferred is asked about
        at a terminal, and elsewhere kept as inferred.
        """
        given = Given(doc_id, title, symbol, date, official)
        held = library()

        def describe(reading: Reading, data: bytes, name: str) -> Description | None:
            return _described(held, reading, data, name, given, yes, owner)

        outcomes = add_each(held, sources_of(paths), language.value if language else None, describe, owner)
        _report(outcomes)

    @application.command("remove")
    def remove_document(
        document: Annotated[str, typer.Argument(metavar="DOC", help="Id of a document, as in list.")],
        language: Annotated[_In | None, typer.Option(help="Remove the text of this language alone.")] = None,
        for_good: Annotated[bool, typer.Option("--for-good", help="Keep nothing to bring back.")] = False,
    ) -> None:
        """Remove a document with all that hangs on it, or one language of it; it can be brought back for a day."""
        if language and for_good:
            raise typer.BadParameter("a text of one language is kept for a day; leave --for-good out")
        if language:
            gone = remove_version(library(), document, language.value)
            typer.echo(f"removed {document} ({language.value}), {gone.units} units")
            return
        removed = remove(library(), document, for_good=for_good)
        typer.echo(f"removed {document}, {removed.units} units")

    @application.command("restore")
    def restore_document(
        document: Annotated[str | None, typer.Argument(metavar="DOC", help="Id of a document.")] = None,
        language: Annotated[_In | None, typer.Option(help="Bring back the text of this language.")] = None,
    ) -> None:
        """Bring back what was removed within a day, or ships with the project; without DOC, list it."""
        held = library()
        if document and language:
            restore_version(held, document, language.value)
            typer.echo(f"restored {document} ({language.value})")
            return
        if document:
            restore(held, document)
            typer.echo(f"restored {document}")
            return
        for each in removed_documents(held):
            typer.echo(f"{each.document.doc_id:<28}{each.units:>4} units  removed {each.removed_at}")
        for text in removed_versions(held):
            name = f"{text.document.doc_id} ({text.language})"
            typer.echo(f"{name:<28}{text.units:>4} units  removed {text.removed_at}")

    @application.command("share")
    def share_document(document: Annotated[str, typer.Argument(metavar="DOC", help="Id of a document.")]) -> None:
        """Make a document that one user owns one that all share."""
        share(library(), document)
        typer.echo(f"shared {document}")

    @application.command("export")
    def export_backup(file: Annotated[Path, typer.Argument(metavar="FILE.zip", help="File to write.")]) -> None:
        """Write the whole library to a file: documents, feedback, original files; vectors are made anew from it."""
        carried = export_library(library(), file)
        typer.echo(f"exported {carried.documents} documents, {carried.files} files, {carried.feedback} feedbacks")

    @application.command("import")
    def import_backup(
        file: Annotated[Path, typer.Argument(metavar="FILE.zip", help="File that export wrote.")],
    ) -> None:
        """Make the library hold what an export holds; other documents go, and can be brought back for a day."""
        carried = import_library(library(), file)
        typer.echo(f"imported {carried.documents} documents, {carried.files} files, {carried.feedback} feedbacks")
        typer.echo(_FOLLOWS, err=True)


def _described(
    library: Library, reading: Reading, data: bytes, name: str, given: Given, yes: bool, owner: str
) -> Description | None:
    description = description_of(reading, name, given, confirmed=yes)
    plan = foresee(library, reading, description, data, owner)
    for line in _masthead(reading, description, plan, name):
        typer.echo(line, err=True)
    if yes or plan.outcome == "held" or not sys.stdin.isatty():
        return description
    if not typer.confirm("Is this right?", err=True):
        return None
    return description_of(reading, name, given, confirmed=True)


def _masthead(reading: Reading, description: Description, plan: Added, name: str) -> list[str]:
    """What is to be confirmed, a line each: what the masthead states, and what was inferred."""
    lines = [f"{name}: {_SAID[plan.outcome]}, {plan.doc_id} ({plan.language}), {plan.units} units"]
    for part, field in vars(reading.masthead).items():
        if field:
            lines.append(f"    {part + ':':<19}{field.value}  ({field.status})")
    lines.append(f"    {'official text:':<19}{'yes' if description.official else 'no'}")
    lines += [f"    left out: {each.en}" for each in reading.left_out]
    return lines


def _report(outcomes: Sequence[Outcome]) -> None:
    for outcome in outcomes:
        if outcome.added:
            added = outcome.added
            typer.echo(f"{added.doc_id:<28}{added.language:<4}{added.units:>4} units  {_SAID[added.outcome]}")
            if added.only_here or added.only_there:
                typer.echo(
                    f"{outcome.name}: {len(added.only_here)} anchors are only in this language version,"
                    f" {len(added.only_there)} only in the other",
                    err=True,
                )
        elif outcome.error is None:
            typer.echo(f"{outcome.name}: not added", err=True)
    if any(outcome.added and outcome.added.outcome != "held" for outcome in outcomes):
        typer.echo(_FOLLOWS, err=True)
    failed = [outcome for outcome in outcomes if outcome.error]
    for outcome in failed:
        typer.echo(f"corpus: {outcome.name}: {' '.join(str(outcome.error).split())}", err=True)
    if failed:
        raise typer.Exit(1)
