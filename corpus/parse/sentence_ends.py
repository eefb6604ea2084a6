"""Where sentences end, in Chinese and in English, told mark by mark: no language need be given, and texts may mix."""

from __future__ import annotations

import re

_CANDIDATE = re.compile(r"\n|(?P<mark>[。！？.!?…]+)[”’」』）》\"')\]]*(?:\[\d{1,3}\])*")
_FULL_WIDTH = frozenset("。！？")
_OPENING = "“‘\"'([（《「『"
_BEFORE_WORD = re.compile(rf"[\s{re.escape(_OPENING)}]*")
# Characters read to either side of a point: more than any abbreviation, so that a long text takes time by its length.
_REACH = 40
_CHINESE = re.compile(r"[\u2e80-\u9fff]")
_LINE_LABEL = re.compile(r"[ \t]*(?:\d{1,3}|[A-Za-z]|[IVX]{1,5}|[一二三四五六七八九十]{1,3})")
_LAST_WORD = re.compile(r"\S+$")
_INITIALS = re.compile(r"(?:[A-Za-z]\.[ -]?)*[A-Z]|(?:[a-z]\.)+[a-z]")
_NUMBER = re.compile(r"\d|[IVXLC]+\b|\(|[A-Z]\.")

# Abbreviations that a name follows, that a number follows, and that stand anywhere.
_BEFORE_NAMES = frozenset(
    "Mr Mrs Ms Messrs Mme Dr Prof St Ste Mt Ft Gen Maj Col Capt Lt Sgt Cpl Adm Cmdr Gov Sen Hon Pres Rev Fr Amb"
    " vs v cf viz e.g i.e".split()
)
_BEFORE_NUMBERS = frozenset(
    "no nos art arts para paras subpara subparas vol vols chap chaps ch sect sects sec p pp fig figs add corr amend res"
    " col app ex op c ca circa b d r fl est approx pop jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
_ANYWHERE = frozenset("a.m p.m etc al inc ltd co corp bros mfg jr sr dept ph.d a.k.a sp spp ed eds".split())
# After an abbreviation or an initial, only such a word begins a sentence: "in the U.S. The", but not "the U.S. Senate".
_OPENERS = re.compile(
    r"(?:The|A|An|This|That|These|Those|It|Its|He|His|She|Her|They|Their|We|Our|I|You|There|Here|In|On|At|By|For|From|To"
    r"|With|Of|As|If|When|While|Where|Since|During|After|Before|Until|Under|Over|Through|However|Although|Though|Because"
    r"|But|And|Or|So|Then|Thus|Also|Some|Many|Most|Several|Both|Each|Other|Others|All|No|Not|One|Two|Following|According"
    r"|Another|What|Who|Why|How)\b"
)


def sentence_ends(text: str) -> list[int]:
    """The offsets just after each sentence, its closing quotes and brackets with it; the end of a line is one too.

    。！？ always end a sentence; . ! ? do before white space, unless a lower-case letter follows or the point belongs
    to an abbreviation, an initial or a label. A text that does not end in a mark has its last end at its length.
    """
    ends = [m.end() for m in _CANDIDATE.finditer(text) if m["mark"] is None or _ends(text, m)]
    return ends if ends and ends[-1] == len(text) else [*ends, len(text)]


def _ends(text: str, match: re.Match[str]) -> bool:
    mark, end = match["mark"], match.end()
    if _FULL_WIDTH.intersection(mark) or end == len(text):
        return True
    if not text[end].isspace():
        # "真的?是" ends; a point or mark inside a number, a symbol or an address does not.
        return mark[-1] in "!?" and bool(_CHINESE.match(text, end))
    opening = _BEFORE_WORD.match(text, end)
    following = text[opening.end() : opening.end() + _REACH] if opening else ""
    if following[:1].islower():
        return False
    return mark != "." or not _abbreviated(text, match.start(), following)


def _abbreviated(text: str, point: int, following: str) -> bool:
    """Whether a point belongs to the word before it, given what follows."""
    before = text[max(0, point - _REACH) : point]
    line = before.rpartition("\n")[2]
    if (line != before or point <= _REACH) and _LINE_LABEL.fullmatch(line):
        return True
    found = _LAST_WORD.search(line)
    word = found[0].lstrip(_OPENING) if found else ""
    if word in _BEFORE_NAMES:
        return True
    if word.lower() in _BEFORE_NUMBERS and _NUMBER.match(following):
        return True
    return (word.lower() in _ANYWHERE or bool(_INITIALS.fullmatch(word))) and not _OPENERS.match(following)
