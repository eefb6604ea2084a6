"""The units that a question names by number: of which document, in which language, and what is not there."""

from __future__ import annotations

import pytest

from assistant.abstain import missing_references
from assistant.look_up import look_up, spoken
from assistant.question import read_question
from corpus.home import BUNDLED_DATA
from corpus.library import Library
from corpus.sync import sync_folder
from tests.assistant.made import document


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The bundled documents, without an index."""
    library = Library.open(tmp_path_factory.mktemp("home"))
    sync_folder(library, BUNDLED_DATA)
    return library


def found(library: Library, text: str, *documents: str) -> list[str]:
    passages = look_up(library, read_question(text, library.documents()), documents)
    assert all(passage.looked_up for passage in passages)
    return [passage.unit.anchor_id for passage in passages]


DRAFT, CHAIR, REPORT = "cop10-2020-draft-resolution", "wg6-2020-chair-summary", "wg6-2020-report"


@pytest.mark.parametrize(
    ("question", "anchors"),
    [
        ("报告讨论要点44", [f"{REPORT}#dp44"]),
        ("决议草案第6段", [f"{DRAFT}#op6"]),
        ("paragraph 6 of the draft resolution", [f"{DRAFT}#op6"]),
        ("What does the draft's paragraph 6 say?", [f"{DRAFT}#op6"]),
        ("决议草案序言部分第6段", [f"{DRAFT}#pp6"]),
        ("point 8 of the Chair's summary and point 9 of the report", [f"{CHAIR}#dp8", f"{REPORT}#dp9"]),
        ("报告讨论要点10与主席的总结要点9", [f"{CHAIR}#dp9", f"{REPORT}#dp10"]),
        ("How do points 8 and 9 of the Chair's summary read?", [f"{CHAIR}#dp8", f"{CHAIR}#dp9"]),
        # Only the report and the summary have points.
        ("讨论要点10", [f"{CHAIR}#dp10", f"{REPORT}#dp10"]),
        # The draft has none, so that the report's is meant, or the summary's.
        ("决议草案与讨论要点44", [f"{REPORT}#dp44"]),
        ("讨论要点99", []),
        ("第10/2号决议第16段", []),
        ("《枪支议定书》第八条第2款", []),
        ("谁主持了会议？", []),
    ],
)
def test_what_is_looked_up(library: Library, question: str, anchors: list[str]) -> None:
    assert sorted(found(library, question)) == anchors


def test_an_item_comes_with_the_paragraphs_under_it(library: Library) -> None:
    anchors = found(library, "2021年议程项目1(b)")
    assert anchors[0] == "wg6-2021-agenda#item1b"
    assert len(anchors) > 1
    assert all(anchor.startswith("wg6-2021-agenda#item1b.") for anchor in anchors[1:])


def test_only_the_documents_that_are_kept_to(library: Library) -> None:
    assert found(library, "讨论要点10", CHAIR) == [f"{CHAIR}#dp10"]
    assert found(library, "报告讨论要点10", CHAIR) == []


def test_what_is_named_comes_in_the_language_of_the_question(library: Library) -> None:
    for text, language in (("报告第21段", "zh"), ("para. 21 of the report", "en")):
        (passage,) = look_up(library, read_question(text, library.documents()))
        assert passage.unit.anchor_id == f"{REPORT}#p21"
        assert passage.unit.language == language


def test_a_paragraph_of_a_resolution_is_an_operative_one() -> None:
    anchors = ["p6", "op7", "pp8", "annex.r3"]
    assert spoken(anchors, document("draft", "resolution")) == ["op6", "op7", "pp8", "annex.r3"]
    assert spoken(anchors, document("report", "report")) == anchors


@pytest.mark.parametrize(
    ("question", "zh", "en"),
    [
        ("报告讨论要点44", [], []),
        ("决议草案第6段", [], []),
        (
            "报告讨论要点44和99",
            ["2020年会议报告中没有讨论要点99。"],
            ["There is no discussion point 99 in the report of the 2020 meeting."],
        ),
        (
            "讨论要点99",
            ["各份文件中没有讨论要点99。"],
            ["There is no discussion point 99 in any document of the library."],
        ),
        ("谁主持了会议？", [], []),
    ],
)
def test_what_is_said_of_numbers_that_are_not_there(
    library: Library, question: str, zh: list[str], en: list[str]
) -> None:
    read, documents = read_question(question, library.documents()), library.documents()
    units = [passage.unit for passage in look_up(library, read)]
    assert list(missing_references(read, units, documents, "zh")) == zh
    assert list(missing_references(read, units, documents, "en")) == en
