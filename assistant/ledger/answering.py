"""What the ledger answers of a question: what somebody said, or that the documents only list them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from assistant.compose import Quoted
from assistant.ledger.actors import names
from assistant.ledger.book import Book
from assistant.ledger.grammar import words
from assistant.ledger.records import Act, Entry
from assistant.question import Question
from assistant.retrieve import Passage
from assistant.sources import Sources
from corpus.anchors import labels, split_anchor_id
from corpus.errors import UnknownActorError
from corpus.library import Library
from corpus.records import Bilingual, Language

# A question that asks only this is no longer.
_LONGEST: Final = 160
#: Sentences of one answer, at most.
_MOST: Final = 6

_SAY_EN = r"say|said|state|stated|propose|proposed|suggest|recommend|request|present|mention|think|argue|emphasi[sz]e"
_ABOUT_EN = r"(?:\s+(?:about|on|regarding|concerning|with regard to)\s+(?P<topic>.+?))?"
_WHERE_EN = r"(?:\s+(?:at|in|during)\s+(?:the|its|that)\s+[^?]*?(?:meetings?|sessions?|reports?|discussions?|2\d{3}))?"
_WHO_EN = (
    r"(?:the\s+)?(?:(?:representatives?|delegations?|panellists?|delegates?)\s+(?:of|from|for)\s+)?(?P<who>[^?]{2,70}?)"
)
_ENGLISH: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:and\s+|so\s+|then\s+)?what\s+(?:else\s+)?(?:did|does|has|had)\s+{_WHO_EN}(?:['’]s?)?"
        rf"(?:\s+(?:representative|delegation|panellist|delegate))?(?:\s+(?:actually|really|in fact|itself))?"
        rf"\s+(?:{_SAY_EN}){_WHERE_EN}{_ABOUT_EN}{_WHERE_EN}\s*\??",
        rf"what\s+(?:is|was|are|were)\s+(?:the\s+)?(?:positions?|views?|stance|statements?)\s+of\s+{_WHO_EN}"
        rf"{_WHERE_EN}{_ABOUT_EN}{_WHERE_EN}\s*\??",
        rf"where\s+(?:does|did)\s+{_WHO_EN}\s+stand\s+on\s+(?P<topic>.+?)\s*\??",
    )
)
_WHERE_ZH = r"(?:，?\s*(?:在|于)?[^，。？?]{0,30}?(?:会议|会|届会|报告|讨论|发言)(?:上|中|里|时|期间)?，?\s*)?"
_ABOUT_ZH = r"(?:，?\s*(?:对于?|就|关于|针对|围绕)(?P<topic>[^，。？?]{1,40}?)(?:问题|一事|议题|方面)?，?\s*)?"
_ASKS_ZH = (
    r"(?:究竟|到底|具体|都|还|又|分别|实际)*(?:说|讲|谈|提|表示|主张|提出|建议|发表|持|有|是|表达)(?:了|过|到)*(?:些)?"
    r"(?:什么|哪些|何种|何|怎样的|啥)(?:样的)?(?:内容|话|看法|意见|立场|态度|观点|建议|主张|要求)?(?:的|呢|吗)?\s*[？?。]?"
)

_LISTS: Final[dict[Act, Bilingual]] = {
    "led": Bilingual("主持或引导讨论者", "having led a discussion"),
    "made_statement": Bilingual("发言者", "having made a statement"),
    "general_statement": Bilingual("作一般性发言者", "having made a general statement"),
    "attended": Bilingual("出席会议者", "having attended"),
    "sponsored": Bilingual("提案国", "a sponsor"),
}


@dataclass(frozen=True)
class Told:
    """What the ledger has of an answer: sentences, or why there is none with the paragraphs that list who is meant.

    ``sure`` says that nothing else in the documents can answer.
    """

    quotes: tuple[Quoted, ...] = ()
    reason: str = ""
    listing: tuple[Passage, ...] = ()
    sure: bool = False

    def before(self, passages: Sequence[Passage]) -> tuple[Passage, ...]:
        """What lists who is meant, then the other passages."""
        listing = {passage.unit.anchor_id for passage in self.listing}
        return (*self.listing, *(passage for passage in passages if passage.unit.anchor_id not in listing))


def told(question: Question, book: Book, library: Library, reader: Language, sources: Sources) -> Told | None:
    """What the ledger answers of a question what somebody said; None where it is no such question, or has nothing.

    Args:
        question: what is asked.
        book: the ledger.
        library: what it is of.
        reader: the language of the reason.
        sources: the texts to keep to.
    """
    asked = _asked(question)
    if asked is None:
        return None
    who, topic = asked
    documents = sources.among(question.documents) if question.documents else sources.documents
    if question.documents and not documents:
        return None
    try:
        actor = book.actor(who)
    except UnknownActorError:
        return None
    entries = book.ledger(actor.key, "", documents, sources.preferring(question.language)[0]).entries
    if any(not entry.listed and entry.act != "sponsored" for entry in entries):
        about = book.ledger(actor.key, topic, documents, sources.preferring(question.language)[0]).entries
        said = [entry for entry in about if not entry.listed and entry.citation.language in sources.languages]
        quotes = dict.fromkeys((e.citation.anchor, e.citation.language, e.citation.start, e.citation.end) for e in said)
        if not quotes or len(quotes) > _MOST:
            return None
        return Told(quotes=tuple(_quoted(library, *each) for each in quotes))
    if not entries:
        return None
    besides = frozenset(entry.anchor for entry in entries)
    sure = not book.speaks_of(actor, besides, documents)
    listing = tuple(_passage(library, anchor, question.language) for anchor in dict.fromkeys(e.anchor for e in entries))
    return Told(reason=_reason(library, entries, reader), listing=listing, sure=sure)


def _asked(question: Question) -> tuple[str, str] | None:
    """Who is asked about, and the topic, empty where there is none; None where it is not asked what somebody said."""
    plain = question.plain.strip()
    if len(plain) > _LONGEST:
        return None
    if question.language == "en":
        match = next((found for pattern in _ENGLISH if (found := pattern.fullmatch(plain))), None)
        actor = names().known(match["who"]) if match else None
    else:
        match = _chinese().fullmatch(plain)
        actor = names().called(match["who"], "zh") if match else None
    if match is None or actor is None:
        return None
    return actor.key, (match.groupdict().get("topic") or match.groupdict().get("before") or "").strip()


@cache
def _chinese() -> re.Pattern[str]:
    before = _ABOUT_ZH.replace("?P<topic>", "?P<before>")
    speaks = r"(?:的)?(?:代表团|代表|专题讨论嘉宾|嘉宾|专家)?"
    who = rf"(?P<who>{words('zh').name()}){speaks}"
    return re.compile(
        rf"(?:请问|那么|那)?，?{_WHERE_ZH}{before}{_WHERE_ZH}{who}{_WHERE_ZH}{_ABOUT_ZH}{_WHERE_ZH}{_ASKS_ZH}"
    )


def _reason(library: Library, entries: Sequence[Entry], reader: Language) -> str:
    """That somebody is only listed: by which document, where, for what."""
    by_document: dict[str, dict[Act, list[str]]] = {}
    for entry in entries:
        doc_id, anchor = split_anchor_id(entry.anchor)
        by_document.setdefault(doc_id, {}).setdefault(entry.act, []).append(anchor)
    said = []
    for doc_id, acts in by_document.items():
        title = library.document(doc_id).short_title(reader)
        if reader == "zh":
            lists = "、".join(f"{_LISTS[act].zh}（{labels(anchors, 'zh')}）" for act, anchors in acts.items())
            said.append(f"{title}将其列为{lists}")
        else:
            lists = " and as ".join(f"{_LISTS[act].en} ({labels(anchors, 'en')})" for act, anchors in acts.items())
            said.append(f"the {title} lists it as {lists}")
    actor = entries[0].actor.name(reader)
    if reader == "zh":
        return f"{actor}：{'；'.join(said)}，未记录其发言内容。"
    return f"{actor}: {'; '.join(said)}; it does not record what was said."


def _quoted(library: Library, anchor_id: str, language: Language, start: int, end: int) -> Quoted:
    return Quoted(library.unit(*split_anchor_id(anchor_id), language), start, end, 1.0)


def _passage(library: Library, anchor_id: str, language: Language) -> Passage:
    return Passage(library.unit(*split_anchor_id(anchor_id), language), 1.0, 1.0, (), 1.0, {})
