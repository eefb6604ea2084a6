"""A turn of the conversation as HTML."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from assistant.answer import Answer, AnswerSentence, Citation
from assistant.schedule import read_out
from corpus.records import Language
from web.asking.comparison import Comparison, comparison_of
from web.asking.losses import loss_of
from web.asking.turns import Turn
from web.asking.view import view_of
from web.site import Site
from web.strings import strings

#: Columns of a quote shown under an answer, whose rest is a click away, of a question that was refused, and of what was
#: removed.
QUOTE_COLUMNS: Final = 150
REFUSED_COLUMNS: Final = 240
REMOVED_COLUMNS: Final = 300


@dataclass(frozen=True)
class Sentence:
    """A sentence of an answer, as it is read out, with what it cites."""

    text: str
    language: Language
    sources: tuple[Citation, ...]


@dataclass(frozen=True)
class Source:
    """A citation in the list under an answer; ``same_as`` is the number of an earlier one of the same standing."""

    citation: Citation
    same_as: int | None


def draw_turn(site: Site, turn: Turn, language: Language) -> str:
    """One turn as HTML, in the reader's language."""
    outcome = turn.outcome if isinstance(turn.outcome, Answer) else None
    comparison = comparison_of(outcome) if outcome else None
    words = strings(language)
    return site.fragment(
        "parts/turn.html",
        language,
        turn=turn,
        answer=outcome,
        comparison=comparison,
        sentences=_sentences(outcome, comparison) if outcome else (),
        sources=_sources(outcome.leads if outcome.abstained else outcome.citations) if outcome else (),
        gone=[loss_of(site.library, each, turn.at, words) for each in turn.gone],
        within="" if turn.filters.empty else turn.filters.said(site.library.documents(), words),
        view_of=view_of,
        quote_columns=QUOTE_COLUMNS,
        refused_columns=REFUSED_COLUMNS,
        removed_columns=REMOVED_COLUMNS,
    )


def draw_conversation(site: Site, turns: Iterable[Turn], language: Language) -> str:
    """The turns of a conversation, oldest first."""
    return "".join(draw_turn(site, turn, language) for turn in turns)


def _sentences(answer: Answer, comparison: Comparison | None) -> tuple[Sentence, ...]:
    cited = {citation.n: citation for citation in answer.citations}
    # What stands in a column is not said a second time.
    beside = comparison.numbers if comparison else frozenset[int]()
    shown = (each for each in answer.sentences if not each.citations or not beside.issuperset(each.citations))
    return tuple(_sentence(each, cited, answer) for each in shown)


def _sentence(sentence: AnswerSentence, cited: dict[int, Citation], answer: Answer) -> Sentence:
    sources = tuple(cited[n] for n in sentence.citations if n in cited)
    # A sentence that is its source's own words is in the source's language, whatever that of the question; one of those
    # may lead what a model worded.
    quoted = bool(sources) and (answer.mode == "extractive" or sentence.text in sources[0].quote)
    language = sources[0].language if quoted else answer.language
    return Sentence(read_out(sentence.text, language), language, sources)


def _sources(citations: tuple[Citation, ...]) -> tuple[Source, ...]:
    # A note on a text's standing goes with every citation; under the second of the same standing a pointer is enough.
    first_with: dict[tuple[str, ...], int] = {}
    sources = []
    for citation in citations:
        sources.append(Source(citation, first_with.get(citation.standing) if citation.standing else None))
        first_with.setdefault(citation.standing, citation.n)
    return tuple(sources)
