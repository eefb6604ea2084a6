"""Texts of two languages, and an oracle of which of them hold a question's words that reads every text anew."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from assistant.concepts import Concept, Form
from corpus.records import Language
from corpus.words import segmenter

TEXTS: dict[Language, list[str]] = {
    "zh": [
        "缔约国应标记所有枪支。",
        "具体目标16.4要求减少非法武器流动。",
        "秘书处报告说，2012年5月销毁了1,045支枪支。",
        "第5/4号决议鼓励各国追查枪支。",
        "会议注意到秘书处的报告。",
        "16名专家与4名观察员出席。",
    ],
    "en": [
        "States should mark all firearms.",
        "Target 16.4 calls for reducing illicit arms flows.",
        "The Secretariat reported that 1,045 firearms were destroyed in May 2012.",
        "Resolution 5/4 encourages States to trace firearms.",
        "The meeting took note of the report of the Secretariat.",
        "A rate was named, and an interest in it.",
        "The interest rate rose.",
    ],
}


def concept(*forms: str, weight: float = 1.0) -> Concept:
    """Forms of words parted by spaces."""
    return tuple(Form(tuple(form.split()), weight) for form in forms)


def parts(words: Sequence[str]) -> list[str]:
    """Words as they stand in the index: numbers in their parts."""
    return [part for word in words for part in re.split(r"[./]", word)]


def holds(text: str, word: str) -> bool:
    """Whether the parts of a word stand in a text one after the other."""
    looked_for, words = parts([word]), parts(segmenter().words(text))
    return any(words[at : at + len(looked_for)] == looked_for for at in range(len(words)))


def slow_held(of: Concept, text: str) -> float:
    return max((form.weight for form in of if all(holds(text, word) for word in form.words)), default=0.0)


def slow_rarity(of: Concept, texts: Sequence[str]) -> float:
    """ln(1 + (N - n + .5) / (n + .5))."""
    n = sum(slow_held(of, text) for text in texts)
    return math.log(1 + (len(texts) - n + 0.5) / (n + 0.5))


def slow_scores(concepts: Sequence[Concept], texts: Sequence[str]) -> list[float]:
    rarities = [slow_rarity(of, texts) for of in concepts]
    shares = [[r * slow_held(of, text) for r, of in zip(rarities, concepts, strict=True)] for text in texts]
    return [sum(share) / sum(rarities) if concepts else 0.0 for share in shares]
