"""Which units of the library are on a topic, and which of their sentences.

A sentence is on the topic that holds its words, in whatever form and in either language; one that holds some of them
is where the paragraph is near to it by meaning as well. Set phrases that stand in nearly every paragraph, such as the
title of the protocol, say nothing of the topic and are not looked at.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.briefing.sight import Seen, Sight, spans_of
from assistant.briefing.subject import Subject
from assistant.briefing.weights import BRIEFING, ON_TOPIC
from assistant.briefing.wording import Wording, wording
from assistant.question import Question
from assistant.retrieve import Passage, Retriever
from assistant.words import WordIndex
from corpus.library import Library
from corpus.records import LANGUAGES, Language, Sentence, Unit

_PUT = re.compile(r"供工作组审议|consideration (?:of|by) the Working Group", re.IGNORECASE)

# Paragraphs that say one thing after another.
_OF_SEVERAL = frozenset(("paragraph", "unnumbered", "item_paragraph"))


@dataclass(frozen=True)
class OnTopic:
    """A unit on the topic, as it is shown: the sentences to quote, in order, and how near it is, best is 1.

    ``every`` are all its sentences that are on the topic.
    """

    unit: Unit
    sentences: tuple[Sentence, ...]
    every: tuple[Sentence, ...]
    near: float
    share: float


@dataclass(frozen=True)
class Evidence:
    """What speaks for a unit's being on a topic: what its versions hold of it, and how near it is, best is 1."""

    units: tuple[Unit, ...]
    seen: tuple[Seen, ...]
    near: float

    @property
    def best(self) -> float:
        """The share of the topic that its best sentence holds, of the version that holds most."""
        return max(each.best for each in self.seen)

    @property
    def core(self) -> float:
        """How surely every version speaks of the rarest thing of the topic."""
        return min(each.core for each in self.seen)

    @property
    def features(self) -> tuple[float, ...]:
        """What :data:`assistant.briefing.weights.ON_TOPIC` weighs."""
        n = len(self.seen)
        best, unit, core, first = (
            sum(values) / n
            for values in zip(*((s.best, s.unit, s.core, s.sentences[0]) for s in self.seen), strict=True)
        )
        return best, unit, core, self.core, first, self.near

    @property
    def probability(self) -> float:
        """How likely it is on the topic."""
        total = sum(weight * value for weight, value in zip(ON_TOPIC[1:], self.features, strict=True))
        return 1 / (1 + math.exp(-ON_TOPIC[0] - total))

    @property
    def is_on_topic(self) -> bool:
        """Whether it is likely enough; where a translation has other words, they may mean another thing here.

        So it is with an agenda that "marks the anniversary", which is near to no topic on marking.
        """
        if not self.core and self.near < BRIEFING.near_enough:
            return False
        return self.probability >= BRIEFING.on_topic


class Relevance:
    """Finds what is on a topic. Of one generation of the library."""

    def __init__(self, library: Library, retriever: Retriever) -> None:
        self._library, self._retriever = library, retriever

    @property
    def index(self) -> WordIndex:
        return self._retriever.words

    def rare(self, question: Question) -> float:
        """How rare the words of a question are together."""
        return sum(self.index.rarities(question.concepts[question.language], question.language))

    def find(self, subject: Subject, documents: Sequence[str], shown: Language) -> list[OnTopic]:
        """The units on a topic, best first, each in the language it is shown in.

        Where none holds enough of it, those that hold what it names: of what is said of the instrument, if not of its
        implementation.
        """
        found = self._about((*subject.questions, *subject.outcomes), subject, documents, shown)
        if not found:
            rare = tuple(each for each in subject.named if self.rare(each) >= BRIEFING.own_part)
            found = self._about(rare, subject, documents, shown)
        return sorted(found.values(), key=lambda each: (-each.near, each.unit.anchor_id))

    def _about(
        self, questions: Sequence[Question], subject: Subject, documents: Sequence[str], shown: Language
    ) -> dict[str, OnTopic]:
        found: dict[str, OnTopic] = {}
        plans = {document.doc_id for document in self._library.documents() if document.kind == "agenda"}
        for question in questions:
            for each in self._of_aspect(question, subject, documents, shown):
                if question in subject.outcomes and (each.unit.doc_id in plans or _is_put_to_meeting(each)):
                    continue
                known = found.get(each.unit.anchor_id)
                found[each.unit.anchor_id] = _joined(known, each) if known else each
        return found

    def _of_aspect(
        self, question: Question, subject: Subject, documents: Sequence[str], shown: Language
    ) -> list[OnTopic]:
        passages = {passage.unit.anchor_id: passage for passage in self._passages(question, documents)}
        if not passages:
            return []
        evidence = self.evidence(question, subject, passages, documents)
        chosen = []
        for anchor_id, each in evidence.items():
            if not each.is_on_topic or (question in subject.outcomes and each.best < BRIEFING.outcome):
                continue
            at = next((at for at, unit in enumerate(each.units) if unit.language == shown), 0)
            unit, seen = each.units[at], each.seen[at]
            sentences = _sentences(unit, seen.sentences, passages.get(anchor_id))
            chosen.append(OnTopic(unit, *sentences, each.near, each.best))
        # Nothing is near where nothing speaks of it.
        return chosen if any(each.share >= BRIEFING.share for each in chosen) else []

    def _passages(self, question: Question, documents: Sequence[str]) -> list[Passage]:
        return self._retriever.retrieve(question, BRIEFING.passages, documents)

    def evidence(
        self, question: Question, subject: Subject, passages: Mapping[str, Passage], documents: Sequence[str]
    ) -> dict[str, Evidence]:
        """What speaks for each unit's being on an aspect of a topic, by anchor id."""
        top = max(passage.score for passage in passages.values())
        worded = {language: wording(question, language) for language in LANGUAGES}
        versions = self._versions(worded, passages, documents)
        every = [unit for units in versions.values() for unit in units]
        sights = {
            language: Sight(
                worded[language], language, subject.text, (unit for unit in every if unit.language == language),
                self._count(language),
            )
            for language in LANGUAGES
        }  # fmt: skip
        return {
            anchor_id: Evidence(
                units,
                tuple(sights[unit.language].see(unit) for unit in units),
                passages[anchor_id].score / top if anchor_id in passages and top > 0 else 0.0,
            )
            for anchor_id, units in versions.items()
        }

    def _versions(
        self, worded: Mapping[Language, Wording], passages: Mapping[str, Passage], documents: Sequence[str]
    ) -> dict[str, tuple[Unit, ...]]:
        """All language versions of what may be on the topic: what was found, and what else holds its words."""
        ids: set[int] = set()
        for language in LANGUAGES:
            among = set(self._library.unit_ids(language, documents)) if documents else None
            for unit_id, share in self.index.scores(worded[language].concepts, language).items():
                if share >= BRIEFING.share / 2 and (among is None or unit_id in among):
                    ids.add(unit_id)
        every = {i for of in self._library.versions_of(ids).values() for i in of}
        units = list(self._library.units_by_id(every).values())
        found: dict[str, dict[Language, Unit]] = {}
        for unit in (*units, *(passage.unit for passage in passages.values())):
            found.setdefault(unit.anchor_id, {})[unit.language] = unit
        for versions in found.values():
            one = next(iter(versions.values()))
            for language in LANGUAGES:
                if language not in versions:
                    other = self._library.unit(one.doc_id, one.anchor, language)
                    versions[other.language] = other
        return {anchor_id: tuple(versions.values()) for anchor_id, versions in found.items()}

    def _count(self, language: Language) -> int:
        return len(self._library.unit_ids(language))


def _is_put_to_meeting(each: OnTopic) -> bool:
    """Whether what is said was put to a meeting, and did not come of it."""
    return all(_PUT.search(each.unit.text[s.start : s.end]) for s in each.sentences)


def _sentences(
    unit: Unit, shares: Sequence[float], passage: Passage | None
) -> tuple[tuple[Sentence, ...], tuple[Sentence, ...]]:
    """The sentences of a unit to quote, and all on the topic: of a short point all, else at least the nearest."""
    spans = tuple(spans_of(unit))
    if unit.kind not in _OF_SEVERAL and len(unit.text) <= BRIEFING.whole:
        return spans, spans
    best = max(shares, default=0.0)
    floor = BRIEFING.share if best >= BRIEFING.share else best
    ranked = sorted(range(len(spans)), key=lambda at: (-shares[at], -_cosine(passage, unit, at), at))
    picked = [at for at in ranked if shares[at] >= floor and shares[at] > 0] or ranked[:1]
    return tuple(spans[at] for at in sorted(picked[: BRIEFING.sentences])), tuple(spans[at] for at in sorted(picked))


def _cosine(passage: Passage | None, unit: Unit, at: int) -> float:
    return passage.sentences.get(at, 0.0) if passage and passage.unit.language == unit.language else 0.0


def _joined(one: OnTopic, other: OnTopic) -> OnTopic:
    """A unit that is on two aspects of a topic, with the sentences on either."""

    def both(some: Sequence[Sentence], others: Sequence[Sentence]) -> tuple[Sentence, ...]:
        return tuple(sorted({*some, *others}, key=lambda each: each.start))

    sentences, every = both(one.sentences, other.sentences), both(one.every, other.every)
    return OnTopic(one.unit, sentences, every, max(one.near, other.near), max(one.share, other.share))
