"""What a text asks of whom, and how strongly."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cache

from assistant.alignment.records import Span
from corpus.records import Language


@dataclass(frozen=True)
class Duty:
    """Something that a text asks: how strongly, in which words, of whom, and what.

    ``strength`` is 0 for an invitation to consider and 7 for what must be done; ``word`` tells two ways to ask that are
    equally strong apart. ``actors`` are told by a name that is the same however they are written. The spans are of the
    words that ask, of those that name the actors, None where none are found, and of what is asked.
    """

    strength: int
    word: str
    actors: frozenset[str]
    asking: Span
    named: Span | None
    asked: Span


# How strongly the United Nations' verbs ask, the strongest first. That "urges" is more than "calls upon", that more
# than "encourages", is the usage of its resolutions; "should" stands where points are listed that are not one.
_STRENGTHS = {
    "must": 7,
    "urge": 6,
    "call upon": 5,
    "request": 5,
    "should": 5,
    "recommend": 4,
    "encourage": 3,
    "invite": 3,
}
_CONSIDER = 2

# Who is asked stands before the words that ask, "States should", or behind them, "urges States".
_FORMS: dict[Language, tuple[tuple[str, bool, str], ...]] = {
    "zh": (
        ("must", True, r"必须|务必|不得|应当?禁止"),
        ("urge", False, r"敦促|促请"),
        ("call upon", False, r"呼吁|吁请"),
        # "States should also encourage" asks something of States, "encouraged should be States" encourages them.
        ("encourage", False, r"(?:(?<![国方会处室门组构关])(?<![国方会处室门组构关][还也亦])应当?)?鼓励"),
        ("invite", False, r"邀请(?![函信者])"),
        ("recommend", False, r"建议(?=[\u4e00-\u9fff]{0,12}?(?:国|方|处|会议|办公室|组))"),
        ("request", False, r"(?<![申邀促吁聘提敬])请(?![求愿示教假柬帖])"),
        ("should", True, r"(?<![响适对供反相效回感答])应(?:当|该)?(?:鼓励)?(?![用对急邀付有变力答激纳])"),
    ),
    "en": (
        ("must", True, r"\b(?:must|shall)\b"),
        ("urge", True, r"\b(?:is|are|be) (?:\w+ ){0,2}?urged\b"),
        ("call upon", True, r"\b(?:is|are|be) (?:\w+ ){0,2}?called upon\b"),
        ("request", True, r"\b(?:is|are|be) (?:\w+ ){0,2}?requested\b"),
        ("encourage", True, r"\b(?:should )?(?:is|are|be) (?:\w+ ){0,2}?encouraged\b"),
        ("invite", True, r"\b(?:is|are|be) (?:\w+ ){0,2}?invited\b"),
        ("urge", False, r"\burges\b"),
        ("call upon", False, r"\bcalls (?:up)?on\b"),
        ("request", False, r"\brequests(?= (?!for\b|to\b|from\b|of\b|and\b|are\b|is\b|as\b|should\b|could\b))"),
        ("encourage", False, r"\bencourages\b"),
        ("invite", False, r"\binvites\b"),
        ("recommend", False, r"\brecommends\b"),
        ("should", True, r"\bshould\b"),
    ),
}
_CONSIDERS: dict[Language, str] = {
    "zh": r"(?:[\u4e00-\u9fff]{0,12}?)考虑(?!到)",
    "en": r"(?:,? \w+,?){0,4}? consider(?:ing)?\b",
}
# Words for who acts; the first that fits is meant, so that a name stands before what is part of it.
_ACTORS: tuple[tuple[str, str, str], ...] = (
    ("UNODC", r"(?:联合国)?毒品和犯罪问题办公室|禁毒办|毒罪办", r"UNODC|United Nations Office on Drugs and Crime"),
    ("INTERPOL", r"国际刑警组织|国际刑事警察组织", r"INTERPOL|International Criminal Police Organization"),
    ("conference", r"缔约方会议|缔约国会议", r"Conference of the Parties|Meeting of the Parties|the Conference"),
    ("assembly", r"大会", r"General Assembly"),
    ("secretary-general", r"秘书长", r"Secretary-General"),
    ("secretariats", r"(?:相关)?(?:机构的)?秘书处", r"[Ss]ecretariats?"),
    ("working group", r"工作组", r"Working Group"),
    ("states parties", r"缔约国|缔约方", r"[Ss]tates [Pp]arties|[Ss]tate [Pp]arty"),
    ("signatories", r"签署国", r"signatory States|[Ss]ignator(?:y|ies)"),
    ("member states", r"(?:各)?(?:会员国|成员国)", r"Member States?"),
    ("observer states", r"观察员(?:国)?", r"observer States?|observers"),
    ("governments", r"各国政府", r"Governments?"),
    (
        "states",
        r"各国|(?<=[的他有述关源惠达中])国家(?![级法立机数标枪登档主计一安执政预间实内])",
        r"[Cc]ountries|States",
    ),
    ("law enforcement", r"执法(?:机关|机构|部门)", r"[Ll]aw enforcement (?:agencies|authorities)"),
    ("prosecution", r"检察(?:部门|机关)", r"[Pp]rosecution services|[Pp]rosecutors"),
    ("customs", r"海关", r"[Cc]ustoms(?: authorities)?"),
    ("courts", r"法院|司法(?:机关|部门)", r"[Cc]ourts|[Jj]udicial authorities"),
    (
        "organizations",
        r"(?:国际|区域|政府间)组织",
        r"(?:[Ii]nternational|[Rr]egional|[Ii]ntergovernmental) organizations",
    ),
    ("financial institutions", r"金融机构", r"[Ff]inancial institutions"),
    ("civil society", r"民间社会|非政府组织", r"[Cc]ivil society|[Nn]on-governmental organizations"),
    ("private sector", r"私营部门|业界|服务提供商", r"[Pp]rivate sector|[Ii]ndustry|[Ss]ervice providers"),
    ("academia", r"学术界|大学|研究机构", r"[Aa]cademia|[Uu]niversities|[Rr]esearch institutions"),
    ("stakeholders", r"利益攸关方", r"[Ss]takeholders"),
    ("donors", r"捐助(?:方|者|国)", r"[Dd]onors"),
    ("focal points", r"联络点", r"[Ff]ocal points?"),
)
_SENTENCE_END = re.compile(r"[。；;]|(?<!\b[A-Z])\.(?=\s|$)|\n")
# What may stand between two names of one list of actors.
_JOINT = re.compile(
    r"\s*(?:[、，,和及或]|以及|其他|相关|有关|and|or|the|as well as|relevant|other|\s)*\s*", re.IGNORECASE
)
_TAIL = re.compile(r"(?:[\s，,、]|(?<=\s)and|[和并及])*$")
# How far from the words that ask the actor may stand, in characters.
_REACH: dict[Language, int] = {"zh": 60, "en": 160}


@cache
def _asking(language: Language) -> re.Pattern[str]:
    every = "|".join(f"(?P<f{n}>{pattern})" for n, (_, _, pattern) in enumerate(_FORMS[language]))
    return re.compile(every, re.IGNORECASE if language == "en" else 0)


@cache
def _considering(language: Language) -> re.Pattern[str]:
    return re.compile(_CONSIDERS[language], re.IGNORECASE)


@cache
def _naming(language: Language) -> re.Pattern[str]:
    at = 1 if language == "zh" else 2
    around = r"{}" if language == "zh" else r"\b(?:{})\b"
    return re.compile("|".join(f"(?P<a{n}>{around.format(row[at])})" for n, row in enumerate(_ACTORS)))


def duties(text: str, language: Language) -> tuple[Duty, ...]:
    """What a text asks, in order; what only explains why it does is none."""
    ends = [match.start() for match in _SENTENCE_END.finditer(text)] + [len(text)]
    matches = list(_asking(language).finditer(text))
    found: list[Duty] = []
    for n, match in enumerate(matches):
        word, before, _ = _FORMS[language][int((match.lastgroup or "f0")[1:])]
        end = ends[bisect_left(ends, match.start())]
        following = min(end, matches[n + 1].start()) if n + 1 < len(matches) else end
        first = max((at for at in ends if at < match.start()), default=-1) + 1
        after_last = max(first, matches[n - 1].end()) if n else first
        actors, named = (
            _last_actors(text, max(after_last, match.start() - _REACH[language]), match.start(), language)
            if before
            else _first_actors(text, match.end(), min(following, match.end() + _REACH[language]), language)
        )
        considered = _considering(language).match(text, match.end(), following)
        strength = _STRENGTHS[word] - (_CONSIDER if considered else 0)
        if found and not named and before:
            # "and should also": of whom it was asked just before.
            actors = found[-1].actors
        found.append(
            Duty(
                strength, f"{word} consider" if considered else word, actors,
                (match.start(), considered.end() if considered and language == "en" else match.end()), named,
                (match.end(), following),
            )
        )  # fmt: skip
    return tuple(replace(duty, asked=_trimmed(text, duty.asked)) for duty in found)


def actors_named(text: str, language: Language) -> tuple[tuple[str, Span], ...]:
    """Who is named in a text that can be asked something, by a name that is the same however they are written."""
    found = _naming(language).finditer(text)
    return tuple((_ACTORS[int((match.lastgroup or "a0")[1:])][0], match.span()) for match in found)


def _last_actors(text: str, start: int, end: int, language: Language) -> tuple[frozenset[str], Span | None]:
    """The actors named last before the words that ask, several where they stand in a list."""
    names = list(_naming(language).finditer(text, start, end))
    taken = names[-1:]
    for earlier in reversed(names[:-1]):
        if not _JOINT.fullmatch(text, earlier.end(), taken[0].start()):
            break
        taken.insert(0, earlier)
    return _read(taken)


def _first_actors(text: str, start: int, end: int, language: Language) -> tuple[frozenset[str], Span | None]:
    names = list(_naming(language).finditer(text, start, end))
    taken = names[:1]
    for later in names[1:]:
        if not _JOINT.fullmatch(text, taken[-1].end(), later.start()):
            break
        taken.append(later)
    return _read(taken)


def _read(taken: list[re.Match[str]]) -> tuple[frozenset[str], Span | None]:
    if not taken:
        return frozenset(), None
    names = frozenset(_ACTORS[int((match.lastgroup or "a0")[1:])][0] for match in taken)
    return names, (taken[0].start(), taken[-1].end())


def _trimmed(text: str, span: Span) -> Span:
    """A span without what joins it to what follows."""
    start, end = span
    return start, start + len(_TAIL.sub("", text[start:end]))
