"""How much of a delegate's file is read, and with how much: every limit of reading in one place."""

from __future__ import annotations

from dataclasses import dataclass

#: Bytes of one file, and how a message writes them.
LARGEST_FILE = 20 * 1024 * 1024
MOST_PAGES = 2000
#: What a packed file may unpack to, in bytes and as a multiple of its own size.
LARGEST_UNPACKED = 100 * 1024 * 1024
MOST_UNPACKED_TIMES = 100
#: Of the characters, how many may be replacement characters.
MOST_REPLACED = 0.01
#: Calls inside each other while a page is read: what lies within the depth above takes half of them.
DEEPEST_CALLS = 8000
#: Elements of HTML inside each other; what lies deeper is read as if it lay here.
DEEPEST_HTML = 200


@dataclass(frozen=True)
class Allowance:
    """What the child process that parses may take: seconds of wall time, and bytes of address space."""

    seconds: float = 60.0
    address_space: int = 2 * 1024 * 1024 * 1024
