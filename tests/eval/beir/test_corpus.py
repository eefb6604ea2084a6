"""A folder in BEIR form is read whole; whatever is wrong with it is said with the file and the line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from eval.beir.aligned import read_aligned
from eval.beir.corpus import BeirPassage, BeirQuery, read_beir
from eval.errors import DatasetError
from tests.eval.conftest import DATA, PASSAGES, QRELS, QUERIES, json_lines

Write = Callable[..., Path]


def test_passages_and_queries_come_in_the_order_of_their_files(write: Write) -> None:
    corpus = read_beir(write())
    assert corpus.passages == (
        BeirPassage("p1", "Tides", "The tide rises twice a day. The moon raises it."),
        BeirPassage("p2", "", "A glacier moves several metres a day."),
    )
    assert corpus.queries == (
        BeirQuery("q1", "Why does the tide rise?", {"p1": 1}),
        BeirQuery("q2", "How fast is a glacier?", {"p2": 1}),
    )
    assert (corpus.text_language, corpus.query_language) == ("en", "en")


@pytest.mark.parametrize(("language", "title"), [("zh", "灯塔"), ("en", "Lighthouses")])
def test_the_language_is_told_by_the_letters(language: str, title: str) -> None:
    corpus = read_beir(DATA / language)
    assert (len(corpus.passages), len(corpus.queries)) == (30, 42)
    assert corpus.passages[0].title == title
    assert (corpus.text_language, corpus.query_language) == (language, language)
    assert corpus.queries[-1].gains == {"d03": 1, "d06": 1, "d10": 1, "d18": 1, "d25": 0}


def test_queries_may_be_in_another_language_than_the_passages(write: Write) -> None:
    queries = json_lines({"_id": "q1", "text": "潮水为什么上涨？"}, {"_id": "q2", "text": "冰川移动得多快？"})
    corpus = read_beir(write(queries=queries))
    assert (corpus.text_language, corpus.query_language) == ("en", "zh")


@pytest.mark.parametrize(
    "rows",
    [
        "q1\tp1\t1\nq2\tp2\t1\n",
        "q1\tp1\t1\r\nq2\tp2\t1\r\n",
        "query-id\tcorpus-id\tscore\nq1\tp1\t1\n\nq2\tp2\t1",
        b"\xef\xbb\xbfquery-id\tcorpus-id\tscore\nq1\tp1\t1\nq2\tp2\t1\n",
    ],
)
def test_a_header_blank_lines_and_line_ends_do_not_matter(write: Write, rows: str | bytes) -> None:
    gains = [query.gains for query in read_beir(write(qrels=rows)).queries]
    assert gains == [{"p1": 1}, {"p2": 1}]


def test_a_line_separator_inside_a_text_ends_no_line(write: Write) -> None:
    text = "The tide rises.\u2028Twice\u0085a day."
    assert read_beir(write(corpus=json_lines({"_id": "p1", "text": text}, PASSAGES[1]))).passages[0].text == text


def test_qrels_of_the_test_split_are_evaluated_and_queries_of_other_splits_left_out(write: Write) -> None:
    corpus = read_beir(write(test="q1\tp1\t1\n", train="q2\tp2\t1\n"))
    assert [query.id for query in corpus.queries] == ["q1"]


def test_without_a_test_split_all_are_evaluated(write: Write) -> None:
    corpus = read_beir(write(dev="q1\tp1\t1\n", train="q2\tp2\t2\nq1\tp2\t0\n"))
    assert [query.gains for query in corpus.queries] == [{"p1": 1, "p2": 0}, {"p2": 2}]


DEEP = "[" * 100_000
BROKEN: dict[str, tuple[dict[str, str | bytes | None], str, str]] = {
    "no corpus": ({"corpus": None}, "corpus.jsonl is missing", ""),
    "no queries": ({"queries": None}, "queries.jsonl is missing", ""),
    "empty corpus": ({"corpus": "\n \n"}, "corpus.jsonl holds no passages", ""),
    "empty queries": ({"queries": ""}, "queries.jsonl holds no queries", ""),
    "empty qrels": ({"qrels": "query-id\tcorpus-id\tscore\n"}, "qrels.tsv holds no judgements", ""),
    "torn JSON": ({"corpus": json_lines(PASSAGES[0]) + '{"_id": "p2", "te\n'}, "corpus.jsonl line 2 is not JSON", ""),
    "deep JSON": ({"queries": DEEP}, "queries.jsonl line 1 is not JSON", ""),
    "a list": ({"queries": '["q1", "?"]\n'}, "queries.jsonl line 1 is a list", ""),
    "not UTF-8": ({"corpus": json_lines(PASSAGES[0]).encode() + b'{"_id": "\xff"}'}, "corpus.jsonl line 2", "UTF-8"),
    "no id": ({"corpus": json_lines({"text": "x"})}, "corpus.jsonl line 1", "'_id'"),
    "no text": ({"queries": json_lines(QUERIES[0], {"_id": "q2"})}, "queries.jsonl line 2", "'text'"),
    "a number for an id": ({"corpus": json_lines({"_id": 7, "text": "x"})}, "corpus.jsonl line 1 is a number", ""),
    "null for a text": ({"corpus": json_lines({"_id": "p1", "text": None})}, "corpus.jsonl line 1 is null", ""),
    "true for a title": (
        {"corpus": '{"_id": "p1", "text": "x", "title": true}'},
        "corpus.jsonl line 1 is true or false",
        "",
    ),
    "an empty id": ({"corpus": json_lines({"_id": " ", "text": "x"})}, "corpus.jsonl line 1 is empty", ""),
    "half a character": ({"corpus": '{"_id": "p1", "text": "\\ud83d"}'}, "corpus.jsonl line 1", "surrogate"),
    "a passage twice": ({"corpus": json_lines(*PASSAGES, PASSAGES[0])}, "corpus.jsonl line 3", "'p1'"),
    "a query twice": ({"queries": json_lines(*QUERIES, QUERIES[1])}, "queries.jsonl line 3", "'q2'"),
    "a query of no words": ({"queries": json_lines({"_id": "q1", "text": "?!"})}, "queries.jsonl line 1", "no words"),
    "an empty query": ({"queries": json_lines({"_id": "q1", "text": " "})}, "queries.jsonl line 1", "empty"),
    "an endless query": ({"queries": json_lines({"_id": "q1", "text": "x" * 2001})}, "queries.jsonl line 1", "2,001"),
    "an unjudged query": ({"qrels": "q2\tp2\t1\n"}, "queries.jsonl line 1", "'q1'"),
    "an unknown query": ({"qrels": QRELS + "q3\tp1\t1\n"}, "qrels.tsv line 4", "query 'q3'"),
    "an unknown passage": ({"qrels": QRELS + "q1\tp3\t1\n"}, "qrels.tsv line 4", "passage 'p3'"),
    "two columns": ({"qrels": "q1\tp1\n"}, "qrels.tsv line 1 has 2", ""),
    "spaces for tabs": ({"qrels": QRELS.replace("\t", " ")}, "qrels.tsv line 1 has 1", ""),
    "half a gain": ({"qrels": QRELS + "q1\tp2\t0.5\n"}, "qrels.tsv line 4", "'0.5'"),
    "no gain in the first row": ({"qrels": "q1\tp1\tyes\nq2\tp2\t1\n"}, "qrels.tsv line 1", "'yes'"),
    "a pair twice": ({"qrels": QRELS + "q1\tp1\t0\n"}, "qrels.tsv line 4", "again"),
    "a pair in two splits": ({"dev": "q1\tp1\t1\n", "train": "q1\tp1\t1\nq2\tp2\t1\n"}, "train.tsv line 1", "again"),
}


@pytest.mark.parametrize(("files", "place", "word"), BROKEN.values(), ids=BROKEN.keys())
def test_what_is_wrong_is_said_with_its_place(
    write: Write, files: dict[str, str | bytes | None], place: str, word: str
) -> None:
    folder = write(**files)
    with pytest.raises(DatasetError) as caught:
        read_beir(folder)
    line = str(caught.value)
    assert place in line
    assert word in line
    assert str(folder) in line
    assert len(line) < 400
    assert len(line.splitlines()) == 1


def test_what_is_said_of_a_file_is_of_the_beir_form(write: Write) -> None:
    with pytest.raises(DatasetError, match=r"corpus\.jsonl is missing; expected that file of the BEIR form;"):
        read_beir(write("one", corpus=None))
    with pytest.raises(DatasetError, match=r'expected a JSON object such as \{"_id": …, "text": …\};'):
        read_beir(write("two", queries="[]\n"))


def test_a_folder_without_qrels(write: Write) -> None:
    folder = write()
    (folder / "qrels.tsv").unlink()
    with pytest.raises(DatasetError, match="holds no qrels"):
        read_beir(folder)


def test_a_folder_that_is_none(write: Write, tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"corpus\.jsonl is no folder"):
        read_beir(write() / "corpus.jsonl")
    with pytest.raises(DatasetError, match=r"there is no .*nowhere"):
        read_beir(tmp_path / "nowhere")


def test_a_file_that_is_a_folder(write: Write) -> None:
    folder = write(corpus=None)
    (folder / "corpus.jsonl").mkdir()
    with pytest.raises(DatasetError, match=r"corpus\.jsonl cannot be read"):
        read_beir(folder)


def test_two_languages_of_the_same_ids_belong_together() -> None:
    assert [corpus.text_language for corpus in read_aligned([DATA / "en", DATA / "zh"])] == ["en", "zh"]


def test_two_folders_of_one_language_do_not(write: Write) -> None:
    with pytest.raises(DatasetError, match=r"same language \(en\)"):
        read_aligned([write("one"), write("two")])


def test_two_folders_of_other_ids_do_not(write: Write) -> None:
    others = json_lines({"_id": "p1", "text": "潮水每天涨两次。"}, {"_id": "p3", "text": "冰川每天移动数米。"})
    chinese = write("zh", corpus=others, qrels="q1\tp1\t1\nq2\tp3\t1\n")
    with pytest.raises(
        DatasetError, match=r"corpus\.jsonl has 1 passages \(first 'p2'\) that .*zh.corpus\.jsonl lacks"
    ):
        read_aligned([write("en"), chinese])
