"""What tells a question that the evidence answers from one that it only touches, as numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.asked import kinds_asked, share_ungiven
from assistant.concepts import Topic, held
from assistant.counted import counted, has_number_beside
from assistant.names import names_held
from assistant.question import Name, Question
from assistant.retrieve import Passage
from assistant.standing import presumed_acts
from assistant.token_fit import TOKEN_FEATURES, token_fit
from assistant.words import WordIndex
from corpus.records import Document
from corpus.words import segmenter

#: The features of :func:`weigh`, in order.
FEATURES = (
    "similarity", "tokens", "words", "sentence", "together", "margin", "missing", "ungiven", "ungiven_nearby",
    "ungiven_beside", "uncounted", "uncounted_nearby", "beyond", "wording", "strange", "elsewhere", "outcome",
    "afterwards", "plan", "english", "length", "concepts", "unheld", "unheld_beside", "rarest_unheld", "words_lead",
    "lead_second", "lead_ten", "similarity_lead", *(f"token_{name}" for name in TOKEN_FEATURES),
)  # fmt: skip

# A sentence that holds this share of what the best one does may be the one that answers.
_NEARLY = 0.6
_OUTCOMES = frozenset(("adopted", "agreed", "decided", "recommended"))
# A name in English: a capital that opens no sentence, or a word all in capitals.
_CAPITALS = re.compile(r"(?<=[a-z,;'] )[A-Z][a-z]{2,}|\b[A-Z]{2,}[A-Z0-9-]*\b")
# How a question asks what came of something, which a plan cannot say.
_AFTERWARDS = re.compile(
    r"最后|最终|后来|究竟|结果如何|有没有(?:真|落实)|实际上?|当选|落实了|兑现|目前|至今|迄今"
    r"|\b(?:in the end|finally|ultimately|eventually|so far|to date|since then|ended up|turn(?:ed)? out|elected|came of"
    r"|follow(?:ed)? through)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Evidence:
    """The numbers of :data:`FEATURES`, and the names in the question that the best passage lacks."""

    features: tuple[float, ...]
    missing: tuple[Name, ...]


def weigh(question: Question, passages: Sequence[Passage], document: Document, index: WordIndex) -> Evidence:
    """The evidence for a question.

    Features of how near it is: ``similarity`` and ``tokens`` of the best passage (:class:`assistant.retrieve.Passage`),
    by how much its tokens fit better than the next nine's (``margin``), its score leads the second's (``lead_second``)
    and the next nine's (``lead_ten``), its similarity the next nine's (``similarity_lead``), and those of
    :func:`assistant.token_fit.token_fit`.

    Of the words: the share of the question's topic, weighted by rarity, that the best passage holds (``words``), its
    best sentence (``sentence``) and the best three with their headings (``together``), and by how much more than the
    next five (``words_lead``); the largest share of one thing that the best passage lacks (``unheld``), its rarity
    (``rarest_unheld``), and the largest rarity that the best sentence lacks (``unheld_beside``).

    Of what is asked: whether a year, State, session or instrument is named that is not in it (``missing``); the share
    of the kinds of answer demanded that it does not give at all (``ungiven``), not in or beside its best sentences
    (``ungiven_nearby``), not in the best (``ungiven_beside``); whether no number stands beside what is to be counted,
    in it or near its best sentences (``uncounted``, ``uncounted_nearby``); whether what is asked is ``beyond`` any
    document, or the ``wording`` of a text; whether a name in capitals stands in no passage of the library
    (``strange``); whether a meeting is named of which there is no document (``elsewhere``); whether what a meeting
    decided is asked of its agenda (``outcome``); whether it is asked what came of something (``afterwards``), and that
    of a ``plan``, an agenda; whether the question is in ``english``, whose cosines lie lower; its ``length`` and number
    of ``concepts``, as logarithms.

    Args:
        question: what is asked.
        passages: what was found, best first; at least one. Ten are compared with the best, all for the tokens.
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

    share = Topic(concepts, rarities).share

    def lacking(words: set[str]) -> float:
        return max((r * (1 - held(c, words)) for c, r in zip(concepts, rarities, strict=True)), default=0.0)

    shares = [share(words) for words in cut]
    best_share = max(shares)
    first = shares.index(best_share)
    near = {i for at, it in enumerate(shares) if it >= _NEARLY * best_share for i in (at - 1, at, at + 1)}
    nearby = " ".join(text for i, text in enumerate(texts) if i in near)
    is_held = names_held(question.names, best.unit, document)
    ten = passages[1:10] or [best]
    asked = kinds_asked(question.plain)
    things = counted(question.plain, question.language)

    def uncounted(text: str) -> float:
        beside = (has_number_beside(t, text, question.plain, language, question.language) for t in things)
        return float(bool(things) and not any(beside))

    afterwards = bool(_AFTERWARDS.search(question.plain))
    features = (
        best.similarity,
        best.tokens,
        share(own),
        best_share,
        share(three),
        best.tokens - _mean([p.tokens for p in ten]),
        float(not all(is_held)),
        share_ungiven(best.unit.text, question.plain, language),
        share_ungiven(nearby, question.plain, language),
        share_ungiven(texts[first], question.plain, language),
        uncounted(best.unit.text),
        uncounted(nearby),
        float("beyond" in asked),
        float("wording" in asked),
        float(any(_is_strange(name, index) for name in _CAPITALS.findall(question.plain))),
        float(question.elsewhere),
        float(document.kind == "agenda" and bool(presumed_acts(question.plain) & _OUTCOMES)),
        float(afterwards),
        float(afterwards and document.kind == "agenda"),
        float(question.language == "en"),
        math.log(len(question.plain) + 1),
        math.log(len(rarities) + 1),
        lacking(own) / total,
        lacking(cut[first]),
        lacking(own),
        share(own) - _mean([share(index.cut(p.unit)) for p in passages[1:6]]),
        best.score - (passages[1].score if len(passages) > 1 else best.score),
        best.score - _mean([p.score for p in ten]),
        best.similarity - _mean([p.similarity for p in ten]),
        *token_fit([p.by_token for p in passages]),
    )
    return Evidence(features, tuple(name for name, there in zip(question.names, is_held, strict=True) if not there))


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers) if numbers else 0.0


def _is_strange(name: str, index: WordIndex) -> bool:
    return not any(index.holds(word) for word in segmenter().words(name))
