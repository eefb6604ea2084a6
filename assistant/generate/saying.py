"""What is said on a command line of an answer that a language model worded, or should have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from assistant.answer import Answer, Shortfall
from corpus.records import Bilingual

REWRITTEN: Final = Bilingual(zh="检索时改写为：", en="Searched for as: ")

_WORDED = Bilingual(
    zh="由语言模型行文，每句均已与所引段落核对。",
    en="Worded by a language model; each sentence was checked against the paragraph it cites.",
)
_REMOVED = Bilingual(
    zh="已删去{n}句，所引段落不支持。", en="Removed, as the cited paragraphs do not support them: {n} of its sentences."
)
_FALLEN_SHORT: Mapping[Shortfall, Bilingual] = {
    "unsupported": Bilingual(
        zh="语言模型的行文未能得到所引段落支持，故直接摘录原文作答。",
        en="What the language model wrote was not borne out by the paragraphs, so the answer is quoted from them.",
    ),
    "failed": Bilingual(
        zh="语言模型未能作答，故直接摘录原文作答。",
        en="The language model did not answer, so the answer is quoted from the documents.",
    ),
    "resting": Bilingual(
        zh="语言模型接连未能作答，暂停使用片刻，故直接摘录原文作答。",
        en="The language model failed several times and is left alone for a moment, so the answer is quoted from the"
        " documents.",
    ),
    "cut": Bilingual(
        zh="语言模型的回答中途中断，此处仅有中断前已核对的句子。",
        en="The language model's answer broke off; these are the sentences that had come and were checked.",
    ),
}


def about_the_model(answer: Answer) -> Iterator[str]:
    """Who worded an answer, what a model fell short of, and how much of it was removed; nothing without one."""
    if answer.mode == "llm":
        yield _WORDED.get(answer.language)
    if answer.shortfall:
        yield _FALLEN_SHORT[answer.shortfall].get(answer.language)
    if answer.removed:
        yield _REMOVED.get(answer.language).format(n=len(answer.removed))
