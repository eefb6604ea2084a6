"""What a question presumes that a meeting did with a text, and the standing note that denies it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.concepts import covered
from assistant.naming import mentions, straight
from assistant.numerals import chinese_number, roman_number
from assistant.question import Question
from assistant.words import WordIndex
from corpus.anchors import covers
from corpus.records import Act, Document, StandingNote, Unit

_FLAGS = re.IGNORECASE | re.ASCII

# How a question names each act. 通过 is also "by means of", so that it counts only where it ends a clause or stands
# beside what is done to a text; 批准 is also what a State does to a treaty, 实际 and 接受 are common words; a verb that
# asks for content ("what does it recommend") counts as much as the noun.
_WORDS: tuple[tuple[Act, str], ...] = (
    (
        "adopted",
        r"通过(?=了|没|吗|后|的(?!方式|办法|途径)|[,。?;、]|$)|(?:获得?|已经?|正式|最[后终]|是否|有没有"
        r"|一致|表决)通过|(?:(?<=会议)|(?<=工作组)|(?<=审议))通过|核[准可]|认可|采纳|表决(?=通过)"
        r"|生效|定案|定稿|落槌|(?<=会议)批准|(?:得到|获得?)[^,。;?]{0,8}?批准"
        r"|\badopt(?:ed|s|ion|ing)?\b|\bapprov(?:e|ed|al|es)\b|\bendors(?:e|ed|es|ement)\b|\bpassed\b"
        r"|\bsigned (?:up|off)\b|\bsign off\b|\baccepted\b"
        r"|\bin(?:to)? force\b|\b(?:take|takes|took|taken) effect\b"
        r"|\bgavell?ed\b|\bfinali[sz]ed\b",
    ),
    (
        "agreed",
        r"商定|议定(?!书)|达成(?:[^,。;?、]{0,8}的|了)?(?:一致|共识|协议)|一致同意|各[方国]同意|谈妥|谈拢"
        r"|谈[出定]|敲定|共识|一致案文|认可|协商一致"
        r"|\bagree(?:d|s|ment)?\b|\bconsensus\b|\bunanim\w+|\bcompromise\b|\bhammer(?:ed)? out\b|\bsettled?\b"
        r"|\bthrashed out\b|\bsigned off\b",
    ),
    (
        "negotiated",
        r"谈判|磋商|谈妥|谈拢|谈[出定]|敲定|逐[行条]|\bnegotiat\w+|\bline[ -]by[ -]line\b|\bcompromise\b"
        r"|\bhammer(?:ed)? out\b|\bthrashed out\b",
    ),
    (
        "decided",
        r"决定|(?:作出|形成)的决议|定下来|拍板|定案|敲定|(?:得出|形成)[^,。;?]{0,6}结论|(?<=会议)结论"
        r"|\bdecid(?:ed?|es)\b|\bdecisions?\b|\bconclu(?:sions|ded?)\b|\boutcomes?\b|\bresolved?\b|\bmandated\b|\binstruct(?:ed|s)\b"
        r"|\bsettled?\b",
    ),
    (
        "binding",
        r"约束|义务|承诺|强制|生效|法律效力|责成|必须(?:遵守|执行|照办|履行)"
        r"|\bcommitments?\b|\bcommit(?:s|ted)?(?=\s+(?:to|themselves|\w+\s+\w+\s+to)\b)|\bcommits\b"
        r"|\bmandated\b|\bbecome law\b|\blegal (?:force|effect|status)\b"
        r"|\b(?:mandatory|compulsory)\b(?=\s*(?:[?.,;]|for\b|on\b|now\b|points?\b|paragraphs?\b|$))"
        r"|\b(?:now required|have to comply|must comply)\b"
        r"|\b(?:binding|binds?|bound|oblig\w+|legally|in(?:to)? force)\b|\b(?:take|takes|took|taken) effect\b",
    ),
    ("recommended", r"建议|\brecommend\w*"),
    (
        "recorded",
        r"(?<!保存)(?<!保留)(?<!登记)记录(?!保存|系统|的?留存|和|、)|会议纪要|实际(?=[上花讨开举审])|\bactually\b"
        r"|\brecords?\b(?=\s+(?:that|what|whether|of what|how))|\bminutes\b(?=\s+(?:in|of)\b)",
    ),
)
_ACTS = tuple((act, re.compile(pattern, _FLAGS)) for act, pattern in _WORDS)
# What only looks like an act: a decision that is cited by its number, drafts and proposals of recommendations, and
# what a text or a speaker recommends, which is what it says and not what a meeting did.
_GROUP = r"工作组|会议|各[国方]|大会|代表团"
_NO_ACTS = re.compile(
    r"第\s*\d+(?:/\d+|\s*\(\d{4}\))\s*号\s*决定|\bdecisions?\s+\d+/\d+"
    r"|反建议|建议草案|项目建议|建议书|\b(?:draft|proposed)\s+recommendations?\b"
    rf"|(?:秘书处|毒罪办|办公室|嘉宾|专家|代表(?!团)|裁军厅|文件|总结|要点\s*\d*|草案|资料)"
    rf"(?:(?!{_GROUP})[^,。;?]){{0,20}}?(?<!的)建议"
    r"|\b(?:panell?ists?|experts?|speakers?|delegates?|representatives?|secretariat|UNODC|paper|document|summary"
    r"|points?(?:\s+\d+)?|draft)"
    r"(?:(?!\b(?:group|meeting|session|conference|delegations|states)\b)[^,.;?]){0,30}?\brecommend(?:s|ed)?\b",
    _FLAGS,
)
_POINTS = re.compile(r"要点|\b(?:discussion )?points\b", re.I)
# Words for the text that is asked for, which are not its subject.
_OF_TEXT = re.compile(r"全文|原文|措辞|案文|\b(?:wording|language|full text|endorsed text|accepted text)\b", _FLAGS)
_CHAPTER = re.compile(r"第\s*([一二三四五六七八九十]+|\d+)\s*章|\bchapter\s+([IVX]+|\d+)\b", _FLAGS)
_HEADING = re.compile(r"(?:([IVX]+)|([一二三四五六七八九十]+))\.\s")
# Who speaks: what one of them said stands in the summary of the deliberations, what all settled among the points.
_SPEAKER = re.compile(r"嘉宾|专家|代表(?!团)|发言|\b(?:panell?ists?|experts?|speakers?|representatives?)\b", _FLAGS)
# Who acts: the body of the documents, its parent body, or those who sit in them.
_BODIES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("工作组", re.compile(r"工作组|\bworking group\b", _FLAGS)),
    ("缔约方会议", re.compile(r"缔约方会议|缔约方大会|\bconference\b|\bCOP\b", _FLAGS)),
    ("", re.compile(r"各[国方]|代表团|\bdelegat(?:ions?|es)\b", _FLAGS)),
)
_A_RESOLUTION = re.compile(r"\bresolution\b(?!\s+\d)", _FLAGS)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# Kinds of text that say, or would say, what a meeting did; others speak for themselves only.
_OUTCOMES = ("report", "resolution")
# An act that a text says is not done, or only to be done.
_UNDONE = re.compile(
    r"(?:不|未|没有|无|应当?|可以?|不妨|考虑|供|拟|将|须|请|有待)[^,。;、]{0,6}$"
    r"|\b(?:not|nor|without|no|to|should|shall|may|might|could|would|must|will)\s+(?:\w+\s+){0,2}$",
    _FLAGS,
)
# A question that says itself that an act was not done presumes nothing; 通过没有 and 是不是 only ask.
_NOT_PRESUMED = re.compile(
    r"(?:未能?|无法|没能|(?<!有)没有?|(?<!是)不)(?:最[后终]|正式|获得?|被|能够?)?$|\bfail(?:ed|s)? to\s+$"
    r"|\b(?:could|can)(?:n't|\s?not)\s+(?:\w+\s+){0,2}$|(?:\b(?:not|never)|n't)\s+(?:(?:been|be|yet|finally|formally|to)\s+)?$",
    _FLAGS,
)
# Units among which what a meeting did is looked for, where the best is of a text that is not named.
_NEAR = 4
# Units that are asked whether they tell of an act, and the share of the question that a sentence must cover to do so.
_TELLING = 3
_TOLD = 0.4
# The share of its subject that the evidence must hold, where no document is named.
_HELD = 0.3


@dataclass(frozen=True)
class Premise:
    """A standing note that denies what a question presumes, and the document it is of."""

    document: Document
    note: StandingNote


def presumed_acts(question: str) -> frozenset[Act]:
    """The acts that a question names; ``question`` is plain."""
    return frozenset(act for act, _ in _named_acts(question))


def _named_acts(question: str) -> list[tuple[Act, str]]:
    """Each act that a question names, with the word for it; none where it says of one that it was not done."""
    text = _NO_ACTS.sub(" ", question)
    found = [(act, match) for act, pattern in _ACTS for match in pattern.finditer(text)]
    if any(_NOT_PRESUMED.search(text[: match.start()]) for _, match in found):
        return []
    return [(act, match[0]) for act, match in found]


def concerned(question: Question, documents: Sequence[Document]) -> tuple[str, ...]:
    """The documents that tell what a question presumes to be done: those it names, else those of who is said to act.

    A question that names neither a document nor its kind, nor the body, its members or the year of one, presumes
    nothing of these documents: other bodies agree on other things.
    """
    if question.documents or question.elsewhere:
        return () if question.elsewhere else question.documents
    if _A_RESOLUTION.search(question.plain):
        return tuple(document.doc_id for document in documents if document.kind == "resolution")
    years = {int(year) for year in _YEAR.findall(question.plain)}
    bodies = [name for name, pattern in _BODIES if pattern.search(question.plain)]
    if years:
        held = [document for document in documents if document.year in years]
    else:
        held = list(documents) if bodies or question.references or _POINTS.search(question.plain) else []
    of_body = [document for document in held if bodies and bodies[0] in document.body.zh]
    return tuple(document.doc_id for document in of_body or held)


def speaking(question: Question, documents: Sequence[Document]) -> list[Document]:
    """The documents that may deny what is presumed of a meeting and of no text: those that are named by name, not by
    their meeting, and those that say what a meeting did."""
    by_name = {
        doc_id for mention in mentions(straight(question.plain), tuple(documents)) if mention.by == "name"
        for doc_id in mention.documents
    }  # fmt: skip
    return [document for document in documents if document.doc_id in by_name or document.kind in _OUTCOMES]


def is_told(
    question: Question,
    evidence: Sequence[Unit],
    meant: Sequence[str],
    documents: Sequence[Document],
    index: WordIndex,
) -> bool:
    """Whether a text itself tells of what a question asks that it was adopted, agreed, decided …: it is no premise.

    "When was the Firearms Protocol adopted?" asks for what a sentence tells, "when was point 10 adopted?" does not.
    Only of units of the documents ``meant``, and not of those that deny; of points, what is said of the whole report
    that lists them tells nothing.
    """
    if _POINTS.search(question.plain) and any("dp*" in n.covers for d in documents for n in d.standing if n.denies):
        return False
    named = _named_acts(question.plain)
    words = [{act for act, other in named if other == word} for word in dict.fromkeys(word for _, word in named)]
    denying = {f"{d.doc_id}#{note.rests_on}" for d in documents for note in d.standing if note.denies}
    for unit in evidence[:_TELLING]:
        if unit.anchor_id in denying or unit.doc_id not in meant:
            continue
        concepts = question.concepts[unit.language]
        rarities = index.rarities(concepts, unit.language)
        for span in unit.sentences:
            sentence = unit.text[span.start : span.end]
            if all(acts & _done(sentence) for acts in words) and covered(concepts, rarities, sentence) >= _TOLD:
                return True
    return False


def is_held(question: Question, evidence: Sequence[Unit], index: WordIndex) -> bool:
    """Whether the best units together hold enough of the subject of a question that names no document."""
    if not evidence or question.documents:
        return bool(question.documents)
    language = evidence[0].language
    concepts = question.topic[language]
    together = " ".join(text for unit in evidence[:_TELLING] for text in (*unit.heading_path, unit.text))
    return covered(concepts, index.rarities(concepts, language), together) >= _HELD


def _done(sentence: str) -> set[Act]:
    """The acts that a sentence says were done."""
    return {
        act
        for act, pattern in _ACTS
        for match in pattern.finditer(sentence)
        if not _UNDONE.search(sentence[: match.start()])
    }


def without_acts(question: str) -> str:
    """A question without the words that name acts and their texts: what it is otherwise about."""
    for pattern in (*(pattern for _, pattern in _ACTS), _OF_TEXT):
        question = pattern.sub(" ", question)
    return " ".join(question.split())


def denied(question: Question, evidence: Sequence[Unit], documents: Sequence[Document]) -> Premise | None:
    """The standing note that denies what a question presumes, if one does.

    Args:
        question: what is asked.
        evidence: the units that answer it, best first.
        documents: those of the library.

    A note counts where it covers the best evidence, or where its document is named and it covers all of it, or nothing
    but the unit it rests on: that a meeting made no recommendations holds for all that it did. Where only a meeting is
    named, the texts that say what it did are named. Evidence is of the chapter that is named, if any is.
    """
    acts = presumed_acts(question.plain)
    evidence = _of_chapter(question.plain, evidence)
    best = evidence[0] if evidence else None
    by_name = {group[0] for group in question.groups if len(group) == 1}
    of = {document.doc_id: document for document in documents}
    # Points of the Chair's summary and of a draft stand in the report too, where it is said what the meeting did.
    of_speaker = bool(_SPEAKER.search(question.plain)) or any(name.kind == "state" for name in question.names)
    unnamed = best is not None and best.doc_id not in by_name
    if best is not None and of[best.doc_id].kind == "report":
        deniable = any(acts & set(n.denies) and covers(n.covers, best.anchor) for n in of[best.doc_id].standing)
        unnamed = unnamed and deniable and not of_speaker
    near = [unit for unit in evidence[:_NEAR] if unnamed and best and of[unit.doc_id].year == of[best.doc_id].year]
    found: list[tuple[tuple[bool, ...], Premise]] = []
    meant = concerned(question, documents)
    by_number = bool(question.references) and not question.documents
    for document in documents:
        named = document.doc_id in meant
        if meant and not named:
            continue
        says = named and (document.doc_id in by_name or (document.kind in _OUTCOMES and not by_number))
        for note in document.standing:
            if not acts & set(note.denies):
                continue
            only_itself = note.covers == (note.rests_on,)
            units = evidence[:1] if only_itself else (near or evidence[:1])
            over_best = any(unit.doc_id == document.doc_id and covers(note.covers, unit.anchor) for unit in units)
            of_points = "dp*" in note.covers and bool(_POINTS.search(question.plain))
            over_all = says and (only_itself or of_points or (note.covers == ("*",) and bool(question.documents)))
            if over_best or over_all:
                # What is said of recommendations first, where they are asked about; then what is closest to the text
                # and says most of it; of a meeting's texts its report, which says what was done with all of them.
                rank = (
                    not ("recommended" in acts and "recommended" in note.denies and only_itself),
                    bool(by_name) and document.doc_id not in by_name,
                    not (over_best or (named and of_points)),
                    document.kind != "report",
                    note.covers == ("*",),
                    unnamed and "dp*" not in note.covers,
                )
                found.append((rank, Premise(document, note)))
    return min(found, key=lambda pair: pair[0])[1] if found else None


def _of_chapter(question: str, evidence: Sequence[Unit]) -> Sequence[Unit]:
    """The evidence that stands in the chapter that a question names; all of it where none does."""
    match = _CHAPTER.search(question)
    number = match and _number(match[1] or match[2])
    inside = [unit for unit in evidence if unit.heading_path and _chapter(unit.heading_path[0]) == number]
    return inside if number and inside else evidence


def _chapter(heading: str) -> int | None:
    match = _HEADING.match(heading)
    return _number(match[1] or match[2]) if match else None


def _number(numeral: str) -> int:
    return roman_number(numeral.upper()) if numeral.isascii() and numeral.isalpha() else chinese_number(numeral)
