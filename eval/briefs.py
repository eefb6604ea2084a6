"""How good briefing notes are: against what a reader found that they must and may quote, for some topics.

``briefs.yaml`` holds the topics, what is judged, and the rule of the halves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, Protocol

import yaml
from pydantic import ConfigDict, TypeAdapter, ValidationError

from assistant.briefing import Note
from assistant.briefing.records import SectionKey
from corpus.records import Language
from eval.errors import DatasetError
from eval.judge import Score
from eval.parts import PartFigure
from eval.questions import SPLITS
from eval.resample import estimate, ratio

GOLD: Final = Path(__file__).with_name("briefs.yaml")
#: Further topics, on which thresholds are set beside the development half.
PRACTICE: Final = Path(__file__).with_name("briefs-practice.yaml")

Half = Literal["dev", "test", "practice"]

#: Figures: of the sentences those that cite a text and stand in it word for word; of what must be quoted what is; of
#: the sentences those on the topic; of the notes on which there is nothing those that say so, and of the others those
#: that do not.
FIGURES: Final = ("brief_cited", "brief_coverage", "brief_on_topic", "brief_nothing")
# Where a meeting took place, what a text is worth and, by its head, who brought it, is not judged by the topic.
_OF_EVERY_TOPIC: Final[frozenset[SectionKey]] = frozenset({"meeting", "standing", "sources", "check"})


@dataclass(frozen=True)
class GoldBrief:
    """A topic or item with what its note must, may and may not quote, as short names of anchors: R dp6 dp10; C dp8."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    id: str
    language: Language
    topic: str = ""
    item: str = ""
    must: str = ""
    may: str = ""
    apart: str = ""
    nothing: bool = False

    @property
    def split(self) -> Half:
        """Those whose number begins with p are for practice; odd numbers for development, even ones for the test."""
        if self.id.startswith("p"):
            return "practice"
        return "dev" if int(self.id[1:]) % 2 else "test"


@dataclass(frozen=True)
class GoldBriefs:
    """All of them, with the documents by their short names."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    documents: dict[str, str]
    briefs: tuple[GoldBrief, ...]

    def anchors(self, written: str) -> frozenset[str]:
        """Short names of anchors as anchor ids.

        Raises:
            DatasetError: a document has no such short name.
        """
        found = set()
        for part in filter(None, (part.split() for part in written.split(";"))):
            if part[0] not in self.documents:
                raise DatasetError(f"{GOLD.name}: {part[0]!r}", f"one of {', '.join(self.documents)}", "mend it")
            found |= {f"{self.documents[part[0]]}#{anchor}" for anchor in part[1:]}
        return frozenset(found)


class Briefs(Protocol):
    """What writes briefing notes."""

    def brief(
        self, topic: str = "", item: str = "", documents: Sequence[str] = (), language: Language | None = None
    ) -> Note: ...


def read_gold(path: Path = GOLD) -> GoldBriefs:
    """What a reader found.

    Raises:
        DatasetError: the file cannot be read, or is not of that form.
    """
    try:
        return TypeAdapter(GoldBriefs).validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise DatasetError(f"{path} cannot be read: {error}", "a YAML file", "mend it") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise DatasetError(f"{path}: {where}: {first['msg']}", "topics", "mend it") from None


def brief_figures(briefs: Briefs, gold: GoldBriefs) -> tuple[PartFigure, ...]:
    """Every figure of either half that is defined: what was gained of what was possible, over all its topics."""
    found: dict[tuple[Half, str], list[Score]] = {}
    for each in gold.briefs:
        note = briefs.brief(each.topic, each.item, language=each.language)
        for figure, score in judged(each, gold, note).items():
            found.setdefault((each.split, figure), []).append(score)
    return tuple(
        PartFigure(split, figure, value)
        for split in SPLITS
        for figure in FIGURES
        if (scores := found.get((split, figure))) and (value := estimate(ratio(scores), len(scores))) is not None
    )


def judged(each: GoldBrief, gold: GoldBriefs, note: Note) -> Mapping[str, Score]:
    """The figures of one note, each as what it gained of what it could."""
    must, may = gold.anchors(each.must), gold.anchors(each.may)
    check = note.check
    scores = {"brief_nothing": Score(float(note.nothing == each.nothing), 1.0)}
    if check.sentences:
        right = min(check.cited, check.verbatim, check.supported)
        scores["brief_cited"] = Score(float(right), float(check.sentences))
    if must:
        scores["brief_coverage"] = Score(float(len(must & quoted(note))), float(len(must)))
    on_topic = [bool(anchors & (must | may)) for anchors in judged_by_topic(note)]
    if on_topic:
        scores["brief_on_topic"] = Score(float(sum(on_topic)), float(len(on_topic)))
    return scores


def judged_by_topic(note: Note) -> list[frozenset[str]]:
    """The anchors that each sentence cites which the topic decides on."""
    cited = {citation.n: citation.anchor for citation in note.citations}
    lines = (line for section in note.sections if section.key not in _OF_EVERY_TOPIC for line in section.lines)
    anchors = (frozenset(cited[n] for n in line.citations) for line in lines if line.kind == "quote")
    return [each for each in anchors if not all(anchor.endswith("#head") for anchor in each)]


def quoted(note: Note) -> frozenset[str]:
    """The anchors that a note quotes."""
    cited = {citation.n: citation.anchor for citation in note.citations}
    lines = (line for section in note.sections for line in section.lines if line.kind == "quote")
    return frozenset(cited[n] for line in lines for n in line.citations)
