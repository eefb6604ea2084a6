"""The units that a question names by number: of which document, in which language, and what is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.abstain import missing_references
from assistant.look_up import look_up, spoken
from assistant.question import read_question
from assistant.sources import Sources
from corpus.home import BUNDLED_DATA
from corpus.library import Library
from corpus.records import LANGUAGES, Bilingual, Language
from corpus.sync import sync_folder
from tests.assistant.made import document
from tests.letters import add_texts


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The bundled documents, without an index."""
    library = Library.open(tmp_path_factory.mktemp("home"))
    sync_folder(library, BUNDLED_DATA)
    return library


def found(library: Library, text: str, *documents: str) -> list[str]:
    passages = look_up(library, read_question(text, library.documents()), Sources(documents))
    assert all(passage.looked_up for passage in passages)
    return [passage.unit.anchor_id for passage in passages]


MEETING_REPORT = "report of the 2020 meeting"
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


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ["报告第21段", "para. 21 of the report"])
def test_what_is_named_comes_in_a_language_that_is_kept_to(library: Library, text: str, language: Language) -> None:
    question = read_question(text, library.documents())
    (passage,) = look_up(library, question, Sources(languages=(language,)))
    assert (passage.unit.anchor_id, passage.unit.language) == (f"{REPORT}#p21", language)
    assert look_up(library, question, Sources((CHAIR,), (language,))) == []


def test_a_document_without_a_version_gives_nothing_and_no_other_is_meant(tmp_path: Path) -> None:
    library = Library.open(tmp_path)
    add_texts(library, "alone", {"zh": ["海豹吃鱼。"]}, Bilingual("海豹报告", "seal report"))
    add_texts(
        library, "paper", {"zh": ["企鹅吃磷虾。"], "en": ["Penguins eat krill."]}, Bilingual("企鹅文件", "penguins")
    )

    def looked_up(text: str, *languages: Language) -> list[str]:
        found = look_up(library, read_question(text, library.documents()), Sources(languages=languages))
        return [f"{passage.unit.anchor_id} {passage.unit.language}" for passage in found]

    assert looked_up("海豹报告第1段", "zh", "en") == looked_up("海豹报告第1段", "zh") == ["alone#p1 zh"]
    assert looked_up("海豹报告第1段", "en") == []
    assert looked_up("第1段", "en") == ["paper#p1 en"]
    assert looked_up("第1段", "zh", "en") == ["alone#p1 zh", "paper#p1 zh"]
    assert looked_up("paragraph 1", "zh", "en") == ["alone#p1 zh", "paper#p1 en"]


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


@pytest.mark.parametrize(
    ("question", "zh", "en"),
    [
        (
            "报告讨论要点44",
            ["所选的文件和文本语言不包括2020年会议报告讨论要点44。"],
            [f"The documents and languages chosen do not include discussion point 44 of the {MEETING_REPORT}."],
        ),
        (
            "讨论要点44、99",
            ["各份文件中没有讨论要点99。", "所选的文件和文本语言不包括讨论要点44。"],
            [
                "There is no discussion point 99 in any document of the library.",
                "The documents and languages chosen do not include discussion point 44.",
            ],
        ),
        # The draft's operative paragraph is asked for as a paragraph.
        (
            "决议草案第6段",
            ["所选的文件和文本语言不包括2020年决议修订草案第6段。"],
            ["The documents and languages chosen do not include para. 6 of the 2020 revised draft resolution."],
        ),
        ("主席的总结讨论要点8", [], []),
    ],
)
def test_what_is_said_of_numbers_that_only_texts_not_chosen_have(
    library: Library, question: str, zh: list[str], en: list[str]
) -> None:
    read, documents = read_question(question, library.documents()), library.documents()
    found = [passage.unit for passage in look_up(library, read, Sources((CHAIR,)))]
    everywhere = [passage.unit for passage in look_up(library, read)]
    assert list(missing_references(read, found, documents, "zh", everywhere)) == zh
    assert list(missing_references(read, found, documents, "en", everywhere)) == en
