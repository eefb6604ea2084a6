"""What is kept of a password tells nobody what it is, and nobody's line can stop the program."""

from __future__ import annotations

import base64
import hashlib

import pytest

from tests.web.accounts.people import cheap
from web.accounts.passwords import hashed, is_hash, matches


def test_the_password_matches_and_no_other_does() -> None:
    kept = hashed("nine green bottles")
    assert is_hash(kept)
    assert matches("nine green bottles", kept)
    assert not any(matches(other, kept) for other in ("nine green bottle", "Nine green bottles", "", "x" * 5000, kept))
    assert "bottles" not in kept


def test_the_same_password_is_kept_differently_each_time() -> None:
    assert cheap("x") == cheap("x")
    assert hashed("nine green bottles") != hashed("nine green bottles")


def test_it_is_scrypt_as_the_standard_library_has_it() -> None:
    _, n, r, p, _, key = cheap("a password").split("$")
    made = hashlib.scrypt(b"a password", salt=bytes(16), n=int(n), r=int(r), p=int(p), dklen=32)
    assert key == base64.b64encode(made).decode()
    assert matches("a password", cheap("a password"))


def test_accents_count_alike_however_they_are_typed() -> None:
    assert matches("cafe\u0301 de la paix", cheap("caf\u00e9 de la paix"))


@pytest.mark.parametrize(
    "kept",
    ["", "plain text", "scrypt$16384$8$5$$", cheap("x").replace("$2$", "$3$", 1), cheap("x").replace("$2$", "$1$", 1),
     cheap("x").replace("$2$", "$1048576$", 1), cheap("x").replace("$1$1$", "$99$1$", 1),
     cheap("x").replace("$1$1$", "$1$99$", 1), cheap("x") + "=", cheap("x").replace("scrypt", "md5")],
)  # fmt: skip
def test_a_line_of_another_form_or_of_too_much_work_is_none(kept: str) -> None:
    assert not is_hash(kept)
