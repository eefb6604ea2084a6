"""Questions that set texts side by side."""

from __future__ import annotations

import re

_COMPARES = re.compile(
    r"不同|区别|差别|差异|异同|出入|对比|比较|相比|对照|一样|一致吗|是否一致|相同|改动|改了|变了|变化|差在"
    r"|\b(?:differ\w*|compar(?:e|ed|es|ing|ison)|versus|vs|same|changed?|contrast|side by side)\b",
    re.IGNORECASE | re.ASCII,
)


def compares(question: str) -> bool:
    """Whether a question asks how texts differ or agree; ``question`` is plain."""
    return bool(_COMPARES.search(question))


def without_comparing(question: str) -> str:
    """A question without the words that ask for a comparison: what is compared."""
    return " ".join(_COMPARES.sub(" ", question).split())
