"""Events and the months they are dated to, read from the sentences of a document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from assistant.disagreements.event_words import (
    BESIDE,
    BODY,
    DATE,
    HELD,
    KINDS,
    LEVEL,
    MOVED,
    NOT_ITS_OWN_BEFORE,
    NOT_ITS_OWN_BEHIND,
    PLANNED,
)
from assistant.numerals import ENGLISH_ORDINAL, chinese_number, month_number, ordinal_value
from assistant.places import place_pattern, places
from corpus.records import Language, Unit

#: Year and month; the month is 0 where only the year is given.
Month = tuple[int, int]

_CLAUSE = re.compile("[^；;]+")
_ENGLISH_IDLE = frozenset("held with that this from which were have been their them they organized conducted".split())
_CHINESE_IDLE = "的和与及在于了为对以等问题个次一期届关上中有"


@dataclass(frozen=True)
class Mention:
    """An event as one sentence speaks of it.

    Attributes:
        kind: what was held, the same word in both languages.
        occasions: its months, each with its places; several where a sentence tells of a series.
        levels: regional, national, joint and the like.
        ordinals: the number in "seventh meeting".
        subject: words for what it was on (in Chinese, pairs of characters).
        definite: whether it is spoken of as known: "the seminar held in …".
        bodies: the bodies named beside it, which meet again and again.
        planned: whether it was still to come.
    """

    unit: Unit
    start: int
    end: int
    kind: str
    occasions: tuple[tuple[Month, frozenset[str]], ...]
    levels: frozenset[str]
    ordinals: frozenset[int]
    subject: frozenset[str]
    definite: bool
    bodies: frozenset[str]
    planned: bool


@dataclass(frozen=True)
class DatedEvents:
    """All mentions of a document, and the pairs of months that one sentence gives together for a kind of event."""

    mentions: tuple[Mention, ...]
    together: frozenset[tuple[str, frozenset[Month]]]


def read_dated_events(units: Sequence[Unit]) -> DatedEvents:
    """The dated events of one language version."""
    mentions: list[Mention] = []
    together: set[tuple[str, frozenset[Month]]] = set()
    for unit in units:
        for sentence in unit.sentences if unit.kind not in ("head", "table_row") else ():
            for clause in _CLAUSE.findall(unit.text[sentence.start : sentence.end]):
                kind, at, behind = _kind(clause, unit.language)
                dates = [
                    (m, month) for m in DATE[unit.language].finditer(clause) for month in _months(m, unit.language)
                ]
                if not kind or not dates:
                    continue
                together |= {(kind, frozenset(pair)) for pair in combinations([month for _, month in dates], 2)}
                if _clear(clause, [m for m, _ in dates], behind, unit.language):
                    before, after = clause[:at], clause[behind:]
                    mentions.append(_mention(unit, sentence.start, sentence.end, kind, before, after, dates))
    return DatedEvents(tuple(mentions), frozenset(together))


def _mention(
    unit: Unit, start: int, end: int, kind: str, before: str, after: str, dates: list[tuple[re.Match[str], Month]]
) -> Mention:
    clause, language = dates[0][0].string, unit.language
    head, on = _name(before, after, language)
    return Mention(
        unit, start, end, kind,
        occasions=_occasions(clause, dates, language),
        levels=frozenset(LEVEL[language].findall(head)[-1:]),
        ordinals=_ordinals(clause, language),
        subject=_subject(f"{head} {on}", language),
        definite=_definite(before, after, language),
        bodies=frozenset(BODY[language].findall(clause)),
        planned=bool(PLANNED[language].search(clause)),
    )  # fmt: skip


def _kind(clause: str, language: Language) -> tuple[str, int, int]:
    """The one kind of event that a clause speaks of, and where first; empty where there are none or several."""
    plain = BODY[language].sub(lambda m: "·" * len(m[0]), clause)
    found = [(m.start(), m.end(), kind) for kind, forms in KINDS[language].items() for m in forms.finditer(plain)]
    if len({kind for _, _, kind in found}) != 1:
        return "", 0, 0
    at, behind, kind = min(found)
    return kind, at, behind


def _months(match: re.Match[str], language: Language) -> list[Month]:
    if language == "zh":
        return [(int(match[1]), int(month)) for month in match.groups()[1:] if month] or [(int(match[1]), 0)]
    if match[4]:
        return [(int(match[4]), 0)]
    return [(int(match[3]), month_number(name)) for name in (match[1], match[2]) if name]


def _clear(clause: str, dates: Sequence[re.Match[str]], behind: int, language: Language) -> bool:
    """Whether each date is one month, and the month in which the event was held rather than reported on or bounded."""
    return (
        len({m.start() for m in dates}) == len(dates)
        and not MOVED[language].search(clause)
        and not any(NOT_ITS_OWN_BEFORE.search(clause[: m.start()]) for m in dates)
        and not any(NOT_ITS_OWN_BEHIND.match(clause, m.end()) for m in dates)
        and all(_held_then(clause, m, behind, language) for m in dates)
    )


def _held_then(clause: str, date: re.Match[str], behind: int, language: Language) -> bool:
    before, after, to_kind = clause[: date.start()], clause[date.end() :], clause[date.end() : behind]
    held = HELD[language]
    if language == "zh":
        # 于2012年6月在布宜诺斯艾利斯举办, or 2012年7月，……举办了区域研讨会; not 2012年8月发表了……举办的研讨会的报告.
        straight = re.match(rf"(?:(?!了|发表|发布|出版|提交|印发|公布|编写|通过)[^，])*?{held}", after)
        return bool(straight) or (len(before) < 8 and bool(re.search(rf"{held}(?!的)[^，]{{0,40}}$", to_kind)))
    other_verb = r"\b(?:was|were|is|are|had|has|have|which|that|who)\b|\w+ed\b"
    if re.search(rf"\b{held}\b(?:(?!{other_verb}).){{0,240}}$", before):
        return True
    main = rf"\b{held} (?:a|an|the|its|another|\w+ (?:\w+ )?(?=\w+s\b))\b[^,]*$"
    first = len(before) < 30
    return first and bool(
        re.search(main, to_kind) or re.match(rf"[^,;]*\b(?:was|were) (?:\w+ )?{held}", clause[behind:])
    )


def _occasions(
    clause: str, dates: list[tuple[re.Match[str], Month]], language: Language
) -> tuple[tuple[Month, frozenset[str]], ...]:
    """Each month with the places beside it; a lone month has the lone place of its clause."""
    found = []
    lists = list(_in_places(language).finditer(clause))
    for date, month in dates:
        behind = [m for m in lists if date.end() <= m.start()]
        before = [m for m in lists if m.end() <= date.start()]
        if language == "zh":
            near = [m for m in behind if BESIDE["zh"].fullmatch(clause, date.end(), m.start())]
        else:
            near = [m for m in before if BESIDE["en"].fullmatch(clause, m.end(), date.start())]
            near = near or [m for m in behind if clause[date.end() : m.start()] in (" ", ", ")]
        if len(dates) == len(lists) == 1:
            near = lists
        found.append((month, places(near[0][1], language) if near else frozenset[str]()))
    return tuple(found)


@cache
def _in_places(language: Language) -> re.Pattern[str]:
    return re.compile(("在" if language == "zh" else r"\bin (?:the )?") + f"({place_pattern(language)})")


def _name(before: str, after: str, language: Language) -> tuple[str, str]:
    """The name of an event: the words that lead to its kind, and those behind it that say what it was on."""
    if language == "zh":
        return re.split(f"[，：；“”]|{HELD['zh']}的?|组织的|关于|参加|出席|一[期次场]|了", before)[-1], ""
    head = re.split(r"\b(?:a|an|the|its|held|of|in|to|and|two|three)\b|[,;:()]", before)[-1]
    ends = rf"{HELD['en']}|was|were|is|for|to|at|by|in (?:the )?[A-Z\d]"
    on = re.match(rf" on (.*?)(?:\s(?:{ends})|[,;:.(]|$)", after)
    return head, on[1] if on else ""


def _subject(name: str, language: Language) -> frozenset[str]:
    text = BODY[language].sub(" ", LEVEL[language].sub(" ", name))
    if language == "en":
        words = re.findall(r"[a-z]{4,}", re.sub(rf"\b{ENGLISH_ORDINAL}\b", " ", text.lower()))
        return frozenset(words) - _ENGLISH_IDLE
    runs = re.findall(r"[\u4e00-\u9fff]+", re.sub(rf"第[一二三四五六七八九十]+|[{_CHINESE_IDLE}]", " ", text))
    return frozenset(run[at : at + 2] for run in runs for at in range(len(run) - 1))


def _ordinals(clause: str, language: Language) -> frozenset[int]:
    if language == "zh":
        numbers = re.findall(r"第\s*([一二三四五六七八九十]{1,3}|\d{1,2})\s*[次届场期]", clause)
        return frozenset(chinese_number(number) for number in numbers)
    return frozenset(ordinal_value(word) for word in re.findall(rf"\b{ENGLISH_ORDINAL}\b", clause, re.I))


def _definite(before: str, after: str, language: Language) -> bool:
    if language == "zh":
        return bool(re.search(rf"{HELD['zh']}的[^，。；]{{0,20}}$", before))
    return bool(re.search(r"\bthe (?:[\w-]+ ){0,4}$", before) and re.match(r".{0,120}?\bheld\b", after))
