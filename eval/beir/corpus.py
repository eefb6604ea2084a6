"""A retrieval data set in BEIR form, read and checked: passages, queries, and which passages answer which query."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.question import check_question, language_of
from corpus.errors import QuestionError
from corpus.records import Language
from eval.beir.qrels import Judgements, read_judgements
from eval.errors import DatasetError, at_line
from eval.lines import read_objects, text_of

CORPUS_FILE, QUERIES_FILE = "corpus.jsonl", "queries.jsonl"

# What messages say that a file, and a line of it, should be.
_FILE, _LINE = "that file of the BEIR form", '{"_id": …, "text": …}'


@dataclass(frozen=True)
class BeirPassage:
    """A text to be found; ``title`` is empty where it has none."""

    id: str
    title: str
    text: str


@dataclass(frozen=True)
class BeirQuery:
    """A query with its judgements: the gain of each passage judged for it, above 0 where the passage answers it."""

    id: str
    text: str
    gains: Mapping[str, int]


@dataclass(frozen=True)
class BeirCorpus:
    """One folder: its passages and its judged queries in the order of their files, and the languages they are in."""

    folder: Path
    passages: tuple[BeirPassage, ...]
    queries: tuple[BeirQuery, ...]

    @property
    def text_language(self) -> Language:
        """The language of the passages, by the letters of all of them together."""
        return language_of("\n".join(passage.text for passage in self.passages))

    @property
    def query_language(self) -> Language:
        """The language of the queries, likewise; data sets exist that ask in one language about another."""
        return language_of("\n".join(query.text for query in self.queries))


def read_beir(folder: Path) -> BeirCorpus:
    """The data set of a folder with ``corpus.jsonl``, ``queries.jsonl`` and judgements (:mod:`eval.beir.qrels`).

    Queries judged only in a split that is not evaluated are left out. Keys other than those of the form are ignored.

    Raises:
        DatasetError: a file is missing or malformed, an id is given twice or is unknown, a query has no judgement, or
            there is nothing to evaluate; the message names the file and the line.
    """
    if not folder.is_dir():
        found = f"{folder} is no folder" if folder.exists() else f"there is no {folder}"
        raise DatasetError(found, f"a folder with {CORPUS_FILE}, {QUERIES_FILE} and qrels", "name another")
    passages = _read_passages(folder / CORPUS_FILE)
    queries = _read_queries(folder / QUERIES_FILE)
    judgements = read_judgements(folder, queries.keys(), {passage.id for passage in passages})
    _refuse_unjudged(folder / QUERIES_FILE, queries, judgements)
    judged = tuple(
        BeirQuery(query_id, text, judgements.evaluated[query_id])
        for query_id, (_, text) in queries.items()
        if query_id in judgements.evaluated
    )
    return BeirCorpus(folder, passages, judged)


def _read_passages(path: Path) -> tuple[BeirPassage, ...]:
    passages: dict[str, BeirPassage] = {}
    for number, value in read_objects(path, _FILE, _LINE):
        passage_id = _id(value, passages.keys(), path, number)
        title = "" if value.get("title") is None else text_of(value, "title", path, number)
        passages[passage_id] = BeirPassage(passage_id, title.strip(), text_of(value, "text", path, number))
    if not passages:
        raise DatasetError(f"{path} holds no passages", "one a line", "name a folder that has some")
    return tuple(passages.values())


def _read_queries(path: Path) -> dict[str, tuple[int, str]]:
    """The queries by id, each with its line and its text."""
    queries: dict[str, tuple[int, str]] = {}
    for number, value in read_objects(path, _FILE, _LINE):
        query_id = _id(value, queries.keys(), path, number)
        text = text_of(value, "text", path, number)
        try:
            queries[query_id] = (number, check_question(text))
        except QuestionError as error:
            raise DatasetError(f"{at_line(path, number)}: {error.found}", error.expected, "mend the line") from error
    if not queries:
        raise DatasetError(f"{path} holds no queries", "one a line", "name a folder that has some")
    return queries


def _id(value: dict[str, Any], known: Collection[str], path: Path, number: int) -> str:
    found = text_of(value, "_id", path, number)
    if not found.strip():
        raise DatasetError(f"'_id' at {at_line(path, number)} is empty", "a name for the line", "add one")
    if found in known:
        raise DatasetError(
            f"{at_line(path, number)} has the id {found!r} of an earlier line", "each id once", "rename one of them"
        )
    return found


def _refuse_unjudged(path: Path, queries: Mapping[str, tuple[int, str]], judgements: Judgements) -> None:
    unjudged = [query_id for query_id in queries if query_id not in judgements.judged]
    if unjudged:
        first, others = unjudged[0], len(unjudged) - 1
        more = f", and so have {others:,} more" if others else ""
        raise DatasetError(
            f"the query {first!r} at {at_line(path, queries[first][0])} has no row in any qrels file{more}",
            "a row for every query", "add the rows or take the queries out",
        )  # fmt: skip
