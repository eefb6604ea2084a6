"""What the command line says of a model: in both languages, and nothing without one."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from assistant.answer import Answer, Shortfall
from assistant.generate.saying import about_the_model
from corpus.records import LANGUAGES, Language

QUOTED = Answer("?", "en", "extractive", False, None, (), ())


@pytest.mark.parametrize("language", LANGUAGES)
def test_mode_shortfall_and_number_of_what_was_removed(language: Language) -> None:
    quoted = replace(QUOTED, language=language)
    assert list(about_the_model(quoted)) == []
    said = {shortfall: list(about_the_model(replace(quoted, shortfall=shortfall))) for shortfall in get_args(Shortfall)}
    assert len({line for (line,) in said.values()}) == len(said)
    removed = list(about_the_model(replace(quoted, mode="llm", removed=("Buy it.", "Sell it."))))
    assert len(removed) == 2
    assert "2" in removed[1]
    assert not any("Buy it." in line for line in removed)
