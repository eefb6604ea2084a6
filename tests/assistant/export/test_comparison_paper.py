"""A comparison as a paper: both formats, the words that moved marked in each, and nothing without its standing."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest

from assistant.alignment.compare import compare
from assistant.export.comparison import comparison_paper
from assistant.export.content import Columns, Footnote, Paper
from assistant.export.markdown import write_markdown
from assistant.export.word import write_word
from corpus.library import Library
from corpus.records import LANGUAGES, Language
from tests.letters import add_texts

DAY = date(2026, 11, 21)
FIRST = ["各国应标识全部枪支。", "请秘书处编写*技术*指南。<b>"]
SECOND = ["缔约国应标识全部枪支和弹药。", "请秘书处编写*技术*指南。<b>", "鼓励各国销毁收缴的武器库存。"]


@pytest.fixture
def paper(tmp_path: Path) -> Paper:
    library = Library.open(tmp_path)
    add_texts(library, "first", {"zh": FIRST})
    add_texts(library, "second", {"zh": SECOND})
    return comparison_paper(compare(library, None, "first", "second"), "zh", DAY)


def footnotes(paper: Paper) -> list[Footnote]:
    columns = [block.columns if isinstance(block, Columns) else ((block,),) for block in paper.blocks]
    paragraphs = [paragraph for block in columns for column in block for paragraph in column]
    return [inline for paragraph in paragraphs for inline in paragraph.inlines if isinstance(inline, Footnote)]


def test_the_words_that_moved_are_marked_in_either_text(paper: Paper) -> None:
    text = write_markdown(paper)
    assert "<del>各国</del>应标识全部枪支。" in text
    assert "<ins>缔约国</ins>应标识全部枪支<ins>和弹药</ins>。" in text
    # A text that holds marks of its own holds them as text.
    assert "请秘书处编写\\*技术\\*指南。\\<b\\>" in text
    assert "### 第3段：新增" in text
    assert "- 行为方不同：“各国” → “缔约国”" in text


def test_word_has_a_line_through_what_went_and_one_under_what_came(paper: Paper) -> None:
    document = docx.Document(BytesIO(write_word(paper)))
    runs = [run for t in document.tables for c in t.rows[0].cells for p in c.paragraphs for run in p.runs]
    assert [run.text for run in runs if run.font.strike] == ["各国"]
    assert [run.text for run in runs if run.font.underline] == ["缔约国", "和弹药"]


def test_every_text_has_its_source(paper: Paper) -> None:
    # Both sides of what was reworded, one of what is the same, what is new.
    assert len(footnotes(paper)) == 4
    assert sum(isinstance(block, Columns) for block in paper.blocks) == 2


@pytest.mark.parametrize("reader", LANGUAGES)
def test_the_paper_is_in_the_readers_language(tmp_path: Path, reader: Language) -> None:
    library = Library.open(tmp_path)
    add_texts(library, "first", {"zh": FIRST})
    add_texts(library, "second", {"zh": SECOND})
    text = write_markdown(comparison_paper(compare(library, None, "first", "second"), reader, DAY))
    assert ("1项相同，1项改写，1项新增" if reader == "zh" else "1 the same, 1 reworded, 1 new") in text
    assert ("另一文件" in text) is False
