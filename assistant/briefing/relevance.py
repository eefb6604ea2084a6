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
from functools import lru_cache

from assistant.asking import ASKING
from assistant.briefing.subject import Subject
from assistant.briefing.weights import BRIEFING
from assistant.concepts import Concept, Form, Topic, held
from assistant.question import Question
from assistant.retrieve import Passage, Retriever
from assistant.words import WordIndex
from corpus.glossary import Found, glossary
from corpus.library import Library
from corpus.normal import normalise
from corpus.records import LANGUAGES, Language, Sentence, Unit
from corpus.words import segmenter

# The field that all the documents are about, as its instruments name it.
_SET_PHRASES: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(r"(?:非法)?(?:制造和贩运)?枪支\s*、?及?其?\s*零部件\s*[和、]\s*弹药"),
    "en": re.compile(
        r"(?:illicit manufacturing (?:of )?and trafficking in )?firearms,? (?:and )?their parts and components and "
        r"ammunition",
        re.IGNORECASE,
    ),
}
_PUT = re.compile(r"供工作组审议|consideration (?:of|by) the Working Group", re.IGNORECASE)
_TITLES = re.compile(r"《[^《》]{4,}》")


_CLAUSES: dict[Language, re.Pattern[str]] = {"zh": re.compile(r"[，；。：,;:]"), "en": re.compile(r"[,;:](?=\s)")}
_SHORT = 4


@lru_cache(maxsize=16384)
def _words(text: str) -> frozenset[str]:
    return frozenset(segmenter().words(text))


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
        passages = self._retriever.retrieve(question, BRIEFING.passages, documents)
        if not passages:
            return []
        by_anchor = {passage.unit.anchor_id: passage for passage in passages}
        top = max(passage.score for passage in passages)
        versions = self._versions(question, by_anchor, documents)
        seen = {
            language: _Sight(_concepts(question, language), language, subject.text, versions, self._count(language))
            for language in LANGUAGES
        }
        chosen = []
        for anchor_id, units in versions.items():
            shares = {unit.language: seen[unit.language].shares(unit) for unit in units}
            of_versions = [max(each, default=0.0) for each in shares.values()]
            best = max(of_versions, default=0.0)
            core = question is subject.questions[0] and any(seen[unit.language].holds_core(unit) for unit in units)
            passage = by_anchor.get(anchor_id)
            near = passage.score / top if passage and top > 0 else 0.0
            # What is near by its set phrases alone is near to everything.
            plain = passage is not None and passage.words <= best + BRIEFING.set_phrase
            if min(of_versions) < BRIEFING.translated and near < BRIEFING.near_enough:
                # Its words mean another thing here, for the translation has others: "marks the anniversary".
                continue
            if not _is_on_topic(best, near if plain and question is subject.questions[0] else 0.0, core):
                continue
            unit = next((unit for unit in units if unit.language == shown), units[0])
            chosen.append(OnTopic(unit, *_sentences(unit, shares[unit.language], passage), near, best))
        # Nothing is near where nothing speaks of it.
        return chosen if any(each.share >= BRIEFING.share for each in chosen) else []

    def _versions(
        self, question: Question, passages: Mapping[str, Passage], documents: Sequence[str]
    ) -> dict[str, tuple[Unit, ...]]:
        """All language versions of what may be on the topic: what was found, and what else holds its words."""
        ids: set[int] = set()
        for language in LANGUAGES:
            among = set(self._library.unit_ids(language, documents)) if documents else None
            for unit_id, share in self.index.scores(question.concepts[language], language).items():
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


class _Sight:
    """How much of a topic sentences of one language hold, their set phrases left out."""

    def __init__(
        self, concepts: Sequence[Concept], language: Language, subject: str, versions: Mapping[str, tuple[Unit, ...]],
        total: int,
    ) -> None:  # fmt: skip
        self._language, self._subject = language, normalise(subject)
        self._kept = {found.term for found in glossary().find(subject, language)}
        # The words of a short topic belong together; those of a long one lie over a sentence.
        self._parting = _CLAUSES[language] if len(concepts) <= _SHORT else None
        self._words: dict[str, list[list[frozenset[str]]]] = {
            unit.anchor_id: self._cut(unit)
            for units in versions.values()
            for unit in units
            if unit.language == language
        }
        speaking = [
            sum(
                max((held(concept, words) for each in of for words in each), default=0.0) for of in self._words.values()
            )
            for concept in concepts
        ]
        # As of the word index, over what is left of the texts.
        rarities = [math.log(1 + (max(total - n, 0) + 0.5) / (n + 0.5)) for n in speaking]
        self._topic = Topic(concepts, rarities)
        # Of two words both are needed; of more, the one that few texts have and some of the others.
        rarest = max(range(len(rarities)), key=rarities.__getitem__, default=0)
        self._core = concepts[rarest] if len(concepts) > 2 else None

    def shares(self, unit: Unit) -> list[float]:
        """The share of the topic that each sentence of a unit holds, 0 to 1."""
        return [max(map(self._topic.share, each), default=0.0) for each in self._words.get(unit.anchor_id, ())]

    def holds_core(self, unit: Unit) -> bool:
        """Whether a sentence of a unit holds the rarest of the topic's words, where it has more than two."""
        return self._core is not None and any(
            held(self._core, words) for each in self._words.get(unit.anchor_id, ()) for words in each
        )

    def _cut(self, unit: Unit) -> list[list[frozenset[str]]]:
        """The words of each part of each sentence of a unit."""
        spans = unit.sentences or (Sentence(0, len(unit.text)),)
        texts = (self._plain(unit.text[s.start : s.end]) for s in spans)
        return [[_words(part) for part in (self._parting.split(text) if self._parting else [text])] for text in texts]

    def _plain(self, text: str) -> str:
        """A sentence without set phrases, titles and longer terms, of which the topic's words are a part."""
        text = _SET_PHRASES[self._language].sub(" ", normalise(text))
        if "《" not in self._subject:
            text = _TITLES.sub(" ", text)
        return text


def _concepts(question: Question, language: Language) -> tuple[Concept, ...]:
    """The concepts of a topic, a term of the glossary as one thing and not as many as it has words.

    A part of a term stands for it as far as ``BRIEFING.of_term``.
    """
    if language != question.language:
        return question.concepts[language]
    terms = {found.term: found.surface for found in glossary().find(question.plain, language) if _is_term(found)}
    within = {word for surface in terms.values() for word in segmenter().words(surface)}
    concepts: list[Concept] = []
    for term, surface in terms.items():
        whole = [Form(words) for form in (surface, *term.forms(language)) if (words := _content(form))]
        parts = [Form((word,), BRIEFING.of_term) for word in _content(surface)] if len(_content(surface)) > 1 else []
        concepts.append((*dict.fromkeys(whole), *parts))
    own = (each for each in question.concepts[language] if each[0].words[0] not in within)
    return (*concepts, *own)


def _is_term(found: Found) -> bool:
    return found.term.kind == "term"


def _content(text: str) -> tuple[str, ...]:
    return tuple(word for word in segmenter().words(text) if word not in ASKING)


def _is_on_topic(share: float, near: float, core: bool) -> bool:
    if share >= BRIEFING.share or (core and share >= BRIEFING.share_with_core):
        return True
    return near >= BRIEFING.near and share >= BRIEFING.some


def _is_put_to_meeting(each: OnTopic) -> bool:
    """Whether what is said was put to a meeting, and did not come of it."""
    return all(_PUT.search(each.unit.text[s.start : s.end]) for s in each.sentences)


def _sentences(
    unit: Unit, shares: Sequence[float], passage: Passage | None
) -> tuple[tuple[Sentence, ...], tuple[Sentence, ...]]:
    """The sentences of a unit to quote, and all on the topic: of a short point all, else at least the nearest."""
    spans = unit.sentences or (Sentence(0, len(unit.text)),)
    if unit.kind != "paragraph" and unit.kind != "unnumbered" and len(unit.text) <= BRIEFING.whole:
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
