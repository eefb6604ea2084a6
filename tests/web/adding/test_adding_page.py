"""Adding in a browser: by the file chooser, by dropping, by keyboard alone, on a telephone, in two tabs, cut off."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from assistant.live import Following
from corpus.records import Language
from corpus.shelf.fetching import Fetched
from tests.web.adding.made import BAD, SYMBOL, TITLE, paper
from tests.web.browsing import Visits
from tests.web.conftest import Site, serving
from tests.web.documents import BACKGROUND, made_library
from tests.web.fake import FakeAssistant
from tests.web.reading import too_wide
from tests.web.test_accessibility import everywhere
from web.adding.staging import Staging
from web.strings import strings

EN, ZH = strings("en"), strings("zh")
DOC = "a-ac-300-2026-5"


def fetch(symbol: str, language: Language) -> Fetched:
    """The paper that has a symbol, as from the document system."""
    return Fetched(paper(language, symbol=symbol), "paper.docx")


@pytest.fixture
def staging() -> Staging:
    return Staging(fetch=fetch)


@pytest.fixture
def site(tmp_path: Path, staging: Staging) -> Iterator[Site]:
    """An application with a library of the test's own."""
    library = made_library(tmp_path / "home")
    with serving(FakeAssistant(library), library, staging=staging) as running:
        yield running


@pytest.fixture
def visit(open_page: Visits, site: Site) -> Iterator[Callable[..., Page]]:
    """Opens the page of the documents, or another, once its scripts are ready."""

    def open_it(locale: str = "en-GB", width: int = 1280, path: str = "/documents", **options: object) -> Page:
        page = open_page.at(site.url + path, locale, width, **options)
        page.wait_for_selector("[data-ready]", state="attached")
        return page

    yield open_it
    # A page that waits for a file asks again and again.
    open_page.leave()


def choose(page: Page, files: Mapping[str, bytes]) -> None:
    """Chooses files, as a reader does in the dialog of the browser."""
    page.locator("[data-choose]").set_input_files(
        [{"name": name, "mimeType": "application/octet-stream", "buffer": data} for name, data in files.items()]
    )


def file(page: Page, name: str) -> Locator:
    return page.locator("[data-file]").filter(has=page.locator(".file-name", has_text=name))


def row(page: Page, doc_id: str) -> Locator:
    return page.locator(f"table.library tbody tr:has([data-remove='{doc_id}'])")


def test_a_file_is_chosen_corrected_confirmed_and_in_the_table(visit: Callable[..., Page], site: Site) -> None:
    page = visit()
    choose(page, {"glaciers.docx": paper("en")})
    chosen = file(page, "glaciers.docx")
    title = chosen.get_by_label(EN.documents.title)
    expect(title).to_have_value(TITLE["en"])
    expect(chosen).to_contain_text(EN.adding_states.read)
    title.fill("Sirens of the Hunza")
    chosen.get_by_label(EN.adding.date).fill("yesterday")
    chosen.get_by_role("button", name=EN.adding.confirm).click()
    # What is wrong is said at its field, where the reader is taken; the rest stays as it was filled in.
    expect(chosen.get_by_label(EN.adding.date)).to_be_focused()
    expect(chosen.locator(".wrong")).to_have_text(EN.adding.wrong_date)
    expect(title).to_have_value("Sirens of the Hunza")
    chosen.get_by_label(EN.adding.date).fill("2026-03-03")
    site.fake.lagging = Following(0, True, 37, 212, 40.0)
    chosen.get_by_role("button", name=EN.adding.confirm).click()
    expect(chosen).to_contain_text("37 of 212 paragraphs, about 40 s left")
    expect(row(page, DOC)).to_contain_text("Sirens of the Hunza")
    site.fake.lagging = Following(0, True, 200, 212, 3.0)
    expect(chosen).to_contain_text("200 of 212 paragraphs, about 3 s left")
    # All of it is there again for who opens the page anew.
    page.reload()
    expect(chosen).to_contain_text("200 of 212 paragraphs")
    site.fake.lagging = None
    expect(chosen).to_contain_text(EN.adding.added_note)
    chosen.get_by_role("button", name="Dismiss").click()
    expect(page.locator("[data-file]")).to_have_count(0)
    row(page, DOC).get_by_role("link", name="Sirens of the Hunza").click()
    expect(page.locator(".unit#p2")).to_contain_text("Forty-one sirens")


def drop(page: Page, files: Mapping[str, bytes], target: str) -> None:
    """Drops files, as from the desktop."""
    held = [[name, base64.b64encode(data).decode()] for name, data in files.items()]
    transfer = page.evaluate_handle(
        """(held) => {
          const transfer = new DataTransfer();
          for (const [name, data] of held) {
            transfer.items.add(new File([Uint8Array.from(atob(data), (c) => c.charCodeAt(0))], name));
          }
          return transfer;
        }""",
        held,
    )
    for kind in ("dragover", "drop"):
        page.dispatch_event(target, kind, {"dataTransfer": transfer})


def test_files_are_dropped_and_a_bad_one_does_not_stop_the_other(visit: Callable[..., Page]) -> None:
    page = visit("zh-CN")
    name = "broken.pdf"
    # Beside the area nothing happens, above all not what browsers do with a file.
    drop(page, {"beside.txt": b"x"}, "table.library")
    drop(page, {name: BAD[name][0], "冰川.docx": paper("zh")}, ".by-symbol")
    expect(file(page, name).locator(".refusal")).to_contain_text(BAD[name][2])
    good = file(page, "冰川.docx")
    expect(good.get_by_label(ZH.documents.title)).to_have_value(TITLE["zh"])
    expect(good.locator("[data-plan]")).to_contain_text(ZH.adding_plans.new.format(language="中文"))
    expect(page.locator("[data-file]")).to_have_count(2)
    # The form follows what its reader chooses.
    good.get_by_label(ZH.adding.belongs).select_option(BACKGROUND.doc_id)
    expect(good.locator("[data-plan]")).to_contain_text(ZH.adding_plans.replaced.format(language="中文"))
    expect(good.locator("[data-plan]")).to_contain_text(BACKGROUND.titles.zh)
    good.get_by_role("button", name=ZH.adding.discard).click()
    expect(good).to_have_count(0)


def test_a_file_is_added_by_keyboard_alone_and_a_document_removed_and_brought_back(visit: Callable[..., Page]) -> None:
    page = visit()
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("[data-choose]")).to_be_focused()
    # The browser's own control, which opens its dialog with Enter or the space bar.
    choose(page, {"a.docx": paper("en")})
    chosen = file(page, "a.docx")
    title = chosen.get_by_label(EN.documents.title)
    expect(title).to_be_visible()
    # After the choice come the symbol with its language and button, then the file: its fold, then its form.
    for _ in range(5):
        page.keyboard.press("Tab")
    expect(title).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("By keyboard")
    page.keyboard.press("Enter")
    expect(chosen).to_contain_text(EN.adding.added_note)
    expect(chosen).to_be_focused()
    expect(row(page, DOC)).to_contain_text("By keyboard")
    row(page, DOC).locator("[data-remove]").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=EN.removing.undo)).to_be_focused()
    expect(row(page, DOC)).to_have_count(0)
    expect(chosen).to_contain_text(EN.adding.added_gone)
    expect(page.locator("#announcement")).to_contain_text(EN.removing.removed.format(document=SYMBOL)[:8])
    page.keyboard.press("Enter")
    expect(row(page, DOC).get_by_role("link", name="By keyboard")).to_be_focused()
    expect(page.get_by_role("button", name=EN.removing.undo)).to_have_count(0)


def test_a_document_is_removed_where_it_is_read_and_brought_back_from_the_list(
    visit: Callable[..., Page], site: Site
) -> None:
    page = visit("zh-CN", path=f"/documents/{BACKGROUND.doc_id}")
    page.locator("[data-remove]").click()
    page.wait_for_url("**/documents")
    notice = page.locator(".notice-said")
    expect(notice).to_contain_text(BACKGROUND.short_titles.zh)
    expect(row(page, BACKGROUND.doc_id)).to_have_count(0)
    # The words of a filter stay, and so does what they found.
    page.wait_for_selector("[data-adding][data-ready]")
    page.get_by_role("searchbox").fill("2020")
    expect(page.locator("table.library tbody tr")).to_have_count(1)
    page.locator(".gone summary").click()
    page.locator(".gone button").click()
    expect(notice).to_have_text(ZH.removing.restored.format(document=BACKGROUND.short_titles.zh))
    expect(page.locator("table.library tbody tr")).to_have_count(1)
    assert {each.doc_id for each in site.library.documents()} >= {BACKGROUND.doc_id}


def test_the_only_document_cannot_be_removed_and_the_page_says_so(
    visit: Callable[..., Page], open_page: Visits
) -> None:
    page = visit()
    open_page.expects("409")
    for left in (2, 1):
        page.locator("[data-remove]").first.click()
        expect(page.locator("[data-remove]")).to_have_count(left)
    page.locator("[data-remove]").click()
    expect(page.locator("[data-removing-said]")).to_contain_text("the only document")
    expect(page.locator("[data-remove]")).to_have_count(1)


def test_another_tab_sees_what_is_added_and_what_goes(visit: Callable[..., Page], site: Site) -> None:
    one = visit()
    other = one.context.new_page()
    other.goto(f"{site.url}/documents")
    other.wait_for_selector("[data-adding][data-ready]")
    choose(one, {"a.docx": paper("en")})
    confirm = file(other, "a.docx").get_by_role("button", name=EN.adding.confirm)
    expect(confirm).to_be_visible()
    confirm.click()
    for page in (one, other):
        expect(file(page, "a.docx")).to_contain_text(EN.adding.added_note)
        expect(row(page, DOC)).to_have_count(1)
    row(one, DOC).locator("[data-remove]").click()
    expect(row(other, DOC)).to_have_count(0)


def test_a_lost_connection_is_said_and_found_again(visit: Callable[..., Page], open_page: Visits) -> None:
    page = visit()
    choose(page, {"a.docx": paper("en")})
    discard = file(page, "a.docx").get_by_role("button", name=EN.adding.discard)
    expect(discard).to_be_visible()
    for pattern in ("ERR_INTERNET_DISCONNECTED DELETE", "ERR_INTERNET_DISCONNECTED GET", "console error"):
        open_page.allows(pattern)
    page.context.set_offline(True)
    discard.click()
    expect(page.locator("[data-said]")).to_have_text(EN.adding.lost)
    choose(page, {"b.docx": paper("en")})
    open_page.allows("ERR_INTERNET_DISCONNECTED POST")
    page.context.set_offline(False)
    expect(page.locator("[data-said]")).not_to_have_text(EN.adding.lost)
    discard.click()
    expect(file(page, "a.docx")).to_have_count(0)


def test_documents_are_fetched_by_symbol_and_confirmed_together(visit: Callable[..., Page], site: Site) -> None:
    page = visit()
    symbol = page.get_by_label(EN.adding.by_symbol)
    symbol.fill("report.pdf")
    symbol.press("Enter")
    expect(page.locator("[data-said]")).to_contain_text("is not the symbol of a document")
    expect(symbol).to_have_value("report.pdf")
    for number in (5, 6):
        symbol.fill(f"A/AC.300/2026/{number}")
        symbol.press("Enter")
        expect(symbol).to_have_value("")
    expect(page.locator(".file.read")).to_have_count(2)
    expect(page.locator("[data-said]")).to_be_empty()
    page.get_by_role("button", name=EN.adding.confirm_all.format(n=2)).click()
    expect(page.locator(".file.added")).to_have_count(2)
    expect(page.locator("[data-confirm-all]")).to_be_hidden()
    expect(row(page, DOC)).to_have_count(1)
    assert {"a-ac-300-2026-5", "a-ac-300-2026-6"} <= {each.doc_id for each in site.library.documents()}


def test_what_is_too_much_is_told_before_it_is_sent(visit: Callable[..., Page], staging: Staging) -> None:
    page = visit("zh-CN")
    choose(page, {f"{n}.txt": b"x" for n in range(21)})
    expect(page.locator("[data-said]")).to_have_text(ZH.adding.too_many.format(n=21, most=20))
    assert staging.of("") == ()
    large = page.evaluate_handle(
        """() => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([new Uint8Array(20 * 1024 * 1024 + 1)], "large.pdf"));
          return transfer;
        }"""
    )
    page.dispatch_event("[data-drop]", "drop", {"dataTransfer": large})
    expect(file(page, "large.pdf").locator(".refusal")).to_contain_text("上限是20 MB")


def test_without_scripts_it_says_what_it_needs(open_page: Visits, site: Site) -> None:
    page = open_page.at(f"{site.url}/documents", "en-GB", java_script_enabled=False)
    expect(page.get_by_text(EN.adding.scripts_needed)).to_be_visible()
    for part in (".ways", "[data-remove]"):
        expect(page.locator(part).first).to_be_hidden()


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_it_fits_every_screen_and_keeps_nobody_out(visit: Callable[..., Page], locale: str, site: Site) -> None:
    words = ZH if locale == "zh-CN" else EN
    page = visit(locale, 390)
    assert not too_wide(page)
    long = "名" * 60 + ".docx"
    choose(page, {long: paper("zh", title="很" * 140), "broken.pdf": BAD["broken.pdf"][0], "b.docx": paper("en")})
    expect(file(page, "b.docx").locator("form")).to_have_count(1)
    expect(file(page, "broken.pdf").locator(".refusal")).to_be_visible()
    form = file(page, long).locator("form")
    form.locator(".first-units summary").click()
    form.get_by_label(words.documents.title).fill("")
    form.get_by_role("button", name=words.adding.confirm).click()
    expect(form.locator(".wrong")).to_be_visible()
    assert not too_wide(page)
    assert everywhere(page) == []
    form.get_by_label(words.documents.title).fill("x")
    form.get_by_role("button", name=words.adding.confirm).click()
    expect(page.locator(".file.added")).to_have_count(1)
    site.fake.lagging = Following(0, True, 3, 7, 5.0)
    other = file(page, "b.docx")
    other.locator("summary").first.click()
    expect(other.locator(".mismatch")).to_have_count(0)
    # What is at the foot of a long page is removed from there, and its reader stays there.
    page.locator("[data-remove]").last.click()
    undo = page.get_by_role("button", name=words.removing.undo)
    expect(undo).to_be_focused()
    expect(undo).to_be_in_viewport()
    assert page.evaluate("scrollY") > 400
    page.locator(".gone summary").click()
    assert not too_wide(page)
    assert everywhere(page) == []
