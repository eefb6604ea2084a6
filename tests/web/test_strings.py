"""Both languages of the interface are complete, and nothing in them is unused."""

from __future__ import annotations

import re
from dataclasses import asdict, fields
from pathlib import Path
from string import Formatter

import pytest

import web
from corpus.records import Language
from web.strings import EXAMPLES, STRINGS, Strings

SOURCES = "".join(
    path.read_text("utf-8") for path in Path(web.__file__).parent.glob("*.py") if path.name != "strings.py"
)


def test_each_word_is_there_in_each_language_and_takes_the_same_values() -> None:
    chinese, english = asdict(STRINGS["zh"]), asdict(STRINGS["en"])
    for key in chinese:
        assert chinese[key].strip(), key
        assert english[key].strip(), key
        assert _values(chinese[key]) == _values(english[key]), key


@pytest.mark.parametrize("key", [field.name for field in fields(Strings)])
def test_each_word_is_used(key: str) -> None:
    assert re.search(rf"(words|strings\(\w+\))\.{key}\b", SOURCES)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_words_are_written_in_their_language(language: Language) -> None:
    for key, text in asdict(STRINGS[language]).items():
        has_chinese = re.search("[\u4e00-\u9fff]", text) is not None
        wordless = not re.search(r"\w", re.sub(r"{\w+}", "", text)) or key == "html_lang"
        assert has_chinese == (language == "zh") or wordless, key


def test_three_examples_a_language() -> None:
    assert {language: len(examples) for language, examples in EXAMPLES.items()} == {"zh": 3, "en": 3}


def _values(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}
