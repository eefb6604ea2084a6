"""What the evidence panel shows, as the query of an address: ``?doc=wg6-2020-report&anchor=dp10&text=zh``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Literal
from urllib.parse import urlencode

from assistant.answer import Citation
from corpus.anchors import anchor_kind, split_anchor_id
from corpus.records import LANGUAGES, Language

#: Units shown on either side of the one that is open, how many more a reader gets at a time, and the most of all.
CONTEXT, MORE, MOST = 2, 5, 200

_MARK = re.compile(r"([0-9]{1,7})-([0-9]{1,7})-([0-9a-f]{8})")
_COUNT = re.compile(r"[0-9]{1,3}")

Side = Literal["before", "after"]


@dataclass(frozen=True)
class Mark:
    """The quoted words: a span of the unit's text, and a check of what stood there when it was quoted."""

    start: int
    end: int
    check: str

    def holds(self, text: str) -> bool:
        """Whether the words are still those that were quoted."""
        return 0 <= self.start < self.end <= len(text) and check_of(text[self.start : self.end]) == self.check

    def __str__(self) -> str:
        return f"{self.start}-{self.end}-{self.check}"


@dataclass(frozen=True)
class View:
    """A unit in its document: in which language, with which words marked, and how many units are around it.

    ``language`` None stands for the reader's own where there is that version; ``both`` shows the two side by side.
    """

    doc_id: str
    anchor: str
    language: Language | None = None
    mark: Mark | None = None
    before: int = CONTEXT
    after: int = CONTEXT
    both: bool = False

    @property
    def anchor_id(self) -> str:
        """The citable address of the unit."""
        return f"{self.doc_id}#{self.anchor}"

    @property
    def address(self) -> str:
        """The address that opens this view again, from the root of the site."""
        query = {"doc": self.doc_id, "anchor": self.anchor}
        if self.language:
            query["text"] = self.language
        if self.mark:
            query["mark"] = str(self.mark)
        query |= {side: str(n) for side, n in (("before", self.before), ("after", self.after)) if n != CONTEXT}
        if self.both:
            query["both"] = "1"
        return f"/?{urlencode(query)}"

    def more(self, side: Side) -> View:
        """The same unit with more units before or after it."""
        if side == "before":
            return replace(self, before=min(self.before + MORE, MOST))
        return replace(self, after=min(self.after + MORE, MOST))


def view_of(citation: Citation) -> View:
    """What a citation opens: its unit, in its language, with its quote marked."""
    doc_id, anchor = split_anchor_id(citation.anchor)
    mark = Mark(citation.start, citation.end, check_of(citation.quote)) if citation.quote else None
    return View(doc_id, anchor, citation.language, mark)


def read_view(query: Mapping[str, str]) -> View | None:
    """The view that an address asks for; None where it names no unit. What else it says and cannot be is left out."""
    doc_id, anchor = query.get("doc", ""), query.get("anchor", "")
    if not doc_id or anchor_kind(anchor) is None:
        return None
    language = query.get("text")
    mark = _MARK.fullmatch(query.get("mark", ""))
    return View(
        doc_id,
        anchor,
        language if language in LANGUAGES else None,
        Mark(int(mark[1]), int(mark[2]), mark[3]) if mark else None,
        _count(query.get("before", "")),
        _count(query.get("after", "")),
        query.get("both") == "1",
    )


def check_of(quote: str) -> str:
    """Eight hexadecimal digits that tell one quote from another."""
    return sha256(quote.encode("utf-8", "replace")).hexdigest()[:8]


def _count(written: str) -> int:
    return min(int(written), MOST) if _COUNT.fullmatch(written) else CONTEXT
