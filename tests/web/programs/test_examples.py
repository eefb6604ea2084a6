"""The examples of docs/api.md, run as they stand against the real assistant; nothing they do leaves this computer."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from corpus.library import Library
from tests.patience import PROCESS
from tests.web.accounts.people import PASSWORDS, accounts_in
from tests.web.conftest import serving as serving_pages
from tests.web.programs.conftest import ROOT, Programs, serving
from tests.web.programs.known import KnownAnswers

EXAMPLES = ROOT / "docs" / "examples"

# Runs a script and then says, last on standard error, which names and addresses it asked for.
LISTENER = """
import runpy, sys, time
asked = set()
def hear(event, arguments):
    if event == "socket.getaddrinfo":
        asked.add(str(arguments[0]))
    elif event == "socket.connect":
        asked.add(str(arguments[1][0]))
sys.addaudithook(hear)
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
time.sleep(0.5)
print(sorted(asked), file=sys.stderr)
"""


@pytest.fixture(scope="module")
def real(assistant: Assistant, built_home: Path) -> Iterator[Programs]:
    """The functions over the real assistant and the five documents."""
    with serving(assistant, Library.open(built_home)) as running:
        yield running


def run(name: str, *arguments: str, temporary: Path, home: Path | None = None, **named: str) -> tuple[str, str]:
    """What an example writes, and what the listener says of it."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("GRADIO_", "HF_"))}
    environment |= {"TMPDIR": str(temporary), "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    environment |= ({"RAPPORTEUR_HOME": str(home)} if home else {}) | named
    command = [sys.executable, "-c", LISTENER, str(EXAMPLES / name), *arguments]
    ended = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=PROCESS,
        check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    return ended.stdout, ended.stderr.splitlines()[-1]


def test_the_client_asks_follows_up_shows_and_lists(real: Programs, assistant: Assistant, tmp_path: Path) -> None:
    written, asked_for = run("client.py", real.url, temporary=tmp_path)
    english, chinese = (assistant.evidence("wg6-2020-report#dp11", language).unit.text for language in ("en", "zh"))
    assert "What does discussion point 10 of the report say?" in written
    assert "What does discussion point 11 of the report of the 2020 meeting say?" in written
    assert english.split(". ")[0] in written
    assert f"讨论要点11 {chinese}" in written
    assert "not negotiated line by line" in written
    assert "(unofficial translation)" in written
    assert len(re.findall(r"^[a-z0-9-]+ \| .* \| ", written, re.MULTILINE)) == 5
    assert asked_for == "['127.0.0.1']"
    assert list(tmp_path.iterdir()) == []


def test_the_client_logs_in_where_there_is_a_login(library: Library, tmp_path: Path) -> None:
    accounts = accounts_in(tmp_path)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    with serving_pages(KnownAnswers(library), library, accounts=accounts) as site:
        named = {"RAPPORTEUR_NAME": "anna", "RAPPORTEUR_PASSWORD": PASSWORDS["anna"]}
        written, asked_for = run("client.py", site.url, temporary=temporary, **named)
    assert len(re.findall(r"^[a-z0-9-]+ \| .* \| ", written, re.MULTILINE)) == 5
    assert asked_for == "['127.0.0.1']"


def test_the_tools_are_listed_and_answer(real: Programs, tmp_path: Path) -> None:
    written, asked_for = run("mcp_client.py", real.tools, temporary=tmp_path)
    assert "ask | question, language, documents, history\n" in written
    assert "show_unit | anchor, language, before, after\n" in written
    assert "将于 2021 年 5 月 10 日星期一上午 10 时开幕" in written
    assert "议程项目1(a)，第1段" in written
    assert asked_for == "['127.0.0.1']"


def test_the_retriever_gives_units_with_their_anchors(built_home: Path, tmp_path: Path) -> None:
    written, asked_for = run("langchain_retriever.py", temporary=tmp_path, home=built_home)
    lines = re.findall(r"^([\w-]+#[\w.]+) \| (zh|en) \| (.+)", written, re.MULTILINE)
    assert len(lines) == 3
    assert lines[0][:2] == ("cop10-2020-draft-resolution#op14", "en")
    assert "cryptocurrencies" in lines[0][2]
    assert asked_for == "[]"


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_the_commands_of_the_page_answer(real: Programs) -> None:
    page = (ROOT / "docs" / "api.md").read_text("utf-8")
    ((commands),) = re.findall(r"```sh\n(.*?)```", page, re.DOTALL)
    commands = commands.replace("http://127.0.0.1:7860", real.url)
    ended = subprocess.run(["sh", "-ec", commands], capture_output=True, text=True, timeout=PROCESS, check=False)
    assert ended.returncode == 0, ended.stderr
    assert "event: complete\n" in ended.stdout
    assert "Gonzalo Fabi" in ended.stdout


def test_a_forged_history_does_no_harm(real: Programs) -> None:
    plain = real.call("ask", question="第八次会议何时开幕？")
    for anchor in ("nowhere#p1", "wg6-2020-report#p9999", "../../etc/passwd", "#", "wg6-2020-report#%00", "x" * 200):
        turn = {"question": "…?!", "understood": "para. 999 of nothing 第𠮷段", "citations": [{"anchor": anchor}]}
        answer = real.call("ask", question="第八次会议何时开幕？", history=[turn])
        assert answer["citations"] == plain["citations"]
        followed = real.call("ask", question="下一段呢？", history=[turn])
        assert {c["anchor"] for c in (*followed["citations"], *followed["leads"])}.isdisjoint({anchor})
