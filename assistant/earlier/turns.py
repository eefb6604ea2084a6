"""Earlier turns of a conversation, the units they spoke of, and the units beside those."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.earlier.leaning import opening
from assistant.earlier.substance import names_something
from assistant.naming import named_documents
from assistant.references import find_references
from corpus.anchors import anchor_kind, label, split_anchor_id
from corpus.records import Document, Language


@dataclass(frozen=True)
class Turn:
    """An earlier turn: its question as understood, and the anchor ids that its answer cited, in order."""

    question: str
    cited: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """Units that an earlier turn spoke of; no document where it left it open."""

    anchors: tuple[str, ...]
    document: Document | None

    def named(self, language: Language) -> str:
        """The units as :mod:`assistant.references` reads them: 2020年会议报告第21段, para. 21 of the report."""
        labels = ("、" if language == "zh" else " and ").join(label(anchor, language) for anchor in self.anchors)
        if self.document is None:
            return labels
        title = self.document.short_title(language)
        return f"{title}{labels}" if language == "zh" else f"{labels} of the {title}"


_COUNT = r"(?P<n>一|两|二|三|[123]|one|two|three)?"
_NEXT_ZH = re.compile(
    r"(?:(?:它|其|这一?[段条点]|该[段条点])的?)?"
    r"(?P<way>再?往?[上前下后]面?|接下来|紧?接着|随后|之[前后]|再往[前后])(?:的)?[那这]?"
    + _COUNT
    + r"(?:个?(?:讨论)?要点|个?段落|[段条点项款行](?!时间|议程)|个(?=呢|[,?]|$|讲|说))"
)
#: What English calls a unit; "one" stands for any.
UNIT_EN = r"(?:discussion |operative |preambular )?(?:paragraph|para|point|provision|clause|item|row|one)s?\b\.?"
_NEXT_EN = re.compile(
    rf"\b(?:the )?(?P<way>next|following|previous|preceding|prior)(?: {_COUNT})? ?{UNIT_EN}"
    rf"|\b(?:the )?(?:(?P<n2>two|three|[23]) )?(?:{UNIT_EN}) (?:(?:right|immediately|just|directly) )?"
    r"(?P<way2>after|before|following|preceding)(?: (?:that|this|it)(?: one)?)?",
    re.I,
)
_BACK = re.compile(r"[上前]|previous|preceding|prior|before", re.I)
_NUMBERS = {"一": 1, "两": 2, "二": 2, "三": 3, "one": 1, "two": 2, "three": 3, "1": 1, "2": 2, "3": 3}
_SAID = re.compile(r"(?:呢|[说讲写](?:的是|了|的)?(?:什么|啥))?$|^(?:what does|what did)?\s*(?:say|about)?$", re.I)


def neighbour(plain: str, last: Turn, documents: tuple[Document, ...], language: Language) -> str | None:
    """The question with the unit beside the earlier one named, 下一段 as 第22段."""
    match = (_NEXT_ZH if language == "zh" else _NEXT_EN).search(plain)
    if not match or match.start() > 24 or names_something(plain[: match.start()], documents, language):
        return None
    groups = match.groupdict()
    way = groups["way"] or groups.get("way2") or ""
    if named_documents(plain, documents) or (way == "前" and groups["n"] not in (None, "一")):
        # 前两段 are the first two of something.
        return None
    place = place_of(last, documents)
    beside = place and _beside(
        place, bool(_BACK.search(way)), _NUMBERS.get((groups["n"] or groups.get("n2") or "1").lower(), 1)
    )
    if not beside:
        return None
    return said(plain, match.span(), beside.named(language), language)


def said(plain: str, span: tuple[int, int], name: str, language: Language) -> str:
    """A question with a unit named where it was pointed at, or what the unit says where nothing else is asked."""
    start = len(opening(plain, language)) if span[0] >= len(opening(plain, language)) else 0
    left = plain[start : span[0]]
    right = plain[span[1] :].rstrip("?？。. ")
    if not re.search(r"\w", left) and _SAID.fullmatch(right.strip()):
        return f"{name}说了什么？" if language == "zh" else f"What does {name} say?"
    whole = f"{left}{name}{right}"
    if language == "en":
        return whole[0].upper() + whole[1:] + "?"
    return re.sub(r"呢$", "", whole) + "？"


def _beside(place: Place, back: bool, count: int) -> Place | None:
    edge = place.anchors[0] if back else place.anchors[-1]
    match = re.fullmatch(r"(.*?)(\d+)([a-z]?)", edge)
    if not match or anchor_kind(edge) in ("head", "unnumbered", None):
        return None
    if match[3]:
        letters = [chr(ord(match[3]) + step) for step in _steps(back, count)]
        anchors = [f"{match[1]}{match[2]}{letter}" for letter in letters if "a" <= letter <= "z"]
    else:
        numbers = [int(match[2]) + step for step in _steps(back, count)]
        anchors = [f"{match[1]}{number}" for number in numbers if 0 < number < 1000]
    return Place(tuple(anchors), place.document) if anchors else None


def _steps(back: bool, count: int) -> range:
    return range(-count, 0) if back else range(1, count + 1)


def place_of(turn: Turn, documents: tuple[Document, ...], cited: bool = True) -> Place | None:
    """The units that a turn named; else, where ``cited``, the first that its answer cited."""
    records = {document.doc_id: document for document in documents}
    cites = [split_anchor_id(anchor_id) for anchor_id in turn.cited]
    references = find_references(turn.question, documents)
    if references:
        reference = references[0]
        # An operative paragraph may have been asked for as a paragraph.
        spoken = {anchor: anchor for anchor in reference.anchors} | {f"o{a}": a for a in reference.anchors}
        within = [
            (doc, a) for doc, a in cites if a in spoken and (not reference.documents or doc in reference.documents)
        ]
        docs = list(dict.fromkeys(doc for doc, _ in within)) or list(reference.documents)
        anchors = tuple(dict.fromkeys(a for doc, a in within if doc == docs[0])) if within else reference.anchors
        anchors = anchors if len(anchors) == len(reference.anchors) else reference.anchors
        return Place(anchors, records.get(docs[0]) if len(docs) == 1 else None)
    if cited and cites and cites[0][0] in records and anchor_kind(cites[0][1]) not in (None, "head", "unnumbered"):
        return Place((cites[0][1],), records[cites[0][0]])
    return None
