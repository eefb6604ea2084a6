"""What the library does not hold on a topic: each sentence counts or looks up, and says no more than that."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.briefing.draft import Drafted, fixed, when
from assistant.briefing.relevance import OnTopic
from assistant.briefing.resting import notes_on
from assistant.briefing.strings import (
    DECISION,
    NEWEST,
    NO_MOVES,
    NO_OUTCOMES,
    NO_POSITIONS,
    NONE_ADOPTED,
    NOT_HELD,
    RESOLUTION,
    SEARCHED,
    WITHOUT,
    listed,
)
from corpus.records import Document, Language

_NUMBERED = re.compile(
    r"第\s*(?P<zh>\d{1,2}/\d{1,3})\s*号(?P<kind>决议|决定)|\b(?P<act>resolution|decision)s? (?P<en>\d{1,2}/\d{1,3})",
    re.IGNORECASE,
)
_SYMBOL = re.compile(r"\bCTOC/COP/[A-Z0-9./]*[A-Z0-9]")


def lines(
    topic: str,
    searched: Sequence[Document],
    found: Sequence[OnTopic],
    outcomes: Sequence[OnTopic],
    quoted: Iterable[Drafted],
    library: Sequence[Document],
    language: Language,
    *,
    positions: bool,
    moves: bool,
) -> list[Drafted]:
    """What was searched, what of it says nothing on the topic, and what is spoken of and not there."""
    records = {document.doc_id: document for document in searched}
    holding = {each.unit.doc_id for each in found}
    said = [SEARCHED.get(language).format(n=len(searched), titles=_titles(searched, language))]
    if without := [document for document in searched if document.doc_id not in holding]:
        titles = _titles(without, language)
        said.append(WITHOUT.get(language).format(n=len(without), topic=topic, titles=titles))
    if not outcomes:
        said.append(NO_OUTCOMES.get(language).format(topic=topic))
    elif all(_is_not_adopted(each, records[each.unit.doc_id]) for each in outcomes):
        said.append(NONE_ADOPTED.get(language).format(topic=topic))
    if not positions:
        said.append(NO_POSITIONS.get(language).format(topic=topic))
    if not moves:
        said.append(NO_MOVES.get(language).format(topic=topic))
    if names := _not_held(quoted, library, language):
        said.append(NOT_HELD.get(language).format(names=listed(names, language)))
    newest = max(searched, key=when)
    title, dates = newest.short_title(language), newest.dates.get(language) or str(newest.year)
    said.append(NEWEST.get(language).format(title=title, dates=dates))
    return [fixed(each, language) for each in said]


def _titles(documents: Sequence[Document], language: Language) -> str:
    return listed([document.short_title(language) for document in documents], language)


def _is_not_adopted(each: OnTopic, document: Document) -> bool:
    return any({"adopted", "recommended"} & set(note.denies) for note in notes_on(document, each.unit.anchor))


def _not_held(quoted: Iterable[Drafted], library: Sequence[Document], language: Language) -> list[str]:
    """The resolutions, decisions and symbols that quotes speak of and no document is."""
    known = " ".join(f"{d.symbol or ''} {d.titles.zh} {d.titles.en}" for d in library)
    names: list[str] = []
    for line in quoted:
        for match in _NUMBERED.finditer(line.text):
            number, kind = match["zh"] or match["en"], (match["kind"] or match["act"]).lower()
            if number not in known:
                names.append(
                    (DECISION if kind in ("决定", "decision") else RESOLUTION).get(language).format(number=number)
                )
        names += [symbol for symbol in _SYMBOL.findall(line.text) if symbol not in known]
    return list(dict.fromkeys(names))
