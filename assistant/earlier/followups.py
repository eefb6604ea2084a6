"""A follow-up question as it would be asked on its own: the earlier turns put in, by rules, in both languages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.earlier.leaning import (
    asks_for_more,
    bare_topic,
    content,
    elliptic,
    opening,
    pronoun,
    says_little,
    text_taking_up,
    tidy,
)
from assistant.earlier.parallels import asked_again, names_in, state_in, swap_terms, terms_alike, without_like
from assistant.earlier.substance import heavy_words, names_something
from assistant.earlier.turns import UNIT_EN, Place, Turn, neighbour, place_of, said
from assistant.naming import named_documents
from assistant.question import LONGEST_QUESTION, language_of
from assistant.references import find_references
from corpus.anchors import anchor_kind, split_anchor_id
from corpus.glossary import glossary
from corpus.records import Document, Language

_UNIT_ZH = re.compile(r"(?<!的)(?:这|那|该|本|上述|此)一?(?:段落?|条|个?(?:讨论)?要点|款)(?!时间)")
_UNIT_EN_THIS = re.compile(rf"\b(?:this|that|the same) (?:{UNIT_EN})", re.I)
_THIS_ZH = re.compile(r"它(?!们)|^这(?=[是有要对])")
_THIS_EN = re.compile(r"\bit\b(?!')|(?<=\bis )(?:that|this)\b|(?<=\bwas )(?:that|this)\b(?! (?:year|month))", re.I)
_STANDING = re.compile(
    r"约束力|(?:获得?|被|获|会上|正式|最后|已经?)通过|通过(?:了|没有|过)|谈判|商定|协商一致|谈妥|生效|法律地位|效力"
    r"|\b(?:binding|adopted|negotiated|agreed|in force|legal(?:ly)?|status|standing|approved|endorsed)\b",
    re.I,
)
# 通过了吗？ without a subject; English has none without "it".
_BARE_STANDING = re.compile(
    r"^(?:最后|后来|正式|已经?|会上|到底)*(?:获得?|被)?(?:通过|谈判|生效|有(?:法律)?(?:约束力|效力))[了过]?(?:吗|没有)[?]?$"
)
# Pronouns that may stand for a text, not for those who spoke.
_TEXTS = re.compile(r"它们?|[这那该上此].*|they|these|those|this|that|it", re.I)
_NEITHER = re.compile(
    r"(?:两者|二者|两个)?都?(?:不是|不属于)的?(?:国家|各国)?$"
    r"|^(?:those |states )?.{0,12}neither(?: of (?:them|the two|both))?$",
    re.I,
)


def understood(question: str, earlier: Sequence[Turn], documents: tuple[Document, ...]) -> str:
    """The question as it would be asked on its own; the question itself where it needs no earlier turn."""
    turns = [Turn(turn.question[:LONGEST_QUESTION], turn.cited) for turn in earlier if turn.question.strip()]
    plain = tidy(question)
    if not turns or not plain or len(question) > LONGEST_QUESTION:
        return question
    resolved = _resolved(plain, turns, documents)
    return resolved if resolved and len(resolved) <= LONGEST_QUESTION else question


def _resolved(plain: str, turns: list[Turn], documents: tuple[Document, ...]) -> str | None:
    language, last = language_of(plain), turns[-1]
    before = tidy(last.question)
    same = language_of(before) == language
    own_reference = bool(find_references(plain, documents))
    if not own_reference and (beside := neighbour(plain, last, documents, language)):
        return _written(beside, language)
    if asks_for_more(plain) and same:
        return last.question
    if topic := bare_topic(plain, language):
        if not same:
            return _written(_joined(plain, last, documents, language), language)
        again = _neither(topic, turns, language) or asked_again(topic, before, _about(last), documents, language)
        return _written(_placed(again, topic, last, documents, language), language)
    if same and (text := text_taking_up(plain, language, documents)):
        return _written(asked_again(text, before, _about(last), documents, language), language)
    found = pronoun(plain, language, documents)
    if not own_reference and (unit := _this_unit(plain, last, documents, language)):
        return _written(unit, language)
    if found is not None:
        return _written(_pointed(plain, found, last, documents, language), language)
    if _BARE_STANDING.match(plain) and (subject := _subject(last, documents, language)):
        return _written(f"{subject}{plain}", language)
    if elliptic(plain, language, documents):
        return _written(_joined(plain, last, documents, language), language)
    if opening(plain, language) and not own_reference:
        rest = plain.removeprefix(opening(plain, language))
        if heavy_words(rest, language) <= 2:
            return _written(_joined(rest, last, documents, language), language)
        if same and not names_something(rest, documents, language):
            return _written(_with(rest, "、".join(names_in(before, documents, language)), language), language)
    if says_little(plain, language, documents):
        return _written(_joined(plain, last, documents, language), language)
    return None


def _this_unit(plain: str, last: Turn, documents: tuple[Document, ...], language: Language) -> str | None:
    """The question with the unit that 这一段 or "that paragraph" stands for; None without such words at its head."""
    match = (_UNIT_ZH if language == "zh" else _UNIT_EN_THIS).search(plain)
    if not match or match.start() > 24 or names_something(plain[: match.start()], documents, language):
        return None
    if _STANDING.search(plain) and (subject := _subject(last, documents, language)):
        return said(plain, match.span(), subject, language)
    place = place_of(last, documents)
    return said(plain, match.span(), place.named(language), language) if place else None


def _pointed(plain: str, found: re.Match[str], last: Turn, documents: tuple[Document, ...], language: Language) -> str:
    """A question with what its pronoun stands for in its place: document, unit, State; else the earlier content."""
    start = len(opening(plain, language))
    this = (_THIS_ZH if language == "zh" else _THIS_EN).search(plain, start)
    of_text = this or (found if _TEXTS.fullmatch(found[0]) else None)
    if of_text and _STANDING.search(plain) and (subject := _subject(last, documents, language)):
        return said(plain, of_text.span(), subject, language)
    if this:
        place = place_of(last, documents, cited=False)
        if place:
            return said(plain, this.span(), place.named(language), language)
    before = tidy(last.question)
    state = state_in(before, language) if language_of(before) == language else None
    if state and re.fullmatch(r"它|该国|it|its|they|their", found[0], re.I) and not state_in(plain, language):
        owned = f"{state}'s" if found[0].lower() in ("its", "their") else state
        text = said(plain, found.span(), owned, language)
        names = names_in(before, documents, language)
        return _with(text, without_like("、".join(names), plain, documents, language), language)
    return _joined(plain, last, documents, language)


def _subject(last: Turn, documents: tuple[Document, ...], language: Language) -> str | None:
    """What the standing of an answer's text is the standing of: its document, or the part of a report.

    No unit is named: what a text is worth is said elsewhere in the document, not in the unit itself. A report has parts
    that were adopted and parts that were not.
    """
    place = place_of(last, documents)
    named = [*named_documents(last.question, documents), *([place.document.doc_id] if place and place.document else [])]
    named += [split_anchor_id(anchor_id)[0] for anchor_id in last.cited]
    document = next((d for doc_id in named for d in documents if d.doc_id == doc_id), None)
    if document is None:
        return None
    title = document.short_title(language)
    kind = anchor_kind(place.anchors[0]) if place else None
    if document.kind == "report" and kind == "discussion_point":
        return f"{title}的讨论要点" if language == "zh" else f"the discussion points of the {title}"
    if document.kind == "report" and kind == "paragraph":
        return f"{title}的有关内容" if language == "zh" else f"the relevant part of the {title}"
    return title if language == "zh" else f"the {title}"


def _neither(topic: str, turns: list[Turn], language: Language) -> str | None:
    """两者都不是的国家 after parties and signatories: the earlier question of what is neither."""
    if not _NEITHER.search(topic):
        return None
    last = tidy(turns[-1].question)
    for turn in reversed(turns[:-1]):
        pair = terms_alike(tidy(turn.question), last, language)
        if pair and language == "zh":
            return swap_terms(last, f"既非{pair[0]}也非{pair[1]}的国家", language)
        if pair:
            return swap_terms(last, f"States that are neither {pair[0]} nor {pair[1]}", language)
    return None


def _placed(text: str, topic: str, last: Turn, documents: tuple[Document, ...], language: Language) -> str:
    """A question that a bare reference made, 那第22段呢, with the document of the earlier answer."""
    references = find_references(topic, documents)
    alone = topic in text and text.startswith(("关于", "As for "))
    if not references or (named_documents(text, documents) and not alone):
        return text
    documents_cited = set(_about(last))
    record = next((d for d in documents if documents_cited == {d.doc_id}), None)
    title = f"{record.short_title(language)}" if record else ""
    if alone:
        place = Place(references[0].anchors, record)
        return f"{place.named(language)}说了什么？" if language == "zh" else f"What does {place.named(language)} say?"
    if not record:
        return text
    return (
        text.replace(topic, f"{title}{topic}") if language == "zh" else text.replace(topic, f"{topic} of the {title}")
    )


def _about(turn: Turn) -> tuple[str, ...]:
    return tuple(dict.fromkeys(split_anchor_id(anchor_id)[0] for anchor_id in turn.cited))


def _joined(plain: str, last: Turn, documents: tuple[Document, ...], language: Language) -> str:
    """A question with the content of the earlier one behind it."""
    before = tidy(last.question)
    if language_of(before) == language:
        carried = without_like(content(before, language), plain, documents, language)
    else:
        carried = _carried(before, last, documents, language)
    rest = plain.removeprefix(opening(plain, language)) or plain
    return _with(rest, carried, language)


def _carried(before: str, last: Turn, documents: tuple[Document, ...], language: Language) -> str:
    """What an earlier question in the other language was about, as far as names, terms and references carry over."""
    other = language_of(before)
    place = place_of(last, documents, cited=False)
    parts = [place.named(language)] if place else []
    titles = [d.short_title(language) for d in documents if d.doc_id in named_documents(before, documents)]
    parts += titles if not place else []
    parts += [f.term.forms(language)[0] for f in glossary().find(before, other) if f.term.kind != "word"]
    parts += re.findall(r"(?<![\d/])(?:19|20)\d\d(?![\d/])", before) if not (place or titles) else []
    return ("、" if language == "zh" else ", ").join(dict.fromkeys(parts))


def _with(text: str, carried: str, language: Language) -> str:
    if not carried:
        return text
    stem = text.rstrip("?？。. ")
    if language == "zh":
        return f"{re.sub('呢$', '', stem)}？（{carried}）"
    return f"{stem[0].upper()}{stem[1:]}? ({carried.replace('、', ', ')})"


def _written(text: str, language: Language) -> str:
    """The text with the punctuation of its language."""
    if language == "en":
        return re.sub(r"\s+", " ", text).strip()
    text = re.sub(r"[?？]+\((.*)\)[?？]*$", r"？（\1）", text).replace("?", "？")
    text = re.sub(r"(?<=[^\x00-\x7f]),|,(?=[^\x00-\x7f])", "，", text)
    return text if text.endswith(("？", "。", "）", "！")) else f"{text.rstrip('呢')}？"
