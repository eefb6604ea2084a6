"""Counts that disagree with their lists: "representatives of 11 Member States", and twelve are named.

Only what leaves no doubt is compared: one number of States, and a list that is complete and splits one way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.disagreements.event_words import HELD
from assistant.places import state_pattern
from corpus.numbers import chinese_numbers, english_numbers
from corpus.records import Language, Unit

_ONES = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
_ENGLISH = rf"\d{{1,3}}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?|{_ONES}|eighteen|nineteen"
_COUNT = {
    "zh": re.compile(
        r"(?<![\d.,第])(\d{1,3}|(?!一个)[一二两三四五六七八九十]{1,3})\s*个\s*[^，。：；、\d]{0,9}?"
        r"(?:会员国|成员国|缔约国|缔约方|签署国|签署方|国家|非缔约方|参与国)"
    ),
    "en": re.compile(
        rf"(?<![\w.,-])({_ENGLISH})(?: [\w-]+){{0,2}}?"
        r" (?:Member States|States parties|States Parties|States|countries|parties|signatories|Governments)\b"
    ),
}
# A number that is not exactly what the list holds, and a list that is not all.
_LOOSE = {
    "zh": re.compile(
        r"包括|例如|诸如|比如|等|其中|特别是|尤其|除|超过|至少|多个|余个|大约|约\s*\d|近\s*\d|主要|分别"
        r"|[方国家]中"
    ),
    "en": re.compile(
        r"\b(?:includ\w+|such as|for example|for instance|e\.g\.|inter alia|among|others?|etc|of (?:which|whom|the \w+"
        r" (?:\w+ )?(?:States|countries|parties|signatories))|more than|at least|over|nearly|approximately|almost|about"
        r"|some|up to|particular|notably|especially|mainly|except|exception|besides|respectively|addition to)\b",
        re.I,
    ),
}  # fmt: skip
# What makes a number only near the truth, before it.
_ABOUT = {
    "zh": re.compile(r"(?:超过|至少|大?约|近|将近|不到|其中的?|除)[^，。；]{0,6}$"),
    "en": re.compile(
        r"\b(?:than|least|over|nearly|approximately|almost|about|some|up to|of the|including|besides) $", re.I
    ),
}
_FOLLOWING = {"zh": r"(?:下列|以下|如下)[^，。：；]{0,4}$", "en": r"\bfollowing $"}
_OPENS = {"zh": re.compile(r"：|，即(?=\S)"), "en": re.compile(r": |, namely,? ")}
_ATTENDED = {
    "zh": re.compile("出席|参加|与会|派代表|派员"),
    "en": re.compile(r"\b(?:attended|represented|participat\w+|took part|brought together|gathered)\b"),
}
_EVENT = {
    "zh": "会议|研讨会|讲习班|培训班|培训课程",
    "en": "meeting|seminar|workshop|training course|conference",
}
_SAME_EVENT = {
    "zh": re.compile(rf"(?:这次|此次|本次|该次|该)(?:{_EVENT['zh']})"),
    "en": re.compile(rf"\b(?:[Tt]he|[Tt]his|[Tt]hat) (?:{_EVENT['en']})\b"),
}
_NEW_EVENT = {
    "zh": re.compile(rf"{HELD['zh']}[^，。；]{{0,15}}(?:{_EVENT['zh']})"),
    "en": re.compile(rf"\b(?:[Aa]n?|[Aa]nother|[Ff]urther) (?:[\w-]+ ){{0,4}}(?:{_EVENT['en']})\b"),
}
_PERSON = {
    "zh": "(?:代表|专家|官员|从业人员)",
    "en": "(?:representatives|experts|officials|practitioners|participants|delegates)",
}


@dataclass(frozen=True)
class Miscount:
    """A number that a unit says and the other number that its list has, with the spans that hold them."""

    unit: Unit
    said: int
    listed: int
    spans: tuple[tuple[int, int], ...]


def find_miscounts(unit: Unit) -> list[Miscount]:
    """The counts of a unit that disagree with their lists."""
    found = [m for sentence in unit.sentences for m in _in_sentence(unit, sentence.start, sentence.end)]
    return found + _labelled(unit) + _attendance(unit)


def _in_sentence(unit: Unit, start: int, end: int) -> list[Miscount]:
    """A list behind the colon: "The following six signatories attended: …"."""
    language, text = unit.language, _no_brackets(unit.text[start:end].rstrip("。. ；;"))
    opens = _OPENS[language].search(text)
    if not opens:
        return []
    head, listed = text[: opens.start()], text[opens.end() :]
    counts = list(_COUNT[language].finditer(head))
    if len(counts) != 1 or _LOOSE[language].search(text):
        return []
    follows = re.search(_FOLLOWING[language], head[: counts[0].start()])
    if not follows and head[counts[0].end() :].strip():
        return []
    size, said = _size(listed, language), _number(counts[0][1], language)
    return [Miscount(unit, said, size, ((start, end),))] if size and size != said else []


def _attendance(unit: Unit) -> list[Miscount]:
    """A list some sentences on: 11 States attended a meeting, and it enabled experts of Benin and 11 others to meet.

    Those who attended can be more than those listed, never fewer, so only a longer list disagrees.
    """
    language, found, counted = unit.language, [], None
    for sentence in unit.sentences:
        text = unit.text[sentence.start : sentence.end]
        counts = list(_COUNT[language].finditer(text))
        if counts or (counted and re.search(r"\d{4}\s*年|\b(?:19|20)\d\d\b", text)):
            # Another count or another date is another event.
            clear = (
                len(counts) == 1
                and _ATTENDED[language].search(text)
                and re.search(_EVENT[language], text)
                and not _ABOUT[language].search(text[: counts[0].start()])
            )
            counted = (sentence, _number(counts[0][1], language)) if clear else None
        elif _NEW_EVENT[language].search(text):
            counted = None
        elif counted and _SAME_EVENT[language].search(text):
            size = _participants(text, language)
            if size > counted[1]:
                spans = (counted[0].start, counted[0].end), (sentence.start, sentence.end)
                found.append(Miscount(unit, counted[1], size, spans))
    return found


def _participants(text: str, language: Language) -> int:
    """How many States a sentence names as those that its representatives or experts come from; 0 where unclear."""
    state = state_pattern(language)
    if language == "zh":
        run = rf"(?<![、和及与]){state}(?:[、和及与]{state})+(?=的[^，。；]*{_PERSON[language]})"
    else:
        listed = rf"{state}(?:, {state})*,? and {state}(?!,? and|, [A-Z])"
        run = rf"\b{_PERSON[language]} (?:of|from) (?:the [a-z ]+ of )?{listed}"
    runs = list(re.finditer(run, text))
    if len(runs) != 1 or _LOOSE[language].search(text):
        return 0
    return len(re.findall(state, runs[0][0]))


def _labelled(unit: Unit) -> list[Miscount]:
    """A list of lines: "The following three documents:" and then (a) to (d)."""
    if not unit.subitems:
        return []
    head = unit.text[: unit.subitems[0].start].rstrip()
    pattern = {
        "zh": r"(?:下列|以下)\s*(\d{1,2}|[二两三四五六七八九十]{1,3})\s*[个项份点种类名位][^，。：；\d]{0,15}：$",
        "en": rf"\bfollowing ({_ENGLISH})(?: [\w-]+){{1,4}}:$",
    }[unit.language]
    match = re.search(pattern, head)
    labels = [re.sub(r"[^\w㈠-㈩]", "", item.label) for item in unit.subitems]
    orders = ("abcdefghijklmnopqrstuvwxyz", "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩", [str(n) for n in range(1, 50)])
    in_order = any(labels == list(order[: len(labels)]) for order in orders)
    if not match or not in_order or _number(match[1], unit.language) == len(labels):
        return []
    return [Miscount(unit, _number(match[1], unit.language), len(labels), ((0, len(unit.text)),))]


def _size(listed: str, language: Language) -> int:
    """How many names a list of States has; 0 where it can be read in more than one way or holds more than names.

    A name in it that is not known as a State counts: the European Union is a party too.
    """
    text = re.sub(state_pattern(language), "§", listed)
    if language == "zh":
        items = re.split("、|；", text)
        whole = len(items) - 1
        items[-1:] = re.split("(?<!共)(?:和|以及|及|与)", items[-1])
        named = all(0 < len(item.strip()) <= 30 and not re.search("，|(?<!共)和|以及|与|：", item) for item in items)
    else:
        items = re.split(r", (?!and )|; ", text)
        whole = len(items) - 1
        items[-1:] = re.split(r",? and ", items[-1])
        named = all(re.match(r"(?:the )?[A-Z§]", item) and not re.search(r" and |[,:]", item) for item in items)
    states = text.count("§")
    # Names that are no State's can hold a conjunction of their own, so that the last can be split in two ways.
    return len(items) if named and 2 * states >= len(items) and len(items) - whole in (1, 2) else 0


def _number(word: str, language: Language) -> int:
    numbers = chinese_numbers(word) if language == "zh" else english_numbers(word)
    return int(next(iter(numbers)))


def _no_brackets(text: str) -> str:
    """A text without what stands in brackets, in which a list can name anything, of the same length."""
    return re.sub(r"\([^()]*\)|（[^（）]*）", lambda m: " " * len(m[0]), text)
