"""A question in other words, for a second search: only what the reader has said, put so that it can be found."""

from __future__ import annotations

from assistant.answer import EarlierTurn
from assistant.generate.client import ChatModel, Deadline
from assistant.generate.drafts import without_thought
from assistant.generate.neutral import shown
from assistant.generate.prompts import rewriting
from assistant.growing import Found
from assistant.question import check_question, language_of, read_question
from corpus.errors import QuestionError
from corpus.normal import normalise
from corpus.numbers import chinese_numbers, english_numbers

# Earlier questions that are given along, and the longest that a rewritten one may be.
_EARLIER, _LONGEST = 4, 300


def rewritten(model: ChatModel, found: Found, deadline: Deadline) -> str | None:
    """The question in the model's words; None where they are the same, are no question, or name what nobody named.

    Raises:
        UnavailableError: the model does not answer.
    """
    turns = [turn if isinstance(turn, EarlierTurn) else EarlierTurn.of(*turn) for turn in found.asked.history]
    earlier = [turn.understood or turn.question for turn in turns[-_EARLIER:]]
    asked = [*earlier, found.asked.question, found.read.text]
    said = without_thought(model.complete(rewriting(found.asked.question, earlier, found.read.language), deadline))
    text = shown(said).strip().strip("\"“”'").strip()
    try:
        question = check_question(text)
    except QuestionError:
        return None
    plain = [normalise(each).casefold() for each in (question, found.asked.question, found.read.text)]
    if "\n" in question or len(question) > _LONGEST or plain[0] in plain[1:]:
        return None
    return question if _names_no_more(question, asked) and _names_no_less(question, found) else None


def _names_no_more(question: str, asked: list[str]) -> bool:
    """Whether all that a question names, and every number in it, is named in what was asked."""
    before = [read_question(each, ()) for each in asked]
    named = {name.zh for each in before for name in each.names}
    read = read_question(question, ())
    numbers = chinese_numbers if language_of(question) == "zh" else english_numbers
    known = {n for each in asked for n in (*chinese_numbers(each), *english_numbers(each))}
    return all(name.zh in named for name in read.names) and set(numbers(question)) <= known


def _names_no_less(question: str, found: Found) -> bool:
    """Whether a question still names what the one as it was read does: without its year it is another question."""
    kept = {name.zh for name in read_question(question, ()).names}
    return all(name.zh in kept for name in found.read.names)
