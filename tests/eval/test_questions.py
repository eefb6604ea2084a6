"""A file of questions is read whole; whatever is wrong with it is said with the file, the line and the reason."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from eval.errors import DatasetError
from eval.questions import Gold, GoldQuestion, GoldQuote, read_questions
from tests.eval.conftest import json_lines
from tests.eval.outcomes import COLD, DRY, SALT, asked, asked_in_vain, text_of

Write = Callable[[str | bytes], Path]

SOUND: dict[str, Any] = {
    "id": "q1", "language": "en", "kind": "fact", "question": "What is salt?", "answerable": True,
    "gold": {"any": [SALT]},
}  # fmt: skip
IN_VAIN: dict[str, Any] = {
    "id": "q2", "language": "zh", "kind": "absent", "question": "火星如何？", "answerable": False,
}  # fmt: skip


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """A function that writes a file of questions."""

    def write_file(content: str | bytes) -> Path:
        path = tmp_path / "questions.jsonl"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write_file


def refused(path: Path) -> str:
    """What is said of a file that is refused, without the folder."""
    with pytest.raises(DatasetError) as raised:
        read_questions(path, text_of)
    message = str(raised.value)
    assert str(path) in message
    assert "; expected " in message
    assert "\n" not in message
    return message.replace(f"{path.parent}/", "")


def test_questions_come_in_the_order_of_the_file_with_their_lines(write: Write) -> None:
    read = read_questions(write(json_lines(SOUND) + "\n\n" + json_lines(IN_VAIN)), text_of)
    assert read.questions == (
        GoldQuestion("q1", "en", "fact", "What is salt?", True, gold=Gold(any=(SALT,))),
        GoldQuestion("q2", "zh", "absent", "火星如何？", False),
    )
    assert read.lines == {"q1": 1, "q2": 4}
    assert read.path.name == "questions.jsonl"


def test_all_that_a_question_may_hold(write: Write) -> None:
    whole = {
        **SOUND,
        "history": ["What of the moon?", "And the wind?"],
        "gold": {"any": [SALT], "all": [DRY], "also": [COLD]},
        "quotes": [{"anchor": COLD, "language": "en", "quote": "wind is cold"}],
        "must": [["salt", "salty"], ["dry"]],
        "split": "dev",
        "note": "Of three.",
    }
    (question,) = read_questions(write(json_lines(whole)), text_of).questions
    assert question == GoldQuestion(
        "q1",
        "en",
        "fact",
        "What is salt?",
        True,
        ("What of the moon?", "And the wind?"),
        Gold((SALT,), (DRY,), (COLD,)),
        (GoldQuote(COLD, "en", "wind is cold"),),
        (("salt", "salty"), ("dry",)),
        "dev",
        "Of three.",
    )
    assert question.demanded == {SALT, DRY}
    assert question.relevant == {SALT, DRY, COLD}


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_line_ends_and_a_byte_order_mark_do_not_matter(write: Write, end: str) -> None:
    content = b"\xef\xbb\xbf" + json.dumps(SOUND).encode() + end.encode()
    assert read_questions(write(content), text_of).lines == {"q1": 1}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "questions.jsonl holds no question"),
        (b"\n \r\n", "questions.jsonl holds no question"),
        (b"{}\n", "questions.jsonl line 1: id: field required"),
        (b'\n{"id": "q1"\n', "questions.jsonl line 2 is not JSON (Expecting ',' delimiter at column 12)"),
        (b"what?\n", "questions.jsonl line 1 is not JSON (Expecting value at column 1)"),
        (b"[]\n", "questions.jsonl line 1 is a list"),
        (b"null\n", "questions.jsonl line 1 is null"),
        (b"\n\n\xff\xfe", "questions.jsonl line 3 is not UTF-8"),
        (json.dumps(SOUND).encode() + b"\n\xe6\x9e", "questions.jsonl line 2 is not UTF-8"),
    ],
)
def test_what_is_not_lines_of_objects_is_refused(write: Write, content: bytes, said: str) -> None:
    assert refused(write(content)).startswith(f"{said};")


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.jsonl").startswith("none.jsonl is missing; expected a file of questions;")
    folder = tmp_path / "folder.jsonl"
    folder.mkdir()
    assert refused(folder).startswith("folder.jsonl cannot be read: is a directory;")


def test_what_is_said_of_a_line_is_of_a_question(write: Write) -> None:
    assert refused(write("[]\n")).startswith(
        'questions.jsonl line 1 is a list; expected a JSON object such as {"id": …, "question": …};'
    )


@pytest.mark.parametrize("key", ["id", "language", "kind", "question", "answerable"])
def test_a_question_without_one_of_its_parts_is_refused(write: Write, key: str) -> None:
    lacking = {name: value for name, value in SOUND.items() if name != key}
    assert f"questions.jsonl line 2: {key}: field required;" in refused(write(json_lines(IN_VAIN, lacking)))


@pytest.mark.parametrize(
    ("part", "place"),
    [
        ({"id": 5}, "id: input should be a valid string"),
        ({"id": ""}, "id: string should have at least 1 character"),
        ({"language": "fr"}, "language: input should be 'zh' or 'en'"),
        ({"question": None}, "question: input should be a valid string"),
        ({"question": "\ud800"}, "question: input should be a valid string"),
        ({"answerable": "perhaps"}, "answerable: input should be a valid boolean"),
        ({"answerable": "true"}, "answerable: input should be a valid boolean"),
        ({"answerable": 1}, "answerable: input should be a valid boolean"),
        ({"history": "What?"}, "history: input should be a valid tuple"),
        ({"history": ["What?", ""]}, "history.1: string should have"),
        ({"gold": [SALT]}, "gold: input should be a dictionary"),
        ({"gold": {"any": SALT}}, "gold.any: input should be a valid tuple"),
        ({"gold": {"any": [SALT, 3]}}, "gold.any.1: input should be a valid string"),
        ({"gold": {"some": [SALT]}}, "gold.some: unexpected keyword argument"),
        ({"quotes": [{"anchor": SALT, "language": "en"}]}, "quotes.0.quote: field required"),
        ({"quotes": [{"anchor": SALT, "language": "en", "quote": ""}]}, "quotes.0.quote: string should have"),
        ({"quotes": [{"anchor": SALT, "language": "en", "quote": "The", "at": 0}]}, "quotes.0.at: unexpected"),
        ({"must": ["salt"]}, "must.0: input should be a valid tuple"),
        ({"must": [["salt"], []]}, "must.1: tuple should have at least 1 item"),
        ({"split": "train"}, "split: input should be 'dev' or 'test'"),
        ({"answer": "The sea."}, "answer: unexpected keyword argument"),
    ],
)
def test_what_a_part_may_not_hold_is_refused(write: Write, part: dict[str, Any], place: str) -> None:
    line = json.dumps({**SOUND, **part}) + "\n"
    assert refused(write(json_lines(IN_VAIN) + line)).startswith(f"questions.jsonl line 2: {place}")


def test_an_id_may_stand_once(write: Write) -> None:
    twice = json_lines(SOUND, IN_VAIN) + "\n" + json_lines({**SOUND, "question": "What else is salt?"})
    assert refused(write(twice)).startswith("questions.jsonl line 4 repeats the id 'q1' of line 1;")


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ({"gold": {}}, "it is answerable and names no gold anchor"),
        ({"gold": {"also": [SALT]}}, "it is answerable and names no gold anchor"),
        ({"answerable": False}, "it is not answerable and has a gold answer"),
        ({"answerable": False, "gold": {"also": [SALT]}}, "it is not answerable and has a gold answer"),
        ({"answerable": False, "gold": {}, "must": [["salt"]]}, "it is not answerable and has a gold answer"),
        (
            {"answerable": False, "gold": {}, "quotes": [{"anchor": SALT, "language": "en", "quote": "sea"}]},
            "it is not answerable and has a gold answer",
        ),
        ({"gold": {"any": [SALT], "all": [DRY, SALT]}}, f"{SALT!r} stands in two lists of gold"),
        ({"gold": {"any": [DRY], "also": [DRY]}}, f"{DRY!r} stands in two lists of gold"),
        ({"gold": {"all": [COLD], "also": [COLD]}}, f"{COLD!r} stands in two lists of gold"),
        ({"gold": {"any": [SALT, DRY, SALT]}}, f"{SALT!r} stands twice in gold.any"),
        ({"gold": {"all": [SALT, SALT]}}, f"{SALT!r} stands twice in gold.all"),
        ({"gold": {"any": [SALT], "also": [COLD, COLD]}}, f"{COLD!r} stands twice in gold.also"),
        # What the assistant would refuse to be asked.
        ({"question": " "}, "the question is empty"),
        ({"question": "?!"}, "the question holds no words"),
        ({"question": "x" * 2001}, "the question has 2,001 characters"),
        ({"history": ["What of the sea?", "…"]}, "the question holds no words"),
        ({"gold": {"any": [SALT, "d#p9"]}}, "the anchor 'd#p9' is not in the library"),
        ({"gold": {"any": [SALT], "also": ["e#p1"]}}, "the anchor 'e#p1' is not in the library"),
        (
            {"quotes": [{"anchor": SALT, "language": "en", "quote": "The sea is  salt."}]},
            f"the quote 'The sea is  salt.' is not in {SALT!r}",
        ),
        (
            {"quotes": [{"anchor": SALT, "language": "en", "quote": "the sea"}]},
            f"the quote 'the sea' is not in {SALT!r}",
        ),
        (
            {"quotes": [{"anchor": DRY, "language": "en", "quote": "The moon"}]},
            f"it quotes {DRY!r}, which is not in its gold",
        ),
        ({"quotes": [{"anchor": SALT, "language": "zh", "quote": "海"}]}, f"{SALT!r} has no text in 'zh'"),
    ],
)
def test_what_the_texts_or_the_rest_of_the_line_contradict_is_refused(
    write: Write, part: dict[str, Any], said: str
) -> None:
    content = json_lines(IN_VAIN, {**SOUND, **part})
    assert refused(write(content)).startswith(f"questions.jsonl line 2: {said};")


def test_without_texts_anchors_and_quotes_are_taken_as_they_are(write: Write) -> None:
    elsewhere = {**SOUND, "gold": {"any": ["e#p1"]}, "quotes": [{"anchor": "e#p1", "language": "zh", "quote": "海"}]}
    assert read_questions(write(json_lines(elsewhere)), None).questions[0].demanded == {"e#p1"}
    with pytest.raises(DatasetError, match="names no gold anchor"):
        read_questions(write(json_lines({**SOUND, "gold": {}})), None)


def test_the_first_fault_of_a_file_is_said(write: Write) -> None:
    content = json_lines({**SOUND, "split": "train"}) + "{\n"
    assert refused(write(content)).startswith("questions.jsonl line 1: split:")


def test_a_fingerprint_is_of_what_is_asked_and_expected() -> None:
    question = asked("q1")
    assert question.fingerprint == asked("q1").fingerprint
    # Which half it is in and what is noted of it change no score.
    assert replace(question, split="dev", note="A note.").fingerprint == question.fingerprint
    others = [
        replace(question, id="q2"),
        replace(question, language="zh"),
        replace(question, kind="list"),
        replace(question, question="What of q1, then?"),
        replace(question, history=("What of the moon?",)),
        replace(question, must=(("salt",),)),
        replace(question, quotes=(GoldQuote(SALT, "en", "salt"),)),
        asked("q1", any_of=(), all_of=[SALT]),
        asked("q1", also=[DRY]),
        asked_in_vain("q1"),
    ]
    assert len({question.fingerprint, *(other.fingerprint for other in others)}) == 1 + len(others)
