"""The documentation says what the commands say.

docs/command-line.md is written by ``python tests/test_documentation.py``.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import typer
from typer.testing import CliRunner

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import app  # noqa: E402
import assistant.__main__  # noqa: E402
import corpus.__main__  # noqa: E402
import embeddings.__main__  # noqa: E402
import eval.__main__  # noqa: E402
import web.__main__  # noqa: E402

PAGE = ROOT / "docs" / "command-line.md"
COMMANDS: tuple[tuple[str, typer.Typer, tuple[str, ...]], ...] = (
    ("python app.py", app.command, ()),
    (
        "python -m corpus",
        corpus.__main__.application,
        tuple("list show add describe pair unpair remove restore share export import check feedback".split()),
    ),
    ("python -m embeddings", embeddings.__main__.application, ("build", "info")),
    ("python -m assistant", assistant.__main__.application, ("ask", "search", "compare", "ledger", "brief")),
    ("python -m web users", web.__main__.users, ("add", "list", "password", "remove")),
    ("python -m eval", eval.__main__.application, ("run", "accept", "split", "from-feedback", "beir", "calibrate")),
)


def help_page() -> str:
    """The help of every command, as the page holds it."""
    parts = [
        "# Command lines\n\nWhat each command says of itself with `--help`. Results go to standard output, progress"
    ]
    parts[0] += " and messages to standard\nerror. Exit codes: 0 done (an abstention is done), 1 failed with one line,"
    parts[0] += " 2 wrong usage.\n"
    for name, application, commands in COMMANDS:
        for command in ((), *((each,) for each in commands)):
            result = CliRunner().invoke(
                application, [*command, "--help"], prog_name=name, env={"COLUMNS": "100", "TERMINAL_WIDTH": "100"}
            )
            title = " ".join((name, *command))
            parts.append(f"\n## {title}\n\n```\n{result.output.strip()}\n```\n")
    return "".join(parts)


def test_the_page_of_command_lines_is_what_the_commands_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == help_page()


def test_every_command_of_the_readme_exists() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^(python -m (?:web users|\w+) [\w-]+)", readme, re.MULTILINE))
    assert named == {f"{name} {command}" for name, _, commands in COMMANDS for command in commands}


def test_every_link_of_the_documentation_leads_somewhere() -> None:
    for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md"), ROOT / "corpus" / "data" / "README.md"):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


if __name__ == "__main__":
    PAGE.write_text(help_page(), encoding="utf-8")
