"""A plain text file as its characters."""

from __future__ import annotations

from corpus.errors import SourceError


def read_text(data: bytes, name: str) -> str:
    """The characters of a UTF-8 file, with or without a byte order mark; line ends are left as they are.

    Raises:
        SourceError: the file is empty or not UTF-8.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{name} is not UTF-8 text (byte {error.start})", "UTF-8 text", "save the file as UTF-8 and try again"
        ) from error
    if not text.strip():
        raise SourceError(f"{name} has no text in it", "at least one paragraph", "check that the right file was saved")
    return text
