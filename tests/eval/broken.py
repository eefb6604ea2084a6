"""The assistant broken on purpose, in the ways that would hurt a delegate most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Answer, AnswerSentence
from assistant.question import Question
from assistant.retrieve import Passage, Retriever
from corpus.records import LANGUAGES, Language
from embeddings.snapshot import Query
from tests.once import Once


def numbers_off_by_one(answer: Answer) -> Answer:
    """Each sentence cites the number after its own; the last cites nothing that there is."""
    return replace(
        answer, sentences=tuple(AnswerSentence(s.text, tuple(n + 1 for n in s.citations)) for s in answer.sentences)
    )


def anchors_off_by_one(answer: Answer) -> Answer:
    """Each citation names the paragraph after its own: p21 where the quote is of p20."""

    def after(anchor: str) -> str:
        kept = anchor.rstrip("0123456789")
        return f"{kept}{int(anchor[len(kept) :] or 0) + 1}"

    return replace(answer, citations=tuple(replace(c, anchor=after(c.anchor)) for c in answer.citations))


class SecondBest(Retriever):
    """Never finds what fits best of what another finds."""

    def __init__(self, whole: Retriever) -> None:
        self._whole, self.words = whole, whole.words

    def retrieve(
        self,
        question: Question,
        limit: int,
        documents: Sequence[str] = (),
        languages: Sequence[Language] = LANGUAGES,
        shown: Sequence[Language] = LANGUAGES,
    ) -> list[Passage]:
        return self._whole.retrieve(question, limit + 1, documents, languages, shown)[1:]


class _Fused(Retriever):
    """Plain reciprocal rank fusion (Cormack et al. 2009, k = 60) of dense and lexical ranks, whatever the language."""

    def retrieve(
        self,
        question: Question,
        limit: int,
        documents: Sequence[str] = (),
        languages: Sequence[Language] = LANGUAGES,
        shown: Sequence[Language] = LANGUAGES,
    ) -> list[Passage]:
        del documents, shown
        encoded = self._encode(question.plain)
        query = Query(encoded.vector, encoded.states, question.language, centred=False)
        ranks: list[list[int]] = []
        for language in languages:
            by_words = self.words.scores(question.concepts[language], language)
            ranks.append(self._snapshot.nearest(query, language, 100))
            ranks.append(sorted(by_words, key=lambda i: (-by_words[i], i))[:100])
        fused: dict[int, float] = {}
        for ranking in ranks:
            for rank, i in enumerate(ranking, 1):
                fused[i] = fused.get(i, 0.0) + 1 / (60 + rank)
        units = self._library.units_by_id(fused)
        found: dict[str, Passage] = {}
        for i in sorted(fused, key=lambda i: (-fused[i], i)):
            near = self._snapshot.unit_scores(query, [i], units[i].language)[i]
            sentences = self._snapshot.sentence_scores(query, [i], units[i].language)[i]
            passage = Passage(units[i], fused[i], near, (), 0.0, sentences)
            found.setdefault(units[i].anchor_id, passage)
        return list(found.values())[:limit]


class RanksFused(Once, _Fused):
    """The same, once for a question."""
