"""Notes on the bundled documents by the real assistant."""

from __future__ import annotations

import json

import pytest

from assistant import Assistant
from assistant.briefing.finish import Choices
from assistant.briefing.records import SECTIONS, Note
from assistant.grounding import Source, verbatim
from corpus.errors import QuestionError, UnknownDocumentError, UnknownItemError
from tests.assistant.briefing.notes import lines

TOPIC = "3D打印枪支"


@pytest.fixture(scope="module")
def note(assistant: Assistant) -> Note:
    return assistant.brief(TOPIC)


def anchors(note: Note, section: str) -> set[str]:
    cited = {citation.n: citation.anchor for citation in note.citations}
    return {
        cited[n] for each in note.sections if each.key == section for line in each.lines
        if line.kind == "quote" for n in line.citations
    }  # fmt: skip


def test_a_note_has_its_sections_in_order(note: Note) -> None:
    keys = [section.key for section in note.sections]
    assert keys == [key for key in SECTIONS if key in keys]
    # The one sentence of background records what a group said, and stands there.
    assert set(SECTIONS) - set(keys) == {"background"}


def test_every_sentence_of_a_document_stands_there_word_for_word(assistant: Assistant, note: Note) -> None:
    quotes = lines(note, "quote")
    assert len(quotes) > 15
    for line in quotes:
        citation = note.citations[line.citations[0] - 1]
        unit = assistant.library.unit(*citation.anchor.split("#"), citation.language)
        assert unit.text[citation.start : citation.end] == citation.quote == line.text
        assert verbatim(line.text, [Source(unit.text, unit.language)])
    check = note.check
    assert check.sentences == check.cited == check.verbatim == check.supported == len(quotes)


def test_the_points_of_two_meetings_texts_are_set_beside_each_other(note: Note) -> None:
    assert {"wg6-2020-chair-summary#dp8", "wg6-2020-report#dp10"} <= anchors(note, "moves")


def test_who_spoke_and_who_brought_the_text_are_named(note: Note) -> None:
    section = note.section("positions")
    assert section is not None
    names = " ".join(line.text for line in section.lines if line.kind == "label")
    assert "欧洲联盟" in names
    assert "墨西哥" in names


def test_every_question_to_expect_is_answered_where_the_note_says(assistant: Assistant, note: Note) -> None:
    questions = lines(note, "question")
    assert questions
    for line in questions:
        answer = assistant.ask(line.text, language="zh")
        assert {note.citations[n - 1].anchor for n in line.citations} <= {each.anchor for each in answer.citations}


def test_our_position_is_left_to_be_written(note: Note) -> None:
    section = note.section("ours")
    assert section is not None
    assert [line.kind for line in section.lines] == ["label", "blank", "label", "blank"]


def test_what_the_library_does_not_hold_is_said(assistant: Assistant, note: Note) -> None:
    said = [line.text for line in lines(note, "fixed")]
    assert "查找范围：5 份文件" in " ".join(said)
    assert any("2014年背景文件" in text and "没有检索到" in text for text in said)
    item = [line.text for line in lines(assistant.brief(item="3"), "fixed")]
    assert any("CTOC/COP/WG.6/2021/3" in text and "第10/2号决议" in text for text in item)


@pytest.mark.parametrize(
    ("topic", "language"), [("海洋塑料垃圾污染", "zh"), ("verification of nuclear disarmament", "en")]
)
def test_a_topic_on_which_there_is_nothing_is_not_padded(assistant: Assistant, topic: str, language: str) -> None:
    note = assistant.brief(topic)
    assert (note.nothing, note.language) == (True, language)
    assert [section.key for section in note.sections] == ["absent", "check"]
    assert not note.citations
    assert topic in note.sections[0].lines[0].text


def test_a_note_keeps_to_the_documents_it_is_told(assistant: Assistant) -> None:
    note = assistant.brief(TOPIC, documents=["wg6-2020-chair-summary"])
    assert {citation.document.id for citation in note.citations} == {"wg6-2020-chair-summary"}
    assert note.documents == ("wg6-2020-chair-summary",)
    assert note.section("moves") is None


def test_a_note_is_in_the_language_asked_for(assistant: Assistant) -> None:
    note = assistant.brief(TOPIC, language="en")
    assert note.title == f"Briefing note: {TOPIC}"
    assert {line.language for line in lines(note, "quote")} == {"en"}


def test_a_note_on_an_item_holds_what_stands_under_it(assistant: Assistant) -> None:
    note = assistant.brief(item="2")
    assert {f"wg6-2021-agenda#{anchor}" for anchor in ("item2", "annex.r3", "annex.r4")} <= anchors(note, "meeting")
    assert "wg6-2021-agenda#item2.1" in anchors(note, "background")


def test_choices_change_only_what_they_say(assistant: Assistant, note: Note) -> None:
    first = lines(note, "quote")[0]
    left = assistant.brief(TOPIC, choices=Choices(removed=frozenset({first.id})))
    assert [line.id for line in lines(left, "quote")] == [line.id for line in lines(note, "quote")[1:]]


def test_the_json_is_the_contract(note: Note) -> None:
    said = json.loads(json.dumps(note.to_dict(), ensure_ascii=False))
    assert list(said) == [
        "topic", "item", "language", "title", "documents", "nothing", "sections", "citations", "check", "timings_ms",
    ]  # fmt: skip
    line = next(line for section in said["sections"] for line in section["lines"] if line["kind"] == "quote")
    assert said["citations"][line["citations"][0] - 1]["n"] == line["citations"][0]


@pytest.mark.parametrize(("topic", "item"), [("", ""), ("  ", ""), ("追查", "2"), ("。。。", ""), ("x" * 2001, "")])
def test_what_cannot_be_asked_is_refused_in_both_languages(assistant: Assistant, topic: str, item: str) -> None:
    with pytest.raises(QuestionError) as caught:
        assistant.brief(topic, item)
    assert caught.value.message("zh") != str(caught.value)


def test_unknown_documents_and_items_are_refused(assistant: Assistant) -> None:
    with pytest.raises(UnknownDocumentError):
        assistant.brief("追查", documents=["nowhere"])
    with pytest.raises(UnknownItemError):
        assistant.brief(item="17")
