"""How alike points are: by the words they share, each weighted by how few hold it."""

from __future__ import annotations

from math import log
from pathlib import Path

import pytest

from assistant.alignment.likeness import Wording, cosines
from corpus.library import Library
from embeddings.build import ensure_index
from tests.assistant.made import unit
from tests.letters import Letters, add_texts


def wording(a: list[str], b: list[str]) -> Wording:
    return Wording.of(
        [unit(text, f"p{n}", "a", "en") for n, text in enumerate(a)],
        [unit(text, f"p{n}", "b", "en") for n, text in enumerate(b)],
    )


def test_a_share_is_what_the_formula_says() -> None:
    # Three points, so that N + 1 is 4: "tracing" and "firearm" are in two of them, as is their sequence.
    found = wording(["firearm tracing"], ["firearm tracing", "postal parcels"])
    assert found.weights["firearm"] == pytest.approx(log(4 / 2))
    assert found.shares().tolist() == [[pytest.approx(1.0), 0.0]]
    half = wording(["firearm tracing"], ["firearm destruction"])
    # One word of two and no sequence is shared: 2 ln(3/2) / (2 (ln(3/2) + 2 ln 3)).
    assert half.shares()[0, 0] == pytest.approx(log(1.5) / (log(1.5) + 2 * log(3)))


def test_what_all_points_say_tells_little() -> None:
    found = wording(["States should trace"], ["States should trace", "States should mark", "States should report"])
    assert found.shares()[0].argmax() == 0
    assert found.weights["state"] < found.weights["trace"]


def test_the_share_that_others_hold_together() -> None:
    found = wording(["mark trace report"], ["mark", "trace", "seize"])
    assert found.a_covered(0, (0,)) < found.a_covered(0, (0, 1))
    assert found.a_covered(0, (0, 1)) == found.a_covered(0, (0, 1, 2))
    assert found.b_covered(0, (0,)) == 1.0
    assert found.b_covered(2, (0,)) == 0.0


def test_points_without_words_are_like_nothing() -> None:
    assert wording(["……"], ["——", "words"]).shares().tolist() == [[0.0, 0.0]]
    assert wording(["……"], ["——"]).a_covered(0, (0,)) == 0.0


def test_cosines_are_of_the_index_and_none_where_it_lacks_a_point(tmp_path: Path) -> None:
    library = Library.open(tmp_path)
    texts = ["mark all firearms", "trace postal parcels"]
    add_texts(library, "one", {"en": texts})
    add_texts(library, "two", {"en": texts})
    index = ensure_index(library, Letters(), progress=False)
    one, two = library.units("one"), library.units("two")
    found = cosines(library, index, one, two, "en")
    assert found is not None
    assert found.argmax(axis=1).tolist() == [0, 1]
    add_texts(library, "three", {"en": texts})
    assert cosines(library, index, one, library.units("three"), "en") is None
    assert cosines(library, index, library.units("three"), one, "en") is None
