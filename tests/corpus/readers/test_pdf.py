"""Pages as they are printed: columns, hyphens, raised numbers, furniture; and a PDF that a browser made."""

from __future__ import annotations

import io
import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import sync_playwright
from reportlab.pdfgen.canvas import Canvas

from corpus.parse.builder import Parsed
from corpus.readers.assemble import read_form
from corpus.readers.pdf import read_pdf
from corpus.readers.pdf_join import Joiner
from corpus.records import LANGUAGES, Language
from tests.corpus.readers.seeds import SYMBOLS, pieces_of, told
from tests.corpus.readers.write_html import write_html


def _page(*drawn: tuple[float, float, str, float]) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=True)
    for x, y, text, size in drawn:
        canvas.setFont("Times-Roman", size)
        canvas.drawString(x, y, text)
    canvas.save()
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("the illicit manufac-", "turing of", "the illicit manufacturing of"),
        ("a cross-", "cutting issue", "a cross-cutting issue"),
        ("record-", "keeping", "record-keeping"),
        ("a one-", "to-one exchange", "a one-to-one exchange"),
        ("COVID-", "19 pandemic", "COVID-19 pandemic"),
        ("resolution 5/", "4 of", "resolution 5/4 of"),
        ("非法制造和", "贩运枪支", "非法制造和贩运枪支"),
        ("题为“非法制造", "”的", "题为“非法制造”的"),
        ("第 6/2", "号决议", "第 6/2 号决议"),
        ("the State", "party", "the State party"),
    ],
)
def test_lines_are_joined_as_they_were_parted(first: str, second: str, joined: str) -> None:
    assert Joiner(["record-keeping is one"]).join(first, second).replace("2 号", "2 号") == joined


def test_a_raised_number_without_a_note_is_the_text_s_own() -> None:
    data = _page((90, 700, "The store covers 10 m", 10), (184, 704, "2", 6), (190, 700, "and is locked.", 10))
    assert [p.text.replace(" ", "") for p in read_pdf(data, "a").paragraphs] == ["Thestorecovers10m²andislocked."]


def test_a_raised_number_with_a_note_is_its_mark() -> None:
    data = _page(
        (90, 700, "The Convention", 10), (152, 704, "1", 6), (158, 700, "entered into force.", 10),
        (90, 688, "It has been amended at two sessions of the Conference since.", 10),
        (90, 120, "1", 5), (96, 117, "United Nations, Treaty Series, vol. 2225.", 8),
    )  # fmt: skip
    paragraph = read_pdf(data, "a").paragraphs[0]
    assert paragraph.text == "The Convention entered into force."
    assert [(n.mark, n.text, n.at) for n in paragraph.notes] == [("1", "United Nations, Treaty Series, vol. 2225.", 14)]


@pytest.mark.parametrize(("end", "count"), [("States in", 1), ("States too.", 2)])
def test_a_year_that_begins_a_line_begins_a_paragraph_where_no_sentence_goes_on(end: str, count: int) -> None:
    first, second = (
        f"The marking was done in the depots and by the police of all the {end}",
        "1999. Other States marked them.",
    )
    data = _page((72, 700, first, 11), (72, 686, second, 11))
    texts = [paragraph.text for paragraph in read_pdf(data, "a").paragraphs]
    assert (len(texts), " ".join(texts)) == (count, f"{first} {second}")


def test_a_table_is_read_row_by_row() -> None:
    rows = [("State", "Reply"), ("Chad", "yes"), ("Kenya", "no")]
    cells = [(x, at, cell) for at, row in enumerate(rows) for x, cell in zip((90, 250), row, strict=True)]
    paragraphs = read_pdf(_page(*((x, 700 - 20 * at, cell, 10) for x, at, cell in cells)), "a").paragraphs
    assert [paragraph.cells for paragraph in paragraphs] == [tuple((cell,) for cell in row) for row in rows]


@pytest.fixture(scope="module")
def printed(versions: dict[tuple[str, Language], Parsed]) -> dict[Language, bytes]:
    """The agenda, with its table, as a browser prints it."""
    pages: dict[Language, str] = {}
    for language in LANGUAGES:
        pieces = pieces_of(versions["wg6-2021-agenda", language], language)
        html = write_html(pieces, SYMBOLS["wg6-2021-agenda"], language)
        pages[language] = html.replace("<nav><a href='/'>Home</a></nav>", "")
    # In a thread of its own: other tests may have a browser of theirs in this one.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(print_pages, pages).result()


def print_pages(pages: Mapping[Language, str]) -> dict[Language, bytes]:
    margin = {"top": "28mm", "bottom": "28mm", "left": "30mm", "right": "30mm"}
    made: dict[Language, bytes] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page()
        for language, html in pages.items():
            page.set_content(html)
            made[language] = page.pdf(
                format="A4", margin=margin, display_header_footer=True,
                header_template="<div style='font-size:8pt;margin-left:30mm'>CTOC/COP/WG.6/2021/1</div>",
                footer_template="<p style='font-size:8pt'><b class=pageNumber></b>/<b class=totalPages></b>",
            )  # fmt: skip
        browser.close()
    return made


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_a_browser_printed_comes_back(
    printed: dict[Language, bytes], versions: dict[tuple[str, Language], Parsed], language: Language
) -> None:
    reading = read_form(printed[language], "pdf", "a", None)
    wanted = versions["wg6-2021-agenda", language].units
    assert [told(unit) for unit in reading.units] == [told(unit) for unit in wanted]
