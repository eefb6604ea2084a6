"""A running assistant over a library that changes: what goes is gone at the next question, what comes is found soon."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.bounds import Bounds
from assistant.follow import Follower
from assistant.live import Following
from assistant.weights import WEIGHTS
from corpus.errors import RapporteurError, UnknownDocumentError
from corpus.library import Library
from corpus.records import Bilingual
from corpus.shelf.removing import remove, restore
from embeddings.build import ensure_index
from embeddings.progress import Progress
from tests.letters import Letters
from tests.patience import PATIENCE, until
from tests.shelf import add_paper

SEALS = ["Seals eat fish in the cold sea.", "Whales sing to other whales.", "Penguins stand on the ice."]
QUESTION = "What do whales sing?"
# Searched as a library of more units than are all looked at.
LARGE = replace(WEIGHTS, retrieval=replace(WEIGHTS.retrieval, bounds=Bounds(units=0)))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """The library as another process has it open."""
    library = Library.open(tmp_path)
    add_paper(library, ["Firearms are marked at import.", "Records are kept for ten years."], "arms")
    add_paper(library, SEALS, "zoo")
    return library


@pytest.fixture(params=[WEIGHTS, LARGE], ids=["small", "large"])
def running(library: Library, request: pytest.FixtureRequest) -> Assistant:
    """An assistant that was opened before anything changes."""
    own = Library.open(library.folder)
    return Assistant(own, Letters(), ensure_index(own, Letters(), progress=False), weights=request.param)


def found(assistant: Assistant, question: str = QUESTION) -> set[str]:
    return {hit.anchor.split("#")[0] for hit in assistant.search(question)}


def test_what_another_process_removed_answers_nothing_at_once(running: Assistant, library: Library) -> None:
    assert found(running) == {"arms", "zoo"}
    remove(library, "zoo")
    assert found(running) == {"arms"}
    answer = running.ask(QUESTION)
    assert all(c.document.id == "arms" for c in (*answer.citations, *answer.leads))
    with pytest.raises(UnknownDocumentError):
        running.evidence("zoo#p2")
    with pytest.raises(UnknownDocumentError):
        running.cite("zoo#p2", "en", 0, 5)
    with pytest.raises(UnknownDocumentError):
        running.search(QUESTION, documents=["zoo"])
    assert running.behind
    running.refresh()
    assert not running.behind
    assert found(running) == {"arms"}


def test_what_was_brought_back_answers_at_once(running: Assistant, library: Library) -> None:
    before = running.search(QUESTION)
    remove(library, "zoo")
    assert found(running) == {"arms"}
    restore(library, "zoo")
    assert running.search(QUESTION) == before


def test_the_old_index_answers_until_the_new_one_is_there(running: Assistant, library: Library) -> None:
    add_paper(library, ["Walruses whistle while whales sing."], "new")
    assert found(running) == {"arms", "zoo"}
    running.refresh()
    assert found(running) == {"arms", "zoo", "new"}


def test_an_index_that_another_process_built_is_taken_up(running: Assistant, library: Library) -> None:
    add_paper(library, ["Walruses whistle while whales sing."], "new")
    assert "new" not in found(running)
    ensure_index(library, Letters(), progress=False)
    assert "new" in found(running)
    assert not running.behind


def test_a_version_that_was_replaced_is_quoted_in_its_new_words(running: Assistant, library: Library) -> None:
    add_paper(library, [SEALS[0], "Whales sing to seals now.", SEALS[2]], "zoo")
    assert running.evidence("zoo#p2").unit.text == "Whales sing to seals now."
    assert all(hit.unit.text != SEALS[1] for hit in running.search(QUESTION))
    running.refresh()
    assert "Whales sing to seals now." in {hit.unit.text for hit in running.search(QUESTION)}


def test_only_new_units_are_embedded_and_the_reader_is_told_how_far_it_is(running: Assistant, library: Library) -> None:
    told: list[tuple[int, int, float | None]] = []
    running.refresh(lambda *said: told.append(said))
    assert told == []
    add_paper(library, [f"New paragraph {n}." for n in range(40)], "new")
    running.refresh(lambda *said: told.append(said))
    assert [(done, total) for done, total, _ in told] == [(0, 40), (16, 40), (32, 40), (40, 40)]
    assert told[0][2] is None
    assert all(seconds is not None and seconds >= 0 for _, _, seconds in told[1:])
    assert told[-1][2] == 0


def test_whoever_waits_for_the_index_sees_how_far_it_is(running: Assistant, library: Library) -> None:
    assert running.following == Following(library.generation())
    before = library.generation()
    add_paper(library, [f"New paragraph {n}." for n in range(40)], "new")
    assert running.following == Following(before, behind=True)
    seen: list[Following] = []
    running.refresh(lambda *_: seen.append(running.following))
    assert [(each.generation, each.behind, each.done, each.total) for each in seen] == [
        (before, True, done, 40) for done in (0, 16, 32, 40)
    ]
    assert seen[0].seconds_left is None
    assert seen[-1].seconds_left == 0
    assert running.following == Following(library.generation())


def test_why_the_index_could_not_follow_is_known_until_it_does(running: Assistant, library: Library) -> None:
    add_paper(library, ["Walruses whistle while whales sing."], "new")
    error = RapporteurError("a full disk", "room", "free some")

    def fail(*_: object) -> None:
        raise error

    with pytest.raises(RapporteurError):
        running.refresh(fail)
    assert running.following.behind
    assert running.following.error is error
    running.refresh()
    assert running.following == Following(library.generation())


def test_an_embedding_that_is_stopped_keeps_what_was_done_and_the_old_index(
    running: Assistant, library: Library
) -> None:
    add_paper(library, [f"New paragraph {n}." for n in range(40)], "new")

    def stop(done: int, total: int, seconds: float | None) -> None:  # noqa: ARG001
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        running.refresh(stop)
    assert running.behind
    assert found(running) == {"arms", "zoo"}
    told: list[int] = []
    running.refresh(lambda done, total, seconds: told.append(total))  # noqa: ARG005
    assert told[0] == 40 - 16
    assert not running.behind


def test_each_answer_is_of_one_generation_while_documents_change_and_the_index_is_rebuilt(
    running: Assistant, library: Library
) -> None:
    """Every text of a version says which version it is, as does the title of its document."""
    versions, ended, wrong = range(5), threading.Event(), list[object]()

    def publish(number: int) -> None:
        add_paper(
            library, [f"Draft {number} says that whales sing {n}." for n in range(20)], "draft",
            titles=Bilingual("", f"The paper called draft {number}"),
        )  # fmt: skip

    def read() -> None:
        while not ended.is_set():
            shown = running.evidence("draft#p10", before=9, after=10)
            said = {unit.text.split()[1] for unit in (*shown.before, shown.unit, *shown.after)}
            if len(said) != 1 or said != {shown.document.titles.en.split()[-1]}:
                wrong.append(shown)
            answer = running.ask(QUESTION, documents=["draft"])
            cited = (*answer.citations, *answer.leads)
            if len({(c.text.split()[1], c.document.title.split()[-1]) for c in cited}) > 1:
                wrong.append(answer)

    def read_on() -> None:
        try:
            read()
        except BaseException as error:
            wrong.append(error)

    publish(0)
    running.refresh()
    readers = [threading.Thread(target=read_on) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in versions:
        publish(number + 1)
        running.refresh()
    ended.set()
    for reader in readers:
        reader.join(PATIENCE)
    assert wrong == []
    assert running.evidence("draft#p10").unit.text.startswith("Draft 5")


class Lagging:
    """What lags behind its library until it is refreshed; fails the first time where it is told to."""

    def __init__(self, *failures: Exception) -> None:
        self.behind, self.failures, self.refreshed, self.tried = True, list(failures), threading.Event(), 0

    def refresh(self, progress: Progress | None = None) -> None:
        self.tried += 1
        if self.failures:
            raise self.failures.pop()
        assert progress is not None
        progress(0, 10, None)
        self.behind = False
        self.refreshed.set()


def test_a_follower_brings_up_what_lags_behind(caplog: pytest.LogCaptureFixture) -> None:
    lagging = Lagging(RapporteurError("a full disk", "room", "free some"), RuntimeError("a fault of the program"))
    follower = Follower(lagging, every=0.01, after_failure=0.01).start()
    assert lagging.refreshed.wait(PATIENCE)
    follower.stop()
    assert lagging.tried == 3
    assert "a fault of the program" in caplog.text
    assert "a full disk" in caplog.text


def test_a_follower_ends_amid_an_embedding() -> None:
    embedding = threading.Event()

    class Endless(Lagging):
        def refresh(self, progress: Progress | None = None) -> None:
            assert progress is not None
            embedding.set()
            last = time.monotonic() + PATIENCE
            while time.monotonic() < last:
                progress(1, 10, 1.0)
                time.sleep(0.001)
            self.refreshed.set()

    endless = Endless()
    follower = Follower(endless, every=0.01).start()
    assert embedding.wait(PATIENCE)
    follower.stop()
    assert not endless.refreshed.is_set()


def test_a_real_follower_finds_what_another_process_added(running: Assistant, library: Library) -> None:
    follower = Follower(running, every=0.02).start()
    add_paper(library, ["Walruses whistle while whales sing."], "new")
    until(lambda: not running.behind)
    follower.stop()
    assert "new" in found(running)


def test_a_large_addition_is_asked_about_before_its_sentences_are_embedded(
    running: Assistant, library: Library
) -> None:
    # 60,000 characters, two sentences a paragraph.
    texts = [
        f"Walruses of bay {n} whistle {'loudly ' * 20}at night. They sleep {'soundly ' * 20}by day." for n in range(170)
    ]
    add_paper(library, texts, "new")
    seen: list[tuple[Following, bool]] = []
    running.refresh(lambda *_: seen.append((running.following, "new" in found(running, "walruses whistle"))))
    before = [(following, there) for following, there in seen if not following.refining]
    after = [(following, there) for following, there in seen if following.refining]
    assert [following.behind for following, _ in before] == [True] * len(before)
    assert {there for _, there in before} == {False}
    assert [following.behind for following, _ in after] == [False] * len(after)
    assert {there for _, there in after} == {True}
    assert before[-1][0].done == before[-1][0].total == 170
    assert after[-1][0].done == after[-1][0].total == 170
    assert not running.behind
    assert running.following == Following(library.generation())


def test_readers_have_the_sentences_too_when_they_are_there(running: Assistant, library: Library) -> None:
    texts = [
        f"Walruses of bay {n} whistle {'loudly ' * 20}at night. They sleep {'soundly ' * 20}by day." for n in range(170)
    ]
    add_paper(library, ["My own walrus."], "own", owner="ada")
    add_paper(library, texts, "new")
    reader = running.seen_by("ada")
    while_refining: list[bool] = []

    def ask(*_: object) -> None:
        if running.following.refining:
            while_refining.append(bool(reader.search("sleep soundly by day")))

    running.refresh(ask)
    assert while_refining
    assert all(while_refining)
    whole = {hit.anchor: hit.score for hit in running.search("sleep soundly by day", documents=["new"])}
    own = {hit.anchor: hit.score for hit in reader.search("sleep soundly by day", documents=["new"])}
    assert own == whole


def test_who_adds_while_sentences_are_embedded_need_not_wait_for_them(running: Assistant, library: Library) -> None:
    texts = [
        f"Walruses of bay {n} whistle {'loudly ' * 20}at night. They sleep {'soundly ' * 20}by day." for n in range(170)
    ]
    add_paper(library, texts, "new")

    def add(done: int, *_: object) -> None:
        if running.following.refining and done == 32:
            add_paper(library, ["Herrings swim in schools."], "late")

    running.refresh(add)
    assert running.behind
    running.refresh()
    assert "late" in found(running, "Where do herrings swim?")
