"""The words of a large library: units that are looked at score as they do where all are, and what leads to them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.bounds import Bounds
from assistant.concepts import Concept, Form, Topic
from assistant.many_words import ManyWords
from assistant.question import read_question
from assistant.retrieve import Retriever
from assistant.weights import RETRIEVAL
from assistant.words import WordIndex
from corpus.library import Library
from corpus.records import LANGUAGES, Language
from corpus.words import segmenter
from embeddings.build import ensure_index
from tests.assistant.slow_words import TEXTS, concept, slow_rarity, slow_scores
from tests.letters import Letters, add_texts, ids_of

# Two words of four are common, and one text in eight holds a rare one.
MANY = [
    " ".join(["The meeting", *["marking"] * (n % 2), *["records"] * (n % 3 > 0), *["zebra"] * (n % 8 == 0), f"{n}."])
    for n in range(200)
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """For reading only."""
    built = Library.open(tmp_path_factory.mktemp("few"))
    add_texts(built, "doc", TEXTS)
    return built


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """For reading only."""
    built = Library.open(tmp_path_factory.mktemp("many"))
    add_texts(built, "many", {"en": MANY, "zh": ["斑马吃草。", "会议讨论枪支。"]})
    return built


def by_text(library: Library, language: Language, doc_id: str) -> list[int]:
    """The row of each text in order."""
    ids = ids_of(library)
    names = [name for name in ids if name.startswith(f"{doc_id}#") and name.endswith(language)]
    return [ids[f"{doc_id}#p{n} {language}"] for n in range(1, len(names) + 1)]


def drawn_concepts(dice: random.Random, known: Sequence[str]) -> list[Concept]:
    return [
        tuple(
            Form(tuple(dice.choices(known, k=dice.randint(1, 3))), dice.choice([1.0, 0.5, 1 / 3]))
            for _ in range(dice.randint(1, 4))
        )
        for _ in range(dice.randint(1, 5))
    ]


@pytest.mark.parametrize("listed", [0, 1, 2, 1000])
def test_whatever_is_listed_every_unit_scores_as_the_slow_oracle_says(library: Library, listed: int) -> None:
    dice, index = random.Random(listed), ManyWords(library, Bounds(listed=listed))
    known = [*sorted({word for text in TEXTS["en"] for word in segmenter().words(text)}), "xyzzy", "4", "16", "99"]
    units = by_text(library, "en", "doc")
    for _ in range(60):
        concepts = drawn_concepts(dice, known)
        expected = slow_scores(concepts, TEXTS["en"])
        found = index.search(concepts, "en").of(units)
        assert [found.get(i, 0.0) for i in units] == pytest.approx(expected)
        assert index.rarities(concepts, "en") == pytest.approx([slow_rarity(of, TEXTS["en"]) for of in concepts])


def test_where_all_is_listed_it_is_the_index_of_a_small_library(library: Library) -> None:
    every, bounded = WordIndex(library), ManyWords(library)
    for question in (
        "缔约国如何标记枪支？",
        "第5/4号决议关于追查说了什么？",
        "What does resolution 5/4 say of target 16.4?",
    ):
        for language in LANGUAGES:
            concepts = read_question(question, ()).concepts[language]
            scores = every.scores(concepts, language)
            assert scores == pytest.approx(bounded.scores(concepts, language))
            assert every.search(concepts, language).best(3) == bounded.search(concepts, language).best(3)
            assert every.search(concepts, language).of(scores) == pytest.approx(scores)
    assert bounded.holds("16.4")
    assert not bounded.holds("firearms")
    assert not bounded.holds("")


def test_a_rare_word_leads_to_its_units_and_common_ones_count_there(many: Library) -> None:
    index, units = ManyWords(many, Bounds(listed=30, pool=30)), by_text(many, "en", "many")
    asked = [concept("meet"), concept("mark"), concept("record"), concept("zebra")]
    search = index.search(asked, "en")
    holding = {i for i, text in zip(units, MANY, strict=True) if "zebra" in text}
    found = search.best(200)
    assert holding <= set(found)
    assert len(found) <= 60
    # Of those with the rare word, those that hold one of the others come first; no odd unit holds it.
    with_records = {i for i, text in zip(units, MANY, strict=True) if "zebra" in text and "record" in text}
    assert set(found[: len(with_records)]) == with_records
    assert search.best(5) == found[:5]
    assert search.best(200, among=[units[8], units[1], units[16]]) == [units[8], units[16], units[1]]
    few = sorted(holding)[:3]
    assert set(search.best(200, among=[*few, *(i for i in units if i not in holding)][:100])) >= set(few)


def test_common_words_alone_lead_to_units_that_hold_them_together(many: Library) -> None:
    index, units = ManyWords(many, Bounds(listed=10, pool=20)), by_text(many, "en", "many")
    found = index.search([concept("mark"), concept("record")], "en").best(50)
    both = {i for i, text in zip(units, MANY, strict=True) if "marking" in text and "records" in text}
    assert 0 < len(found) <= 20
    assert set(found) <= both
    assert index.search([concept("xyzzy")], "en").best(50) == []
    assert index.search([], "en").best(50) == []


def test_the_best_sentence_is_that_of_the_index_of_a_small_library(tmp_path: Path) -> None:
    texts = {"zh": ["".join(TEXTS["zh"]), "".join(TEXTS["zh"][::-2])], "en": [" ".join(TEXTS["en"])]}
    library = Library.open(tmp_path)
    add_texts(library, "long", texts)
    every, bounded = WordIndex(library), ManyWords(library, Bounds(listed=1))
    units = library.units_by_id(ids_of(library).values())
    for text in (
        "2012年5月销毁了多少支枪支？",
        "具体目标16.4与第5/4号决议",
        "Which report of the Secretariat names 1,045?",
    ):
        concepts = read_question(text, ()).concepts
        for language in LANGUAGES:
            topic = Topic(concepts[language], every.rarities(concepts[language], language))
            own = {i: unit for i, unit in units.items() if unit.language == language}
            assert len(own) > 0
            assert bounded.best_sentences(topic, own) == pytest.approx(every.best_sentences(topic, own))


def test_languages_stay_apart_and_rarities_are_of_each(many: Library) -> None:
    index = ManyWords(many, Bounds(listed=0))
    assert index.scores([concept("zebra")], "zh") == {}
    assert set(index.scores([concept("斑马")], "zh")) == {by_text(many, "zh", "many")[0]}
    assert index.rarities([concept("zebra")], "en") == pytest.approx([slow_rarity(concept("zebra"), MANY)])
    assert index.rarities([concept("枪支")], "zh") == pytest.approx([0.6931], abs=1e-3)


def test_common_words_are_as_rare_as_they_are(many: Library) -> None:
    index = ManyWords(many, Bounds(listed=5))
    for word in ("mark", "record", "zebra", "meet"):
        of = concept(word)
        assert index.rarities([of], "en") == pytest.approx([slow_rarity(of, MANY)])


def test_an_empty_library(tmp_path: Path) -> None:
    index = ManyWords(Library.open(tmp_path))
    assert index.scores([concept("firearm"), concept("枪支")], "zh") == {}
    assert index.search([concept("firearm")], "en").best(5) == []
    assert not index.holds("firearm")


def test_a_search_of_a_large_library_gives_the_best_of_one_that_looks_at_everything(many: Library) -> None:
    snapshot = ensure_index(many, Letters(), progress=False)
    bounds = Bounds(units=100, listed=30, pool=30, kept=40)
    every = Retriever(many, snapshot, Letters())
    some = Retriever(many, snapshot, Letters(), replace(RETRIEVAL, bounds=bounds))
    assert isinstance(some.words, ManyWords)
    assert not isinstance(every.words, ManyWords)
    for text in ("Which meeting speaks of zebra and records?", "What is 96?", "斑马吃什么？"):
        question = read_question(text, many.documents())
        expected, found = every.retrieve(question, 10), some.retrieve(question, 10)
        assert [p.unit.anchor_id for p in found[:3]] == [p.unit.anchor_id for p in expected[:3]]
        assert [p.score for p in found[:3]] == pytest.approx([p.score for p in expected[:3]])
        assert len({p.unit.anchor_id for p in some.retrieve(question, 500)}) <= 2 * 40
