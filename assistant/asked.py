"""The kind of answer that a question demands, and whether a text has one that the question does not already give.

"How much did it cost?" is not answered by a paragraph on what was bought, however near: it must name a sum.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from assistant.expected import holds_person
from assistant.places import place_names, states_named
from corpus.numbers import chinese_numbers, english_numbers
from corpus.records import Language

Asked = Literal[
    "money", "share", "span", "number", "members", "clock", "day", "date", "place", "state", "person", "names",
    "article", "said", "reason", "wording", "beyond",
]  # fmt: skip

_FLAGS = re.IGNORECASE
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
# What a question may ask for that speaks of States, and is none.
_OF_A_TEXT = (
    "paragraph|para|point|part|article|item|document|text|paper|draft|report|resolution|recommendation|provision|clause"
    "|section|sentence|measure|step|obligation|rule"
)
_ROLES = (
    "chair|president|dealer|speaker|ambassador|minister|panellist|officer|official|director|secretary|person|delegate"
)

_COUNTS = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[2-9]|[1-9]\\d"

_SMALL = r"[2-9]|\d\d|[两三四五六七八九十]+"

# In this order: of "how much money" only money is asked, of "how many years" only a span of time.
_WORDS: tuple[tuple[Asked, str], ...] = (
    (
        "money",
        r"合同费|拨款|付了多少|多少(?:钱|经费|资金|美元|欧元|预算)|花(?:了)?多少"
        r"|(?<![提发作给做列举派输])出(?:了)?多少(?![次个名支件份条项人国])|费用|预算|金额|价格|津贴"
        r"|\bhow (?:large|big|much) (?:was|is|were) .{0,40}\b(?:grant|contribution|donation|fund)"
        r"|\bhow much (?:money|did|does|was|were|has|have|will|would|funding)\b|\bcosts?\b|\bbudget\b|\bsums?\b"
        r"|\bprice\b|\ballowance\b|\bfee\b|\bdollars?\b|\beuros?\b",
    ),
    (
        "share",
        r"百分之几|百分比|占(?:多少|几成|比)|几成"
        r"|\b(?:what|which) (?:share|proportion|percentage)\b|\bper ?cent\b|\bpercentage\b",
    ),
    (
        "span",
        r"多少年|几年|多久|多长时间|多少(?:天|个月|小时)|期限"
        r"|刑期|刑罚|判(?:处)?几年|\bhow (?:long|many (?:years|months|days|hours))\b|\bdeadline\b",
    ),
    (
        "number",
        r"多少|(?<!哪)几(?:个|名|支|件(?!事)|次|场|国|项|大?类|份|票|家|条|天|位|部)|票数|总数|数量|人数"
        r"|\bhow many\b|\bnumber of\b|\bcount\b",
    ),
    (
        "members",
        rf"逐一|一一列|(?:{_SMALL})[^,。?]{{1,24}}(?:分别|各(?:自)?)(?:是|为|有)"
        rf"|哪(?:{_SMALL})(?:个|项|国|大|类|种|条|家|份)"
        rf"|\b(?:which|what|name|list|give me) (?:the |are the )?(?:{_COUNTS})\b"
        rf"|\bthe (?:{_COUNTS})\b.{{0,60}}\b(?:by name|one by one|each)\b",
    ),
    ("clock", r"几点|几时|钟点|\bwhat (?:time|hour)\b|\bat what (?:time|hour)\b"),
    (
        "day",
        r"几月几[日号]|(?<!第)几[号日](?!内|法|决)|哪(?:一)?天|(?:具体|确切)(?:日期|时间)"
        r"|\b(?:on (?:which|what)|which|what) (?:exact )?(?:day|date)\b"
        r"|\bwhen exactly\b|\bexact(?:ly)? (?:when|date|day)\b",
    ),
    (
        "place",
        r"(?<!从)哪里|何地|哪儿|(?:在|是)哪(?:一)?(?:个|座)?(?:城市|地方|市)|地点|哪(?:个|座)城市"
        r"|\bwhere (?:was|were|is|are|did|does|do|will|has|have)\b"
        r"|\b(?:which|what) (?:city|cities|town|venue|place|country was .{0,40}held)\b|\bvenue\b",
    ),
    (
        "date",
        r"何时|什么时候|什么时间|哪(?:一)?(?:天|年|月|日)|几月|几号|几日|日期"
        # A clause before the question is no question: "When a firearm is seized, what is recorded?"
        r"|(?:^|[,;] ?|\b(?:and|since|until) )when\b(?!.*, ?(?:what|which|who|how|where|should|must|may|can|do|does)\b)"
        r"|\bwhen (?:is|are|was|were|did|does|do|will|has|have)\b"
        r"|\b(?:what|which) (?:\w+ )?(?:dates?|days?|years?|months?)\b",
    ),
    (
        "state",
        r"国名|国家名|哪(?:一|个|几|些|\d+)?个?(?:国(?!家组|际)|会员国|缔约国|签署国|政府(?!间))|哪国(?!际)"
        r"|哪\s*\d+\s*国"
        # "Which paragraph asks States to mark firearms?" asks for a paragraph.
        rf"|\b(?:which|what) (?:(?!(?:{_OF_A_TEXT})s?\b)"
        r"(?!must|do|can|could|should|may|are|were|is|was|will|ha[sv]|did)\w+ ){0,2}"
        r"(?:countr(?:y|ies)|States?|Member States?|governments?|delegations?)\b"
        r"|\bname(?:s of)? the (?:\w+ ){0,2}(?:countr(?:y|ies)|States?)\b|\bStates?\b.{0,60},? by name\b",
    ),
    (
        "person",
        r"哪(?:一)?位(?!嘉宾|专题)|姓名|叫什么|谁(?:是|当|担任|做)?(?:的)?(?:主席|主持|签署)|(?:主席"
        r"|报告员|主持(?:人)?|由)是?谁|谁(?:会|将|要|被)?(?:当选|选为|出任|接任)"
        rf"|\bnames? of the (?:\w+ ){{0,3}}(?:{_ROLES})s?\b|\b(?:{_ROLES})(?:'s|s')? names?\b"
        r"|\bwho (?:was|is|were|will be) (?:in the chair|the chair|chairing|president)\b"
        r"|\bwho (?:(?:is|was|will|would|has) (?:\w+ ){0,3}?)?(?:chair|chaired|chairs|preside[ds]?|signed|elected)\b"
        rf"|\bnames? of (?:\w+ )?(?:{_ROLES})s?\b|\bwho (?:are|were) the (?:{_ROLES})s?\b",
    ),
    (
        "names",
        r"名单(?!.{0,4}(?:在|见|是)哪)|名称|\bnames of\b|\bnamed what\b|\bcalled what\b|\bwhat (?:is|was) \w+ called\b",
    ),
    (
        "said",
        r"(?:说|讲|谈|提)(?:了|的是|的)?(?:什么|哪|些什么)|(?:发言|讲话|致辞)(?:中|里|时)?(?:的)?(?:主要"
        r"|具体|全部)?(?:内容|要点|大意|建议)|主要内容"
        r"|(?:具体|到底|究竟)(?:说|讲|提)|\bwhat (?:did|does) .{3,80}\b(?:say|tell|state|argue|suggest"
        r"|propose|report)\b|\bmain (?:message|point)s?\b"
        r"|\bsummari[sz]e what\b|\bcontent of .{0,40}statement",
    ),
    (
        "article",
        r"哪(?:一|几)?条(?!建议|意见|消息)|第几条|条(?:款)?号"
        r"|\b(?:which|what) articles?\b(?! of clothing)|\barticle numbers?\b",
    ),
    ("reason", r"为什么|为何|原因|理由|\bwhy\b|\breasons?\b(?! to)"),
    ("wording", r"全文|原文|\bfull (?:text|wording)\b|\bwhat wording\b|\bverbatim\b"),
    (
        "beyond",
        r"应(?:该)?(?:支持|持什么)|你(?:认为|觉得|看)|您(?:认为|觉得|看)|推荐|最新|目前进展|今年|去年|明年|本月|现在的"
        r"|\bin your (?:view|opinion)\b|\bdo you think\b|\bshould (?:we|i|my|our)\b|\blast year\b"
        r"|\bthis (?:month|year|week)\b|\bnext year\b|\blatest news\b|\bright now\b|\bnowadays\b",
    ),
)
_ASKS = tuple((asked, re.compile(pattern, _FLAGS)) for asked, pattern in _WORDS)
_MONEY = re.compile(r"美元|欧元|人民币|万元|\b(?-i:US\$|USD|EUR)|[$€£]|\b(?:dollars?|euros?)\b", _FLAGS)
# May is a month where it is written with a capital, or before a figure.
_DATE = re.compile(
    rf"(?:19|20)\d\d\s*年|\d{{1,2}}\s*月|\b(?:{_MONTHS.replace('|May', '')}|(?-i:May)|may(?=\s\d))\b|\b(?:19|20)\d\d\b",
    _FLAGS,
)
_DAY = re.compile(
    rf"\d{{1,2}}\s*月\s*\d{{1,2}}|\b\d{{1,2}}(?:\s*(?:[-–]|to|and)\s*\d{{1,2}})?\s+(?:{_MONTHS})\b|\b(?:{_MONTHS})\s+\d{{1,2}}\b",
    _FLAGS,
)
_CLOCK = re.compile(r"\d{1,2}\s*[时点](?!间)|\b\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]\.?m\b|noon|hours\b)|正午|中午", _FLAGS)
_SHARE = re.compile(r"百分之|[%％]|\bper ?cent\b|\b(?:half|third|quarter|majority) of\b|分之", _FLAGS)
_ARTICLE = re.compile(r"第\s*[\d一二三四五六七八九十百]+\s*(?:条|款)|\barticles?\s+\d+", _FLAGS)
_OF_STATES = re.compile(r"国(?!际|家组)|\b(?:countr(?:y|ies)|States?|governments?)\b", _FLAGS)
_CITY = re.compile(r"城市|哪(?:个|座)?市|\b(?:city|cities|town|venue)\b", _FLAGS)
# 2014年 and 5月 are dates, 十年 and 六个月 lengths of time.
_SPAN = re.compile(
    r"(?<![\d第一二三四五六七八九十])(?!(?:19|20)\d\d\s*年)[\d一二三四五六七八九十两]+\s*(?:多|余)?\s*"
    r"(?:年(?!\d|\s*\d+\s*月)|个月|天|个?小时|周)"
    r"|\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)[\s-]*(?:years?|months?|days?|hours?|weeks?)\b",
    _FLAGS,
)
# A paragraph that lists who spoke or came, and not what was said.
_SPEAKERS = re.compile(
    r"(?:作了|的)(?:一般性|简短)?发言(?:。|$|的|[,，:：])|发了言|出席了会议"
    r"|\bmade (?:general |brief )?statements?\b|\bwere represented\b"
    r"|\bmade by\b.{0,40}\brepresentatives\b|\battended the meeting\b",
    _FLAGS,
)
_BECAUSE = re.compile(
    r"因为|由于|鉴于|为了|因此|之所以|考虑到|以便|认识到|\b(?:because|due to|owing to|in (?:view|light) of"
    r"|given|as a result|so as to|in order to"
    r"|recogni[sz]ing|since|so that|therefore|considering)\b",
    _FLAGS,
)
# Numbers that count nothing: of years, days, months, documents, articles, paragraphs and items.
_NUMBERED = re.compile(
    r"(?:19|20)\d\d\s*年?|\d{1,2}\s*[月日]|第\s*[\d一二三四五六七八九十/]+\s*\S?|[A-Z/.]+\d[\d/.]*"
    r"|\b(?:articles?|paras?\.?|paragraphs?|items?|resolutions?|decisions?|target)\s+[\d/.()a-z]+"
    rf"|\b\d{{1,2}}(?:[-–]\d{{1,2}})?\s+(?:{_MONTHS})|\b(?:{_MONTHS})\b(?:\s+\d{{1,2}}\b)?",
    _FLAGS,
)


@lru_cache(maxsize=256)
def kinds_asked(question: str) -> tuple[Asked, ...]:
    """The kinds of answer that a question demands; ``question`` is plain. Of money, span and number only the first.

    ``beyond`` is asked for by what no document says: a view, or how things are today.
    """
    found = [asked for asked, pattern in _ASKS if pattern.search(question)]
    counts = [asked for asked in found if asked in ("money", "share", "span", "number")]
    dates = [asked for asked in found if asked in ("day", "date")]
    return tuple(asked for asked in found if asked not in counts[1:] and asked not in dates[1:])


def gives(asked: Asked, text: str, question: str, language: Language) -> bool:
    """Whether a text has an answer of a kind, other than what the question itself says.

    A ``share`` is a percentage or a fraction, a ``day`` a date with its day, a ``clock`` time one of the day;
    ``members`` are as many things, or States, as the question says there are. Nothing gives ``wording`` or ``beyond``:
    a text whose wording is asked for is found by its number, if it is there.
    """
    if asked == "money":
        return bool(_MONEY.search(text))
    if asked == "span":
        return bool(_SPAN.search(text))
    if asked == "number":
        return bool(_numbers(text, language) - _numbers(question, "zh") - _numbers(question, "en"))
    if asked == "share":
        return bool(_SHARE.search(text))
    if asked == "members" and _OF_STATES.search(question):
        return len(_other_states(text, question, language)) >= _members(question)
    if asked == "members":
        return _longest_list(text, language) >= _members(question)
    if asked == "clock":
        return bool(_CLOCK.search(text))
    if asked == "day":
        return bool(_said(_DAY, text) - _said(_DAY, question))
    if asked == "date":
        return bool(_dates(text) - _dates(question))
    if asked == "place":
        known = place_names(question, "zh") | place_names(question, "en")
        return bool(place_names(text, language, cities_only=bool(_CITY.search(question))) - known)
    if asked == "article":
        return bool(_said(_ARTICLE, text) - _said(_ARTICLE, question))
    if asked == "state":
        return _names_another_state(text, question, language)
    if asked == "person":
        return holds_person(text)
    if asked == "names":
        return holds_person(text) or _names_another_state(text, question, language) or "《" in text
    if asked == "said":
        return not _SPEAKERS.search(text)
    if asked == "reason":
        return bool(_BECAUSE.search(text))
    return False


def share_ungiven(text: str, question: str, language: Language) -> float:
    """The share of the kinds of answer that a question demands which a text does not give; 0 where none is demanded."""
    asked = [each for each in kinds_asked(question) if each != "beyond"]
    return sum(not gives(each, text, question, language) for each in asked) / len(asked) if asked else 0.0


def _numbers(text: str, language: Language) -> set[str]:
    rest = _NUMBERED.sub(" ", text)
    return set((chinese_numbers if language == "zh" else english_numbers)(rest))


def _dates(text: str) -> set[str]:
    return {"".join(match[0].split()).lower().rstrip("年") for match in _DATE.finditer(text)}


def _said(pattern: re.Pattern[str], text: str) -> set[str]:
    return {"".join(match[0].split()).casefold() for match in pattern.finditer(text)}


def _members(question: str) -> int:
    """How many members a list must have that a question asks for: the largest small number it names; 2 without one."""
    named = {*chinese_numbers(question), *english_numbers(question)}
    return max((int(number) for number in named if number.isdigit() and 1 < int(number) < 100), default=2)


def _longest_list(text: str, language: Language) -> int:
    """Members of the longest list of a text: of the lines below a sentence, or of what commas part within one."""
    marks = "、|，|和|及" if language == "zh" else ", |; | and "
    return max(text.count("\n"), *(1 + len(re.findall(marks, each)) for each in re.split("[。\n]|\\. ", text)))


def _names_another_state(text: str, question: str, language: Language) -> bool:
    return bool(_other_states(text, question, language))


def _other_states(text: str, question: str, language: Language) -> frozenset[int]:
    return states_named(text, language) - states_named(question, "zh") - states_named(question, "en")
