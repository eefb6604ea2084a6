"""Passages to the sentences of an extractive answer: which, how many, in which order. Every one is verbatim."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.asked import share_ungiven
from assistant.comparing import asks_for_two
from assistant.concepts import covered
from assistant.expected import asks_for_every, asks_for_list, fit
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
    beside = passages[1] if asks_for_two(question.plain) and len(passages) > 1 else None
    chosen: list[Quoted] = []
    twin = _twin(question, best, passages[1:_TWINS], index, weights)
    joined = _joined(question, [p for p in passages if p is not twin], index, weights)
    for passage in passages:
        if passage not in (best, beside) and passage not in joined:
            continue
        room = weights.sentences if passage is best else 1
        # A fact is the sentence that holds it; a short point on a topic is quoted whole.
        whole = not question.expected and len(passage.unit.text) <= weights.short_unit
        values = _sentence_values(question, passage, index, weights)
        chosen += _spans(passage, values, room, whole or (listed and bool(passage.unit.subitems)), weights)
    if twin is not None and chosen:
        same = _spans(twin, _sentence_values(question, twin, index, weights), 1, True, weights)
        chosen[0] = replace(chosen[0], twin=same[0])
    return chosen


# A paragraph that says that a list follows, which may run on in its sentence without labels.
_OPENS_LIST = re.compile(r"下列|以下|如下|\bfollowing\b", re.IGNORECASE)


def _joined(
    question: Question, passages: Sequence[Passage], index: WordIndex, weights: CompositionWeights
) -> list[Passage]:
    """The passages that answer beside the best one.

    Those whose score stands close to its, the gap growing or shrinking with how much less of the question's topic their
    best sentence holds and how much less they give of what is demanded. Closer for a fact than for a list, farther
    where every paragraph is asked for that says something; none beside a paragraph that is the list.
    """
    best = passages[0]
    every, listed = asks_for_every(question.plain), asks_for_list(question.plain)
    if listed and not every and (best.unit.subitems or _OPENS_LIST.search(best.unit.text)):
        return []
    close = weights.close_of_every if every else weights.close_in_list if listed else weights.close_passage
    top = max(_sentence_values(question, best, index, weights).values(), default=0.0)
    share, ungiven = _topic_share(question, best, index), _ungiven(question, best)
    joined: list[Passage] = []
    for passage in passages[1 : weights.passages_of_every if every else weights.passages]:
        gap = best.score - passage.score
        gap += weights.topic_gap * (share - _topic_share(question, passage, index))
        gap += weights.ungiven_gap * (_ungiven(question, passage) - ungiven)
        peak = max(_sentence_values(question, passage, index, weights).values(), default=0.0)
        if gap <= close and peak >= weights.close_sentence * top:
            joined.append(passage)
    return joined


def _topic_share(question: Question, passage: Passage, index: WordIndex) -> float:
    """The largest share of the question's topic that one sentence of a passage holds, 0 to 1."""
    unit = passage.unit
    topic = question.topic[unit.language]
    rarities = index.rarities(topic, unit.language)
    texts = [unit.text[s.start : s.end] for s in unit.sentences] or [unit.text]
    return max(covered(topic, rarities, text) for text in texts)


def _ungiven(question: Question, passage: Passage) -> float:
    return share_ungiven(passage.unit.text, question.plain, passage.unit.language)


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
    picked = {p for p in ranked[:room] if values[p] >= weights.further_sentence * peak}
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
