"""A question as its writer would have put it with care, so that how it was typed does not change what it finds."""

from __future__ import annotations

import re

from assistant.tidying.chinese_spelling import ChineseSpelling
from assistant.tidying.english_spelling import EnglishSpelling
from assistant.tidying.padding import without_padding
from assistant.tidying.script import simplified
from assistant.tidying.vocabulary import Vocabulary
from corpus.library import Library
from corpus.normal import normalise

_INVISIBLE = re.compile("[\ufe00-\ufe0f\u034f\u115f\u1160\u180b-\u180e\u3164\u0000-\u0008\u000e-\u001f\u007f]")
_QUOTES = str.maketrans("“”„‟«»「」『』〝〞‘’‚‛`´", '"' * 12 + "'" * 6)
_H = r"\u3400-\u9fff\u3001-\u301f"
# Ideographs are written without spaces; those of a Chinese question also beside its numbers and Latin letters.
_WITHIN_CHINESE = re.compile(rf"(?<=[{_H}])\s+(?=[{_H}\d])|(?<=\d)\s+(?=[{_H}])")
_BESIDE_CHINESE = re.compile(rf"(?<=[{_H}])\s+|\s+(?=[{_H}])")
_REPEATED = re.compile(r"([?!,;:。、])(?:\s*\1)+")
_ENDING = re.compile(r"[\s?!.。…,;:、~-]+$")


class Tidier:
    """Tidies questions to one generation of a library. Safe to use from several threads."""

    def __init__(self, library: Library) -> None:
        vocabulary = Vocabulary(library)
        self._english, self._chinese = EnglishSpelling(vocabulary), ChineseSpelling(vocabulary)

    def tidy(self, text: str) -> str:
        """The question as its writer would have put it with care.

        Plain characters (:func:`corpus.normal.normalise`), simplified ones, straight quotes, no spaces between
        ideographs, nothing around the question, capitals and spelling of the library, and one question mark at its end.
        The question tidied again is the same.
        """
        plain = simplified(normalise(_INVISIBLE.sub("", text))).translate(_QUOTES)
        plain = _spaced(re.sub(r"\s+", " ", plain).strip())
        plain = re.sub(r"[?!]*\?[?!]*", "?", _REPEATED.sub(r"\1", plain))
        bare = _ENDING.sub("", without_padding(plain)) or plain
        return self._chinese.spelt(self._english.spelt(bare)) + "?"


def _spaced(text: str) -> str:
    ideographs, words = len(re.findall(r"[\u3400-\u9fff]", text)), len(re.findall(r"[A-Za-z]{2,}", text))
    text = _WITHIN_CHINESE.sub("", text)
    if ideographs > words:
        text = _BESIDE_CHINESE.sub("", text)
    return re.sub(r"\s+(?=[?!,;.](?:\s|$))", "", text)
