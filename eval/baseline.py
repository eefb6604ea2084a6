"""What each question scored when the project last accepted its figures."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ConfigDict, FiniteFloat, TypeAdapter, ValidationError

from eval.errors import DatasetError
from eval.figures import Judged
from eval.judge import Score

BASELINE = Path(__file__).parent / "baseline.json"

_NO_SCORE = Score(0.0, 0.0)


@dataclass(frozen=True)
class Kept:
    """The scores of one question, and the fingerprint of what it asked and expected then."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    fingerprint: str
    scores: dict[str, tuple[FiniteFloat, FiniteFloat]]


@dataclass(frozen=True)
class Baseline:
    """The scores of questions by their ids."""

    questions: Mapping[str, Kept]

    @classmethod
    def of(cls, judged: Iterable[Judged]) -> Baseline:
        """The baseline that a run makes."""
        return cls(
            {
                each.outcome.question.id: Kept(
                    each.outcome.question.fingerprint,
                    {name: (score.gained, score.possible) for name, score in each.scores.items()},
                )
                for each in judged
            }
        )

    @classmethod
    def read(cls, path: Path = BASELINE) -> Baseline:
        """The baseline of a file.

        Raises:
            DatasetError: the file cannot be read or holds something else; the message names the question.
        """
        try:
            kept = TypeAdapter(dict[str, Kept]).validate_json(path.read_bytes())
        except OSError as error:
            raise DatasetError(
                f"{path} cannot be read", "the figures last accepted", "write them with python -m eval accept"
            ) from error
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(map(str, first["loc"])) or "the file"
            raise DatasetError(
                f"{path} is no baseline: {where}: {first['msg']}",
                "the scores of questions",
                "write it with python -m eval accept",
            ) from None
        return cls(kept)

    def write(self, path: Path = BASELINE) -> None:
        """Writes the baseline, one question a line, so that a change is read in review."""
        lines = (
            f"{json.dumps(question_id)}: "
            + json.dumps({"fingerprint": kept.fingerprint, "scores": kept.scores}, sort_keys=True)
            for question_id, kept in sorted(self.questions.items())
        )
        path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")

    def compares(self, each: Judged) -> bool:
        """Whether a question was in it as it is asked and judged now."""
        kept = self.questions.get(each.outcome.question.id)
        return kept is not None and kept.fingerprint == each.outcome.question.fingerprint

    def paired(self, judged: Sequence[Judged], figure: str) -> tuple[list[Score], list[Score]]:
        """The scores of a figure now and then, over the questions that compare and had or have one."""
        pairs = [
            (each.scores.get(figure, _NO_SCORE), self._score(each.outcome.question.id, figure))
            for each in judged
            if self.compares(each)
        ]
        pairs = [pair for pair in pairs if pair != (_NO_SCORE, _NO_SCORE)]
        return [now for now, _ in pairs], [then for _, then in pairs]

    def _score(self, question_id: str, figure: str) -> Score:
        return Score(*self.questions[question_id].scores.get(figure, (0.0, 0.0)))
