"""Where English sentences end: at . ! ? before a new beginning, never inside abbreviations, numbers or symbols."""

from __future__ import annotations

import pytest

from corpus.parse.spans import sentence_spans
from corpus.records import Unit
from tests.patience import little_work

# Sentences parted by "|", as one reads them.
PARTED = [
    "States agreed.| They left.",
    "Who spoke?| Nobody did!| The meeting rose.",
    "He said “no.”| Then he left.",
    "It was noted (see para. 21).| The Chair agreed.",
    "“Is it so?” asked the Chair.| He waited.",
    "It began in 2020.| It ended in 2021.",
    "It met in Vienna...| Nobody came.",
    "They came on 3 May.| 15 States spoke.",
    "It works.| “That is good”, he said.",
    "The Protocol covers firearms.[1]| It also covers ammunition.",
    "They spoke about iARMS.| IBIN was mentioned too.",
    "The meeting rose at 6 p.m.| The Chair thanked all.",
    "It began at 10 a.m.| In the afternoon it went on.",
    "He studied in the U.S.| He then returned.",
    "It was sold by Colt Inc.| The firm denied it.",
    "They bought rifles, pistols, etc.| These were marked.",
    "One.|\nTwo; three|\nFour.",
    "It is 16.4 per cent.| It was 3.5.",
    "It was adopted in part I.| The rest was not.",
]
# Whole sentences with points inside.
WHOLE = [
    "See para. 21 and paras. 5–6 of the report.",
    "United Nations, Treaty Series, vol. 2225, No. 39574.",
    "See A/60/88 and Corr.2, annex; see also art. 3, sect. IV.B and chap. IV, para. 24.",
    "The meeting was held from 10 a.m. to 1 p.m. on Monday.",
    "Small arms, e.g. pistols, i.e. handguns, were discussed.",
    "Mr. Medina, Ms. Ponti, Mrs. Silva, Dr. Vallens and Prof. Christian Ponti spoke in St. Petersburg.",
    "J. R. R. Tolkien met George W. Bush and Hendrik F. Odendaal.",
    "The U.S. Senate and the U.K. Government agreed with Washington, D.C. officials.",
    "It costs 3.5 million, or .5 per cent, of No. 7’s budget.",
    "The file at www.unodc.org/firearms was read v. carefully.",
    "It fell to approx. 20 per cent (c. 1850) from Jan. 2020.",
    "Smith et al. (2019) and Jones vs. Baker were cited.",
    "“What now?” said the Chair.",
    "Sales No. E.05.V.2 and CTOC/COP/WG.6/2020/INF/1/Rev.1 were before it",
    "John Smith Jr. and Acme Co. Ltd. employees came.",
    "Yahoo! shares fell.",
    "1. Organizational matters:",
    "IV. Organization of the meeting",
    "A. Opening of the meeting",
    "(a) Opening of the meeting;",
]


def _cut(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentence_spans(text)]


@pytest.mark.parametrize("text", PARTED)
def test_a_text_is_parted_into_its_sentences(text: str) -> None:
    assert _cut(text.replace("|", "")) == [piece.strip() for piece in text.split("|")]


@pytest.mark.parametrize("text", WHOLE)
def test_a_point_inside_a_sentence_does_not_end_it(text: str) -> None:
    assert _cut(text) == [text]


def test_prose_of_an_encyclopaedia() -> None:
    text = (
        "Samuel Colt (July 19, 1814 – Jan. 10, 1862) was an American inventor. He established Colt's Patent Fire-Arms "
        "Mfg. Co. in Hartford, Conn., and made the mass production of revolvers viable. His first two ventures ended "
        "in disappointment. (Production began in 1836.) In the U.S. Army, e.g. under Gen. Taylor, the No. 5 Paterson "
        'was "the" gun. Was it safe? Not quite! It cost $28.50.'
    )
    assert [piece[:14] for piece in _cut(text)] == [
        "Samuel Colt (J", "He established", "His first two ", "(Production be", "In the U.S. Ar", "Was it safe?",
        "Not quite!", "It cost $28.50",
    ]  # fmt: skip


def test_chinese_and_english_in_one_text_each_end_their_way() -> None:
    assert _cut("平台由 Acme Inc. 提供。第 2 卷, No. 39574。They agreed. 会议结束。") == [
        "平台由 Acme Inc. 提供。", "第 2 卷, No. 39574。", "They agreed.", "会议结束。",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", " ", "\n\n", "...", "?!", ". . .", "e.g.", "(", "”", "No.", "1."])
def test_what_is_hardly_a_sentence_loses_no_character(text: str) -> None:
    assert "".join("".join(_cut(text)).split()) == "".join(text.split())


def test_a_long_text_of_points_is_read_in_good_time() -> None:
    with little_work(5):
        assert len(_cut("A word. " * 100_000)) == 100_000


@pytest.mark.parametrize(
    ("anchor_id", "count"),
    [
        ("wg6-2020-report#p5", 5), ("wg6-2020-report#p25", 4), ("cop10-2020-draft-resolution#pp13", 1),
        ("wg6-2014-background#p7", 3), ("wg6-2021-agenda#item1b.4", 5), ("wg6-2020-report#p18", 4),
    ],
)  # fmt: skip
def test_units_of_the_documents_have_the_sentences_one_reads(
    english_units: dict[str, Unit], anchor_id: str, count: int
) -> None:
    assert len(english_units[anchor_id].sentences) == count
