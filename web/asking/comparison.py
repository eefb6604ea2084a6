"""Two texts side by side, with the words marked that they do not share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from markupsafe import Markup

from assistant.answer import Answer, Citation
from assistant.differences import Span, differing
from web.passage import text_with_marks

#: Two texts of which more than this differs have no words to set beside each other: all of them would be marked.
#: Points of the 2020 report and those of the Chair's summary that they come from differ in 0 to 0.56 of their
#: characters; points that only bear the same number, in 0.67 or more.
MOST_MARKED: Final = 0.6

Legend = Literal["differs", "differs_everywhere", "differs_nowhere", ""]


@dataclass(frozen=True)
class Comparison:
    """Two citations, the text of each with its marks, and which line of ``strings.yaml`` says what is marked."""

    sides: tuple[tuple[Citation, Markup], tuple[Citation, Markup]]
    legend: Legend

    @property
    def numbers(self) -> frozenset[int]:
        """The numbers of the two citations."""
        return frozenset(citation.n for citation, _ in self.sides)


def comparison_of(answer: Answer) -> Comparison | None:
    """The two sides to show beside each other; None where an answer is no comparison."""
    if not answer.compared or answer.mode != "extractive" or len(answer.citations) < 2:
        return None
    one, other = answer.citations[:2]
    marked: tuple[tuple[Span, ...], tuple[Span, ...]] = ((), ())
    legend: Legend = ""
    # Every word of a translation is another word.
    if one.language == other.language:
        marked = differing(one.quote, other.quote, one.language)
        legend = "differs" if any(marked) else "differs_nowhere"
        if min(_share(one.quote, marked[0]), _share(other.quote, marked[1])) > MOST_MARKED:
            marked, legend = ((), ()), "differs_everywhere"
    sides = ((one, text_with_marks(one.quote, marked[0])), (other, text_with_marks(other.quote, marked[1])))
    return Comparison(sides, legend)


def _share(text: str, spans: tuple[Span, ...]) -> float:
    """The share of a text's characters that lies in the spans."""
    return sum(end - start for start, end in spans) / len(text) if text else 0.0
