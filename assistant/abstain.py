"""When the documents do not say: decides it, and says what was looked for and not found.

Similarity alone cannot tell: a question about another year scores as high as one that is answered. What tells them
apart is whether the evidence holds what the question names (years, States, articles, resolutions) and the words that
carry it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.concepts import covered
from assistant.names import names_held
from assistant.question import Name, Question
from assistant.retrieve import Passage
from assistant.weights import WEIGHTS, LogisticModel, Weights
from assistant.words import WordIndex
from corpus.anchors import label
from corpus.records import Document, Language, Unit
from corpus.words import segmenter


@dataclass(frozen=True)
class Verdict:
    """Whether the passages answer: why not, in the reader's language (None where they do), and how likely they do."""

    reason: str | None
    confidence: float


def weigh_evidence(
    question: Question,
    passages: Sequence[Passage],
    documents: Sequence[Document],
    index: WordIndex,
    reader: Language,
    weights: Weights = WEIGHTS,
) -> Verdict:
    """Whether the passages answer the question."""
    if not passages:
        return Verdict(_say(reader, "文件库中没有可供查找的段落。", "There is no paragraph to search in."), 0.0)
    best = passages[0]
    held = names_held(question.names, best.unit, _of(best.unit, documents))
    missing = [name for name, is_held in zip(question.names, held, strict=True) if not is_held]
    features = evidence_features(question, passages, bool(missing), index)
    model = weights.within if best.unit.language == question.language else weights.across
    likely = probability(model, features) if _holds_what_is_asked(question, passages, index) else 0.0
    if likely >= model.threshold:
        return Verdict(None, likely)
    return Verdict(_missing_names(missing, reader) if missing else _nothing_found(question, index, reader), likely)


def _holds_what_is_asked(question: Question, passages: Sequence[Passage], index: WordIndex) -> bool:
    """Whether the best passages hold anything of the question but its names: a list of States names every State."""
    language = passages[0].unit.language
    named = {word for name in question.names for form in name.forms(language) for word in segmenter().words(form)}
    concepts = question.concepts[language]
    asked = [c for c in concepts if not any(named.issuperset(form.words) for form in c)] or concepts
    return covered(asked, index.rarities(asked, language), _together(passages)) > 0


def probability(model: LogisticModel, features: Sequence[float]) -> float:
    """What a logistic regression gives for its features: 1 / (1 + exp(-(intercept + weights · features)))."""
    return 1 / (1 + math.exp(-(model.intercept + sum(w * x for w, x in zip(model.weights, features, strict=True)))))


def evidence_features(
    question: Question, passages: Sequence[Passage], name_missing: bool, index: WordIndex
) -> tuple[float, float, float, float]:
    """What tells an answered question from one that is not, about its best passages.

    Returns:
        The best passage's similarity; the share of the question's words, weighted by rarity, that the best three and
        their headings hold; 1 where a year, State, session or instrument that the question names is not in the best,
        else 0; and 1 for a question in English, whose cosines lie lower, else 0.
    """
    best = passages[0]
    concepts = question.concepts[best.unit.language]
    return (
        best.similarity,
        covered(concepts, index.rarities(concepts, best.unit.language), _together(passages)),
        float(name_missing),
        float(question.language == "en"),
    )


def _together(passages: Sequence[Passage]) -> str:
    """The best three passages with their headings, as one text."""
    return " ".join(text for p in passages[:3] for text in (*p.unit.heading_path, p.unit.text))


def missing_references(
    question: Question, found: Sequence[Unit], documents: Sequence[Document], reader: Language
) -> tuple[str, ...]:
    """What to say of points and paragraphs that a question names by number and that are not there."""
    said = []
    for reference in question.references:
        named = [document for document in documents if document.doc_id in reference.documents]
        held = {unit.anchor for unit in found if not named or unit.doc_id in reference.documents}
        gone = [a for a in reference.anchors if not any(each in held for each in (a, f"o{a}"))]
        if not gone:
            continue
        names = ("、" if reader == "zh" else ", ").join(label(anchor, reader) for anchor in gone)
        titles = ("、" if reader == "zh" else ", ").join(document.short_title(reader) for document in named)
        said.append(
            _say(
                reader,
                f"{titles or '各份文件'}中没有{names}。",
                f"There is no {names} in {titles or 'any document of the library'}.",
            )
        )
    return tuple(dict.fromkeys(said))


def _missing_names(missing: Sequence[Name], reader: Language) -> str:
    if reader == "zh":
        listed = "、".join(f"“{name.surface}”" for name in missing)
        return f"文件中没有找到与{listed}有关、又回答这个问题的段落。"
    listed = ", ".join(f"“{name.surface}”" for name in missing)
    return f"No paragraph was found that speaks of {listed} and answers this question."


def _nothing_found(question: Question, index: WordIndex, reader: Language) -> str:
    """Names the words of the question that stand in no paragraph, which is most often why there is no answer."""
    words = question.words("zh") if question.language == "zh" else ()
    unknown = [word for word in words if len(word) > 1 and not index.holds(word)]
    if unknown and reader == "zh":
        return f"文件中没有找到能回答这个问题的内容；没有一段提到{'、'.join(f'“{word}”' for word in unknown)}。"
    return _say(
        reader, "文件中没有找到能回答这个问题的内容。", "Nothing in the documents was found that answers this question."
    )


def _of(unit: Unit, documents: Sequence[Document]) -> Document:
    return next(document for document in documents if document.doc_id == unit.doc_id)


def _say(reader: Language, zh: str, en: str) -> str:
    return zh if reader == "zh" else en
