"""The language of the page: what a browser asks for, what its reader chose, and where the switch leads back to."""

from __future__ import annotations

import re

import httpx
import pytest
from starlette.requests import Request

from corpus.records import Language
from tests import patient
from tests.patience import PATIENCE
from tests.web.conftest import Site
from web.site import LANGUAGE_COOKIE, language_of


def asking(accept: str | None = None, cookie: str | None = None) -> Request:
    """A request with these headers."""
    headers = [(b"accept-language", accept.encode())] if accept is not None else []
    headers += [(b"cookie", cookie.encode())] if cookie is not None else []
    return Request({"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": headers})


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        (None, "en"),
        ("", "en"),
        ("zh", "zh"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en-GB,en;q=0.9,zh;q=0.8", "en"),
        ("zh-Hant-HK", "zh"),
        ("ZH-CN", "zh"),
        ("fr-FR,fr;q=0.9,zh-CN;q=0.5,en;q=0.3", "zh"),
        ("fr,de;q=0.9", "en"),
        ("en;q=0.2, zh;q=0.7", "zh"),
        ("en ; q=0.2 , zh ; q=0.7", "zh"),
        ("en;q=0.7,zh;q=0.7", "en"),
        ("zh;q=0, en;q=0.1", "en"),
        ("zh;q=0", "en"),
        ("zh;q=lots, en;q=0.5", "en"),
        ("zh;q=nan, en;q=0.5", "en"),
        # Two languages that are neither of the two, whatever they begin with.
        ("zha,eno", "en"),
        ("*", "en"),
        (";q=1,,;;", "en"),
        ("<script>", "en"),
    ],
)
def test_a_browser_gets_the_first_of_the_two_languages_it_asks_for(accept: str | None, language: Language) -> None:
    assert language_of(asking(accept)) == language


@pytest.mark.parametrize(
    ("cookie", "language"),
    [("language=en", "en"), ("language=zh", "zh"), ("language=fr", "zh"), ("language=", "zh"), ("other=en", "zh")],
)
def test_what_a_reader_chose_counts_more(cookie: str, language: Language) -> None:
    assert language_of(asking("zh-CN", cookie)) == language


def page_language(response: httpx.Response) -> str:
    found = re.search(r'<html lang="([^"]+)">', response.text)
    assert found is not None
    return found[1]


def test_the_choice_is_remembered_and_leads_back(site: Site) -> None:
    with httpx.Client(base_url=site.url, headers={"accept-language": "zh-CN"}, timeout=PATIENCE) as client:
        assert page_language(client.get("/")) == "zh-CN"
        chosen = client.get("/language", params={"language": "en", "back": "/?doc=wg6-2014-background&anchor=p59"})
        assert chosen.status_code == 303
        assert chosen.headers["location"] == "/?doc=wg6-2014-background&anchor=p59"
        cookie = chosen.headers["set-cookie"].lower()
        assert cookie.startswith(f"{LANGUAGE_COOKIE}=en")
        assert "httponly" in cookie
        assert "samesite=lax" in cookie
        assert page_language(client.get("/")) == "en"
        client.get("/language", params={"language": "zh"})
        assert page_language(client.get("/")) == "zh-CN"


def test_a_page_says_that_it_depends_on_the_language(site: Site) -> None:
    assert patient.get(site.url).headers["vary"] == "cookie, accept-language"


@pytest.mark.parametrize(
    "back",
    [
        "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example",
        "http:evil.example", "javascript:alert(1)", "evil.example", "", " /x", "/\t/evil.example", "/\n/evil.example",
        "/x\r\nset-cookie: a=b", "/%0d%0aset-cookie:%20a=b", "/\x00", "/\u202e",
    ],
)  # fmt: skip
def test_the_switch_leads_to_no_other_site(site: Site, back: str) -> None:
    response = patient.get(f"{site.url}/language", params={"language": "en", "back": back})
    assert response.status_code == 303
    location = response.headers["location"]
    assert location == "/" or (location == back and location.startswith("/%0d"))
    assert len(response.headers.get_list("set-cookie")) == 1


@pytest.mark.parametrize("form", [{}, {"language": "fr"}, {"language": ""}, {"back": "/"}, {"language": "zh\n"}])
def test_a_language_that_is_none_is_refused(site: Site, form: dict[str, str]) -> None:
    response = patient.get(f"{site.url}/language", params=form)
    assert response.status_code == 422
    assert "set-cookie" not in response.headers
