"""The page of who said what: narrowed by a plain form, each sentence with its place and standing, as files."""

from __future__ import annotations

import csv
import io
import re
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Page, expect

from corpus.records import Language
from tests.web.positions.conftest import Get
from tests.web.reading import Opener, too_wide
from tests.web.test_accessibility import everywhere
from web.strings import strings

ZH, EN = strings("zh").positions, strings("en").positions


def page_at(get: Get, address: str, language: Language) -> BeautifulSoup:
    response = get(address, language)
    assert response.status_code == 200
    return BeautifulSoup(response.text, "lxml")


def lines(page: BeautifulSoup) -> list[tuple[list[str], str, str]]:
    """Each line as who acts in it, the sentence, and where it stands."""
    return [
        (
            [a.get_text() for a in line.select(".actors a")],
            line.blockquote.get_text(),
            line.select_one(".where a").get_text(),
        )
        for line in page.select(".line")
    ]


def test_an_actor_who_is_only_listed_is_said_to_be(get: Get) -> None:
    page = page_at(get, "/positions?actor=state/FR", "zh")
    ((who, said, where),) = lines(page)
    assert who == ["法国"]
    assert said.startswith("《枪支议定书》的下列 54 个缔约方派代表出席了会议")
    assert where == "2020年会议报告，第39段"
    assert page.select_one(".only").get_text() == ZH.only_listed
    assert "报告第46段" in page.select_one(".standing").get_text()


def test_names_labels_and_sentences_are_in_the_language_of_the_page(get: Get) -> None:
    page = page_at(get, "/positions?actor=state/BO", "en")
    ((who, said, where),) = lines(page)
    assert who == ["Bolivia (Plurinational State of)"]
    assert said.startswith("The following 19 States")
    assert where == "Report of the 2020 meeting, para. 41"
    assert "Unofficial" in page.select_one(".where .unofficial").get_text()


def test_a_topic_and_an_act_narrow_what_is_shown(get: Get) -> None:
    page = page_at(get, f"/positions?topic={quote('区块链')}", "zh")
    assert [who for who, _, _ in lines(page)] == [["拉丁美洲和加勒比国家组"]]
    page = page_at(get, "/positions?act=sponsored", "en")
    assert [who for who, _, _ in lines(page)] == [["El Salvador", "Guatemala", "Mexico"]]
    assert page.select_one("#act option[selected]")["value"] == "sponsored"


def test_the_choices_name_each_actor_once_by_kind_with_its_entries(get: Get) -> None:
    page = page_at(get, "/positions", "en")
    groups = [group["label"] for group in page.select("#actor optgroup")]
    assert groups == ["State", "Group of States", "Organization", "Official or panellist", "Unnamed"]
    values = [option["value"] for option in page.select("#actor option")]
    assert len(values) == len(set(values))
    assert "France (1)" in [option.get_text() for option in page.select("#actor option")]


def test_a_name_that_is_typed_into_the_address_is_understood(get: Get) -> None:
    page = page_at(get, f"/positions?actor={quote('国际刑警组织代表')}", "zh")
    assert page.select_one("#actor option[selected]")["value"] == "organisation/INTERPOL"


@pytest.mark.parametrize(("query", "name"), [("actor=Atlantis", "Atlantis"), ("doc=nope", "nope")])
def test_who_or_what_is_not_known_is_said_in_one_line(get: Get, query: str, name: str) -> None:
    response = get(f"/positions?{query}", "en")
    assert response.status_code == 404
    page = BeautifulSoup(response.text, "lxml")
    assert name in page.select_one(".found").get_text()
    assert not page.select(".line")
    assert get(f"/positions/table?{query}", "en").status_code == 404


def test_speakers_who_are_not_named_are_a_choice_of_their_own(get: Get) -> None:
    page = page_at(get, "/positions?actor=unnamed", "zh")
    assert {tuple(who) for who, _, _ in lines(page)} == {("未具名发言者",)}
    assert len(lines(page)) > 8


def test_what_is_shown_comes_as_a_table(get: Get) -> None:
    response = get("/positions/table?actor=state/MX", "en")
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0][0] == "Actor"
    assert {(row[0], row[2]) for row in rows[1:]} == {
        ("Mexico", "made a general statement"), ("Mexico", "led the discussion"), ("Mexico", "attended"),
        ("Mexico", "sponsored"),
    }  # fmt: skip


def test_what_is_shown_comes_as_a_paper(get: Get) -> None:
    text = get("/positions/markdown?actor=state/FR", "zh").text
    assert "**法国：出席会议**" in text
    assert "第39段" in text
    assert get("/positions/word?actor=state/FR", "zh").content.startswith(b"PK")


def test_the_page_narrows_as_one_types_and_keeps_to_a_telephone(positions_url: str, open_at: Opener) -> None:
    page: Page = open_at(f"{positions_url}/positions", "en-GB", 390, 844)
    expect(page.locator(".line").first).to_be_visible()
    assert not too_wide(page)
    assert everywhere(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("searchbox").fill("blockchain")
    expect(page.locator(".line")).to_have_count(1)
    expect(page.locator(".line .actors")).to_have_text(["Group of Latin American and Caribbean States"])
    assert "mark=" in (page.locator(".where a").get_attribute("href") or "")
    expect(page.locator(".files a").first).to_have_attribute("href", "/positions/word?topic=blockchain")


def test_the_form_narrows_without_scripts(positions_url: str, open_at: Opener) -> None:
    page: Page = open_at(f"{positions_url}/positions", "zh-CN", 1280, 900, java_script_enabled=False)
    page.locator("#actor").select_option("state/FR")
    page.locator(".chooser button").click()
    expect(page.locator(".line .actors")).to_have_text(["法国"])
    expect(page.locator(".copies")).to_be_hidden()
    expect(page).to_have_url(re.compile("actor=state%2FFR"))
