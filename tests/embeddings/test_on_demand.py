"""Token states made when they are asked for give what those that are held give."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.bounds import Bounds
from assistant.question import read_question
from assistant.retrieve import Passage, Retriever
from assistant.weights import RETRIEVAL
from corpus.library import Library
from corpus.records import LANGUAGES
from embeddings.build import ensure_index
from embeddings.nearest import SIZES
from embeddings.on_demand import StatesOnDemand
from embeddings.snapshot import Query
from tests.letters import Letters, add_texts

TEXTS = {
    "en": ["Seals eat fish.", "Krill drifts in cold water, and seals wait. " * 12, "A zebra.", "Fish eat krill."],
    "zh": ["海豹吃鱼。", "磷虾在冷水中漂流。", "斑马。", "鱼吃磷虾。"],
}
NONE_HELD = replace(SIZES, states=0)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library.open(tmp_path)
    add_texts(library, "zoo", TEXTS)  # type: ignore[arg-type]
    return library


def query(text: str, centred: bool = True) -> Query:
    encoded = Letters().encode_question(text)
    return Query(encoded.vector, encoded.states, "en", centred)


@pytest.mark.parametrize("centred", [True, False])
def test_they_match_as_those_that_are_held(library: Library, centred: bool) -> None:
    held = ensure_index(library, Letters(), progress=False)
    assert held.state_count
    made = StatesOnDemand(library, Letters())
    for language in LANGUAGES:
        ids = library.unit_ids(language)
        expected = held.token_matches(query("krill?", centred), ids, language)
        found = made.token_matches(query("krill?", centred), ids[::-1], language)
        assert found.keys() == expected.keys() == set(ids)
        for i in ids:
            # Those that are held are rounded to bytes.
            assert found[i] == pytest.approx(expected[i], abs=1e-3)


def test_a_unit_is_read_once(library: Library) -> None:
    ensure_index(library, Letters(), progress=False, sizes=NONE_HELD)
    encoder = Letters()
    made, ids = StatesOnDemand(library, encoder), library.unit_ids("en")
    # The index was built with the sample's centres, so that nothing but units is read here.
    assert encoder.texts == []
    made.token_matches(query("krill?"), ids[:2], "en")
    read = len(encoder.texts)
    assert read == 3
    made.token_matches(query("seals?"), ids[:3], "en")
    assert len(encoder.texts) == read + 1
    assert made.token_matches(query("seals?"), [], "en") == {}
    assert made.token_matches(query("seals?"), [10**9], "en") == {}


def test_a_question_without_states_matches_nothing(library: Library) -> None:
    plain = Letters(tokens=False)
    encoded = plain.encode_question("krill?")
    made = StatesOnDemand(library, plain)
    assert made.token_matches(Query(encoded.vector, encoded.states, "en"), library.unit_ids("en"), "en") == {}


def found_with(home: Path, texts: dict[str, list[str]], made: bool) -> tuple[list[Passage], Letters]:
    """What is found for a question with the states made or held, and the model that makes them."""
    library, reader = Library.open(home), Letters()
    add_texts(library, "zoo", texts)  # type: ignore[arg-type]
    snapshot = ensure_index(library, Letters(), progress=False, sizes=NONE_HELD if made else SIZES)
    assert bool(snapshot.state_count) != made
    retriever = Retriever(library, snapshot, Letters(), RETRIEVAL, reader)
    return retriever.retrieve(read_question("Which fish eat krill?", library.documents()), 8), reader


@pytest.mark.parametrize("languages", [["en"], ["zh"], ["en", "zh"]])
def test_retrieval_ranks_with_them_as_with_those_that_are_held(tmp_path: Path, languages: list[str]) -> None:
    texts = {language: TEXTS[language] for language in languages}
    held, _ = found_with(tmp_path / "held", texts, made=False)
    made, _ = found_with(tmp_path / "made", texts, made=True)
    assert [p.unit.anchor_id for p in made] == [p.unit.anchor_id for p in held]
    for one, other in zip(made, held, strict=True):
        assert len(one.by_token) > 0
        assert one.by_token == pytest.approx(other.by_token, abs=1e-3)
        # Of two versions one is read, and how it fits stands for both.
        if len(languages) == 1:
            assert one.score == pytest.approx(other.score, abs=1e-3)


def test_of_an_anchor_one_version_is_read_that_in_the_language_of_the_question(tmp_path: Path) -> None:
    _, reader = found_with(tmp_path / "both", {"en": TEXTS["en"][:2], "zh": TEXTS["zh"]}, made=True)
    # Of each text the whole and its sentences, with what stands before it.
    read = " ".join(reader.texts)
    assert all(text[:10] in read for text in [*TEXTS["en"][:2], *TEXTS["zh"][2:]])
    assert not any(text in read for text in TEXTS["zh"][:2])


def test_only_the_best_are_read(library: Library) -> None:
    snapshot = ensure_index(library, Letters(), progress=False, sizes=NONE_HELD)
    encoder = Letters()
    weights = replace(RETRIEVAL, bounds=Bounds(read=1))
    found = Retriever(library, snapshot, Letters(), weights, encoder).retrieve(
        read_question("zebra", library.documents()), 8
    )
    with_states = [p.unit.anchor_id for p in found if p.by_token]
    # The best of each language: of four anchors two at most.
    assert 1 <= len(with_states) <= 2
    assert found[0].unit.anchor_id in with_states


def test_a_model_without_states_reads_nothing_again(library: Library) -> None:
    snapshot = ensure_index(library, Letters(tokens=False), progress=False)
    encoder = Letters(tokens=False)
    question = read_question("zebra", library.documents())
    found = Retriever(library, snapshot, Letters(tokens=False), RETRIEVAL, encoder).retrieve(question, 8)
    assert found == Retriever(library, snapshot, Letters(tokens=False)).retrieve(question, 8)
    assert encoder.texts == []
