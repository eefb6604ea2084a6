"""How often Chinese words stand in general use, from jieba's dictionary: what it cuts text by.

jieba keeps its own reading of the dictionary in a file that it reads byte by byte, which takes .7 s; a file of plain
text is read in .2. It is derived: a missing or torn one is written anew, which takes a second.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import zlib
from pathlib import Path

import jieba

# Raised when other things are written of the same dictionary.
_FORM = 1


def frequencies(folder: Path) -> tuple[dict[str, int], int]:
    """The count of each word of jieba's dictionary, 0 for what only begins one, and of all, where some come twice.

    Args:
        folder: where the file is kept; where it cannot be written, all is read from the dictionary each time.
    """
    file = folder / f"jieba-{jieba.__version__}-{_FORM}.txt"
    try:
        return _read(file.read_bytes())
    except (OSError, ValueError):
        tokenizer = jieba.Tokenizer()
        counts, total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
        with contextlib.suppress(OSError):
            _write(file, counts, total)
        return counts, total


def _read(data: bytes) -> tuple[dict[str, int], int]:
    """What a file holds: a checksum of the rest, the words by lines, an empty line, their counts and that of all.

    Raises:
        ValueError: the file is torn.
    """
    checksum, _, rest = data.partition(b"\n")
    if int(checksum, 16) != zlib.crc32(rest):
        raise ValueError(f"a checksum of {zlib.crc32(rest):x} where {checksum!r} is said")
    words, _, counts = rest.decode().partition("\n\n")
    *of, total = map(int, counts.split())
    return dict(zip(words.split("\n"), of, strict=True)), total


def _write(file: Path, counts: dict[str, int], total: int) -> None:
    """Writes the file aside and renames it, so that who starts at the same time reads a whole one."""
    rest = "\n".join(counts).encode() + b"\n\n" + " ".join(map(str, (*counts.values(), total))).encode()
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")
    try:
        with os.fdopen(handle, "wb") as aside:
            aside.write(f"{zlib.crc32(rest):x}\n".encode() + rest)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
