"""Retrieval that is done once for a question, however often an evaluation has it searched for and asked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from assistant.question import Question
from assistant.respond import PASSAGES
from assistant.retrieve import Passage, QuestionEncoder, Retriever
from corpus.records import LANGUAGES, Language

#: As many as an answer is chosen from, and one for what leaves out the first.
_MOST = PASSAGES + 1


class Remembering:
    """A model that encodes a question once, however many libraries are asked."""

    def __init__(self, encoder: QuestionEncoder) -> None:
        self.encode_question = cache(encoder.encode_question)


class Once(Retriever):
    """Ranks a question once over a library that does not change; fewer passages are the first of more."""

    def __init__(self, *of: Any) -> None:
        super().__init__(*of)
        self._known: dict[str, list[Passage]] = {}

    def retrieve(
        self,
        question: Question,
        limit: int,
        documents: Sequence[str] = (),
        languages: Sequence[Language] = LANGUAGES,
        shown: Sequence[Language] = LANGUAGES,
    ) -> list[Passage]:
        assert limit <= _MOST
        asked = repr((question, documents, languages, shown))
        if asked not in self._known:
            self._known[asked] = super().retrieve(question, _MOST, documents, languages, shown)
        return self._known[asked][:limit]
