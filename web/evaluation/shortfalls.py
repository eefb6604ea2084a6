"""Questions of the development half whose answers fall short, as the page shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.anchors import anchor_kind, label, split_anchor_id
from corpus.records import Document, Language
from web.asking.view import View
from web.evaluation.naming import fault_name, kind_name
from web.evaluation.summary import Failure, Summary
from web.strings import strings


@dataclass(frozen=True)
class Place:
    """A unit that was found or cited: how it is called, where it opens if it is in the library, whether it is right."""

    text: str
    address: str | None
    right: bool


@dataclass(frozen=True)
class Shortfall:
    """A question with what is wrong with its answer, what would be right, and what was found and cited."""

    failure: Failure
    kind: str
    faults: str
    right: tuple[Place, ...]
    retrieved: tuple[Place, ...]
    cited: tuple[Place, ...]


def shortfalls(summary: Summary, documents: Sequence[Document], language: Language) -> list[Shortfall]:
    """Every question that falls short; units of ``documents`` by their names, others by their anchors."""
    words = strings(language)
    known = {document.doc_id: document for document in documents}

    def places(anchors: Iterable[str], right: Iterable[str]) -> Iterator[Place]:
        for anchor_id in anchors:
            doc_id, anchor = split_anchor_id(anchor_id)
            document = known.get(doc_id)
            if document is None or anchor_kind(anchor) is None:
                yield Place(anchor_id, None, anchor_id in right)
            else:
                text = words.evaluation.place.format(
                    document=document.short_title(language), label=label(anchor, language)
                )
                yield Place(text, View(doc_id, anchor).address, anchor_id in right)

    return [
        Shortfall(
            failure,
            kind_name(failure.kind, language),
            words.site.list_stop.join(fault_name(fault, language) for fault in failure.faults),
            *(tuple(places(anchors, failure.right)) for anchors in (failure.right, failure.retrieved, failure.cited)),
        )
        for failure in summary.failures
    ]
