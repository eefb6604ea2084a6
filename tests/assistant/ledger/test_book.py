"""The ledger of the bundled documents: verbatim, cited with its standing, in the reader's language, narrowed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.ledger import ACT_NAMES, ACTS, Ledger
from assistant.ledger.book import Book
from assistant.ledger.paragraphs import recorded
from corpus.errors import UnknownActorError, UnknownDocumentError
from corpus.library import Library
from corpus.records import LANGUAGES, Bilingual, Language
from tests.assistant.made import unit
from tests.patience import little_work

REPORT = "wg6-2020-report"


def places(ledger: Ledger) -> list[tuple[str, str]]:
    return [(entry.anchor.removeprefix(f"{REPORT}#"), entry.act) for entry in ledger.entries]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_stands_word_for_word_where_it_is_cited(shelf: Library, book: Book, language: Language) -> None:
    entries = book.entries(language)
    assert len(entries) > 150
    for entry in entries:
        document, anchor = entry.anchor.split("#")
        text = shelf.unit(document, anchor, language).text
        assert text[entry.citation.start : entry.citation.end] == entry.text
        assert entry.citation.language == language
        assert entry.citation.standing, entry.anchor
        assert entry.citation.official == (language == "zh")


def test_an_entry_is_the_same_in_both_languages(book: Book) -> None:
    zh, en = (book.entries(language) for language in LANGUAGES)
    assert [(e.anchor, e.actor, e.act) for e in zh] == [(e.anchor, e.actor, e.act) for e in en]


@pytest.mark.parametrize("name", ["法国", "France", "france", "法国代表", "the representative of France", "state/FR"])
def test_an_actor_is_known_by_its_names(book: Book, name: str) -> None:
    assert places(book.ledger(name)) == [("p39", "attended")]


@pytest.mark.parametrize("name", ["多民族玻利维亚国", "玻利维亚", "Bolivia (Plurinational State of)", "Bolivia"])
def test_names_as_the_united_nations_writes_them(book: Book, name: str) -> None:
    assert places(book.ledger(name)) == [("p41", "attended")]


def test_a_person_is_known_by_a_part_of_the_name(book: Book) -> None:
    assert places(book.ledger("Vallens")) == [("p9", "led"), ("p34", "led")]


def test_who_is_known_and_recorded_nowhere_has_no_entries(book: Book) -> None:
    assert book.ledger("肯尼亚").entries == ()


def test_who_is_not_known_is_said_in_one_line(book: Book) -> None:
    with pytest.raises(UnknownActorError, match="'Atlantis'") as raised:
        book.ledger("Atlantis")
    assert "“Atlantis”" in raised.value.message("zh")
    assert "\n" not in str(raised.value)


def test_a_document_that_is_not_there_is_refused(book: Book) -> None:
    with pytest.raises(UnknownDocumentError):
        book.ledger(documents=["nope"])


def test_a_topic_finds_what_was_said_of_it_in_either_language(book: Book) -> None:
    for topic in ("blockchain", "区块链"):
        assert places(book.ledger(topic=topic)) == [("p11", "stated")]


def test_a_topic_leaves_out_who_is_only_listed(book: Book) -> None:
    assert not any(entry.listed for entry in book.ledger(topic="firearms").entries)


def test_of_some_documents(book: Book) -> None:
    entries = book.ledger(documents=["cop10-2020-draft-resolution"]).entries
    assert {(e.actor.key, e.act) for e in entries} == {(f"state/{code}", "sponsored") for code in ("SV", "GT", "MX")}


def test_sentences_are_in_the_language_of_who_asks(book: Book) -> None:
    assert book.ledger("France").entries[0].citation.language == "en"
    assert book.ledger("法国").entries[0].citation.language == "zh"
    assert book.ledger("法国", language="en").entries[0].citation.label == "para. 39"


def test_a_secretariat_paper_on_its_own_work_holds_no_positions_of_its_authors(book: Book) -> None:
    entries = book.ledger(documents=["wg6-2014-background"]).entries
    assert not [entry for entry in entries if entry.actor.key in ("organisation/UNODC", "official/secretariat")]


def test_each_act_has_a_name_in_both_languages() -> None:
    assert set(ACT_NAMES) == set(ACTS)


def test_the_dictionary_form_holds_what_is_promised(book: Book) -> None:
    ledger = book.ledger("France")
    (entry,) = ledger.to_dict()["entries"]
    assert entry["actor"] == {"key": "state/FR", "kind": "state", "zh": "法国", "en": "France"}
    assert (entry["act"], entry["listed"], entry["in_both"], entry["year"]) == ("attended", True, True, 2020)
    assert entry["citation"]["anchor"] == f"{REPORT}#p39"
    assert entry["text"] == entry["citation"]["quote"]


def test_actors_are_counted_by_kind(book: Book) -> None:
    counted = book.ledger(documents=[REPORT]).actors()
    kinds = [actor.kind for actor, _ in counted]
    assert kinds == sorted(kinds, key=["state", "group", "organisation", "official", "unnamed"].index)
    assert {actor.key: n for actor, n in counted}["state/FR"] == 1


def test_a_ledger_reads_and_understands_the_library_once(book: Book) -> None:
    entries = book.entries("zh")
    assert len(entries) > 100
    assert book.entries("zh") is entries


def test_where_one_version_names_nobody_nobody_is_named() -> None:
    zh = unit("一位发言者支持该提案。", language="zh")
    en = unit("The representative of France supported the proposal.", language="en")
    (entry,) = recorded({"zh": zh, "en": en})
    assert (entry.actor.key, entry.act) == ("unnamed", "supported")


def test_what_one_version_alone_finds_of_an_actor_is_left_out() -> None:
    zh = unit("法国代表支持该提案。", language="zh")
    en = unit("The proposal was adopted.", language="en")
    assert recorded({"zh": zh, "en": en}) == []
    assert len(recorded({"zh": zh})) == 1


def test_versions_cut_into_other_sentences_are_held_together_by_paragraph() -> None:
    zh = unit("法国代表支持该提案，并建议予以通过。古巴代表反对。", language="zh")
    en = unit(
        "The representative of France supported the proposal. He suggested adopting it. Cuba opposed it.", language="en"
    )
    entries = recorded({"zh": zh, "en": en})
    assert {(e.actor.key, e.act, tuple(sorted(e.spans))) for e in entries} == {
        ("state/FR", "supported", ("en", "zh")),
        ("state/FR", "proposed", ("en", "zh")),
        ("state/CU", "opposed", ("en", "zh")),
    }


def test_resolutions_and_tables_say_nothing_of_who_said_what() -> None:
    operative = replace(unit("法国代表支持该提案。"), kind="operative", anchor="op1")
    assert recorded({"zh": operative}) == []


def test_an_organisation_that_nobody_knows_is_one_in_both_languages() -> None:
    zh = unit("下列政府间组织派观察员出席了会议：国际刑警组织和湖区枪支中心。", language="zh")
    en = unit(
        "The following organizations were represented by observers: INTERPOL and Lakes Firearms Centre.",
        language="en",
    )
    assert [entry.actor.names for entry in recorded({"zh": zh, "en": en})] == [
        Bilingual("国际刑警组织", "INTERPOL"),
        Bilingual("湖区枪支中心", "Lakes Firearms Centre"),
    ]


def test_a_sentence_without_end_is_passed_over() -> None:
    # To understand it would take minutes.
    with little_work(5):
        assert recorded({"zh": unit("法国代表支持，" * 7_000 + "法国代表支持该提案。")}) == []
