"""What a document says of itself before its text begins, and what only its name or content lets one infer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePath

from corpus.parse.patterns import CHAPTER, NUMBERED, ends_as_prose
from corpus.readers.dates import whole_date, year_in
from corpus.readers.furniture import SYMBOL, is_emblem, is_furniture, is_page_number, is_symbol
from corpus.readers.reading import Field, Masthead
from corpus.records import Language

_LANGUAGES = {
    "arabic": "ar", "chinese": "zh", "english": "en", "french": "fr", "russian": "ru", "spanish": "es",
    "阿拉伯文": "ar", "中文": "zh", "英文": "en", "法文": "fr", "俄文": "ru", "西班牙文": "es",
}  # fmt: skip
_NAMES = "|".join(_LANGUAGES)
_DISTRIBUTION = re.compile(
    r"(?:Distr(?:ibution)?\.?|分发)\s*[:：]\s*([A-Za-z]+|普遍|一般|限制|有限|内部)", re.IGNORECASE
)
_ORIGINAL = re.compile(rf"(?:Original|原文)\s*[:：]\s*({_NAMES})(?:\s*(?:/|and|和|、)\s*(?:{_NAMES}))*", re.IGNORECASE)
_LANGUAGE = re.compile(rf"(?:{_NAMES})(?: only)?", re.IGNORECASE)
_ORDINAL = (
    r"(?:(?:twen|thir|for|fif|six|seven|eigh|nine)t(?:y|ieth)[- ]?)?"
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\w+teenth|\w+tieth|\d{1,3}(?:st|nd|rd|th))?"
)
_SESSION = re.compile(
    rf"(?:(?:resumed|special|emergency|\d{{4}}) )*{_ORDINAL} ?(?:(?:resumed|special|emergency|regular|intersessional)"
    r" )*(?:session|meeting|year)"
    r"|第[一二三四五六七八九十百\d\s]+(?:届|次|年)(?:特别|紧急|续)?(?:会议|会|届会)?(?:续会)?",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"(?:.{0,60}\b)?(?:General Assembly|Security Council|Economic and Social Council|Human Rights Council"
    r"|Commission(?: on| for)?|Committee|Working Group|Conference of the (?:States )?Parties|Open-ended .{0,40}group"
    r"|Congress|Governing (?:Council|Body)|Board)\b.{0,140}"
    r"|.{0,40}(?:大会|安全理事会|经济及社会理事会|理事会|委员会|工作组|专家组|缔约方会议|缔约国会议|预防犯罪大会)",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:Note|Report|Background paper|Working paper|Conference room paper|Document)?\s*"
    r"(?:prepared |submitted |issued )?by (?:the )?(?:Secretariat|Secretary-General|Chair|President|Bureau|Executive"
    r" Director).*"
    r"|(?:秘书处|秘书长|主席|主席团|执行主任)(?:编写|提交|印发)?的?(?:背景文件|说明|报告|工作文件|会议室文件)",
    re.IGNORECASE,
)
_SPONSORS = re.compile(
    r".+[:：]\s*(?:revised )?draft (?:resolution|decision)|.+[：:]\s*决(?:议|定)(?:修订)?草案", re.IGNORECASE
)
_ITEM = re.compile(
    r"(?:Agenda )?items? \d.*|.*(?:临时)?议程[*∗]?\s*项目\s*\d.*|.*items? .{1,30} of the (?:provisional )?agenda.*",
    re.I,
)
_MEETING_DATE = re.compile(r"(?:19|20)\d\d")
_ADDENDUM = re.compile(r"(?:Addendum|Corrigendum|Annex|增编|更正|附件)\s*[\dIVX一二三四五六七八九十]*", re.IGNORECASE)
#: The first letters of the symbols that United Nations documents bear.
_SERIES = frozenset(
    "A E S T ST TD CTOC CAC CEDAW CCPR CERD CRC CRPD CAT CMW CED HRI DP DC FCCC UNEP UNODC IDB WFP LOS SPLOS ISBA NPT"
    " BWC CCW APLC CD ECE ESCAP ECA LC ICCD CBD HSP HSC ICC GC GOV UNW JIU PBC TRADE TRANS ENERGY AC CONF".split()
)
_TITLE_LINES = 40
# Characters of a paragraph that are evidence enough.
_QUOTED = 200


def masthead_of(
    head: Sequence[str],
    furniture: Iterable[str],
    language: Language,
    name: str,
    first: str,
    kind: Field,
    speaker: str,
) -> Masthead:
    """The masthead of a document.

    Args:
        head: its lines before the first numbered paragraph, heading or preamble.
        furniture: lines left out of it, running heads for one.
        language: of the text, by its characters.
        name: of the file.
        first: the first words of the text, to name what has no title by.
        kind: the kind of document, inferred.
        speaker: of a resolution, the line that names the body that speaks; else empty.
    """
    lines = [line.strip() for text in head[:_TITLE_LINES] for line in text.split("\n") if line.strip()]
    every = [*lines, *(line.strip() for line in furniture)]
    title = _title(lines, name, first)
    symbol = _symbol(every, name)
    return Masthead(
        symbol=symbol,
        date=_date(every, lines, symbol),
        session=_whole(_SESSION, lines),
        body=_body(lines, title) or _speaker(speaker),
        title=title,
        language=_code(_LANGUAGE, every) or Field(language, "inferred", first[:_QUOTED]),
        distribution=_group(_DISTRIBUTION, every),
        original_language=_original(every),
        kind=kind,
    )


def is_masthead_line(line: str) -> bool:
    """Whether a line tells symbol, date, distribution or language and is no title, session or body."""
    line = line.strip()
    return bool(
        is_symbol(line)
        or is_emblem(line)
        or is_furniture(line)
        or is_page_number(line)
        or whole_date(line)
        or _DISTRIBUTION.fullmatch(line)
        or _ORIGINAL.fullmatch(line)
        or _LANGUAGE.fullmatch(line)
    )


def _symbol(lines: list[str], name: str) -> Field | None:
    for line in lines:
        if is_symbol(line):
            return Field(line.rstrip("*"), "stated", line)
    for line in lines:
        # "United Nations   A/RES/75/1", "Distr.: General A/C.1/72/L.1": a symbol beside other lines of a masthead.
        for match in SYMBOL.finditer(line):
            rest = (line[: match.start()] + " " + line[match.end() :]).strip(" |/\t")
            beside = is_emblem(rest) or is_furniture(rest) or is_page_number(rest) or _DISTRIBUTION.match(rest)
            if beside and is_symbol(match[0]):
                return Field(match[0].rstrip("*"), "stated", line)
    stem = PurePath(name).stem
    written = re.sub(r"[_＿\s]+", "/", stem).strip("/")
    written = re.sub(r"/(?:[acefrs]|en|zh|ch|chinese|english)$", "", written, flags=re.IGNORECASE)
    if is_symbol(written) and written.split("/")[0] in _SERIES:
        return Field(written, "inferred", name)
    return None


def _date(every: list[str], lines: list[str], symbol: Field | None) -> Field | None:
    for line in every:
        if found := whole_date(line):
            return Field(found, "stated", line)
    for line in lines:
        if len(line) < 120 and (year := year_in(line)):
            return Field(year, "inferred", line)
    if symbol and (year := year_in(symbol.value.replace("/", " "))):
        return Field(year, "inferred", symbol.found)
    return None


def _body(lines: list[str], title: Field | None) -> Field | None:
    for line in lines:
        is_title = title is not None and line == title.found
        if not is_title and _BODY.fullmatch(line) and not _BYLINE.fullmatch(line) and not ends_as_prose(line):
            return Field(line, "stated", line)
    return None


def _speaker(line: str) -> Field | None:
    """The General Assembly, → General Assembly."""
    name = re.sub(r"^The |[,，]$", "", line).strip()
    return Field(name, "stated", line) if name else None


def _title(lines: list[str], name: str, first: str) -> Field | None:
    rest = [line for line in lines if not is_masthead_line(line)]
    told = [
        line
        for line in rest
        if not (
            _SESSION.fullmatch(line)
            or _BYLINE.fullmatch(line)
            or _SPONSORS.fullmatch(line)
            or _ITEM.fullmatch(line)
            or _ADDENDUM.fullmatch(line)
            or ends_as_prose(line)
            or (CHAPTER.match(line) or NUMBERED.match(line))
        )
    ]
    unplaced = [line for line in told if not (_MEETING_DATE.search(line) and _is_place(line))]
    named = [line for line in unplaced if not _BODY.fullmatch(line)] or unplaced
    if named:
        return Field(named[-1], "stated", named[-1])
    if first:
        words = first if len(first) <= 60 else first[:60].rstrip() + "…"
        return Field(words, "inferred", first[:_QUOTED])
    stem = PurePath(name).stem
    return Field(stem, "inferred", name) if stem else None


def _is_place(line: str) -> bool:
    """Vienna, 10–12 May 2021; 2021年5月10日至12日，维也纳."""
    return bool(
        re.fullmatch(r"[A-Z][\w .'-]+, .{0,40}(?:19|20)\d\d", line)
        or re.fullmatch(r"(?:19|20)\d\d\s*年.{2,40}日，\S{2,20}", line)
    )


def _whole(pattern: re.Pattern[str], lines: list[str]) -> Field | None:
    return next((Field(line, "stated", line) for line in lines if pattern.fullmatch(line)), None)


def _group(pattern: re.Pattern[str], lines: list[str]) -> Field | None:
    return next((Field(match[1], "stated", line) for line in lines if (match := pattern.search(line))), None)


def _code(pattern: re.Pattern[str], lines: list[str]) -> Field | None:
    found = _whole(pattern, lines)
    return Field(_LANGUAGES[found.value.lower().removesuffix(" only")], "stated", found.found) if found else None


def _original(lines: list[str]) -> Field | None:
    found = _group(_ORIGINAL, lines)
    return Field(_LANGUAGES[found.value.lower()], "stated", found.found) if found else None
