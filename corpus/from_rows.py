"""Documents and units as their rows in the library hold them."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import lru_cache

from corpus.records import Bilingual, Document, Footnote, Former, Sentence, StandingNote, Subitem, Unit, Version

#: The columns of a unit, of a table ``u``, as :func:`unit_from_row` takes them.
UNIT_COLUMNS = ", ".join(
    f"u.{name}"
    for name in "id doc_id language anchor kind number position heading_path text subitems footnotes".split()
)


def unit_from_row(row: tuple[object, ...], sentences: tuple[Sentence, ...]) -> Unit:
    """A unit from its row; its sentences have rows of their own."""
    _, doc_id, language, anchor, kind, number, position, heading_path, text, subitems, footnotes = row
    return Unit(
        doc_id=doc_id,  # type: ignore[arg-type]
        anchor=anchor,  # type: ignore[arg-type]
        kind=kind,  # type: ignore[arg-type]
        number=number,  # type: ignore[arg-type]
        heading_path=_path(str(heading_path)),
        language=language,  # type: ignore[arg-type]
        text=text,  # type: ignore[arg-type]
        order=position,  # type: ignore[arg-type]
        sentences=sentences,
        # Most have none, and a question reads hundreds of units.
        subitems=() if subitems == "[]" else tuple(Subitem(**item) for item in json.loads(str(subitems))),
        footnotes=() if footnotes == "[]" else tuple(Footnote(**note) for note in json.loads(str(footnotes))),
    )


@lru_cache(maxsize=4096)
def _path(written: str) -> tuple[str, ...]:
    return tuple(json.loads(written))


def document_to_json(document: Document) -> str:
    """A document as its row holds it."""
    return json.dumps(asdict(document), ensure_ascii=False, sort_keys=True)


def document_from_json(record: str) -> Document:
    """A document from its row."""
    raw = json.loads(record)
    for name in ("titles", "short_titles", "body", "session", "dates", "place"):
        raw[name] = Bilingual(**raw[name])
    raw["aliases"] = tuple(raw["aliases"])
    raw["versions"] = tuple(Version(**version) for version in raw["versions"])
    raw["standing"] = tuple(
        StandingNote(Bilingual(**note["text"]), note["rests_on"], tuple(note["covers"]), tuple(note.get("denies", ())))
        for note in raw["standing"]
    )
    raw["formerly"] = tuple(Former(**former) for former in raw.get("formerly", ()))
    return Document(**raw)
