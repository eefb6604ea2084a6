"""What answers a question, found and put together at one moment of the library, in quotations."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Answer, Citation
from assistant.citations import cite, cited_sentences
from assistant.compose import Quoted
from assistant.live import Opened
from assistant.question import Question, check_question
from assistant.reading import History
from assistant.respond import Response
from assistant.sources import Sources
from corpus.library import Library
from corpus.records import Language, Unit

#: Paragraphs offered as leads when there is no answer.
_LEADS = 3
# Paragraphs that a language model is given beside those that are quoted, of the best that were found.
_BESIDE = 4


@dataclass(frozen=True)
class Asked:
    """A question as :meth:`assistant.Assistant.ask` takes it."""

    question: str
    history: History = ()
    language: Language | None = None
    documents: tuple[str, ...] = ()
    languages: tuple[Language, ...] = ()


@dataclass(frozen=True)
class Paragraph:
    """A unit that a sentence may cite: the citation of all of it, and its text in the other language where it has one.

    ``quoted`` says that the extractive answer quotes it.
    """

    citation: Citation
    aligned: str | None
    quoted: bool


@dataclass(frozen=True)
class Found:
    """What was found for a question: how it was read, what answers it, and the answer as it grows, the last one whole.

    ``paragraphs`` are those that the answer may be worded from, the quoted ones first; none where it is to stand as it
    is: an abstention, texts side by side, words asked for as they stand, a premise that is denied and nothing besides.
    """

    asked: Asked
    read: Question
    response: Response
    answers: tuple[Answer, ...]
    paragraphs: tuple[Paragraph, ...]

    @property
    def whole(self) -> Answer:
        """The whole answer."""
        return self.answers[-1]


def find_answer(library: Library, opened: Opened, asked: Asked) -> Found:
    """What answers a question; everything is read here, so that nothing later can be of another moment.

    Raises:
        QuestionError: the question cannot be asked.
        UnknownDocumentError, UnknownLanguageError: it is to be answered from what is not there.
    """
    started = time.perf_counter()
    sources = Sources.chosen(library, asked.documents, asked.languages)
    read, changed = opened.reader.read(asked.question, asked.history, asked.documents)
    reader = asked.language or read.language
    response = opened.responder.respond(read, reader, sources)
    found = time.perf_counter()
    blank = Answer(
        question=check_question(asked.question),
        understood=read.text if changed else None,
        language=reader,
        mode="extractive",
        abstained=not response.quotes,
        reason=response.reason,
        sentences=(),
        citations=(),
        confidence=response.confidence,
    )

    def timed(answer: Answer) -> Answer:
        ended = time.perf_counter()
        seconds = {"retrieve": found - started, "compose": ended - found, "total": ended - started}
        return replace(answer, timings_ms={name: of * 1000 for name, of in seconds.items()})

    answers = tuple(timed(answer) for answer in _growing(library, blank, response, reader))
    return Found(asked, read, response, answers, tuple(_paragraphs(library, response, reader)))


def _growing(library: Library, blank: Answer, response: Response, reader: Language) -> Iterator[Answer]:
    so_far = blank
    for sentence, new in cited_sentences(response.quotes):
        if so_far.sentences:
            yield so_far
        cited = (cite(library, n, quote, reader) for n, quote in enumerate(new, len(so_far.citations) + 1))
        so_far = replace(so_far, sentences=(*so_far.sentences, sentence), citations=(*so_far.citations, *cited))
    near = response.passages[:_LEADS] if so_far.abstained else ()
    leads = (_all_of(passage.unit, passage.score) for passage in near)
    yield replace(
        so_far,
        leads=tuple(cite(library, n, lead, reader) for n, lead in enumerate(leads, 1)),
        notes=response.notes,
        compared=response.compared,
    )


def _paragraphs(library: Library, response: Response, reader: Language) -> Iterator[Paragraph]:
    quotes = response.quotes[response.denying :]
    if response.compared or not quotes or _exact(response, quotes, reader):
        return
    quoted = [_all_of(each.unit, each.score) for quote in quotes for each in (quote, quote.twin) if each]
    # What else was found belongs to an answer by the best paragraphs, not to one by number or by who said something.
    best = response.passages[0] if response.passages else None
    ordinary = best is not None and not best.looked_up and best.unit.anchor_id == quotes[0].unit.anchor_id
    beside = [_all_of(p.unit, p.score) for p in response.passages[:_BESIDE]] if ordinary else []
    known: set[str] = set()
    for n, quote in enumerate((*quoted, *beside)):
        if quote.unit.anchor_id not in known:
            known.add(quote.unit.anchor_id)
            yield Paragraph(cite(library, 0, quote, reader), _aligned(library, quote.unit), n < len(quoted))


def _exact(response: Response, quotes: Sequence[Quoted], reader: Language) -> bool:
    """Whether the very words are asked for, and all of them: points by number, items of an agenda, rows of a table."""
    named = any(passage.looked_up for passage in response.passages[:1])
    listed = quotes[0].unit.kind in {"item", "table_row"}
    return (named or listed) and all(quote.unit.language == reader for quote in quotes)


def _all_of(unit: Unit, score: float) -> Quoted:
    return Quoted(unit, 0, len(unit.text), score)


def _aligned(library: Library, unit: Unit) -> str | None:
    other = library.unit(unit.doc_id, unit.anchor, "en" if unit.language == "zh" else "zh")
    return other.text if other.language != unit.language else None
