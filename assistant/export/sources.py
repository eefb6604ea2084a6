"""Citations in a paper: their footnotes, and the list at its end of the documents they are from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.answer import Citation
from assistant.citing import OFFICIAL, QUOTATION_MARKS, UNOFFICIAL, cite
from assistant.export.content import Footnote, Kind, Paragraph, Run
from assistant.export.strings import Strings, strings
from corpus.anchors import covers, label, labels, split_anchor_id, standing_at
from corpus.errors import UnknownDocumentError
from corpus.records import LANGUAGES, Bilingual, Document, Language

_ENDS = tuple("。.!?！？…")
_CLOSES = "”’）)"


@dataclass(frozen=True)
class Sources:
    """The documents that citations are from, as they are written for one reader."""

    reader: Language
    documents: Mapping[str, Document]

    @property
    def words(self) -> Strings:
        """The fixed words of the reader's language."""
        return strings(self.reader)

    def document(self, citation: Citation) -> Document:
        """The document of a citation.

        Raises:
            UnknownDocumentError: it is not among the documents.
        """
        try:
            return self.documents[citation.document.id]
        except KeyError:
            raise UnknownDocumentError(
                f"{citation.document.id!r} is cited and not among the documents",
                "each document that the conversation cites",
                "ask again, so that the answer cites what the library now holds",
                zh=f"所引文件“{citation.document.id}”已不在文件库中；导出需要所引的每一份文件；请重新提问后再导出",
            ) from None

    def name(self, citation: Citation) -> str:
        """A citation in a few words, for headings and lists: its document by its short title, and its label."""
        title = self.document(citation).short_title(self.reader)
        written = label(_anchor(citation), self.reader)
        return self.words.named.format(document=title[:1].upper() + title[1:], label=written)

    def quotation(self, text: str, language: Language) -> tuple[Run, Run, Run]:
        """A text in the reader's quotation marks."""
        opening, closing = QUOTATION_MARKS
        return Run(opening, self.reader), Run(text, language), Run(closing, self.reader)

    def footnote(self, citations: Sequence[Citation], text: str) -> Footnote:
        """The footnote of a text: each citation in full with its standing, and its words where the text has others.

        Every footnote is written in full, for delegates paste a part of a paper and not the whole: "see note 1" would
        then say nothing, and a text would stand without its standing.

        Args:
            citations: what the text rests on. Behind a text quoted from the first, others say the same: see also.
            text: what stands before the footnote, without quotation marks.
        """
        runs: list[Run] = []
        is_quoted = bool(citations) and text in citations[0].quote
        for citation in citations:
            own_words = text not in citation.quote
            source = cite(self.document(citation), _anchor(citation), self.reader, official=citation.official)
            if own_words and is_quoted:
                source = self.words.see_also.format(source=source)
            if runs:
                runs.append(Run(self.words.gap, self.reader))
            runs += self._source(citation, source, own_words)
        return Footnote(tuple(run for run in runs if run.text))

    def listed(self, cited: Sequence[Citation], leads: Sequence[Citation]) -> list[Paragraph]:
        """The documents of citations and of leads, each with what is known of it; nothing where there are neither."""
        found = {citation.document.id: self.document(citation) for citation in (*cited, *leads)}
        paragraphs = [self._paragraph("heading", self.words.sources)] if found else []
        for doc_id, document in found.items():
            title = document.title(self.reader)
            paragraphs.append(self._paragraph("subheading", title[:1].upper() + title[1:]))
            here = [[c for c in each if c.document.id == doc_id] for each in (cited, leads)]
            paragraphs += [self._paragraph("item", line) for line in self._facts(document, *here)]
        return paragraphs

    def _source(self, citation: Citation, source: str, own_words: bool) -> Iterator[Run]:
        """One citation of a footnote, as sentences: the source, its words where they are to be given, its standing."""
        words = self.words
        if own_words:
            yield Run(words.introduced.format(source=source), self.reader)
            yield from self.quotation(citation.quote, citation.language)
            yield Run(self._stop(citation.quote), self.reader)
        else:
            yield Run(source + self._stop(source), self.reader)
        if notes := self._notes(standing_at(self.document(citation), _anchor(citation))):
            yield Run(words.gap + words.standing.format(notes=notes), self.reader)

    def _facts(self, document: Document, cited: Sequence[Citation], leads: Sequence[Citation]) -> Iterator[str]:
        words, reader = self.words, self.reader
        yield words.symbol.format(symbol=self._symbol(document))
        if meeting := self._meeting(document):
            yield words.meeting.format(meeting=meeting)
        anchors = [[_anchor(citation) for citation in each] for each in (cited, leads)]
        for line, each in zip((words.cited, words.led_to), anchors, strict=True):
            if each:
                yield line.format(labels=labels(each, reader))
        yield words.quoted_text.format(texts=words.list_stop.join(self._texts((*cited, *leads))))
        every = tuple(dict.fromkeys((*anchors[0], *anchors[1])))
        for note in document.standing:
            covered = [anchor for anchor in every if covers(note.covers, anchor)]
            if len(covered) == len(every):
                yield words.standing.format(notes=note.text.get(reader))
            elif covered:
                yield words.standing_of.format(labels=labels(covered, reader), notes=note.text.get(reader))

    def _symbol(self, document: Document) -> str:
        if document.symbol is None:
            return self.words.symbol_unknown
        confirmed = document.symbol_status == "confirmed"
        return document.symbol if confirmed else self.words.symbol_inferred.format(symbol=document.symbol)

    def _meeting(self, document: Document) -> str:
        """The meeting of a document as far as it is known, in the order of the language."""
        body, session, dates, place = document.body, document.session, document.dates, document.place
        if self.reader == "zh":
            return "，".join(fact for fact in (body.zh + session.zh, dates.zh, place.zh) if fact)
        return ", ".join(fact.en for fact in (body, session, place, dates) if fact.en)

    def _texts(self, citations: Sequence[Citation]) -> Iterator[str]:
        """The languages that are quoted, each with whether its text is the United Nations' own."""
        for language in LANGUAGES:
            official = [citation.official for citation in citations if citation.language == language]
            if official:
                name = self.words.chinese if language == "zh" else self.words.english
                yield name.format(status=(OFFICIAL if all(official) else UNOFFICIAL).get(self.reader))

    def _notes(self, standing: Iterable[Bilingual]) -> str:
        notes = [note.get(self.reader) for note in standing]
        return self.words.gap.join(note + self._stop(note) for note in notes)

    def _stop(self, text: str) -> str:
        """The full stop that a text lacks, nothing where it ends as a sentence does."""
        return "" if text.rstrip(_CLOSES).endswith(_ENDS) else self.words.full_stop

    def _paragraph(self, kind: Kind, text: str) -> Paragraph:
        return Paragraph(kind, (Run(text, self.reader),))


def _anchor(citation: Citation) -> str:
    return split_anchor_id(citation.anchor)[1]
