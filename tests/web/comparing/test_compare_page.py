"""The page that compares two documents, over HTTP: what it shows, how it is narrowed, its files, what it refuses."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import docx
import pytest
from bs4 import BeautifulSoup, Tag

from corpus.library import Library
from corpus.records import LANGUAGES, Language
from tests import patient
from tests.web.conftest import Site, serving
from tests.web.fake import FakeAssistant
from web.strings import strings

CHAIR, REPORT = "wg6-2020-chair-summary", "wg6-2020-report"
COMPARED = f"/compare?a={CHAIR}&b={REPORT}"


@pytest.fixture(scope="module")
def real(held: Library) -> Iterator[Site]:
    """The bundled documents, compared by their words."""
    with serving(FakeAssistant(held), held) as site:
        yield site


def got(site: Site, path: str, language: Language = "zh", status: int = 200) -> BeautifulSoup:
    response = patient.get(site.url + path, headers={"accept-language": language})
    assert response.status_code == status, path
    return BeautifulSoup(response.text, "lxml")


def said(tag: Tag | None) -> str:
    assert tag is not None
    return " ".join(tag.get_text(" ", strip=True).split())


def pair(page: BeautifulSoup, pair_id: str) -> Tag:
    found = page.find(id=pair_id)
    assert isinstance(found, Tag)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_in_the_navigation_and_asks_for_two_documents(real: Site, language: Language) -> None:
    words = strings(language).comparing
    page = got(real, "/compare", language)
    (current,) = page.select("nav.pages a[aria-current=page]")
    assert (current["href"], said(current)) == ("/compare", words.name)
    assert current["href"] in [a["href"] for a in got(real, "/documents", language).select("nav.pages a")]
    for name, label in (("a", words.first), ("b", words.second)):
        assert said(page.find("label", attrs={"for": name})) == label
        options = page.select(f"select#{name} option")
        assert said(options[0]) == words.choose
        assert {option["value"] for option in options[1:]} >= {CHAIR, REPORT}
    assert not page.select(".pair")


def test_the_head_says_what_each_text_is_worth(real: Site) -> None:
    chair, report = got(real, COMPARED, "en").select(".head")
    assert "Addendum, annex I: Chair's summary" in said(chair)
    assert "The Chair's summary is the Chair's own text, not negotiated" in said(chair)
    assert "The discussion points were not negotiated line by line or finally adopted" in said(report)
    assert "symbol inferred" in said(report)
    for head in (chair, report):
        assert strings("en").texts.unofficial in said(head.select_one(".unofficial"))
    assert strings("zh").texts.official in said(got(real, COMPARED, "zh").select_one(".head"))


def test_each_pair_has_its_change_its_words_and_links_to_the_texts(real: Site) -> None:
    page = got(real, COMPARED)
    assert said(page.select_one(".summary")).startswith("1项相同，26项改写，1项拆分，15项新增")
    tenth = pair(page, "a-dp10")
    assert [said(chip) for chip in tenth.select(".chip")] == ["改写"]
    assert "行为方不同：“会员国” → “缔约国”" in [said(li) for li in tenth.select(".matters li")]
    ours, theirs = tenth.select(".side")
    assert "会员国" in [said(each) for each in ours.select("del")]
    assert "缔约国" in [said(each) for each in theirs.select("ins")]
    assert not ours.select("ins") + theirs.select("del")
    link = ours.select_one(".point a")
    assert link is not None
    assert link["href"] == f"/documents/{CHAIR}?text=zh#dp10"
    split = pair(page, "a-dp24")
    assert [said(chip) for chip in split.select(".chip")] == ["拆分"]
    assert [a["href"].partition("#")[2] for a in split.select(".side a")] == ["dp24", "dp34", "dp35"]
    assert [said(chip) for chip in pair(page, "a-dp11").select(".chip")] == ["改写", "次序变动"]
    assert [said(chip) for chip in pair(page, "b-dp15").select(".chip")] == ["新增"]
    # What is the same stands there once.
    assert len(pair(page, "a-dp16").select(".side")) == 1


def test_procedure_does_not_drown_the_points(real: Site) -> None:
    page = got(real, COMPARED)
    (beside,) = page.select("details.beside")
    assert "第1至46段" in said(beside.summary)
    assert len(beside.select("li")) == 46
    assert len(page.select(".pair")) == 43 == len(page.select(".overview tbody tr"))
    for row in page.select(".overview tbody a"):
        assert page.find(id=row["href"].removeprefix("#"))


@pytest.mark.parametrize(
    ("show", "shown"), [("same", 1), ("split", 1), ("new", 15), ("moved", 3), ("nonsense", 43), ("", 43)]
)
def test_what_is_shown_can_be_narrowed_by_links(real: Site, show: str, shown: int) -> None:
    page = got(real, f"{COMPARED}&show={show}")
    assert len(page.select(".pair")) == shown
    (current,) = page.select("nav.filter:first-of-type a[aria-current]")
    assert said(current).endswith(str(shown))
    # Each of them leads to the same documents.
    for link in page.select("nav.filter a, nav.files a"):
        query = parse_qs(urlsplit(str(link["href"])).query)
        assert (query["a"], query["b"]) == ([CHAIR], [REPORT])


def test_the_two_can_be_swapped_and_read_in_either_language(real: Site) -> None:
    page = got(real, f"{COMPARED}&text=en")
    assert [said(a) for a in page.select("nav.filter a[aria-current]")][-1] == strings("zh").texts.english
    assert pair(page, "a-dp12").select_one(".text[lang=en] del")
    (swap,) = (a for a in page.select(".chooser a") if said(a) == strings("zh").comparing.swap)
    swapped = got(real, str(swap["href"]))
    assert said(swapped.select_one(".summary")).startswith("4项相同，23项改写，1项合并，15项删除")


@pytest.mark.parametrize(("form", "kind"), [("word", "docx"), ("markdown", "md")])
def test_the_files_hold_what_the_page_shows(real: Site, form: str, kind: str) -> None:
    response = patient.get(f"{real.url}/compare/{form}?a={CHAIR}&b={REPORT}", headers={"accept-language": "en"})
    assert response.status_code == 200
    assert f".{kind}" in response.headers["content-disposition"]
    if kind == "md":
        lines = response.text.splitlines()
    else:
        lines = [paragraph.text for paragraph in docx.Document(BytesIO(response.content)).paragraphs]
    assert any(line.endswith("Discussion point 24 → discussion points 34–35: split") for line in lines)


@pytest.mark.parametrize("form", ["word", "markdown"])
@pytest.mark.parametrize("query", ["", f"a={CHAIR}&b=gone", f"a={CHAIR}&b={CHAIR}"])
def test_no_file_comes_of_what_cannot_be_compared(real: Site, form: str, query: str) -> None:
    assert patient.get(f"{real.url}/compare/{form}?{query}").status_code == 404


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        (f"a={CHAIR}&b=gone", 404, ["没有编号为“gone”的文件", "请从中选择"]),
        (f"a={CHAIR}&b={CHAIR}", 400, ["同一份文件", "请另选一份"]),
        (f"a={CHAIR}&b=%3Cscript%3Ealert(1)%3C/script%3E", 404, ["<script>alert(1)</script>"]),
    ],
)
def test_what_cannot_be_compared_is_said_on_the_page(real: Site, query: str, status: int, words: list[str]) -> None:
    page = got(real, f"/compare?{query}", status=status)
    alert = said(page.select_one("[role=alert].refused"))
    assert all(word in alert for word in words)
    assert page.select("form.chooser")
    assert not page.select(".pair")


def test_documents_without_a_common_language_or_with_only_one(site: Site) -> None:
    page = got(site, "/compare?a=wg6-2014-background&b=cop10-2020-draft-resolution")
    # A reader of Chinese is told that the texts are English, as one of the two is in nothing else.
    assert strings("zh").texts.english in said(page.select_one("[role=note]"))
    assert page.select(".pair")


def test_a_forged_document_can_do_nothing(site: Site) -> None:
    page = got(site, "/compare?a=forged&b=wg6-2014-background")
    assert {tag["src"] for tag in page.select("script[src]")} == {"/static/page.js"}
    assert not page.select("main script, main img, main [onerror], main [style]")


def test_one_document_is_too_few(tmp_path_factory: pytest.TempPathFactory) -> None:
    library = Library.open(tmp_path_factory.mktemp("empty"))
    with serving(FakeAssistant(library), library) as site:
        assert strings("en").comparing.too_few in said(got(site, "/compare", "en").select_one(".nothing"))
