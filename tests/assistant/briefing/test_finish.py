"""A draft as a note: numbered citations, standing and sources of what is cited, choices, and a check that can fail."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.briefing.finish import Choices, checked
from assistant.briefing.records import Line, Section
from corpus.library import Library
from tests.assistant.briefing.notes import drafted, lines, note_of

BOTH = ("wg6-2020-report#dp10", "wg6-2020-chair-summary#dp8")


def test_each_quote_cites_its_span_and_a_finding_of_two_texts_both(texts: Library) -> None:
    note = note_of(texts, drafted(texts))
    first, second = lines(note, "quote")
    assert tuple(note.citations[n - 1].anchor for n in first.citations) == BOTH
    assert [note.citations[n - 1].anchor for n in second.citations] == ["wg6-2020-report#dp11"]
    assert [citation.n for citation in note.citations] == list(range(1, len(note.citations) + 1))
    for citation in note.citations:
        unit = texts.unit(*citation.anchor.split("#"), citation.language)
        assert unit.text[citation.start : citation.end] == citation.quote


def test_what_the_texts_are_worth_stands_at_the_head_with_what_it_rests_on(texts: Library) -> None:
    note = note_of(texts, drafted(texts))
    assert note.sections[0].key == "standing"
    said = {line.text: [note.citations[n - 1].anchor for n in line.citations] for line in lines(note, "standing")}
    assert said == {
        "主席的总结，是主席的文本，未经谈判；要点编号与会议报告的讨论要点编号不同。": ["wg6-2020-chair-summary#head"],
        "讨论要点未经逐行谈判和最后通过（报告第6段）；工作组决定不通过建议（报告第5段）。": ["wg6-2020-report#p6"],
    }


def test_the_sources_are_every_paragraph_cited_once_in_the_order_of_time(texts: Library) -> None:
    sources = [line.text for line in lines(note_of(texts, drafted(texts)), "source")]
    assert sources == [
        "2020年主席的总结，文首",
        "2020年主席的总结，讨论要点8",
        "2020年会议报告（CTOC/COP/WG.6/2020/4，文号系推断），第6段",
        "2020年会议报告（CTOC/COP/WG.6/2020/4，文号系推断），讨论要点10",
        "2020年会议报告（CTOC/COP/WG.6/2020/4，文号系推断），讨论要点11",
    ]


def test_what_is_left_out_takes_its_sources_and_standing_along(texts: Library) -> None:
    whole = note_of(texts, drafted(texts))
    first, second = lines(whole, "quote")
    left = note_of(texts, drafted(texts), Choices(removed=frozenset({first.id})))
    assert [line.id for line in lines(left, "quote")] == [second.id]
    assert not any("主席" in line.text for line in lines(left, "source") + lines(left, "standing"))
    assert (left.check.sentences, whole.check.sentences) == (1, 2)


def test_a_name_with_nothing_left_under_it_goes_too(texts: Library) -> None:
    removed = frozenset(line.id for line in lines(note_of(texts, drafted(texts)), "quote"))
    left = note_of(texts, drafted(texts), Choices(removed=removed))
    assert left.section("outcomes") is None


def test_what_is_pinned_comes_first_under_a_name_of_its_own(texts: Library) -> None:
    first, second = lines(note_of(texts, drafted(texts)), "quote")
    pinned = note_of(texts, drafted(texts), Choices(pinned=(second.id,)))
    section = pinned.section("outcomes")
    assert section is not None
    assert [line.text for line in section.lines] == ["重点", second.text, "报告", first.text]


def test_a_section_that_is_off_is_not_there_nor_what_it_alone_cites(texts: Library) -> None:
    off = note_of(texts, drafted(texts), Choices(off=frozenset({"outcomes"})))
    assert [section.key for section in off.sections] == ["ours", "absent", "check"]
    assert off.citations == ()


def test_an_id_stays_while_a_line_says_the_same(texts: Library) -> None:
    one, other = (note_of(texts, drafted(texts)) for _ in range(2))
    ids = [line.id for section in one.sections for line in section.lines]
    assert ids == [line.id for section in other.sections for line in section.lines]
    assert len(set(ids)) == len(ids)


def test_the_check_counts_what_there_is(texts: Library) -> None:
    check = note_of(texts, drafted(texts)).check
    assert check.to_dict() == {
        "sentences": 2, "cited": 2, "verbatim": 2, "supported": 2, "standing": 2, "own": 1, "questions": 0,
    }  # fmt: skip


def altered(line: Line, text: str) -> Line:
    return replace(line, text=text)


@pytest.mark.parametrize(
    ("said", "supported"),
    [
        ("各国应考虑规范这些武器及其零部件所需的蓝图", True),
        ("各国不应考虑规范这些武器及其零部件所需的蓝图", False),
        ("各国应在2021年前规范这些武器及其零部件所需的蓝图", False),
    ],
)
def test_the_check_finds_a_sentence_that_its_source_does_not_hold(texts: Library, said: str, supported: bool) -> None:
    note = note_of(texts, drafted(texts))
    first = lines(note, "quote")[0]
    forged = Section("outcomes", "", (altered(first, said),))
    check = checked([forged], note.citations)
    assert (check.verbatim, check.supported) == (int(supported), int(supported))


def test_the_check_finds_a_sentence_that_cites_nothing(texts: Library) -> None:
    note = note_of(texts, drafted(texts))
    bare = replace(lines(note, "quote")[0], citations=())
    check = checked([Section("outcomes", "", (bare,))], note.citations)
    assert (check.sentences, check.cited, check.verbatim, check.supported) == (1, 0, 0, 0)


def test_the_check_finds_a_citation_that_does_not_stand_where_it_says(texts: Library) -> None:
    note = note_of(texts, drafted(texts))
    first = lines(note, "quote")[0]
    moved = [replace(citation, start=citation.start + 1) for citation in note.citations]
    assert checked([Section("outcomes", "", (first,))], moved).verbatim == 0
