"""Units as ids or as bits: what is asked of them is what Python's own sets say."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from assistant.holders import Holders, WordHolders, ascending, weight_held
from corpus.library import Library
from corpus.records import LANGUAGES
from tests.letters import add_texts, ids_of

ROWS = 1000


def drawn(dice: random.Random, count: int) -> tuple[set[int], Holders]:
    ids = set(dice.sample(range(ROWS), count))
    return ids, Holders.of(np.array(sorted(ids), np.int64), ROWS)


@pytest.mark.parametrize("seed", range(20))
def test_they_are_what_sets_are(seed: int) -> None:
    dice = random.Random(seed)
    sets, holders = zip(*(drawn(dice, dice.choice([0, 1, 5, 15, 16, 300, ROWS])) for _ in range(2)), strict=True)
    (a, b), (x, y) = sets, holders
    every = np.arange(ROWS)
    for ids, of in ((a, x), (b, y), (a & b, x & y), (b & a, y & x)):
        assert of.count == len(ids)
        assert np.flatnonzero(of.has(every)).tolist() == sorted(ids)
        for limit in (0, 1, 7, ROWS):
            assert of.first(limit).tolist() == sorted(ids)[:limit]


@pytest.mark.parametrize("seed", range(20))
def test_places_are_those_of_the_ids_that_are_among_them(seed: int) -> None:
    dice = random.Random(seed)
    ids, holders = drawn(dice, dice.choice([0, 1, 5, 15, 16, 300, ROWS]))
    for count in (0, 1, 3, 100, ROWS):
        asked = sorted(dice.sample(range(ROWS), count))
        expected = [at for at, i in enumerate(asked) if i in ids]
        assert holders.places(np.array(asked, np.int64)).tolist() == expected


@pytest.mark.parametrize("seed", range(10))
def test_ascending_has_each_id_once(seed: int) -> None:
    dice = random.Random(seed)
    ids = dice.choices(range(50), k=seed * 7)
    assert ascending(np.array(ids, np.int64)).tolist() == sorted(set(ids))


@pytest.mark.parametrize("count", [5, 300])
def test_what_was_written_since_they_were_listed_is_not_among_them(count: int) -> None:
    holders = Holders.of(np.arange(count, dtype=np.int64), ROWS)
    assert holders.has(np.array([count - 1, ROWS, 10**9], np.int64)).tolist() == [True, False, False]


def test_few_are_ids_and_many_are_bits() -> None:
    few, many = (Holders.of(np.arange(count, dtype=np.int64), 64_000) for count in (900, 40_000))
    assert few.ids is not None
    assert many.ids is None
    assert (few.bytes, many.bytes) == (7_200, 8_000)


@pytest.mark.parametrize("seed", range(20))
def test_each_unit_counts_by_the_best_form_that_it_holds(seed: int) -> None:
    dice = random.Random(seed)
    forms = [
        (dice.choice([1.0, 0.5, 0.25]), *drawn(dice, dice.choice([0, 3, 15, 200]))) for _ in range(dice.randint(0, 5))
    ]
    expected = sum(max((weight for weight, ids, _ in forms if i in ids), default=0.0) for i in range(ROWS))
    assert weight_held([(weight, holders) for weight, _, holders in forms], ROWS) == pytest.approx(expected)


def test_holders_of_words_are_those_of_the_library(tmp_path: Path) -> None:
    library = Library.open(tmp_path)
    add_texts(library, "zoo", {"en": ["Seals eat 16.4 krill.", "Krill eats 4 algae in 16 ways."], "zh": ["16头海豹。"]})
    units = {language: np.array(library.unit_ids(language), np.int64) for language in LANGUAGES}
    holders = WordHolders(library, library.word_list(), units)
    rows = ids_of(library)

    def of(*words: str) -> list[str]:
        found = [i for language in LANGUAGES for i in holders.of(words, language).first(9).tolist()]
        return sorted(name for name, i in rows.items() if i in found)

    assert of("krill") == ["zoo#p1 en", "zoo#p2 en"]
    assert of("krill", "seal") == of("seal", "krill") == of("16.4") == ["zoo#p1 en"]
    assert of("16") == ["zoo#p1 en", "zoo#p1 zh", "zoo#p2 en"]
    assert of("walrus") == of("") == of() == of('"') == []
    add_texts(library, "later", {"en": ["A seal and its alga."]})
    assert of("seal") == ["zoo#p1 en"]
    assert of("alga") == ["zoo#p2 en"]


def asked_of(library: Library) -> list[str]:
    """The words that the library is asked for from now on by this thread."""
    asked: list[str] = []
    # The index of words asks itself for its own parts.
    library.connection.set_trace_callback(lambda sql: asked.append(sql) if " MATCH " in sql else None)
    return asked


def test_what_is_learnt_is_not_looked_up_again_and_there_is_an_end_to_it(tmp_path: Path) -> None:
    library = Library.open(tmp_path)
    add_texts(library, "zoo", {"en": [f"Seals eat krill {n}." for n in range(50)], "zh": ["海豹。"]})
    units = {language: np.array(library.unit_ids(language), np.int64) for language in LANGUAGES}
    words = library.common_words(5)
    assert set(words) > {"seal", "eat", "krill"}
    holders = WordHolders(library, library.word_list(), units)
    holders.learn(words)
    asked = asked_of(library)
    assert holders.of(["krill"], "en").count == 50
    assert asked == []
    assert holders.of(["海豹"], "zh").count == 1
    assert len(asked) == 1
    # With room for one word no second is learnt.
    small = WordHolders(library, library.word_list(), units, most=8)
    asked.clear()
    small.learn(words)
    assert len(asked) == 1


def test_those_asked_for_last_are_kept(tmp_path: Path) -> None:
    library = Library.open(tmp_path)
    add_texts(library, "zoo", {"en": ["Seals eat krill."] * 3, "zh": ["海豹。"]})
    units = {language: np.array(library.unit_ids(language), np.int64) for language in LANGUAGES}
    holders = WordHolders(library, library.word_list(), units, most=20)
    asked = asked_of(library)
    # Of three words of eight bytes, a bit a unit, there is room for two.
    for word in ("seal", "eat", "seal", "krill", "seal", "eat"):
        assert holders.of([word], "en").count == 3
    assert len(asked) == 4
