"""The parent's side of reading: starts the child, waits no longer than it may, and names what became of it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from corpus import errors
from corpus.readers import limits, refusals
from corpus.readers.forms import Form
from corpus.readers.reading import Reading
from corpus.records import Language

#: The child's exit status when memory ran out, also where a library in C could not say so itself.
OUT_OF_MEMORY = 77
_PROJECT = Path(__file__).resolve().parents[2]
# The child gets what Python needs to start and no more: no key or token of the application's environment.
_KEPT_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "LD_LIBRARY_PATH")
_BROKEN_HEAP = re.compile(rb"corrupt|invalid|double free|assert", re.IGNORECASE)
_ALLOWED = limits.Allowance()
_reading = TypeAdapter(Reading)


def parse_apart(
    data: bytes, form: Form, name: str, language: Language | None, allowed: limits.Allowance = _ALLOWED
) -> Reading:
    """Has a child process parse the bytes.

    Raises:
        SourceError: the child refused the file, took too long, needed too much memory or died.
    """
    environment = {key: os.environ[key] for key in _KEPT_ENVIRONMENT if key in os.environ}
    environment |= {"PYTHONPATH": str(_PROJECT), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "corpus.readers.child", form, name, language or "-", str(allowed.address_space)]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=allowed.seconds, env=environment, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise refusals.too_slow(name, allowed.seconds) from error
    if done.returncode == OUT_OF_MEMORY or _aborted_for_memory(done):
        raise refusals.too_much_memory(name, allowed.address_space)
    if done.returncode != 0:
        raise refusals.crashed(name, _how(done.returncode))
    answer: dict[str, Any] = json.loads(done.stdout)
    if "error" in answer:
        raise _refusal(answer)
    return _reading.validate_python(answer["reading"])


def _aborted_for_memory(done: subprocess.CompletedProcess[bytes]) -> bool:
    """Whether a library in C gave up for want of memory: it aborts without a word, where a broken heap says so."""
    return done.returncode == -signal.SIGABRT and not _BROKEN_HEAP.search(done.stderr)


def _how(status: int) -> str:
    if status >= 0:
        return f"exit {status}"
    try:
        return signal.Signals(-status).name
    except ValueError:
        return f"signal {-status}"


def _refusal(answer: dict[str, Any]) -> errors.SourceError:
    kind = getattr(errors, str(answer["error"]), errors.SourceError)
    kind = kind if isinstance(kind, type) and issubclass(kind, errors.SourceError) else errors.SourceError
    return kind(answer["found"], answer["expected"], answer["remedy"], zh=answer["zh"])
