"""The same question in other clothes has the same first citation, or none again."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import pytest
from opencc import OpenCC

from assistant import Assistant
from assistant.asking import ASKING
from corpus.glossary import glossary
from corpus.words import segmenter

QUESTIONS = Path(__file__).parents[2] / "eval" / "questions.jsonl"
SAMPLE = 40
_HOMOPHONES = (
    "枪支=枪只 议定书=议定叔 工作组=工作祖 缔约=谛约 秘书处=秘书储 追查=追察 贩运=贩云 决议=决仪 非法=非珐"
    " 销毁=销悔 嘉宾=佳宾 背景文件=背景文建 讨论要点=讨伦要点 毒品和犯罪问题办公室=毒品和犯罪问提办公室 会议=会仪"
)
Clothes = Callable[[str], str]


@cache
def sample() -> tuple[str, ...]:
    lines = QUESTIONS.read_text("utf-8").splitlines()
    dev = [json.loads(line)["question"] for line in lines if '"split": "dev"' in line]
    return tuple(random.Random(20).sample(dev, SAMPLE))


def is_chinese(text: str) -> bool:
    return len(re.findall(r"[\u3400-\u9fff]", text)) * 3 > len(re.findall(r"[A-Za-z]+", text))


def dice(text: str, clothes: str) -> random.Random:
    return random.Random(f"{clothes} {text}")


def full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def spaced(text: str) -> str:
    """A space between any two ideographs; in English two between words, and one within a long word."""
    if is_chinese(text):
        return re.sub(r"(?<=[\u3400-\u9fff])(?=[\u3400-\u9fff])", " ", text)
    long = re.search(r"\b(?:meeting|resolution|protocol|firearms|trafficking|discussion|background)\b", text)
    apart = text[: long.start() + 3] + " " + text[long.start() + 3 :] if long else text
    return apart.replace(" ", "  ")


def zero_width(text: str) -> str:
    drawn = dice(text, "zero width")
    return "".join(c + drawn.choice(("", "\u200b", "\u200d", "\ufeff", "\u00ad")) for c in text)


def padded(text: str) -> str:
    if is_chinese(text):
        pairs = (("请问，", "谢谢！"), ("您好，麻烦问一下，", ""), ("您好！我想请问一下：", "，非常感谢"))
    else:
        pairs = (("Could you please tell me: ", ", thanks"), ("Hello, ", " Thank you very much!"), ("Excuse me, ", ""))
    before, behind = dice(text, "padding").choice(pairs)
    return f"{before}{text}{behind}"


def without_mark(text: str) -> str:
    return text.rstrip("?？")


def marks_doubled(text: str) -> str:
    return text + ("？？" if is_chinese(text) else "??")


def curly(text: str) -> str:
    return text.replace("'", "’").replace("“", '"').replace("”", '"')


def traditional(text: str) -> str:
    return str(_to_traditional().convert(text))


@cache
def _to_traditional() -> OpenCC:
    return OpenCC("s2t")


def half_traditional(text: str) -> str:
    half = len(text) // 2
    return traditional(text[:half]) + text[half:]


def slipped(text: str) -> str:
    """One slip of the finger in a long English word, or in a term, that is no name and no number."""
    drawn = dice(text, "slip")
    return _slip_in_chinese(text, drawn) if is_chinese(text) else _slip_in_english(text, drawn)


def _slip_in_english(text: str, drawn: random.Random) -> str:
    places = [
        match for match in re.finditer(r"(?<![\w'/-])[a-z]{6,}(?![\w'/-])", text)
        if segmenter().words(match[0])[0] not in ASKING
    ]  # fmt: skip
    if not places:
        return text
    match = drawn.choice(places)
    word, at = match[0], drawn.randrange(1, len(match[0]) - 1)
    kind = drawn.choice(("wrong", "missing", "doubled", "swapped"))
    put = {
        "wrong": word[:at] + drawn.choice([c for c in "aeionrstlcmpd" if c != word[at]]) + word[at + 1 :],
        "missing": word[:at] + word[at + 1 :],
        "doubled": word[:at] + word[at] + word[at:],
        "swapped": word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    }[kind]
    return text[: match.start()] + put + text[match.end() :]


def _slip_in_chinese(text: str, drawn: random.Random) -> str:
    alike = dict(pair.split("=") for pair in _HOMOPHONES.split())
    found = [form for form in alike if form in text]
    longer = [
        term.surface for term in glossary().find(text, "zh") if term.term.kind == "term" and len(term.surface) > 3
    ]
    if longer and drawn.random() < 0.5:
        term = drawn.choice(longer)
        at = drawn.randrange(1, len(term) - 1)
        return text.replace(term, term[:at] + term[at + 1 :], 1)
    if not found:
        return text
    form = drawn.choice(found)
    return text.replace(form, alike[form], 1)


def differing(assistant: Assistant, clothes: Clothes, questions: Sequence[str]) -> list[str]:
    """The dressed questions that have another first citation than the question itself."""
    dressed = [(question, clothes(question)) for question in questions]
    return [other for question, other in dressed if _first(assistant, other) != _first(assistant, question)]


@cache
def _first(assistant: Assistant, question: str) -> str | None:
    answer = assistant.ask(question)
    return answer.citations[0].anchor if answer.citations else None


CLOTHES: tuple[Clothes, ...] = (
    full_width, spaced, zero_width, padded, without_mark, marks_doubled, curly, traditional, half_traditional,
    str.lower, str.upper,
)  # fmt: skip


@pytest.mark.parametrize("clothes", CLOTHES)
def test_clothes_change_nothing(assistant: Assistant, clothes: Clothes) -> None:
    # A quarter of the sample in each, another in the next: every question is asked, and none a dozen times.
    assert differing(assistant, clothes, sample()[CLOTHES.index(clothes) % 4 :: 4]) == []


def test_a_slip_changes_almost_nothing(assistant: Assistant) -> None:
    slips = [question for question in sample() if slipped(question) != question]
    others = differing(assistant, slipped, slips)
    assert len(others) <= 0.05 * len(slips), others
