"""The gate over the real assistant: it passes today, and fails, naming the figure, when the assistant is broken."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answer import Answer
from assistant.retrieve import Retriever
from assistant.weights import WEIGHTS
from benchmarks.languages import documents_in
from corpus.home import BUNDLED_DATA
from corpus.library import LIBRARY_FILE, Library
from corpus.sync import sync_folder
from embeddings.build import ensure_index
from embeddings.model import Encoder
from embeddings.snapshot import Snapshot
from eval.asking import Answering, ask_all
from eval.baseline import Baseline
from eval.figures import Judged
from eval.gate import GateRow, hold, read_gate
from eval.questions import QUESTIONS, GoldQuestion, QuestionSet, TextOf, read_questions
from eval.report.table import gate_rows
from eval.run import Run, judge_all, judged
from eval.texts import texts_of_folder
from tests.eval.broken import RanksFused, SecondBest, anchors_off_by_one, numbers_off_by_one
from tests.once import Once, Remembering


@pytest.fixture(scope="session")
def text_of() -> TextOf:
    """The texts of the project's documents."""
    return texts_of_folder(BUNDLED_DATA)


@pytest.fixture(scope="session")
def reported(text_of: TextOf) -> QuestionSet:
    """The half of the project's questions that the gate is about."""
    questions = read_questions(QUESTIONS, text_of)
    return replace(questions, questions=tuple(q for q in questions.questions if q.split == "test"))


@pytest.fixture(scope="session")
def library(built_home: Path) -> Library:
    return Library.open(built_home)


@pytest.fixture(scope="session")
def remembering(bundled_encoder: Encoder) -> Remembering:
    """The model of the assistant, for all that is asked here."""
    return Remembering(bundled_encoder)


@pytest.fixture(scope="session")
def snapshot(library: Library, bundled_encoder: Encoder) -> Snapshot:
    return ensure_index(library, bundled_encoder, progress=False)


@pytest.fixture(scope="session")
def once(library: Library, snapshot: Snapshot, remembering: Remembering) -> Once:
    """The search of the assistant, for all that is asked here of the documents as they are."""
    return Once(library, snapshot, remembering, WEIGHTS.retrieval)


@pytest.fixture(scope="session")
def evaluated(
    library: Library, bundled_encoder: Encoder, snapshot: Snapshot, once: Once, reported: QuestionSet, text_of: TextOf
) -> Run:
    """What the real assistant makes of them."""
    assistant = Assistant(library, bundled_encoder, snapshot, retriever=once)
    return judge_all(assistant, reported, text_of, progress=False)


def failing(found: Iterable[Judged], baseline: Baseline) -> dict[str, GateRow]:
    """The rows of the gate that do not pass, by figure; of one that fails in several languages, any."""
    return {row.figure: row for row in hold(list(found), baseline, read_gate()) if row.verdict}


@pytest.fixture
def broken(evaluated: Run, text_of: TextOf) -> Callable[..., dict[str, GateRow]]:
    """A function that asks some of the questions of a broken assistant and gives the rows of the gate that fail.

    The baseline is what the whole assistant makes of the same questions, which passes.
    """

    def ask(answering: Answering, which: Callable[[GoldQuestion], bool]) -> dict[str, GateRow]:
        some = [each for each in evaluated.judged if which(each.outcome.question)]
        baseline = Baseline.of(some)
        assert not any(row.verdict and "fell" in row.verdict for row in failing(some, baseline).values())
        outcomes = ask_all(answering, [each.outcome.question for each in some], progress=False)
        return failing(judged(outcomes, text_of), baseline)

    return ask


def test_the_gate_passes(evaluated: Run) -> None:
    fallen = [row for row in hold(evaluated.judged, Baseline.read(), read_gate()) if row.verdict]
    assert not fallen, gate_rows(fallen)


def test_every_question_of_the_half_compares_with_the_baseline(evaluated: Run) -> None:
    baseline = Baseline.read()
    assert [j.outcome.question.id for j in evaluated.judged if not baseline.compares(j)] == []


@pytest.mark.parametrize(
    ("alter", "figure"), [(numbers_off_by_one, "groundedness"), (anchors_off_by_one, "citation_recall")]
)
def test_citations_off_by_one(evaluated: Run, text_of: TextOf, alter: Callable[[Answer], Answer], figure: str) -> None:
    outcomes = [replace(each.outcome, answer=alter(each.outcome.answer)) for each in evaluated.judged]
    rows = failing(judged(outcomes, text_of), Baseline.of(evaluated.judged))
    assert figure in rows


def test_the_search_that_is_remembered_is_the_search(
    assistant: Assistant, library: Library, bundled_encoder: Encoder, snapshot: Snapshot, once: Once
) -> None:
    remembered = Assistant(library, bundled_encoder, snapshot, retriever=once)
    for question in ("第八次会议何时开幕？", "How should firearms be marked?"):
        answers = [replace(each.ask(question), timings_ms={}) for each in (remembered, remembered, assistant)]
        assert answers[0] == answers[1] == answers[2]
        assert remembered.search(question, 7) == assistant.search(question, 7)


def test_answers_from_the_second_hit(
    library: Library, bundled_encoder: Encoder, snapshot: Snapshot, once: Once,
    broken: Callable[..., dict[str, GateRow]],
) -> None:  # fmt: skip
    second = Assistant(library, bundled_encoder, snapshot, retriever=SecondBest(once))
    rows = broken(second, lambda question: question.kind == "fact")
    assert "fell" in str(rows["hit@1"].verdict)
    assert "fell" in str(rows["citation_recall"].verdict)


def test_ranks_fused_whatever_the_language(
    library: Library, bundled_encoder: Encoder, snapshot: Snapshot, remembering: Remembering,
    broken: Callable[..., dict[str, GateRow]],
) -> None:  # fmt: skip
    fused = Assistant(library, bundled_encoder, snapshot, retriever=RanksFused(library, snapshot, remembering))
    rows = broken(fused, lambda question: question.kind in ("fact", "cross"))
    assert "fell" in str(rows["hit@1"].verdict)


def test_abstention_switched_off(
    library: Library, bundled_encoder: Encoder, snapshot: Snapshot, once: Once,
    broken: Callable[..., dict[str, GateRow]],
) -> None:  # fmt: skip
    never = replace(WEIGHTS, within=replace(WEIGHTS.within, threshold=0), across=replace(WEIGHTS.across, threshold=0))
    eager = Assistant(library, bundled_encoder, snapshot, never, retriever=once)
    rows = broken(eager, lambda question: question.kind in ("absent", "close-miss"))
    assert "fell" in str(rows["abstention_recall"].verdict)


def test_english_versions_missing(
    copy_home: Callable[[], Path],
    tmp_path: Path,
    bundled_encoder: Encoder,
    remembering: Remembering,
    broken: Callable[..., dict[str, GateRow]],
) -> None:
    library = Library.open(copy_home())
    sync_folder(library, documents_in(tmp_path / "data", ("zh",)))
    snapshot = ensure_index(library, bundled_encoder, progress=False)
    chinese = Assistant(library, bundled_encoder, snapshot, retriever=Once(library, snapshot, remembering))
    rows = broken(chinese, lambda question: question.kind == "fact" and question.language == "en")
    assert "fell" in str(rows["answer_coverage"].verdict)


def test_a_text_altered(
    copy_home: Callable[[], Path], bundled_encoder: Encoder, broken: Callable[..., dict[str, GateRow]]
) -> None:
    home = copy_home()
    with closing(sqlite3.connect(home / LIBRARY_FILE)) as connection, connection:
        altered = connection.execute(
            "UPDATE units SET text = replace(text, '10', '11') WHERE doc_id = 'wg6-2021-agenda'"
        ).rowcount
    assert altered
    library = Library.open(home)
    snapshot = ensure_index(library, bundled_encoder, progress=False)
    changed = Assistant(library, bundled_encoder, snapshot, retriever=Retriever(library, snapshot, bundled_encoder))
    rows = broken(changed, lambda question: question.id == "fact-zh-001")
    assert "quote_validity" in rows
