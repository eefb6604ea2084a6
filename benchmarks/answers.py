"""How good the answers are: retrieval, citations and abstention on the questions of tests/assistant/data.

    python benchmarks/answers.py [--set development|heldout] [--show]

Weights are set on the development questions alone; the held-out ones are for reporting.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from assistant import Answer, Assistant

QUESTIONS = Path(__file__).resolve().parent.parent / "tests" / "assistant" / "data"


@dataclass(frozen=True)
class Result:
    """One question with what came of it."""

    question: dict[str, Any]
    ranking: tuple[str, ...]
    answer: Answer

    @property
    def rank(self) -> int | None:
        """Rank of the first gold anchor, None where it is not among the first ten."""
        gold = set(self.question["gold"])
        return next((rank for rank, anchor in enumerate(self.ranking, 1) if anchor in gold), None)

    @property
    def first_right(self) -> bool:
        """Whether the first citation is a gold anchor."""
        return bool(self.answer.citations) and self.answer.citations[0].anchor in self.question["gold"]

    @property
    def any_right(self) -> bool:
        """Whether any citation is a gold anchor."""
        return any(citation.anchor in self.question["gold"] for citation in self.answer.citations)

    @property
    def holds_answer(self) -> bool | None:
        """Whether the sentences hold a string that a right answer must, spaces aside; None where none is demanded."""
        if not self.question["must"]:
            return None
        text = "".join("".join(s.text.split()) for s in self.answer.sentences)
        return any("".join(must.split()) in text for must in self.question["must"])


def load_questions(name: str) -> list[dict[str, Any]]:
    """The questions of a set, ``development`` or ``heldout``."""
    return [json.loads(line) for line in (QUESTIONS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def run(assistant: Assistant, questions: Sequence[dict[str, Any]]) -> list[Result]:
    """Each question searched and asked."""
    return [
        Result(q, tuple(h.anchor for h in assistant.search(q["question"])), assistant.ask(q["question"]))
        for q in questions
    ]


def _share(values: Sequence[bool | None]) -> str:
    known = [value for value in values if value is not None]
    return f"{sum(known) / len(known):.3f}" if known else "–"


def table(results: Sequence[Result]) -> str:
    """A row a language: shares over the questions that the documents answer, then abstention over all."""
    groups: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        groups[result.question["language"]].append(result)
    head = (
        "| questions | answerable | hit@1 | hit@5 | MRR@10 | first citation right | any citation right | answer in it |"
        " wrongly abstained | unanswerable | abstained |"
    )
    lines = [head, "|" + "---|" * 11]
    for language in sorted(groups, reverse=True):
        answerable = [r for r in groups[language] if r.question["answerable"]]
        others = [r for r in groups[language] if not r.question["answerable"]]
        mrr = sum(1 / r.rank for r in answerable if r.rank) / len(answerable)
        cells = [
            language,
            len(answerable),
            _share([r.rank == 1 for r in answerable]),
            _share([r.rank is not None and r.rank <= 5 for r in answerable]),
            f"{mrr:.3f}",
            _share([r.first_right for r in answerable]),
            _share([r.any_right for r in answerable]),
            _share([r.holds_answer for r in answerable]),
            sum(r.answer.abstained for r in answerable),
            len(others),
            sum(r.answer.abstained for r in others),
        ]
        lines.append("| " + " | ".join(str(cell) for cell in cells) + " |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", default="heldout", choices=["development", "heldout"], help="which questions")
    parser.add_argument("--show", action="store_true", help="print the questions that went wrong")
    options = parser.parse_args()
    results = run(Assistant.open(), load_questions(options.set))
    print(table(results))
    if options.show:
        for result in results:
            if result.question["answerable"] and not (result.first_right and result.holds_answer is not False):
                got = [c.anchor for c in result.answer.citations] or result.answer.reason
                print(result.question["id"], result.question["question"], result.question["gold"], got, result.rank)
            elif not result.question["answerable"] and not result.answer.abstained:
                print(result.question["id"], "not abstained:", result.question["question"])


if __name__ == "__main__":
    main()
