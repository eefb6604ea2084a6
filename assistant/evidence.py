"""What tells a question that the evidence answers from one that it only touches, as numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.asked import kinds_asked, share_ungiven
from assistant.concepts import held
from assistant.names import names_held
from assistant.question import Name, Question
from assistant.retrieve import Passage
from assistant.standing import presumed_acts
from assistant.words import WordIndex
from corpus.records import Document
from corpus.words import segmenter

#: The features of :func:`weigh`, in order.
FEATURES = (
    "similarity", "tokens", "words", "sentence", "together", "margin", "missing", "ungiven", "ungiven_nearby", "beyond",
    "strange", "elsewhere", "outcome", "english",
)  # fmt: skip

# A sentence that holds this share of what the best one does may be the one that answers.
_NEARLY = 0.6
_OUTCOMES = frozenset(("adopted", "agreed", "decided", "recommended"))
# A name in English: a capital that opens no sentence, or a word all in capitals.
_CAPITALS = re.compile(r"(?<=[a-z,;'] )[A-Z][a-z]{2,}|\b[A-Z]{2,}[A-Z0-9-]*\b")


@dataclass(frozen=True)
class Evidence:
    """The numbers of :data:`FEATURES`, and the names in the question that the best passage lacks."""

    features: tuple[float, ...]
    missing: tuple[Name, ...]


def weigh(question: Question, passages: Sequence[Passage], document: Document, index: WordIndex) -> Evidence:
    """The evidence for a question.

    Features: ``similarity`` and ``tokens`` of the best passage (:class:`assistant.retrieve.Passage`); the share of the
    question's topic, weighted by rarity, that the best passage holds (``words``), its best sentence (``sentence``) and
    the best three with their headings (``together``); by how much its tokens fit better than the others' (``margin``);
    whether a year, State, session or instrument is named that is not in it (``missing``); the share of the
    kinds of answer demanded that it does not give at all (``ungiven``), or not beside its best sentence
    (``ungiven_nearby``); whether what is asked is ``beyond`` any document; whether a name in capitals
    stands in no passage of the library (``strange``); whether a meeting is named of which there is no document
    (``elsewhere``); whether what a meeting decided is asked of its agenda (``outcome``); and whether the question is in
    English, whose cosines lie lower.

    Args:
        question: what is asked.
        passages: what was found, best first; at least one.
        document: that of the best passage.
        index: the words of the library.
    """
    best = passages[0]
    language = best.unit.language
    concepts = question.topic[language]
    rarities = index.rarities(concepts, language)
    total = sum(rarities) or 1.0
    texts = [best.unit.text[s.start : s.end] for s in best.unit.sentences] or [best.unit.text]
    cut = [set(segmenter().words(text)) for text in texts]
    own = set().union(*cut)
    around_it = " ".join((*best.unit.heading_path, document.short_title(language)))
    others = [" ".join((*p.unit.heading_path, p.unit.text)) for p in passages[1:3]]
    three = own.union(*(segmenter().words(text) for text in (around_it, *others)))

    def share(words: set[str]) -> float:
        return sum(r * held(c, words) for c, r in zip(concepts, rarities, strict=True)) / total

    shares = [share(words) for words in cut]
    best_share = max(shares)
    near = {i for at, it in enumerate(shares) if it >= _NEARLY * best_share for i in (at - 1, at, at + 1)}
    nearby = " ".join(text for i, text in enumerate(texts) if i in near)
    is_held = names_held(question.names, best.unit, document)
    rest = [p.tokens for p in passages[1:]] or [best.tokens]
    return Evidence(
        (
            best.similarity,
            best.tokens,
            share(own),
            best_share,
            share(three),
            best.tokens - sum(rest) / len(rest),
            float(not all(is_held)),
            share_ungiven(best.unit.text, question.plain, language),
            share_ungiven(nearby, question.plain, language),
            float("beyond" in kinds_asked(question.plain)),
            float(any(_is_strange(name, index) for name in _CAPITALS.findall(question.plain))),
            float(question.elsewhere),
            float(document.kind == "agenda" and bool(presumed_acts(question.plain) & _OUTCOMES)),
            float(question.language == "en"),
        ),
        tuple(name for name, there in zip(question.names, is_held, strict=True) if not there),
    )


def _is_strange(name: str, index: WordIndex) -> bool:
    return not any(index.holds(word) for word in segmenter().words(name))
