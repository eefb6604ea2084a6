"""When the documents do not say: decides it.

Similarity alone cannot tell: a question about another year scores as high as one that is answered. What tells them
apart is whether the evidence holds what the question names and gives what it demands (:mod:`assistant.evidence`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.asked import kinds_asked
from assistant.concepts import covered
from assistant.evidence import weigh
from assistant.question import Question
from assistant.reasons import why_not
from assistant.retrieve import Passage
from assistant.weights import WEIGHTS, Weights
from assistant.words import WordIndex
from corpus.anchors import label
from corpus.records import Document, Language, Unit
from corpus.words import segmenter

_SURE = 0.75


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
    best = passages[0].unit
    document = next(document for document in documents if document.doc_id == best.doc_id)
    evidence = weigh(question, passages, document, index)
    model = weights.within if best.language == question.language else weights.across
    likely = model.probability(evidence.features) if _holds_what_is_asked(question, passages, index) else 0.0
    # A view, or how things are today, no document gives: only what is all but sure to be no such question passes.
    threshold = max(model.threshold, _SURE) if "beyond" in kinds_asked(question.plain) else model.threshold
    if likely >= threshold:
        return Verdict(None, likely)
    return Verdict(why_not(question, evidence, passages[0], index, reader), likely)


def _holds_what_is_asked(question: Question, passages: Sequence[Passage], index: WordIndex) -> bool:
    """Whether the best passages hold anything of the question but its names: a list of States names every State."""
    language = passages[0].unit.language
    named = {word for name in question.names for form in name.forms(language) for word in segmenter().words(form)}
    concepts = question.concepts[language]
    asked = [c for c in concepts if not any(named.issuperset(form.words) for form in c)] or concepts
    together = " ".join(text for p in passages[:3] for text in (*p.unit.heading_path, p.unit.text))
    return covered(asked, index.rarities(asked, language), together) > 0


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
        article = "" if reader == "zh" else "the "
        titles = ("、" if reader == "zh" else ", ").join(article + d.short_title(reader) for d in named)
        said.append(
            _say(
                reader,
                f"{titles or '各份文件'}中没有{names}。",
                f"There is no {names} in {titles or 'any document of the library'}.",
            )
        )
    return tuple(dict.fromkeys(said))


def _say(reader: Language, zh: str, en: str) -> str:
    return zh if reader == "zh" else en
