"""The two halves of a question set: one to set weights and thresholds on, one to report."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from eval.errors import DatasetError
from eval.questions import SPLITS, GoldQuestion, Split, read_questions


def split_file(path: Path) -> int:
    """Writes a half into each line of a file of questions that has none, and gives how many had none.

    Nothing else of the file changes, to the byte; questions that have a half keep it.

    Raises:
        DatasetError: the file cannot be read or written, or a line is malformed, before which nothing is written.
    """
    read = read_questions(path, None)
    lines = path.read_bytes().split(b"\n")
    undecided = [each.id for each in read.questions if "split" not in json.loads(lines[read.lines[each.id] - 1])]
    if not undecided:
        return 0
    decided = read.lines.keys() - set(undecided)
    halves = {each.id: each.split for each in split_in_halves(read.questions, decided)}
    for question_id in undecided:
        at = read.lines[question_id] - 1
        # The last brace closes the object: nothing but white space may follow it.
        inside = lines[at][: lines[at].rindex(b"}")].rstrip()
        lines[at] = inside + f', "split": "{halves[question_id]}"'.encode() + lines[at][len(inside) :]
    try:
        path.write_bytes(b"\n".join(lines))
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise DatasetError(
            f"{path} cannot be written: {reason}", "a file", "give it the right to be written"
        ) from error
    return len(undecided)


def split_in_halves(questions: Iterable[GoldQuestion], decided: Collection[str] = ()) -> list[GoldQuestion]:
    """The questions, each in a half, so that the halves are alike in kind and language.

    Within a kind and language, questions go in the order of a hash of their ids to the half that has fewer; where both
    have as many, the id's hash says which. Ids in ``decided`` keep the half they are in, so that a question, once
    reported on, is never tuned on because others were added.
    """
    strata: dict[tuple[str, str], list[GoldQuestion]] = defaultdict(list)
    for question in questions:
        strata[question.kind, question.language].append(question)
    done: dict[str, GoldQuestion] = {}
    for of in strata.values():
        count: dict[Split, int] = dict.fromkeys(SPLITS, 0)
        kept = [question for question in of if question.id in decided]
        for question in kept:
            count[question.split] += 1
            done[question.id] = question
        for question in sorted((q for q in of if q.id not in decided), key=lambda q: _hash(q.id)):
            fewer = min(SPLITS, key=lambda split: (count[split], split != _drawn(question.id)))
            count[fewer] += 1
            done[question.id] = replace(question, split=fewer)
    return [done[question_id] for of in strata.values() for question_id in (question.id for question in of)]


def _hash(question_id: str) -> str:
    return sha256(question_id.encode()).hexdigest()


def _drawn(question_id: str) -> Split:
    return SPLITS[int(_hash(question_id), 16) % 2]
