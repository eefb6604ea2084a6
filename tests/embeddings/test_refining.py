"""A large addition is found by its paragraphs first; its sentences follow, and then all is as if made at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.library import Library
from embeddings.build import ensure_index
from embeddings.embed import refine
from embeddings.snapshot import Query, Snapshot
from tests.letters import Letters, add_texts, ids_of

SMALL = ["Ships sail. Trains run.", "Planes fly."]
# Two sentences each, one only in the last: 50,000 characters, in which every unit differs.
LARGE = [
    *(f"The State of {n} spoke of {'marking ' * 14}at length. It asked for {'records ' * 14}too." for n in range(180)),
    "Nothing else was said.",
]  # fmt: skip


class StoppedError(Exception):
    """What a reader's progress raises."""


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library.open(tmp_path)
    add_texts(library, "small", {"en": SMALL})
    return library


def rows_of(library: Library) -> list[tuple[object, ...]]:
    return library.connection.execute("SELECT * FROM vectors ORDER BY unit_id, sentence, window").fetchall()


def scores(snapshot: Snapshot, unit_id: int) -> dict[int, float]:
    asked = Letters().encode_question("marking of records")
    return snapshot.sentence_scores(Query(asked.vector, asked.states, "en"), [unit_id], "en")[unit_id]


def test_paragraphs_of_a_large_addition_are_found_before_their_sentences(library: Library) -> None:
    add_texts(library, "large", {"en": LARGE})
    snapshot = ensure_index(library, Letters(), progress=False, refined=False)
    ids = ids_of(library)
    assert snapshot.unit_count == len(SMALL) + len(LARGE)
    # The last is one sentence, which is the unit itself.
    assert list(scores(snapshot, ids["large#p181 en"])) == [0]
    assert scores(snapshot, ids["large#p1 en"]) == {}
    # Of the three sentences of the small one, that came with it, one is a whole unit.
    assert snapshot.unrefined == 2 * 180 + 2


def test_a_small_addition_has_its_sentences_at_once(library: Library) -> None:
    snapshot = ensure_index(library, Letters(), progress=False, refined=False)
    assert snapshot.unrefined == 0
    assert set(scores(snapshot, ids_of(library)["small#p1 en"])) == {0, 1}


def test_refined_it_is_as_if_made_at_once(library: Library, tmp_path: Path) -> None:
    add_texts(library, "large", {"en": LARGE})
    ensure_index(library, Letters(), progress=False, refined=False)
    encoder = Letters()
    snapshot = ensure_index(library, encoder, progress=False)
    # No unit is encoded again.
    assert not {text for text in encoder.texts if "spoke" in text and "asked" in text}
    other = Library.open(tmp_path / "other")
    add_texts(other, "small", {"en": SMALL})
    add_texts(other, "large", {"en": LARGE})
    at_once = ensure_index(other, Letters(), progress=False)
    assert rows_of(library) == rows_of(other)
    assert snapshot.unrefined == at_once.unrefined == 0
    first = ids_of(library)["large#p1 en"]
    assert scores(snapshot, first) == scores(at_once, first) != {}


def test_what_is_refined_stays_so(library: Library) -> None:
    add_texts(library, "large", {"en": LARGE})
    ensure_index(library, Letters(), progress=False)
    encoder = Letters()
    assert ensure_index(library, encoder, progress=False, refined=False).unrefined == 0
    assert refine(library, encoder, progress=False)
    assert encoder.texts == []


def test_what_stops_it_loses_a_batch_at_most(library: Library) -> None:
    add_texts(library, "large", {"en": LARGE})
    ensure_index(library, Letters(), progress=False, refined=False)
    before = len(rows_of(library))

    def stop(done: int, total: int, _: float | None) -> None:
        assert total == 181
        if done >= 64:
            raise StoppedError

    with pytest.raises(StoppedError):
        refine(library, Letters(), stop)
    assert len(rows_of(library)) >= before + 2 * 63
    again: list[tuple[int, int]] = []
    assert refine(library, Letters(), lambda done, total, _: again.append((done, total)))
    assert again[0] == (0, 181 - 64)
    assert ensure_index(library, Letters(), progress=False).unrefined == 0


def test_whoever_adds_meanwhile_has_the_turn(library: Library) -> None:
    add_texts(library, "large", {"en": LARGE})
    ensure_index(library, Letters(), progress=False, refined=False)

    def add(done: int, *_: object) -> None:
        if done == 32:
            add_texts(library, "late", {"en": ["Somebody waits to find this."]})

    assert not refine(library, Letters(), add)
    snapshot = ensure_index(library, Letters(), progress=False, refined=False)
    assert scores(snapshot, ids_of(library)["late#p1 en"])
    assert snapshot.unrefined > 0
