"""Questions of the development half of the evaluation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from corpus.records import LANGUAGES

QUESTIONS = Path(__file__).parents[2] / "eval" / "questions.jsonl"


def development_questions(many: int) -> list[dict[str, Any]]:
    """As many questions of each language, spread over their kinds."""
    every = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()]
    chosen: list[dict[str, Any]] = []
    for language in LANGUAGES:
        own = [question for question in every if (question["split"], question["language"]) == ("dev", language)]
        chosen += own[:: len(own) // many][:many]
    return chosen
