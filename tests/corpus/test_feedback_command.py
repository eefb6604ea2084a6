"""``python -m corpus feedback``: a list to read, or one JSON object."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.__main__ import application
from corpus.feedback import Feedback, record_feedback
from corpus.library import Library
from tests.commands import run_here
from tests.corpus.test_feedback import WHOLE, said


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """A library without documents."""
    return Library.open(tmp_path / "home")


def test_the_command_lists_what_was_said_newest_last(library: Library) -> None:
    first = record_feedback(library, WHOLE)
    second = record_feedback(
        library,
        said("第九次会议\n何时开幕？", language="zh", vote="down", abstained=True, comment="文件里有。\n见附件。"),
    )
    done = run_here(application, "corpus", library.folder, "feedback")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        f"{first.at}  up    en  01234567  And what of tracing?",
        "    after:    What of marking? / 谁提到了标记？",
        "    only in:  wg6-2020-report, wg6-2021-agenda",
        "    answer:   wg6-2020-report#dp10, wg6-2021-agenda#item1b.2, wg6-2021-agenda#annex.r3",
        "    comment:  Just what I needed.",
        f"{second.at}  down  zh  {second.id[:8]}  第九次会议 何时开幕？",
        "    answer:   none: the documents were said not to answer",
        "    comment:  文件里有。 见附件。",
    ]


def test_the_command_gives_one_object(library: Library) -> None:
    assert json.loads(run_here(application, "corpus", library.folder, "feedback", "--json").stdout) == {"feedback": []}
    first, second = record_feedback(library, WHOLE), record_feedback(library, said("'; DROP TABLE feedback; --"))
    done = run_here(application, "corpus", library.folder, "feedback", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)["feedback"]
    assert list(found[0]) == [
        "id", "at", "question", "language", "vote", "comment", "mode", "abstained", "cited", "answer", "earlier",
        "documents", "by",
    ]  # fmt: skip
    lists = ("cited", "earlier", "documents")
    read = [Feedback(**{**each, **{name: tuple(each[name]) for name in lists}}) for each in found]
    assert read == [first, second]


def test_where_nothing_was_said_the_command_says_so(library: Library) -> None:
    done = run_here(application, "corpus", library.folder, "feedback")
    assert (done.returncode, done.stdout, done.stderr) == (0, "There is no feedback yet.\n", "")
