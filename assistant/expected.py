"""What kind of thing a question asks for, and whether a text holds one: a date, a clock time, a number, a person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from corpus.normal import normalise

Expected = Literal["date", "time", "number", "person"]

_ASKS: tuple[tuple[Expected, re.Pattern[str]], ...] = (
    ("time", re.compile(r"几点|什么钟点|what time|at what hour", re.I)),
    (
        "date",
        re.compile(
            r"何时|什么时候|什么时间|哪(?:一)?(?:天|年|月|日)|几月|几号|几日|日期"
            r"|\bwhen\b|\b(?:what|which) (?:\w+ )?(?:dates?|days?|years?|months?)\b",
            re.I,
        ),
    ),
    (
        "number",
        re.compile(
            r"多少|几(?:个|名|支|件|次|场|国|项|种|类|份|条|天|位|票|家)|百分之几|数量"
            r"|\bhow (?:many|much)\b|\bnumber of\b"
            r"|\bpercentage\b|\bwhat (?:share|proportion)\b",
            re.I,
        ),
    ),
    (
        "person",
        re.compile(
            r"谁|哪(?:一)?位|什么人|何人|姓名|叫什么名字|\bwho(?:m|se)?\b|\bname of the (?:chair|person)\b", re.I
        ),
    ),
)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_HOLDS: dict[Expected, re.Pattern[str]] = {
    "time": re.compile(r"\d{1,2}\s*时|\d{1,2}\s*点|\d{1,2}(?:[:.]\d\d)?\s*[ap]\.?m\.?", re.I),
    "date": re.compile(rf"\d{{1,2}}\s*月|\d{{4}}\s*年|\b(?:{_MONTHS})\b|\b(?:19|20)\d\d\b"),
    # Counts and shares; not the numbers of years, days, documents, articles or paragraphs.
    "number": re.compile(
        r"\d[\d,.]*\s*(?:万|亿|多|余)*\s*(?:%|％|个|名|支|件|次|场|国|项|种|类|份|位|人|票|家|周年|小时|美元|欧元|机构)"
        r"|[一二三四五六七八九十百千两]+(?:个|名|支|件|次|场|项|种|类|份|位|家)|百分之"
        r"|\b\d[\d,.]* (?:per cent|percent|[a-z]{3,})|\b(?:two|three|four|five|six|seven|eight|nine|ten)\b",
        re.I,
    ),
    "person": re.compile(r"[A-Z][a-zà-ÿ]+(?:\s+(?:da|de|van|von|der))?(?:\s+[A-Z][a-zà-ÿ]+)+|代表|representative"),
}


# Who speaks, without a name.
_OFFICES = ("代表", "representative")
_LISTS = re.compile(
    r"哪些|哪几|列出|列举|名单|分别|各自|都有|全部|所有|几[个项份类种]|有什么"
    r"|\b(?:list|names? of|all the|everything|what are|give me the|both|each|which \w+(?:s|ies|people)\b)",
    re.IGNORECASE,
)

# All that is said somewhere, however many paragraphs say it: not the lines of one list.
_EVERY = re.compile(
    r"所有|全部|凡是|各(?:项|条|个)?(?:讨论)?要点|哪几[条处段]"
    r"|哪[些几](?:[个条处段项])?(?:讨论)?(?:要点|段落|段|条款|条文|建议|请求|地方)"
    r"|(?:列出|列举|罗列).{0,24}(?:要点|段落|条款|建议|请求|任务|的事)"
    r"|\b(?:everything|everywhere|all (?:of (?:it|them)|the|that|its|their))\b"
    r"|\bevery (?:place|point|paragraph|passage|request)\b"
    r"|\b(?:which|list(?: the)?|what) (?:\w+ ){0,3}?(?:points|paragraphs|requests|provisions|passages|places)\b",
    re.IGNORECASE,
)


# English writes bodies, States and titles with capitals too, so that "Working Group" looks like a person.
_INSTITUTIONAL = re.compile(
    r"\b(?:Working|Group|Conference|Part(?:y|ies)|Protocol|United|Nations|Office|Drugs?|Crime|Member|States?|Secretariat"
    r"|Firearms?|Organized|Convention|European|Union|Commission|Government|Programme|General|Assembly|Secretary|President"
    r"|International|Police|Organization|Treaty|Trade|Arms|Weapons|Small|Action|Instrument|Table|Illicit|Global|Regional"
    r"|National|Ministry|Minister|Foreign|Affairs|Security|Council|Committee|Bureau|Fund|Centre|Network|System|Model|Law"
    r"|North|South|East|West|Eastern|Western|Northern|Southern|America|Africa|Africans?|Asia|Europe|Caribbean|Republic"
    r"|Kingdom|Islands?|Chair|The|In|At|On|For|And|Of|This|That|With|From|Under|January|February|March|April|May|June|July"
    r"|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday)\b"
)


def expected_kinds(question: str) -> tuple[Expected, ...]:
    """The kinds of thing that a question asks for; none for lists, topics and comparisons."""
    plain = normalise(question)
    return tuple(kind for kind, pattern in _ASKS if pattern.search(plain))


def asks_for_list(question: str) -> bool:
    """Whether a question asks for several things; ``question`` is plain."""
    return bool(_LISTS.search(question))


def asks_for_every(question: str) -> bool:
    """Whether a question asks for all paragraphs that say something; ``question`` is plain."""
    return bool(_EVERY.search(question))


def holds_person(text: str) -> bool:
    """Whether a text names a person in Latin letters."""
    found = (match[0] for match in _HOLDS["person"].finditer(text))
    return any(each not in _OFFICES and not _INSTITUTIONAL.search(each) for each in found)


def fit(kind: Expected, text: str, words: Sequence[str]) -> float:
    """How well a text fits what is asked for: 1 where it holds a thing of that kind, 0 where it holds none.

    A person must stand beside a word of the question: "由 … Medina Hernández 主持" answers who chaired, a name further
    down a list does not and counts half. For numbers and dates nearness brought nothing on the development questions.
    """
    if kind != "person":
        return float(bool(_HOLDS[kind].search(text)))
    things = [match.span() for match in _HOLDS[kind].finditer(text)]
    things = [(start, end) for start, end in things if not _INSTITUTIONAL.search(text[start:end])]
    if not things:
        return 0.0
    # A representative without a name is half an answer wherever it stands.
    things = [(start, end) for start, end in things if text[start:end] not in _OFFICES]
    lower = text.lower()
    places = [(at, at + len(word)) for word in words for at in _found(word.lower(), lower)]
    beside = any(
        start <= w_end + _BESIDE and w_start <= end + _BESIDE for start, end in things for w_start, w_end in places
    )
    return 1.0 if beside else 0.5


def _found(word: str, text: str) -> Iterator[int]:
    at = text.find(word) if word else -1
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


# Characters that may part a person's name from a word of the question: a bracketed country or a particle.
_BESIDE = 8
