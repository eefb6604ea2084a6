"""``python -m assistant brief`` as a person runs it."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import docx
import pytest

from assistant.__main__ import application
from tests.commands import run_here
from tests.llm_server import SECRET, Asked, Reply, model_server

TOPIC = "deactivation of firearms"


def test_a_note_is_markdown_on_standard_output(built_home: Path) -> None:
    done = run_here(application, "assistant", built_home, "brief", TOPIC)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"# Briefing note: {TOPIC}\n")
    assert "[^1]: " in done.stdout


def test_a_note_is_written_to_a_file_with_json_alone_on_standard_output(built_home: Path, tmp_path: Path) -> None:
    arguments = ("--item", "5", "--language", "en", "--json", "-o", str(tmp_path / "note.DOCX"))
    done = run_here(application, "assistant", built_home, "brief", *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    said = json.loads(done.stdout)
    assert (said["item"], said["language"]) == ("wg6-2021-agenda#item5", "en")
    document = docx.Document(BytesIO((tmp_path / "note.DOCX").read_bytes()))
    assert document.paragraphs[0].text == said["title"] == "Briefing note on item 5: Other matters"


def reworded(asked: Asked) -> Reply:
    """The first of the quotations truly, and something false of it."""
    said = asked.paragraphs[1].partition("\n")[2]
    return Reply(f"In addition, {said}[1] The meeting adopted 2,045 recommendations.[1]")


def test_a_note_is_worded_by_the_model_of_the_environment(
    built_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ("brief", TOPIC, "--doc", "wg6-2020-report", "--polish", "--json", "-o", str(tmp_path / "note.docx"))
    with model_server() as server:
        monkeypatch.setenv("RAPPORTEUR_LLM", "openai:scripted")
        monkeypatch.setenv("RAPPORTEUR_LLM_BASE_URL", server.url)
        monkeypatch.setenv("RAPPORTEUR_LLM_KEY", SECRET)
        server.play(reworded)
        done = run_here(application, "assistant", built_home, *arguments)
        # The questions to expect are put to nobody.
        assert all("quotations" in asked.said for asked in server.asked)
        parts = len(server.asked)
    assert (done.returncode, done.stderr) == (0, "")
    said = json.loads(done.stdout)
    lines = [line for section in said["sections"] for line in section["lines"]]
    polished = [line["text"] for line in lines if line["kind"] == "polished"]
    assert len(polished) == said["check"]["polish"]["polished"] == parts > 0
    assert all(text.startswith("In addition, ") for text in polished)
    assert said["check"]["polish"]["removed"] == parts
    written = docx.Document(BytesIO((tmp_path / "note.docx").read_bytes()))
    assert [p.text for p in written.paragraphs if p.text.endswith(" [model]")] == [
        f"{text} [model]" for text in polished
    ]
    assert "2,045" not in done.stdout
    assert SECRET not in done.stdout


def test_without_a_model_there_is_none_to_word_a_note_which_is_told_before_anything_is_opened(tmp_path: Path) -> None:
    done = run_here(application, "assistant", tmp_path / "none", "brief", TOPIC, "--polish")
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert "RAPPORTEUR_LLM" in done.stderr
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("追查", "--doc", "nowhere"), "there is no document 'nowhere'"),
        (("。。。",), "expected"),
        (("追查", "-o", "/proc/nowhere/note.docx"), "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_code_1(built_home: Path, arguments: tuple[str, ...], words: str) -> None:
    done = run_here(application, "assistant", built_home, "brief", *arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert words in done.stderr
    assert "; expected " in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [("追查", "-o", "note.pdf"), ("追查", "-o", "note"), (), ("追查", "--item", "2"), ("追查", "--language", "fr")],
)
def test_wrong_usage_is_code_2_before_anything_is_opened(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = run_here(application, "assistant", tmp_path / "none", "brief", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert not (tmp_path / "none").exists()
