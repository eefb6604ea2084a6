"""Questions about three English sentences, and answers to them, so small that what they are worth can be seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from assistant.answer import Answer, AnswerSentence, Citation, DocumentRef
from corpus.records import Language
from eval.asking import Outcome
from eval.figures import Judged
from eval.gate import GateRow
from eval.judge import judge
from eval.questions import Gold, GoldQuestion, QuestionSet
from eval.run import Run

SALT, DRY, COLD = "d#p1", "d#p2", "d#p3"
TEXTS: dict[tuple[str, Language], str] = {
    (SALT, "en"): "The sea is salt.",
    (DRY, "en"): "The moon is dry.",
    (COLD, "en"): "The wind is cold.",
}
_DOCUMENT = DocumentRef("d", "A document", "Document", None, "unknown")


def text_of(anchor: str, language: Language) -> str | None:
    """The text of one of the three; there are none in Chinese."""
    return TEXTS.get((anchor, language))


def asked(
    question_id: str = "q1",
    any_of: Sequence[str] = (SALT,),
    all_of: Sequence[str] = (),
    also: Sequence[str] = (),
    must: Sequence[Sequence[str]] = (),
) -> GoldQuestion:
    """A question of fact in English, of the test half, which the sea's sentence answers; ``replace`` for others."""
    gold = Gold(tuple(any_of), tuple(all_of), tuple(also))
    return GoldQuestion(
        question_id, "en", "fact", f"What of {question_id}?", True, gold=gold, must=tuple(map(tuple, must))
    )


def asked_in_vain(question_id: str = "q1") -> GoldQuestion:
    """A question that the sentences do not answer."""
    return GoldQuestion(question_id, "en", "absent", f"What of {question_id}?", False)


def citation(n: int, anchor: str) -> Citation:
    """A citation of a whole sentence."""
    text = TEXTS[anchor, "en"]
    return Citation(n, anchor, "en", anchor, text, 0, len(text), text, _DOCUMENT, (), True, 1.0)


def answer(*anchors: str, confidence: float = 0.9) -> Answer:
    """An answer that quotes the sentences of these anchors, each cited by its number from 1."""
    return Answer(
        "?",
        "en",
        "extractive",
        False,
        None,
        tuple(AnswerSentence(TEXTS[anchor, "en"], (n,)) for n, anchor in enumerate(anchors, 1)),
        tuple(citation(n, anchor) for n, anchor in enumerate(anchors, 1)),
        confidence=confidence,
    )


def refusal(*leads: str, confidence: float = 0.1) -> Answer:
    """An abstention that names these leads."""
    shown = tuple(citation(n, anchor) for n, anchor in enumerate(leads, 1))
    return Answer("?", "en", "extractive", True, "Nothing was found.", (), (), shown, confidence=confidence)


def judged(question: GoldQuestion, given: Answer, ranking: Sequence[str] = (), milliseconds: float = 20.0) -> Judged:
    """What came of a question, with its scores."""
    outcome = Outcome(question, tuple(ranking), given, milliseconds)
    return Judged(outcome, judge(outcome, text_of))


def right(question_id: str, language: Language = "en") -> Judged:
    """A question that was answered as it should be."""
    return judged(replace(asked(question_id), language=language), answer(SALT), (SALT,))


def wrong(question_id: str, language: Language = "en") -> Judged:
    """A question that was answered with a sentence that does not answer it."""
    return judged(replace(asked(question_id), language=language), answer(DRY), (DRY, SALT))


def run_of(*all_judged: Judged, gate: Sequence[GateRow] | None = None, file: str = "questions.jsonl") -> Run:
    """A run over questions that stand on the lines of a file in their order."""
    questions = tuple(each.outcome.question for each in all_judged)
    lines = {question.id: line for line, question in enumerate(questions, 1)}
    return Run(QuestionSet(Path(file), questions, lines), all_judged, None if gate is None else tuple(gate))
