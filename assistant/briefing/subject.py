"""What a note is about: a topic in its aspects, or an item of an agenda with what stands under it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.briefing.weights import BRIEFING
from assistant.briefing.wording import wording
from assistant.question import Question, check_question, read_question
from corpus.errors import UnknownItemError
from corpus.glossary import glossary
from corpus.library import Library
from corpus.records import Bilingual, Document, Language, Unit

# What parts the aspects of a topic; marks do, whatever stands around them.
_STOPS = re.compile(r"\s*[，；：:;,]\s*")
_JOINERS: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(r"以及|[和与及、]"),
    "en": re.compile(r"\s*[/&]\s*|\s+and\s+", re.IGNORECASE),
}
_BEFORE = re.compile(r"\b(?:of|on|in|for|to|with|by|at|from|against|between|into|over|about)\b", re.IGNORECASE)
# A part of more things shares some of them with the others.
_OWN_THINGS = 2.5
# What came of meetings is what they recommended and put down; few paragraphs call it an outcome.
_OF_EARLIER_MEETINGS = re.compile(
    r"(?:前几次|历次|以往|上次)会?议?.{0,6}(?:成果|结果)|outcomes? of (?:the )?(?:previous|earlier|past)"
    r"|(?:previous|earlier|past) (?:outcomes|recommendations)",
    re.IGNORECASE,
)
_OUTCOMES = (
    Bilingual("工作组的建议", "recommendations of the Working Group"),
    Bilingual("工作组的讨论要点", "discussion points of the Working Group"),
)
_LEAST: dict[Language, int] = {"zh": 2, "en": 4}
_ITEM = re.compile(r"(?:item|议程项目|项目)?\s*([0-9]{1,2})\s*[.(（]?\s*([a-z]?)\s*[)）]?", re.IGNORECASE)
# What ends the title of an item.
_END = " ：:；;。."


@dataclass(frozen=True)
class Subject:
    """What a note is about, as questions: all of it first, then its aspects where it has several.

    ``named`` are the instruments and other things with names of several words in it, each for itself.
    ``outcomes`` are what meetings bring forth, where the topic is what came of them: no plan of a meeting holds it.
    ``under`` are the item, its paragraphs and its rows in the table of work; empty for a topic.
    """

    text: str
    questions: tuple[Question, ...]
    named: tuple[Question, ...] = ()
    outcomes: tuple[Question, ...] = ()
    item: str = ""
    under: tuple[Unit, ...] = ()

    @property
    def language(self) -> Language:
        return self.questions[0].language


def of_topic(topic: str, records: Sequence[Document], rare: Callable[[Question], float]) -> Subject:
    """A topic in its aspects.

    Args:
        topic: as its reader wrote it.
        records: the documents of the library.
        rare: how rare the words of a question are together.

    Raises:
        QuestionError: the topic is empty, holds nothing to look for, or is too long.
    """
    text = " ".join(check_question(topic).split())
    whole, *parts = _aspects(text, records, rare)
    return Subject(text, (whole, *parts), _named(whole, records), _outcomes(text, whole.language, records))


def of_item(
    item: str, library: Library, documents: Sequence[str], language: Language, rare: Callable[[Question], float]
) -> Subject:
    """An item of the newest agenda, by its number: ``2``, ``1(b)`` or ``item1b``.

    Raises:
        UnknownItemError: there is no agenda, or it has no such item.
    """
    agendas = [d for d in library.documents() if d.kind == "agenda" and (not documents or d.doc_id in documents)]
    match = _ITEM.fullmatch(item.strip())
    anchor = f"item{match[1]}{match[2].lower()}" if match else ""
    for agenda in sorted(agendas, key=lambda each: -each.year):
        units = _in_language(library, agenda.doc_id, language)
        own = next((unit for unit in units if unit.anchor == anchor), None)
        if own is not None:
            title = own.text.strip(_END)
            number = anchor.removeprefix("item")
            under = tuple(unit for unit in units if unit is own or _stands_under(unit, anchor, number))
            return replace(of_topic(title, library.documents(), rare), item=own.anchor_id, under=under)
    raise _unknown(item, [unit.anchor for d in agendas for unit in library.units(d.doc_id) if unit.kind == "item"])


def _unknown(item: str, known: Sequence[str]) -> UnknownItemError:
    named = ", ".join(dict.fromkeys(each.removeprefix("item") for each in known))
    if not named:
        return UnknownItemError(
            f"there is no agenda in which item {item!r} could stand",
            "an annotated agenda among the documents",
            "add one, or give a topic",
            zh=f"没有可供查找议程项目“{item}”的议程；应有一份临时议程说明；请先添加，或改为填写议题",
        )
    return UnknownItemError(
        f"there is no agenda item {item!r}",
        f"one of: {named}",
        "give one of them, or a topic",
        zh=f"没有编号为“{item}”的议程项目；现有：{named}；请从中选择，或改为填写议题",
    )


def _in_language(library: Library, doc_id: str, language: Language) -> tuple[Unit, ...]:
    return library.units(doc_id, language) or library.units(doc_id)


def _stands_under(unit: Unit, anchor: str, number: str) -> bool:
    """Whether a unit is a paragraph of an item, or its row in the table of work."""
    if unit.kind == "item_paragraph":
        return unit.anchor.partition(".")[0] == anchor
    if unit.kind != "table_row":
        return False
    cells = [cell.strip() for cell in unit.text.split(" | ")]
    return any(re.sub(r"[\s()]", "", cell) == number for cell in cells)


def _aspects(text: str, records: Sequence[Document], rare: Callable[[Question], float]) -> tuple[Question, ...]:
    whole = read_question(text, tuple(records))
    parts = [read_question(part, tuple(records)) for part in _parts(text, whole.language)]
    return (whole, *(part for part in parts if _stands_alone(part, rare)))


def _named(whole: Question, records: Sequence[Document]) -> tuple[Question, ...]:
    """The terms of a topic that have names of several words, where it has other words too."""
    terms = {found.surface for found in glossary().find(whole.plain, whole.language) if found.term.kind == "term"}
    read = (read_question(surface, tuple(records)) for surface in sorted(terms) if surface != whole.plain)
    return tuple(each for each in read if len(each.concepts[whole.language]) > 1)


def _outcomes(text: str, language: Language, records: Sequence[Document]) -> tuple[Question, ...]:
    """What a topic on the outcomes of meetings speaks of, in the words that the documents have for it."""
    if not _OF_EARLIER_MEETINGS.search(text):
        return ()
    return tuple(read_question(each.get(language), tuple(records)) for each in _OUTCOMES)


def _parts(text: str, language: Language) -> list[str]:
    """The parts of a topic that "and" or a comma joins; none where it is one, or a part is too short to be a word.

    What stands around two words that "and" joins belongs to both: training on A and B, the marking of A and B.
    """
    kept = {f"\0{n}\0": found.surface for n, found in enumerate(glossary().find(text, language))}
    for mark, surface in kept.items():
        text = text.replace(surface, mark, 1)
    parts: list[str] = []
    for clause in _STOPS.split(text):
        joined = _JOINERS[language].split(clause)
        parts += [clause] if _is_one(joined, language) else joined
    for mark, surface in kept.items():
        parts = [part.replace(mark, surface) for part in parts]
    parts = [part.strip() for part in parts]
    return parts if len(parts) > 1 and all(len(part) >= _LEAST[language] for part in parts) else []


def _is_one(joined: Sequence[str], language: Language) -> bool:
    """Whether what "and" joins has a word in common that stands before or behind it."""
    if language == "zh":
        return any("的" in part for part in joined[1:])
    return any(_BEFORE.search(part) for part in joined[:-1])


def _stands_alone(part: Question, rare: Callable[[Question], float]) -> bool:
    if sum(wording(part, part.language).counts) > _OWN_THINGS:
        return False
    terms = [found for found in glossary().find(part.plain, part.language) if found.term.kind == "term"]
    return bool(terms) or rare(part) >= BRIEFING.own_part
