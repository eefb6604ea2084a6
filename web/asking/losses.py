"""What became of a text that was cited and is no longer there, in the reader's words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from corpus.anchors import anchor_kind, label, split_anchor_id
from corpus.errors import LibraryError
from corpus.library import Library
from corpus.records import Language, Unit
from corpus.shelf.naming import day_in_words
from corpus.shelf.removing import is_withheld, removal_of
from corpus.shelf.removing_version import removed_versions
from corpus.shelf.versions import replaced_since
from web.asking.turns import Gone
from web.asking.view import View
from web.strings import Words


@dataclass(frozen=True)
class Loss:
    """A citation whose words are gone: its number, what it cited, what became of it, and the unit as it now stands.

    ``cited`` is empty, and ``unit`` None, where the library does not know the place any more.
    """

    n: int
    cited: str
    said: str
    unit: Unit | None
    view: View


def loss_of(library: Library, gone: Gone, at: str, words: Words) -> Loss:
    """What became of a citation of an answer of a moment in UTC, empty where that is unknown.

    Of what the browser says only place and moment are believed, and the library is asked what is there.
    """
    doc_id, anchor = split_anchor_id(gone.anchor_id)
    view = View(doc_id, anchor, gone.language)
    cited, unit = "", None
    try:
        if anchor_kind(anchor):
            document = library.document(library.present_id(doc_id))
            comma = "，" if words.language == "zh" else ", "
            cited = f"{document.short_title(words.language)}{comma}{label(anchor, words.language)}"
            unit = library.unit(doc_id, anchor, gone.language)
    except LibraryError:
        pass
    said = why_away(library, doc_id, words) or why_lost(library, gone.anchor_id, gone.language, at, words)
    return Loss(gone.n, cited, said, unit, view)


def why_away(library: Library, doc_id: str, words: Words) -> str:
    """What is said of a document that is not in the library; nothing of one that is."""
    present = library.present_id(doc_id)
    if any(document.doc_id == present for document in library.documents()):
        return ""
    return why_removed(library, doc_id, words) or words.losses.away


def why_removed(library: Library, doc_id: str, words: Words) -> str:
    """What is said of a document that was removed and can be brought back; nothing of any other."""
    removed = removal_of(library, doc_id)
    if removed:
        title = removed.document.short_title(words.language)
        return words.losses.removed.format(title=title, date=_date(removed.removed_at, words.language))
    return words.losses.withheld if is_withheld(library, doc_id) else ""


def why_lost(library: Library, anchor_id: str, language: Language, at: str, words: Words) -> str:
    """What is said of quoted words that are not in a unit of a document that is there."""
    doc_id = library.present_id(split_anchor_id(anchor_id)[0])
    held = {v.language for d in library.documents() if d.doc_id == doc_id for v in d.versions}
    named = words.texts.chinese if language == "zh" else words.texts.english
    if language not in held:
        for each in removed_versions(library):
            if (each.document.doc_id, each.language) == (doc_id, language):
                date = _date(each.removed_at, words.language)
                return words.losses.version_removed.format(language=named, date=date)
        return words.losses.version_gone.format(language=named)
    replaced = replaced_since(library, doc_id, language, at)
    return words.losses.replaced.format(date=_date(replaced, words.language)) if replaced else words.panel.lost


def _date(moment: str, language: Language) -> str:
    """The day of a moment in UTC where the application runs, which is where its reader is."""
    return day_in_words(datetime.fromisoformat(moment).astimezone().date().isoformat()).get(language)
