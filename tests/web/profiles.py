"""Profiles of a browser that are used again, with nothing left in them of whom they served before.

A fresh profile starts a process and reads fonts, style sheets and scripts anew, which takes a processor most of a
second: more than what nearly every test does in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Error, Page

from tests.patience import PATIENCE

#: Locale, width and height.
Kind = tuple[str, int, int]


class _Kept:
    """A profile between two uses: a page of its own, which is never shown, keeps its process."""

    def __init__(self, context: BrowserContext, kind: Kind) -> None:
        self.context, self.kind = context, kind
        self.origins: set[str] = set()
        self._page: Page = context.new_page()
        # Processes are of a host, whatever the port; no server is asked for this.
        self._page.route("http://127.0.0.1/", lambda route: route.fulfill(body="", content_type="text/html"))
        self._page.goto("http://127.0.0.1/")
        self._page.unroute("http://127.0.0.1/")
        self._session: CDPSession = context.new_cdp_session(self._page)

    def empty(self) -> None:
        """Closes its pages and forgets all that they kept, save for the files that a browser would ask again for."""
        for page in self.context.pages:
            if page is not self._page:
                page.close()
        self.context.unroute_all()
        self.context.set_offline(False)
        self.context.clear_cookies()
        for origin in self.origins:
            self._session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})


class Profiles:
    """The profiles of a browser; those of a kind are given out one after the other, or are several at once."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self._free: dict[Kind, list[_Kept]] = {}
        self._out: dict[BrowserContext, _Kept] = {}

    def take(self, locale: str, width: int, height: int) -> BrowserContext:
        """A profile in which nothing is."""
        kind = (locale, width, height)
        kept = self._free.get(kind, [])
        while kept:
            profile = kept.pop()
            try:
                # What a page kept as it was closed came after all was forgotten.
                profile.empty()
            except Error:
                continue
            profile.origins.clear()
            return self._given(profile)
        return self._given(_Kept(self.fresh(locale, width, height), kind))

    def fresh(self, locale: str, width: int, height: int, **options: Any) -> BrowserContext:
        """A profile that is used once."""
        size = {"width": width, "height": height}
        context = self.browser.new_context(locale=locale, viewport=size, **options)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE * 1000)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        return context

    def give(self, context: BrowserContext, origins: Iterable[str]) -> None:
        """Gives back a profile in which pages of these origins were opened; one that is used once is closed."""
        profile = self._out.pop(context, None)
        if profile is None:
            if context not in {kept.context for of in self._free.values() for kept in of}:
                context.close()
            return
        profile.origins.update(origins)
        try:
            profile.empty()
        except Error:
            context.close()
            return
        self._free.setdefault(profile.kind, []).append(profile)

    def _given(self, profile: _Kept) -> BrowserContext:
        self._out[profile.context] = profile
        return profile.context
