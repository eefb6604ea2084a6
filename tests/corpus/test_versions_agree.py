"""The two versions of a document are one document: the same anchors, numbers, lists and notes in the same order."""

from __future__ import annotations

import pytest

from corpus.parse.builder import Parsed
from corpus.records import Document, Language, Unit
from tests.corpus.conftest import BUNDLED

Versions = dict[tuple[str, Language], Parsed]
# A label of each list as it stands in English; the Chinese ㈠ is (i).
LABELS = {"㈠": "(i)", "㈡": "(ii)", "㈢": "(iii)"}


@pytest.fixture(params=BUNDLED)
def pairs(request: pytest.FixtureRequest, versions: Versions) -> list[tuple[Unit, Unit]]:
    """The units of each document, Chinese and English side by side."""
    return list(zip(versions[request.param, "zh"].units, versions[request.param, "en"].units, strict=True))


def test_units_have_the_same_anchor_kind_number_and_order(pairs: list[tuple[Unit, Unit]]) -> None:
    for zh, en in pairs:
        assert (en.anchor, en.kind, en.number, en.order) == (zh.anchor, zh.kind, zh.number, zh.order)


def test_units_stand_under_headings_of_the_same_depth_and_numbering(pairs: list[tuple[Unit, Unit]]) -> None:
    for zh, en in pairs:
        assert len(en.heading_path) == len(zh.heading_path), zh.anchor_id
        for chinese, english in zip(zh.heading_path, en.heading_path, strict=True):
            if chinese[1:2] == ".":
                chapters = {"一": "I.", "二": "II.", "三": "III.", "四": "IV.", "五": "V."}
                assert english.startswith(chapters.get(chinese[0], chinese[:2])), zh.anchor_id


def test_units_hold_the_same_lists(pairs: list[tuple[Unit, Unit]]) -> None:
    for zh, en in pairs:
        labels = [LABELS.get(item.label, item.label) for item in zh.subitems]
        assert [item.label for item in en.subitems] == labels, zh.anchor_id


def test_units_carry_the_same_notes(pairs: list[tuple[Unit, Unit]]) -> None:
    for zh, en in pairs:
        assert [note.mark for note in en.footnotes] == [note.mark for note in zh.footnotes], zh.anchor_id
        assert [note.at is None for note in en.footnotes] == [note.at is None for note in zh.footnotes], zh.anchor_id


def test_units_have_as_many_lines_and_sentences(pairs: list[tuple[Unit, Unit]]) -> None:
    for zh, en in pairs:
        assert en.text.count("\n") == zh.text.count("\n"), zh.anchor_id
        assert len(en.sentences) == len(zh.sentences), zh.anchor_id


def test_no_chinese_is_left_in_the_english(pairs: list[tuple[Unit, Unit]]) -> None:
    for _, en in pairs:
        shown = " ".join((en.text, *en.heading_path, *(note.text for note in en.footnotes)))
        assert not any("\u2e80" <= character <= "\uffef" for character in shown), en.anchor_id


def test_a_note_stands_where_its_words_are(english_units: dict[str, Unit]) -> None:
    preamble = english_units["cop10-2020-draft-resolution#pp13"]
    ends = ("Arms Trade Treaty,", "in All Its Aspects", "Tracing Instrument),")
    for note, end in zip(preamble.footnotes, ends, strict=True):
        assert preamble.text[: note.at].endswith(end)


def test_only_the_chinese_is_official(documents: dict[str, Document]) -> None:
    for document in documents.values():
        versions = {version.language: version for version in document.versions}
        assert versions["zh"].official
        assert not versions["en"].official
        assert "not a United Nations text" in versions["en"].source_note
