"""The words by which a text tells of events and their dates, in both languages, as regular expressions."""

from __future__ import annotations

import re

from corpus.records import Language

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"


def _words(forms: str, flags: int = 0) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{forms})\b", flags)


#: Kinds of event. Two kinds are never taken for one event.
KINDS: dict[Language, dict[str, re.Pattern[str]]] = {
    "zh": {
        "seminar": re.compile("研讨会(?!议)"),
        "workshop": re.compile("讲习班|研习班|工作坊"),
        "training": re.compile("培训课程?|培训班"),
        "meeting": re.compile("会议(?!室)|届会"),
        "mission": re.compile("访问|特派团|考察"),
        "assessment": re.compile("评估"),
        "destruction": re.compile("销毁"),
        "exercise": re.compile("演习|演练"),
    },
    "en": {
        "seminar": _words("seminars?", re.I),
        "workshop": _words("workshops?", re.I),
        "training": _words("training (?:courses?|sessions?)", re.I),
        "meeting": _words("meetings?|sessions?|conferences?", re.I),
        "mission": _words("missions?|visits?", re.I),
        "assessment": _words("assessments?", re.I),
        "destruction": _words("destruction|destroyed", re.I),
        "exercise": _words("exercises?", re.I),
    },
}
#: Bodies, which meet again and again, and whose names hold the names of kinds.
BODY: dict[Language, re.Pattern[str]] = {
    "zh": re.compile("缔约方会议|工作组|委员会|理事会|主席团|小组|论坛|大会"),
    "en": _words(
        r"Conferences? of (?:the )?(?:Parties|States)|Working Group(?: on [A-Z]\w+(?: (?:in|of|and) [A-Z]\w+)*)?"
        r"|Committee|Commission|Council|Bureau|Group|Forum|Assembly"
    ),
}
#: At which level, and by whom together.
LEVEL: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(r"区域间|(?<![两三四五六七八九十\d\s])次区域|区域|国家|国内|全国|国际|全球|联席|联合|专家组"),
    "en": _words("interregional|subregional|regional|national|international|global|joint|expert"),
}
#: That something took place.
HELD: dict[Language, str] = {
    "zh": "(?:举办|举行|召开|开办|主办|开展)",
    "en": "(?:held|hosted|organi[sz]ed|convened|conducted|carried out|took place)",
}
#: Dates: year, month, and the month at the end of a span of several; in English the first month, the month, the year,
#: and a year alone.
DATE: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(
        r"(?<![-–—至\d])(\d{4})\s*年(?:\s*(\d{1,2})\s*月(?:\s*\d{1,2}\s*日?)?"
        r"(?:\s*[至和到、–—-]\s*(?:(\d{1,2})\s*月)?\s*\d{0,2}\s*日?)?)?"
    ),
    "en": re.compile(
        rf"\b(?:({_MONTHS})(?: \d{{1,2}})? ?(?:and|to|or|–|-) ?)?(?:\d{{1,2}} )?({_MONTHS}) ((?:19|20)\d\d)\b"
        r"|\bin ((?:19|20)\d\d)\b(?![-–—])"
    ),
}
#: Before or behind a date that is not the event's own: it bounds it, or dates a resolution or a letter.
NOT_ITS_OWN_BEFORE = re.compile(
    r"\b(?:since|before|after|by|until|prior to|between|of|dated)\s+(?:\d{1,2} )?$|(?:自|截至|截止|从)于?\s*$", re.I
)
NOT_ITS_OWN_BEHIND = re.compile(r"\s*(?:以来|之?前|以?后|起|底前|开始|的?第\s*[\d/]+\s*号|致)")
#: The event was moved, so that two dates are both right.
MOVED: dict[Language, re.Pattern[str]] = {
    "zh": re.compile("推迟|改期|延期|原定|取消"),
    "en": _words("postponed|rescheduled|originally|initially|cancelled|deferred"),
}
#: The event was still to come, so that its date could change.
PLANNED: dict[Language, re.Pattern[str]] = {
    "zh": re.compile("计划(?=在|于|举|召|开)|拟于|将于|将在|定于|预计"),
    "en": _words("will|planned|plans|scheduled|to be (?:held|convened|opened)|proposed"),
}
#: What may stand between a date and the place beside it: in Chinese behind the date, in English before it.
BESIDE: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(r"[，,]?\s*"),
    "en": re.compile(r",? (?:in|on|from|during)?(?: \d{1,2}(?: ?(?:to|and|–|-) ?\d{1,2})?)? ?"),
}
