"""Where centres are taken from: units held in both languages where there are enough, else the fixed sample."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.library import Library
from corpus.records import Language
from embeddings.bank import bank_sentences
from embeddings.build import ensure_index
from embeddings.centres import ENOUGH_PAIRS, centre_of, paired_units, sample_centres
from embeddings.snapshot import Snapshot
from tests.letters import BINS, Letters, add_texts, ids_of

ZH = [f"第{n}次会议。缔约国应标记枪支。" for n in range(ENOUGH_PAIRS)]
EN = [f"Meeting {n} was held. States should mark firearms." for n in range(ENOUGH_PAIRS)]


def mean(texts: list[str], of: str) -> NDArray[np.float32]:
    """The mean of the vectors, or of all token states, of some texts."""
    encoded = [Letters().encode_question(text) for text in texts]
    rows = [e.vector[None] if of == "vector" else e.states for e in encoded]
    return np.asarray(np.concatenate(rows).mean(axis=0), np.float32)


def centre(snapshot: Snapshot, language: Language) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    found = snapshot._centres[language]
    return found.vector, found.state


def test_units_of_both_languages_are_pairs(tmp_path: Path) -> None:
    library = Library.open(tmp_path)
    add_texts(library, "both", {"zh": ["甲。", "乙。", "丙。"], "en": ["One.", "Two."]})
    add_texts(library, "alone", {"en": ["One.", "Two."]})
    ids = ids_of(library)
    assert paired_units(library, "zh") == [ids["both#p1 zh"], ids["both#p2 zh"]]
    assert paired_units(library, "en") == [ids["both#p1 en"], ids["both#p2 en"]]


def test_the_centre_of_two_vectors_and_three_states() -> None:
    vectors, states = np.eye(2, dtype=np.float32), np.array([[1, 0], [1, 0], [0, 1]], np.float32)
    for parts in ([states], [states[:2], states[2:]], [states[:0], *states[:, None]]):
        found = centre_of(vectors, parts)
        np.testing.assert_allclose(found.state, [2 / 3, 1 / 3])
    np.testing.assert_allclose(found.vector, [0.5, 0.5])


def test_without_states_the_centre_of_vectors_serves() -> None:
    found = centre_of(np.eye(2, dtype=np.float32), [np.zeros((0, 2), np.float32)])
    np.testing.assert_allclose(found.state, found.vector)


def test_enough_pairs_are_measured_on_their_sentences_and_tokens(tmp_path: Path) -> None:
    library, encoder = Library.open(tmp_path), Letters()
    add_texts(library, "both", {"zh": ZH, "en": EN})
    add_texts(library, "alone", {"en": ["zzzz zzzz"] * 50})
    snapshot = ensure_index(library, encoder, progress=False)
    assert not set(bank_sentences()["zh"]) & set(encoder.texts)
    texts: dict[Language, list[str]] = {"zh": ZH, "en": EN}
    for language, of in texts.items():
        cut = re.compile(r"(?<=。)(?=.)" if language == "zh" else r"(?<=\.) ")
        vector, state = centre(snapshot, language)
        np.testing.assert_allclose(vector, mean([part for text in of for part in cut.split(text)], "vector"), atol=1e-3)
        np.testing.assert_allclose(state, mean(of, "state"), atol=1e-3)


def test_enough_pairs_without_sentences_have_a_centre_too(tmp_path: Path) -> None:
    library = Library.open(tmp_path)
    add_texts(library, "both", {"zh": ZH, "en": EN})
    library.connection.execute("DELETE FROM sentences")
    snapshot = ensure_index(library, Letters(), progress=False)
    for language, of in (("zh", ZH), ("en", EN)):
        np.testing.assert_allclose(centre(snapshot, language)[0], mean(of, "vector"), atol=1e-3)


@pytest.mark.parametrize("texts", [{"zh": ZH[:-1], "en": EN[:-1]}, {"zh": ZH}, {"en": EN}])
def test_fewer_pairs_leave_it_to_the_fixed_sample(tmp_path: Path, texts: dict[Language, list[str]]) -> None:
    library = Library.open(tmp_path)
    add_texts(library, "few", texts)
    snapshot = ensure_index(library, Letters(), progress=False)
    bank = bank_sentences()
    for language in bank:
        vector, state = centre(snapshot, language)
        np.testing.assert_allclose(vector, mean(bank[language], "vector"), atol=1e-5)
        np.testing.assert_allclose(state, mean(bank[language], "state"), atol=1e-5)


def test_the_sample_is_encoded_once_and_kept_for_each_model(tmp_path: Path) -> None:
    library, first, again, other = Library.open(tmp_path), Letters(), Letters(), Letters("other", tokens=False)
    found = sample_centres(library, first)
    bank = bank_sentences()
    assert sorted(first.texts) == sorted(bank["zh"] + bank["en"])
    kept = sample_centres(Library.open(tmp_path), again)
    assert again.texts == []
    for language in bank:
        np.testing.assert_array_equal(kept[language].vector, found[language].vector)
        np.testing.assert_array_equal(kept[language].state, found[language].state)
        assert kept[language].state.shape == (BINS,)
    without = sample_centres(library, other)
    assert len(other.texts) == len(first.texts)
    np.testing.assert_array_equal(without["zh"].state, without["zh"].vector)


def test_an_interrupted_sample_is_encoded_whole_the_next_time(tmp_path: Path) -> None:
    library, rest = Library.open(tmp_path), Letters()
    with pytest.raises(KeyboardInterrupt):
        sample_centres(library, Letters(patience=1))
    assert library.connection.execute("SELECT count(*) FROM centres").fetchone() == (0,)
    assert sample_centres(library, rest).keys() == {"zh", "en"}
    assert len(rest.texts) == sum(map(len, bank_sentences().values()))


def test_the_sample_is_some_two_hundred_distinct_pairs_each_in_its_script() -> None:
    bank = bank_sentences()
    assert len(bank["zh"]) == len(bank["en"]) >= 200
    for sentences in bank.values():
        assert len(set(sentences)) == len(sentences)
        assert all(text == text.strip() and "\n" not in text for text in sentences)
    for zh, en in zip(bank["zh"], bank["en"], strict=True):
        assert len(re.findall(r"[\u4e00-\u9fff]", zh)) >= 0.5 * len(re.sub(r"[\d\s.,]", "", zh)), zh
        assert not re.search(r"[\u3000-\u9fff\uff00-\uffef]", en), en
        assert re.search(r"[A-Za-z]{3}", en), en
    assert max(map(len, bank["en"])) < 500


def test_the_pairs_of_the_sample_say_the_same_as_their_figures_show() -> None:
    """Years and other figures of four digits stand in both, but for the units that one language counts in."""
    bank = bank_sentences()
    years = [(re.findall(r"\b(?:19|20)\d\d\b", en), re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", zh))
             for zh, en in zip(bank["zh"], bank["en"], strict=True)]  # fmt: skip
    assert sum(bool(en) for en, _ in years) >= 20
    assert [pair for pair in years if sorted(set(pair[0])) != sorted(set(pair[1]))] == []
