"""How a question leans on the one before it: by a bare topic, a pronoun, or an ask word alone.

Only explicit signs count. A question that names what it asks about stands on its own, whatever came before.
"""

from __future__ import annotations

import re

from assistant.earlier.slots import document_names
from assistant.earlier.substance import heavy_words, names_something, telling_words
from assistant.naming import named_documents
from assistant.numerals import ENGLISH_ORDINAL
from corpus.normal import normalise
from corpus.records import Document, Language

#: A carried part longer than this says more than a question can use; characters, by language.
_LONGEST_CONTENT: dict[Language, int] = {"zh": 120, "en": 300}

_WIDE_SPACE = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
_PADDING = re.compile(
    r"^(?:(?:好的?|嗯+|哦|谢谢(?:你|您)?|明白了?|了解了?|请问|麻烦|对了|我想(?:再)?(?:问|知道)(?:一下)?)[,。!.\s]*"
    r"|(?:ok|okay|thanks|thank you|please|so|well|right|sure|hm+|i see|great|alright|fine|sorry)\b[\s,.!:-]+)+",
    re.I,
)
_OPENING: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(
        r"^(?:那么|那(?!次|份|个|些|段|条|项|天|年|位|里|边|时|样|\d+[个份项条国])|以及|还有(?![谁哪什别其多几没])|另外|同样(?:地)?|而)[,\s]*"
    ),
    "en": re.compile(r"^(?:(?:and|or|but|then|also)\b[\s,]*)+(?:then\b[\s,]*)?", re.I),
}
_ABOUT = re.compile(r"^(?:what|how) about\s+|^what of\s+|^(?:the )?same (?:question )?(?:for|about)\s+", re.I)
_PREPOSITION = re.compile(r"^(?:as (?:for|to)|in|for|on|at|under|of|by|from|to|about|with)\s+(?=\S)", re.I)
_ASK: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(r"什么|谁|哪|多少|几(?!内亚)|(?<!任)何|怎|吗|是否|是不是|有没有|没有[?]|如何"),
    "en": re.compile(r"\b(?:who(?:m|se)?|what|which|when|where|why|how)\b", re.I),
}
_AUXILIARY = r"(?:did|does|do|is|are|was|were|has|have|had|can|could|will|would|should|shall|may|might|must)"
_SENTENCE = re.compile(
    rf"^{_AUXILIARY}\b|^(?:tell|show|give|list|explain|compare|find|please|if|i|we|you|quote|read|summari[sz]e)\b", re.I
)
_TAIL = re.compile(r"(?:里|中|上|方面)?(?:又|是|也)?(?:怎么(?:说|写|讲|规定)|如何(?:说|规定|表述))(?:的|呢)*$")
# 又 tells that the same is asked again, whatever the verb: 对造打印机的公司又怎么要求？
_AGAIN = re.compile(
    r"(?:里|中|上|方面)?又(?:是|都)?(?:怎么|怎样|如何|有何|有什么|有哪些|作何)(?:说|写|讲|看|提|做|办|规定|要求|建议|处理|对待|表述|看法|说法)?(?:的|呢)*$"
)
_TOWARDS = re.compile(r"^(?:对于|对|关于|至于|针对)(?=..)")
# What a text is asked to take up after another one: that, this point, 这一点.
_TAKES_UP: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(
        r"^(?P<text>.{2,20}?)(?:里面?|中|上)?(?:也|还|有|没|没有|有没有|是否|是不是|会不会|同样)*"
        r"(?:提|讲|说|谈|写|涉及|触及|包括|包含|列入|反映|回应|支持|重申)(?:到|及|过|了|进|入)*"
        r"(?:这个|这(?:一)?点|这些|它|此事|此点|这(?:件)?事|这(?:个|一)?(?:问题|内容|建议|要求|说法|主张))(?:吗|没有|了吗|了没有)?$"
    ),
    "en": re.compile(
        rf"^{_AUXILIARY} (?P<text>.{{3,60}}?)(?: also| even| ever)? (?:(?:pick|take|bring) (?:that|this|it|them) up"
        r"|(?:pick up|take up|bring up|mention|say|cover|deal with|address|refer to|contain|include|ask for|call for"
        r"|propose|suggest|recommend|repeat|touch (?:up)?on|speak (?:of|to)|agree with|support|echo|reflect|endorse)"
        r"(?: (?:anything|something|much))?(?: (?:on|about|of|to))? (?:that|this|it|them|these|those|the same)"
        r"(?: (?:point|issue|idea|question|matter|topic|proposal|suggestion)s?)?)"
        r"(?: (?:too|as well|also|either|at all))*$",
        re.I,
    ),
}
_ALSO: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(r"也|同样|一样"),
    "en": re.compile(r"\b(?:also|too|as well|either|likewise|similarly)\b", re.I),
}
_MORE = re.compile(
    r"^(?:(?:再)?(?:展开|详细|具体|多)(?:地|点|些|一点|一些)*(?:说说|讲讲|说|讲|介绍)?(?:一下|吧)*|然后呢?|还有呢|接着说|继续|呢)$"
    r"|^(?:can|could|would)?\s*(?:you\s+)?(?:please\s+)?(?:tell me more|elaborate|go on|continue|say more|more details?"
    r"|in more detail|expand(?: on (?:that|this|it))?)(?:\s+about (?:that|this|it))?[\s,]*(?:please)?$",
    re.I,
)
_PRONOUN: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(
        r"它们?|(?<!其)他(?:们|(?!国|人))|她们?|其中|(?<![^,。])其(?!他|它|余|实)"
        r"|该(?:国|段|条|点|要点|项|款|文件|草案|报告|会议|次会议|平台|组织|方案|课程|机构|人)"
        r"|(?:这|那|上述|此)(?:一|两|几|三)?(?:个|些|次|段|条|点|份|项|种|位|款|届|场|家|里|(?=[是有要会能对在算,?]|指))"
        r"|这样|前者|后者|两者|二者|当时|对方"
    ),
    "en": re.compile(
        r"\b(?:it|its|he|him|his|she|her|they|them|their|these|those|(?<!is )(?<!are )(?<!was )(?<!were )there"
        r"(?! (?:is|are|was|were|any|be)\b)"
        r"|this(?! (?:month|week|year|time|morning|afternoon)\b)|that|the (?:same|former|latter)|both of)\b",
        re.I,
    ),
}
_LOOSE = ("this", "that", "these", "those", "there", "its", "his", "her", "their")
_IDLE_IT = re.compile(
    r"\bit (?:true|correct|right|possible|known|the case|clear|necessary|fair)\b|\bthere (?:is|are)\b", re.I
)
_FRONTED = re.compile(rf"^(?:\w+ )?(?:what|which|how|who|when|where|why)\b[^,;:]{{0,60}} {_AUXILIARY} $", re.I)
_NEW_CLAUSE = re.compile(r"[,;:.。;：]|\b(?:that|who|because|when|if|while|since|where)\s", re.I)
_ASK_FIRST = re.compile(
    r"^(?:具体|最后|当时|到底|究竟|都|又|还|一共|总共|共|大概|确切|是|由|在|从|为|有)*"
    r"(?:谁|哪|何时|何地|为何|为什么|什么|几(?!内亚)|怎么|如何|多少|多久|多长|原因)"
)
_ELSE = re.compile(
    r"^还(?:有)?(?:谁|哪|什么|说|提|做|要|别的|其他)|^(?:有)?(?:没有)?(?:其他|别的)"
    r"|\belse\b|\bothers?\?$|^which ones?\b",
    re.I,
)
_ZH_ASKED = re.compile(
    r"请问|(?:是|又)?(?:怎么|如何)(?:说|写|讲|规定|处理|表述)|(?:是|要)?(?:干|做)(?:些)?(?:什么|啥)(?:用|事)?的?|^请(?!求)(?:告诉我|列出|列全|查一下|说明|介绍)?|有没有|是不是|是否|能不能|可不可以|(?:是)?什么(?:时候|时间|地方|人)?|何时|何地"
    r"|为什么|为何|怎么样|怎样|怎么|如何|(?:是由|是|由|有)?谁(?!都)|百分之几"
    r"|(?:是由|是|由|有|在)?(?:哪|几(?!内亚)|多少)(?:一)?(?:几)?"
    r"(?:天|年|月|日|号|点|国(?!家)|里|儿|个|些|名|支|件|次|场|项|种|类|份|条|位|票|家|段|人|钱|届)?(?:里)?"
    r"|日期|数量|姓名|(?:吗|呢|吧|啊|么|的)(?=[,。?!]|$)|(?:说|讲|写|提|做)(?:了)?(?=[,。?!]|$)"
)
_EN_ASKED = re.compile(
    r"^(?:(?:could|can|would) you\s+)?(?:please\s+)?(?:tell me|list|give me|show me)\s+"
    r"|\b(?:(?:on|in|at|by|for|from|to|under|with|of)\s+)?(?:what|which)\s+(?:\w+\s+)?(?:dates?|days?|years?|months?|hours?|time)\b"
    r"|\bhow\s+(?:many|much|long|often|far)\b|\b(?:what|which)\s+(?:share|proportion|percentage|number)\s+of\b"
    r"|\bthe (?:number|name) of\b|\bnumber of\b"
    rf"|\b(?:who(?:m|se)?|what|which|when|where|why|how)\b(?:\s+{_AUXILIARY}\b)?|^{_AUXILIARY}\b|\bpercentage\b"
    r"|\b(?:say|says|said)(?=[\s?.]*$)",
    re.I,
)
# What a question may say at most that names nothing and still leans on the one before.
_FEW_WORDS, _FEW_LETTERS = 3, 6
# Said to the assistant, or of now: neither leans on what was asked before.
_OF_NOW = re.compile(
    r"[你您]|下一?[次届]|[今明昨]天|现在|\b(?:next|today|tomorrow|yesterday|now|currently)\b|\b(?:you|your|we|us|our|i|me|my)\b",
    re.I,
)
# A name that no list holds: a capital that opens no sentence, or a word in Latin letters among Chinese ones.
_NAME: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(r"[A-Za-z]{2,}"),
    "en": re.compile(r"(?<=[\w,;'] )[A-Z][a-z]|\b[A-Z]{2,}"),
}
_PRONOUN_WORD = re.compile(r"它们?|(?<!其)他们?|她们?|\b(?:it|he|him|she|they|them)\b", re.I)


def tidy(text: str) -> str:
    """The text without what only looks different, without space around Chinese, and without polite padding."""
    plain = _WIDE_SPACE.sub("", normalise(text).replace("’", "'").strip())
    return _PADDING.sub("", re.sub(r"\s+", " ", plain)).strip()


def bare_topic(plain: str, language: Language) -> str | None:
    """The topic of a question that is nothing but one: 巴西 of 那巴西呢？, item 3 of And item 3?; else None."""
    stem = plain.rstrip("?。!. ")
    core = _OPENING[language].sub("", stem)
    opened = core != stem
    if language == "zh":
        again = bool(_AGAIN.search(core))
        tailed = _TOWARDS.sub("", _AGAIN.sub("", core)) if again else _TAIL.sub("", core)
        ended = re.sub(r"(?:呢|怎么样|又如何|如何)$", "", tailed)
        core, limit = re.sub(r"(?<=.)(?:那次|那边|那里|里|方面)$", "", ended), 30
        leaning = ended != tailed or again or (tailed != stem and (opened or len(tailed) <= 8))
    else:
        about = _ABOUT.sub("", core)
        named = _PREPOSITION.sub("", re.sub(r",? (?:please|then|though)$", "", about, flags=re.I))
        ordinal = re.fullmatch(rf"the (?:{ENGLISH_ORDINAL}|last)(?: \w+)?", core, re.I)
        leaning = (
            about != core
            or opened
            or bool(ordinal)
            or (named != about and len(about.split()) <= 4 and plain.endswith("?"))
        )
        core, limit = named, 90
        if _SENTENCE.match(core):
            return None
    if not leaning or not core or len(core) > limit or _ASK[language].search(core):
        return None
    return None if _PRONOUN[language].fullmatch(core) else core


def asks_for_more(plain: str) -> bool:
    """Whether it only asks to go on: 展开说说, tell me more."""
    return bool(_MORE.match(plain.rstrip("?。!. ")))


def opening(plain: str, language: Language) -> str:
    """What joins a question to the one before it (那么, And), empty where nothing does."""
    match = _OPENING[language].match(plain)
    return match[0] if match else ""


def pronoun(plain: str, language: Language, documents: tuple[Document, ...]) -> re.Match[str] | None:
    """The pronoun that points before the question; None where the question itself may hold what it stands for."""
    match = _PRONOUN[language].search(plain, len(opening(plain, language)))
    if not match or _IDLE_IT.search(plain):
        return None
    before = plain[: match.start()]
    if language == "zh" and re.search(r"(?:\d|年|月|日)$", before):
        return None
    if (
        match[0].lower() in ("it", "he", "she", "they")
        and _FRONTED.match(before)
        and not named_documents(before, documents)
    ):
        # What is asked for stands first and is no subject: "How many requests did it make?"
        return match
    if names_something(before, documents, language) or _NEW_CLAUSE.search(before[4:]):
        return None
    # "Which chapters of its 2020 report did the group adopt" has the owner further on, 那份草案 says which.
    loose = match[0][0] in "这那该此上" or match[0].lower() in _LOOSE
    if loose and names_something(plain, documents, language):
        return None
    return match if len(telling_words(before, language)) <= 1 else None


def elliptic(plain: str, language: Language, documents: tuple[Document, ...]) -> bool:
    """Whether it is ask words with next to nothing that they ask about: 具体是哪天？, Who else?, Why not?"""
    stem = plain.removeprefix(opening(plain, language)).rstrip("?。!. ")
    if not _ASK[language].search(stem + "?") and not _ELSE.search(stem):
        return False
    if names_something(stem, documents, language):
        return False
    if _ELSE.search(stem + "?"):
        return len(telling_words(stem, language)) <= 2
    heavy = len(telling_words(stem, language))
    if language == "zh":
        return len(stem) <= 12 and (heavy == 0 or (bool(_ASK_FIRST.match(stem)) and len(stem) <= 8))
    return len(stem.split()) <= (6 if heavy == 0 else 3)


def text_taking_up(plain: str, language: Language, documents: tuple[Document, ...]) -> str | None:
    """The text that is asked whether it takes up what came before: Does the draft resolution pick that up?"""
    match = _TAKES_UP[language].match(plain.rstrip("?。!. "))
    if not match or not named_documents(match["text"], documents):
        return None
    rest = re.sub(document_names(documents, language), "", match["text"], flags=re.I)
    return None if names_something(rest, documents, language) or heavy_words(rest, language) else match["text"]


def says_little(plain: str, language: Language, documents: tuple[Document, ...]) -> bool:
    """Whether a question names nothing and says so little that only an earlier turn can tell what it is about.

    专门培训要给哪些人？, Interpreted into how many languages?; not one put to the assistant itself. Where it asks for
    more of the same (too, 也) it may name the document that it asks this of.
    """
    if _ALSO[language].search(plain):
        plain = re.sub(document_names(documents, language), "", plain, flags=re.I)
    asks = _ASK[language].search(plain) or (language == "en" and _SENTENCE.match(plain))
    if (
        not asks
        or _OF_NOW.search(plain)
        or _NAME[language].search(plain)
        or names_something(plain, documents, language)
    ):
        return False
    words = telling_words(plain.rstrip("?。!. "), language)
    if language == "en":
        return len(words) <= _FEW_WORDS
    # The segmenter gives a compound with its parts: letters are counted once, where they stand.
    letters = {at for word in words for found in re.finditer(re.escape(word), plain) for at in range(*found.span())}
    return len(letters) <= _FEW_LETTERS


def content(text: str, language: Language) -> str:
    """What a question is about, without what it asks for: 2020年7月的会议主持 of 2020年7月的会议由谁主持？"""
    plain = tidy(text)
    plain = _OPENING[language].sub("", plain)
    parts = [part.strip(" ,.?!。，") for part in re.split(r"[()（）?]", _open_letters(plain))]
    asked = _ZH_ASKED if language == "zh" else _EN_ASKED
    kept = [re.sub(r"\s+", " ", asked.sub(" " if language == "en" else "", part)).strip(" ,.;:?!") for part in parts]
    kept = [
        _PRONOUN_WORD.sub("", part).strip() if index == 0 and len(kept) > 1 else part for index, part in enumerate(kept)
    ]
    whole = ("，" if language == "zh" else ", ").join(dict.fromkeys(part for part in reversed(kept) if part))
    whole = whole.replace("[", "(").replace("]", ")")
    return whole if len(whole) <= _LONGEST_CONTENT[language] else _cut(whole, language)


def _open_letters(text: str) -> str:
    """Brackets that belong to a number, as in item 1(b), kept apart from those that carry an earlier question."""
    return re.sub(r"\(([a-z])\)", r"[\1]", text)


def _cut(text: str, language: Language) -> str:
    short = text[: _LONGEST_CONTENT[language]]
    return short if language == "zh" else short.rsplit(" ", 1)[0]
