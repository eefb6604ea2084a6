"""Who said what as a file to hand on: a paper of sentences with their sources, or a table of entries."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date

from babel.dates import format_date

from assistant.citing import OFFICIAL, UNOFFICIAL, cite
from assistant.export.content import Columns, Kind, Paper, Paragraph, Run
from assistant.export.position_strings import KIND_NAMES, POSITION_WORDS, PositionWords
from assistant.export.sources import Sources
from assistant.export.strings import strings
from assistant.ledger.lines import Line, lines
from assistant.ledger.records import ACT_NAMES, Actor, Entry
from corpus.anchors import split_anchor_id, standing_at
from corpus.records import Document, Language

# What a spreadsheet would take for a formula, and run.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def positions_paper(
    entries: Sequence[Entry], reader: Language, documents: Mapping[str, Document], at: date, chosen: str = ""
) -> Paper:
    """Entries as a paper: each sentence under those who act in it, with its source in a footnote.

    Args:
        entries: what is written.
        reader: the language of names, headings and citations; sentences keep their own.
        documents: by id, at least those of the entries.
        at: the day of the paper.
        chosen: what the entries were narrowed to, in the reader's words.
    """
    words, sources = POSITION_WORDS[reader], Sources(reader, documents)

    def plain(kind: Kind, text: str) -> Paragraph:
        return Paragraph(kind, (Run(text, reader),))

    blocks: list[Paragraph | Columns] = [
        plain("title", words.title),
        plain("date", format_date(at, strings(reader).date, locale=reader)),
        *([plain("remark", chosen)] if chosen else []),
        plain("remark", words.remark),
        *([] if entries else [plain("body", words.nothing)]),
    ]
    doc_id = ""
    for line in lines(entries):
        if line.citation.document.id != doc_id:
            doc_id = line.citation.document.id
            title = documents[doc_id].short_title(reader)
            blocks.append(plain("heading", title[:1].upper() + title[1:]))
        blocks.append(plain("label", doings(line, reader)))
        quoted = sources.quotation(line.citation.quote, line.citation.language)
        blocks.append(Paragraph("body", (*quoted, sources.footnote([line.citation], line.citation.quote))))
    blocks += sources.listed([entry.citation for entry in entries], [])
    return Paper(words.title, reader, at, tuple(blocks))


def positions_table(entries: Sequence[Entry], reader: Language, documents: Mapping[str, Document]) -> bytes:
    """Entries as comma-separated values in UTF-8 with a byte order mark, one a line, the first line the columns."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(POSITION_WORDS[reader].columns)
    for entry in entries:
        citation = entry.citation
        document, (_, anchor) = documents[citation.document.id], split_anchor_id(citation.anchor)
        cells = (
            entry.actor.name(reader),
            KIND_NAMES[reader][entry.actor.kind],
            ACT_NAMES[entry.act].get(reader),
            citation.quote,
            cite(document, anchor, reader, official=True),
            entry.date.get(reader),
            strings(reader).gap.join(note.get(reader) for note in standing_at(document, anchor)),
            (OFFICIAL if citation.official else UNOFFICIAL).get(reader),
        )
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def doings(line: Line, reader: Language) -> str:
    """Who does what in a sentence, in a reader's words."""
    words = POSITION_WORDS[reader]
    parts = (
        f"{_names(actors, words, reader)}{words.stop}{words.said.join(ACT_NAMES[a].get(reader) for a in acts)}"
        for acts, actors in line.doings
    )
    return strings(reader).list_stop.join(parts)


def _names(actors: Sequence[Actor], words: PositionWords, reader: Language) -> str:
    return words.and_.join(actor.name(reader) for actor in actors)
