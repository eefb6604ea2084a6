"""The functions that programs call. Their docstrings are what language models and engineers read of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, cast

from assistant.answer import Answer, DocumentRef, Evidence, Hit
from corpus.anchors import label
from corpus.library import Library
from corpus.records import Document, Unit
from corpus.records import Language as Languages
from web.access import Reader
from web.programs import arguments, results
from web.programs.arguments import FIRST_LANGUAGE
from web.programs.caller import caller


class Answers(Protocol):
    """What the functions need of an assistant."""

    def ask(
        self,
        question: str,
        history: Sequence[tuple[str, Answer]] = (),
        language: Languages | None = None,
        documents: Sequence[str] = (),
    ) -> Answer:
        """The answer to a question; raises a RapporteurError where it cannot be asked."""

    def search(
        self,
        question: str,
        k: int = 10,
        documents: Sequence[str] = (),
        *,
        history: Sequence[tuple[str, Answer]] = (),
    ) -> list[Hit]:
        """The best units for a question; raises a RapporteurError where it cannot be asked."""

    def evidence(
        self,
        anchor_id: str,
        language: Languages | None = None,
        reader: Languages = "zh",
        before: int = 2,
        after: int = 2,
    ) -> Evidence:
        """A unit in its place; raises a RapporteurError where there is none."""


#: What each reader sees.
Sight = Callable[[Reader], tuple[Answers, Library]]


class Functions:
    """``ask``, ``search``, ``show_unit`` and ``list_documents`` over an assistant and its library."""

    def __init__(self, assistant: Answers, library: Library, sight: Sight | None = None) -> None:
        """Over an assistant and its library; ``sight`` gives what each reader sees, where they own documents."""
        self._whole, self._sight = (assistant, library), sight

    def _seen(self) -> tuple[Answers, Library]:
        """What the reader sees who calls."""
        return self._sight(caller()) if self._sight else self._whole

    @property
    def answering(self) -> tuple[Callable[..., Any], ...]:
        """Those that search the documents, which takes a while."""
        return self.ask, self.search

    @property
    def looking_up(self) -> tuple[Callable[..., Any], ...]:
        """Those that read from the library, which takes no time."""
        return self.show_unit, self.list_documents

    def ask(
        self,
        question: arguments.Question,
        language: arguments.Language = None,
        documents: arguments.Documents = None,
        history: arguments.History = None,
    ) -> results.AskResult:
        """Answer a question about the documents of a United Nations meeting, or say that they do not answer it.

        Every sentence of the answer is quoted from a paragraph, discussion point or operative paragraph, or worded by a
        language model and checked against it (see mode), and names its citation; each citation has its address
        (anchor), its label as delegates cite it, the quotation with its place in the text, and the standing of that
        text (adopted, a draft, not negotiated, an unofficial translation), which belongs with whatever is repeated from
        it. Where abstained is true there is no answer: reason says what was looked for and not found, and leads are the
        nearest units, not an answer. Ask in Chinese or English, one question at a time; a follow-up needs the earlier
        results in history.
        """
        answer = self._seen()[0].ask(question, _turns(history), language, documents or ())
        return cast(results.AskResult, answer.to_dict())

    def search(
        self,
        question: arguments.Question,
        k: arguments.Hits = 10,
        documents: arguments.Documents = None,
        history: arguments.History = None,
    ) -> results.SearchResult:
        """Find the paragraphs, discussion points and operative paragraphs that fit a question best, best first.

        For reading more than ask quotes. A reference that the question names (report, discussion point 10) comes
        before what is like it. A hit is no proof that the documents answer the question: only ask judges that.
        """
        found = self._seen()[0].search(question, k, documents or (), history=_turns(history))
        return {"hits": [cast(results.Hit, hit.to_dict()) for hit in found]}

    def show_unit(
        self,
        anchor: arguments.Anchor,
        language: arguments.TextLanguage = None,
        before: arguments.Before = 2,
        after: arguments.After = 2,
    ) -> results.UnitResult:
        """Show one paragraph, discussion point or operative paragraph in its place: whole, with those around it.

        Gives its text and footnotes, the headings it stands under, what the text is worth, and the same unit in the
        other language where the library holds it. For checking a citation, and for reading on.
        """
        reader = language or FIRST_LANGUAGE
        assistant, _ = self._seen()
        evidence = assistant.evidence(anchor, reader, reader, before, after)
        unit, document = evidence.unit, evidence.document
        name = DocumentRef(
            document.doc_id,
            document.title(reader),
            document.short_title(reader),
            document.symbol,
            document.symbol_status,
        )
        return {
            "anchor": unit.anchor_id,
            "language": unit.language,
            "label": evidence.label,
            "kind": unit.kind,
            "number": unit.number,
            "heading_path": list(unit.heading_path),
            "text": unit.text,
            "official": evidence.official,
            "standing": list(evidence.standing),
            "document": cast(results.DocumentName, name.to_dict()),
            "footnotes": [{"mark": note.mark, "text": note.text, "at": note.at} for note in unit.footnotes],
            "before": [_neighbour(each, reader) for each in evidence.before],
            "after": [_neighbour(each, reader) for each in evidence.after],
            "other_language": _other_language(assistant, unit, reader),
        }

    def list_documents(self, language: arguments.TitleLanguage = None) -> results.DocumentsResult:
        """List the documents that can be asked, newest first.

        Gives each one's id, title, symbol, date, kind, the languages it exists in (and whether as official text), and
        what its texts are worth. The ids are what the documents argument of ask and search takes.
        """
        reader = language or FIRST_LANGUAGE
        _, library = self._seen()
        return {"documents": [_described(library, document, reader) for document in library.documents()]}


def _other_language(assistant: Answers, unit: Unit, reader: Languages) -> results.OtherLanguage | None:
    wanted: Languages = "en" if unit.language == "zh" else "zh"
    other = assistant.evidence(unit.anchor_id, wanted, reader, 0, 0)
    # Where there is no version in the wanted language, the assistant gives the one there is.
    if other.unit.language != wanted:
        return None
    return {"language": wanted, "text": other.unit.text, "official": other.official}


def _described(library: Library, document: Document, reader: Languages) -> results.DocumentResult:
    return {
        "id": document.doc_id,
        "title": document.title(reader),
        "symbol": document.symbol,
        "symbol_status": document.symbol_status,
        "date": document.dates.get(reader),
        "year": document.year,
        "kind": document.kind,
        "languages": [
            {
                "language": version.language,
                "official": version.official,
                "units": len(library.units(document.doc_id, version.language)),
            }
            for version in document.versions
        ],
        "standing": [
            {
                "text": note.text.get(reader),
                "rests_on": f"{document.doc_id}#{note.rests_on}",
                "covers": list(note.covers),
            }
            for note in document.standing
        ],
    }


def _turns(history: arguments.History) -> list[tuple[str, Answer]]:
    return [earlier.turn() for earlier in history or ()]


def _neighbour(unit: Unit, reader: Languages) -> results.Neighbour:
    return {"anchor": unit.anchor_id, "label": label(unit.anchor, reader), "text": unit.text}
