"""The process that parses a file: ``python -m corpus.readers.child FORM NAME LANGUAGE BYTES``, bytes in, JSON out.

It limits its own memory to BYTES before it imports a parser, and opens no connection.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from typing import Any, cast

from corpus.errors import SourceError
from corpus.readers import limits, refusals
from corpus.readers.forms import Form
from corpus.records import Language


def _limit(address_space: int) -> None:
    sys.setrecursionlimit(limits.DEEPEST_CALLS)
    if sys.platform == "win32":
        return
    import resource

    for kind, most in ((resource.RLIMIT_AS, address_space), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _refuse_connections(event: str, _arguments: tuple[Any, ...]) -> None:
    if event.startswith(("socket.", "urllib.", "subprocess.", "os.system", "os.exec", "os.posix_spawn")):
        raise PermissionError(f"the reader of files does not use {event}")


def _answer(form: Form, name: str, language: Language | None) -> dict[str, Any]:
    data = sys.stdin.buffer.read()
    try:
        from corpus.readers.assemble import read_form

        return {"reading": asdict(read_form(data, form, name, language))}
    except RecursionError:
        error: SourceError = refusals.crashed(name, "nested too deeply")
    except SourceError as refused:
        error = refused
    return {
        "error": type(error).__name__,
        "found": error.found,
        "expected": error.expected,
        "remedy": error.remedy,
        "zh": error.message("zh"),
    }


def main() -> int:
    """Reads what stands on standard input; the status is 0 also for a refusal, which is an answer."""
    from corpus.readers.process import OUT_OF_MEMORY

    form, name, language, address_space = sys.argv[1:5]
    _limit(int(address_space))
    sys.addaudithook(_refuse_connections)
    try:
        answer = _answer(cast(Form, form), name, None if language == "-" else cast(Language, language))
        line = json.dumps(answer).encode()
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    sys.stdout.buffer.write(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
