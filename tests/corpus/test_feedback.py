"""Feedback is kept as it was given, whatever happens to the documents; what cannot be kept is refused in one line."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import FeedbackError, HomeError
from corpus.feedback import Feedback, all_feedback, record_feedback, withdraw_feedback
from corpus.home import BUNDLED_DATA
from corpus.library import LIBRARY_FILE, Library
from corpus.sync import sync_folder
from embeddings.build import ensure_index
from tests.corpus.test_schema import write_format_1, write_format_2
from tests.letters import Letters, add_texts
from tests.patience import PATIENCE, PROCESS

WHOLE = Feedback(
    id="0123456789abcdef0123456789abcdef",
    question="And what of tracing?",
    language="en",
    vote="up",
    comment="Just what I needed.",
    mode="extractive",
    abstained=False,
    cited=("wg6-2020-report#dp10", "wg6-2021-agenda#item1b.2", "wg6-2021-agenda#annex.r3"),
    answer="States should trace firearms.",
    earlier=("What of marking?", "谁提到了标记？"),
    documents=("wg6-2020-report", "wg6-2021-agenda"),
)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """A library without documents."""
    return Library.open(tmp_path / "home")


def said(question: str = "What?", **other: Any) -> Feedback:
    """Feedback of no more than it takes."""
    return Feedback(
        **{"question": question, "language": "en", "vote": "up", "mode": "extractive", "abstained": False, "answer": "",
           **other}
    )  # fmt: skip


def questions(library: Library) -> list[str]:
    return [each.question for each in all_feedback(library)]


def test_all_of_it_is_kept_with_the_time(library: Library) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    kept = record_feedback(library, replace(WHOLE, at="1999-12-31T23:59:59Z"))
    assert all_feedback(library) == (kept,)
    assert replace(kept, at="") == WHOLE
    assert len(kept.at) == len("2026-03-01T09:30:00Z")
    assert before <= datetime.fromisoformat(kept.at) <= before + timedelta(minutes=1)


def test_it_is_there_when_the_library_is_opened_again(library: Library) -> None:
    kept = record_feedback(library, WHOLE)
    library.connection.close()
    assert all_feedback(Library.open(library.folder)) == (kept,)


def test_each_has_an_id_of_its_own_where_none_is_given(library: Library) -> None:
    kept = [record_feedback(library, said()) for _ in range(2)]
    assert len({each.id for each in kept}) == 2
    assert all(len(each.id) == 32 for each in kept)
    assert all_feedback(library) == tuple(kept)


def test_the_same_id_again_replaces_and_is_the_newest(library: Library) -> None:
    first = record_feedback(library, said("First?"))
    record_feedback(library, said("Second?"))
    changed = record_feedback(library, replace(first, vote="down", comment="The year is wrong."))
    assert questions(library) == ["Second?", "First?"]
    assert all_feedback(library)[-1] == changed
    assert (changed.vote, changed.comment) == ("down", "The year is wrong.")
    record_feedback(library, said("Third?"))
    assert questions(library) == ["Second?", "First?", "Third?"]


def test_what_is_taken_back_is_gone_and_nothing_else(library: Library) -> None:
    kept, gone = record_feedback(library, said("Kept?")), record_feedback(library, said("Gone?"))
    assert withdraw_feedback(library, gone.id)
    assert all_feedback(library) == (kept,)
    assert not withdraw_feedback(library, gone.id)
    for hostile in ("", "%", "' OR ''='", "\ud800", "\0", kept.id + "\n", kept.id.upper() + "x", "f" * 100_000):
        assert not withdraw_feedback(library, hostile)
    assert all_feedback(library) == (kept,)


def test_neither_the_documents_nor_the_index_are_touched(library: Library) -> None:
    add_texts(library, "report", {"en": ["States should mark firearms."]})
    encoder = Letters()
    snapshot = ensure_index(library, encoder, progress=False)
    encoded = len(encoder.texts)
    generation = library.generation()
    kept = record_feedback(library, said(cited=("report#p1",)))
    record_feedback(library, replace(kept, vote="down"))
    withdraw_feedback(library, kept.id)
    assert library.generation() == generation
    again = ensure_index(library, encoder, progress=False)
    assert (again.generation, len(encoder.texts)) == (snapshot.generation, encoded)


def test_it_outlives_its_documents(tmp_path: Path, copy_of: Callable[..., Path]) -> None:
    library = Library.open(tmp_path / "home")
    data = copy_of("wg6-2021-agenda", "wg6-2020-chair-summary")
    sync_folder(library, data)
    kept = record_feedback(library, replace(WHOLE, cited=("wg6-2021-agenda#item1a.1",)))
    for file in (data / "wg6-2021-agenda").iterdir():
        file.unlink()
    (data / "wg6-2021-agenda").rmdir()
    assert sync_folder(library, data).removed == ("wg6-2021-agenda",)
    assert all_feedback(library) == (kept,)
    assert sync_folder(library, BUNDLED_DATA).added
    assert all_feedback(library) == (kept,)


@pytest.mark.parametrize("write", [write_format_1, write_format_2])
def test_a_library_of_an_earlier_format_takes_it(tmp_path: Path, write: Callable[[Path], None]) -> None:
    write(tmp_path)
    library = Library.open(tmp_path)
    assert all_feedback(library) == ()
    kept = record_feedback(library, WHOLE)
    assert all_feedback(library) == (kept,)
    assert (library.generation(), library.identity()) == (1, "7")


def test_two_threads_that_write_at_once(library: Library) -> None:
    begin = threading.Barrier(2)
    shared = "a" * 32

    def write(name: str) -> None:
        begin.wait(PATIENCE)
        for n in range(100):
            record_feedback(library, said(f"{name} {n}?"))
            record_feedback(library, said(f"{name} of both?", id=shared))
        library.connection.close()

    writers = [threading.Thread(target=write, args=(name,)) for name in ("One", "Two")]
    for each in writers:
        each.start()
    for each in writers:
        each.join(PROCESS)
    found = questions(library)
    for name in ("One", "Two"):
        assert [each for each in found if each.startswith(f"{name} ") and "both" not in each] == [
            f"{name} {n}?" for n in range(100)
        ]
    assert len(found) == 201
    assert sum("both" in each for each in found) == 1


@pytest.mark.parametrize(
    "hostile",
    [
        "'; DROP TABLE feedback; --",
        '"); DELETE FROM documents; --',
        "<script>alert(1)</script> <b>&amp;</b>",
        "{question!r} %s ${HOME} \\u0000 \\",
        "第\u2028二行 – “引号”，𠀀 ﷽ é",
        "one\ntwo\tthree",
    ],
)
def test_hostile_words_are_words(library: Library, hostile: str) -> None:
    kept = record_feedback(library, said(hostile, comment=hostile, answer=hostile, earlier=(hostile,)))
    assert all_feedback(library) == (kept,)
    assert (kept.question, kept.comment, kept.answer, kept.earlier) == (hostile, hostile, hostile, (hostile,))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("What\0 of \x1b[31mred\x07?", "What of [31mred?"),
        ("half \ud800a character \udfff?", "half a character ?"),
        ("gpj.exe\u202ecod\u2066?", "gpj.execod?"),
        ("  one\r\ntwo\rthree \x85\x7f", "one\ntwo\nthree"),
    ],
)
def test_control_characters_are_cleaned_away(library: Library, given: str, kept: str) -> None:
    record_feedback(library, said(given, comment=given, answer=given, earlier=(given,)))
    (found,) = all_feedback(library)
    assert (found.question, found.comment, found.answer, found.earlier) == (kept, kept, kept, (kept,))


def test_an_anchor_or_document_named_twice_counts_once(library: Library) -> None:
    kept = record_feedback(library, said(cited=("a#p2", "a#p1", "a#p2"), documents=("b", "b")))
    assert (kept.cited, kept.documents) == (("a#p2", "a#p1"), ("b",))


LONG = "x" * 2_000


def test_what_is_just_short_enough_is_kept(library: Library) -> None:
    cited = tuple(f"d#p{n}" for n in range(50))
    kept = record_feedback(library, said(LONG, comment=LONG, cited=cited, earlier=(LONG,) * 50, answer="y" * 100_000))
    assert all_feedback(library) == (kept,)
    assert (kept.question, kept.comment, kept.cited) == (LONG, LONG, cited)


@pytest.mark.parametrize(
    ("part", "value", "english", "chinese"),
    [
        ("question", "x" * 100_000, "'question' of the feedback has 100,000 characters", "“问题”共100,000个字符"),
        ("question", LONG + "x", "2,001 characters; expected words, of at most 2,000 characters", "不超过2,000个字符"),
        ("question", "", "'question' of the feedback is ''", "“问题”不合要求；应为含有文字"),
        ("question", "？！ …", "expected words", "含有文字"),
        ("question", "\0\ud800", "expected words", "含有文字"),
        ("question", None, "'question' of the feedback is None", "“问题”不合要求"),
        (
            "comment",
            LONG + "x",
            "'comment' of the feedback has 2,001 characters",
            "“意见”共2,001个字符；应为不超过2,000",
        ),
        ("comment", {"a": 1}, "'comment' of the feedback is {'a': 1}", "“意见”不合要求"),
        ("answer", "x" * 100_001, "'answer' of the feedback has 100,001 characters", "“回答”共100,001个字符"),
        ("cited", tuple(f"d#p{n}" for n in range(51)), "has 51 entries; expected at most 50", "“引用的段落”共51项"),
        ("cited", ("report",), "'cited' of the feedback is 'report'", "“引用的段落”不合要求"),
        ("cited", ("#p1",), "is '#p1'", "“wg6-2020-report#dp10”一类的编号"),
        ("cited", ("d#p1'; DROP TABLE feedback",), "anchors such as wg6-2020-report#dp10", "“引用的段落”"),
        ("cited", ("d\n#p1",), r"'d\n#p1'", "“引用的段落”"),
        ("cited", ("\ud800#p1",), "anchors such as", "“引用的段落”"),
        ("cited", ("d#p" + "1" * 100_000,), "has 100,003 characters", "“引用的段落”"),
        ("earlier", ("What?",) * 51, "'earlier' of the feedback has 51 entries", "“先前的问题”共51项"),
        ("earlier", ("What?", LONG + "x"), "'earlier' of the feedback has 2,001 characters", "“先前的问题”"),
        ("documents", ("",), "'documents' of the feedback is ''", "“文件”"),
        ("language", "fr", "expected zh or en", "“语文”不合要求；应为“zh”或“en”"),
        ("vote", "sideways", "expected up or down", "“评价”不合要求；应为“up”或“down”"),
        ("abstained", "no", "expected true or false", "“是否未作回答”"),
        ("mode", "<b>", "a name such as extractive", "“回答方式”"),
        ("id", "1", "32 hexadecimal digits", "“编号”不合要求；应为32位十六进制数字"),
        ("id", "A" * 32, "32 hexadecimal digits", "“编号”"),
        ("id", "a" * 32 + "\n", "32 hexadecimal digits", "“编号”"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_both_languages(
    library: Library, part: str, value: object, english: str, chinese: str
) -> None:
    before = record_feedback(library, said("Before?"))
    with pytest.raises(FeedbackError) as refused:
        record_feedback(library, replace(WHOLE, **{part: value}))  # type: ignore[arg-type]
    assert english in str(refused.value)
    assert chinese in refused.value.message("zh")
    for message in (str(refused.value), refused.value.message("zh")):
        assert len(message) < 300
        assert message.isprintable()
    assert all_feedback(library) == (before,)


def test_a_library_that_another_program_keeps_is_said_in_both_languages(library: Library) -> None:
    library.connection.execute("PRAGMA busy_timeout = 50")
    with closing(sqlite3.connect(library.folder / LIBRARY_FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(HomeError, match="the feedback could not be written") as refused:
            record_feedback(library, WHOLE)
        other.execute("ROLLBACK")
    assert "文件库未能写入" in refused.value.message("zh")
    record_feedback(library, WHOLE)
