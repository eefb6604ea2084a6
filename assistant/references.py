"""References in a question: "报告讨论要点41", "OP14 of the draft" and "paras. 5–6" become anchors to look up."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.numerals import chinese_number
from corpus.records import Document, UnitKind
from corpus.words import normalise

# A range longer than this is taken by its ends' word, not listed: nobody reads out forty paragraphs as an answer.
_LONGEST_RANGE = 10

_NUM = r"(\d{1,3}|[一二三四五六七八九十]{1,4})"
_TO = rf"(?:\s*(?:[-–—~至到]|to|and|和|、|,)\s*{_NUM})?"
_LETTER = r"\s*(?:[(（]([a-z])[)）])?"

# A kind with its number, perhaps a second: 要点10, DP 10, OP6, 第二十一段, paras. 5–6, item 1 (b), para. 2.
_FORMS: tuple[tuple[UnitKind, re.Pattern[str]], ...] = (
    ("item_paragraph", re.compile(rf"(?:议程)?项目\s*{_NUM}{_LETTER}\s*[,，的]?\s*第\s*{_NUM}\s*段")),
    ("item_paragraph", re.compile(rf"(?:agenda )?item\s*{_NUM}{_LETTER}\s*,?\s*para(?:graph|\.)?\s*{_NUM}", re.I)),
    ("operative", re.compile(rf"执行(?:部分)?(?:的)?\s*第\s*{_NUM}{_TO}\s*(?:执行)?段|执行段\s*第?\s*{_NUM}", re.I)),
    ("operative", re.compile(rf"\bOPs?\s*{_NUM}{_TO}|operative\s+para(?:graph)?s?\.?\s*{_NUM}{_TO}", re.I)),
    ("preambular", re.compile(rf"序言(?:部分)?(?:的)?\s*第\s*{_NUM}{_TO}\s*段|序言段\s*第?\s*{_NUM}", re.I)),
    ("preambular", re.compile(rf"\bPPs?\s*{_NUM}{_TO}|preamb(?:ular|le)\s+para(?:graph)?s?\.?\s*{_NUM}{_TO}", re.I)),
    (
        "discussion_point",
        re.compile(rf"(?:讨论)?要点\s*第?\s*{_NUM}{_TO}|第\s*{_NUM}{_TO}\s*(?:个|条|项)?\s*(?:讨论)?要点"),
    ),
    (
        "discussion_point",
        re.compile(rf"\b(?:discussion\s+)?points?\s*(?:no\.?\s*)?{_NUM}{_TO}|\bDPs?\s*{_NUM}{_TO}", re.I),
    ),
    ("table_row", re.compile(rf"附件[,，]?\s*第\s*{_NUM}\s*行|annex,?\s*row\s*{_NUM}", re.I)),
    ("item", re.compile(rf"议程项目\s*{_NUM}{_LETTER}|项目\s*{_NUM}{_LETTER}")),
    ("item", re.compile(rf"\b(?:agenda )?item\s*{_NUM}{_LETTER}", re.I)),
    ("paragraph", re.compile(rf"第\s*{_NUM}{_TO}\s*段|段落\s*{_NUM}")),
    ("paragraph", re.compile(rf"\bpara(?:graph)?s?\.?\s*{_NUM}{_TO}", re.I)),
)
# Paragraphs and articles of instruments that are cited but not in the library: 第10/2号决议第16段, resolution 10/2.
_ELSEWHERE = re.compile(
    r"第\s*\d+/\d+\s*号(?:决议|决定)[^，。？,.?]{0,8}?第\s*[\d一二三四五六七八九十]+\s*(?:\([a-z]\))?\s*段"
    r"|para(?:graph)?s?\.?\s*\d+\s*(?:\([a-z]\))?\s*(?:of|in)\s*(?:\w+\s+){0,5}?(?:resolution|decision)\s*\d+/\d+"
    r"|(?:resolution|decision)\s*\d+/\d+,?\s*para(?:graph)?s?\.?\s*\d+",
    re.I,
)
_CITED = re.compile(r"第\s*\d+/\d+\s*号\s*(?:决议|决定)|\b(?:resolution|decision)s?\s+\d+/\d+", re.I)
_PREFIX = {"paragraph": "p", "discussion_point": "dp", "operative": "op", "preambular": "pp"}


@dataclass(frozen=True)
class Reference:
    """Anchors that a question names, in the documents it names (none named: any that has them)."""

    anchors: tuple[str, ...]
    documents: tuple[str, ...]


def named_documents(question: str, documents: tuple[Document, ...]) -> tuple[str, ...]:
    """The documents a question names by title, alias, symbol or session; empty where it names none.

    The longest name wins over one inside it (决议草案 over 决议). A year picks among those named, or with the kind of
    document it names; a year alone names no document, since it is more often what is asked about.
    """
    plain = re.sub(r"\s+", " ", _CITED.sub(" ", normalise(question))).lower()
    tight = plain.replace(" ", "")
    matches: list[tuple[int, str, str]] = []
    for document in documents:
        names = [*document.aliases, document.short_titles.zh, document.short_titles.en, document.doc_id]
        names += [document.symbol] if document.symbol else []
        # A session that is only inferred has a note in brackets behind it.
        names += [re.split(r"[（(]", session)[0].strip() for session in (document.session.zh, document.session.en)]
        for name in (normalise(each).lower() for each in names):
            found = name in plain if name.isascii() else name.replace(" ", "") in tight
            if found and (not name.isascii() or re.search(rf"(?<!\w){re.escape(name)}(?!\w)", plain)):
                matches.append((len(name), name, document.doc_id))
    longest = [(name, doc_id) for _, name, doc_id in matches if not any(name != o and name in o for _, o, _ in matches)]
    named = list(dict.fromkeys(doc_id for _, doc_id in longest))
    years = {int(year) for year in re.findall(r"(?<!\d)(20\d\d)(?!\d)", plain)}
    by_year = [document.doc_id for document in documents if document.doc_id in named and document.year in years]
    return tuple(by_year or named)


def find_references(question: str, documents: tuple[Document, ...]) -> tuple[Reference, ...]:
    """The references of a question in the order they stand; none where it only describes what it asks for."""
    text = normalise(question)
    text = _ELSEWHERE.sub(lambda match: " " * len(match[0]), text)
    named = named_documents(question, documents)
    taken: list[tuple[int, int]] = []
    found: list[tuple[int, Reference]] = []
    for kind, pattern in _FORMS:
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            if kind == "item" and not named:
                # "在项目3下" tells when something was said; only of a named agenda does it ask for the item.
                continue
            anchors = _anchors(kind, [group for group in match.groups() if group])
            if anchors:
                taken.append(match.span())
                found.append((match.start(), Reference(anchors, named)))
    return tuple(reference for _, reference in sorted(found, key=lambda pair: pair[0]))


def _anchors(kind: UnitKind, groups: list[str]) -> tuple[str, ...]:
    if kind == "item_paragraph":
        letter = next((group for group in groups if group.isalpha() and group.isascii()), "")
        numbers = [chinese_number(group) for group in groups if group != letter]
        return (f"item{numbers[0]}{letter}.{numbers[-1]}",)
    if kind == "item":
        return (f"item{chinese_number(groups[0])}{groups[1] if len(groups) > 1 else ''}",)
    numbers = [chinese_number(group) for group in groups]
    if not numbers or not all(numbers):
        return ()
    if kind == "table_row":
        return (f"annex.r{numbers[0]}",)
    first, last = numbers[0], numbers[-1]
    span = range(first, last + 1) if first <= last < first + _LONGEST_RANGE else numbers
    return tuple(f"{_PREFIX[kind]}{number}" for number in span)
