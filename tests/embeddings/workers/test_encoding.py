"""What a worker makes of units, without a cluster: the same rows as this process would write, and of no other model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus.errors import ModelError
from corpus.library import Library
from embeddings.embed import embed_missing, missing
from embeddings.workers.encoding import SPAN, Batch, EncodeUnits
from embeddings.workers.keeping import keep_encoded
from tests.letters import Letters, add_texts

TEXTS = ["Seals eat fish. They swim.", "Whales sing.", "x" * 700 + ". Long.", "海豹吃鱼。"]


def library_of(folder: Path) -> Library:
    library = Library.open(folder)
    add_texts(library, "zoo", {"en": TEXTS})
    return library


def batch_of(library: Library) -> Batch:
    """All units of a library as a worker takes them."""
    rows = missing(library, Letters())
    spans = [
        library.connection.execute("SELECT position, start, end FROM sentences WHERE unit_id = ?", (i,)).fetchall()
        for i, _, _ in rows
    ]
    return {
        "unit_id": np.array([row[0] for row in rows]),
        "context": np.array([row[1] for row in rows]),
        "text": np.array([row[2] for row in rows]),
        "spans": np.array([np.array(of, SPAN).tobytes() for of in spans], object),
    }


def encoded_of(library: Library, encoder: Letters) -> dict[str, Any]:
    made = EncodeUnits(lambda: encoder)(batch_of(library))
    assert all(len(column) == 1 for column in made.values())
    return {name: column[0] for name, column in made.items()}


def rows(library: Library) -> list[object]:
    return [
        row
        for table in ("vectors", "token_states")
        for row in library.connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3, 4")
    ]


@pytest.mark.parametrize("tokens", [True, False])
def test_the_rows_are_those_that_this_process_would_write(tmp_path: Path, tokens: bool) -> None:
    library, quiet = library_of(tmp_path / "far"), library_of(tmp_path / "here")
    encoded = encoded_of(library, Letters(tokens=tokens))
    keep_encoded(library, "letters", encoded)
    embed_missing(quiet, Letters(tokens=tokens), progress=False)
    assert rows(library) == rows(quiet)
    # What comes twice is written once.
    keep_encoded(library, "letters", encoded)
    assert rows(library) == rows(quiet)


def test_a_unit_that_went_meanwhile_takes_its_vectors_with_it(tmp_path: Path) -> None:
    library = library_of(tmp_path)
    encoded = encoded_of(library, Letters())
    with library.writing("a unit's end", kept="nothing") as connection:
        connection.execute("DELETE FROM units WHERE id = 2")
    keep_encoded(library, "letters", encoded)
    assert {row[0] for row in library.connection.execute("SELECT DISTINCT unit_id FROM vectors")} == {1, 3, 4}


def test_vectors_of_another_model_are_refused(tmp_path: Path) -> None:
    library = library_of(tmp_path)
    with pytest.raises(ModelError, match="letters"):
        keep_encoded(library, "other", encoded_of(library, Letters()))
    assert rows(library) == []
