"""How well sentences are checked against what they cite: against pairs that a reader wrote, half of them not borne out.

``claims.jsonl`` holds a sentence a line with the paragraphs it cites (``cites``, in the language ``cited_in``), whether
they bear it out, and what it is ``about``: the kind of mistake that a sentence which they do not bear out makes, and
that its twin which they do bear out could have made. The half goes by the number of the first paragraph that is
cited, three by three: 1 to 3, 7 to 9, … are ``dev``, the others ``test``, so that no paragraph is in both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, get_args

import numpy as np
from numpy.typing import NDArray
from pydantic import ConfigDict, TypeAdapter, ValidationError

from assistant.claims import Evidence, SentenceEncoder, Verdict, check
from corpus.library import Library
from corpus.records import LANGUAGES, Language
from eval.errors import DatasetError, at_line
from eval.lines import read_objects
from eval.parts import PartFigure
from eval.questions import SPLITS, Split
from eval.resample import Statistic, estimate

GOLD: Final = Path(__file__).with_name("claims.jsonl")
#: Pairs to mend the rules with, of the same form and over paragraphs of ``dev`` alone; no figure of them is reported as
#: one of ``test``.
PRACTICE: Final = Path(__file__).with_name("claims-practice.jsonl")

About = Literal["number", "date", "actor", "negation", "modal", "scope", "merged", "neighbour", "plain"]
Form = Literal["verbatim", "reordered", "paraphrased", "translated"]
#: What can be wrong; ``plain`` sentences are all borne out.
KINDS: Final[tuple[About, ...]] = tuple(kind for kind in get_args(About) if kind != "plain")
#: How many paragraphs in a row are in the same half.
_BLOCK: Final = 3
_EXAMPLE: Final = '{"id": "number-001", "about": "number", "supported": true, "sentence": "…", "cites": ["doc:p1"]}'


@dataclass(frozen=True)
class GoldClaim:
    """A sentence, what it cites, and whether that bears it out; ``form`` is of those that it does."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    id: str
    about: About
    supported: bool
    sentence: str
    language: Language
    cites: tuple[str, ...]
    cited_in: Language
    form: Form | None = None

    @property
    def split(self) -> Split:
        """The half of the first paragraph that is cited."""
        number = re.search(r"\d+", self.cites[0].partition(":")[2])
        return "dev" if number and (int(number[0]) - 1) // _BLOCK % 2 == 0 else "test"

    @property
    def languages(self) -> str:
        """Of the sentence over that of the paragraph: ``en_zh``."""
        return f"{self.language}_{self.cited_in}"


@dataclass(frozen=True)
class Outcome:
    """Whether a sentence was found to be borne out, and whether it is."""

    claim: GoldClaim
    found: bool

    @property
    def right(self) -> bool:
        return self.found == self.claim.supported


def read_gold(path: Path = GOLD) -> tuple[GoldClaim, ...]:
    """The pairs that a reader wrote.

    Raises:
        DatasetError: the file cannot be read, or a line is not of that form.
    """
    adapter, found = TypeAdapter(GoldClaim), []
    for number, entry in read_objects(path, "a file with a JSON object a line", _EXAMPLE):
        try:
            found.append(adapter.validate_python(entry))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(map(str, first["loc"]))
            raise DatasetError(f"{at_line(path, number)}: {where}: {first['msg']}", "a pair", "mend it") from None
    return tuple(found)


def evidence_of(claim: GoldClaim, library: Library, aligned: bool = True) -> tuple[Evidence, ...]:
    """The paragraphs a sentence cites, with their other version where ``aligned``."""
    other: Language = "en" if claim.cited_in == "zh" else "zh"
    found = []
    for cited in claim.cites:
        doc_id, _, anchor = cited.partition(":")
        unit = library.unit(doc_id, anchor, claim.cited_in)
        version = library.unit(doc_id, anchor, other).text if aligned else None
        found.append(Evidence(unit.text, unit.language, cited, version))
    return tuple(found)


def judge(claim: GoldClaim, library: Library, encoder: SentenceEncoder | None, aligned: bool = True) -> Verdict:
    """What the check says of a pair."""
    return check(claim.sentence, evidence_of(claim, library, aligned), encoder, claim.language)


def claim_figures(
    library: Library, encoder: SentenceEncoder, gold: Sequence[GoldClaim], halves: Sequence[Split] = SPLITS
) -> tuple[PartFigure, ...]:
    """Every figure of the halves that is defined (see :func:`_groups`)."""
    figures = []
    for half in halves:
        claims = [claim for claim in gold if claim.split == half]
        whole = [Outcome(claim, judge(claim, library, encoder).supported) for claim in claims]
        across = [claim for claim in claims if claim.language != claim.cited_in]
        alone = [Outcome(claim, judge(claim, library, encoder, aligned=False).supported) for claim in across]
        for name, outcomes in _groups(whole, alone):
            if (value := estimate(balanced(outcomes), len(outcomes))) is not None:
                figures.append(PartFigure(half, name, value))
    return tuple(figures)


def _groups(whole: Sequence[Outcome], alone: Sequence[Outcome]) -> Iterator[tuple[str, Sequence[Outcome]]]:
    """All pairs; those about each kind; those of each two languages; the latter without the version that matches."""
    yield "claims", whole
    for kind in KINDS:
        yield f"claims_{kind}", [each for each in whole if each.claim.about == kind]
    for ours in LANGUAGES:
        for theirs in LANGUAGES:
            pair = f"{ours}_{theirs}"
            yield f"claims_{pair}", [each for each in whole if each.claim.languages == pair]
    yield "claims_one_version", alone


def balanced(outcomes: Iterable[Outcome]) -> Statistic:
    """The mean of the shares found right of the sentences that are borne out and of those that are not."""
    listed = list(outcomes)
    right = np.array([each.right for each in listed], dtype=float)
    supported = np.array([each.claim.supported for each in listed], dtype=bool)

    def statistic(drawn: NDArray[np.intp]) -> NDArray[np.float64]:
        shares = []
        for those in (supported, ~supported):
            chosen = those[drawn]
            with np.errstate(invalid="ignore"):
                shares.append((right[drawn] * chosen).sum(axis=1) / chosen.sum(axis=1))
        mean: NDArray[np.float64] = np.mean(shares, axis=0)
        return mean

    return statistic
