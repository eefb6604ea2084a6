"""A conversation as a paper: each question, how it was understood, its answer with footnotes; the documents cited."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from babel.dates import format_date

from assistant.answer import Answer, AnswerSentence, Citation
from assistant.export.content import Columns, Kind, Paper, Paragraph, Run
from assistant.export.sources import Sources
from assistant.export.strings import strings
from assistant.question import language_of
from assistant.schedule import read_out
from corpus.records import Document, Language

# Characters of a lead that are shown: which paragraph it is, not what it says in full.
_OPENING: dict[Language, int] = {"zh": 80, "en": 200}

Block = Paragraph | Columns


def conversation_paper(
    turns: Sequence[tuple[str, Answer]], reader: Language, documents: Mapping[str, Document], at: date
) -> Paper:
    """A conversation as a paper.

    Args:
        turns: each question with its answer, oldest first.
        reader: the language of headings, notes and citations; quotes, reasons and questions keep their own.
        documents: by id, at least those that the answers cite.
        at: the day of the paper.

    Raises:
        UnknownDocumentError: a document that is cited is not among ``documents``.
    """
    words = strings(reader)
    answers = _Answers(Sources(reader, documents))
    cited = [citation for _, answer in turns for citation in answer.citations]
    leads = [lead for _, answer in turns for lead in answer.leads if answer.abstained]
    blocks: list[Block] = [
        _plain("title", words.conversation, reader),
        _plain("date", format_date(at, words.date, locale=reader), reader),
        _plain("remark", words.verbatim, reader),
        *(block for question, answer in turns for block in answers.turn(question, answer)),
        *answers.sources.listed(cited, leads),
    ]
    return Paper(words.conversation, reader, at, tuple(blocks))


@dataclass(frozen=True)
class _Answers:
    """Answers as paragraphs, for the reader of the sources."""

    sources: Sources

    def turn(self, question: str, answer: Answer) -> Iterator[Block]:
        words = self.sources.words
        asked = " ".join(question.split())
        yield _plain("heading", asked, language_of(asked))
        if answer.understood:
            understood = Run(answer.understood, language_of(answer.understood))
            yield Paragraph("remark", (Run(words.understood, self.sources.reader), understood))
        if answer.abstained:
            yield _plain("body", words.abstained, self.sources.reader)
            if answer.reason:
                yield _plain("body", answer.reason, answer.language)
        else:
            yield from self._said(answer)
            if answer.mode == "llm":
                yield _plain("remark", words.by_model, self.sources.reader)
        if answer.notes:
            yield _plain("subheading", words.notes, self.sources.reader)
            yield from (_plain("item", note, answer.language) for note in answer.notes)
        if answer.abstained and answer.leads:
            yield _plain("subheading", words.leads, self.sources.reader)
            yield _plain("remark", words.leads_note, self.sources.reader)
            yield from map(self._lead, answer.leads)

    def _said(self, answer: Answer) -> Iterator[Block]:
        """The sides of a comparison beside each other, then the sentences that do not stand there."""
        cited = {citation.n: citation for citation in answer.citations}
        sides = answer.citations[:2] if _compares(answer) else ()
        if sides:
            yield _plain("subheading", self.sources.words.compared, self.sources.reader)
            yield Columns(tuple(map(self._side, sides)))
        beside = {side.n for side in sides}
        rest = [s for s in answer.sentences if not s.citations or not beside.issuperset(s.citations)]
        # Sentences of one quotation are one paragraph with one footnote.
        for _, group in groupby(rest, key=lambda sentence: sentence.citations[:1]):
            sentences = list(group)
            numbers = dict.fromkeys(n for sentence in sentences for n in sentence.citations)
            yield self._sentences(sentences, [cited[n] for n in numbers if n in cited], answer)

    def _side(self, citation: Citation) -> tuple[Paragraph, ...]:
        name = _plain("label", self.sources.name(citation), self.sources.reader)
        return name, self._quotation(citation.quote, [citation])

    def _sentences(self, sentences: Sequence[AnswerSentence], cited: Sequence[Citation], answer: Answer) -> Paragraph:
        language = cited[0].language if cited and answer.mode == "extractive" else answer.language
        shown = [read_out(sentence.text, language) for sentence in sentences]
        if answer.mode == "extractive" and cited and shown == [sentence.text for sentence in sentences]:
            quote = _span(cited[0].quote, shown)
            if quote is not None:
                return self._quotation(quote, cited)
        text = strings(language).gap.join(shown)
        footnote = (self.sources.footnote(cited, text),) if cited else ()
        return Paragraph("body", (Run(text, language), *footnote))

    def _quotation(self, text: str, cited: Sequence[Citation]) -> Paragraph:
        runs = self.sources.quotation(text, cited[0].language)
        return Paragraph("body", (*runs, self.sources.footnote(cited, text)))

    def _lead(self, citation: Citation) -> Paragraph:
        """A lead by its name and its first words."""
        name = Run(self.sources.words.introduced.format(source=self.sources.name(citation)), self.sources.reader)
        words = self.sources.quotation(_opening(citation.quote, citation.language), citation.language)
        return Paragraph("item", (name, *words, self.sources.footnote([citation], citation.quote)))


def _compares(answer: Answer) -> bool:
    return answer.compared and answer.mode == "extractive" and len(answer.citations) > 1


def _span(quote: str, sentences: Sequence[str]) -> str | None:
    """The part of a quote from the first of its sentences to the last; None where it does not hold them in order."""
    first = end = -1
    for sentence in sentences:
        start = quote.find(sentence, max(end, 0))
        if start < 0:
            return None
        first, end = (start if first < 0 else first), start + len(sentence)
    return quote[first:end]


def _opening(text: str, language: Language) -> str:
    """The first words of a text on one line, as many as tell which it is."""
    line, limit = " ".join(text.split()), _OPENING[language]
    if len(line) <= limit:
        return line
    cut = line[:limit] if language == "zh" else line[: limit + 1].rpartition(" ")[0] or line[:limit]
    return cut.rstrip(" ,;，、；") + ("……" if language == "zh" else " …")


def _plain(kind: Kind, text: str, language: Language) -> Paragraph:
    return Paragraph(kind, (Run(text, language),))
