"""Both languages of a paper are complete, and nothing in them is unused."""

from __future__ import annotations

import re
from dataclasses import asdict, fields
from pathlib import Path
from string import Formatter

import pytest

import assistant.export
from assistant.export.strings import STRINGS, Strings
from corpus.records import Language

SOURCES = "".join(
    path.read_text("utf-8")
    for path in Path(assistant.export.__file__).parent.glob("*.py")
    if not path.name.endswith("strings.py")
)


def test_each_word_is_there_in_each_language_and_takes_the_same_values() -> None:
    chinese, english = asdict(STRINGS["zh"]), asdict(STRINGS["en"])
    for key in chinese:
        assert chinese[key].strip() or key == "gap", key
        assert english[key].strip() or key == "gap", key
        assert _values(chinese[key]) == _values(english[key]), key


@pytest.mark.parametrize("key", [field.name for field in fields(Strings)])
def test_each_word_is_used(key: str) -> None:
    assert re.search(rf"(words|strings\([\w.]+\))\.{key}\b", SOURCES)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_words_are_written_in_their_language(language: Language) -> None:
    for key, text in asdict(STRINGS[language]).items():
        has_chinese = re.search("[\u4e00-\u9fff]", text) is not None
        wordless = not re.search(r"\w", re.sub(r"{\w+}", "", text))
        assert has_chinese == (language == "zh") or wordless, key


def test_no_word_of_a_paper_stands_elsewhere() -> None:
    # Errors say in the place they arise what was found.
    code = re.sub(r'""".*?"""|#[^\n]*|\bzh=f"[^\n]*', "", SOURCES, flags=re.DOTALL)
    assert re.findall("[\u4e00-\u9fff]+", code) == []


def _values(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}
