"""Who said what: one act of one actor in one sentence of a document, with the citation it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Literal, get_args

from assistant.answer import Citation
from corpus.records import Bilingual, Language

#: What an actor does in a text. ``presented`` is to tell of something; ``stated`` any other saying.
Act = Literal[
    "stated",
    "presented",
    "proposed",
    "requested",
    "supported",
    "opposed",
    "sponsored",
    "led",
    "made_statement",
    "general_statement",
    "attended",
]
ACTS: Final[tuple[Act, ...]] = get_args(Act)
#: Acts of which a text records that they happened, and not what was said.
LISTED: Final[frozenset[Act]] = frozenset(("led", "made_statement", "general_statement", "attended"))

ActorKind = Literal["state", "group", "organisation", "official", "unnamed"]
ACTOR_KINDS: Final[tuple[ActorKind, ...]] = get_args(ActorKind)

ACT_NAMES: Final[Mapping[Act, Bilingual]] = MappingProxyType(
    {
        "stated": Bilingual("表示", "stated"),
        "presented": Bilingual("介绍", "presented"),
        "proposed": Bilingual("建议", "proposed"),
        "requested": Bilingual("请求", "requested"),
        "supported": Bilingual("支持", "supported"),
        "opposed": Bilingual("反对", "opposed"),
        "sponsored": Bilingual("提案", "sponsored"),
        "led": Bilingual("主持或引导讨论", "led the discussion"),
        "made_statement": Bilingual("作了发言", "made a statement"),
        "general_statement": Bilingual("作了一般性发言", "made a general statement"),
        "attended": Bilingual("出席会议", "attended"),
    }
)


@dataclass(frozen=True)
class Actor:
    """Who acts. ``key`` names it in every language: ``state/MX``, ``group/GRULAC``, ``official/chair``, ``unnamed``."""

    key: str
    kind: ActorKind
    names: Bilingual

    def name(self, language: Language) -> str:
        """Its name in a reader's language, as the United Nations writes it."""
        return self.names.get(language)

    def to_dict(self) -> dict[str, Any]:
        return {"key": self.key, "kind": self.kind, "zh": self.names.zh, "en": self.names.en}


#: A speaker whom the text does not name; what such a one says is never said to be anybody's.
UNNAMED: Final = Actor("unnamed", "unnamed", Bilingual("未具名发言者", "unnamed speaker"))


@dataclass(frozen=True)
class Entry:
    """One act of one actor: ``citation.quote`` is the sentence that records it, word for word.

    ``date`` is that of the document's meeting, ``year`` the document's; the standing of the text is the citation's.
    ``in_both`` says that the other language version of the paragraph records the same.
    """

    actor: Actor
    act: Act
    citation: Citation
    date: Bilingual
    year: int
    in_both: bool = False

    @property
    def text(self) -> str:
        """The sentence, verbatim."""
        return self.citation.quote

    @property
    def anchor(self) -> str:
        """The paragraph it stands in, such as ``wg6-2020-report#p17``."""
        return self.citation.anchor

    @property
    def listed(self) -> bool:
        """Whether the text records only that it happened, and not what was said."""
        return self.act in LISTED

    def to_dict(self) -> dict[str, Any]:
        """The contract of one entry of ``python -m assistant ledger --json``."""
        return {
            "actor": self.actor.to_dict(),
            "act": self.act,
            "text": self.text,
            "listed": self.listed,
            "date": {"zh": self.date.zh, "en": self.date.en},
            "year": self.year,
            "in_both": self.in_both,
            "citation": self.citation.to_dict(),
        }


@dataclass(frozen=True)
class Ledger:
    """Entries in the order of the library's documents and of their paragraphs."""

    entries: tuple[Entry, ...]

    def actors(self) -> tuple[tuple[Actor, int], ...]:
        """Each actor with how many entries are theirs: by kind, those of most entries first."""
        counts = Counter(entry.actor for entry in self.entries)
        return tuple(
            sorted(counts.items(), key=lambda each: (ACTOR_KINDS.index(each[0].kind), -each[1], each[0].names.en))
        )

    def to_dict(self) -> dict[str, Any]:
        """The contract of ``python -m assistant ledger --json``."""
        return {"entries": [entry.to_dict() for entry in self.entries]}
