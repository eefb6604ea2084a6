"""Passwords as they are kept: scrypt with a salt each, its settings in the same line."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
import unicodedata
from typing import Final

#: Characters of a password, at least and at most.
SHORTEST, LONGEST = 12, 1_000

#: The cost (OWASP Password Storage Cheat Sheet 2025: N = 2^14, r = 8, p = 5 uses 16 MiB), and the most that is accepted
#: from a file, so that a line of it cannot stop the program.
COST, BLOCK, PARALLEL = 2**14, 8, 5
_MOST_COST, _MOST_BLOCK, _MOST_PARALLEL = 2**17, 8, 16
_MEMORY: Final = 160 * 1024 * 1024
_SALT, _KEY = 16, 32

_HASH: Final = re.compile(
    r"scrypt\$([0-9]{1,7})\$([0-9]{1,2})\$([0-9]{1,2})\$([A-Za-z0-9+/]{22,88}={0,2})\$([A-Za-z0-9+/]{43}=)"
)


def hashed(password: str) -> str:
    """What is kept of a password: ``scrypt$N$r$p$salt$key``, salt and key in base64."""
    salt = secrets.token_bytes(_SALT)
    key = _key(password, salt, COST, BLOCK, PARALLEL)
    return f"scrypt${COST}${BLOCK}${PARALLEL}${_coded(salt)}${_coded(key)}"


def is_hash(kept: str) -> bool:
    """Whether a line is of the form that :func:`hashed` gives, with settings that are no more than is accepted."""
    found = _HASH.fullmatch(kept)
    if not found:
        return False
    cost, block, parallel = (int(found[at]) for at in (1, 2, 3))
    powers = cost >= 2 and cost & (cost - 1) == 0
    return powers and cost <= _MOST_COST and 1 <= block <= _MOST_BLOCK and 1 <= parallel <= _MOST_PARALLEL


def matches(password: str, kept: str) -> bool:
    """Whether a password is the one that was kept; takes as long where it is not."""
    found = _HASH.fullmatch(kept)
    if not found or len(password) > LONGEST:
        return False
    salt, key = (base64.b64decode(found[at]) for at in (4, 5))
    return hmac.compare_digest(_key(password, salt, int(found[1]), int(found[2]), int(found[3])), key)


def _key(password: str, salt: bytes, cost: int, block: int, parallel: int) -> bytes:
    # A password typed on another keyboard may have its accents apart.
    said = unicodedata.normalize("NFC", password).encode("utf-8", "replace")
    return hashlib.scrypt(said, salt=salt, n=cost, r=block, p=parallel, maxmem=_MEMORY, dklen=_KEY)


def _coded(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
