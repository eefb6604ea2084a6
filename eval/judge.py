"""What an outcome is worth, figure by figure.

A figure is Σ gained / Σ possible over questions, so that means, shares of all quotes and F1 are one thing to add up, to
resample and to compare. A question that a figure does not apply to has no score in it, not a zero.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assistant.answer import Answer, AnswerSentence
from assistant.claims import Evidence, check
from assistant.grounding import Source, verbatim
from corpus.records import Language
from eval.answer_metrics import answer_coverage, citation_precision, citation_recall, quote_is_valid
from eval.asking import Outcome
from eval.metrics import reciprocal_rank_at
from eval.questions import TextOf

_OTHER: Mapping[Language, Language] = {"zh": "en", "en": "zh"}

PREMISE, REFERENCE = "premise", "reference"


@dataclass(frozen=True)
class Score:
    """What one question adds to a figure: ``gained`` of what was ``possible``."""

    gained: float
    possible: float


#: What can be wrong with an answer, and how reports say it.
FAULTS: Mapping[str, str] = {
    "declined": "declined, though the documents answer",
    "answered": "answered, though the documents do not",
    "uncited": "what must be cited is not",
    "first_citation": "the first citation is wrong",
    "citation": "a citation is wrong",
    "incomplete": "the answer lacks what it must hold",
    "quote": "a quote is not verbatim",
    "ungrounded": "a sentence does not rest on what it cites",
    "premise": "it does not begin by meeting the premise",
}

#: The scores of one question by the name of the figure.
Scores = Mapping[str, Score]


def judge(outcome: Outcome, text_of: TextOf) -> Scores:
    """The scores of one question; ``text_of`` gives the texts that quotes are held against."""
    scored = {name: figure(outcome, text_of) for name, figure in FIGURES.items()}
    return {name: score for name, score in scored.items() if score is not None}


def faults(outcome: Outcome, scores: Scores) -> list[str]:
    """Why a person would not be content with the answer, as keys of :data:`FAULTS`; nothing where they would."""
    question, found = outcome.question, []
    if question.answerable and outcome.answer.abstained:
        return ["declined"]
    if not question.answerable and not outcome.answer.abstained:
        return ["answered"]
    if _short_of(scores, "citation_recall"):
        found.append("uncited")
    if outcome.cited and outcome.cited[0] not in question.relevant:
        found.append("first_citation")
    elif _short_of(scores, "citation_precision"):
        found.append("citation")
    if _short_of(scores, "answer_coverage"):
        found.append("incomplete")
    if _short_of(scores, "quote_validity"):
        found.append("quote")
    if _short_of(scores, "groundedness"):
        found.append("ungrounded")
    if _short_of(scores, "premises_met"):
        found.append("premise")
    return found


def complaints(outcome: Outcome, scores: Scores) -> list[str]:
    """The faults in words."""
    return [FAULTS[fault] for fault in faults(outcome, scores)]


def is_wrong(outcome: Outcome) -> bool:
    """Whether an answer would mislead: given where there is none, or citing nothing that is right. For risk–coverage.

    Of an abstention it says whether its first lead would have misled, had that been given as the answer; later ones do
    not count, and without leads it would have.
    """
    given = outcome.answer.citations or outcome.answer.leads[:1]
    return not any(citation.anchor in outcome.question.relevant for citation in given)


def _short_of(scores: Scores, name: str) -> bool:
    return name in scores and scores[name].gained < scores[name].possible


def _hit_at(k: int) -> Callable[[Outcome, TextOf], Score | None]:
    def figure(outcome: Outcome, _: TextOf) -> Score | None:
        relevant = outcome.question.relevant
        return _one(any(anchor in relevant for anchor in outcome.ranking[:k]) if relevant else None)

    return figure


def _mrr(outcome: Outcome, _: TextOf) -> Score | None:
    return _one(reciprocal_rank_at(outcome.ranking, dict.fromkeys(outcome.question.relevant, 1), len(outcome.ranking)))


def _precision(outcome: Outcome, _: TextOf) -> Score | None:
    return _one(citation_precision(outcome.cited, outcome.question.relevant) if outcome.question.answerable else None)


def _recall(outcome: Outcome, _: TextOf) -> Score | None:
    gold = outcome.question.gold
    return _one(citation_recall(outcome.cited, gold.any, gold.all))


def _quotes(outcome: Outcome, text_of: TextOf) -> Score | None:
    shown = (*outcome.answer.citations, *outcome.answer.leads)
    valid = sum(
        quote_is_valid(c.quote, c.start, c.end, c.text) and c.text == text_of(c.anchor, c.language) for c in shown
    )
    return Score(valid, len(shown)) if shown else None


def _grounded(outcome: Outcome, text_of: TextOf) -> Score | None:
    answer = outcome.answer
    rests = sum(_rests(answer, sentence, text_of) for sentence in answer.sentences)
    return Score(rests, len(answer.sentences)) if answer.sentences else None


def _rests(answer: Answer, sentence: AnswerSentence, text_of: TextOf) -> bool:
    """Whether a sentence is quoted or, where a model may have worded it, borne out by the paragraphs it cites."""
    cited = [c for c in answer.citations if c.n in sentence.citations]
    if verbatim(sentence.text, [Source(citation.quote, citation.language) for citation in cited]):
        return True
    evidence = [Evidence(c.text, c.language, c.anchor, text_of(c.anchor, _OTHER[c.language])) for c in cited]
    return answer.mode == "llm" and check(sentence.text, evidence, None, answer.language).supported


def _covered(outcome: Outcome, _: TextOf) -> Score | None:
    return _one(answer_coverage("\n".join(s.text for s in outcome.answer.sentences), outcome.question.must))


def _references(outcome: Outcome, text_of: TextOf) -> Score | None:
    question = outcome.question
    if question.kind != REFERENCE or not question.answerable:
        return None
    precision, recall = _precision(outcome, text_of), _recall(outcome, text_of)
    return _one(precision == recall == Score(1.0, 1.0))


def _abstained_rightly(outcome: Outcome, _: TextOf) -> Score | None:
    return _one(not outcome.question.answerable if outcome.answer.abstained else None)


def _abstained_where_due(outcome: Outcome, _: TextOf) -> Score | None:
    return _one(outcome.answer.abstained if not outcome.question.answerable else None)


def _abstention_f1(outcome: Outcome, _: TextOf) -> Score | None:
    """2 TP / (2 TP + FP + FN): twice what both hold, of what each holds."""
    abstained, due = outcome.answer.abstained, not outcome.question.answerable
    return Score(2.0 * (abstained and due), float(abstained + due)) if abstained or due else None


def _answered(outcome: Outcome, _: TextOf) -> Score | None:
    return _one(not outcome.answer.abstained if outcome.question.answerable else None)


def _premise_met(outcome: Outcome, _: TextOf) -> Score | None:
    """Whether the first sentence of the answer cites what denies the premise, where the documents do."""
    if outcome.question.kind != PREMISE or not outcome.question.answerable:
        return None
    first = outcome.answer.sentences[0].citations if outcome.answer.sentences else ()
    cited = {citation.anchor for citation in outcome.answer.citations if citation.n in first}
    return _one(not cited.isdisjoint(outcome.question.demanded))


def _one(score: float | None) -> Score | None:
    return None if score is None else Score(float(score), 1.0)


#: Every figure: the higher the better, 1 at most.
FIGURES: Mapping[str, Callable[[Outcome, TextOf], Score | None]] = {
    "hit@1": _hit_at(1),
    "hit@5": _hit_at(5),
    "mrr": _mrr,
    "citation_precision": _precision,
    "citation_recall": _recall,
    "quote_validity": _quotes,
    "groundedness": _grounded,
    "answer_coverage": _covered,
    "references": _references,
    "premises_met": _premise_met,
    "answered": _answered,
    "abstention_precision": _abstained_rightly,
    "abstention_recall": _abstained_where_due,
    "abstention_f1": _abstention_f1,
}
