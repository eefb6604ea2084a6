"""References in a question, in every spelling that delegates use; and what only looks like one."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.numerals import chinese_number
from assistant.references import find_references
from corpus.anchors import label
from corpus.home import BUNDLED_DATA
from corpus.parse.document import parse_version
from corpus.records import Document, Language

REPORT = ("wg6-2020-report",)
DRAFT = ("cop10-2020-draft-resolution",)
CHAIR = ("wg6-2020-chair-summary",)
AGENDA = ("wg6-2021-agenda",)


@pytest.mark.parametrize(
    ("question", "anchors", "named"),
    [
        ("报告讨论要点41", ["dp41"], REPORT),
        ("2020年会议报告，讨论要点10", ["dp10"], REPORT),
        ("讨论要点10", ["dp10"], ()),
        ("讨论要点１０", ["dp10"], ()),
        ("要点10", ["dp10"], ()),
        ("要点十", ["dp10"], ()),
        ("第十个要点", ["dp10"], ()),
        ("DP 10", ["dp10"], ()),
        ("DP10", ["dp10"], ()),
        ("discussion point 10", ["dp10"], ()),
        ("point 9 of the Chair's summary", ["dp9"], CHAIR),
        ("the Chair's point 9", ["dp9"], CHAIR),
        ("决议草案执行部分第14段", ["op14"], DRAFT),
        ("执行部分第十四段", ["op14"], ()),
        ("OP14 of the draft resolution", ["op14"], DRAFT),
        ("OP6", ["op6"], ()),
        ("operative para. 14", ["op14"], ()),
        ("operative paragraph 14", ["op14"], ()),
        ("序言部分第4段", ["pp4"], ()),
        ("PP3", ["pp3"], ()),
        ("preambular para. 4", ["pp4"], ()),
        ("报告第21段", ["p21"], REPORT),
        ("第二十一段", ["p21"], ()),
        ("第 21 段", ["p21"], ()),
        ("para. 21 of the 2020 report", ["p21"], REPORT),
        ("CTOC/COP/WG.6/2020/4, para. 21", ["p21"], REPORT),
        ("the report's paragraph 12", ["p12"], REPORT),
        ("paras. 5–6", ["p5", "p6"], ()),
        ("paragraphs 5 to 8 of the report", ["p5", "p6", "p7", "p8"], REPORT),
        ("第5至8段", ["p5", "p6", "p7", "p8"], ()),
        ("第5～6段", ["p5", "p6"], ()),
        ("第21段和第22段", ["p21", "p22"], ()),
        ("议程项目1(b)，第2段", ["item1b.2"], AGENDA),
        ("议程项目1（b），第2段", ["item1b.2"], AGENDA),
        ("item 1 (b), para. 2", ["item1b.2"], ()),
        ("议程项目1(b)", ["item1b"], AGENDA),
        ("附件，第3行", ["annex.r3"], ()),
        ("annex, row 3", ["annex.r3"], ()),
    ],
)
def test_every_spelling(
    documents: tuple[Document, ...], question: str, anchors: list[str], named: tuple[str, ...]
) -> None:
    for asked in (question, f"{question} 说了什么？", f"{question}?", f"请问 {question} "):
        found = find_references(asked, documents)
        assert [anchor for reference in found for anchor in reference.anchors] == anchors, asked
        assert {reference.documents for reference in found} == {named}, asked


@pytest.mark.parametrize(
    ("question", "anchors", "named"),
    [
        ("决议草案OP14说了什么？", ["op14"], DRAFT),
        ("草案的PP3讲什么", ["pp3"], DRAFT),
        ("报告DP10是什么意思", ["dp10"], REPORT),
        ("2020 report第21段", ["p21"], REPORT),
        ("请看Chair's summary的point 9", ["dp9"], CHAIR),
    ],
)
def test_latin_forms_between_chinese_without_a_space(
    documents: tuple[Document, ...], question: str, anchors: list[str], named: tuple[str, ...]
) -> None:
    found = find_references(question, documents)
    assert [(list(reference.anchors), reference.documents) for reference in found] == [(anchors, named)]


@pytest.mark.parametrize(
    "question",
    [
        "第10/2号决议第16段",
        "缔约方会议第10/2号决议第16段说了什么？",
        "大会第70/1号决议第3段",
        "paragraph 16 of resolution 10/2",
        "resolution 10/2, paragraph 16",
        "2012年5月销毁了多少支枪支？",
        "10 points were raised by 3 States",
        "3D打印在哪一段提到？",
        "在项目3下谁发言？",
        "讨论要点有哪些？",
        "讨论要点0",
    ],
)
def test_what_only_looks_like_a_reference(documents: tuple[Document, ...], question: str) -> None:
    assert find_references(question, documents) == ()


@pytest.mark.parametrize(
    "question",
    [
        "《枪支议定书》第8条第2段有什么要求？",
        "article 8, paragraph 2 of the Firearms Protocol",
        "安全理事会第2370(2017)号决议第3段",
        "paragraph 3 of Security Council resolution 2370 (2017)",
        "resolution 10/2 para. 16",
        "What does resolution 10/2, para. 16 ask for?",
        "第10/2号决议执行部分的第16段",
        "《枪支议定书》第八条第二款",
        "annex I of the Chair's summary",
    ],
)
def test_paragraphs_of_instruments_that_are_not_in_the_library(documents: tuple[Document, ...], question: str) -> None:
    assert find_references(question, documents) == ()


@pytest.mark.parametrize(
    ("question", "anchors"),
    [
        ("讨论要点5和9", ["dp5", "dp9"]),
        ("points 5 and 9", ["dp5", "dp9"]),
        ("第5、7段", ["p5", "p7"]),
        ("要点10、11和12", ["dp10", "dp11", "dp12"]),
        ("paras. 5, 6 and 7", ["p5", "p6", "p7"]),
    ],
)
def test_a_list_names_what_it_lists_and_no_more(
    documents: tuple[Document, ...], question: str, anchors: list[str]
) -> None:
    found = [anchor for reference in find_references(question, documents) for anchor in reference.anchors]
    assert found == anchors


@pytest.mark.parametrize(
    ("question", "bound"),
    [
        ("point 8 of the Chair's summary and point 9 of the report", [("dp8", CHAIR), ("dp9", REPORT)]),
        ("报告讨论要点10与主席的总结要点9有何不同？", [("dp10", REPORT), ("dp9", CHAIR)]),
        ("the report, point 9, and the Chair's summary, point 8", [("dp9", REPORT), ("dp8", CHAIR)]),
        ("the draft's paragraph 6 and paragraph 21 of the report", [("p6", DRAFT), ("p21", REPORT)]),
        ("OP14 of the draft and para. 5 in the 2020 report", [("op14", DRAFT), ("p5", REPORT)]),
        ("points 8 and 9 of the report", [("dp8", REPORT), ("dp9", REPORT)]),
        ("point 8 and point 9 of the report", [("dp8", REPORT), ("dp9", REPORT)]),
    ],
)
def test_each_reference_is_of_its_own_document(
    documents: tuple[Document, ...], question: str, bound: list[tuple[str, tuple[str, ...]]]
) -> None:
    found = [(anchor, r.documents) for r in find_references(question, documents) for anchor in r.anchors]
    assert found == bound


def test_a_reference_said_twice_is_cited_once(assistant: Assistant) -> None:
    answer = assistant.ask("operative para. 14 (OP14) of the draft resolution")
    assert [c.anchor for c in answer.citations] == ["cop10-2020-draft-resolution#op14"]


@pytest.mark.parametrize(
    ("question", "anchor"),
    [
        ("paragraph 6 of the draft resolution", "cop10-2020-draft-resolution#op6"),
        ("决议草案第6段", "cop10-2020-draft-resolution#op6"),
        ("决议草案序言部分第6段", "cop10-2020-draft-resolution#pp6"),
        ("2014年背景文件第59段", "wg6-2014-background#p59"),
        ("议程项目1(b)，第2段", "wg6-2021-agenda#item1b.2"),
    ],
)
def test_what_a_reference_is_answered_with(assistant: Assistant, question: str, anchor: str) -> None:
    answer = assistant.ask(question)
    assert [c.anchor for c in answer.citations] == [anchor]
    assert answer.citations[0].quote == answer.citations[0].text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_label_that_is_shown_is_understood(documents: tuple[Document, ...], language: Language) -> None:
    lost = []
    for document in documents:
        source = (BUNDLED_DATA / document.doc_id / "zh.txt").read_bytes()
        for unit in parse_version(document, "zh", source).units:
            asked = (
                f"{document.short_title(language)}{'，' if language == 'zh' else ', '}{label(unit.anchor, language)}"
            )
            found = [(r.anchors, r.documents) for r in find_references(asked, documents)]
            if unit.kind != "head" and found != [((unit.anchor,), (document.doc_id,))]:
                lost.append((asked, found))
    assert lost == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("一", 1),
        ("九", 9),
        ("十", 10),
        ("十一", 11),
        ("二十", 20),
        ("二十一", 21),
        ("九十九", 99),
        ("21", 21),
        ("百", 0),
    ],
)
def test_numbers_below_a_hundred(text: str, number: int) -> None:
    assert chinese_number(text) == number


def test_a_point_is_of_the_text_whose_name_it_is_part_of(documents: tuple[Document, ...]) -> None:
    found = find_references("Chair's point 4 versus report point 6: which is longer?", documents)
    assert [(reference.anchors, reference.documents) for reference in found] == [(("dp4",), CHAIR), (("dp6",), REPORT)]


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("主席总结要点21比报告相应段落多举了哪些手段?", {"wg6-2020-chair-summary"}),
        ("Put point 28 of the Chair's summary beside the report's text on questionnaires", {"wg6-2020-chair-summary"}),
        ("How does the report's point 10 differ from the draft resolution?", {"wg6-2020-report"}),
        # One number of two texts.
        ("报告和主席总结的要点10有何不同?", {"wg6-2020-report", "wg6-2020-chair-summary"}),
        ("point 10 of the report and the Chair's summary", {"wg6-2020-report", "wg6-2020-chair-summary"}),
    ],
)
def test_a_number_belongs_to_the_text_it_stands_beside(
    question: str, meant: set[str], documents: tuple[Document, ...]
) -> None:
    (found,) = find_references(question, documents)
    assert set(found.documents) == meant
