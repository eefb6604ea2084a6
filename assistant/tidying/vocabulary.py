"""The words that a library writes with, as it writes them, and which others are words all the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from assistant.asking import ASKING
from corpus.dictionary import dictionary
from corpus.glossary import TermKind, glossary
from corpus.library import Library
from corpus.words import segmenter

_TOKEN = re.compile(r"[A-Za-z]+|\d+[A-Za-z]+|\d+|[^\sA-Za-z\d]")
_NONE: Counter[str] = Counter()
_IDEOGRAPHS = re.compile(r"[\u3400-\u9fff]+")
_DOUBLED = re.compile(r"([a-z])\1(?=(?:ings?|ed|er|ers)$)")
# Behind these a capital says nothing of the word.
_OPENING = frozenset({"", ".", "!", "?", ":", ";", "•", "“", '"', "#"})
# Forms that no stemmer leads to the word in the dictionary, and words of questions that documents may lack.
_OTHER_WORDS = frozenset(
    "which whose where when what while there these those their about would could should might shall other began"
    " begun bought broke broken brought built caught chose chosen drawn drove driven eaten fallen fought found given"
    " grown held known laid learnt meant ought risen sought shown shook shaken sold spoke spoken spent stolen struck"
    " swore sworn taken taught thought threw thrown understood woken worn wrote written women children people"
    " whether though although because during until since among within without".split()
)


class Vocabulary:
    """The words of one generation of a library. Built once, then only read."""

    def __init__(self, library: Library) -> None:
        units = [unit for document in library.documents() for unit in library.units(document.doc_id)]
        self._words = library.word_list()
        self._chinese_text = "\n".join(re.sub(r"\s+", "", unit.text) for unit in units if unit.language == "zh")
        #: How often each English word stands in the library, in small letters; 0 for one of the glossary alone.
        self.english: Counter[str] = Counter()
        self._forms: dict[str, Counter[str]] = {}
        for unit in units:
            if unit.language == "en":
                self._read(unit.text)
        for term in glossary().terms:
            for word in (word for form in term.en for word in _TOKEN.findall(form) if word.isalpha()):
                self.english.setdefault(word.lower(), 0)
                self._forms.setdefault(word.lower(), Counter({word: 1}))

    def _read(self, text: str) -> None:
        tokens = ["", "", *_TOKEN.findall(text), ""]
        for place, word in enumerate(tokens[2:-1], 2):
            before = tokens[place - 1]
            if word.isalpha() and word.isascii():
                self.english[word.lower()] += 1
                if not (before in _OPENING or before.isdigit()) or not word.istitle():
                    for key in filter(None, _contexts(word, tokens[place - 2 : place], tokens[place + 1])):
                        self._forms.setdefault(key, Counter())[word] += 1

    def cased(self, word: str, before: Sequence[str] = (), after: str = "") -> str | None:
        """An English word with the capitals that the library gives it between these tokens; None for one it lacks."""
        contexts = [self._forms.get(key, _NONE) for key in _contexts(word, before, after)]
        for forms in (contexts[0], contexts[1] + contexts[2], contexts[3]):
            # What stands once between such neighbours may be a title's.
            if forms.total() > (forms is not contexts[3]):
                return min(forms, key=lambda form: (-forms[form], form))
        return word.lower() if word.lower() in self.english else None

    def is_english(self, word: str) -> bool:
        """Whether this is a word of the library, of the glossary, or of the language."""
        low = word.lower()
        if low in self.english or low in _OTHER_WORDS:
            return True
        once = _DOUBLED.sub(r"\1", low)
        if once != low and once in self.english:
            # The stemmer takes meetting for meeting.
            return False
        stem = segmenter().words(low)[0]
        return stem in ASKING or stem in self._words or bool(dictionary().chinese(stem))

    @cached_property
    def chinese(self) -> frozenset[str]:
        """The Chinese words of two or more ideographs of the library and the glossary."""
        forms = self._words | self.chinese_of("term") | self.chinese_of("word") | self.chinese_of("state")
        return frozenset(word for word in forms if len(word) > 1 and _IDEOGRAPHS.fullmatch(word))

    def chinese_of(self, kind: TermKind) -> frozenset[str]:
        """The Chinese forms of one kind of the glossary's terms."""
        return frozenset(form.replace(" ", "") for term in glossary().terms if term.kind == kind for form in term.zh)

    def is_chinese(self, word: str) -> bool:
        """Whether this is a word of the library, of the glossary, or of the language."""
        return word in self.chinese or self.in_general(word) > 0

    def in_general(self, word: str) -> int:
        """How often a Chinese word stands in the texts that jieba's dictionary was counted on."""
        return segmenter().frequency(word)

    def times(self, word: str) -> int:
        """How often a Chinese word stands in the library, in longer words too."""
        return self._chinese_text.count(word)


def tokens_beside(text: str, start: int, end: int) -> tuple[Sequence[str], str]:
    """The two tokens before and the one behind a place of a text, as :meth:`Vocabulary.cased` takes them."""
    before, after = _TOKEN.findall(text[max(0, start - 40) : start]), _TOKEN.findall(text[end : end + 40])
    return before[-2:], after[0] if after else ""


def _contexts(word: str, before: Sequence[str], after: str) -> tuple[str, str, str, str]:
    """A word with the two before it, the one behind it, the one before it, and alone; all numbers are one.

    Of neighbours that are neither words nor numbers nothing is made.
    """
    beside = (*("", "", *before)[-2:], after)
    further, left, right = ("0" if t.isdigit() else t.lower() if t.isalnum() else "" for t in beside)
    low = word.lower()
    return (
        f"{further} {left}<{low}" if further and left else "",
        f"{low}>{right}" if right else "",
        f"{left}<{low}" if left else "",
        low,
    )
