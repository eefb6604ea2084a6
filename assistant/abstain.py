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
from assistant.references import Reference
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
        zh = "没有可供查找的段落：文件库是空的，或所选的文件没有所选语言的文本。"
        en = "There is nothing to search: the library is empty, or no document chosen has a text in a language chosen."
        return Verdict(_say(reader, zh, en), 0.0)
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


def doubts(verdict: Verdict, reader: Language, weights: Weights = WEIGHTS) -> tuple[str, ...]:
    """What a reader is told beside an answer that is given and is hardly likelier than not: empty where it is surer."""
    if verdict.confidence >= weights.sure:
        return ()
    zh = "所引段落与所问相近，但未必回答了所问；引用之前，请先核对原文。"
    en = "What is quoted comes near the question and may not answer it: read the passage before you rely on it."
    return (_say(reader, zh, en),)


def _holds_what_is_asked(question: Question, passages: Sequence[Passage], index: WordIndex) -> bool:
    """Whether the best passages hold anything of the question but its names: a list of States names every State."""
    language = passages[0].unit.language
    named = {word for name in question.names for form in name.forms(language) for word in segmenter().words(form)}
    concepts = question.concepts[language]
    asked = [c for c in concepts if not any(named.issuperset(form.words) for form in c)] or concepts
    together = " ".join(text for p in passages[:3] for text in (*p.unit.heading_path, p.unit.text))
    return covered(asked, index.rarities(asked, language), together) > 0


def missing_references(
    question: Question,
    found: Sequence[Unit],
    documents: Sequence[Document],
    reader: Language,
    everywhere: Sequence[Unit] = (),
) -> tuple[str, ...]:
    """What to say of points and paragraphs that a question names by number and that were not found.

    Args:
        question: what is asked.
        found: the units found that it names.
        documents: those of the library.
        reader: the language of what is said.
        everywhere: the units it names in all texts of the library, where only some may answer.
    """
    said = []
    for reference in question.references:
        named = [document for document in documents if document.doc_id in reference.documents]
        gone = _not_among(found, reference, named)
        absent = [anchor for anchor in gone if anchor in _not_among(everywhere, reference, named)]
        said += _not_there(absent, named, reader) + _left_out([a for a in gone if a not in absent], named, reader)
    return tuple(dict.fromkeys(said))


def _not_among(units: Sequence[Unit], reference: Reference, named: Sequence[Document]) -> list[str]:
    """The anchors of a reference that none of some units has, of the documents it names."""
    held = {unit.anchor for unit in units if not named or unit.doc_id in reference.documents}
    return [anchor for anchor in reference.anchors if not held & {anchor, f"o{anchor}"}]


def _not_there(anchors: Sequence[str], named: Sequence[Document], reader: Language) -> list[str]:
    """What to say of anchors that are in no text of the documents named, or of the library."""
    if not anchors:
        return []
    names, titles = _labels(anchors, reader), _titles(named, reader)
    zh = f"{titles or '各份文件'}中没有{names}。"
    return [_say(reader, zh, f"There is no {names} in {titles or 'any document of the library'}.")]


def _left_out(anchors: Sequence[str], named: Sequence[Document], reader: Language) -> list[str]:
    """What to say of anchors that stand only in texts that were not chosen."""
    if not anchors:
        return []
    names, titles = _labels(anchors, reader), _titles(named, reader)
    of = f" of {titles}" if titles else ""
    zh = f"所选的文件和文本语言不包括{titles}{names}。"
    return [_say(reader, zh, f"The documents and languages chosen do not include {names}{of}.")]


def _labels(anchors: Sequence[str], reader: Language) -> str:
    return ("、" if reader == "zh" else ", ").join(label(anchor, reader) for anchor in anchors)


def _titles(documents: Sequence[Document], reader: Language) -> str:
    article = "" if reader == "zh" else "the "
    return ("、" if reader == "zh" else ", ").join(article + document.short_title(reader) for document in documents)


def _say(reader: Language, zh: str, en: str) -> str:
    return zh if reader == "zh" else en
