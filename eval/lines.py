"""Lines of a data set's files: UTF-8, numbered from 1, blank ones left out, and JSON where they must be."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from eval.errors import DatasetError, at_line


def read_lines(path: Path, expected: str) -> Iterator[tuple[int, str]]:
    """The lines of a file that are not blank, each with its number; ``expected`` says what the file should be.

    Raises:
        DatasetError: there is no such file, it cannot be read, or a line is not UTF-8.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise DatasetError(f"{path} is missing", expected, "add it or name another") from None
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise DatasetError(f"{path} cannot be read: {reason}", "a file", "give it the right to be read") from error
    # Only these bytes end a line: splitlines would cut at U+2028 inside a text too.
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        try:
            text = line.decode("utf-8").rstrip("\r")
        except UnicodeDecodeError:
            raise DatasetError(f"{at_line(path, number)} is not UTF-8", "text in UTF-8", "convert the file") from None
        if text.strip():
            yield number, text


def read_objects(path: Path, expected: str, example: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The JSON objects of a file with one a line, each with the number of its line.

    ``expected`` says what the file should be, ``example`` what one of its lines looks like.

    Raises:
        DatasetError: as :func:`read_lines`, or a line is no JSON object.
    """
    for number, line in read_lines(path, expected):
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            # Only the decoder's own message is short; what others say may hold the line.
            why = f" ({error.msg} at column {error.colno})" if isinstance(error, json.JSONDecodeError) else ""
            raise DatasetError(
                f"{at_line(path, number)} is not JSON{why}", "one JSON object a line", "mend the line"
            ) from None
        if not isinstance(value, dict):
            raise DatasetError(
                f"{at_line(path, number)} is {_kind(value)}", f"a JSON object such as {example}", "mend the line"
            )
        yield number, value


def text_of(value: dict[str, Any], key: str, path: Path, number: int) -> str:
    """The text that an object of a line has under a key.

    Raises:
        DatasetError: the key is missing, or what it holds is no text that can be stored.
    """
    if key not in value:
        keys = ", ".join(map(repr, value)) or "none"
        raise DatasetError(f"{at_line(path, number)} has no {key!r} (its keys: {keys[:200]})", f"a {key!r}", "add it")
    text = value[key]
    if not isinstance(text, str):
        raise DatasetError(f"{key!r} at {at_line(path, number)} is {_kind(text)}", "a string", "mend the line")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise DatasetError(
            f"{key!r} at {at_line(path, number)} holds half a character (a lone surrogate)",
            "whole ones",
            "mend the line",
        ) from None
    return text


def _kind(value: object) -> str:
    kinds: tuple[tuple[type, str], ...] = (
        (dict, "an object"), (list, "a list"), (str, "a string"), (bool, "true or false"), (type(None), "null"),
    )  # fmt: skip
    return next((name for kind, name in kinds if isinstance(value, kind)), "a number")
