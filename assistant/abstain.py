"""When the documents do not say: decides it, and says what was looked for and not found.

Similarity alone cannot tell: a question about another year scores as high as one that is answered. What tells them apart
is whether the evidence holds what the question names (years, States, articles, resolutions) and the words that carry it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from assistant.question import Name, Question
from assistant.retrieve import Passage, names_held, word_share
from assistant.weights import ABSTENTION
from corpus.anchors import label
from corpus.records import Document, Language


def reason_to_abstain(
    question: Question,
    passages: Sequence[Passage],
    documents: Mapping[str, Document],
    rarity: Callable[[str], float],
    reader: Language,
) -> str | None:
    """Why the passages do not answer the question, in the reader's language; None where they do."""
    if not passages:
        return _say(reader, "文件库中没有可供查找的段落。", "There is no paragraph to search in.")
    best = passages[0]
    held = names_held(question.names, best.unit, documents[best.unit.doc_id])
    missing = [name for name, is_held in zip(question.names, held, strict=True) if not is_held]
    if missing:
        return _missing_names(missing, reader)
    if answerable_probability(question, passages, rarity) < ABSTENTION.threshold:
        return _say(
            reader,
            "文件中没有找到能回答这个问题的内容。",
            "Nothing in the documents was found to answer this question.",
        )
    return None


def answerable_probability(question: Question, passages: Sequence[Passage], rarity: Callable[[str], float]) -> float:
    """How likely the best passage answers the question: a logistic regression over its evidence.

    Features and coefficients are in :mod:`assistant.weights`.
    """
    features = evidence_features(question, passages, rarity)
    model = ABSTENTION.within if passages[0].unit.language == question.language else ABSTENTION.across
    return 1 / (1 + math.exp(-(model.intercept + sum(w * x for w, x in zip(model.weights, features, strict=True)))))


def evidence_features(
    question: Question, passages: Sequence[Passage], rarity: Callable[[str], float]
) -> tuple[float, float, float, float]:
    """Best similarity; idf-weighted share of the question's words that the best passage holds; that share over the best
    three together; margin of the best similarity over the fifth."""
    best = passages[0]
    words = question.words.get(best.unit.language, ())

    def share(some: Sequence[Passage]) -> float:
        return word_share(words, " ".join(word for p in some for word in (*p.unit.heading_path, p.unit.text)), rarity)

    fifth = passages[min(4, len(passages) - 1)]
    return best.similarity, share([best]), share(passages[:3]), best.similarity - fifth.similarity


def missing_reference_reason(question: Question, reader: Language, documents: Sequence[Document]) -> str:
    """Why a question that names a point or paragraph by number has none."""
    anchors = [anchor for reference in question.references for anchor in reference.anchors]
    names = ("、" if reader == "zh" else ", ").join(label(anchor, reader) for anchor in anchors)
    named = [d.short_title(reader) for d in documents if d.doc_id in question.documents]
    where_zh = "、".join(named) or "各份文件"
    where_en = ", ".join(named) or "any document of the library"
    return _say(reader, f"{where_zh}中没有{names}。", f"There is no {names} in {where_en}.")


def _missing_names(missing: Sequence[Name], reader: Language) -> str:
    if reader == "zh":
        listed = "、".join(f"“{name.surface}”" for name in missing)
        return f"文件中没有找到与{listed}有关、又回答这个问题的段落。"
    listed = ", ".join(f"“{name.surface}”" for name in missing)
    return f"No paragraph was found that speaks of {listed} and answers this question."


def _say(reader: Language, zh: str, en: str) -> str:
    return zh if reader == "zh" else en
