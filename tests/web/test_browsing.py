"""The account that tests keep of their pages is kept: what goes wrong in one fails its test."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from tests.web.browsing import NAMES, Visits, chromium, wait_until
from tests.web.conftest import Site
from tests.web.profiles import Profiles


@pytest.fixture
def visits(profiles: Profiles, site: Site) -> Iterator[Visits]:
    """An account that nothing checks but the test itself."""
    visits = Visits(profiles, lambda: site.url)
    yield visits
    visits.leave()


def test_without_a_browser_a_test_is_skipped_with_what_to_do() -> None:
    with pytest.raises(pytest.skip.Exception, match=r"found none of chromium.*install chromium"):
        chromium({"PATH": ""})


def test_without_a_browser_continuous_integration_fails() -> None:
    with pytest.raises(pytest.fail.Exception, match=r"found none of chromium.*\.ci/run"):
        chromium({"PATH": "", "CI": "true"})


def test_the_browser_that_is_there_is_found(tmp_path) -> None:  # type: ignore[no-untyped-def]
    program = tmp_path / NAMES[-1]
    program.touch(mode=0o755)
    assert chromium({"PATH": str(tmp_path), "CI": "true"}) == str(program)


def test_a_page_that_works_leaves_nothing_to_say(visits: Visits) -> None:
    visits()
    visits.close()
    assert visits.requested


@pytest.mark.parametrize(
    "script",
    [
        "console.error('mistaken')",
        "console.warn('doubtful')",
        "setTimeout(() => { throw new Error('failed'); })",
        "Promise.reject(new Error('unheard'))",
        "fetch('/nowhere')",
        # The page's own policy lets neither through, and says so.
        "document.body.insertAdjacentHTML('beforeend', '<img src=http://127.0.0.1:9/x.png>')",
        "document.body.insertAdjacentHTML('beforeend', '<p style=\"color:red\">x</p>')",
    ],
)
def test_what_goes_wrong_in_a_page_is_told(visits: Visits, script: str) -> None:
    page = visits()
    page.evaluate(f"() => {{ {script} }}")
    wait_until(page, lambda: bool(visits.complaints))
    with pytest.raises(AssertionError):
        visits.close()


def test_a_request_to_another_host_is_told(visits: Visits) -> None:
    page = visits()
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        url = f"http://127.0.0.1:{stranger.getsockname()[1]}/"
        page.evaluate(f"() => void open('{url}', '_self')")
        wait_until(page, lambda: url in visits.requested)
        with pytest.raises(AssertionError, match="http://127"):
            visits.close()


def test_what_a_test_expects_must_come(visits: Visits) -> None:
    page = visits()
    visits.expects("mistaken")
    page.evaluate("() => console.error('quite mistaken')")
    visits.expects("never")
    with pytest.raises(AssertionError, match="never"):
        visits.close()


KEEP = """async () => {
    localStorage.setItem("rapporteur.left", "1");
    sessionStorage.setItem("rapporteur.draft", "1");
    document.cookie = "left=1";
    await (await caches.open("left")).put("/left", new Response("1"));
    await new Promise((resolve) => Object.assign(indexedDB.open("left", 1), { onsuccess: resolve }));
    addEventListener("pagehide", () => localStorage.setItem("late", "1"));
}"""
KEPT = """async () => [
    localStorage.length, sessionStorage.length, document.cookie, (await caches.keys()).length,
    (await indexedDB.databases()).length, navigator.onLine,
]"""
NOTHING = [0, 0, "", 0, 0, True]


def test_a_profile_that_is_used_again_has_nothing_of_its_last_use(visits: Visits, site: Site) -> None:
    first = visits.profile()
    visits.leave()
    for _ in range(3):
        page = visits.at(f"{site.url}/static/page.js")
        assert page.context is first, "it is used again"
        assert page.evaluate(KEPT) == NOTHING
        page.evaluate(KEEP)
        assert page.evaluate(KEPT) == [1, 1, "left=1", 1, 1, True]
        page.context.set_offline(True)
        visits.leave()


def test_visits_at_once_have_profiles_of_their_own(visits: Visits) -> None:
    assert len({visits.profile(), visits.profile(), visits.profile("en-GB"), visits.profile(fresh=True)}) == 4
