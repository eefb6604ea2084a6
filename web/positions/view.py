"""What the page of positions is asked for, and how its lines are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from assistant.citing import quotation
from assistant.ledger import ACT_NAMES, ACTOR_KINDS, ACTS, Act, Actor, Entry
from assistant.ledger.lines import Line, lines
from corpus.anchors import split_anchor_id, standing_at
from corpus.records import Document, Language
from web.asking.view import view_of
from web.collation import collated
from web.finding import LONGEST

#: Lines of one page.
LINES: Final = 100
# Names of actors that a line shows at once.
_FEW: Final = 6


@dataclass(frozen=True)
class Asked:
    """What the entries are narrowed to; what is empty narrows nothing."""

    actor: str = ""
    topic: str = ""
    doc: str = ""
    act: str = ""
    page: int = 1

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Asked:
        """As an address has it; what cannot be is left out."""
        actor, topic, doc, act = (query.get(name, "").strip()[:LONGEST] for name in ("actor", "topic", "doc", "act"))
        page = query.get("page", "")
        number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
        return cls(actor, topic, doc, act if act in ACTS else "", max(1, number))

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return bool(self.actor or self.topic or self.doc or self.act)

    def address(self, form: str = "", *, actor: str | None = None, page: int = 1) -> str:
        """The address of these entries, as a file where a form is given; of another actor where one is given."""
        to = replace(self, actor=self.actor if actor is None else actor, page=page)
        query = {name: value for name, value in vars(to).items() if value and (name != "page" or page > 1)}
        return f"/positions{'/' + form if form else ''}{'?' + urlencode(query) if query else ''}"

    def entries(self, found: Sequence[Entry]) -> tuple[Entry, ...]:
        """Those of some entries that are of the act."""
        return tuple(entry for entry in found if not self.act or entry.act == self.act)


@dataclass(frozen=True)
class Doing:
    """What some actors do in a sentence; ``few`` are those shown at once."""

    acts: str
    few: tuple[Actor, ...]
    more: tuple[Actor, ...]


@dataclass(frozen=True)
class Shown:
    """A line of the page: who does what, the sentence, where it opens, and what can be copied."""

    line: Line
    doings: tuple[Doing, ...]
    address: str
    copied: str


def shown(entries: Sequence[Entry], documents: Mapping[str, Document], reader: Language) -> tuple[Shown, ...]:
    """Entries as lines of the page, each sentence once."""
    return tuple(_shown(line, documents[line.citation.document.id], reader) for line in lines(entries))


def _shown(line: Line, document: Document, reader: Language) -> Shown:
    between = "、" if reader == "zh" else ", "
    doings = tuple(
        Doing(between.join(ACT_NAMES[act].get(reader) for act in acts), actors[:_FEW], actors[_FEW:])
        for acts, actors in line.doings
    )
    _, anchor = split_anchor_id(line.citation.anchor)
    copied = quotation(line.citation, document, reader, standing_at(document, anchor))
    return Shown(line, doings, view_of(line.citation).address, copied)


def choices(entries: Sequence[Entry], reader: Language) -> list[tuple[str, list[tuple[Actor, int]]]]:
    """The actors of some entries by kind, each with how many entries are theirs; by name within a kind."""
    counts: dict[Actor, int] = {}
    for entry in entries:
        counts[entry.actor] = counts.get(entry.actor, 0) + 1
    by_kind = ((kind, [each for each in counts.items() if each[0].kind == kind]) for kind in ACTOR_KINDS)
    return [(kind, sorted(of, key=lambda each: collated(each[0].name(reader), reader))) for kind, of in by_kind if of]


def acts_of(entries: Sequence[Entry], reader: Language) -> list[tuple[Act, str, int]]:
    """The acts of some entries with their names, each with how many entries are of it."""
    return [(act, ACT_NAMES[act].get(reader), n) for act in ACTS if (n := sum(entry.act == act for entry in entries))]
