"""How figures, kinds of question and faults are called in the reader's language; what has no name keeps its key."""

from __future__ import annotations

from collections.abc import Mapping

from corpus.records import Language
from web.evaluation.summary import EVERY, Scope
from web.strings import strings


def figure_name(key: str, language: Language) -> str:
    """What a figure is called."""
    return dict(strings(language).evaluation_figures.items()).get(key, key)


def figure_note(key: str, language: Language) -> str:
    """What a figure is, in a line; nothing where it is not known."""
    return dict(strings(language).evaluation_notes.items()).get(key, "")


def kind_name(key: str, language: Language) -> str:
    """What a kind of question is called."""
    return dict(strings(language).evaluation_kinds.items()).get(key, key)


def fault_name(key: str, language: Language) -> str:
    """What is wrong with an answer."""
    return dict(strings(language).evaluation_faults.items()).get(key, key)


def scope_name(scope: Scope, language: Language) -> str:
    """What the questions of a column are called."""
    words = strings(language)
    names: Mapping[Scope, str] = {EVERY: words.evaluation.both, "zh": words.texts.chinese, "en": words.texts.english}
    return names[scope]
