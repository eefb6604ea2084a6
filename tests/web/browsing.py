"""A real Chromium that keeps account of what its pages ask for and complain of, and what readers do in them."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, expect

from corpus.records import Language
from tests.patience import PATIENCE
from tests.web.profiles import Profiles

ARGUMENTS = [
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A profile that is used again keeps its process.
    "--process-per-site",
]
NAMES = ("chromium", "chromium-browser", "google-chrome")

#: A screen and a telephone.
WIDTHS = pytest.mark.parametrize("width", [1280, 390])
HEIGHTS = {1280: 800, 390: 844}

# How long a page may take to show what is awaited, where other processes want the processor, too.
expect.set_options(timeout=PATIENCE * 1000)


def chromium(environment: Mapping[str, str]) -> str:
    """The browser on the PATH of an environment; skips the test where there is none, fails it where it must run."""
    for name in NAMES:
        found = shutil.which(name, path=environment.get("PATH", ""))
        if found:
            return found
    told = f"found none of {', '.join(NAMES)} on the PATH; expected one, as this test drives a real browser"
    if environment.get("CI"):
        pytest.fail(f"{told}; .ci/run installs it")
    pytest.skip(f"{told}; install chromium")


@dataclass
class Visits:
    """Opens pages, each in a profile in which nothing is where no context is given.

    ``close`` holds that no page asked another host for anything, had an error or a warning on its console, or a request
    that failed; save for what the test said it ``expects``, all of which must have come.
    """

    profiles: Profiles
    usual: Callable[[], str]
    contexts: list[BrowserContext] = field(default_factory=list)
    origins: set[str] = field(default_factory=set)
    requested: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)

    def __call__(
        self, locale: str = "zh-CN", width: int = 1280, height: int = 0, url: str = "", path: str = "/",
        context: BrowserContext | None = None,
    ) -> Page:  # fmt: skip
        """The page that questions are asked on, at a path of a site, once its scripts are ready."""
        page = self._at((url or self.usual()) + path, context or self.profile(locale, width, height))
        ready(page)
        return page

    def at(self, url: str, locale: str = "zh-CN", width: int = 1280, height: int = 0, **options: Any) -> Page:
        """Any page at its whole address; ``options`` are of the profile."""
        return self._at(url, self.profile(locale, width, height, **options))

    def _at(self, url: str, context: BrowserContext) -> Page:
        page = context.new_page()
        self.origins.add("{0.scheme}://{0.netloc}".format(urlsplit(url)))
        self.watch(page)
        page.goto(url)
        return page

    def profile(
        self, locale: str = "zh-CN", width: int = 1280, height: int = 0, fresh: bool = False, **options: Any
    ) -> BrowserContext:
        """A profile of the browser in which nothing is; a ``fresh`` one where it is given what it would not forget."""
        height = height or HEIGHTS.get(width, 800)
        if fresh or options:
            context = self.profiles.fresh(locale, width, height, **options)
        else:
            context = self.profiles.take(locale, width, height)
        self.contexts.append(context)
        return context

    def watch(self, page: Page) -> None:
        """Keeps account of a page."""
        page.on("request", lambda request: self.requested.append(request.url))
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))
        page.on("requestfailed", self._failed)

    def expects(self, pattern: str) -> None:
        """Says of a complaint that it is meant to come."""
        self.expected.append(pattern)

    def allows(self, pattern: str) -> None:
        """Says of a complaint that it may come, where that is a matter of moments."""
        self.allowed.append(pattern)

    def leave(self) -> None:
        """Leaves all pages, before what serves them goes."""
        for context in self.contexts:
            self.profiles.give(context, self.origins)

    def close(self) -> None:
        self.leave()
        local = ("data:", "blob:", "about:")
        outside = [
            url for url in self.requested
            if not url.startswith(local) and "{0.scheme}://{0.netloc}".format(urlsplit(url)) not in self.origins
        ]  # fmt: skip
        assert self.requested or not self.contexts
        assert not outside, outside
        meant = (*self.expected, *self.allowed)
        unexpected = [each for each in self.complaints if not any(re.search(pattern, each) for pattern in meant)]
        assert not unexpected, unexpected
        missing = [p for p in self.expected if not any(re.search(p, each) for each in self.complaints)]
        assert not missing, missing

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"console {message.type}: {message.text} ({message.location.get('url', '')})")

    def _failed(self, request: Request) -> None:
        # What a page lets go of, or is left in the middle of, has not failed.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"request failed: {request.failure} {request.method} {request.url}")


def ready(page: Page) -> None:
    """Waits until the scripts of the page have done what they do at first."""
    page.wait_for_selector("html[data-ready]")


def in_language(language: Language) -> str:
    """The locale of a browser whose reader reads a language."""
    return "zh-CN" if language == "zh" else "en-GB"


def wait_until(page: Page, true: Callable[[], bool]) -> None:
    """Waits for something outside the page, while the page goes on."""
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, "it did not come"
        page.wait_for_timeout(20)


def box(page: Page) -> Locator:
    """The question box."""
    return page.locator("#question")


def put_question(page: Page, question: str) -> None:
    """Types a question and sends it off."""
    box(page).fill(question)
    box(page).press("Enter")


def ask(page: Page, question: str) -> Locator:
    """Asks in the page, waits for what comes of it, and gives that turn."""
    turns = page.locator(".turn").count()
    expect(page.locator("[data-send]")).to_be_visible()
    put_question(page, question)
    expect(page.locator(".turn")).to_have_count(turns + 1)
    turn = page.locator(".turn").nth(turns)
    expect(page.locator(".turn:is(.pending, .growing)")).to_have_count(0)
    expect(page.locator("[data-send]")).to_be_visible()
    settled(page)
    return turn


def switch_language(page: Page, name: str) -> None:
    """Chooses the other language of the page, by what that calls itself."""
    page.locator(".languages").get_by_text(name, exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "en" if name == "English" else "zh-CN")
    ready(page)


def settled(page: Page) -> None:
    """Waits until no evidence is on its way."""
    expect(page.locator("#panel[aria-busy]")).to_have_count(0)


def sideways(page: Page, *parts: str) -> list[str]:
    """The parts of the page that are wider than the room they have."""
    return [part for part in parts if page.locator(part).first.evaluate("e => e.scrollWidth > e.clientWidth")]


def place(part: Locator) -> dict[str, float]:
    """Where a part stands: x, y, width, height, in pixels of the page."""
    found = part.bounding_box()
    assert found is not None
    return dict(found)
