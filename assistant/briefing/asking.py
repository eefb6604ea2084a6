"""What an assistant does with a topic: it writes a briefing note on it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from assistant.briefing.draft import Draft
from assistant.briefing.finish import AS_MADE, Choices, finish
from assistant.briefing.records import Note
from assistant.briefing.rewording import Quotations, Worded, put_in, quotations
from assistant.briefing.writing import Means, drafted
from assistant.claims import SentenceEncoder
from assistant.generate.configured import none_configured
from assistant.live import Live
from corpus.library import Library
from corpus.records import Language

if TYPE_CHECKING:
    from assistant.engine import Assistant
    from assistant.generate.writing import Writer


class Briefs:
    """The part of an assistant that writes briefing notes, with all that it can do else."""

    _live: Live
    _library: Library
    _encoder: SentenceEncoder
    _writer: Writer | None

    def brief(
        self,
        topic: str = "",
        item: str = "",
        documents: Sequence[str] = (),
        language: Language | None = None,
        choices: Choices = AS_MADE,
        polish: bool = False,
        again: bool = True,
    ) -> Note:
        """A briefing note on a topic or on an agenda item: what the documents hold on it, every sentence cited.

        Args:
            topic: in Chinese or English; empty where there is an item.
            item: its number in the newest agenda, such as ``2`` or ``1(b)``.
            documents: ids of the documents to keep to; all where empty.
            language: of the note; that of the topic where None, Chinese for an item.
            choices: lines left out or pinned, and sections switched off.
            polish: whether the language model puts quoted sentences into connected ones, each checked
                (docs/language-model.md). What does not stand leaves the quotations; ``check.polish`` counts.
            again: whether the model is asked once more where it fell short of this very note before.

        Raises:
            QuestionError: there is no topic and no item, both, or a topic that cannot be looked for.
            UnknownDocumentError: a document of ``documents`` is not in the library.
            UnknownItemError: no agenda has that item.
            LanguageModelError: it is to be polished, and no language model is configured.
        """
        if polish and self._writer is None:
            raise none_configured()
        wanted = (topic, item, tuple(documents), language)
        with self._live.answering():
            note, draft = self._drafted(*wanted)
            given = quotations(draft, self._library, note.language) if polish else {}
            if self._writer is None or not given:
                return finish(note, draft, choices, self._library)
            generation = self._library.generation()
        # What takes long comes while the library is free for who changes it.
        began = time.perf_counter()
        worded = self._writer.polisher.polish(given, note.language, self._encoder, again)
        ms = (time.perf_counter() - began) * 1000
        with self._live.answering():
            if self._library.generation() != generation:
                note, draft, given = self._anew(*wanted)
                # What was written of other quotations than there are now is of no use.
                worded = self._writer.polisher.kept(given, note.language) or Worded(
                    removed=worded.removed, shortfall=worded.shortfall or "cut"
                )
            note = replace(note, timings_ms={**note.timings_ms, "polish": ms})
            return finish(note, put_in(draft, given, worded, note.language), choices, self._library, worded)

    def _anew(
        self, topic: str, item: str, documents: Sequence[str], language: Language | None
    ) -> tuple[Note, Draft, Quotations]:
        note, draft = self._drafted(topic, item, documents, language)
        return note, draft, quotations(draft, self._library, note.language)

    def _drafted(
        self, topic: str, item: str, documents: Sequence[str], language: Language | None
    ) -> tuple[Note, Draft]:
        # It is a part of the assistant, whose other parts it asks; what it looks up is in quotations whoever words
        # the answers.
        assistant = cast("Assistant", self).worded_by(None)
        means = Means(
            library=assistant.library,
            retriever=self._live.now.responder.retriever,
            ask=lambda question, reader: assistant.ask(question, language=reader, documents=documents),
            compare=assistant.compare,
            ledger=lambda among, reader: assistant.ledger(documents=among, language=reader),
        )
        return drafted(means, topic, item, documents, language)
