"""What a browser asks a briefing note with: in the address, or with what its reader made of the note."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field
from starlette.datastructures import QueryParams

from assistant.briefing.finish import Choices
from assistant.briefing.records import SectionKey
from corpus.records import LANGUAGES, Language

#: Characters of a topic that are read, before it is looked whether it can be asked; documents and lines, at most.
LONGEST, DOCUMENTS, LINES = 4000, 200, 500

_Text = Annotated[str, Field(max_length=LONGEST)]
_Line = Annotated[str, Field(pattern=r"^[0-9a-f]{12}$")]
_Lines = Annotated[tuple[_Line, ...], Field(max_length=LINES)]


class Wanted(BaseModel):
    """What a note is to be on. ``lang`` is empty for the language of the topic; ``polish`` asks for the words of a
    language model, where there is one.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    topic: _Text = ""
    item: Annotated[str, Field(max_length=40)] = ""
    lang: Annotated[str, Field(pattern=r"^(zh|en|)$")] = ""
    documents: Annotated[tuple[Annotated[str, Field(max_length=200)], ...], Field(max_length=DOCUMENTS)] = ()
    polish: bool = False

    @property
    def language(self) -> Language | None:
        """The language of the note, None for that of its topic."""
        return next((language for language in LANGUAGES if language == self.lang), None)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for yet."""
        return not self.topic.strip() and not self.item.strip()

    @property
    def query(self) -> str:
        """The query of the address that opens the note again."""
        pairs = [("topic", self.topic.strip()), ("item", self.item.strip()), ("lang", self.lang)]
        pairs.append(("polish", "1" if self.polish else ""))
        return urlencode([*((name, value) for name, value in pairs if value), *(("doc", d) for d in self.documents)])


class Made(Wanted):
    """What a note is to be on, and what its reader made of it.

    ``shown`` are the lines that the reader saw last, in order: a file is made of exactly these, or not at all.
    """

    removed: _Lines = ()
    pinned: _Lines = ()
    off: Annotated[tuple[SectionKey, ...], Field(max_length=20)] = ()
    shown: _Lines | None = None

    @property
    def choices(self) -> Choices:
        """The same as the assistant takes it."""
        return Choices(frozenset(self.removed), self.pinned, frozenset(self.off))


def read_wanted(query: QueryParams) -> Wanted:
    """What an address asks for; what it says and cannot be is left out."""
    lang = query.get("lang", "")
    return Wanted(
        topic=query.get("topic", "")[:LONGEST],
        item=query.get("item", "")[:40],
        lang=lang if lang in LANGUAGES else "",
        documents=tuple(dict.fromkeys(each[:200] for each in query.getlist("doc")[:DOCUMENTS] if each)),
        polish=query.get("polish") == "1",
    )
