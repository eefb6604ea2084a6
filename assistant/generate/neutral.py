"""Texts as a model may be given them: with nothing in them that looks like a citation, a fence or a role."""

from __future__ import annotations

import re
import unicodedata
from math import ceil

from corpus.normal import INVISIBLE, normalise

# After NFKC a mark is [1] however it was written; only 【】 and their like have no plain form.
_BRACKETS = str.maketrans("【】〔〕〖〗", "[][][]")
_MARK = re.compile(r"\[\s{0,9}(\d{1,9}(?:\s{0,9}[,;–-]\s{0,9}\d{1,9})*)\s{0,9}\]")
_WIDE_MARK = re.compile(r"[\[［【〔〖]\s{0,3}[\d０-９][\d０-９\s,，、;；^]{0,60}[\]］】〕〗]")
# The brackets in which chat templates part speakers.
_ROLE = re.compile(r"\[\s*(/?\s*(?:INST|SYS|CONTEXT))\s*\]", re.IGNORECASE)
# What stands behind an ideograph is Chinese punctuation, which a model copies as it is given.
_CHINESE_STOP = re.compile(r"(?<=[\u3400-\u9fff)”》])[,;:?!](?=[\u3400-\u9fff(“《\n]|$)")
_WIDE = str.maketrans(",;:?!", "，；：？！")
_NOTHING = re.compile(f"[{INVISIBLE}]")
_STEERING = frozenset({"Cc", "Cf", "Cs"})
_ANGLES = str.maketrans("<>", "‹›")
_IDEOGRAPH = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef\U00020000-\U0003ffff]")


def neutral(text: str) -> str:
    """A text without what a document could forge: citation marks, fences, tags, roles, and what shows nothing.

    Compatibility forms are made plain first, so that no other way of writing one of them is left; stops between
    ideographs are then written as Chinese writes them again.
    """
    plain = normalise(unicodedata.normalize("NFKC", text)).translate(_BRACKETS)
    plain = _ROLE.sub(r"(\1)", _MARK.sub(r"(\1)", plain)).translate(_ANGLES)
    return _CHINESE_STOP.sub(lambda match: match[0].translate(_WIDE), shown(plain))


def shown(text: str) -> str:
    """A text without characters that show nothing or steer what shows it."""
    return "".join(
        each for each in _NOTHING.sub("", text) if each in "\n\t" or unicodedata.category(each) not in _STEERING
    )


def plain_marks(text: str) -> str:
    """A text whose citation marks are all of the form [1], however they were written."""
    return _WIDE_MARK.sub(lambda match: unicodedata.normalize("NFKC", match[0]).translate(_BRACKETS), text)


def tokens(text: str) -> int:
    """How many tokens a text is at most, for any usual model: one an ideograph, one for three other characters.

    It is an estimate from above, since the program does not know the model's own vocabulary.
    """
    ideographs = len(_IDEOGRAPH.findall(text))
    return ideographs + ceil((len(text) - ideographs) / 3)
