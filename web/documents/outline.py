"""The headings of a document as a tree, to find one's way by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from corpus.anchors import label
from corpus.records import Language
from web.documents.reading import Heading, Place
from web.strings import Words

#: The parts of a resolution, which it has no headings for.
_PARTS: Final = ("preambular", "operative")


@dataclass(frozen=True)
class Node:
    """An entry of the outline: its title, whose language ``language`` is, the id it leads to, and those under it."""

    title: str
    language: Language
    address: str
    under: list[Node] = field(default_factory=list)


def outline(found: Sequence[Place], language: Language, words: Words) -> tuple[Node, ...]:
    """The outline of a document, its titles in a language where they are there in it.

    Args:
        found: the document in reading order.
        language: the language of the titles.
        words: the reader's own, for the parts that have no heading in the document.
    """
    tops: list[Node] = []
    above: list[tuple[int, Node]] = []
    before = ""
    for place in found:
        entries = [(heading.depth, _node(heading, language)) for heading in place.headings]
        kind = place.unit.kind
        if kind == "head":
            entries.append((1, Node(label(place.anchor, words.language), words.language, place.anchor)))
        elif kind in _PARTS and kind != before:
            entries.append((len(place.unit.heading_path) + 1, Node(words.reader[kind], words.language, place.anchor)))
        for depth, node in entries:
            while above and above[-1][0] >= depth:
                above.pop()
            (above[-1][1].under if above else tops).append(node)
            above.append((depth, node))
        before = kind
    return tuple(tops)


def _node(heading: Heading, language: Language) -> Node:
    shown = language if language in heading.texts else next(iter(heading.texts))
    return Node(heading.texts[shown].text, shown, heading.address)
