"""A draft becomes a note: what its reader chose, citations numbered; standing, sources and check made of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Citation
from assistant.briefing.draft import Draft, Drafted, label, titled, when
from assistant.briefing.outcomes import standing_lines
from assistant.briefing.records import SECTIONS, Check, Line, Note, Polish, Section, SectionKey
from assistant.briefing.rewording import Worded
from assistant.briefing.strings import CHECK, HEADINGS, PINNED, said_of
from assistant.citations import cite
from assistant.citing import cite as written
from assistant.compose import Quoted
from assistant.grounding import Source, supported, verbatim
from corpus.anchors import split_anchor_id
from corpus.library import Library
from corpus.records import Document, Language

#: Sections that are made of what the others cite.
DERIVED: tuple[SectionKey, ...] = ("standing", "sources", "check")
_Place = tuple[str, Language, int, int]


@dataclass(frozen=True)
class Choices:
    """What a reader made of a note: lines left out and pinned, by id, and sections switched off."""

    removed: frozenset[str] = frozenset()
    pinned: tuple[str, ...] = ()
    off: frozenset[SectionKey] = frozenset()


#: A note as it was made.
AS_MADE = Choices()


def finish(note: Note, draft: Draft, choices: Choices, library: Library, worded: Worded | None = None) -> Note:
    """The note of a draft, ``note`` giving what is known of it beforehand.

    ``worded`` is what a language model made of its quotations, where it was asked for that; the draft holds it already.
    """
    chosen = {key: _chosen(key, draft.get(key, ()), choices, note.language) for key in SECTIONS if key not in DERIVED}
    shown = {key: drafted for key, drafted in chosen.items() if drafted and key not in choices.off}
    standing = _standing(shown, library, note.language)
    if standing and "standing" not in choices.off:
        shown = {"standing": [d for d in standing if d.id("standing") not in choices.removed], **shown}
    numbers: dict[_Place, int] = {}
    citations: list[Citation] = []
    sections = []
    for key in SECTIONS:
        if key in shown:
            made = tuple(_line(key, each, numbers, citations, library, note.language) for each in shown[key])
            sections.append(Section(key, HEADINGS[key].get(note.language), made))
    if "sources" not in choices.off and (sources := _sources(citations, library, note.language)):
        sections.append(Section("sources", HEADINGS["sources"].get(note.language), sources))
    check = checked(sections, citations)
    said = [CHECK.get(note.language).format(**check.to_dict())]
    if worded:
        check = replace(check, polish=_polish(sections, worded))
        said += [said_of(check.polish, note.language)] if check.polish else []
    if "check" not in choices.off:
        lines = (Drafted("fixed", text, note.language) for text in said)
        own = tuple(Line(each.id("check"), "fixed", each.text, note.language) for each in lines)
        sections.append(Section("check", HEADINGS["check"].get(note.language), own))
    return replace(note, sections=tuple(sections), citations=tuple(citations), check=check)


def checked(sections: Iterable[Section], citations: Sequence[Citation]) -> Check:
    """How the sentences of a note stand to what they cite: see :class:`assistant.briefing.records.Check`."""
    by_number = {citation.n: citation for citation in citations}
    lines = [line for section in sections for line in section.lines]
    resting = [line for line in lines if line.kind == "quote"]
    found = {line: [by_number[n] for n in line.citations if n in by_number] for line in resting}
    return Check(
        sentences=len(resting),
        cited=sum(bool(found[line]) for line in resting),
        verbatim=sum(_stands(line, found[line]) for line in resting),
        supported=sum(_is_supported(line, found[line]) for line in resting),
        standing=sum(line.kind == "standing" for line in lines),
        own=sum(line.kind == "fixed" for line in lines),
        questions=sum(line.kind == "question" for line in lines),
    )


def _polish(sections: Iterable[Section], worded: Worded) -> Polish:
    """What became of a note that a language model was asked to word, as far as it is shown."""
    kinds = [line.kind for section in sections for line in section.lines]
    return Polish(kinds.count("polished"), kinds.count("quote"), worded.removed, worded.shortfall)


def _stands(line: Line, cited: Sequence[Citation]) -> bool:
    """Whether a line stands word for word in the span it cites, and that span where the citation says."""
    return verbatim(line.text, [Source(each.quote, each.language) for each in cited[:1]]) and all(
        each.text[each.start : each.end] == each.quote for each in cited
    )


def _is_supported(line: Line, cited: Sequence[Citation]) -> bool:
    return bool(cited) and supported(line.text, [Source(each.text, each.language) for each in cited])


def _chosen(key: SectionKey, drafted: Sequence[Drafted], choices: Choices, language: Language) -> list[Drafted]:
    """The lines of a section without what was left out, pinned ones first; a name with nothing under it goes too."""
    kept = [each for each in drafted if each.id(key) not in choices.removed]
    # A text that stands beside another one says little by itself.
    pinned = [each for each in kept if each.id(key) in choices.pinned and not each.beside]
    rest = [each for each in kept if each not in pinned]
    named = [
        each
        for at, each in enumerate(rest)
        if each.kind != "label" or (at + 1 < len(rest) and rest[at + 1].kind != "label")
    ]
    return [label(PINNED.get(language), language), *pinned, *named] if pinned else named


def _standing(shown: Mapping[SectionKey, Sequence[Drafted]], library: Library, language: Language) -> list[Drafted]:
    """What the texts are worth that a note quotes, document by document."""
    records = {document.doc_id: document for document in library.documents()}
    cited: dict[str, list[str]] = {}
    for drafted in shown.values():
        resting = (line for line in drafted if line.kind in ("quote", "polished"))
        for each in (quoted for line in resting for quoted in line.cited):
            anchors = cited.setdefault(each.unit.doc_id, [])
            if each.unit.anchor not in anchors:
                anchors.append(each.unit.anchor)
    lines: list[Drafted] = []
    for doc_id in sorted(cited, key=lambda one: (*when(records[one]), one)):
        if notes := standing_lines(library, records[doc_id], cited[doc_id], language):
            lines += [label(titled(records[doc_id], language), language), *notes]
    return lines


def _line(
    key: SectionKey, drafted: Drafted, numbers: dict[_Place, int], citations: list[Citation], library: Library,
    reader: Language,
) -> Line:  # fmt: skip
    own = []
    for quoted in drafted.cited:
        place = (quoted.unit.anchor_id, quoted.unit.language, quoted.start, quoted.end)
        if place not in numbers:
            numbers[place] = len(citations) + 1
            citations.append(cite(library, numbers[place], quoted, reader))
        own.append(numbers[place])
    return Line(
        drafted.id(key), drafted.kind, drafted.text, drafted.language, tuple(own), drafted.beside, drafted.changed
    )


def _sources(citations: Sequence[Citation], library: Library, language: Language) -> tuple[Line, ...]:
    """Every paragraph that a note cites, once, document by document in the order of time."""
    records = {document.doc_id: document for document in library.documents()}
    by_paragraph: dict[tuple[str, Language], list[Citation]] = {}
    for citation in citations:
        by_paragraph.setdefault((citation.anchor, citation.language), []).append(citation)

    def place(key: tuple[str, Language]) -> tuple[tuple[int, int, int], str, int]:
        doc_id, anchor = split_anchor_id(key[0])
        return when(records[doc_id]), doc_id, library.unit(doc_id, anchor, key[1]).order

    lines = []
    for key in sorted(by_paragraph, key=place):
        own = by_paragraph[key]
        doc_id, anchor = split_anchor_id(key[0])
        said = written(records[doc_id], anchor, language, official=own[0].official)
        drafted = Drafted("source", said, language, (Quoted(library.unit(doc_id, anchor, key[1]), 0, 1, 0.0),))
        lines.append(Line(drafted.id("sources"), "source", said, language, tuple(each.n for each in own)))
    return tuple(lines)


def documents_cited(note: Note, library: Library) -> dict[str, Document]:
    """The documents that a note cites, by id."""
    ids = {citation.document.id for citation in note.citations}
    return {document.doc_id: document for document in library.documents() if document.doc_id in ids}
