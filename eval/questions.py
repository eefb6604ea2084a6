"""Questions with their gold answers: the records, and the file that holds one a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, StrictBool, TypeAdapter, ValidationError

from assistant.question import check_question
from corpus.errors import QuestionError
from corpus.records import Language
from eval.errors import DatasetError, at_line
from eval.lines import read_objects

Split = Literal["dev", "test"]
SPLITS: tuple[Split, ...] = ("dev", "test")

#: The questions that the project itself is judged by.
QUESTIONS = Path(__file__).parent / "questions.jsonl"
#: Further questions to develop on, written after the rules stood; nothing is reported on them.
PRACTICE = QUESTIONS.with_name("practice.jsonl")

#: The kind of a question of which nobody has said yet what a right answer is; it is read, and not asked.
TO_CHECK = "to-check"

_Text = Annotated[str, Field(min_length=1)]
_CLOSED = ConfigDict(extra="forbid")


@dataclass(frozen=True)
class GoldQuote:
    """Words of a unit that prove an answer, verbatim in one of its language versions."""

    __pydantic_config__ = _CLOSED

    anchor: _Text
    language: Language
    quote: _Text


@dataclass(frozen=True)
class Gold:
    """The anchors of a right answer.

    ``all`` must all be cited; of ``any`` one is enough. ``also`` are right to cite and need not be: the text that a
    question with a false premise is otherwise about.
    """

    __pydantic_config__ = _CLOSED

    any: tuple[_Text, ...] = ()
    all: tuple[_Text, ...] = ()
    also: tuple[_Text, ...] = ()


@dataclass(frozen=True)
class GoldQuestion:
    """A question with what a right answer cites, quotes and holds.

    ``history`` holds the earlier questions of the conversation, oldest first; ``must`` what the answer's words must
    hold: of each group of strings one, white space and letter case aside.
    """

    __pydantic_config__ = _CLOSED

    id: _Text
    language: Language
    kind: _Text
    question: _Text
    answerable: StrictBool
    history: tuple[_Text, ...] = ()
    gold: Gold = field(default_factory=Gold)
    quotes: tuple[GoldQuote, ...] = ()
    must: tuple[Annotated[tuple[_Text, ...], Field(min_length=1)], ...] = ()
    split: Split = "test"
    note: str = ""

    @property
    def demanded(self) -> frozenset[str]:
        """Anchors that answer it, wholly or in part."""
        return frozenset((*self.gold.any, *self.gold.all))

    @property
    def relevant(self) -> frozenset[str]:
        """Anchors that are right to cite."""
        return self.demanded.union(self.gold.also)

    @property
    def fingerprint(self) -> str:
        """Of all that is asked and expected: scores of a question compare only where it is the same."""
        asked = {key: value for key, value in asdict(self).items() if key not in ("split", "note")}
        return sha256(json.dumps(asked, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class QuestionSet:
    """The questions of one file, and the line of each by its id."""

    path: Path
    questions: tuple[GoldQuestion, ...]
    lines: Mapping[str, int]

    def checked(self) -> QuestionSet:
        """Those of which a right answer is known.

        Raises:
            DatasetError: there is none.
        """
        known = tuple(question for question in self.questions if question.kind != TO_CHECK)
        if not known:
            raise DatasetError(
                f"{self.path} holds only questions of the kind {TO_CHECK!r}",
                "a question of which a right answer is known",
                "set gold, answerable and kind of those that you have checked",
            )
        return QuestionSet(self.path, known, {question.id: self.lines[question.id] for question in known})


#: The text of a unit in a language, None where there is none: anchor id, language → text.
TextOf = Callable[[str, Language], str | None]


def read_questions(path: Path, text_of: TextOf | None) -> QuestionSet:
    """The questions of a file, each held against the texts; None where there are none to hold them against.

    Raises:
        DatasetError: the file cannot be read, or a line is malformed, repeats an id, asks what may not be asked, names
            an anchor that is not there or quotes what is not in its text; the message names the line.
    """
    questions: dict[str, GoldQuestion] = {}
    lines: dict[str, int] = {}
    for number, value in read_objects(path, "a file of questions", '{"id": …, "question": …}'):
        question = _question(value, path, number)
        if question.id in questions:
            raise DatasetError(
                f"{at_line(path, number)} repeats the id {question.id!r} of line {lines[question.id]}",
                "an id of its own",
                "give it another",
            )
        if fault := _fault(question) or (_fault_in_texts(question, text_of) if text_of else None):
            raise DatasetError(f"{at_line(path, number)}: {fault[0]}", fault[1], "mend the line")
        questions[question.id], lines[question.id] = question, number
    if not questions:
        raise DatasetError(f"{path} holds no question", "one JSON object a line", "write one or name another file")
    return QuestionSet(path, tuple(questions.values()), lines)


_QUESTION = TypeAdapter(GoldQuestion)


def _question(value: dict[str, Any], path: Path, number: int) -> GoldQuestion:
    try:
        return _QUESTION.validate_python(value)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"])) or "the line"
        raise DatasetError(
            f"{at_line(path, number)}: {where}: {first['msg'][0].lower()}{first['msg'][1:]}",
            "a question in the form that docs/evaluation.md gives",
            "mend the line",
        ) from None


def _fault(question: GoldQuestion) -> tuple[str, str] | None:
    """What is wrong with a question whose form is right, and what was expected."""
    for asked in (*question.history, question.question):
        try:
            check_question(asked)
        except QuestionError as error:
            return error.found, error.expected
    gold = question.gold
    if question.answerable and not question.demanded:
        return "it is answerable and names no gold anchor", "anchors in gold.any or gold.all"
    if not question.answerable and (question.relevant or question.quotes or question.must):
        return "it is not answerable and has a gold answer", "empty gold, quotes and must"
    if twice := set(gold.any) & set(gold.all) or set(gold.also) & question.demanded:
        return f"{min(twice)!r} stands in two lists of gold", "each anchor in one of any, all and also"
    for name, anchors in (("any", gold.any), ("all", gold.all), ("also", gold.also)):
        if repeated := [anchor for at, anchor in enumerate(anchors) if anchor in anchors[:at]]:
            return f"{repeated[0]!r} stands twice in gold.{name}", "each anchor once"
    return None


def _fault_in_texts(question: GoldQuestion, text_of: TextOf) -> tuple[str, str] | None:
    """What the texts contradict of a question, and what was expected."""
    for anchor in sorted(question.relevant):
        if text_of(anchor, "zh") is None and text_of(anchor, "en") is None:
            return f"the anchor {anchor!r} is not in the library", "an anchor such as wg6-2020-report#dp10"
    for quote in question.quotes:
        if quote.anchor not in question.relevant:
            return f"it quotes {quote.anchor!r}, which is not in its gold", "quotes of gold anchors"
        text = text_of(quote.anchor, quote.language)
        if text is None:
            return f"{quote.anchor!r} has no text in {quote.language!r}", "a language that the document is there in"
        if quote.quote not in text:
            return f"the quote {quote.quote[:60]!r} is not in {quote.anchor!r}", "a verbatim part of its text"
    return None
