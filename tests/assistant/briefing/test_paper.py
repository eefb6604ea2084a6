"""A note as a file: Word opens it without repair, and its text is that of the Markdown and of the preview."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from lxml import etree

from assistant.briefing.records import Note
from assistant.export.briefing import BLANK, note_paper
from assistant.export.content import Columns, Footnote, Paper, Paragraph, Table
from assistant.export.markdown import write_markdown
from assistant.export.word import write_word
from corpus.library import Library
from tests.assistant.briefing.notes import drafted, note_of
from tests.patience import PROCESS

DAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def paper(texts: Library) -> Paper:
    return paper_of(texts, note_of(texts, drafted(texts)))


def paper_of(library: Library, note: Note) -> Paper:
    return note_paper(note, {document.doc_id: document for document in library.documents()}, DAY)


def paragraphs(paper: Paper) -> Iterator[Paragraph]:
    """The paragraphs of a paper in reading order, those of tables row by row."""
    for block in paper.blocks:
        if isinstance(block, Paragraph):
            yield block
        elif isinstance(block, Columns):
            yield from (paragraph for column in block.columns for paragraph in column)
        else:
            yield from (cell for row in (block.head, *block.rows) for cell in row)


def plain(text: str) -> str:
    """A text without what a format may set otherwise: white space, marks of lists and of footnotes."""
    return "".join(character for character in text if not character.isspace() and character not in "•")


def said(paragraph: Paragraph) -> str:
    return "".join(inline.text for inline in paragraph.inlines if not isinstance(inline, Footnote))


def footnotes(paper: Paper) -> list[str]:
    return [
        "".join(run.text for run in inline.runs)
        for paragraph in paragraphs(paper)
        for inline in paragraph.inlines
        if isinstance(inline, Footnote)
    ]


def soffice(environment: dict[str, str]) -> str:
    """The office program; skips the test where there is none, fails it where it must run."""
    found = shutil.which("soffice", path=environment.get("PATH", ""))
    if found:
        return found
    told = "found no soffice on the PATH; expected one, as this test opens the file with LibreOffice"
    if environment.get("CI"):
        pytest.fail(f"{told}; .ci/run installs it")
    pytest.skip(f"{told}; install libreoffice-writer-nogui")


def test_every_quote_has_a_footnote_and_headings_are_headings(paper: Paper) -> None:
    quotes = [paragraph for paragraph in paragraphs(paper) if paragraph.kind == "item"]
    assert len(quotes) == 4
    assert all(isinstance(paragraph.inlines[-1], Footnote) for paragraph in quotes)
    document = docx.Document(BytesIO(write_word(paper)))
    headings = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert headings == ["文本地位", "历次成果及其地位", "我方立场与底线", "文件库没有的内容", "资料来源", "核对结果"]


def test_a_finding_of_two_texts_names_both_in_its_footnote(paper: Paper) -> None:
    both = next(each for each in footnotes(paper) if "讨论要点10" in each)
    assert "另见2020年主席的总结，讨论要点8：“各国应考虑对转让进行规范" in both
    assert "工作组决定不通过建议（报告第5段）" in both


def test_the_table_of_sources_names_every_paragraph_and_what_its_text_is_worth(paper: Paper) -> None:
    table = next(block for block in paper.blocks if isinstance(block, Table))
    assert [said(cell) for cell in table.head] == ["出处", "文本地位"]
    rows = {said(source): said(standing) for source, standing in table.rows}
    assert len(rows) == 5
    assert rows["2020年主席的总结，讨论要点8"].startswith("主席的总结，是主席的文本，未经谈判")


def test_there_is_a_line_to_write_on(paper: Paper) -> None:
    assert BLANK in [said(paragraph) for paragraph in paragraphs(paper)]


def test_the_markdown_holds_all_that_the_paper_holds(paper: Paper) -> None:
    written = plain(re.sub(r"\\(.)", r"\1", write_markdown(paper)))
    for paragraph in paragraphs(paper):
        assert plain(said(paragraph)) in written
    for footnote in footnotes(paper):
        assert plain(footnote) in written


def test_libreoffice_opens_the_file_and_finds_its_text(paper: Paper, tmp_path: Path) -> None:
    program = soffice(dict(os.environ))
    (tmp_path / "note.docx").write_bytes(write_word(paper))
    done = subprocess.run(
        [program, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to", "fodt",
         "--outdir", str(tmp_path), str(tmp_path / "note.docx")],
        capture_output=True, text=True, timeout=PROCESS, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    body = etree.parse(tmp_path / "note.fodt").find(".//{*}body/{*}text")
    assert body is not None
    notes = body.findall(".//{*}note-body")
    assert [plain("".join(note.itertext())) for note in notes] == [plain(each) for each in footnotes(paper)]
    for note in body.findall(".//{*}note"):
        # What stands behind a footnote belongs to the paragraph.
        note.clear(keep_tail=True)
    assert plain("".join(body.itertext())) == "".join(plain(said(paragraph)) for paragraph in paragraphs(paper))
