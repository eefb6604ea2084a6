"""The interface's words: read from ``strings.yaml``, where every one stands in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from corpus.records import LANGUAGES, Language

FILE: Final = Path(__file__).with_name("strings.yaml")

#: How each language calls itself, for the control that switches between them.
LANGUAGE_NAMES: Final[Mapping[Language, str]] = {"zh": "中文", "en": "English"}


class Section:
    """The words of one part of the interface in one language, each an attribute."""

    def __init__(self, name: str, words: Mapping[str, str]) -> None:
        self._name, self._words = name, words

    def __getattr__(self, key: str) -> str:
        try:
            return self._words[key]
        except KeyError:
            raise AttributeError(f"strings.yaml has no {self._name}.{key}") from None

    def __getitem__(self, key: str) -> str:
        return self.__getattr__(key)

    def get(self, key: str, otherwise: str) -> str:
        """The words of a key that is made at run time, or others where there is none."""
        return self._words.get(key, otherwise)

    def items(self) -> Iterator[tuple[str, str]]:
        """Each key with its words."""
        yield from self._words.items()


class Words:
    """All words of the interface in one language, a section an attribute: ``words.ask.placeholder``."""

    def __init__(self, language: Language, sections: Mapping[str, Mapping[str, str]]) -> None:
        self.language = language
        self._sections = {name: Section(name, words) for name, words in sections.items()}

    def __getattr__(self, name: str) -> Section:
        try:
            return self._sections[name]
        except KeyError:
            raise AttributeError(f"strings.yaml has no section {name}") from None


@cache
def strings(language: Language) -> Words:
    """The interface's words in a language."""
    entries = read_strings()
    return Words(
        language, {name: {key: text[language] for key, text in part.items()} for name, part in entries.items()}
    )


def read_strings() -> dict[str, dict[str, dict[Language, str]]]:
    """The file as it stands: sections of keys, each with its words by language.

    Raises:
        ValueError: an entry lacks a language, has one too many, or is no text.
    """
    with FILE.open(encoding="utf-8") as file:
        entries: dict[str, dict[str, Any]] = yaml.safe_load(file)
    for section, part in entries.items():
        for key, text in part.items():
            if not (isinstance(text, dict) and set(text) == set(LANGUAGES) and all(_is_text(t) for t in text.values())):
                raise ValueError(
                    f"strings.yaml: {section}.{key} is {text!r}; expected zh: and en:, each with its words"
                )
    return entries


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
