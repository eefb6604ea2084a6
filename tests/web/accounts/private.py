"""A library in which Anna and Ben own a document each, and all that may be asked of it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
from httpx_sse import EventSource

from assistant import Assistant
from corpus.library import Library
from corpus.records import Bilingual
from embeddings.build import ensure_index
from tests.letters import Letters
from tests.patience import PATIENCE
from tests.shelf import add_paper
from tests.web.accounts.people import log_in
from tests.web.conftest import Site

SHARED = [
    "The Working Group recommended that States mark every firearm at the time of manufacture.",
    "The Secretariat reported on the tracing of firearms in five States.",
    "The meeting was opened in Vienna on 3 May 2021.",
]
OF_ANNA = [
    "The zeppelin registry shall hold hydrogen permits for every airship of the delegation.",
    "States mark every firearm with a hydrogen seal, the delegation proposes.",
]
OF_BEN = ["The gondola register of the delegation counts cable cars in mountains."]
#: Words that stand in what Anna owns alone, and in no request that Ben makes below.
SECRETS = re.compile("hydrogen|skyfleet|飞船", re.IGNORECASE)

QUESTIONS = (
    "What does the zeppelin registry hold?",
    "Who marks firearms?",
    "What does paragraph 2 say?",
    "What does paragraph 1 of {plan} say?",
    "What does {symbol}, paragraph 2 say?",
    "Compare paragraph 1 of the report and paragraph 1 of {symbol}.",
    "How many documents are there?",
    "飞艇登记处是什么？",
    "zepelin regstry",
)
SYMBOL = "CTOC/COP/WG.6/2026/CRP.9"


def library_in(folder: Path, *, with_annas: bool) -> Library:
    library = Library.open(folder)
    # Ids of what a reader owns are made with it.
    library.connection.execute("UPDATE state SET value = 7 WHERE name = 'identity'")
    add_paper(library, SHARED, "report", titles=Bilingual("报告", "Report of the meeting"), kind="report")
    if with_annas:
        add_paper(
            library, OF_ANNA, "plan", owner="anna", symbol=SYMBOL,
            titles=Bilingual("飞船舰队备忘录", "Skyfleet memorandum"), kind="background", year=1999,
        )  # fmt: skip
    add_paper(library, OF_BEN, "gondolas", owner="ben", titles=Bilingual("缆车登记册", "Gondola register"))
    return library


def assistant_over(library: Library) -> Assistant:
    encoder = Letters()
    return Assistant(library, encoder, ensure_index(library, encoder, progress=False))


@contextmanager
def client_of(running: Site, name: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=running.url, headers={"accept-language": "en"}, timeout=PATIENCE) as client:
        assert log_in(client, name).status_code == 303
        yield client


def kept_turn(plan: str) -> dict[str, Any]:
    """A turn as a browser could have kept it, citing what Anna owns."""
    text = OF_ANNA[0]
    citation = {"n": 1, "anchor": f"{plan}#p1", "language": "en", "quote": text, "start": 0, "end": len(text)}
    answer = {
        "language": "en", "mode": "extractive", "abstained": False,
        "sentences": [{"text": text, "citations": [1]}], "citations": [citation], "leads": [],
    }  # fmt: skip
    return {"id": uuid4().hex, "question": "zeppelin?", "answer": answer, "filters": {"documents": [plan]}}


def shown(response: httpx.Response) -> str:
    """All that a response says, unpacked where it is a Word file."""
    if not response.content.startswith(b"PK"):
        return response.text
    with zipfile.ZipFile(io.BytesIO(response.content)) as package:
        return "\n".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())


def called(client: httpx.Client, name: str, arguments: dict[str, Any] | list[Any]) -> str:
    """All that a function gives, as it came."""
    way = "v2/" if isinstance(arguments, dict) else ""
    body = arguments if isinstance(arguments, dict) else {"data": arguments}
    joined = client.post(f"/gradio_api/call/{way}{name}", json=body)
    assert joined.status_code == 200, joined.text
    with client.stream("GET", f"/gradio_api/call/{name}/{joined.json()['event_id']}") as stream:
        return "\n".join(f"{each.event} {each.data}" for each in EventSource(stream).iter_sse())


def in_words(said: str) -> str:
    return said.encode("ascii", "ignore").decode("unicode_escape") if "\\u" in said else said
