"""The quotations of a note that a language model may put into other words, and what came of them put into the note."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from assistant.answer import Shortfall
from assistant.briefing.draft import Draft, Drafted
from assistant.briefing.records import SectionKey
from assistant.citations import cite
from assistant.compose import Quoted
from assistant.growing import Paragraph
from corpus.library import Library
from corpus.records import Language

#: The sections whose quotations may be put into other words. How a text moved is not among them: there the very words
#: of two texts stand beside each other.
REWORDED: Final[tuple[SectionKey, ...]] = ("meeting", "background", "outcomes", "positions")
# What is no sentence: headings, items as listed, rows of a table.
_NO_SENTENCE: Final = frozenset(("head", "item", "table_row"))


@dataclass(frozen=True)
class Quotation:
    """A quoted sentence with the paragraph it stands in.

    ``group`` counts the names of its section up to the one it stands under, which is ``name``: only quotations under
    one name can be joined. ``at`` is the place of its line in the section, which changes nothing of what it says.
    """

    text: str
    group: int
    name: str
    paragraph: Paragraph
    at: int = field(default=0, compare=False)

    @property
    def language(self) -> Language:
        """The language it is in."""
        return self.paragraph.citation.language


#: The quotations of a note by section, in order.
Quotations = Mapping[SectionKey, tuple[Quotation, ...]]


@dataclass(frozen=True)
class Reworded:
    """A sentence that stands for quotations; ``of`` are their places among those of the section, from 0."""

    text: str
    of: tuple[int, ...]


@dataclass(frozen=True)
class Worded:
    """What a language model made of the quotations of a note: the sentences that stand, by section.

    ``removed`` counts those that it wrote and that do not stand; ``shortfall`` says what it fell short of, where
    ``unsupported`` is that nothing stands, and ``cut`` that it did not come to all of them.
    """

    sections: Mapping[SectionKey, tuple[Reworded, ...]] = field(default_factory=dict)
    removed: int = 0
    shortfall: Shortfall | None = None


def quotations(draft: Draft, library: Library, language: Language) -> Quotations:
    """The quotations of a note in a language that may be put into other words."""
    found = {key: tuple(_of_section(draft.get(key, ()), library, language)) for key in REWORDED}
    return {key: own for key, own in found.items() if own}


def put_in(draft: Draft, given: Quotations, worded: Worded, language: Language) -> Draft:
    """A draft with the sentences that stand in the place of the quotations they are made of; all else as it was.

    A sentence cites what its quotations cite, and stands where the first of them did.
    """
    return {
        key: tuple(_with(lines, given.get(key, ()), worded.sections.get(key, ()), language))
        for key, lines in draft.items()
    }


def _of_section(lines: Sequence[Drafted], library: Library, language: Language) -> Iterator[Quotation]:
    group, name = 0, ""
    for at, line in enumerate(lines):
        if line.kind == "label":
            group, name = group + 1, line.text
        elif _is_sentence(line):
            yield Quotation(line.text, group, name, _paragraph(line.cited[0], library, language), at)


def _is_sentence(line: Drafted) -> bool:
    """Whether a line quotes a sentence that stands alone; a list keeps its lines."""
    if line.kind != "quote" or line.beside:
        return False
    return line.cited[0].unit.kind not in _NO_SENTENCE and "\n" not in line.text.strip()


def _paragraph(quoted: Quoted, library: Library, language: Language) -> Paragraph:
    unit = quoted.unit
    other = library.unit(unit.doc_id, unit.anchor, "en" if unit.language == "zh" else "zh")
    aligned = other.text if other.language != unit.language else None
    return Paragraph(cite(library, 0, quoted, language), aligned, quoted=True)


def _with(
    lines: Sequence[Drafted], given: Sequence[Quotation], made: Sequence[Reworded], language: Language
) -> Iterator[Drafted]:
    beginning: dict[int, list[Drafted]] = {}
    covered: set[int] = set()
    for each in made:
        places = sorted(given[n].at for n in each.of)
        covered.update(places)
        cited = {_place(quoted): quoted for at in places for quoted in lines[at].cited}
        line = Drafted("polished", each.text, language, tuple(cited.values()))
        beginning.setdefault(places[0], []).append(line)
    for at, line in enumerate(lines):
        yield from beginning.get(at, ())
        if at not in covered:
            yield line


def _place(quoted: Quoted) -> tuple[str, Language, int, int]:
    return quoted.unit.anchor_id, quoted.unit.language, quoted.start, quoted.end
