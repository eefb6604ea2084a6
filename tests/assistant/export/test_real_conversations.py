"""Conversations with the real assistant, exported: the same text in both formats, every quote verbatim and cited."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from assistant.answer import Answer, Citation
from assistant.citing import UNOFFICIAL, cite
from assistant.export import to_markdown, to_word
from corpus.anchors import label, split_anchor_id, standing_at
from corpus.records import LANGUAGES, Document, Language
from tests.assistant.export.reading import markdown_lines, word_footnotes, word_lines, word_references
from tests.patience import PROCESS

DAY = date(2026, 11, 21)
Turns = list[tuple[str, Answer]]
Conversations = dict[Language, Turns]
Documents = dict[str, Document]

both_readers = pytest.mark.parametrize("reader", LANGUAGES)
both_languages = pytest.mark.parametrize("asked", LANGUAGES)


def shown(turns: Turns) -> Iterator[Citation]:
    for _, answer in turns:
        yield from answer.citations or answer.leads


@both_languages
def test_the_conversations_hold_all_that_is_to_be_seen(conversations: Conversations, asked: Language) -> None:
    answers = [answer for _, answer in conversations[asked]]
    assert any(answer.abstained and answer.leads for answer in answers)
    assert any(answer.compared for answer in answers)
    assert any(answer.understood for answer in answers)


@both_readers
@both_languages
def test_both_formats_say_the_same(
    conversations: Conversations, library_documents: Documents, asked: Language, reader: Language
) -> None:
    turns = conversations[asked]
    said = markdown_lines(to_markdown(turns, reader, library_documents, DAY))
    assert word_lines(to_word(turns, reader, library_documents, DAY)) == said
    assert [line for line in said if line in [question for question, _ in turns]] == [question for question, _ in turns]


@both_readers
@both_languages
def test_each_footnote_is_referred_to_once_in_order_and_holds_source_label_and_standing(
    conversations: Conversations, library_documents: Documents, asked: Language, reader: Language
) -> None:
    turns = conversations[asked]
    file = to_word(turns, reader, library_documents, DAY)
    notes = word_footnotes(file)
    assert word_references(file) == list(notes) == [str(n) for n in range(1, len(notes) + 1)]
    said = " ".join(notes.values())
    at = 0
    for citation in shown(turns):
        document = library_documents[citation.document.id]
        anchor = split_anchor_id(citation.anchor)[1]
        source = cite(document, anchor, reader, official=citation.official)
        at = said.index(source, at) + len(source)
        assert label(anchor, reader) in source
        assert (UNOFFICIAL.get(reader) in source) == (citation.language == "en")
        standing = [note.get(reader) for note in standing_at(document, anchor)]
        assert standing
        for note in standing:
            at = said.index(note, at)


@both_readers
@both_languages
def test_every_quote_of_an_answer_is_verbatim_in_quotation_marks(
    conversations: Conversations, library_documents: Documents, asked: Language, reader: Language
) -> None:
    said = "\n".join(word_lines(to_word(conversations[asked], reader, library_documents, DAY)))
    for _, answer in conversations[asked]:
        for citation in answer.citations:
            assert f"“{citation.quote}”" in said


@both_readers
def test_an_abstention_a_follow_up_and_a_comparison_are_told_as_what_they_are(
    conversations: Conversations, library_documents: Documents, reader: Language
) -> None:
    words = {
        "zh": (
            "现有文件没有回答这个问题。", "以下是内容最接近的段落，仅为线索，不是答案。", "问题理解为：", "两文对照",
        ),
        "en": (
            "The documents do not answer this question.", "These are the nearest paragraphs: leads, not an answer.",
            "Understood as: ", "The two texts side by side",
        ),
    }[reader]  # fmt: skip
    abstained, leads, understood, compared = words
    for turns in conversations.values():
        said = word_lines(to_word(turns, reader, library_documents, DAY))
        for question, answer in turns:
            rest = said[said.index(question) + 1 :]
            if answer.abstained:
                assert rest[:2] == [abstained, answer.reason]
                assert rest[3] == leads
                assert len([line for line in rest[4:7] if re.search(r"”\[\^\d+\]$", line)]) == len(answer.leads)
            elif answer.understood:
                assert rest[0] == f"{understood}{answer.understood}"
            elif answer.compared:
                one, other = answer.citations[:2]
                assert rest[0] == compared
                assert rest[2].startswith(f"“{one.quote}”[^")
                assert rest[4].startswith(f"“{other.quote}”[^")
            else:
                assert rest[0].startswith("“") or answer.citations[0].anchor.startswith("wg6-2021-agenda#annex.r")


@both_languages
def test_what_another_word_processor_reads_is_the_same(
    conversations: Conversations, library_documents: Documents, asked: Language, tmp_path: Path
) -> None:
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice (soffice) is not on this machine; the Word file is read by python-docx alone")
    file = to_word(conversations[asked], asked, library_documents, DAY)
    (tmp_path / "paper.docx").write_bytes(file)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [soffice, profile, "--headless", "--convert-to", "fodt", "--outdir", tmp_path, "paper.docx"],
        cwd=tmp_path, check=True, capture_output=True, timeout=PROCESS,
    )  # fmt: skip
    # As plain text it would write no footnotes; here each stands where it is referred to, behind its number.
    body = etree.parse(tmp_path / "paper.fodt").find(".//{*}body/{*}text")
    assert body is not None
    notes = ["".join(note.itertext()) for note in body.findall(".//{*}note-body")]
    for note in body.findall(".//{*}note"):
        note.clear(keep_tail=True)
    read = "".join("".join([*body.itertext(), *notes]).split())
    for line in word_lines(file):
        text = re.sub(r"\[\^\d+\](?:: )?", "", line)
        assert "".join(text.split()) in read
