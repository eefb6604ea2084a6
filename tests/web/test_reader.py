"""A document as the server draws it to be read: every unit whole and in its place, and what was looked for marked."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup, Tag

from corpus.anchors import label
from corpus.library import Library
from corpus.records import Language
from corpus.sync import add_document
from tests.web.documents import BACKGROUND, HOSTILE, RESOLUTION, TERMS, UNITS, made_library
from tests.web.reading import Reader, reading_application
from web.asking.view import View
from web.strings import strings

AGENDA, REPORT, DRAFT = "wg6-2021-agenda", "wg6-2020-report", "cop10-2020-draft-resolution"
SUMMARY, PAPER = "wg6-2020-chair-summary", "wg6-2014-background"
DOCUMENTS = [AGENDA, REPORT, DRAFT, SUMMARY, PAPER]
LANG = {"zh": "zh-CN", "en": "en"}


@pytest.fixture(scope="module")
def reader(held: Library) -> Reader:
    return Reader(reading_application(held, TERMS))


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """A library whose versions lack units or each other, and whose text is hostile."""
    return Reader(reading_application(made_library(tmp_path_factory.mktemp("odd")), TERMS))


def text_of(tag: Tag) -> str:
    """The text of a unit in one language as it stands in the page; of a row its cells with the bars between them."""
    cells = tag.select("td")
    return " | ".join(cell.get_text() for cell in cells) if cells else tag.select_one(".text").get_text()


def plain(text: str) -> str:
    """Text by the slow, obvious rule for what is found: no white space at all, small letters."""
    return re.sub(r"\s", "", text).lower()


def said(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("doc_id", DOCUMENTS)
def test_every_unit_stands_whole_in_reading_order(
    reader: Reader, held: Library, doc_id: str, language: Language
) -> None:
    page = reader.get(f"/documents/{doc_id}?text={language}")
    units = held.units(doc_id, language)
    drawn = page.select(".unit")
    assert [tag["id"] for tag in drawn] == [unit.anchor for unit in units]
    assert [text_of(tag) for tag in drawn] == [unit.text for unit in units]
    for tag, unit in zip(drawn, units, strict=True):
        assert tag.select_one(f'a.unit-label[href="#{unit.anchor}"]').get_text() == label(unit.anchor, "zh")
        assert len(tag.select(".part")) == len(unit.subitems)
        assert [said(note) for note in tag.select(".footnotes li")] == [f"{n.mark} {n.text}" for n in unit.footnotes]
        assert tag.select_one("a.open")["href"] == View(doc_id, unit.anchor, language).address
        assert (
            tag.select_one("[data-copy-link]")["data-copy-link"] == f"/documents/{doc_id}?text={language}#{unit.anchor}"
        )


@pytest.mark.parametrize("doc_id", DOCUMENTS)
def test_both_languages_stand_side_by_side_at_the_same_anchor(reader: Reader, held: Library, doc_id: str) -> None:
    page = reader.get(f"/documents/{doc_id}?text=both", "en")
    units = held.units(doc_id, "zh")
    drawn = page.select(".unit")
    assert [tag["id"] for tag in drawn] == [unit.anchor for unit in units]
    for tag in drawn:
        versions = tag.select(".version")
        assert [version["lang"] for version in versions] == ["zh-CN", "en"]
        for version, language in zip(versions, ("zh", "en"), strict=True):
            text = held.unit(doc_id, tag["id"], language).text
            cells = text.split(" | ")
            assert all(cell in text_of(version) for cell in cells)
            assert len(text_of(version)) <= len(text)
        assert tag.select_one("a.open")["href"] == View(doc_id, tag["id"], "zh", both=True).address
    heads = [said(head) for head in page.select(".columns p")]
    assert heads == [
        "Chinese Official United Nations text",
        "English Unofficial working translation, not a United Nations text",
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("doc_id", DOCUMENTS)
def test_headings_are_headings_and_the_outline_leads_to_them(
    reader: Reader, held: Library, doc_id: str, language: Language
) -> None:
    page = reader.get(f"/documents/{doc_id}?text={language}", language)
    expected: list[tuple[int, str]] = []
    before: tuple[str, ...] = ()
    for unit in held.units(doc_id, language):
        for depth in range(len(unit.heading_path)):
            if unit.heading_path[: depth + 1] != before[: depth + 1]:
                expected.append((depth + 2, unit.heading_path[depth]))
        before = unit.heading_path
    assert [(int(tag.name[1]), tag.get_text()) for tag in page.select(".section")] == expected
    for nav in page.select("nav.contents, details.contents nav"):
        links = nav.select("a")
        assert all(page.find(id=link["href"][1:]) for link in links)
        parts = {strings(language).reader.preambular, strings(language).reader.operative, "文首", "Heading"}
        assert [said(link) for link in links if said(link) not in parts] == [title for _, title in expected]
    ids = [tag["id"] for tag in page.select("[id]")]
    assert len(ids) == len(set(ids))


def test_the_outline_is_as_deep_as_the_headings(reader: Reader) -> None:
    nav = reader.get(f"/documents/{PAPER}?text=zh").select_one("nav.contents")
    tops = nav.select(":scope > ol > li > a")
    assert [link.get_text()[:2] for link in tops] == ["文首", "一.", "二.", "三.", "四.", "五."]
    deepest = nav.select(":scope > ol > li > ol > li > ol > li > ol > li > a")
    assert deepest[0].get_text() == "《打击非法制造和贩运枪支及其零部件和弹药示范法》"
    parts = reader.get(f"/documents/{DRAFT}?text=en").select("nav.contents > ol > li > ol > li > a")
    assert [link["href"] for link in parts] == ["#pp1", "#op1"]


def test_what_the_document_is_stands_above_it(reader: Reader, held: Library) -> None:
    for doc_id in DOCUMENTS:
        document = held.document(doc_id)
        page = reader.get(f"/documents/{doc_id}", "en")
        assert page.select_one("h1").get_text() == document.titles.en[:1].upper() + document.titles.en[1:]
        head = said(page.select_one(".masthead"))
        for fact in (document.body.en, document.dates.en, document.place.en, document.session.en[1:]):
            assert fact in head
        assert (document.symbol or "unknown") in head
        assert ("inferred, not stated" in head) == (document.symbol_status == "inferred")
        for version in document.versions:
            assert version.source_note in head
        for note in page.select(".masthead .note"):
            assert any(each.text.en in said(note) for each in document.standing)
            assert page.find(id=note.a["href"][1:])
        assert len(page.select(".masthead .note")) == len(document.standing)


def test_each_unit_says_which_notes_are_on_it(reader: Reader) -> None:
    page = reader.get(f"/documents/{REPORT}?text=zh")
    marked = {tag["id"]: [a["href"] for a in tag.select(".unit-notes a")] for tag in page.select(".unit")}
    assert marked["dp10"] == ["#standing-1"]
    assert marked["p6"] == ["#standing-1", "#standing-4"]
    assert marked["p8"] == ["#standing-3"]
    assert marked["head"] == []
    assert said(page.find(id="standing-3")).endswith("适用于：第7至23段")
    # A note on the whole document stands at its head alone.
    assert not reader.get(f"/documents/{DRAFT}").select(".unit-notes")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_document_opens_in_the_readers_language(reader: Reader, language: Language) -> None:
    page = reader.get(f"/documents/{REPORT}", language)
    assert page.select_one(".version")["lang"] == LANG[language]
    current = page.select(".switch [aria-current]")
    assert [link["href"] for link in current] == [f"/documents/{REPORT}?text={language}"]


@pytest.mark.parametrize("address", ["/documents/none", f"/documents/{REPORT}?text=fr", "/documents/%3Cb%3E"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_not_there_is_said_in_the_readers_language(reader: Reader, address: str, language: Language) -> None:
    page = reader.get(address, language, status=404)
    assert page.select_one("h1").get_text() == strings(language).errors.not_found
    assert not page.select("main b")


def test_a_language_that_is_not_held_is_not_there_and_both_are_the_one(odd: Reader) -> None:
    odd.get(f"/documents/{RESOLUTION.doc_id}?text=zh", status=404)
    page = odd.get(f"/documents/{RESOLUTION.doc_id}?text=both", "en")
    assert page.select_one(".only-one").get_text() == strings("en").reader.only_one.format(language="English")
    assert [tag["id"] for tag in page.select(".unit")] == ["op13", "op14", "op15"]
    assert [link.get_text() for link in page.select(".switch a")] == ["English"]
    # In Chinese too it opens in the one language there is.
    assert odd.get(f"/documents/{RESOLUTION.doc_id}").select_one(".version")["lang"] == "en"


def test_a_unit_without_a_counterpart_says_so(odd: Reader) -> None:
    page = odd.get(f"/documents/{BACKGROUND.doc_id}?text=both", "en")
    assert [tag["id"] for tag in page.select(".unit")] == [f"p{n}" for n in range(56, 75)]
    lacking = [tag["id"] for tag in page.select(".unit") if tag.select(".lacking")]
    assert lacking == ["p56", "p57", "p60", *(f"p{n}" for n in range(62, 75))]
    assert page.find(id="p60").select_one(".lacking").get_text() == strings("en").reader.lacking.format(
        language="English"
    )


def test_what_only_the_other_language_has_stands_in_its_place(tmp_path_factory: pytest.TempPathFactory) -> None:
    library = Library.open(tmp_path_factory.mktemp("ends"))
    units = [
        unit for unit in UNITS
        if unit.doc_id == BACKGROUND.doc_id and (unit.language == "en" or unit.anchor in ("p57", "p60"))
    ]  # fmt: skip
    add_document(library, BACKGROUND, units)
    page = Reader(reading_application(library, TERMS)).get(f"/documents/{BACKGROUND.doc_id}?text=both")
    # The Chinese text leads with p57 and p60; p58, p59 and p61 are in English alone, and p58 begins that text.
    assert [tag["id"] for tag in page.select(".unit")] == ["p58", "p59", "p61", "p57", "p60"]


@pytest.mark.parametrize(
    ("doc_id", "language", "query"),
    [
        (REPORT, "zh", "2020年7月"),
        (REPORT, "zh", "2020 年 7 月"),
        (AGENDA, "zh", "2021年5月10日"),
        (AGENDA, "zh", "项目2"),
        (PAPER, "zh", "枪支议定书"),
        (PAPER, "zh", "isdhi"),
        (DRAFT, "en", "firearms"),
        (DRAFT, "en", "STATES PARTIES"),
        (PAPER, "en", "Ｇｌｏｂａｌ Firearms"),
        (AGENDA, "en", "10 a.m."),
        (DRAFT, "both", "2225"),
        (PAPER, "both", "ecowas"),
        (REPORT, "zh", "《枪支议定书》"),
    ],
)
def test_every_place_that_has_the_words_is_marked(reader: Reader, doc_id: str, language: str, query: str) -> None:
    page = reader.get(f"/documents/{doc_id}?text={language}&find={query}", "en")
    bare = reader.get(f"/documents/{doc_id}?text={language}", "en")
    wanted = plain(query).translate({ord(wide): ord(wide) - 0xFEE0 for wide in plain(query) if ord(wide) > 0xFF00})
    texts = [tag.get_text() for tag in bare.select(".body [data-text]")]
    expected = sum(plain(text).count(wanted) for text in texts)
    marks = page.select(".body mark")
    assert expected > 0
    assert [plain(mark.get_text()) for mark in marks] == [wanted] * expected
    assert [tag.get_text() for tag in page.select(".body [data-text]")] == texts
    assert page.select_one("[data-part=matches]").get_text() == strings("en").reader.matches.format(n=expected)
    # The list says where they are, each with how many it has.
    counts = {link["href"]: int(link.span.get_text()) for link in page.select(".where li a")}
    assert sum(counts.values()) == expected
    for address, count in counts.items():
        assert len(page.find(id=address[1:]).select("mark")) == count
    if query == "2020年7月":
        assert {mark.get_text() for mark in marks} >= {"2020年7月", "2020 年 7 月"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_not_found_is_said_and_where_else_it_is(reader: Reader, language: Language) -> None:
    words = strings(language).reader
    page = reader.get(f"/documents/{PAPER}?text=zh&find=Burkina", language)
    assert page.select_one("[data-part=matches]").get_text() == words.none
    assert not page.select("mark, .where li")
    other = page.select_one("[data-part=elsewhere] a")
    assert other["href"] == f"/documents/{PAPER}?text=both&find=Burkina"
    named = words.elsewhere.format(language=strings(language).texts.english, n=2)
    assert other.get_text() == named
    assert len(reader.get(other["href"]).select(".body mark")) == 2
    page = reader.get(f"/documents/{PAPER}?text=zh&find=submarine", language)
    assert page.select_one("[data-part=matches]").get_text() == words.none
    assert not page.select("[data-part=elsewhere] a")


def test_what_was_looked_for_stays_through_a_change_of_language(reader: Reader) -> None:
    page = reader.get(f"/documents/{PAPER}?text=zh&find=Mali 2012")
    assert page.select_one("#find")["value"] == "Mali 2012"
    assert [link["href"] for link in page.select(".switch a")] == [
        f"/documents/{PAPER}?text={shown}&find=Mali+2012" for shown in ("zh", "en", "both")
    ]


def test_hostile_text_stays_text(odd: Reader) -> None:
    for address in ("?text=en", "?text=both", "?text=both&find=script", f"?find={'%3Cscript%3E'}"):
        page: BeautifulSoup = odd.get(f"/documents/forged{address}")
        assert HOSTILE in text_of(page.find(id="p1"))
        assert page.select_one(".section [lang]").get_text() == HOSTILE
        assert not page.select("main :is(script, img, b[style]), [onerror], [href^=javascript], main textarea")
    assert odd.get("/documents/forged?find=script").select(".body mark")


def test_a_long_document_is_no_heavy_page(reader: Reader) -> None:
    page = reader.get(f"/documents/{PAPER}?text=both")
    assert len(page.select(".unit")) == 95
    assert len(str(page).encode()) < 250_000
