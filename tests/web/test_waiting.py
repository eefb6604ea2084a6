"""Who may make something that takes seconds, and who waits and is told so, with scripts and without."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import httpx
import pytest
from bs4 import BeautifulSoup

from assistant.alignment import Comparison
from assistant.briefing.finish import AS_MADE, Choices
from assistant.briefing.records import Note
from corpus.library import Library
from corpus.records import Language
from tests import patient
from tests.patience import LONG, PATIENCE
from tests.web.conftest import Site, serving
from tests.web.documents import TERMS
from tests.web.fake import FakeAssistant
from web.waiting import AT_ONCE, WAITING, NotYetError, Room


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def told(room: Room, place: str = "") -> NotYetError:
    with pytest.raises(NotYetError) as caught, room.turn(place):
        pass
    return caught.value


def test_so_many_are_let_in_and_others_wait_in_the_order_they_came() -> None:
    room = Room(at_once=1, waiting=3)
    with room.turn():
        first, second = told(room), told(room)
        assert (first.before, second.before) == (1, 2)
        assert told(room, second.place).place == second.place
    # The room is empty, and still nobody comes before the first.
    assert told(room, second.place).before == 1
    assert told(room).before == 2
    with room.turn(first.place):
        assert told(room, second.place).before == 1
    with room.turn(second.place):
        pass


def test_where_all_places_are_taken_there_is_none() -> None:
    room = Room(at_once=1, waiting=1)
    with room.turn():
        assert told(room).place
        assert not told(room).place


def test_who_asks_no_more_loses_the_place() -> None:
    clock = Clock()
    room = Room(at_once=1, waiting=2, patience_s=10, clock=clock)
    with room.turn():
        gone, kept = told(room), told(room)
        clock.now = 8
        told(room, kept.place)
        clock.now = 16
        assert told(room, kept.place).before == 1
        # A place that is no more is that of one who comes now.
        assert told(room, gone.place).before == 2


def test_a_turn_that_fails_is_over() -> None:
    room = Room(at_once=1, waiting=1)
    with pytest.raises(ValueError, match="broken"), room.turn():
        raise ValueError("broken")
    with room.turn():
        pass


def test_threads_never_come_in_at_once() -> None:
    room, inside, most = Room(at_once=2, waiting=50), [0], [0]
    lock, met = threading.Lock(), threading.Barrier(2)

    def come() -> None:
        place, until = "", time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                with room.turn(place):
                    with lock:
                        inside[0] += 1
                        most[0] = max(most[0], inside[0])
                    # Two are in at a time, or nobody would leave; a third would have time to come.
                    met.wait(PATIENCE)
                    time.sleep(0.002)
                    with lock:
                        inside[0] -= 1
                    return
            except NotYetError as error:
                place = error.place
                time.sleep(0.001)
        raise TimeoutError("nobody let it in")

    threads = [threading.Thread(target=come) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert most[0] == 2
    assert inside[0] == 0
    with room.turn():
        pass


class Slow(FakeAssistant):
    """Writes and compares when a test lets it; ``came`` counts who is at it."""

    def __init__(self, library: Library) -> None:
        super().__init__(library)
        self.came = threading.Semaphore(0)

    def _wait(self) -> None:
        self.came.release()
        if not self.go.wait(LONG):
            raise TimeoutError("nobody let it go on")

    def brief(
        self, topic: str = "", item: str = "", documents: Sequence[str] = (), language: Language | None = None,
        choices: Choices = AS_MADE, polish: bool = False, again: bool = True,
    ) -> Note:  # fmt: skip
        self._wait()
        return super().brief(topic, item, documents, language, choices, polish, again)

    def compare(self, a: str, b: str, language: Language | None = None) -> Comparison:
        self._wait()
        return super().compare(a, b, language)


@pytest.fixture(scope="module")
def slow_site(made: Library) -> Iterator[Site]:
    with serving(Slow(made), made, terms=TERMS) as running:
        yield running


def get(site: Site, path: str, language: Language = "zh", **headers: str) -> httpx.Response:
    return patient.get(f"{site.url}{path}", cookies={"language": language}, headers=headers)


@contextmanager
def full(site: Site, path: str) -> Iterator[list[httpx.Response]]:
    """As many make something slow as may; their answers are there afterwards."""
    assert isinstance(site.assistant, Slow)
    site.fake.go.clear()
    site.assistant.came = threading.Semaphore(0)
    answers: list[httpx.Response] = []
    threads = [threading.Thread(target=lambda: answers.append(get(site, path))) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    try:
        assert all(site.assistant.came.acquire(timeout=PATIENCE) for _ in threads)
        yield answers
    finally:
        site.fake.go.set()
        for thread in threads:
            thread.join(PATIENCE)


def again(response: httpx.Response) -> str:
    meta = BeautifulSoup(response.text, "lxml").select_one("meta[http-equiv=refresh]")
    assert meta is not None
    return str(meta["content"]).partition("url=")[2]


NOTE = "/brief?topic=枪支销毁"
ADDRESSES = [NOTE, "/compare?a=wg6-2014-background&b=cop10-2020-draft-resolution"]


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_page_that_waits_says_so_without_scripts_and_asks_again(slow_site: Site, path: str) -> None:
    with full(slow_site, path) as answers:
        chinese = get(slow_site, path)
        assert chinese.status_code == 202
        assert f"前面还有{AT_ONCE}项请求" in chinese.text
        english = get(slow_site, again(chinese), "en")
        assert english.status_code == 202
        assert f"{AT_ONCE} before you" in english.text
        assert english.headers["retry-after"]
        assert english.headers["cache-control"] == "no-store"
        assert again(english) == again(chinese)
    assert [answer.status_code for answer in answers] == [200] * AT_ONCE
    response = get(slow_site, again(english))
    assert response.status_code == 200
    assert not BeautifulSoup(response.text, "lxml").select("meta[http-equiv=refresh]")


def test_who_comes_where_all_places_are_taken_is_turned_away_at_once(slow_site: Site) -> None:
    with full(slow_site, NOTE):
        told = [get(slow_site, NOTE) for _ in range(WAITING)]
        assert {response.status_code for response in told} == {202}
        response = get(slow_site, NOTE, "en")
        assert response.status_code == 503
        assert "try again in a minute" in response.text
        assert response.headers["retry-after"] == "60"
        assert not BeautifulSoup(response.text, "lxml").select("meta[http-equiv=refresh]")
        assert "请过一分钟再试" in get(slow_site, NOTE).text
        assert get(slow_site, "/brief").status_code == 200
    # They come back one after the other, as their pages do.
    assert [get(slow_site, again(response)).status_code for response in told] == [200] * WAITING


def test_a_script_is_told_in_json_and_keeps_its_place_by_a_header(slow_site: Site) -> None:
    with full(slow_site, NOTE):
        first = get(slow_site, NOTE, accept="application/json").json()
        second = get(slow_site, NOTE, accept="application/json", **{"x-place": first["place"]}).json()
        assert second == first
        asking = {"accept": "application/json", "x-place": first["place"]}
        posted = patient.post(f"{slow_site.url}/brief", json={"topic": "枪支销毁"}, headers=asking)
        assert (posted.status_code, posted.json()["place"]) == (202, first["place"])
        filed = get(slow_site, f"/brief/word?topic=枪支销毁&place={first['place']}")
        assert filed.status_code == 202
        assert again(filed).startswith("/brief/word?topic=")
    assert get(slow_site, again(filed)).headers["content-type"].startswith("application/vnd")
