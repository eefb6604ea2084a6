"""What delegates said of answers becomes questions: of an answer voted up what it cited is gold.

What is right where an answer was voted down nobody has said yet. Such a question is of the kind ``to-check``, which is
read and never asked; so is one whose vote up says too little.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from assistant.question import language_of
from corpus.feedback import Feedback
from corpus.normal import normalise
from corpus.records import LANGUAGES
from eval.errors import DatasetError
from eval.questions import TO_CHECK, Gold, GoldQuestion, TextOf

#: The kind of those of which a right answer is known.
KIND = "feedback"
_SHORTEST_ID = 8


def questions_from_feedback(said: Iterable[Feedback], text_of: TextOf) -> list[GoldQuestion]:
    """A question of each that was asked, the last voted on last; of votes on the same question the last stands.

    All are of the development half: the gold of a vote up is what the program itself cited, so that a figure on them
    says how much it still gives what it gave, and not how good that is.

    Args:
        said: what was said, oldest first.
        text_of: the texts of the library; where it lacks one that was cited, the vote is of another text.
    """
    said = list(said)
    ids = _short_ids(each.id for each in said)
    last: dict[tuple[object, ...], Feedback] = {}
    for each in said:
        asked = (each.question, each.earlier, frozenset(each.documents))
        last.pop(asked, None)
        last[asked] = each
    return [_question(each, ids[each.id], text_of) for each in last.values()]


def question_lines(questions: Iterable[GoldQuestion]) -> str:
    """Questions as a file holds them, one a line."""
    return "".join(json.dumps(asdict(question), ensure_ascii=False) + "\n" for question in questions)


def write_new(path: Path, content: str) -> None:
    """Writes a file that was not there: gold that a person has set in one is nowhere else.

    Raises:
        DatasetError: it is there, or cannot be written.
    """
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(content)
    except FileExistsError:
        raise DatasetError(
            f"{path} exists", "a new file", "name another, for what was set in it would be lost"
        ) from None
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise DatasetError(f"{path} cannot be written: {reason}", "a file that can be", "name another") from error


def _question(said: Feedback, short_id: str, text_of: TextOf) -> GoldQuestion:
    open_points = list(_open_points(said, text_of))
    answered = not open_points and not said.abstained
    return GoldQuestion(
        id=f"feedback-{short_id}",
        language=language_of(normalise(said.question)),
        kind=TO_CHECK if open_points else KIND,
        question=said.question,
        answerable=answered,
        history=said.earlier,
        gold=Gold(any=said.cited) if answered else Gold(),
        split="dev",
        note=_note(said, open_points),
    )


def _open_points(said: Feedback, text_of: TextOf) -> Iterator[str]:
    """Why a right answer is not known."""
    if said.vote == "down":
        yield "voted down"
    if said.documents:
        # A question of an evaluation is asked of all documents.
        yield f"asked only of {', '.join(said.documents)}"
    if said.vote == "up" and not said.abstained:
        if not said.cited:
            yield "the answer cites nothing"
        if gone := [each for each in said.cited if all(text_of(each, language) is None for language in LANGUAGES)]:
            yield f"not in the library now: {', '.join(gone)}"


def _note(said: Feedback, open_points: Sequence[str]) -> str:
    if not open_points:
        return said.comment
    answer = f"the answer cited {', '.join(said.cited)}" if said.cited and not said.abstained else ""
    if said.abstained:
        answer = "the documents were said not to answer"
    comment = f"the reader: {said.comment}" if said.comment else ""
    return "to be checked: " + "; ".join(part for part in (*open_points, answer, comment) if part)


def _short_ids(ids: Iterable[str]) -> dict[str, str]:
    """The first eight characters of each id, or as many more as tell it from those that sort before it."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for each in sorted(ids):
        found[each] = next(each[:n] for n in range(_SHORTEST_ID, len(each) + 1) if each[:n] not in taken)
        taken.add(found[each])
    return found
