"""Data sets run in one process: twice the same, each version of a passage counted once, nothing before a text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from assistant.weights import RETRIEVAL
from corpus.library import Library
from embeddings.model import Encoder
from eval.beir.aligned import read_aligned
from eval.beir.run import parts_of, score_search
from eval.beir.search import BeirSearch
from eval.beir.tasks import POOLED, tasks_of
from tests.eval.conftest import DATA


def test_a_passage_is_a_unit_with_its_title_as_heading_in_both_languages(data_home: Path, search: BeirSearch) -> None:  # noqa: ARG001
    library = Library.open(data_home)
    chinese, english = (library.unit("beir", "u3", language) for language in ("zh", "en"))
    assert (chinese.kind, chinese.number, chinese.heading_path) == ("unnumbered", "3", ("盐",))
    assert chinese.text == "盐在撒哈拉十分珍贵，盐板曾被当作货币。骆驼商队把盐运往南方的廷巴克图。"
    assert [english.text[s.start : s.end] for s in english.sentences] == [
        "Salt was so dear in the Sahara that slabs of it served as money.",
        "Caravans of camels carried it south to Timbuktu.",
    ]


def test_nothing_stands_before_a_text_in_the_indexes(data_home: Path, search: BeirSearch) -> None:  # noqa: ARG001
    rows = Library.open(data_home).connection.execute("SELECT DISTINCT context FROM units").fetchall()
    assert rows == [("",)]


def test_only_passages_of_the_languages_asked_for_are_ranked_and_each_once(search: BeirSearch) -> None:
    question = "What was used as money in the Sahara?"
    for languages in (("zh",), ("en",), ("zh", "en")):
        ranking = search.rank(question, 100, languages)
        assert ranking[0] == "d03"
        assert len(ranking) == len(set(ranking)) == 30
    assert search.rank(question, 3) == search.rank(question, 100)[:3]


def test_the_same_scores_again_and_from_a_library_built_anew_of_the_folders_in_another_order(
    search: BeirSearch, bundled_encoder: Encoder, new_home: Path
) -> None:
    """Every third question, the one with most passages and a gain of 0 among them: each is scored on its own."""
    turned = read_aligned([DATA / "en", DATA / "zh"])
    other = BeirSearch.store(new_home, turned, bundled_encoder, progress=False)
    across = [task for task in tasks_of(turned) if task.query_language == "en" and task.text_language != "en"]
    for task in (replace(task, queries=task.queries[2::3]) for task in across):
        assert task.queries[-1].id == "q42"
        first, second, third = (score_search(each, task, progress=False) for each in (search, search, other))
        assert first.metrics == second.metrics
        assert first.metrics == third.metrics


def test_a_search_that_remembers_questions_ranks_them_the_same(search: BeirSearch) -> None:
    questions = ["What was used as money in the Sahara?", "撒哈拉曾用什么当货币？"] * 2
    quick = search.remembering()
    assert [quick.rank(question, 30) for question in questions] == [search.rank(question, 30) for question in questions]


def test_tasks_of_one_language_and_of_two() -> None:
    corpora = read_aligned([DATA / "zh", DATA / "en"])
    assert [(task.query_language, task.text_language) for task in tasks_of(corpora[1:])] == [("en", "en")]
    pooled = [task for task in tasks_of(corpora) if task.text_language == POOLED]
    assert [task.languages for task in pooled] == [("zh", "en")] * 2
    assert [task.queries for task in pooled] == [corpus.queries for corpus in corpora]


def test_parts_add_up_to_the_weights_of_the_product() -> None:
    dense, sentence, centred, tokens = parts_of(RETRIEVAL).values()
    assert (dense.paragraph, dense.sentence, dense.tokens, dense.words, dense.centred) == (1, 0, 0, 0, False)
    assert (sentence.paragraph, sentence.sentence) == (RETRIEVAL.paragraph, RETRIEVAL.sentence)
    assert not sentence.centred
    assert centred.centred
    assert (centred.tokens, tokens.tokens, tokens.words) == (0, RETRIEVAL.tokens, 0)
    product = replace(
        tokens,
        words=RETRIEVAL.words,
        sentence_words=RETRIEVAL.sentence_words,
        ungiven=RETRIEVAL.ungiven,
        ungiven_person=RETRIEVAL.ungiven_person,
        heading=RETRIEVAL.heading,
        named_document=RETRIEVAL.named_document,
        named_thing=RETRIEVAL.named_thing,
        expected_kind=RETRIEVAL.expected_kind,
        expected_person=RETRIEVAL.expected_person,
    )
    assert product == RETRIEVAL
