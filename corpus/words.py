"""Text becomes words for lexical search: Chinese by jieba in search mode, English by stem, numbers whole."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from functools import cache
from threading import Lock

import jieba
import snowballstemmer

from corpus.frequencies import frequencies
from corpus.glossary import glossary
from corpus.home import cache_folder
from corpus.normal import normalise

_TOKEN = re.compile(r"[\u4e00-\u9fff\u3400-\u4dbf\U00020000-\U0003ffff]+|\d+(?:[.,/]\d+)*|[A-Za-z]+(?:['’][A-Za-z]+)?")
_CHINESE_SPACE = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff\d])|(?<=\d)\s+(?=[\u4e00-\u9fff])")
# Words remembered: more than those of a large library, a few megabytes.
_MOST_KNOWN = 200_000


class Segmenter:
    """Cuts text into words; ``terms`` are Chinese terms that jieba's own dictionary lacks.

    Safe to use from several threads.
    """

    def __init__(self, terms: Iterable[str] = ()) -> None:
        jieba.setLogLevel(logging.WARNING)
        self._jieba = jieba.Tokenizer()
        self._jieba.FREQ, self._jieba.total = frequencies(cache_folder())
        self._jieba.initialized = True
        for term in terms:
            self._jieba.add_word(term)
        self._stemmer = snowballstemmer.stemmer("english")
        # A stemmer holds the word it works on.
        self._lock = Lock()
        self._known: dict[str, str] = {}

    def words(self, text: str) -> list[str]:
        """The words of a text in order, with the shorter words inside long Chinese ones; no punctuation.

        1,045 and 1045 are one word, as are Tracing and traced; a number keeps its point or stroke (16.4, 5/4).
        """
        found: list[str] = []
        plain = normalise(text)
        for token in _TOKEN.findall(plain if plain.isascii() else _CHINESE_SPACE.sub("", plain)):
            known = self._known.get(token)
            if known is not None:
                found.append(known)
            elif token[0].isascii():
                found.append(self._word(token))
            else:
                found.extend(self._jieba.cut_for_search(token))
        return found

    def cut(self, text: str) -> list[str]:
        """Chinese text in its words, none inside another; joined, they are the text."""
        return list(self._jieba.cut(text))

    def frequency(self, word: str) -> int:
        """How often jieba's dictionary counts a Chinese word in general use; 0 for what is no word there."""
        return int(self._jieba.FREQ.get(word, 0))

    def _word(self, token: str) -> str:
        """A number or the stem of an English word, remembered: words come again and again, and stemming takes long."""
        if token[0].isdigit():
            word = token.replace(",", "")
        else:
            with self._lock:
                word = str(self._stemmer.stemWord(token.lower().split("'")[0].split("’")[0]))
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
        self._known[token] = word
        return word


@cache
def segmenter() -> Segmenter:
    """The segmenter of the process, with the glossary's terms; its dictionary takes .2 s to load."""
    return Segmenter(form.replace(" ", "") for term in glossary().terms if term.kind == "term" for form in term.zh)
