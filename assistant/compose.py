"""Passages to the sentences of an extractive answer: which, how many, in which order. Every one is verbatim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.concepts import covered
from assistant.expected import asks_for_list, fit
from assistant.question import Question
from assistant.retrieve import Passage
from assistant.weights import COMPOSITION, CompositionWeights
from assistant.words import WordIndex
from corpus.records import Unit

# Passages among which the same point of another text is looked for: it is found by the same words.
_TWINS = 6


@dataclass(frozen=True)
class Quoted:
    """A span of a unit that goes into the answer, with the score of its passage.

    ``twin`` is the same finding in another text, such as a point of a summary that a report took over: one sentence of
    the answer, with both citations.
    """

    unit: Unit
    start: int
    end: int
    score: float
    twin: Quoted | None = None

    @property
    def text(self) -> str:
        return self.unit.text[self.start : self.end]


def quote_whole(passages: Sequence[Passage]) -> list[Quoted]:
    """All of each unit: the answer to a question that names points by their numbers."""
    return [Quoted(p.unit, 0, len(p.unit.text), p.score) for p in passages]


def quote_sentences(
    question: Question, passages: Sequence[Passage], index: WordIndex, weights: CompositionWeights = COMPOSITION
) -> list[Quoted]:
    """The sentences that answer a question, from the best passage and those that stand close to it.

    A sentence that opens a list of lines takes them
    all along. A sentence that begins by pointing back brings the one before it.
    """
    best = passages[0]
    listed = asks_for_list(question.plain)
    chosen: list[Quoted] = []
    top_value = 0.0
    twin = _twin(question, best, passages[1:_TWINS], index, weights)
    for passage in passages:
        if passage is twin:
            continue
        if passage is not best and (
            best.score - passage.score > (weights.close_in_list if listed else weights.close_passage)
            or len(chosen) >= weights.sentences
        ):
            continue
        values = _sentence_values(question, passage, index, weights)
        peak = max(values.values(), default=0.0)
        if passage is best:
            top_value = peak
        elif peak < weights.close_sentence * top_value:
            continue
        room = weights.sentences - len(chosen) if passage is best else 1
        # A fact is the sentence that holds it; a short point on a topic is quoted whole.
        whole = not question.expected and len(passage.unit.text) <= weights.short_unit
        chosen += _spans(passage, values, room, whole or (listed and bool(passage.unit.subitems)), weights)
    if twin is not None and chosen:
        beside = _spans(twin, _sentence_values(question, twin, index, weights), 1, True, weights)
        chosen[0] = replace(chosen[0], twin=beside[0])
    return chosen


def _twin(
    question: Question, best: Passage, others: Sequence[Passage], index: WordIndex, weights: CompositionWeights
) -> Passage | None:
    """The same point in another document: most of the words of one are the other's. None where a document is named."""
    for other in others:
        named = {best.unit.doc_id, other.unit.doc_id} <= set(question.documents) or not question.documents
        if other.unit.doc_id != best.unit.doc_id and named and other.unit.language == best.unit.language:
            one, two = index.cut(best.unit), index.cut(other.unit)
            if len(one & two) >= weights.twin * max(len(one), len(two)):
                return other
    return None


def _sentence_values(
    question: Question, passage: Passage, index: WordIndex, weights: CompositionWeights
) -> dict[int, float]:
    """What each sentence is worth: its cosine, scaled over the passage, its share of the question's words, its fit."""
    unit = passage.unit
    concepts, words = question.concepts[unit.language], question.words(unit.language)
    rarities = index.rarities(concepts, unit.language)
    low, high = min(passage.sentences.values(), default=0.0), max(passage.sentences.values(), default=0.0)
    values = {}
    for position, sentence in enumerate(unit.sentences):
        held = covered(concepts, rarities, unit.text[sentence.start : sentence.end])
        near = passage.sentences.get(position, low)
        scaled = (near - low) / (high - low) if high > low else 1.0
        fits = [fit(kind, unit.text[sentence.start : sentence.end], words) for kind in question.expected]
        values[position] = weights.similarity * scaled + (1 - weights.similarity) * held
        values[position] += weights.expected_kind * sum(fits) / len(fits) if fits else 0.0
    return values


def _spans(
    passage: Passage, values: Mapping[int, float], room: int, whole: bool, weights: CompositionWeights
) -> list[Quoted]:
    unit = passage.unit
    peak = max(values.values(), default=0.0)
    ranked = sorted(values, key=lambda position: -values[position])
    picked = {p for p in ranked[:room] if values[p] >= weights.close_sentence * peak}
    if whole:
        picked = set(range(len(unit.sentences)))
    for position in sorted(picked):
        if position and len(picked) < room and _points_back(unit, position):
            picked.add(position - 1)
    spans: list[tuple[int, int]] = []
    for position in sorted(picked):
        sentence = unit.sentences[position]
        start, end = sentence.start, sentence.end
        if "\n" in unit.text and unit.subitems and end <= unit.subitems[0].start:
            end = len(unit.text)
        if spans and (start <= spans[-1][1] or not unit.text[spans[-1][1] : start].strip()):
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return [Quoted(unit, start, end, passage.score) for start, end in spans]


_BACK = (*"他 她 它 其 该 这 此 为此 上述".split(), "He ", "She ", "It ", "They ", "This ", "These ", "That ")


def _points_back(unit: Unit, position: int) -> bool:
    sentence = unit.sentences[position]
    return unit.text[sentence.start : sentence.end].startswith(_BACK)
