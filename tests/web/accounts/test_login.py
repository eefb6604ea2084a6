"""Logging in and out over a real server, and what whoever has not logged in gets."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable
from html import unescape
from pathlib import Path

import httpx
import pytest

from tests.loops import run
from tests.patience import PATIENCE
from tests.web.accounts.people import PASSWORDS, Clock, file_of, log_in
from web.accounts.accounts import Accounts, Entered
from web.accounts.gate import SESSION_COOKIE
from web.accounts.passwords import hashed
from web.accounts.sessions import IDLE_S
from web.security import HEADERS
from web.strings import strings

ZH, EN = strings("zh").login, strings("en").login
PAGE = {"accept": "text/html", "accept-language": "en", "sec-fetch-mode": "navigate"}


def assert_guarded(response: httpx.Response) -> None:
    assert {name: response.headers.get(name) for name in HEADERS} == dict(HEADERS)
    assert not [name for name in response.headers if name.startswith("access-control-")]


@pytest.mark.parametrize(
    "path", ["/", "/documents", "/documents/x?text=en&find=a%26b", "/?doc=a&anchor=p1", "/nowhere"]
)
def test_a_page_sends_to_the_login_and_from_there_back(client: httpx.Client, path: str) -> None:
    for headers in (PAGE, {}):
        sent = client.get(path, headers=headers)
        assert sent.status_code == 303
        assert_guarded(sent)
        page = client.get(sent.headers["location"])
        assert page.status_code == 200
        (action,) = re.findall(r'<form class="login-form" method="post" action="([^"]*)"', page.text)
        assert httpx.URL(unescape(action)).params.get("next", "/") == path
    assert log_in(client, "anna", wanted=path).headers["location"] == path


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/conversation"), ("POST", "/feedback"), ("DELETE", "/feedback/x"), ("POST", "/export/word"),
     ("POST", "/logout"), ("POST", "/gradio_api/call/answer"), ("POST", "/gradio_api/call/v2/ask"),
     ("GET", "/gradio_api/call/ask/x"), ("GET", "/gradio_api/info"), ("GET", "/config"), ("POST", "/gradio_api/mcp/"),
     ("GET", "/gradio_api/queue/data?session_hash=x"), ("GET", "/gradio_api/heartbeat/x"), ("PUT", "/"), ("POST", "/")],
)  # fmt: skip
def test_everything_else_is_401_as_programs_understand_it(client: httpx.Client, method: str, path: str) -> None:
    response = client.request(method, path)
    assert response.status_code == 401
    assert response.headers["www-authenticate"].startswith("Basic realm=")
    assert response.json() == {"detail": EN.program}
    assert response.headers["cache-control"] == "no-store"
    assert_guarded(response)
    # A browser's own script would have its reader asked in a window that is none of ours.
    asked = client.request(method, path, headers={"sec-fetch-mode": "cors"})
    assert (asked.status_code, asked.headers["www-authenticate"].split()[0]) == (401, "Session")


def test_what_a_script_of_the_page_fetches_is_refused_and_not_sent_elsewhere(client: httpx.Client) -> None:
    for path in ("/evidence?doc=a&anchor=p1", "/documents?q=x"):
        assert client.get(path, headers={"sec-fetch-mode": "cors"}).status_code == 401


@pytest.mark.parametrize("path", ["/login", "/static/base.css", "/static/page.js", "/static/favicon.png"])
def test_what_the_login_needs_is_open(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/static/../documents", "/static/%2e%2e/documents", "//login", "/login/", "/Login", "/static", "/login/../"],
)
def test_no_other_writing_of_an_address_is_open(client: httpx.Client, path: str) -> None:
    response = client.send(client.build_request("GET", client.base_url.copy_with(raw_path=path.encode())))
    assert response.status_code in (303, 404)
    assert "wg6" not in response.text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_is_in_the_readers_language_and_made_for_password_keepers(client: httpx.Client, language: str) -> None:
    words = strings(language).login  # type: ignore[arg-type]
    page = client.get("/login", headers={"accept-language": language}).text
    assert f"<h1>{words.title}</h1>" in page
    assert f'<label for="name">{words.name}</label>' in page
    assert f'<label for="password">{words.password}</label>' in page
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    assert 'aria-label="账户"' not in page
    assert "<nav" not in page


def test_the_cookie_is_kept_from_scripts_and_other_sites(client: httpx.Client) -> None:
    cookie = log_in(client, "anna").headers["set-cookie"]
    parts = [part.strip().lower() for part in cookie.split(";")]
    assert {"httponly", "samesite=lax", "path=/"} <= set(parts)
    assert "secure" not in parts
    # It ends with the browser.
    assert not any(part.startswith(("max-age", "expires")) for part in parts)
    assert not any(part.startswith("domain") for part in parts)
    # A proxy on this computer is believed when it says that it was asked by https.
    log_in(client, "anna", **{"x-forwarded-proto": "https"})
    assert "secure" in log_in(client, "anna", **{"x-forwarded-proto": "https"}).headers["set-cookie"].lower()


@pytest.mark.parametrize(
    "wanted",
    ["https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)", "", "login", "/login?next=/x",
     "/logout", "\x00", "/\nx", "/" + "x" * 3000, "/" + "\t/example.org"],
)  # fmt: skip
def test_no_login_leads_to_another_site_or_to_itself(client: httpx.Client, wanted: str) -> None:
    assert log_in(client, "anna", wanted=wanted).headers["location"] == "/"
    assert client.get("/login", params={"next": wanted}).headers["location"] == "/"


def test_whoever_is_logged_in_passes_the_login(client: httpx.Client) -> None:
    log_in(client, "anna")
    assert client.get("/login", params={"next": "/?doc=a&anchor=p1"}).headers["location"] == "/?doc=a&anchor=p1"


@pytest.mark.parametrize(("language", "words"), [("zh", ZH), ("en", EN)])
def test_a_wrong_name_and_a_wrong_password_are_told_alike(client: httpx.Client, language: str, words: object) -> None:
    asked = {"accept-language": language}
    wrong = log_in(client, "anna", "wrong", **asked)
    nobody = log_in(client, "nobody", "wrong", **asked)
    assert wrong.status_code == nobody.status_code == 401
    assert wrong.text.replace("anna", "nobody") == nobody.text
    assert words.wrong in wrong.text  # type: ignore[attr-defined]
    assert "set-cookie" not in wrong.headers
    assert 'value="anna"' in wrong.text
    assert client.get("/", headers=PAGE).status_code == 303


@pytest.mark.parametrize(
    "form",
    [{}, {"name": "anna"}, {"password": "x"}, {"name": "", "password": ""}, {"name": "anna\x00", "password": "\x00"},
     {"name": "x" * 9999, "password": "y" * 9999}, {"name": '"><script>', "password": "x"}],
)  # fmt: skip
def test_a_form_of_anything_else_is_a_wrong_one(client: httpx.Client, form: dict[str, str]) -> None:
    response = client.post("/login", data=form)
    assert response.status_code == 401
    assert "<script>" not in response.text
    assert_guarded(response)


@pytest.mark.parametrize(("language", "words"), [("zh", ZH), ("en", EN)])
def test_five_failures_are_throttled_with_when_to_come_again(
    client: httpx.Client, clock: Clock, language: str, words: object
) -> None:
    asked = {"accept-language": language}
    for _ in range(5):
        assert log_in(client, "anna", "wrong", **asked).status_code == 401
        clock.passes(1)
    # Now the right one, too, whoever sends it.
    refused = log_in(client, "anna", **asked)
    assert refused.status_code == 429
    assert refused.headers["retry-after"] == "295"
    assert words.too_often.format(n=5) in refused.text  # type: ignore[attr-defined]
    assert_guarded(refused)
    # The address has failed as often, under whatever name.
    assert log_in(client, "ben", **asked).status_code == 429
    # A proxy on this computer says for whom it asks.
    elsewhere = {**asked, "x-forwarded-for": "198.51.100.7"}
    assert log_in(client, "ben", **elsewhere).status_code == 303
    assert log_in(client, "anna", **elsewhere).status_code == 429
    clock.passes(295)
    assert log_in(client, "anna", **asked).status_code == 303


def test_many_at_once_get_no_further_than_one_after_the_other(client: httpx.Client) -> None:
    async def attempts() -> list[int]:
        async with httpx.AsyncClient(base_url=str(client.base_url), timeout=PATIENCE) as many:
            sent = (many.post("/login", data={"name": "anna", "password": f"wrong {n}"}) for n in range(20))
            return [response.status_code for response in await asyncio.gather(*sent)]

    assert sorted(run(attempts())) == [401] * 5 + [429] * 15


def test_logging_out_ends_the_session_wherever_its_cookie_is_kept(client: httpx.Client) -> None:
    log_in(client, "anna")
    token = client.cookies[SESSION_COOKIE]
    assert client.get("/documents").status_code == 200
    left = client.post("/logout", headers={"origin": str(client.base_url).rstrip("/")})
    assert (left.status_code, left.headers["location"]) == (303, "/login")
    assert SESSION_COOKIE not in client.cookies
    again = client.get("/documents", headers={**PAGE, "cookie": f"{SESSION_COOKIE}={token}"})
    assert again.status_code == 303


def test_logging_in_again_ends_the_session_before(client: httpx.Client) -> None:
    log_in(client, "anna")
    token = client.cookies[SESSION_COOKIE]
    log_in(client, "ben")
    client.cookies.clear()
    assert client.get("/documents", headers={**PAGE, "cookie": f"{SESSION_COOKIE}={token}"}).status_code == 303


def test_a_session_ends_with_its_user_their_password_and_its_time(
    client: httpx.Client, clock: Clock, folder: Path
) -> None:
    for end in (lambda: file_of(folder, "ben", "lin"), lambda: clock.passes(IDLE_S)):
        file_of(folder)
        assert log_in(client, "anna").status_code == 303
        assert client.get("/documents").status_code == 200
        end()
        assert client.get("/documents").status_code == 303
    # What is the wrong name now was a right one before.
    file_of(folder, "ben", "lin")
    assert log_in(client, "anna").status_code == 401


def test_the_page_says_who_is_logged_in_and_as_what(client: httpx.Client) -> None:
    for name, role in (("anna", EN.reader), ("lin", EN.librarian)):
        log_in(client, name)
        page = client.get("/documents")
        assert f'data-reader="{name}"' in page.text
        assert f'<p class="reader-role">{name}<span>{role}</span></p>' in page.text
        assert EN.leave in page.text
        assert page.headers["cache-control"] == "no-store"
        assert "no-cache" in client.get("/static/page.js").headers["cache-control"]


@pytest.mark.parametrize("origin", ["https://example.org", "null", "http://127.0.0.1.example.org"])
@pytest.mark.parametrize("path", ["/login", "/logout", "/conversation", "/feedback", "/gradio_api/call/answer"])
def test_another_site_sends_nothing_even_with_the_cookie(client: httpx.Client, origin: str, path: str) -> None:
    log_in(client, "anna")
    response = client.post(path, headers={"origin": origin}, data={"name": "anna", "password": PASSWORDS["anna"]})
    assert response.status_code == 421
    assert client.get("/documents").status_code == 200


def test_other_names_are_served_where_they_were_given(client: httpx.Client) -> None:
    named = {"host": "rapporteur.example.org", "origin": "https://rapporteur.example.org"}
    assert log_in(client, "anna", **named).status_code == 303
    assert client.get("/login", headers={"host": "other.example.org"}).status_code == 421


def test_a_password_is_checked_beside_the_loop_and_as_long_for_an_unknown_name(tmp_path: Path) -> None:
    def worked(function: Callable[[str], str], password: str) -> float:
        began = time.process_time()
        function(password)
        return time.process_time() - began

    async def checked() -> tuple[int, float, float]:
        accounts = Accounts(file_of(tmp_path), Clock())
        ticks, done = 0, False

        async def tick() -> None:
            nonlocal ticks
            while not done:
                ticks += 1
                await asyncio.sleep(0.001)

        other = asyncio.create_task(tick())
        began = time.process_time()
        assert not isinstance(await accounts.enter("nobody", "wrong", "10.0.0.1"), Entered)
        unknown = time.process_time() - began
        done = True
        await other
        return ticks, unknown, min(worked(hashed, "wrong") for _ in range(3))

    ticks, unknown, once = run(checked())
    # While a password was checked, the loop went on with other things.
    assert ticks > 3
    # The processor's time, of which a busy machine gives both as much.
    assert unknown > once / 2
