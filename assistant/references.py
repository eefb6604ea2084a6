"""References in a question: "报告讨论要点41", "OP14 of the draft" and "paras. 5–6" become anchors to look up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.naming import Mention, mentions, named_documents, straight
from assistant.numerals import chinese_number, in_figures
from corpus.anchors import ANNEX_NUMBERS
from corpus.records import Document, UnitKind

# Nobody reads out more paragraphs than this as an answer; of a longer range the first are taken.
_LONGEST_RANGE = 50

# re.ASCII: an ideograph beside a Latin letter is no part of its word (决议草案OP14).
_FLAGS = re.IGNORECASE | re.ASCII
# Of four digits, a year is none.
_NUM = r"(?:(?!(?:19|20)\d\d(?!\d))\d{1,4}(?!\d)|[一二三四五六七八九十]{1,4})"
_RANGE = r"(?:[-–—~至到]|to|through)"
_MORE = rf"(?:\s*(?:,\s*and|{_RANGE}|and|和|及|与|、|,)\s*第?\s*{_NUM})*"
_NUMS = rf"(?P<n>{_NUM}{_MORE})"
_LETTER = r"\s*(?:\((?P<letter>[a-z])\))?"
_PARA = r"para(?:graph)?s?\.?"


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("<NUMS>", _NUMS).replace("<PARA>", _PARA), _FLAGS)


# Kinds with their numbers: 要点10, DP 10, OP6, 第二十一段, paras. 5–6, points 5 and 9, item 1 (b), para. 2.
_FORMS: tuple[tuple[UnitKind, re.Pattern[str]], ...] = (
    ("item_paragraph", _form(rf"项目\s*(?P<item>{_NUM}){_LETTER}\s*[,的]?\s*第\s*<NUMS>\s*段")),
    ("item_paragraph", _form(rf"item\s*(?P<item>{_NUM}){_LETTER}\s*,?\s*<PARA>\s*<NUMS>")),
    ("operative", _form(r"执行(?:部分)?的?\s*第\s*<NUMS>\s*(?:执行)?段")),
    ("operative", _form(r"执行段\s*第?\s*<NUMS>")),
    ("operative", _form(r"(?:\bOPs?|\bop(?:erative|\.)\s*<PARA>)\s*<NUMS>")),
    ("preambular", _form(r"序言(?:部分)?的?\s*第\s*<NUMS>\s*段")),
    ("preambular", _form(r"序言段\s*第?\s*<NUMS>")),
    ("preambular", _form(r"(?:\bPPs?|\b(?:preamb(?:ular|le)|pp\.)\s*<PARA>)\s*<NUMS>")),
    ("discussion_point", _form(r"要点\s*第?\s*<NUMS>")),
    ("discussion_point", _form(r"第\s*<NUMS>\s*(?:个|条|项)?\s*(?:讨论)?要点")),
    ("discussion_point", _form(r"\b(?:DPs?|points?\s*(?:no\.?|#)?)\s*<NUMS>")),
    ("discussion_point", _form(r"第\s*<NUMS>\s*点(?!钟|整|半|\d)")),
    ("discussion_point", _form(r"\b<NUMS>\s*(?:\([a-z]\))?\s+of\s+the\s+discussion\s+points")),
    ("paragraph", _form(rf"附件\s*(?P<annex>{_NUM})?\s*[,的]?\s*第\s*<NUMS>\s*段")),
    ("paragraph", _form(r"\bannex(?:\s+(?P<annex>[IVX]{1,5}|\d{1,2}))?\s*,?\s*<PARA>\s*<NUMS>")),
    ("table_row", _form(r"附件,?\s*第\s*<NUMS>\s*行")),
    ("table_row", _form(r"annex,?\s*row\s*<NUMS>")),
    ("item", _form(rf"(?:项目|\bitem)\s*(?P<item>{_NUM}){_LETTER}")),
    ("paragraph", _form(r"第\s*<NUMS>\s*段")),
    ("paragraph", _form(r"段落\s*<NUMS>")),
    ("paragraph", _form(r"(?:\b<PARA>|§+|¶+)\s*<NUMS>")),
)
# Paragraphs of instruments that are cited but not in the library: 第10/2号决议第16段, article 8, paragraph 2.
_ZH_NUM = r"[\d一二三四五六七八九十百]+"
_DECISION = r"\d+(?:/\d+|\s*\(\d{4}\))"
_ELSEWHERE = re.compile(
    rf"第\s*{_DECISION}\s*号\s*(?:决议|决定)[^,。?.]{{0,8}}?第\s*{_ZH_NUM}\s*(?:\([a-z]\))?\s*段"
    rf"|第\s*{_ZH_NUM}\s*条\s*第\s*{_ZH_NUM}\s*[段款]"
    rf"|{_PARA}\s*\d+\s*(?:\([a-z]\))?\s*(?:of|in)\s*(?:\w+\s+){{0,5}}?(?:resolution|decision)\s*{_DECISION}"
    rf"|{_PARA}\s*\d+\s*(?:of|in)\s+article\s*\d+"
    rf"|(?:resolution|decision)\s*{_DECISION},?\s*{_PARA}\s*\d+"
    rf"|articles?\s*\d+,?\s*{_PARA}\s*\d+",
    _FLAGS,
)
# What stands between a reference and the document it is of.
_OF = re.compile(r"\s*(?:\([a-z]\)\s*)?(?:(?:of|in|from)\s+(?:the\s+)?(?:\d{4}\s+)?|\(\s*|,\s*(?:the\s+)?)", re.I)
# What stands between a name and a reference of it; between two names of one reference; and behind a name whose own text
# is meant.
_BESIDE = re.compile(r"(?:的|里|中|'s|[\s,:(]|第)*")
_JOINED = re.compile(r"\s*(?:'s)?(?:的)?\s*(?:和|与|及|以及|、|跟|同|/|,|\band\b|\bor\b)\s*(?:the\s+)?", re.I)
_OWN = re.compile(r"'s\s+\w|的?(?:相应|对应|文字|措辞|说法)|\s+(?:text|wording|version)\b", re.I)
_PREFIX = {"paragraph": "p", "discussion_point": "dp", "operative": "op", "preambular": "pp", "table_row": "annex.r"}


@dataclass(frozen=True)
class Reference:
    """Anchors that a question names, in the documents it names (none named: any that has them)."""

    anchors: tuple[str, ...]
    documents: tuple[str, ...]


def find_references(question: str, documents: tuple[Document, ...]) -> tuple[Reference, ...]:
    """The references of a question in the order they stand; none where it only describes what it asks for."""
    text = in_figures(straight(question))
    text = _ELSEWHERE.sub(lambda match: " " * len(match[0]), text)
    said = [m for m in mentions(text, documents) if m.by == "name"]
    several = len({m.documents for m in said}) > 1
    named = named_documents(text, documents)
    taken: list[tuple[int, int]] = []
    found: list[tuple[int, Reference]] = []
    for kind, pattern in _FORMS:
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            if kind == "item" and not any(
                document.kind == "agenda" for document in documents if document.doc_id in named
            ):
                # "在项目3下" tells when something was said; only of a named agenda does it ask for the item.
                continue
            anchors = _anchors(kind, match)
            if anchors:
                taken.append(match.span())
                found.append((match.start(), Reference(anchors, _document_of(text, match.span(), said) or named)))
    # One number and several documents: the same point of each is asked for, "point 27, the report's and the Chair's".
    if several and len(found) == 1 and not _is_of_one(text, taken[0], said):
        found = [(at, Reference(reference.anchors, named)) for at, reference in found]
    return tuple(reference for _, reference in sorted(found, key=lambda pair: pair[0]))


def _is_of_one(text: str, span: tuple[int, int], said: Sequence[Mention]) -> bool:
    """Whether a reference stands beside one name and no other is joined to that: 主席总结要点21比报告多举了什么."""
    start, end = span
    for at, mention in enumerate(said):
        if not (_BESIDE.fullmatch(text[mention.end : start]) or _OF.fullmatch(text[end : mention.start])):
            continue
        # "the report's text" is not the same point of the report.
        before, behind = said[at - 1 : at], said[at + 1 : at + 2]
        joined_before = any(_JOINED.fullmatch(text[other.end : mention.start]) for other in before)
        joined_behind = any(
            _JOINED.fullmatch(text[mention.end : other.start]) and not _OWN.match(text[other.end :]) for other in behind
        )
        return not (joined_before or joined_behind)
    return False


def _document_of(text: str, span: tuple[int, int], said: Sequence[Mention]) -> tuple[str, ...]:
    """The documents of the name that a reference belongs to, where a question names several.

    "point 8 of the Chair's summary" has it behind, "the Chair's summary, point 8" and 主席的总结要点8 before it; of two
    references that share a name, "points 8 and 9 of the report", the name may stand further off.
    """
    start, end = span
    behind = [m for m in said if m.start >= end]
    if behind and _OF.fullmatch(text[end : behind[0].start]):
        return behind[0].documents
    # "the Chair's point 8" is a name that the reference is a part of.
    before = [m for m in said if m.start < start]
    nearest = before[-1:] or behind[:1]
    return nearest[0].documents if nearest else ()


def _anchors(kind: UnitKind, match: re.Match[str]) -> tuple[str, ...]:
    groups = match.groupdict()
    if kind in ("item", "item_paragraph"):
        item = f"item{chinese_number(groups['item'])}{(groups['letter'] or '').lower()}"
        return (item,) if kind == "item" else tuple(f"{item}.{number}" for number in _numbers(groups["n"]))
    prefix = f"annex{_annex(groups['annex'])}.p" if "annex" in groups else _PREFIX[kind]
    return tuple(f"{prefix}{number}" for number in _numbers(groups["n"]))


def _annex(written: str | None) -> str:
    """The number of an annex in figures; none of one without a number."""
    if not written:
        return ""
    roman = next((n for n, (_, roman) in enumerate(ANNEX_NUMBERS, 1) if roman == written.upper()), None)
    return str(roman or chinese_number(written))


def _numbers(text: str) -> list[int]:
    """The numbers of "5–7", "5 and 9" or "10、11和12": a dash or 至 opens a range, the rest are listed."""
    numbers: list[int] = []
    for link, word in re.findall(rf"({_RANGE}?)\s*第?\s*({_NUM})", text, _FLAGS):
        number = chinese_number(word)
        if link and numbers and numbers[-1] < number:
            numbers += range(numbers[-1] + 1, min(number, numbers[-1] + _LONGEST_RANGE) + 1)
        elif number:
            numbers.append(number)
    return list(dict.fromkeys(numbers))
