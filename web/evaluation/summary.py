"""What the evaluation leaves for the page: a file in the library's home, or the one that ships with the project.

The page does not import the evaluation; ``eval/report/summary.py`` writes what is read here.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, model_validator

from corpus.records import Language

logger = logging.getLogger(__name__)

#: The file in the library's home, and the one of the release.
SUMMARY: Final = "evaluation.json"
RELEASED: Final = Path(__file__).parent.parent.parent / "eval" / "released.json"

#: Any language, or any kind of question.
EVERY: Final = "all"

Split = Literal["dev", "test"]
Scope = Language | Literal["all"]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Milliseconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Questions(_Part):
    """Which questions were asked."""

    file: str
    fingerprint: str


class Counted(_Part):
    """How many questions of a half, a language and a kind there are."""

    split: Split
    language: Language
    kind: str
    questions: Count


class Figure(_Part):
    """A figure over so many questions with its 95% interval."""

    split: Split
    language: Scope
    kind: str
    figure: str
    value: Share
    low: Share
    high: Share
    questions: Count


class Latency(_Part):
    """Milliseconds within which so many percent of the answers came."""

    split: Split
    percentile: str
    value: Milliseconds
    low: Milliseconds
    high: Milliseconds
    questions: Count


class Fallen(_Part):
    """A figure that the gate does not let pass; no value where there is none any more."""

    figure: str
    language: Scope
    value: Share | None
    floor: Share
    baseline: Share | None


class Gate(_Part):
    """Whether the figures hold against their floors and those accepted before."""

    passes: bool
    fallen: tuple[Fallen, ...]


class Failure(_Part):
    """A question of the development half whose answer falls short: in what, and which anchors are right."""

    id: str
    language: Language
    kind: str
    history: tuple[str, ...]
    question: str
    faults: tuple[str, ...]
    right: tuple[str, ...]
    retrieved: tuple[str, ...]
    cited: tuple[str, ...]


class Summary(_Part):
    """An evaluation in short. ``origin`` says whether it is of the release or of a run on this computer."""

    format: Literal[1]
    made: AwareDatetime
    origin: Literal["run", "release"]
    model: str
    documents: Count
    program: str
    questions: Questions
    gate: Gate | None
    counts: tuple[Counted, ...]
    figures: tuple[Figure, ...]
    latency_ms: tuple[Latency, ...]
    failures: tuple[Failure, ...]

    @model_validator(mode="after")
    def _reports(self) -> Self:
        if not self.count("test"):
            raise ValueError("no question of the test half")
        return self

    def count(self, split: Split, language: Scope = EVERY, kind: str = EVERY) -> int:
        """How many questions of a half there are, of a language or a kind where one is named."""
        return sum(
            row.questions
            for row in self.counts
            if row.split == split and language in (EVERY, row.language) and kind in (EVERY, row.kind)
        )

    def kinds(self, split: Split) -> tuple[str, ...]:
        """The kinds of question of a half."""
        return tuple(dict.fromkeys(row.kind for row in self.counts if row.split == split))

    def names(self, split: Split, by_kind: bool = False) -> tuple[str, ...]:
        """The figures of a half, in the order of the file; those that are given by kind, or those of all questions."""
        rows = (row for row in self.figures if row.split == split and (row.kind != EVERY) == by_kind)
        found = dict.fromkeys(row.figure for row in rows)
        return tuple(name for name in self.names(split) if name in found) if by_kind else tuple(found)

    def figure(self, split: Split, name: str, language: Scope = EVERY, kind: str = EVERY) -> Figure | None:
        """One figure; None where it is undefined."""
        wanted = (split, language, kind, name)
        return next((row for row in self.figures if (row.split, row.language, row.kind, row.figure) == wanted), None)


def read_summary(home: Path, released: Path = RELEASED) -> Summary | None:
    """The summary of the last run on this computer, else that of the release, else None.

    A file that is torn or of another format is as good as none: a warning is logged.
    """
    return read_file(home / SUMMARY) or read_file(released)


def read_file(path: Path) -> Summary | None:
    """The summary of a file; None, with a warning, where it is no such thing."""
    try:
        return Summary.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except OSError as error:
        why = error.strerror or type(error).__name__
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        why = ": ".join((".".join(map(str, first["loc"])) or "the file", first["msg"]))
    logger.warning(
        "%s is no summary of an evaluation (%s); expected one of this version; python -m eval run writes it anew",
        path.name,
        why,
    )
    return None
