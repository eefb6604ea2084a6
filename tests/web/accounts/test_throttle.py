"""Five wrong passwords in five minutes, for a name and for an address; and sessions, which end. No test waits."""

from __future__ import annotations

import pytest

from tests.web.accounts.people import Clock
from web.accounts.sessions import Sessions
from web.accounts.throttle import FAILURES, WITHIN_S, Throttle, network_of


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_the_sixth_failure_of_a_name_waits_until_the_first_is_five_minutes_old(clock: Clock) -> None:
    throttle = Throttle(clock)
    for n in range(FAILURES):
        assert throttle.begin("anna", f"10.0.0.{n}") == 0
        clock.passes(10)
    assert throttle.begin("anna", "10.0.0.9") == WITHIN_S - 50
    assert throttle.begin("ben", "10.0.0.9") == 0
    clock.passes(WITHIN_S - 50 - 0.5)
    assert throttle.begin("anna", "10.0.0.9") == 1
    clock.passes(0.5)
    assert throttle.begin("anna", "10.0.0.9") == 0
    # The second of the five is ten seconds younger than the first.
    assert throttle.begin("anna", "10.0.0.9") == 10


def test_an_address_that_tries_many_names_waits(clock: Clock) -> None:
    throttle = Throttle(clock)
    assert [throttle.begin(f"user{n}", "10.0.0.1") for n in range(FAILURES)] == [0] * FAILURES
    assert throttle.begin("another", "10.0.0.1") == WITHIN_S
    assert throttle.begin("another", "10.0.0.2") == 0


def test_being_turned_away_does_not_prolong_it(clock: Clock) -> None:
    throttle = Throttle(clock)
    for _ in range(50):
        throttle.begin("anna", "10.0.0.1")
    clock.passes(WITHIN_S)
    assert throttle.begin("anna", "10.0.0.1") == 0


def test_success_forgets_the_failures_of_the_name_and_not_those_of_the_address(clock: Clock) -> None:
    throttle = Throttle(clock)
    for _ in range(FAILURES - 1):
        assert throttle.begin("anna", "10.0.0.1") == 0
    assert throttle.begin("anna", "10.0.0.1") == 0
    throttle.succeeded("anna", "10.0.0.1")
    assert throttle.begin("anna", "10.0.0.2") == 0
    assert throttle.begin("ben", "10.0.0.1") == 0
    assert throttle.begin("ben", "10.0.0.1") > 0


def test_it_remembers_no_more_than_it_may(clock: Clock) -> None:
    throttle = Throttle(clock, remembered=10)
    for n in range(1000):
        throttle.begin(f"user{n}", f"10.0.{n // 250}.{n % 250}")
    assert len(throttle._failed) == 10


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True), ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
     ("10.0.0.1", "::ffff:10.0.0.1", True), ("10.0.0.1", "10.0.0.2", False), ("fe80::1%eth0", "fe80::1", True),
     ("no address", "no address", True)],
)  # fmt: skip
def test_whom_an_address_stands_for(one: str, other: str, same: bool) -> None:
    assert (network_of(one) == network_of(other)) is same


def test_a_session_ends_when_it_is_not_used_and_when_its_whole_time_is_over(clock: Clock) -> None:
    sessions = Sessions(clock, idle=100, whole=250)
    token = sessions.begin("anna", "kept")
    for _ in range(2):
        clock.passes(99)
        assert sessions.find(token)
    clock.passes(52)
    assert sessions.find(token) is None
    other = sessions.begin("anna", "kept")
    clock.passes(100)
    assert sessions.find(other) is None


def test_tokens_are_random_and_kept_as_hashes_alone(clock: Clock) -> None:
    sessions = Sessions(clock)
    tokens = {sessions.begin("anna", "kept") for _ in range(100)}
    assert len(tokens) == 100
    assert all(len(token) >= 43 for token in tokens)
    assert not any(token in repr(vars(sessions)) for token in tokens)
    assert sessions.find("") is sessions.find("\udcff") is None


def test_sessions_are_bounded_and_the_one_idle_the_longest_ends(clock: Clock) -> None:
    sessions = Sessions(clock, most=3)
    tokens = [sessions.begin("anna", "kept") for _ in range(3)]
    assert sessions.find(tokens[0])
    tokens.append(sessions.begin("anna", "kept"))
    assert [sessions.find(token) is not None for token in tokens] == [True, False, True, True]
