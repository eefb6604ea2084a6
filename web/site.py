"""What every page shares: the assistant, the library, the templates, and the reader's language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Protocol, cast

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment
from starlette.requests import HTTPConnection

from assistant.alignment import Comparison
from assistant.answer import Answer, Citation, Evidence
from assistant.briefing.finish import AS_MADE, Choices
from assistant.briefing.records import Note
from assistant.ledger import Ledger
from assistant.live import Following
from assistant.reading import History
from corpus.glossary import Term, glossary
from corpus.library import Library
from corpus.records import LANGUAGES, Language
from web.access import Reader, reader_of
from web.adding.staging import Staging
from web.strings import strings
from web.templating import environment

#: The cookie that remembers the language a reader chose, and for how many seconds.
LANGUAGE_COOKIE: Final = "language"
REMEMBERED_S: Final = 365 * 24 * 3600

#: The language of the page for a browser that wants neither.
FALLBACK: Final[Language] = "en"

# One of the two in an Accept-Language header, with its weight (RFC 9110): zh-Hant;q=0.8, but not zha.
_ACCEPTED: Final = re.compile(r"\s*(zh|en)(?:-[a-z0-9-]*)?\s*(?:;\s*q=([01](?:\.[0-9]{0,3})?))?\s*", re.IGNORECASE)


class Answers(Protocol):
    """What the pages need of an assistant."""

    @property
    def following(self) -> Following:
        """How far the index is behind the library."""

    @property
    def worded(self) -> bool:
        """Whether there is a language model to word answers and notes."""

    def stream(
        self, question: str, history: History = (), language: Language | None = None, documents: Sequence[str] = (),
        languages: Sequence[Language] = (),
    ) -> Iterator[Answer]:  # fmt: skip
        """The answer as it grows, the last one whole; raises a RapporteurError where it cannot be asked."""

    def evidence(
        self, anchor_id: str, language: Language | None = None, reader: Language = "zh", before: int = 2, after: int = 2
    ) -> Evidence:
        """A unit in its place; raises a RapporteurError where there is none."""

    def cite(
        self, anchor_id: str, language: Language, start: int, end: int, n: int = 1, score: float = 0.0,
        reader: Language = "zh",
    ) -> Citation:  # fmt: skip
        """A citation made anew from the library; raises a RapporteurError where its text is not there."""

    def brief(
        self, topic: str = "", item: str = "", documents: Sequence[str] = (), language: Language | None = None,
        choices: Choices = AS_MADE, polish: bool = False, again: bool = True,
    ) -> Note:  # fmt: skip
        """A briefing note; raises a RapporteurError where there can be none."""

    def compare(self, a: str, b: str, language: Language | None = None) -> Comparison:
        """Two documents compared; raises a RapporteurError where they cannot be."""

    def ledger(
        self, actor: str = "", topic: str = "", documents: Sequence[str] = (), *, language: Language | None = None
    ) -> Ledger:
        """Who said what; raises a RapporteurError where an actor or document is not known."""


#: What a reader sees: an assistant and a library in which what others own is not there.
Sight = tuple[Answers, Library]


@dataclass(frozen=True)
class Site:
    """What the pages are drawn from. Of readers only the files that they are adding are kept, not for long.

    Where readers have documents of their own, ``sight`` gives what each sees, and ``assistant`` and ``library`` hold
    what all share; :meth:`of` gives the site with what one reader sees in their place. ``whole`` is the library that is
    written to; elsewhere it is the same.
    """

    assistant: Answers
    library: Library
    terms: Sequence[Term] = field(default_factory=lambda: glossary().terms)
    staging: Staging = field(default_factory=Staging)
    templates: Environment = field(default_factory=environment)
    sight: Callable[[Reader], Sight] | None = None
    whole: Library | None = None

    @property
    def shelf(self) -> Library:
        """The whole library, for who writes to it and says for whom (:mod:`corpus.shelf.owners`)."""
        return self.whole or self.library

    def of(self, connection: HTTPConnection) -> Site:
        """The site as the reader sees it whom a request comes from."""
        return self.seen_by(reader_of(connection))

    def seen_by(self, reader: Reader) -> Site:
        """The site as a reader sees it."""
        if self.sight is None:
            return self
        assistant, library = self.sight(reader)
        return replace(self, assistant=assistant, library=library)

    def page(self, request: Request, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
        """A whole page in the reader's language; ``context`` is the template's own."""
        language = language_of(request)
        text = self.fragment(
            template, language, here=_here(request), path=request.url.path, reader=reader_of(request),
            title=context.pop("title", None), **context,
        )  # fmt: skip
        return HTMLResponse(text, status_code=status, headers={"vary": "cookie, accept-language"})

    def fragment(self, template: str, language: Language, **context: Any) -> str:
        """A piece of a page, drawn in a language."""
        return self.templates.get_template(template).render(language=language, words=strings(language), **context)


def language_of(request: Request) -> Language:
    """The language a reader chose, else the first of the two that the browser asks for, else English."""
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    if chosen in LANGUAGES:
        return chosen
    asked = (_ACCEPTED.fullmatch(each) for each in request.headers.get("accept-language", "").split(","))
    weighed = [(float(each[2] or 1), each[1].lower()) for each in asked if each]
    weight, first = max(weighed, key=lambda each: each[0], default=(0.0, FALLBACK))
    return cast(Language, first) if weight else FALLBACK


def _here(request: Request) -> str:
    """The address of the page with its query, to come back to."""
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")
