"""Lines that GitHub Actions shows beside the change: what made the gate fail, at the line of each question."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from eval.run import Run


def workflow_commands(run: Run) -> Iterator[str]:
    """An error for each row of the gate that does not pass, a notice for each question of the test half that fails.

    The form is that of GitHub's workflow commands: properties and message escaped, one line each. The file is named
    from the working folder, which in a workflow is that of the repository, or by its name alone where it lies
    elsewhere.
    """
    file = _property(_place(run.questions.path))
    for row in run.fallen:
        yield f"::error title=Evaluation gate::{_escaped(f'{row.figure} ({row.language}) {row.verdict}')}"
    for each, why in run.failures:
        question = each.outcome.question
        if question.split == "test":
            place = f"file={file},line={run.questions.lines[question.id]}"
            message = f"{question.id}: {'; '.join(why)}; {question.question}"
            yield f"::notice {place},title=Question falls short::{_escaped(message)}"


def _place(path: Path) -> str:
    whole, here = path.resolve(), Path.cwd().resolve()
    return whole.relative_to(here).as_posix() if whole.is_relative_to(here) else path.name


def _property(value: str) -> str:
    return _escaped(value).replace(":", "%3A").replace(",", "%2C")


def _escaped(message: str) -> str:
    return message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
