"""docs/accounts.md says what the program does: its commands, its figures, and what app.py refuses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app import names_served
from corpus.__main__ import application as corpus
from corpus.errors import RapporteurError
from web.__main__ import users
from web.accounts.passwords import SHORTEST
from web.accounts.sessions import IDLE_S, WHOLE_S
from web.accounts.throttle import FAILURES, WITHIN_S
from web.accounts.users import ROLES, VARIABLE
from web.security import LOOPBACK_NAMES
from web.server import TRUSTED_PROXIES

PAGE = " ".join((Path(__file__).parents[3] / "docs" / "accounts.md").read_text("utf-8").split())


def test_its_figures_are_those_of_the_program() -> None:
    assert f"at least {SHORTEST} characters" in PAGE
    assert f"{IDLE_S / 3600:g} hours after the last request, {WHOLE_S / 3600:g} hours after the login" in PAGE
    assert f"After {FAILURES} failed logins in {WITHIN_S / 60:g} minutes" in PAGE
    assert f"believed from {' and '.join(TRUSTED_PROXIES)} alone" in PAGE
    assert f"| {' | '.join(ROLES)} |" in PAGE
    assert f"export {VARIABLE}=" in PAGE


def test_its_commands_exist() -> None:
    named = set(re.findall(r"python -m web users (\w+)", PAGE))
    assert named == {command.name or command.callback.__name__ for command in users.registered_commands} - {"list"}
    of_corpus = {command.name or command.callback.__name__ for command in corpus.registered_commands}
    assert set(re.findall(r"python -m corpus (\w+)", PAGE)) == {"share", "list"} <= of_corpus


@pytest.mark.parametrize(
    ("host", "given", "login", "names"),
    [
        ("127.0.0.1", (), False, ()),
        ("::1", ("localhost",), False, ()),
        ("127.0.0.1", (), True, ()),
        ("127.0.0.1", ("Rapporteur.example.org",), True, ("rapporteur.example.org",)),
        (
            "0.0.0.0",
            ("a.example.org", "10.0.0.7", "[2001:db8::1]"),
            True,
            ("a.example.org", "10.0.0.7", "[2001:db8::1]"),
        ),
    ],
)
def test_under_which_names_it_is_served(host: str, given: tuple[str, ...], login: bool, names: tuple[str, ...]) -> None:
    assert names_served(host, given, login) == (*LOOPBACK_NAMES, *names)


@pytest.mark.parametrize(
    ("host", "given", "login", "said"),
    [
        ("0.0.0.0", ("a.example.org",), False, f"--host 0.0.0.0; expected 127.0.0.1.*{VARIABLE} names no users"),
        ("::", (), False, "--host ::; expected"),
        ("127.0.0.1", ("a.example.org",), False, f"--name a.example.org; expected a login.*{VARIABLE}"),
        ("0.0.0.0", (), True, "without --name"),
        ("192.168.1.5", ("localhost",), True, "without --name"),
        *(("0.0.0.0", (name,), True, "leave out the scheme, the port and the path")
          for name in ("https://a.example.org", "a.example.org:443", "a.example.org/", "", "*", "a b", "2001:db8::1")),
    ],
)  # fmt: skip
def test_what_is_refused_at_the_start(host: str, given: tuple[str, ...], login: bool, said: str) -> None:
    with pytest.raises(RapporteurError) as caught:
        names_served(host, given, login)
    assert re.search(said, str(caught.value))
