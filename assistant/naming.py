"""The documents that a question names: by name, by what kind of text it is, or by the meeting it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from assistant.numerals import (
    ENGLISH_ORDINAL,
    chinese_number,
    chinese_ordinal,
    english_ordinal,
    month_number,
    ordinal_value,
)
from corpus.normal import normalise
from corpus.records import Document

_SPACE = r"\s+"
_FLAGS = re.IGNORECASE | re.ASCII

_DECISION = r"\d+(?:/\d+|\s*\(\d{4}\))"
#: A resolution that is cited, such as resolution 10/2: it is not the draft that a library may hold.
_CITED = re.compile(
    rf"(?:第\s*{_DECISION}|哪一?)\s*号\s*(?:决议|决定)|\b(?:resolution|decision)s?\s+{_DECISION}", _FLAGS
)

# What delegates call a kind of text. A noun alone may be a verb ("which States report on …"), so that English asks for
# what stands before or after a noun.
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, _FLAGS))
    for kind, pattern in (
        (
            "report",
            r"(?:\b(?:the|its|this|that|vienna|meeting|session|group|seventh|adopted)|'s|\b(?:19|20)\d\d)\s+report\b"
            r"(?!\s+(?:to|that|how)\b)|\breport(?='s\b|\s+(?:of|on|from)\s+(?:the|its)\b"
            r"|,?\s+(?:discussion\s+)?(?:paras?\b|paragraphs?\b|dps?\b|point))"
            r"|(?<=,\s)report\b(?=\s*[?.]?$)|\breport(?=,?\s+(?:versus|vs|v)\b)",
        ),
        ("agenda", r"\bagenda\b(?!\s+items?\b)"),
        ("resolution", r"(?<!to )(?<!will )\bdraft\b(?!\s+(?:reports?|articles?|recommendations?|laws?|legislation))"),
        (
            "background",
            r"\b(?:background|secretariat(?:'s)?|2014)\s+(?:\w+\s+){0,2}?(?:paper|document)\b|背景材料|秘书处文件",
        ),
        (
            "chair_summary",
            r"\bchair(?:person)?'?s?\s+(?:own\s+)?(?:summary|version|text|points?)\b|(?<=,\s)chair\b(?=\s*[?.]?$)"
            # Beside the report, the Chair is the Chair's summary.
            r"|(?<=\breport and )(?:(?:according to|in|by) )?the chair\b(?!\s+(?:of|said|proposed))"
            r"|主席(?:的)?(?:文本|版)",
        ),
    )
)
_ZH_MONTH = r"(?:\s*(?P<zm>1[0-2]|[1-9])\s*月)?(?:\s*\d{1,2}\s*[日号])?"
_EN_MONTH = r"(?P<em>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_MEETINGS = tuple(
    re.compile(pattern, _FLAGS)
    for pattern in (
        # A text that is put before a meeting in a year is not of that year's meeting.
        rf"(?P<zy>(?:19|20)\d\d)\s*年?{_ZH_MONTH}\s*(?:(?!提交|送交|交给)[^\s,。;?]){{0,8}}?"
        r"(?:会议|开会|会上|届会|的会|那次会|这次会)",
        r"(?P<zy>(?:19|20)\d\d)\s*年\s*(?P<zm>1[0-2]|[1-9])\s*月",
        r"第\s*(?P<zs>[一二三四五六七八九十]{1,3}|\d{1,2})\s*[次届](?:\s*[^\s,。;?\d]{0,8}?会议?)",
        rf"\b(?P<es>{ENGLISH_ORDINAL})\s+(?:\w+\s+)?(?:session|meeting|conference)\b",
        rf"\b(?:\d{{1,2}}(?:\s*[-–]\s*\d{{1,2}})?\s+)?{_EN_MONTH}\s+(?:\d{{1,2}},?\s+)?(?P<ey>(?:19|20)\d\d)\b",
        r"\b(?P<ey>(?:19|20)\d\d)\s+(?:\w+\s+)?(?:meeting|session)\b",
        r"\b(?:meeting|session)s?\s+(?:of|in|held in)\s+(?P<ey>(?:19|20)\d\d)\b",
        r"\bCOP\s*(?P<cop>\d{1,2})\b",
    )
)
_NO_NAME = re.compile(
    r"报告(?=了|称|说|过)|(?<=建议)草案"
    r"|议程(?=项目\s*[\d一二三四五六](?:\s*\([a-z]\))?\s*[下时中之])|(?:(?<=under )|(?<=during )"
    r"|(?<=on ))agenda(?=\s+items?\b)"
    r"|(?<=panellists for )agenda(?=\s+items?\b)",
    _FLAGS,
)
# Meetings that texts tell of, other than those whose documents these are.
_OTHER_MEETING = re.compile(r"区域|专家|研讨|培训|协调|\b(?:regional|subregional|expert|training|coordination)\b", re.I)


@dataclass(frozen=True)
class Mention:
    """A span of a question that names documents, by their ``name`` or by their ``meeting``."""

    start: int
    end: int
    documents: tuple[str, ...]
    by: Literal["name", "meeting"]


def straight(question: str) -> str:
    """A question as mentions and references are read in it: normalised, with straight quotation marks."""
    return normalise(question).replace("’", "'")


# A question is read for its topic, its references and its documents, each of which asks what it names.
@lru_cache(maxsize=32)
def mentions(question: str, documents: tuple[Document, ...]) -> tuple[Mention, ...]:
    """Where a question names documents, in order; ``question`` is :func:`straight`.

    The longest name wins over one inside it (决议草案 over 决议).
    """
    text = _CITED.sub(lambda match: " " * len(match[0]), question)
    # 在议程项目2下 tells when something was said, 报告了 that it was, 建议草案 what it was; none names a document.
    text = _NO_NAME.sub(lambda match: " " * len(match[0]), text)
    meetings = _meetings(text, documents)
    found: list[Mention] = []
    pattern, holders = _names(documents)
    for match in pattern.finditer(text):
        found.append(Mention(*match.span(), holders[_key(match[0])], "name"))
    for kind, noun in _KINDS:
        of_kind = tuple(document.doc_id for document in documents if document.kind == kind)
        for match in noun.finditer(text) if of_kind else ():
            if not any(match.start() < m.end and m.start < match.end() for m in found):
                found.append(Mention(*match.span(), of_kind, "name"))
    return tuple(sorted((*found, *meetings), key=lambda m: (m.start, m.by)))


def named_documents(question: str, documents: tuple[Document, ...]) -> tuple[str, ...]:
    """The documents that a question names (:func:`named_groups`), each once."""
    return _all(named_groups(question, documents))


def named_groups(question: str, documents: tuple[Document, ...]) -> tuple[tuple[str, ...], ...]:
    """The documents of each name in a question, in order; empty where it names none.

    What is named by name is narrowed to the meeting or the year that stands beside it ("the 2021 agenda"). A meeting
    names all its documents, unless one of them is named. A year alone names no document, since it is more often what is
    asked about.
    """
    plain = straight(question)
    found = mentions(plain, documents)
    by_meeting = set(_all(m.documents for m in found if m.by == "meeting"))
    years = {int(year) for year in re.findall(r"(?<!\d)(20\d\d)(?!\d)", plain)}
    of_years = {document.doc_id for document in documents if document.year in years}
    named: list[tuple[str, ...]] = []
    for mention in (m for m in found if m.by == "name"):
        meant = [d for d in mention.documents if d in by_meeting] or [d for d in mention.documents if d in of_years]
        named.append(tuple(meant) or mention.documents)
    others = [m.documents for m in found if m.by == "meeting" and not set(m.documents) & set(_all(named))]
    return tuple(dict.fromkeys((*named, *others)))


def names_unknown_meeting(question: str, documents: tuple[Document, ...]) -> bool:
    """Whether a question names a meeting, by session or by year, of which there is no document."""
    text = _CITED.sub(lambda match: " " * len(match[0]), straight(question))
    known = _meetings(text, documents)
    return any(
        not any(match.start() < m.end and m.start < match.end() for m in known)
        for pattern in _MEETINGS
        for match in pattern.finditer(text)
        if re.search(r"会|session|meeting|COP", match[0], re.I) and not _OTHER_MEETING.search(match[0])
    )


def without_mentions(question: str, documents: tuple[Document, ...]) -> str:
    """A question without the words that name documents and meetings."""
    text = straight(question)
    for mention in mentions(text, documents):
        text = text[: mention.start] + " " * (mention.end - mention.start) + text[mention.end :]
    return " ".join(text.split())


@lru_cache(maxsize=32)
def _meetings(text: str, documents: tuple[Document, ...]) -> tuple[Mention, ...]:
    taken: list[tuple[int, int]] = []
    found = []
    for pattern in _MEETINGS:
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            held = [document for document in documents if _is_of(document, match)]
            # 缔约方会议 and Conference name the parent body's meetings; without them the meetings are the group's own.
            parent = re.search(r"缔约方|COP|Conference of", text[max(0, match.start() - 8) : match.end() + 12], re.I)
            of_parent = _is_of_parent(text, match)
            own = [document for document in held if (document.kind == "resolution") == bool(parent or of_parent)]
            # The eighth meeting of the parent body is not the group's own eighth.
            meant = own if of_parent else own or held
            if meant:
                taken.append(match.span())
                found.append(Mention(*match.span(), tuple(document.doc_id for document in meant), "meeting"))
    return tuple(found)


def _is_of_parent(text: str, match: re.Match[str]) -> bool:
    """Whether it is the parent body whose meeting a match names: COP 8, 缔约方会议第八届会议."""
    return bool(
        re.search(r"缔约方|COP", match[0], re.I)
        or re.search(r"缔约方会议\s*的?\s*$", text[: match.start()])
        or re.match(r"\s+of the Conference", text[match.end() :], re.I)
    )


def _is_of(document: Document, match: re.Match[str]) -> bool:
    """Whether a document is of the meeting that a match names by year and month, or by number."""
    groups = {name: value for name, value in match.groupdict().items() if value}
    if year := groups.get("zy") or groups.get("ey"):
        month = int(groups["zm"]) if "zm" in groups else month_number(groups["em"]) if "em" in groups else None
        months = {int(number) for number in re.findall(r"(\d{1,2})\s*月", document.dates.zh)}
        return document.year == int(year) and (month is None or month in months)
    number = groups.get("cop") or groups.get("zs")
    session = chinese_number(number) if number else ordinal_value(groups["es"])
    return bool(session) and bool(
        re.search(rf"第{chinese_ordinal(session)}[次届]", document.session.zh)
        or re.search(rf"\b{english_ordinal(session)}\b", document.session.en)
    )


@lru_cache(maxsize=8)
def _names(documents: tuple[Document, ...]) -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    """Every name of the documents as one pattern, the longest first, and whose each is."""
    holders: dict[str, list[str]] = {}
    for document in documents:
        short = (document.short_titles.zh, document.short_titles.en)
        for name in (*document.aliases, *short, document.doc_id, document.symbol or ""):
            if name and document.doc_id not in holders.setdefault(_key(name), []):
                holders[_key(name)].append(document.doc_id)
    patterns = [_pattern(name) for name in sorted(holders, key=lambda name: (-len(name), name))]
    return re.compile("|".join(patterns) or r"(?!)", _FLAGS), {name: tuple(of) for name, of in holders.items()}


def _pattern(name: str) -> str:
    if name.isascii():
        return rf"(?<![a-z0-9]){_SPACE.join(map(re.escape, name.split()))}(?![a-z0-9])"
    return r"\s*".join(map(re.escape, name.replace(" ", "")))


def _key(name: str) -> str:
    """A name without what only looks different: case, and white space, of which Chinese has none."""
    plain = straight(name).lower()
    return " ".join(plain.split()) if plain.isascii() else "".join(plain.split())


def _all(groups: Iterable[Sequence[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for group in groups for each in group))
