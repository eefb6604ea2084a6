"""A question asked again of something else: its year, session, State, item, point, document or term gives way.

"And item 3?" after a question about item 2 is that question with 3 in place of 2. What stands with the thing that goes
goes with it: the month of another year, the number of the meeting of another year, a year inside a document's name.
"""

from __future__ import annotations

import datetime
import re

from assistant.earlier.slots import (
    ANY_STATES,
    BODIES,
    DATE,
    DAY,
    HALF,
    ITEM,
    NUMBERED,
    ORDINAL,
    POINT,
    SESSION,
    document_names,
    month_name,
    outside_documents,
    runs,
    state_spans,
    term_spans,
)
from assistant.naming import named_documents
from assistant.numerals import ENGLISH_ORDINAL, chinese_number, ordinal_value
from corpus.records import Document, Language

_AGENDA = re.compile(r"^(?:agenda |议程)", re.I)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# Where a question says what it is about: 关于…, 对…怎么说, …的问题; about …, on …
_TOPIC_PLACE: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(
        r"(?<=关于)[^,?]{1,24}?(?=的|说|有|提|怎|如何|讲|[,?]|$)"
        r"|(?<=对)[^,?]{1,16}?(?=是?(?:怎么|如何|有何|有什么|有哪些|说了|作了|提了))"
        r"|(?:^|(?<=[,的把]))[^,?的]{1,10}(?=的?问题|方面)"
    ),
    "en": re.compile(
        r"(?:(?<=\babout )|(?<=\bmention ))[^,?]+(?=[?,]|$)|(?<=\bon )(?!\d|which|what)[^,?]+?(?=[?,]| in the |$)",
        re.I,
    ),
}  # fmt: skip


# A document's name with the words that bind it to the sentence.
_HELD: dict[Language, str] = {
    "zh": r"(?:根据|按照?|在)?(?:<NAME>)(?:里面?|中|上)?(?:说|写|提到|显示)?[,，]?",
    "en": r"(?:according to|in|by|of|from|under|per) (?:<NAME>)",
}


def asked_again(
    topic: str, question: str, about: tuple[str, ...], documents: tuple[Document, ...], language: Language
) -> str:
    """The question with the topic in the place of what is like it there; with the topic before it where nothing is.

    ``about`` are the ids of the documents that the question was answered from; ``question`` and ``topic`` are tidy.
    """
    text = question
    if counted := _which(topic, question, language):
        return counted
    for swap in (_document, _session, _date):
        text = swap(topic, text, documents, language)
    text = _state(topic, _time(topic, text, documents, about, language), language)
    for numbered in (ITEM, POINT, *NUMBERED):
        text = _numbered(numbered[language], topic, text)
    if text == question:
        text = _term(topic, text, language)
    if text != question:
        return text
    if language == "zh":
        return f"关于{topic}，{question}"
    return f"As for {topic}: {question}"


def without_like(carried: str, question: str, documents: tuple[Document, ...], language: Language) -> str:
    """A carried part without the years, sessions, States and documents that the new question names otherwise."""
    kinds: list[str] = []
    if re.search(SESSION[language], question, re.I) or re.search(DATE[language], question, re.I):
        kinds += [SESSION[language], DATE[language]]
    if named_documents(question, documents):
        # A point or item by its number is one of the document that gives way.
        name = document_names(documents, language)
        numbered = rf"(?:{POINT[language]}|{ITEM[language]})"
        kinds += [rf"(?:{name})?的?{numbered}" if language == "zh" else rf"{numbered}(?: (?:of|in) (?:{name}))?", name]
    for pattern in kinds:
        carried = re.sub(pattern, "", carried, flags=re.I)
    groups = {group for _, _, group in term_spans(question, language)}
    spans = state_spans(carried, language) if state_spans(question, language) else []
    spans += runs(carried, [span for span in term_spans(carried, language) if span[2] in groups and span[2] == 0])
    for start, end in sorted(spans, reverse=True):
        carried = carried[:start] + carried[end:]
    return re.sub(r"\s+", " ", carried).strip(" ,，")


def terms_alike(first: str, second: str, language: Language) -> tuple[str, str] | None:
    """The two terms of one group by which two questions differ: 缔约方 and 签署国; None where they do not."""
    one, two = term_spans(first, language), term_spans(second, language)
    for start, end, group in two:
        surface = second[start:end]
        for begin, stop, other in one:
            if other == group and first[begin:stop].lower() != surface.lower():
                return first[begin:stop], surface
    return None


def names_in(text: str, documents: tuple[Document, ...], language: Language) -> list[str]:
    """The documents, sessions and dates that a question names, as it writes them."""
    names = [m[0] for m in re.finditer(document_names(documents, language), text, re.I)]
    rest = re.sub(document_names(documents, language), " ", text, flags=re.I)
    session = [m[0] for m in re.finditer(SESSION[language], rest, re.I)]
    dates = [m[0] for m in re.finditer(DATE[language], rest, re.I)]
    meeting = ("会议" if language == "zh" else " meeting") if dates and not session and not names else ""
    return [*names, *session, *(date + meeting for date in dates)]


def state_in(text: str, language: Language) -> str | None:
    """The State that a text names, where it names one alone."""
    surfaces = {text[start:end] for start, end in state_spans(text, language)}
    return surfaces.pop() if len(surfaces) == 1 else None


def swap_terms(text: str, term: str, language: Language) -> str | None:
    """The text with another term in the place of its first run of terms that name parties; None without one."""
    return _swapped(text, runs(text, [s for s in term_spans(text, language) if s[2] == 0]), term)


def _document(topic: str, text: str, documents: tuple[Document, ...], language: Language) -> str:
    names = re.compile(document_names(documents, language), re.I)
    new = names.search(topic)
    if not new or not named_documents(topic, documents):
        return text
    old = names.search(text)
    if old:
        article = "the " if re.match(r"the ", old[0], re.I) else ""
        return text[: old.start()] + article + re.sub(r"^the ", "", new[0], flags=re.I) + text[old.end() :]
    if language == "zh":
        return f"{new[0]}：{text}"
    return f"{text.rstrip('?')} in the {re.sub(r'^the ', '', new[0], flags=re.I)}?"


def _which(topic: str, text: str, language: Language) -> str | None:
    """The question about another of several: the third for the first two; None where it counts nothing but meetings."""
    new = re.fullmatch(rf"(?:the )?({ORDINAL[language]})(?: ones?)?", topic, re.I)
    old = re.search(ORDINAL[language], text, re.I)
    if not new or not old or (language == "en" and re.search(SESSION["en"], text[: old.start()], re.I)):
        return None
    return text[: old.start()] + new[1] + text[old.end() :]


def _session(topic: str, text: str, documents: tuple[Document, ...], language: Language) -> str:
    new = re.search(SESSION[language], topic, re.I)
    old = re.search(SESSION[language], text, re.I)
    bare = re.fullmatch(rf"(?:the )?({ENGLISH_ORDINAL})(?: one)?", topic, re.I)
    if language == "en" and bare:
        name = f"{bare[1]} {old[0].split()[-1] if old else 'meeting'}"
    elif new:
        name = new[0]
    else:
        return text
    dated = outside_documents(DATE[language], text, documents, language)
    if old:
        if language == "zh" and old[0].endswith("会议") and not name.endswith("会议"):
            name += "会议"
        text = text[: old.start()] + name + text[old.end() :]
        # The dates of another session are others.
        return _drop(DATE[language], text, language) if dated else text
    if not dated:
        return text
    start, end = dated
    if language == "zh":
        return text[:start] + name + re.sub(r"^的?会议?" if name.endswith("会议") else r"^的", "", text[end:])
    after = re.sub(r"^ (?:meeting|session)\b", "", text[end:])
    before = re.sub(r"\bin $", "at the ", text[:start])
    return before + name + after


def _date(topic: str, text: str, documents: tuple[Document, ...], language: Language) -> str:
    new = re.search(DATE[language], re.sub(document_names(documents, language), " ", topic, flags=re.I), re.I)
    if not new:
        return text
    year = new[0] + ("年" if language == "zh" and new[0].isdigit() else "")
    names = document_names(documents, language)
    held = re.search(_HELD[language].replace("<NAME>", names), text, re.I)
    if held and re.search(r"(?:19|20)\d\d", held[0]):
        # A document of one year does not speak for another.
        lead = "" if language == "zh" else "in "
        return (text[: held.start()] + lead + year + text[held.end() :]).strip()
    old, met = re.search(DATE[language], text, re.I), re.search(SESSION[language], text, re.I)
    if old:
        text = text[: old.start()] + year + text[old.end() :]
        return _drop(SESSION[language], text, language)
    if met:
        meeting = "会议" if language == "zh" else " meeting"
        return text[: met.start()] + year + meeting + text[met.end() :]
    return f"{year}{text}" if language == "zh" else f"{text.rstrip('?')} in {year}?"


def _time(topic: str, text: str, documents: tuple[Document, ...], about: tuple[str, ...], language: Language) -> str:
    day, half = re.search(DAY[language], topic, re.I), re.search(HALF[language], topic, re.I)
    if re.search(DATE[language], topic, re.I) or not (day or half):
        return text
    when = re.compile(rf"(?:{DAY[language]})(?: ?(?:{HALF[language]}))?", re.I)
    old = when.search(text) or re.search(HALF[language], text, re.I)
    if not old:
        return text
    old_day = re.search(DAY[language], old[0], re.I)
    said = day or old_day
    new_day = _dated(said[0], text, about, documents, language) if said else ""
    if language == "zh" and re.fullmatch(r"\d{1,2}[日号]", new_day) and (month := re.match(r"\d{1,2}月", old[0])):
        new_day = month[0] + new_day
    gap = " " if language == "en" and new_day and half else ""
    return text[: old.start()] + new_day + gap + (half[0] if half else "") + text[old.end() :]


def _dated(day: str, text: str, about: tuple[str, ...], documents: tuple[Document, ...], language: Language) -> str:
    """The second day as the day of the month, where the dates of the meeting are known; else as it was said."""
    said = re.fullmatch(rf"第(.)天|({ENGLISH_ORDINAL}) day|day (one|two|three|\d)|(最后一天|last day)", day, re.I)
    named = named_documents(text, documents) or about
    days = next((_days(document) for document in documents if document.doc_id in named), [])
    if not said or not days:
        return day
    if said[4]:
        nth = len(days)
    elif said[1]:
        nth = chinese_number(said[1])
    elif said[2]:
        nth = ordinal_value(said[2])
    else:
        nth = int(said[3]) if said[3].isdigit() else ("one", "two", "three").index(said[3].lower()) + 1
    return _written_day(days[nth - 1], language) if 0 < nth <= len(days) else day


def _days(document: Document) -> list[datetime.date]:
    """The days of a document's meeting; none where its dates do not tell."""
    found = re.search(r"(\d{1,2})月(\d{1,2})日(?:(?:至|和)(\d{1,2})日)?", document.dates.zh)
    if not found:
        return []
    try:
        return [
            datetime.date(document.year, int(found[1]), day)
            for day in range(int(found[2]), int(found[3] or found[2]) + 1)
        ]
    except ValueError:
        return []


def _written_day(day: datetime.date, language: Language) -> str:
    """A day as a timetable writes it: 5月11日星期二, Tuesday, 11 May."""
    if language == "zh":
        return f"{day.month}月{day.day}日星期{'一二三四五六日'[day.weekday()]}"
    return f"{_WEEKDAYS[day.weekday()]}, {day.day} {month_name(day.month)}"


def _state(topic: str, text: str, language: Language) -> str:
    new = runs(topic, [(start, end, 0) for start, end in state_spans(topic, language)])
    old = runs(text, [(start, end, 0) for start, end in state_spans(text, language)])
    if not new and re.fullmatch(BODIES[language], topic, re.I) and old:
        return _swapped(text, old, topic) or text
    if not new or not old:
        return text
    return _swapped(text, old, topic[new[0][0] : new[0][1]]) or text


def _numbered(pattern: str, topic: str, text: str) -> str:
    new, old = re.search(pattern, topic, re.I), re.search(pattern, text, re.I)
    if not new or not old:
        return text
    # "agenda" names a document: it comes only where the earlier question had it.
    kept = new[0] if _AGENDA.match(old[0]) else _AGENDA.sub("", new[0])
    return text[: old.start()] + kept + text[old.end() :]


def _term(topic: str, text: str, language: Language) -> str:
    groups = {group for _, _, group in term_spans(topic, language)}
    for group in sorted(groups):
        swapped = _swapped(text, runs(text, [span for span in term_spans(text, language) if span[2] == group]), topic)
        if swapped:
            return swapped
    if 0 in groups and (any_states := re.search(ANY_STATES[language], text, re.I)):
        return text[: any_states.start()] + topic + text[any_states.end() :]
    place = _TOPIC_PLACE[language].search(text)
    return text[: place.start()] + topic + text[place.end() :] if place else text


def _swapped(text: str, runs: list[tuple[int, int]], new: str) -> str | None:
    if not runs:
        return None
    before = text[: runs[0][0]]
    return (
        before
        + (re.sub(r"^the ", "", new, flags=re.I) if before.lower().endswith("the ") else new)
        + text[runs[0][1] :]
    )


def _drop(pattern: str, text: str, language: Language) -> str:
    if language == "zh":
        return re.sub(rf"(?:{pattern})的?(?=.)", "会议" if "次届" in pattern else "", text).replace("会议会议", "会议")
    kept = re.sub(pattern, lambda match: match[0].split()[-1] if "session" in pattern else "", text, flags=re.I)
    return re.sub(r"\s+", " ", re.sub(r"\b(?:in|on|of) +(?=[?,]|$)", "", re.sub(r"\s+", " ", kept)))
