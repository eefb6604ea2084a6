"""The words and patterns by which a language says who says what, read from ``zh.yaml`` and ``en.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from assistant.ledger.actors import names
from assistant.ledger.records import Act
from corpus.records import Language

FOLDER: Final = Path(__file__).parent

#: Acts whose verb may be followed by a clause of what is said, in which others act.
TELLING: Final[frozenset[Act]] = frozenset(("stated", "proposed", "requested", "presented"))


@dataclass(frozen=True)
class Verb:
    """A verb found in a text: what it does, and where it stands."""

    act: Act
    start: int
    end: int


class Words:
    """The words of one language's file."""

    def __init__(self, language: Language) -> None:
        """Of a language's own file in this folder."""
        read: Mapping[str, Any] = yaml.safe_load((FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))
        self.language = language
        self.read = read
        self.acts: tuple[tuple[Act, re.Pattern[str]], ...] = tuple(
            (act, self.compiled(self.either(patterns))) for act, patterns in read["acts"].items()
        )

    def either(self, part: str | Iterable[str]) -> str:
        """A pattern of any of a list of patterns, or of one."""
        return f"(?:{part if isinstance(part, str) else '|'.join(part)})"

    def part(self, *keys: str) -> str:
        """A pattern of any of the words under a key of the file."""
        found: Any = self.read
        for key in keys:
            found = found[key]
        return self.either(found)

    def compiled(self, pattern: str) -> re.Pattern[str]:
        """A pattern in which a space stands for any white space; English whole words, in any case."""
        if self.language == "en":
            return re.compile(re.sub(r"(?<!\\) ", r"\\s+", pattern), re.IGNORECASE)
        return re.compile(pattern)

    def verb(self, text: str, at: int) -> Verb | None:
        """The verb that begins at a place in a text, the longest that fits; None where none of the list does."""
        best: Verb | None = None
        for act, pattern in self.acts:
            found = pattern.match(text, at)
            if found and self.language == "en" and text[found.end() : found.end() + 1].isalpha():
                found = None
            if found and (best is None or found.end() > best.end):
                best = Verb(act, at, found.end())
        return best

    def name(self, *kinds: str) -> str:
        """A pattern of any actor's name, or of those of some kinds; the spaces of English may be any white space."""
        if kinds:
            return names().pattern_of_kinds(kinds, self.language)  # type: ignore[arg-type]
        return names().pattern(self.language)


@cache
def words(language: Language) -> Words:
    """The words of a language."""
    return Words(language)
