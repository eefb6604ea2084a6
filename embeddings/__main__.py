"""``python -m embeddings``: build the vectors and the index, and say what they are."""

from __future__ import annotations

import logging

import typer

from corpus.commands import command_line, run
from corpus.home import BUNDLED_DATA
from corpus.library import Library
from corpus.sync import sync_folder
from embeddings.build import ensure_index
from embeddings.embed import embed_missing
from embeddings.model import Encoder

application = command_line("embeddings", "The vectors of the library and the index over them.")


@application.command()
def build() -> None:
    """Bring library, vectors and index up to date; does only what is needed."""
    library = Library.open()
    report = sync_folder(library, BUNDLED_DATA)
    encoder = Encoder.load()
    embedded = embed_missing(library, encoder)
    snapshot = ensure_index(library, encoder)
    typer.echo(f"{report.units_written} units written, {embedded} embedded")
    typer.echo(f"{snapshot.unit_count} units and {snapshot.sentence_count} sentences indexed")


@application.command()
def info() -> None:
    """Say which model is in use and what the index holds."""
    library = Library.open()
    sync_folder(library, BUNDLED_DATA)
    encoder = Encoder.load()
    snapshot = ensure_index(library, encoder)
    typer.echo(f"model {encoder.fingerprint}, {encoder.dimension} dimensions, {encoder.max_tokens} tokens")
    typer.echo(f"generation {snapshot.generation}")
    typer.echo(f"{snapshot.unit_count} units and {snapshot.sentence_count} sentences indexed")


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    run(application, "embeddings")
