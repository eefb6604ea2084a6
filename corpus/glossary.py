"""The glossary: a term's forms in both languages, found in a text and carried to the other language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

import yaml

from corpus.names import state_names
from corpus.normal import normalise
from corpus.records import Language

TermKind = Literal["term", "word", "state"]

_FOLDER = Path(__file__).parent
# The C loader reads the nine hundred rows ten times faster than the other.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Term:
    """One thing with its names: a United Nations term, a plain word of questions, or a State."""

    kind: TermKind
    zh: tuple[str, ...]
    en: tuple[str, ...]

    def forms(self, language: Language) -> tuple[str, ...]:
        """Its names in one language."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True)
class Found:
    """A term found in a text, with the words that named it there."""

    term: Term
    surface: str


class Glossary:
    """Finds terms in text, longest first, without overlap."""

    def __init__(self, terms: tuple[Term, ...]) -> None:
        self.terms = terms
        # A question is looked through for several purposes.
        self._found = lru_cache(maxsize=256)(self._find)
        self._by_form: dict[Language, dict[str, Term]] = {"zh": {}, "en": {}}
        for term in terms:
            for form in term.zh:
                self._by_form["zh"].setdefault(form.replace(" ", ""), term)
            for form in term.en:
                self._by_form["en"].setdefault(form.lower(), term)
        longest = {lang: sorted(forms, key=len, reverse=True) for lang, forms in self._by_form.items()}
        self._patterns = {
            "zh": re.compile("|".join(re.escape(form) for form in longest["zh"])),
            # An English form stands at word bounds and may take a plural or verbal ending.
            "en": re.compile(
                r"\b(" + "|".join(re.escape(form) for form in longest["en"]) + r")(?:s|es|d|ed|ing)?\b", re.I
            ),
        }

    def find(self, text: str, language: Language) -> tuple[Found, ...]:
        """The terms a text names in one language, in order."""
        return self._found(text, language)

    def _find(self, text: str, language: Language) -> tuple[Found, ...]:
        plain = normalise(text)
        if language == "zh":
            plain = re.sub(r"\s+", "", plain)
            return tuple(Found(self._by_form["zh"][m[0]], m[0]) for m in self._patterns["zh"].finditer(plain))
        return tuple(Found(self._by_form["en"][m[1].lower()], m[0]) for m in self._patterns["en"].finditer(plain))


@cache
def glossary() -> Glossary:
    """The terms of the project, the names of States, and the plain words that carry search across languages."""
    rows = [*_rows("glossary.yaml", "term"), *_rows("lexicon.yaml", "word")]
    rows += [Term("state", zh, en) for zh, en in state_names()]
    return Glossary(tuple(rows))


def _rows(name: str, kind: TermKind) -> list[Term]:
    raw = yaml.load((_FOLDER / name).read_text(encoding="utf-8"), Loader=_LOADER)
    return [Term(kind, tuple(zh.split(" / ")), tuple(en.split(" / "))) for zh, en in raw]
