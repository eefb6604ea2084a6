"""``python -m tests.web.programs.alone HOME``: serves the tools, calls each, and prints whom its process asked for.

In a process of its own nothing that another test left running asks for anything.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

asked_for: set[str] = set()


def hear(event: str, arguments: tuple[Any, ...]) -> None:
    """Notes names that are looked up and addresses that are connected to."""
    if event == "socket.getaddrinfo":
        asked_for.add(str(arguments[0]))
    elif event == "socket.connect":
        address = arguments[1]
        asked_for.add(str(address[0] if isinstance(address, tuple) else address))


def main(home: Path) -> None:
    """Over the library of a folder, and answers that are known."""
    from corpus.library import Library
    from tests import patient
    from tests.web.programs.conftest import serving
    from tests.web.programs.known import KnownAnswers
    from tests.web.programs.test_functions import CALLS
    from tests.web.programs.test_tools import HEADERS, call

    misleading = {"x-forwarded-host": "rebound.example.org", "x-forwarded-proto": "https", "forwarded": "host=x.org"}
    question = {"name": "search", "arguments": {"question": "枪支", "k": 1}}
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": question}
    library = Library.open(home)
    with serving(KnownAnswers(library), library) as programs:
        response = patient.post(programs.tools, json=body, headers=HEADERS | misleading)
        assert "structuredContent" in response.text
        assert "rebound" not in patient.get(f"{programs.url}/config", headers=misleading).text
        for name, arguments in CALLS:
            call(programs, name, **arguments)
    sys.stdout.write(f"{sorted(asked_for)}\n")


if __name__ == "__main__":
    sys.addaudithook(hear)
    main(Path(sys.argv[1]))
