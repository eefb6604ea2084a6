"""``python -m assistant ledger``."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

import typer

from assistant.citing import UNOFFICIAL
from assistant.ledger.book import Book
from assistant.ledger.records import ACT_NAMES, Entry
from assistant.question import language_of
from corpus.home import BUNDLED_DATA
from corpus.library import Library
from corpus.records import Bilingual, Language
from corpus.sync import sync_folder

NOTHING = Bilingual("文件中没有这样的记录。", "The documents record nothing of the kind.")


class _Language(StrEnum):
    zh = "zh"
    en = "en"


def register(application: typer.Typer) -> None:
    """Puts the command into the command line of this stage."""

    @application.command()
    def ledger(
        actor: Annotated[
            str, typer.Option(help="Keep to a State, group, organisation or official, by its name in either language.")
        ] = "",
        topic: Annotated[str, typer.Option(help="Keep to sentences that speak of this.")] = "",
        doc: Annotated[
            list[str] | None, typer.Option("--doc", help="Keep to this document; may be given again.")
        ] = None,
        language: Annotated[
            _Language | None, typer.Option(help="Language of sentences and labels; that of actor and topic by default.")
        ] = None,
        as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
    ) -> None:
        """List who said what: actor, act, the sentence word for word, and where it stands."""
        asked = f"{actor}{topic}".strip()
        reader: Language = "zh" if language is _Language.zh else "en"
        if language is None:
            reader = language_of(asked) if asked else "zh"
        library = Library.open()
        sync_folder(library, BUNDLED_DATA)
        with library.reading():
            found = Book(library).ledger(actor, topic, doc or (), reader)
        if as_json:
            typer.echo(json.dumps(found.to_dict(), ensure_ascii=False, indent=2))
        elif not found.entries:
            typer.echo(NOTHING.get(reader), err=True)
        for entry in () if as_json else found.entries:
            typer.echo(_written(entry, reader))


def _written(entry: Entry, reader: Language) -> str:
    """An entry in lines: who did what, the sentence, where, and what that text is worth."""
    citation, comma = entry.citation, "，" if reader == "zh" else ", "
    lines = [
        f"{entry.actor.name(reader)}: {ACT_NAMES[entry.act].get(reader)}",
        f"    “{citation.quote}”",
        f"    {citation.document.short_title}{comma}{citation.label}  {citation.anchor}",
        *(f"    {note}" for note in citation.standing),
    ]
    if not citation.official:
        lines.append(f"    {UNOFFICIAL.get(reader)}")
    return "\n".join(lines)
