"""``python -m corpus describe``, ``pair`` and ``unpair``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Annotated, Any

import typer

from corpus.library import Library
from corpus.records import KINDS, Bilingual, Document, Language
from corpus.shelf.amending import amend, description_of_document
from corpus.shelf.description import Description
from corpus.shelf.pairing import pair, unpair

_SHOWN = 12


class _In(StrEnum):
    zh = "zh"
    en = "en"


_Kind = StrEnum("_Kind", {kind: kind for kind in KINDS})  # type: ignore[misc]


def register(application: typer.Typer, library: Callable[[], Library]) -> None:
    """Puts the commands into the command line of this stage."""

    @application.command()
    def describe(
        document: Annotated[str, typer.Argument(metavar="DOC", help="Id of a document, as in list.")],
        language: Annotated[
            _In | None, typer.Option(help="Language of --title, --session, --body and --official, where there are two.")
        ] = None,
        title: Annotated[str | None, typer.Option(help="Title.")] = None,
        symbol: Annotated[str | None, typer.Option(help="Symbol; empty where it has none.")] = None,
        confirmed: Annotated[
            bool | None, typer.Option("--confirmed/--inferred", help="Whether the symbol is confirmed.")
        ] = None,
        date: Annotated[str | None, typer.Option(help="Date, such as 2026-03-01; empty where it is unknown.")] = None,
        year: Annotated[int | None, typer.Option(help="Year, where it is not that of the date.")] = None,
        session: Annotated[str | None, typer.Option(help="Session, such as Eighth session.")] = None,
        body: Annotated[str | None, typer.Option(help="Body that the document is of.")] = None,
        kind: Annotated[_Kind | None, typer.Option(help="Kind of document.")] = None,
        official: Annotated[
            bool | None, typer.Option("--official/--unofficial", help="Whether this is the United Nations' own text.")
        ] = None,
        distribution: Annotated[str | None, typer.Option(help="Distribution, such as General.")] = None,
        original_language: Annotated[str | None, typer.Option(help="Language of the original, such as en.")] = None,
    ) -> None:
        """Show what is said of a document, or put it right for one that was added; the text stays as it is."""
        held = library()
        record = held.document(document)
        said = {"title": title, "session": session, "body": body}
        new: dict[str, Any] = {
            "symbol": symbol, "date": date, "year": year, "kind": kind.value if kind else None,
            "distribution": distribution, "original_language": original_language,
        }  # fmt: skip
        changes = {name: value for name, value in new.items() if value is not None}
        if not changes and confirmed is None and official is None and not any(v is not None for v in said.values()):
            _show(record)
            return
        languages: list[Language] = [version.language for version in record.versions]
        if language:
            languages = [language.value]
        texts = {name: value for name, value in said.items() if value is not None}
        if len(languages) > 1 and texts:
            raise typer.BadParameter("the document is there in two languages; say which with --language")
        description = description_of_document(record)
        for name, value in texts.items():
            part = "titles" if name == "title" else name
            changes[part] = _with(getattr(description, part), languages[0], value)
        if date and year is None:
            changes["year"] = int(date[:4]) if date[:4].isdigit() else description.year
        changes |= _status(description, symbol, confirmed)
        marked = {} if official is None else dict.fromkeys(languages, official)
        done = amend(held, document, replace(description, **changes), marked)
        _show(done.document)
        if done.units_written:
            typer.echo(f"{done.units_written} units are indexed anew at the next question", err=True)

    @application.command("pair")
    def pair_documents(
        document: Annotated[str, typer.Argument(metavar="DOC", help="Id of the document that stays.")],
        other: Annotated[str, typer.Argument(metavar="OTHER", help="Id of the one that becomes its other language.")],
    ) -> None:
        """Make two added documents one that are two languages of one; the other's id goes on leading to it."""
        paired = pair(library(), document, other)
        typer.echo(f"{other} is now a text of {document}")
        for anchors, what in (
            (paired.only_here, f"only in what was {document}"),
            (paired.only_there, f"only in what was {other}"),
            (paired.differing, "plainly different: another kind or number, other figures, or more listed parts"),
        ):
            if anchors:
                typer.echo(f"{len(anchors)} {what}: {_few(anchors)}", err=True)

    @application.command("unpair")
    def unpair_documents(
        document: Annotated[str, typer.Argument(metavar="DOC", help="Id of a document that another was paired with.")],
    ) -> None:
        """Part two documents that were paired; both are described as they were before."""
        parted = unpair(library(), document)
        typer.echo(f"{parted.doc_id} is a document of its own again")


def _with(text: Bilingual, language: str, value: str) -> Bilingual:
    return Bilingual(value, text.en) if language == "zh" else Bilingual(text.zh, value)


def _status(description: Description, symbol: str | None, confirmed: bool | None) -> dict[str, str]:
    """The status of the symbol: as it is said; of one that is given and nothing else said, confirmed."""
    if confirmed is not None:
        return {"symbol_status": "confirmed" if confirmed else "inferred"}
    return {"symbol_status": "confirmed"} if symbol and symbol != description.symbol else {}


def _few(anchors: Sequence[str]) -> str:
    return ", ".join(anchors[:_SHOWN]) + (" …" if len(anchors) > _SHOWN else "")


def _show(document: Document) -> None:
    texts = {"title": document.titles, "session": document.session, "body": document.body, "date": document.dates}
    official = ", ".join(f"{each.language} {'yes' if each.official else 'no'}" for each in document.versions)
    for name, value in (
        *((f"{name} ({code})", text.get(code)) for name, text in texts.items() for code in ("zh", "en")),
        ("symbol", f"{document.symbol}  ({document.symbol_status})" if document.symbol else ""),
        ("year", str(document.year)),
        ("kind", document.kind),
        ("official text", official),
        ("distribution", document.distribution),
        ("original language", document.original_language),
        ("formerly", ", ".join(each.doc_id for each in document.formerly)),
    ):
        if value:
            typer.echo(f"{name + ':':<20}{value}")
