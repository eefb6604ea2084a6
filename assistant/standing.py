"""What a question presumes that a meeting did with a text, and the standing note that denies it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.question import Question
from corpus.anchors import covers
from corpus.records import Act, Document, StandingNote, Unit

_FLAGS = re.IGNORECASE | re.ASCII

# How a question names each act. 通过 is also "by means of", so that it counts only where it ends a clause or stands
# beside what is done to a text; a verb that asks for content ("what does it recommend") counts as much as the noun.
_WORDS: tuple[tuple[Act, str], ...] = (
    (
        "adopted",
        r"通过(?=了|没|吗|后|的(?!方式|办法|途径)|[,。?;、]|$)|(?:获得?|已经?|正式|最[后终]|是否|有没有"
        r"|一致)通过|核[准可]|认可|采纳|表决|生效"
        r"|\badopt(?:ed|s|ion|ing)?\b|\bapprov(?:e|ed|al)\b|\bendors(?:e|ed|ement)\b|\bpassed\b"
        r"|\bsigned up\b|\bin(?:to)? force\b",
    ),
    (
        "agreed",
        r"商定|达成(?:了)?(?:一致|共识|协议)|一致同意|各[方国]同意|谈妥|谈出来|敲定|共识|一致案文|认可"
        r"|\bagree(?:d|s|ment)?\b|\bconsensus\b",
    ),
    ("negotiated", r"谈判|磋商|谈妥|敲定|逐[行条]|\bnegotiat\w+|\bline by line\b"),
    ("decided", r"决定|定下来|拍板|\bdecid(?:ed?|es)\b|\bdecisions?\b|\bconclusions\b|\boutcomes?\b"),
    (
        "binding",
        r"约束|义务|承诺|强制|生效|法律效力|\bcommitments?\b|\b(?:now required|have to comply)\b"
        r"|\b(?:binding|binds?|bound|oblig\w+|legally|in(?:to)? force)\b",
    ),
    ("recommended", r"建议|\brecommend\w*"),
    (
        "recorded",
        r"(?<!保存)(?<!保留)记录(?!保存|系统|和|、)|实际(?=[上花讨开举])|\bactually\b"
        r"|\brecords?\b(?=\s+(?:that|what|whether|of what|how))",
    ),
)
_ACTS = tuple((act, re.compile(pattern, _FLAGS)) for act, pattern in _WORDS)
_POINTS = re.compile(r"讨论要点|\bdiscussion points\b", re.I)
# Units among which a point of the Chair's summary finds its like in the report.
_NEAR = 4


@dataclass(frozen=True)
class Premise:
    """A standing note that denies what a question presumes, and the document it is of."""

    document: Document
    note: StandingNote


def presumed_acts(question: str) -> frozenset[Act]:
    """The acts that a question names; ``question`` is plain."""
    return frozenset(act for act, pattern in _ACTS if pattern.search(question))


def without_acts(question: str) -> str:
    """A question without the words that name acts: what it is otherwise about."""
    for _, pattern in _ACTS:
        question = pattern.sub(" ", question)
    return " ".join(question.split())


def denied(question: Question, evidence: Sequence[Unit], documents: Sequence[Document]) -> Premise | None:
    """The standing note that denies what a question presumes, if one does.

    Args:
        question: what is asked.
        evidence: the units that answer it, best first.
        documents: those of the library.

    A note counts where it covers the best evidence, or where its document is named and it covers all of it, or nothing
    but the unit it rests on: that a meeting made no recommendations holds for all that it did.
    """
    acts = presumed_acts(question.plain)
    best = evidence[0] if evidence else None
    by_name = {group[0] for group in question.groups if len(group) == 1}
    kinds = {document.doc_id: document.kind for document in documents}
    # The Chair's points stand in the report too, where it is said what the meeting did with them.
    of_chair = best is not None and kinds[best.doc_id] == "chair_summary" and best.doc_id not in by_name
    near = evidence[:_NEAR] if of_chair else evidence[:1]
    found: list[tuple[tuple[bool, ...], Premise]] = []
    for document in documents:
        named = document.doc_id in question.documents
        if question.documents and not named:
            continue
        for note in document.standing:
            if not acts & set(note.denies):
                continue
            over_best = any(unit.doc_id == document.doc_id and covers(note.covers, unit.anchor) for unit in near)
            of_points = "dp*" in note.covers and bool(_POINTS.search(question.plain))
            over_all = named and (note.covers in (("*",), (note.rests_on,)) or of_points)
            if over_best or over_all:
                # What is said of recommendations first, where they are asked about; then what is closest to the text
                # and says most of it; of a meeting's texts its report, which says what was done with all of them.
                rank = (
                    not ("recommended" in acts and "recommended" in note.denies and note.covers == (note.rests_on,)),
                    bool(by_name) and document.doc_id not in by_name,
                    not (over_best or (named and of_points)),
                    document.kind != "report",
                    note.covers == ("*",),
                )
                found.append((rank, Premise(document, note)))
    return min(found, key=lambda pair: pair[0])[1] if found else None
