"""``python -m embeddings``: build the vectors and the index, and say what they are."""

from __future__ import annotations

import logging
from typing import Annotated

import typer

from corpus.commands import command_line, run
from corpus.home import BUNDLED_DATA
from corpus.library import Library
from corpus.sync import sync_folder
from embeddings.embed import embed_missing
from embeddings.guarded import GuardedVectors
from embeddings.model import Encoder
from embeddings.opening import ensure_vectors
from embeddings.workers.build import embed_on_ray

application = command_line("embeddings", "The vectors of the library and the index over them.")


@application.command()
def build(
    ray: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Encode on the Ray cluster whose head is at host:port; 'local' for one of this machine's processors.",
        ),
    ] = None,
) -> None:
    """Bring library, vectors and index up to date; does only what is needed.

    Where RAPPORTEUR_VECTORS names a Milvus server, what is new is sent there too.
    """
    library = Library.open()
    report = sync_folder(library, BUNDLED_DATA)
    encoder = Encoder.load()
    embedded = embed_on_ray(library, encoder, ray) if ray else embed_missing(library, encoder)
    snapshot = ensure_vectors(library, encoder)
    typer.echo(f"{report.units_written} units written, {embedded} embedded")
    typer.echo(f"{snapshot.unit_count} units and {snapshot.sentence_count} sentences indexed")


@application.command()
def info() -> None:
    """Say which model is in use and what the index holds."""
    library = Library.open()
    sync_folder(library, BUNDLED_DATA)
    encoder = Encoder.load()
    snapshot = ensure_vectors(library, encoder)
    typer.echo(f"model {encoder.fingerprint}, {encoder.dimension} dimensions, {encoder.max_tokens} tokens")
    typer.echo(f"generation {snapshot.generation}")
    if isinstance(snapshot, GuardedVectors):
        typer.echo("searched on the vector server" if snapshot.served else "searched here: the server does not serve")
    typer.echo(f"{snapshot.unit_count} units and {snapshot.sentence_count} sentences indexed")


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    run(application, "embeddings")
