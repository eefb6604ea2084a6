"""English documents of each kind, small and invented: numbering, headings, lists, tables, soft wraps and refusals."""

from __future__ import annotations

import pytest

from corpus.coverage import measure_coverage
from corpus.errors import ParseError, SourceError
from corpus.parse.builder import Parsed
from corpus.parse.document import parse_version
from corpus.records import Document

REPORT = """Report on the meeting

I. Introduction

1. The Conference adopted resolution 10/2.

A. General matters

2. The meeting adopted the following agenda:

1. Organizational matters:

(a) Opening;

(b) Closing.

2. Other matters.

3. It met in Vienna.

Discussion point 1

States should act.

B. Response capacities of the Protocol and national legislation with regard to threats relating to illicit trafficking

1. Legislative measures

Model law

Discussion point 2

States should act soon.

IV. Organization

4. It rose at 6 p.m.
"""
AGENDA = """Working Group
Annotated provisional agenda

Provisional agenda

1. Organizational matters:

 (a) Opening of the meeting.

2. Other matters.

Annotations

1. Organizational matters

(a) Opening of the meeting

The meeting will be opened at 10 a.m.

2. Other matters

None are expected.

Annex

Proposed organization of work

Date and time Agenda item Title or description

Monday, 10 May

10 a.m.–12 noon 1 (a) Opening of the meeting

3–6 p.m. 2 Other matters

Tuesday, 11 May 2021

10 a.m.–1 p.m. 2 Other matters (continued)
"""


def _parse(documents: dict[str, Document], doc_id: str, text: str) -> Parsed:
    version = parse_version(documents[doc_id], "en", text.encode())
    assert measure_coverage(version).complete
    return version


def test_a_report_has_its_paragraphs_points_lists_and_headings(documents: dict[str, Document]) -> None:
    version = _parse(documents, "wg6-2020-report", REPORT)
    assert [(unit.anchor, unit.text) for unit in version.units] == [
        ("head", "Report on the meeting"),
        ("p1", "The Conference adopted resolution 10/2."),
        (
            "p2", "The meeting adopted the following agenda:\n1. Organizational matters:\n(a) Opening;\n(b) Closing.\n"
            "2. Other matters.",
        ),
        ("p3", "It met in Vienna."),
        ("dp1", "States should act."),
        ("dp2", "States should act soon."),
        ("p4", "It rose at 6 p.m."),
    ]  # fmt: skip
    paths = {unit.anchor: unit.heading_path for unit in version.units}
    assert paths["p3"] == paths["dp1"] == ("I. Introduction", "A. General matters")
    assert [heading[:9] for heading in paths["dp2"]] == ["I. Introd", "B. Respon", "1. Legisl", "Model law"]
    assert paths["p4"] == ("IV. Organization",)


def test_a_long_numbered_heading_is_no_first_paragraph(documents: dict[str, Document]) -> None:
    heading = "1. Discussion points on preventive, security and regulatory measures and on law enforcement"
    version = _parse(
        documents, "wg6-2020-chair-summary", f"Summary\n\nA. General\n\n{heading}\n\nDiscussion point 1\n\nAct.\n"
    )
    assert [unit.anchor for unit in version.units] == ["head", "dp1"]
    assert version.units[1].heading_path == ("A. General", heading)


def test_an_agenda_has_its_items_notes_and_table(documents: dict[str, Document]) -> None:
    version = _parse(documents, "wg6-2021-agenda", AGENDA)
    assert [(unit.anchor, unit.text) for unit in version.units] == [
        ("head", "Working Group\nAnnotated provisional agenda"),
        ("item1", "Organizational matters:"),
        ("item1a", "Opening of the meeting."),
        ("item2", "Other matters."),
        ("item1a.1", "The meeting will be opened at 10 a.m."),
        ("item2.1", "None are expected."),
        ("annex.r1", "Monday, 10 May | 10 a.m.–12 noon | 1 (a) | Opening of the meeting"),
        ("annex.r2", "Monday, 10 May | 3–6 p.m. | 2 | Other matters"),
        ("annex.r3", "Tuesday, 11 May 2021 | 10 a.m.–1 p.m. | 2 | Other matters (continued)"),
    ]


def test_a_resolution_has_its_preamble_and_operative_paragraphs(documents: dict[str, Document]) -> None:
    text = (
        "Draft resolution\n\nThe Conference of the Parties to the Convention,\n\nRecalling article 3,\n\n"
        "Deeply concerned,\n\n1. Urges States:\n\n(a) To act;\n\n(b) To report;\n\n2. Requests UNODC to help.\n"
    )
    version = _parse(documents, "cop10-2020-draft-resolution", text)
    assert [(unit.anchor, unit.text) for unit in version.units] == [
        ("head", "Draft resolution"),
        ("pp1", "Recalling article 3,"),
        ("pp2", "Deeply concerned,"),
        ("op1", "Urges States:\n(a) To act;\n(b) To report;"),
        ("op2", "Requests UNODC to help."),
    ]
    assert version.units[1].heading_path == ("The Conference of the Parties to the Convention,",)


# A line without a trailing space wraps on; how its end and the next line's beginning are joined.
WRAPPED = [
    ("It met\nin Vienna. ", "It met in Vienna."),
    ("It covers arms,\nparts and rounds. ", "It covers arms, parts and rounds."),
    ("See the report\n(A/60/88). ", "See the report (A/60/88)."),
    ("It is entitled\n“Strengthening”. ", "It is entitled “Strengthening”."),
    ("It covers “arms”\nand parts. ", "It covers “arms” and parts."),
    ("It asks for record-\nkeeping. ", "It asks for record-keeping."),
    ("See paras. 5–\n6. ", "See paras. 5–6."),
    ("See CTOC/COP/\nWG.6/2021/1. ", "See CTOC/COP/WG.6/2021/1."),
    ("It is 75\nper cent. ", "It is 75 per cent."),
    ("States’\n“best efforts” count. ", "States’ “best efforts” count."),
]


@pytest.mark.parametrize(("wrapped", "joined"), WRAPPED)
def test_soft_wrapped_lines_are_joined_as_english_is_written(
    documents: dict[str, Document], wrapped: str, joined: str
) -> None:
    version = _parse(documents, "wg6-2020-report", f"Report \nI. Introduction \n1. {wrapped}\n2. It rose. \n")
    assert [unit.text for unit in version.units] == ["Report", joined, "It rose."]


def test_quotes_side_by_side_keep_their_space(documents: dict[str, Document]) -> None:
    text = "Report\n\nI. Introduction\n\n1. States’ “best efforts” … “count” — they said.\n"
    assert _parse(documents, "wg6-2020-report", text).units[1].text == "States’ “best efforts” … “count” — they said."


@pytest.mark.parametrize("doc_id", ["wg6-2020-report", "wg6-2021-agenda", "cop10-2020-draft-resolution"])
def test_english_without_the_numbering_of_its_kind_is_refused_by_name(
    documents: dict[str, Document], doc_id: str
) -> None:
    with pytest.raises(ParseError, match=rf"{doc_id} \(en\) has no paragraph that can be cited"):
        parse_version(documents[doc_id], "en", b"The weather is fine.\n")


def test_english_in_another_encoding_is_refused_by_name(documents: dict[str, Document]) -> None:
    with pytest.raises(SourceError, match=r"wg6-2020-report \(en\)"):
        parse_version(documents["wg6-2020-report"], "en", "1. Côte d’Ivoire".encode("cp1252"))


def test_an_item_listed_twice_is_refused_by_its_anchor(documents: dict[str, Document]) -> None:
    with pytest.raises(ParseError, match="item1 twice"):
        parse_version(documents["wg6-2021-agenda"], "en", b"Group\n\nProvisional agenda\n\n1. Open.\n\n1. Close.\n")
