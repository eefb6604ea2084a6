"""The halves of a question set: alike in every kind and language, and the same whatever comes later."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from corpus.records import Language
from eval.errors import DatasetError
from eval.questions import QUESTIONS, GoldQuestion, Split, read_questions
from eval.split import split_file, split_in_halves
from tests.eval.conftest import json_lines
from tests.eval.outcomes import asked


def question(name: str, kind: str = "fact", language: Language = "en", split: Split = "test") -> GoldQuestion:
    return replace(asked(name), kind=kind, language=language, split=split)


def by_id(questions: list[GoldQuestion]) -> dict[str, Split]:
    return {each.id: each.split for each in questions}


def mixed(count: int) -> list[GoldQuestion]:
    """Questions of uneven strata: many facts in English, few lists in Chinese."""
    random = Random(count)
    languages: list[Language] = random.choices(["zh", "en"], weights=[1, 3], k=count)
    kinds = random.choices(["fact", "list"], weights=[4, 1], k=count)
    return [
        question(f"q{at}", kind, language) for at, (kind, language) in enumerate(zip(kinds, languages, strict=True))
    ]


@pytest.mark.parametrize("count", [1, 2, 3, 10, 41, 100])
def test_each_kind_and_language_is_halved(count: int) -> None:
    questions = mixed(count)
    halved = split_in_halves(questions)
    found = Counter((each.kind, each.language, each.split) for each in halved)
    for kind, language in {(each.kind, each.language) for each in questions}:
        assert abs(found[kind, language, "dev"] - found[kind, language, "test"]) <= 1


def test_nothing_but_the_half_changes_and_no_question_is_lost() -> None:
    questions = mixed(30)
    halved = split_in_halves(iter(questions))
    plain = {each.id: each for each in questions}
    assert len(halved) == 30
    assert {each.id: replace(each, split="test") for each in halved} == plain


def test_the_order_of_the_questions_and_the_half_they_had_do_not_matter() -> None:
    questions = mixed(40)
    shuffled = [replace(each, split="dev") for each in Random(1).sample(questions, 40)]
    assert by_id(split_in_halves(questions)) == by_id(split_in_halves(shuffled))


def test_an_odd_question_may_fall_to_either_half() -> None:
    # Each is alone of its kind: were they all of one half, it would be larger by one for each kind.
    alone = split_in_halves(question(f"q{at}", kind=f"kind {at}") for at in range(200))
    # 100 are expected; 6 standard deviations of √(200 / 4) are 42.
    assert 58 <= Counter(each.split for each in alone)["dev"] <= 142


def test_a_question_once_in_a_half_stays_when_others_are_added() -> None:
    first = split_in_halves(mixed(20))
    added = [question(f"new {at}") for at in range(15)]
    later = by_id(split_in_halves([*added, *first], decided=[each.id for each in first]))
    assert {each.id: later[each.id] for each in first} == by_id(first)
    assert later.keys() == by_id(first).keys() | {each.id for each in added}


def test_new_questions_go_where_there_are_fewer() -> None:
    old = [question("old 1", split="test"), question("old 2", split="test"), question("old 3", split="test")]
    new = [question("new 1"), question("new 2"), question("new 3")]
    decided = ["old 1", "old 2", "old 3", "no such question"]
    assert by_id(split_in_halves([*old, *new], decided)) == {
        "old 1": "test", "old 2": "test", "old 3": "test", "new 1": "dev", "new 2": "dev", "new 3": "dev",
    }  # fmt: skip
    # Those of another kind have no say.
    other = [question("other 1", kind="list"), question("other 2", kind="list")]
    halved = by_id(split_in_halves([*old, *other], decided))
    assert {halved["other 1"], halved["other 2"]} == {"dev", "test"}


def test_no_questions_have_no_halves() -> None:
    assert split_in_halves([]) == []


# The file.

UNSPLIT = {"id": "new", "language": "en", "kind": "fact", "question": "What?", "answerable": False}


def line(name: str, **more: object) -> str:
    return json_lines({**UNSPLIT, "id": name, **more})


def test_lines_without_a_half_get_one_and_nothing_else_of_a_file_changes(tmp_path: Path) -> None:
    path = tmp_path / "own.jsonl"
    # White space, escapes and line ends as people leave them; a note that looks as if it had a half.
    fixed = b"\xef\xbb\xbf" + line("old 1", split="test").encode().replace(b": ", b" :  ")
    bare = b'  {"id": "\\u65b0 }", "language": "en", "kind": "fact", "question": "A}?", "answerable": false }\t\r\n'
    noted = line("new 2", kind="list", note='"split": "dev"}').encode()
    last = line("new 3", note="枪支").encode().rstrip(b"\n")
    path.write_bytes(fixed + b"\n \r\n" + bare + noted + last)
    assert split_file(path) == 3
    halves = by_id(list(read_questions(path, None).questions))
    # One fact was in the test half: of the two new ones the first goes to the other half.
    assert halves["old 1"] == "test"
    assert "dev" in (halves["新 }"], halves["new 3"])
    said = [f', "split": "{halves[name]}"'.encode() for name in ("新 }", "new 2", "new 3")]
    assert path.read_bytes() == (
        fixed + b"\n \r\n" + bare.replace(b" }\t", said[0] + b" }\t") + noted[:-2] + said[1] + b"}\n"
        + last[:-1] + said[2] + b"}"
    )  # fmt: skip
    assert split_file(path) == 0


def test_a_file_of_which_each_question_has_its_half_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "own.jsonl"
    path.write_bytes(QUESTIONS.read_bytes())
    path.chmod(0o444)
    before = path.stat()
    assert split_file(path) == 0
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (QUESTIONS.read_bytes(), before.st_mtime_ns)


def test_questions_added_to_those_of_the_project_keep_its_halves_alike(tmp_path: Path) -> None:
    path = tmp_path / "own.jsonl"
    own = [{**json.loads(line(f"new {at}")), "kind": "absent", "language": "zh"} for at in range(5)]
    path.write_bytes(QUESTIONS.read_bytes() + json_lines(*own).encode())
    assert split_file(path) == 5
    assert path.read_bytes().startswith(QUESTIONS.read_bytes())
    count = Counter(
        each.split for each in read_questions(path, None).questions if (each.kind, each.language) == ("absent", "zh")
    )
    assert abs(count["dev"] - count["test"]) <= 1


@pytest.mark.parametrize("bad", ["{\n", line("new"), line("q9", split="train"), line("q9", question="?")])
def test_a_file_with_a_fault_is_left_as_it_is(tmp_path: Path, bad: str) -> None:
    path = tmp_path / "own.jsonl"
    path.write_text(line("new") + bad, encoding="utf-8")
    with pytest.raises(DatasetError, match=r"own\.jsonl line 2"):
        split_file(path)
    assert path.read_text(encoding="utf-8") == line("new") + bad
