"""A comparison as HTML: the first two texts side by side, with the words marked that they do not share."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer, Citation
from assistant.differences import Span, differing
from web.markup import capital, citation_mark, escape, lang_of
from web.session import Reference
from web.strings import Strings

#: Two texts of which more than this differs have no words to set beside each other: all of them would be marked.
#: Points of the 2020 report and those of the Chair's summary that they come from differ in 0 to 0.56 of their
#: characters; points that only bear the same number, in 0.67 or more.
MOST_MARKED = 0.6


def sides_of(answer: Answer) -> tuple[Citation, ...]:
    """The two citations to set side by side; none where an answer is no comparison."""
    if not answer.compared or answer.mode != "extractive" or len(answer.citations) < 2:
        return ()
    return answer.citations[:2]


def render_comparison(index: int, sides: Sequence[Citation], words: Strings) -> str:
    """The two sides of a comparison in turn ``index``, each under its source, below a line on what is marked."""
    if not sides:
        return ""
    one, other = sides
    marked: tuple[tuple[Span, ...], tuple[Span, ...]] = ((), ())
    legend = ""
    # Every word of a translation is another word.
    if one.language == other.language:
        marked = differing(one.quote, other.quote, one.language)
        legend = words.differs if any(marked) else words.differs_nowhere
        if min(_share(one.quote, marked[0]), _share(other.quote, marked[1])) > MOST_MARKED:
            marked, legend = ((), ()), words.differs_everywhere
    line = f'<p class="legend">{escape(legend)}</p>' if legend else ""
    columns = "".join(_side(index, side, spans, words) for side, spans in zip(sides, marked, strict=True))
    return (
        f'<div class="comparison" role="group" aria-label="{escape(words.compared)}">{line}'
        f'<div class="sides">{columns}</div></div>'
    )


def text_with_marks(text: str, spans: Sequence[Span]) -> str:
    """The text with each span in a ``<mark>``; what is selected and copied is the text and nothing else."""
    pieces, position = [], 0
    for start, end in spans:
        pieces += [escape(text[position:start]), f'<mark class="differs">{escape(text[start:end])}</mark>']
        position = end
    return "".join((*pieces, escape(text[position:])))


def _side(index: int, citation: Citation, spans: Sequence[Span], words: Strings) -> str:
    mark = citation_mark(Reference(index, "c", citation.n), citation, words)
    return (
        f'<div class="side"><h4><b>{escape(capital(citation.document.short_title))}</b> {escape(citation.label)}</h4>'
        f'<p class="quoted" lang="{lang_of(citation.language)}">{text_with_marks(citation.quote, spans)}'
        f'<span class="marks">{mark}</span></p></div>'
    )


def _share(text: str, spans: Sequence[Span]) -> float:
    """The share of a text's characters that lies in the spans."""
    return sum(end - start for start, end in spans) / len(text) if text else 0.0
