"""Which units hold a question's words: by eye, and against an oracle that reads every text anew."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.concepts import Concept, Form
from assistant.question import read_question
from assistant.words import WordIndex
from corpus.library import Library
from corpus.records import LANGUAGES, Language
from corpus.words import segmenter
from tests.assistant.slow_words import TEXTS, concept, slow_rarity, slow_scores
from tests.letters import add_texts, ids_of


@pytest.fixture
def library(tmp_path: Path) -> Library:
    built = Library.open(tmp_path)
    add_texts(built, "doc", TEXTS)
    return built


@pytest.fixture
def index(library: Library) -> WordIndex:
    return WordIndex(library)


def scores(index: WordIndex, concepts: Sequence[Concept], language: Language = "en") -> dict[str, float]:
    """The scores of a library of one document of TEXTS, by anchor."""
    names = {unit_id: name for name, unit_id in ids_of(index._library).items()}
    found = index.scores(concepts, language)
    assert all(names[i].endswith(f" {language}") for i in found)
    return {names[i].split("#")[1].split()[0]: score for i, score in found.items()}


def test_a_unit_with_all_words_scores_one_and_one_with_none_is_left_out(index: WordIndex) -> None:
    assert scores(index, [concept("mark"), concept("firearm")])["p1"] == pytest.approx(1.0)
    assert scores(index, [concept("mark")]) == pytest.approx({"p1": 1.0})
    assert scores(index, [concept("标记")], "zh") == pytest.approx({"p1": 1.0})
    assert scores(index, []) == scores(index, [concept("xyzzy")]) == scores(index, [()]) == {}


def test_a_rare_word_weighs_more_than_a_common_one(index: WordIndex) -> None:
    found = scores(index, [concept("firearm"), concept("target")])
    # Of seven units three hold firearm and one holds target.
    common, rare = math.log(1 + 4.5 / 3.5), math.log(1 + 6.5 / 1.5)
    assert index.rarities([concept("firearm"), concept("target")], "en") == pytest.approx([common, rare])
    of_common, of_rare = common / (common + rare), rare / (common + rare)
    assert found == pytest.approx({"p1": of_common, "p2": of_rare, "p3": of_common, "p4": of_common})


def test_a_word_that_no_unit_holds_counts_in_the_total(index: WordIndex) -> None:
    unknown, known = math.log(1 + 7.5 / 0.5), math.log(1 + 6.5 / 1.5)
    assert scores(index, [concept("mark"), concept("xyzzy")]) == pytest.approx({"p1": known / (known + unknown)})


def test_a_form_of_several_words_needs_them_all(index: WordIndex) -> None:
    assert scores(index, [concept("interest rate")]).keys() == {"p6", "p7"}
    assert scores(index, [concept("interest rate secretariat")]) == {}
    assert scores(index, [concept("interest secretariat", "mark firearm")]).keys() == {"p1"}
    assert scores(index, [concept("interest xyzzy")]) == {}


def test_the_best_form_that_is_held_counts_by_its_weight(index: WordIndex) -> None:
    arms = (Form(("firearm",), 0.5), Form(("arm",), 0.25), Form(("mark",), 0.125))
    # One concept: of its score only the weight is left.
    assert scores(index, [arms]) == pytest.approx({"p1": 0.5, "p2": 0.25, "p3": 0.5, "p4": 0.5})
    held = 3 * 0.5 + 0.25
    assert index.rarities([arms], "en") == pytest.approx([math.log(1 + (7 - held + 0.5) / (held + 0.5))])


@pytest.mark.parametrize(
    ("number", "zh", "en"),
    [("16.4", {"p2"}, {"p2"}), ("5/4", {"p4"}, {"p4"}), ("1045", {"p3"}, {"p3"}), ("2012", {"p3"}, {"p3"}),
     ("4.16", set(), set()), ("1,045", set(), set()), ("999", set(), set())],
)  # fmt: skip
def test_numbers_are_held_whole(index: WordIndex, number: str, zh: set[str], en: set[str]) -> None:
    assert scores(index, [concept(number)], "zh").keys() == zh
    assert scores(index, [concept(number)], "en").keys() == en


def test_languages_are_apart(index: WordIndex) -> None:
    assert scores(index, [concept("firearm")], "zh") == {}
    assert scores(index, [concept("枪支")], "en") == {}
    zh, en = (index.rarities([concept("16.4")], language)[0] for language in LANGUAGES)
    assert zh == pytest.approx(math.log(1 + 5.5 / 1.5))
    assert en == pytest.approx(math.log(1 + 6.5 / 1.5))


def test_whether_any_unit_holds_a_word(index: WordIndex) -> None:
    assert index.holds("枪支")
    assert index.holds("firearm")
    assert index.holds("16.4")
    assert not index.holds("龘")
    assert not index.holds("firearms")
    assert not index.holds("")


QUESTIONS = (
    "缔约国如何标记枪支？",
    "2012年5月销毁了多少支枪支？",
    "具体目标16.4是什么？",
    "第5/4号决议关于追查说了什么？",
    "How many firearms were destroyed in May 2012?",
    "What does resolution 5/4 say about tracing?",
    "What is the interest rate in Vanuatu?",
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", QUESTIONS)
def test_questions_agree_with_the_slow_oracle(index: WordIndex, question: str, language: Language) -> None:
    concepts = read_question(question, ()).concepts[language]
    assert concepts
    expected = {f"p{n}": score for n, score in enumerate(slow_scores(concepts, TEXTS[language]), 1) if score}
    assert scores(index, concepts, language) == pytest.approx(expected)
    rarities = [slow_rarity(of, TEXTS[language]) for of in concepts]
    assert index.rarities(concepts, language) == pytest.approx(rarities)


def test_random_concepts_agree_with_the_slow_oracle(index: WordIndex) -> None:
    dice = random.Random(1)
    known = [*sorted({word for text in TEXTS["en"] for word in segmenter().words(text)}), "xyzzy", "4", "16", "99"]
    for _ in range(100):
        concepts = [
            tuple(
                Form(tuple(dice.choices(known, k=dice.randint(1, 3))), dice.choice([1.0, 0.5, 1 / 3]))
                for _ in range(dice.randint(1, 4))
            )
            for _ in range(dice.randint(1, 5))
        ]
        expected = {f"p{n}": score for n, score in enumerate(slow_scores(concepts, TEXTS["en"]), 1) if score}
        assert scores(index, concepts) == pytest.approx(expected)


def test_units_of_several_documents_that_come_and_go_are_told_apart(library: Library) -> None:
    add_texts(library, "more", {"en": ["Firearms.", "Targets."], "zh": ["枪支。"]})
    add_texts(library, "doc", {"en": ["Nothing of it."], "zh": ["枪支。"]})
    ids, index = ids_of(library), WordIndex(library)
    assert index.scores([concept("firearm")], "en").keys() == {ids["more#p1 en"]}
    assert index.scores([concept("枪支")], "zh").keys() == {ids["more#p1 zh"], ids["doc#p1 zh"]}


def test_an_empty_library(tmp_path: Path) -> None:
    index = WordIndex(Library.open(tmp_path))
    assert index.scores([concept("firearm"), concept("枪支")], "zh") == {}
    assert not index.holds("firearm")


def test_eight_threads_get_the_scores_of_one(library: Library) -> None:
    concepts = [read_question(question, ()).concepts["en"] for question in QUESTIONS] * 20
    alone = WordIndex(library)
    expected = [alone.scores(of, "en") for of in concepts]
    shared = WordIndex(library)
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda of: shared.scores(of, "en"), concepts)) == expected


def test_words_out_of_the_middle_of_a_chinese_text_find_it(assistant: Assistant) -> None:
    """Words parted at spaces alone give Chinese no score at all."""
    library = assistant.library
    index, documents, drawn = WordIndex(library), library.documents(), random.Random(7)
    rows = ids_of(library)
    missed, tried = [], 0
    for document in documents:
        units = [unit for unit in library.units(document.doc_id, "zh") if len(unit.text) > 60]
        for unit in drawn.sample(units, min(12, len(units))):
            pieces = re.findall(r"[\u4e00-\u9fff]{8,}", unit.text)
            if not pieces:
                continue
            piece = drawn.choice(pieces)
            tried += 1
            asked = piece[: drawn.randrange(6, len(piece) + 1)]
            found = index.scores(read_question(asked, documents).concepts["zh"], "zh")
            if found.get(rows[f"{unit.anchor_id} zh"], 0.0) <= 0.0:
                missed.append(asked)
    assert tried > 30
    assert missed == []
