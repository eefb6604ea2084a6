"""Citations in the manner of either language, of every kind of unit there is, and quotations to paste."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from assistant.answer import Citation, DocumentRef
from assistant.citing import UNOFFICIAL, cite, quotation
from corpus.anchors import label, standing_at
from corpus.home import BUNDLED_DATA
from corpus.library import Library
from corpus.records import LANGUAGES, Bilingual, Document, Language, SymbolStatus, Unit
from corpus.sync import sync_folder

KINDS = {"paragraph", "discussion_point", "preambular", "operative", "item", "item_paragraph", "table_row", "head"}
STATES: tuple[SymbolStatus, ...] = ("confirmed", "inferred", "unknown")
REPORT = "Report on the meeting of the Working Group on Firearms held in Vienna on 16 and 17 July 2020"
REMARK = {
    "zh": "（非正式工作译文，非联合国文本）",
    "en": " (unofficial working translation, not a United Nations text)",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The bundled documents as a library holds them."""
    library = Library.open(tmp_path_factory.mktemp("cited") / "home")
    sync_folder(library, BUNDLED_DATA)
    return library


def everything(library: Library) -> Iterator[tuple[Document, Unit]]:
    for document in library.documents():
        for unit in library.units(document.doc_id):
            yield document, unit


def of_state(document: Document, state: SymbolStatus) -> Document:
    return replace(document, symbol=None if state == "unknown" else "CTOC/COP/WG.6/2020/4", symbol_status=state)


def citation_of(unit: Unit, official: bool = True) -> Citation:
    ref = DocumentRef(unit.doc_id, "", "", None, "unknown")
    whole = (0, len(unit.text), unit.text)
    return Citation(1, unit.anchor_id, unit.language, "", unit.text, *whole, ref, (), official, 1.0)


@pytest.mark.parametrize(
    ("state", "convention", "expected"),
    [
        ("confirmed", "en", "CTOC/COP/WG.6/2020/4, para. 21"),
        ("inferred", "en", f"{REPORT} (CTOC/COP/WG.6/2020/4, symbol inferred), para. 21"),
        ("unknown", "en", f"{REPORT}, para. 21"),
        ("confirmed", "zh", "2020年会议报告（CTOC/COP/WG.6/2020/4），第21段"),
        ("inferred", "zh", "2020年会议报告（CTOC/COP/WG.6/2020/4，文号系推断），第21段"),
        ("unknown", "zh", "2020年会议报告，第21段"),
    ],
)
def test_a_symbol_is_written_as_far_as_it_is_known(
    library: Library, state: SymbolStatus, convention: Language, expected: str
) -> None:
    report = of_state(library.document("wg6-2020-report"), state)
    assert cite(report, "p21", convention, official=True) == expected
    assert cite(report, "p21", convention, official=False) == expected + REMARK[convention]


@pytest.mark.parametrize(
    ("doc_id", "anchors", "zh", "en"),
    [
        ("wg6-2020-report", "dp10", "讨论要点10", "discussion point 10"),
        ("cop10-2020-draft-resolution", "pp4", "序言部分第4段", "preambular para. 4"),
        ("cop10-2020-draft-resolution", "op14", "执行部分第14段", "operative para. 14"),
        ("wg6-2021-agenda", "item1b.2", "议程项目1(b)，第2段", "item 1 (b), para. 2"),
        ("wg6-2021-agenda", "annex.r3", "附件，第3行", "annex, row 3"),
        ("wg6-2020-report", "p5 p6", "第5至6段", "paras. 5–6"),
        ("wg6-2020-report", "p7 p5 dp1", "第5和7段；讨论要点1", "paras. 5 and 7; discussion point 1"),
    ],
)
def test_units_are_written_as_delegates_write_them(
    library: Library, doc_id: str, anchors: str, zh: str, en: str
) -> None:
    document = of_state(library.document(doc_id), "confirmed")
    anchor: str | list[str] = anchors.split() if " " in anchors else anchors
    assert cite(document, anchor, "zh", official=True) == f"{document.short_titles.zh}（CTOC/COP/WG.6/2020/4），{zh}"
    assert cite(document, anchor, "en", official=True) == f"CTOC/COP/WG.6/2020/4, {en}"


def test_a_title_that_no_symbol_tells_apart_has_its_year(library: Library) -> None:
    summary, draft = (library.document(each) for each in ("wg6-2020-chair-summary", "cop10-2020-draft-resolution"))
    assert (
        cite(summary, "dp10", "en", official=True) == "Addendum, annex I: Chair's summary (2020), discussion point 10"
    )
    assert cite(summary, "dp1", "zh", official=True) == "2020年主席的总结，讨论要点1"
    assert cite(draft, "op14", "en", official=True) == f"{draft.titles.en} (2020), operative para. 14"
    assert cite(draft, "op14", "zh", official=True) == "2020年决议修订草案，执行部分第14段"


def test_a_title_begins_large(library: Library) -> None:
    small = replace(library.document("wg6-2020-report"), titles=Bilingual("报告", "report of 2020"))
    assert cite(small, "p1", "en", official=True) == "Report of 2020 (CTOC/COP/WG.6/2020/4, symbol inferred), para. 1"


def test_every_kind_of_unit_is_cited_in_both_conventions_whatever_is_known_of_its_symbol(library: Library) -> None:
    seen = set()
    for document, unit in everything(library):
        seen.add(unit.kind)
        for state in STATES:
            known = of_state(document, state)
            chinese = cite(known, unit.anchor, "zh", official=True)
            english = cite(known, unit.anchor, "en", official=True)
            assert chinese.startswith(document.short_titles.zh)
            assert chinese.endswith("，" + label(unit.anchor, "zh"))
            assert english.endswith(", " + label(unit.anchor, "en"))
            assert (document.titles.en in english) == (state != "confirmed")
            for written, inferred in ((chinese, "文号系推断"), (english, "symbol inferred")):
                assert ("CTOC/COP/WG.6/2020/4" in written) == (state != "unknown")
                assert (inferred in written) == (state == "inferred")
    assert seen == KINDS


def test_a_quotation_is_the_quote_its_citation_and_each_note_in_both_conventions(library: Library) -> None:
    for document, unit in everything(library):
        standing = standing_at(document, unit.anchor)
        assert standing == library.standing(unit)
        for convention in LANGUAGES:
            for official in (True, False):
                text = quotation(citation_of(unit, official), document, convention, standing)
                source = cite(document, unit.anchor, convention, official=official)
                assert text == "\n".join([f"“{unit.text}”", source, *(note.get(convention) for note in standing)])
                assert (UNOFFICIAL.get(convention) in text) != official


def test_a_quotation_in_full(library: Library) -> None:
    unit = library.unit("wg6-2020-report", "p21", "en")
    document = library.document(unit.doc_id)
    assert quotation(citation_of(unit, official=False), document, "zh", library.standing(unit)) == (
        "“The representatives of INTERPOL and Spain made brief statements at the meeting.”\n"
        "2020年会议报告（CTOC/COP/WG.6/2020/4，文号系推断），第21段（非正式工作译文，非联合国文本）\n"
        "报告第三章是主席对审议情况的总结，会议期间未经谈判和通过（报告第7段）。"
    )


def test_quotation_marks_inside_a_quote_stay_as_they_are(library: Library) -> None:
    marked = [unit for _, unit in everything(library) if "“" in unit.text]
    assert marked
    for unit in marked:
        text = quotation(citation_of(unit), library.document(unit.doc_id), "zh", ())
        assert text.startswith(f"“{unit.text}”\n")


def test_what_names_no_unit_is_refused(library: Library) -> None:
    report = library.document("wg6-2020-report")
    with pytest.raises(ValueError, match="no anchor"):
        cite(report, (), "en", official=True)
    with pytest.raises(ValueError, match="'wg6-2020-report#p21' is not an anchor"):
        cite(report, "wg6-2020-report#p21", "en", official=True)
