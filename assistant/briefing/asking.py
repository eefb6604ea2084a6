"""What an assistant does with a topic: it writes a briefing note on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from assistant.briefing.finish import AS_MADE, Choices
from assistant.briefing.records import Note
from assistant.briefing.writing import Means, write
from assistant.live import Live, of_one_generation
from corpus.records import Language

if TYPE_CHECKING:
    from assistant.engine import Assistant


class Briefs:
    """The part of an assistant that writes briefing notes, with all that it can do else."""

    _live: Live

    @of_one_generation
    def brief(
        self,
        topic: str = "",
        item: str = "",
        documents: Sequence[str] = (),
        language: Language | None = None,
        choices: Choices = AS_MADE,
    ) -> Note:
        """A briefing note on a topic or on an agenda item: what the documents hold on it, every sentence cited.

        Args:
            topic: in Chinese or English; empty where there is an item.
            item: its number in the newest agenda, such as ``2`` or ``1(b)``.
            documents: ids of the documents to keep to; all where empty.
            language: of the note; that of the topic where None, Chinese for an item.
            choices: lines left out or pinned, and sections switched off.

        Raises:
            QuestionError: there is no topic and no item, both, or a topic that cannot be looked for.
            UnknownDocumentError: a document of ``documents`` is not in the library.
            UnknownItemError: no agenda has that item.
        """
        # It is a part of the assistant, whose other parts it asks.
        assistant = cast("Assistant", self)
        means = Means(
            library=assistant.library,
            retriever=self._live.now.responder.retriever,
            ask=lambda question, reader: assistant.ask(question, language=reader, documents=documents),
            compare=assistant.compare,
            ledger=lambda among, reader: assistant.ledger(documents=among, language=reader),
        )
        return write(means, topic, item, documents, language, choices)
