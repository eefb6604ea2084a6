"""Questions that set texts side by side."""

from __future__ import annotations

import re

_COMPARES = re.compile(
    r"不同|区别|差别|差异|异同|出入|对比|比较|相比|对照|一样|一致吗|是否一致|相同|改动|改了|变了|变化|差在"
    r"|对得上|删[掉了]|多写|少写|多了|少了|新增|更[严强弱细]|谁的|孰|两相|相对照"
    r"|\b(?:differ\w*|compar(?:e|ed|es|ing|ison)|versus|vs|same|changed?|contrast|side by side|respectively"
    r"|stronger|weaker|stricter|softer)\b"
    r"|\b(?:goes|go) further\b|\bnext to\b|\bnew in\b|\b(?:added|dropped|lost|gained)\b|\bline up\b"
    r"|\bin both\b|\b(?:each|both) \w+\b",
    re.IGNORECASE | re.ASCII,
)


def compares(question: str) -> bool:
    """Whether a question asks how texts differ or agree; ``question`` is plain."""
    return bool(_COMPARES.search(question))


def without_comparing(question: str) -> str:
    """A question without the words that ask for a comparison: what is compared."""
    return " ".join(_COMPARES.sub(" ", question).split())
