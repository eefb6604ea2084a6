"""Lines that GitHub Actions shows beside the change: what made the gate fail, at the line of each question."""

from __future__ import annotations

from collections.abc import Iterator

from eval.run import Run


def workflow_commands(run: Run) -> Iterator[str]:
    """An error for each row of the gate that does not pass, a notice for each question of the test half that fails.

    The form is that of GitHub's workflow commands: properties and message escaped, one line each.
    """
    for row in run.fallen:
        yield f"::error title=Evaluation gate::{_escaped(f'{row.figure} ({row.language}) {row.verdict}')}"
    for each, why in run.failures:
        question = each.outcome.question
        if question.split == "test":
            place = f"file=eval/{run.questions.path.name},line={run.questions.lines[question.id]}"
            message = f"{question.id}: {'; '.join(why)}; {question.question}"
            yield f"::notice {place},title=Question falls short::{_escaped(message)}"


def _escaped(message: str) -> str:
    return message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
