"""Files that wait: read one at a time, bounded in number, size and time, each its reader's own."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import pytest

from corpus.errors import EmptyFileError, RapporteurError, ShelfError
from corpus.readers.reading import Reading
from corpus.records import Language
from corpus.shelf.fetching import Fetched
from tests.patience import PATIENCE, until
from tests.shelf import reading_of
from web.adding.staging import Limits, Staged, Staging


@dataclass
class Gate:
    """Reads a file once it is let through; ``bad`` is refused, ``faulty`` fails; ``at_once`` it had so many."""

    through: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    names: list[str] = field(default_factory=list)
    languages: list[Language | None] = field(default_factory=list)
    inside: int = 0
    at_once: int = 0

    def __call__(self, data: bytes, name: str, language: Language | None = None) -> Reading:
        self.inside += 1
        self.at_once = max(self.at_once, self.inside)
        self.names.append(name)
        self.languages.append(language)
        assert self.through.acquire(timeout=PATIENCE)
        self.inside -= 1
        if name == "bad":
            raise EmptyFileError("bad is empty", "text", "add another", zh="bad是空的")
        if name == "faulty":
            raise ZeroDivisionError("at /secret/path")
        return reading_of([data.decode()])


@pytest.fixture
def gate() -> Gate:
    return Gate()


def states(staging: Staging, owner: str = "") -> list[str]:
    return [each.state for each in staging.of(owner)]


def test_files_are_read_one_at_a_time_in_the_order_they_came(gate: Gate) -> None:
    staging = Staging(read=gate)
    for name in "abc":
        staging.put("", name, name.encode())
    until(lambda: states(staging) == ["reading", "waiting", "waiting"])
    gate.through.release()
    until(lambda: states(staging) == ["read", "reading", "waiting"])
    gate.through.release(2)
    until(lambda: states(staging) == ["read"] * 3)
    assert (gate.names, gate.at_once) == (["a", "b", "c"], 1)
    # The thread that read them has ended, and another begins where one is needed.
    staging.put("", "d", b"d")
    gate.through.release()
    until(lambda: states(staging) == ["read"] * 4)


def test_a_bad_file_and_a_fault_of_the_program_do_not_stop_the_others(
    gate: Gate, caplog: pytest.LogCaptureFixture
) -> None:
    staging = Staging(read=gate)
    for name in ("bad", "faulty", "good"):
        staging.put("", name, b"x")
    gate.through.release(3)
    until(lambda: states(staging) == ["refused", "refused", "read"])
    bad, faulty, good = staging.of("")
    assert isinstance(bad.error, EmptyFileError)
    assert faulty.error is not None
    assert "secret" not in str(faulty.error) + faulty.error.message("zh")
    assert "ZeroDivisionError" in caplog.text
    # What is refused takes no room.
    assert (bad.data, good.data) == (b"", b"x")


def test_a_symbol_is_fetched_and_read_in_the_language_asked_for(gate: Gate) -> None:
    def fetch(symbol: str, language: Language) -> Fetched:
        if symbol == "A/NONE":
            raise ShelfError("A/NONE is not published in Chinese", "a symbol", "check it", zh="未发布")
        return Fetched(symbol.encode(), f"{symbol.replace('/', '-')}-{language}.pdf")

    staging = Staging(read=gate, fetch=fetch)
    staging.put_symbol("", "A/NONE", "zh")
    staging.put_symbol("", "A/1", "zh")
    gate.through.release()
    until(lambda: states(staging) == ["refused", "read"])
    assert (gate.names, gate.languages) == (["A-1-zh.pdf"], ["zh"])
    assert staging.of("")[1].data == b"A/1"


def test_what_its_reader_let_go_of_is_not_read(gate: Gate) -> None:
    staging = Staging(read=gate)
    first, second = (staging.put("", name, b"x") for name in "ab")
    until(lambda: states(staging) == ["reading", "waiting"])
    assert staging.drop("", second.id)
    assert staging.drop("", first.id)
    gate.through.release()
    last = staging.put("", "c", b"x")
    gate.through.release()
    until(lambda: states(staging) == ["read"])
    assert staging.of("")[0].id == last.id
    assert gate.names == ["a", "c"]


def test_nobody_sees_or_drops_what_is_anothers(gate: Gate) -> None:
    staging = Staging(read=gate)
    mine = staging.put("anna", "a", b"x")
    assert staging.get("bei", mine.id) is None
    assert staging.of("bei") == ()
    assert not staging.drop("bei", mine.id)
    assert staging.get("anna", mine.id) is not None
    assert len({staging.put("anna", "a", b"").id for _ in range(50)}) == 50
    assert len(mine.id) >= 20
    gate.through.release(100)


def refused(staging: Staging, owner: str = "", size: int = 1) -> RapporteurError:
    with pytest.raises(ShelfError) as caught, staging.room(owner, size):
        pass
    return caught.value


def test_a_reader_has_so_many_files_open_and_no_more(gate: Gate) -> None:
    staging = Staging(Limits(open=2), read=gate)
    first = staging.put("anna", "a", b"x")
    staging.refuse("anna", "z", EmptyFileError("z", "z", "z"))
    with staging.room("anna", 1):
        staging.put("anna", "b", b"x")
    assert "at most 2 at once" in str(refused(staging, "anna"))
    assert "一次最多2个" in refused(staging, "anna").message("zh")
    with staging.room("bei", 1):
        pass
    staging.drop("anna", first.id)
    with staging.room("anna", 1):
        pass
    gate.through.release(2)


def test_all_files_together_take_so_many_bytes_and_no_more(gate: Gate) -> None:
    staging = Staging(Limits(size=10), read=gate)
    staging.put("anna", "a", b"123456")
    with staging.room("bei", 4):
        # What is on its way counts.
        assert "room for one more" in str(refused(staging, "carl"))
    assert "没有余地" in refused(staging, "bei", 5).message("zh")
    with staging.room("bei", 4):
        pass
    assert "room for one more" in str(refused(Staging(Limits(all=0))))
    gate.through.release()


def test_what_nobody_confirms_lapses_and_what_is_over_goes(gate: Gate) -> None:
    now = [0.0]
    staging = Staging(Limits(seconds=600), read=gate, clock=lambda: now[0])
    kept = staging.put("", "a", b"x")
    gate.through.release()
    until(lambda: states(staging) == ["read"])
    now[0] = 500
    read = staging.get("", kept.id)
    assert read is not None
    staging.change(read, error=None)
    now[0] = 1000
    assert states(staging) == ["read"]
    now[0] = 1101
    (lapsed,) = staging.of("")
    assert (lapsed.id, lapsed.state, lapsed.data, lapsed.reading) == (kept.id, "refused", b"", None)
    assert lapsed.version > read.version
    assert "within 10 minutes" in str(lapsed.error)
    now[0] = 1702
    assert staging.of("") == ()


def test_of_two_changes_to_the_same_file_one_is_made(gate: Gate) -> None:
    staging = Staging(read=gate)
    staging.put("", "a", b"x")
    gate.through.release()
    until(lambda: states(staging) == ["read"])
    (read,) = staging.of("")
    changed = staging.change(read, state="adding")
    assert isinstance(changed, Staged)
    assert staging.change(read, state="adding") is None
    # What is being added cannot be let go of.
    assert not staging.drop("", read.id)
