"""Footnotes of a page: a link set high, or a bare mark, that points to an element further on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag

from corpus.readers.characters import visible

_MARK = re.compile(r"\[?\s*(\d{1,3}|[*∗†‡§]{1,3}|[a-z])\s*\]?")
_BACK = re.compile(r"[↩↑^⏎]\ufe0e?|\[?back\]?", re.IGNORECASE)
_ITEMS = ("li", "p", "div", "dd", "aside", "td", "span")


@dataclass(frozen=True)
class HtmlNote:
    """A note's mark and text."""

    mark: str
    text: str


class HtmlNotes:
    """Finds the notes of a page: elements that links with a mark for their text point to, and that stand after them."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self._called: dict[int, HtmlNote] = {}
        self._items: set[int] = set()
        by_id = {str(e.get("id")): e for e in soup.find_all(id=True)}
        by_id |= {str(e.get("name")): e for e in soup.find_all("a", attrs={"name": True}) if e.get("name") not in by_id}
        order = {id(element): at for at, element in enumerate(soup.find_all(True))}
        for link in soup.find_all("a", href=re.compile(r"^#.")):
            mark = _MARK.fullmatch(link.get_text().strip())
            target = by_id.get(str(link["href"])[1:])
            if mark is None or target is None or order[id(target)] < order[id(link)]:
                continue
            item = target if target.name in _ITEMS and target.name != "span" else target.find_parent(list(_ITEMS))
            if item is None or id(item) == id(link.parent):
                continue
            self._called[id(link)] = HtmlNote(mark[1], _text(item, mark[1]))
            self._items.add(id(item))

    def called_by(self, element: Tag) -> HtmlNote | None:
        """The note that an element calls: a link, or a raised text that holds one and nothing else."""
        if element.name == "sup":
            links = element.find_all("a")
            if len(links) == 1 and links[0].get_text().strip() == element.get_text().strip():
                return self._called.get(id(links[0]))
        return self._called.get(id(element))

    def holds(self, element: Tag) -> bool:
        """Whether an element is a note, and so no text of the body."""
        return id(element) in self._items


def _text(item: Tag, mark: str) -> str:
    words = " ".join(piece for piece in item.stripped_strings if not _BACK.fullmatch(piece))
    return re.sub(rf"^\[?{re.escape(mark)}\]?[.)]?\s+", "", visible(words)).strip()
