"""The tasks of a data set: who asks in which language, over the texts of which language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.records import LANGUAGES, Language
from eval.beir.corpus import BeirCorpus, BeirQuery

POOLED: Literal["pooled"] = "pooled"


@dataclass(frozen=True)
class Task:
    """Queries of one language over texts of one language; or over both at once, where either version counts, once."""

    query_language: Language
    text_language: Language | Literal["pooled"]
    queries: tuple[BeirQuery, ...]

    @property
    def name(self) -> str:
        """As tables and bars of progress show it."""
        return f"{self.query_language}→{self.text_language}"

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages to search texts of."""
        return LANGUAGES if self.text_language == POOLED else (self.text_language,)


def tasks_within(corpora: Sequence[BeirCorpus]) -> tuple[Task, ...]:
    """The queries of each data set over its own texts."""
    return tuple(Task(corpus.query_language, corpus.text_language, corpus.queries) for corpus in corpora)


def tasks_of(corpora: Sequence[BeirCorpus]) -> tuple[Task, ...]:
    """One task for one data set; for two, within the languages, then across, then over both."""
    within = tasks_within(corpora)
    if len(corpora) == 1:
        return within
    first, second = corpora
    across = [
        Task(first.query_language, second.text_language, first.queries),
        Task(second.query_language, first.text_language, second.queries),
    ]
    return (*within, *across, *(Task(corpus.query_language, POOLED, corpus.queries) for corpus in corpora))
