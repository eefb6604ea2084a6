"""Feedback becomes questions that the project's own reader takes; what nobody has checked is never asked."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus.feedback import Feedback, record_feedback
from corpus.home import BUNDLED_DATA
from corpus.library import Library
from corpus.sync import sync_folder
from eval.__main__ import application
from eval.errors import DatasetError
from eval.from_feedback import question_lines, questions_from_feedback, write_new
from eval.questions import TO_CHECK, Gold, GoldQuestion, read_questions
from tests.commands import run_here
from tests.eval.conftest import json_lines
from tests.eval.outcomes import DRY, SALT, text_of
from tests.eval.test_run_command import OPENS


def said(question: str, feedback_id: str = "", **other: Any) -> Feedback:
    """A vote up on an answer that cites the sea's sentence; the id begins as given."""
    return Feedback(
        **{"id": feedback_id.ljust(32, "0"), "question": question, "language": "en", "vote": "up", "abstained": False,
           "mode": "extractive", "cited": (SALT,), "answer": "The sea is salt.", **other}
    )  # fmt: skip


def read_back(folder: Path, *feedback: Feedback) -> tuple[GoldQuestion, ...]:
    """What the reader of questions finds in the lines written of feedback, held against the three sentences."""
    path = folder / "written.jsonl"
    write_new(path, question_lines(questions_from_feedback(feedback, text_of)))
    return read_questions(path, text_of).questions


def test_an_answer_voted_up_gives_what_it_cited_as_gold(tmp_path: Path) -> None:
    up = said("Is it salt?", "12345678ab", cited=(SALT, DRY), comment="Well found.", earlier=("What of the sea?",))
    assert read_back(tmp_path, up) == (
        GoldQuestion(
            "feedback-12345678", "en", "feedback", "Is it salt?", True, ("What of the sea?",), Gold(any=(SALT, DRY)),
            split="dev", note="Well found.",
        ),
    )  # fmt: skip


def test_an_abstention_voted_up_gives_a_question_that_is_not_answered(tmp_path: Path) -> None:
    up = said("火星如何？", "1", abstained=True, cited=())
    assert read_back(tmp_path, up) == (
        GoldQuestion("feedback-10000000", "zh", "feedback", "火星如何？", False, split="dev"),
    )


@pytest.mark.parametrize(
    ("other", "note"),
    [
        ({"vote": "down"}, f"voted down; the answer cited {SALT}"),
        (
            {"vote": "down", "comment": "It is dry.", "cited": (SALT, DRY)},
            f"voted down; the answer cited {SALT}, {DRY}; the reader: It is dry.",
        ),
        (
            {"vote": "down", "abstained": True, "cited": (), "comment": "It is there."},
            "voted down; the documents were said not to answer; the reader: It is there.",
        ),
        ({"documents": ("d", "e")}, f"asked only of d, e; the answer cited {SALT}"),
        (
            {"documents": ("d",), "abstained": True, "cited": ()},
            "asked only of d; the documents were said not to answer",
        ),
        ({"cited": ()}, "the answer cites nothing"),
        ({"cited": (SALT, "d#p9")}, f"not in the library now: d#p9; the answer cited {SALT}, d#p9"),
    ],
)
def test_where_no_right_answer_is_known_a_person_must_say(tmp_path: Path, other: dict[str, Any], note: str) -> None:
    assert read_back(tmp_path, said("Is it salt?", "1", **other)) == (
        GoldQuestion(
            "feedback-10000000", "en", TO_CHECK, "Is it salt?", False, split="dev", note=f"to be checked: {note}"
        ),
    )


def test_a_comment_cannot_make_a_question_one_to_be_checked_or_the_reverse(tmp_path: Path) -> None:
    forged = said("One?", "1", comment="to be checked: voted down"), said("Two?", "2", vote="down", comment="feedback")
    assert [each.kind for each in read_back(tmp_path, *forged)] == ["feedback", TO_CHECK]


def test_of_votes_on_the_same_question_the_last_stands(tmp_path: Path) -> None:
    found = read_back(
        tmp_path,
        said("Is it salt?", "1"),
        said("Is it dry?", "2", vote="down"),
        said("Is it salt?", "3", cited=(DRY,), language="zh"),
        said("Is it dry?", "4"),
        said("Is it salt?", "5", earlier=("What of the sea?",)),
        said("Is it salt?", "6", documents=("d",)),
    )
    assert [(each.id, each.kind, each.gold.any) for each in found] == [
        ("feedback-30000000", "feedback", (DRY,)),
        ("feedback-40000000", "feedback", (SALT,)),
        ("feedback-50000000", "feedback", (SALT,)),
        ("feedback-60000000", TO_CHECK, ()),
    ]


def test_ids_are_unique_and_the_same_whatever_the_order(tmp_path: Path) -> None:
    alike = [said("One?", "aaaaaaaa1"), said("Two?", "aaaaaaaa2"), said("Three?", "aaaaaaaab")]
    expected = {"One?": "feedback-aaaaaaaa", "Two?": "feedback-aaaaaaaa2", "Three?": "feedback-aaaaaaaab"}
    for order in (alike, alike[::-1]):
        assert {each.question: each.id for each in questions_from_feedback(order, text_of)} == expected
    assert {each.question: each.id for each in read_back(tmp_path, *alike)} == expected


@pytest.mark.parametrize(
    "hostile",
    [
        "'; DROP TABLE feedback; --",
        '{"id": "x"}\n{"id": "y"}',
        "a\u2028b\u0085c",
        "<script>",
        "half \ud800",
        "x" * 2000,
    ],
)
def test_whatever_is_kept_is_read_back(tmp_path: Path, hostile: str) -> None:
    """By way of the library, as delegates' words come."""
    library = Library.open(tmp_path / "home")
    up = record_feedback(library, said(hostile, "1", comment=hostile, earlier=(hostile, "And?")))
    down = record_feedback(library, replace(up, id="2" * 32, vote="down", earlier=()))
    first, second = read_back(tmp_path, up, down)
    assert (first.question, first.history, first.note) == (up.question, (up.question, "And?"), up.comment)
    assert (second.question, second.note.split("the reader: ")[1]) == (up.question, up.comment)


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text("by hand")
    with pytest.raises(DatasetError, match=r"mine.jsonl exists; expected a new file; name another"):
        write_new(path, "other")
    assert path.read_text() == "by hand"
    with pytest.raises(DatasetError, match=r"cannot be written: no such file"):
        write_new(tmp_path / "nowhere" / "mine.jsonl", "")


def test_questions_to_be_checked_are_told_from_those_that_are(tmp_path: Path) -> None:
    path = tmp_path / "mixed.jsonl"
    path.write_text(question_lines(questions_from_feedback([said("A?", "1", vote="down"), said("B?", "2")], text_of)))
    mixed = read_questions(path, text_of)
    assert [each.question for each in mixed.questions] == ["A?", "B?"]
    checked = mixed.checked()
    assert [each.question for each in checked.questions] == ["B?"]
    assert (checked.path, dict(checked.lines)) == (path, {"feedback-20000000": 2})


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """A library of the bundled documents, without an index."""
    built = Library.open(tmp_path / "home")
    sync_folder(built, BUNDLED_DATA)
    return built


GOOD = said("When does the eighth meeting open?", "1", cited=("wg6-2021-agenda#item1a.1",))
BAD = said(
    "第八次会议何时闭幕？", "2", language="zh", vote="down", cited=("wg6-2021-agenda#item1a.1",), comment="不对。"
)
NONE = said("法国的首都是哪里？", "3", language="zh", abstained=True, cited=())


def test_the_command_writes_those_whose_answer_is_known(library: Library) -> None:
    for each in (GOOD, BAD, NONE):
        record_feedback(library, each)
    done = run_here(application, "eval", library.folder, "from-feedback")
    assert done.returncode == 0
    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        {
            "id": "feedback-10000000", "language": "en", "kind": "feedback",
            "question": "When does the eighth meeting open?", "answerable": True, "history": [],
            "gold": {"any": ["wg6-2021-agenda#item1a.1"], "all": [], "also": []}, "quotes": [], "must": [],
            "split": "dev", "note": "",
        },
        {
            "id": "feedback-30000000", "language": "zh", "kind": "feedback", "question": "法国的首都是哪里？",
            "answerable": False, "history": [], "gold": {"any": [], "all": [], "also": []}, "quotes": [], "must": [],
            "split": "dev", "note": "",
        },
    ]  # fmt: skip
    assert done.stderr == "1 question still to be checked left out; --all writes all\n"
    everything = run_here(application, "eval", library.folder, "from-feedback", "--all")
    assert [json.loads(line)["kind"] for line in everything.stdout.splitlines()] == ["feedback", TO_CHECK, "feedback"]
    assert (everything.returncode, everything.stderr) == (0, "")


def test_the_command_writes_a_new_file_and_never_over_another(library: Library, tmp_path: Path) -> None:
    record_feedback(library, GOOD)
    path = tmp_path / "own.jsonl"
    done = run_here(application, "eval", library.folder, "from-feedback", "-o", str(path))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", f"1 question written to {path}\n")
    before = path.read_bytes()
    again = run_here(application, "eval", library.folder, "from-feedback", "-o", str(path))
    assert (again.returncode, again.stdout) == (2, "")
    assert len(again.stderr.splitlines()) == 1
    assert "own.jsonl exists" in again.stderr
    assert path.read_bytes() == before


@pytest.mark.parametrize("arguments", [(), ("--all",), ("-o", "own.jsonl")])
def test_without_feedback_one_line_says_so(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    given = [str(tmp_path / each) if each.endswith("jsonl") else each for each in arguments]
    done = run_here(application, "eval", tmp_path / "home", "from-feedback", *given)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "There is no feedback in the library yet, so there is nothing to write\n"
    assert not (tmp_path / "own.jsonl").exists()


def test_a_run_asks_what_was_voted_up_and_says_what_it_leaves(
    library: Library, built_home: Path, tmp_path: Path
) -> None:
    for each in (GOOD, BAD, NONE):
        record_feedback(library, each)
    path, report = tmp_path / "own.jsonl", tmp_path / "report"
    run_here(application, "eval", library.folder, "from-feedback", "--all", "-o", str(path))
    done = run_here(application, "eval", built_home, "run", "--questions", str(path), "--report", str(report))
    assert done.returncode == 0, done.stderr
    assert "1 question of own.jsonl still to be checked and not asked" in done.stderr
    results = json.loads((report / "report.json").read_text("utf-8"))["results"]
    assert [(each["id"], each["split"], each["complaints"]) for each in results] == [
        ("feedback-10000000", "dev", []),
        ("feedback-30000000", "dev", []),
    ]


def test_a_run_of_nothing_but_questions_to_be_checked_is_wrong_usage(library: Library, tmp_path: Path) -> None:
    record_feedback(library, BAD)
    path = tmp_path / "own.jsonl"
    run_here(application, "eval", library.folder, "from-feedback", "--all", "-o", str(path))
    done = run_here(application, "eval", library.folder, "run", "--questions", str(path))
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert "only questions of the kind 'to-check'" in done.stderr


def test_one_that_was_checked_is_asked_as_any_other(library: Library, tmp_path: Path) -> None:
    """With its kind set, its gold is held against the documents."""
    record_feedback(library, BAD)
    path = tmp_path / "own.jsonl"
    run_here(application, "eval", library.folder, "from-feedback", "--all", "-o", str(path))
    line = json.loads(path.read_text("utf-8"))
    path.write_text(json_lines({**line, "kind": "fact", "answerable": True, "gold": OPENS["gold"]}), "utf-8")
    (checked,) = read_questions(path, None).checked().questions
    assert checked.demanded == {"wg6-2021-agenda#item1a.1", "wg6-2021-agenda#annex.r1"}
    path.write_text(json_lines({**line, "kind": "fact", "answerable": True, "gold": {"any": ["d#p1"]}}), "utf-8")
    done = run_here(application, "eval", library.folder, "run", "--questions", str(path))
    assert (done.returncode, "'d#p1' is not in the library" in done.stderr) == (2, True)
