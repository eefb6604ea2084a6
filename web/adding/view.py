"""A file on its way into the library as the page shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from assistant.live import Following
from corpus.anchors import label, labels
from corpus.errors import RapporteurError
from corpus.records import KINDS, Document, Language, Unit
from corpus.shelf.owners import owned
from web.access import Reader
from web.adding.confirming import filled_of, foreseen, is_plain, whose
from web.adding.form import APART, BY_SYMBOL, ORIGINALS, Filled, Said, first_filled, said_of, wrong_in
from web.adding.staging import RUNNING, Staged
from web.asking.filters import kind_name
from web.site import Site
from web.strings import Words, strings

#: Paragraphs that are shown of a file, to see how they are numbered.
FIRST_UNITS: Final = 4


@dataclass(frozen=True)
class Field:
    """A field of the form: what stands in it, what the file says of it, and what is wrong with it.

    ``original`` is what the masthead filled in, where the reader has changed it.
    """

    name: str
    value: str
    said: Said
    wrong: str = ""
    original: str | None = None


@dataclass(frozen=True)
class Plan:
    """What adding would do, in the reader's words; ``error`` where it would be refused."""

    said: str = ""
    held: bool = False
    document: Document | None = None
    only_here: str = ""
    only_there: str = ""
    error: str = ""


@dataclass(frozen=True)
class Shown:
    """A file: its state as a page knows it, a line that says it, and the means to draw more."""

    staged: Staged
    version: str
    state: str
    said: str
    site: Site
    reader: Reader
    language: Language
    following: Following | None = None

    @property
    def alone(self) -> bool:
        """Whether nobody but its reader will see it."""
        return bool(whose(self.reader))

    @property
    def busy(self) -> bool:
        """Whether it goes on by itself, so that a page looks again soon."""
        return self.staged.state in RUNNING or self.state == "embedding" or self.refining is not None

    @property
    def refining(self) -> str | None:
        """How far its sentences are, where they are still being embedded."""
        if self.following is None or not self.following.refining:
            return None
        return _far(self.following, strings(self.language))

    @property
    def embedding(self) -> str:
        """How far it is on its way into the index."""
        assert self.following is not None
        return _far(self.following, strings(self.language))

    @property
    def error(self) -> str:
        """Why it was refused, or why the library did not take it."""
        return self.staged.error.message(self.language) if self.staged.error else ""

    @property
    def document(self) -> Document | None:
        """The document that it became a version of, where it is still there."""
        added = self.staged.added
        held = (each for each in self.site.library.documents() if added and each.doc_id == added.doc_id)
        return next(held, None)

    @property
    def fields(self) -> dict[str, Field]:
        """The fields of the form by their names."""
        assert self.staged.reading is not None
        said = said_of(self.staged.reading, self.staged.name)
        first, now = (_texts(form) for form in (first_filled(self.staged.reading, self.staged.name), self.filled))
        words = strings(self.language)
        wrong = {name: words.adding[key] for name, key in self.staged.wrong.items()}
        return {
            name: Field(
                name, value, said.get(name, Said("absent")), wrong.get(name, ""),
                first[name] if first[name] != value else None,
            )
            for name, value in now.items()
        }  # fmt: skip

    @property
    def filled(self) -> Filled:
        """The form as the reader has it."""
        return filled_of(self.staged)

    @property
    def in_short(self) -> str:
        """What the file is, besides its title, in a line."""
        words, filled = strings(self.language), self.filled
        count = words.adding.in_all.format(n=self.paragraphs)
        parts = (filled.symbol, filled.date, kind_name(filled.kind, words), count)
        return " · ".join(part for part in parts if part)

    @property
    def plan(self) -> Plan:
        """What adding it as the form stands would do."""
        return plan_of(self.site, self.reader, self.staged, self.filled, self.language)

    @property
    def counts(self) -> list[str]:
        """How many paragraphs there are of each kind."""
        assert self.staged.reading is not None
        words = strings(self.language)
        counts = Counter(unit.kind for unit in _citable(self.staged.reading.units))
        return [words.units[kind].format(n=n) for kind, n in counts.items()]

    @property
    def paragraphs(self) -> int:
        """How many paragraphs can be cited."""
        assert self.staged.reading is not None
        return len(_citable(self.staged.reading.units))

    @property
    def first_units(self) -> list[tuple[str, str, Language]]:
        """The first paragraphs: what each is cited as, its text, and the language of that."""
        assert self.staged.reading is not None
        first = _citable(self.staged.reading.units)[:FIRST_UNITS]
        return [(label(unit.anchor, self.language), unit.text, unit.language) for unit in first]

    @property
    def facts(self) -> list[Field]:
        """What else the file says, which is not for its reader to change: its language and its distribution."""
        assert self.staged.reading is not None
        words, reading = strings(self.language), self.staged.reading
        said = said_of(reading, self.staged.name)
        distribution = reading.masthead.distribution
        return [
            Field("language", _name(reading.language, words), said["language"]),
            Field("distribution", distribution.value if distribution else "", said["distribution"]),
        ]

    @property
    def left_out(self) -> list[str]:
        """What of the file is not among its paragraphs."""
        assert self.staged.reading is not None
        return [each.get(self.language) for each in self.staged.reading.left_out]

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """The kinds of document there are, with their names."""
        words = strings(self.language)
        return [(kind, kind_name(kind, words)) for kind in KINDS]

    @property
    def originals(self) -> list[tuple[str, str]]:
        """The languages that a document may have been written in, with their names."""
        words = strings(self.language)
        return [("", words.adding.original_unknown), *((code, words.adding_languages[code]) for code in ORIGINALS)]

    @property
    def belonging(self) -> list[tuple[str, str]]:
        """What the file may be, apart from a version of one of the documents."""
        own = strings(self.language).adding
        return [(BY_SYMBOL, own.belongs_by_symbol), (APART, own.belongs_apart)]

    @property
    def partners(self) -> list[tuple[str, str]]:
        """The documents that it may be a version of: each with what it would be there."""
        assert self.staged.reading is not None
        words, language = strings(self.language), self.staged.reading.language
        options = []
        for document in owned(self.site.shelf, whose(self.reader)):
            there = any(version.language == language for version in document.versions)
            said = words.adding.would_replace if there else words.adding.would_pair
            named = said.format(document=document.short_title(self.language), language=_name(language, words))
            options.append((document.doc_id, named))
        return options

    @property
    def state_said(self) -> str:
        """The state in few words."""
        return strings(self.language).adding_states[self.state]


def shown(site: Site, reader: Reader, staged: Staged, language: Language) -> Shown:
    """A file as a page shows it."""
    words = strings(language)
    state: str = staged.state
    version = str(staged.version)
    following = None
    if state == "added":
        following = site.assistant.following
        # Once the index knew it, it stays known, whatever the library gains since.
        if following.generation < staged.generation:
            state = "embedding"
        if state == "embedding" or following.refining:
            version += f"-{following.done}-{following.total}-{round(following.seconds_left or 0)}"
            version += "-e" if following.error else ""
        if staged.added and not _is_held(site, staged.added.doc_id):
            version += "-gone"
    error = staged.error.message(language) if staged.error else ""
    said = words.adding.said.format(name=staged.name, state=error or words.adding_states[state])
    return Shown(staged, version, state, said, site, reader, language, following)


def _far(following: Following, words: Words) -> str:
    if not following.total:
        return words.adding.embedding_soon
    if following.seconds_left is None:
        return words.adding.embedding_begun.format(total=following.total)
    seconds = max(1, round(following.seconds_left))
    return words.adding.embedding.format(done=following.done, total=following.total, seconds=seconds)


def plan_of(site: Site, reader: Reader, staged: Staged, filled: Filled, language: Language) -> Plan:
    """What adding a file so would do, in the reader's words."""
    words = strings(language)
    if wrong_in(filled):
        return Plan(said=words.adding.plan_unknown)
    try:
        plan = foreseen(site.shelf, reader, staged, filled)
    except RapporteurError as error:
        return Plan(error=error.message(language))
    held = {document.doc_id: document for document in site.library.documents()}
    document = held.get(plan.doc_id)
    said = words.adding_plans["official" if plan.replaces_unofficial else plan.outcome].format(
        language=_name(plan.language, words)
    )
    return Plan(
        said, plan.outcome == "held", document, labels(plan.only_here, language), labels(plan.only_there, language)
    )


def drawn(
    site: Site, reader: Reader, files: Sequence[Staged], language: Language, known: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The files for the page's scripts, each drawn where the page does not know it as it is."""
    entries = []
    for staged in files:
        file = shown(site, reader, staged, language)
        entry: dict[str, Any] = {"id": staged.id, "version": file.version, "state": file.state, "busy": file.busy}
        if known.get(staged.id) != file.version:
            entry |= {"said": file.said, "html": site.fragment("adding/file.html", language, file=file)}
        entries.append(entry)
    return entries


def plain_ones(site: Site, reader: Reader, files: Sequence[Staged]) -> list[Staged]:
    """The files that may be confirmed together."""
    return [staged for staged in files if is_plain(site.shelf, reader, staged)]


def _is_held(site: Site, doc_id: str) -> bool:
    return any(document.doc_id == doc_id for document in site.library.documents())


def _citable(units: Sequence[Unit]) -> list[Unit]:
    return [unit for unit in units if unit.kind != "head"]


def _texts(filled: Filled) -> dict[str, str]:
    return {**filled.model_dump(exclude={"official"}), "official": "yes" if filled.official else "no"}


def _name(language: Language, words: Words) -> str:
    return words.texts.chinese if language == "zh" else words.texts.english
