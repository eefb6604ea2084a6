"""What each function gives, field by field: the types behind the published schemas and the tables of docs/api.md."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from corpus.records import Language, SymbolStatus, UnitKind


class DocumentName(TypedDict):
    id: Annotated[str, Field(description="id of the document, as `documents` takes it")]
    title: Annotated[str, Field(description="full title, in the language of the labels")]
    symbol: Annotated[str | None, Field(description="United Nations document symbol; null where unknown")]
    symbol_status: Annotated[SymbolStatus, Field(description="whether the document itself states its symbol")]


class Citation(TypedDict):
    n: Annotated[int, Field(description="its number, which the sentences name")]
    anchor: Annotated[str, Field(description="address of the unit, the same in every language: wg6-2020-report#dp10")]
    language: Annotated[Language, Field(description="language of quote and text")]
    label: Annotated[str, Field(description="the unit as delegates cite it: 讨论要点10, discussion point 10")]
    quote: Annotated[str, Field(description="the words quoted, letter for letter")]
    start: Annotated[int, Field(description="where the quote begins in text, in characters (code points)")]
    end: Annotated[int, Field(description="where the quote ends: text[start:end] is quote")]
    text: Annotated[str, Field(description="the whole unit")]
    document: Annotated[DocumentName, Field(description="the document it stands in")]
    standing: Annotated[list[str], Field(description="what the text is worth: adopted, a draft, not negotiated")]
    official: Annotated[bool, Field(description="false where the text is an unofficial working translation")]
    score: Annotated[float, Field(description="how well the unit fits the question; higher is better")]


class Sentence(TypedDict):
    text: Annotated[str, Field(description="the sentence")]
    citations: Annotated[list[int], Field(description="numbers of the citations it rests on")]


class AskResult(TypedDict):
    question: Annotated[str, Field(description="the question as it was asked")]
    language: Annotated[Language, Field(description="language of labels, titles, standing and reasons")]
    mode: Annotated[
        Literal["extractive", "llm"],
        Field(description="extractive: every sentence is a quotation; llm: worded by a model and checked"),
    ]
    abstained: Annotated[bool, Field(description="true where the documents do not answer the question")]
    reason: Annotated[str | None, Field(description="why there is no answer; null where there is one")]
    sentences: Annotated[list[Sentence], Field(description="the answer, in order; none where abstained")]
    citations: Annotated[list[Citation], Field(description="what the sentences rest on; none where abstained")]
    leads: Annotated[list[Citation], Field(description="where abstained, the nearest units: leads, not an answer")]
    timings_ms: Annotated[dict[str, float], Field(description="how long each step took, in milliseconds")]
    understood: NotRequired[
        Annotated[str, Field(description="the question as read with the history, where that changed it")]
    ]
    notes: NotRequired[
        Annotated[list[str], Field(description="what a reader must know besides, where there is anything")]
    ]
    removed: NotRequired[
        Annotated[int, Field(description="sentences of a language model that were left out: what they cite lacks them")]
    ]
    shortfall: NotRequired[
        Annotated[
            Literal["unsupported", "failed", "resting", "cut"],
            Field(
                description="of a language model: nothing it wrote stood, no answer, left alone for a while, broke off"
            ),
        ]
    ]
    rewritten: NotRequired[
        Annotated[str, Field(description="the question in the words of a language model, where those found the answer")]
    ]


class Hit(TypedDict):
    anchor: Annotated[str, Field(description="address of the unit, the same in every language")]
    language: Annotated[Language, Field(description="language of text")]
    score: Annotated[float, Field(description="how well the unit fits; higher is better, and best come first")]
    text: Annotated[str, Field(description="the whole unit")]


class SearchResult(TypedDict):
    hits: Annotated[list[Hit], Field(description="best first, one a unit")]


class Footnote(TypedDict):
    mark: Annotated[str, Field(description="its mark as printed")]
    text: Annotated[str, Field(description="the footnote")]
    at: Annotated[int | None, Field(description="where its mark stands in the unit's text; null where it has none")]


class Neighbour(TypedDict):
    anchor: Annotated[str, Field(description="address of the unit")]
    label: Annotated[str, Field(description="the unit as delegates cite it")]
    text: Annotated[str, Field(description="the whole unit")]


class OtherLanguage(TypedDict):
    language: Annotated[Language, Field(description="the other language")]
    text: Annotated[str, Field(description="the same unit in it")]
    official: Annotated[bool, Field(description="false where that is an unofficial working translation")]


class UnitResult(TypedDict):
    anchor: Annotated[str, Field(description="address of the unit, the same in every language")]
    language: Annotated[Language, Field(description="language of the text, which may not exist in the one asked for")]
    label: Annotated[str, Field(description="the unit as delegates cite it")]
    kind: Annotated[UnitKind, Field(description="what kind of unit it is")]
    number: Annotated[str, Field(description="its number as printed")]
    heading_path: Annotated[list[str], Field(description="the headings it stands under, outermost first")]
    text: Annotated[str, Field(description="the whole unit")]
    official: Annotated[bool, Field(description="false where the text is an unofficial working translation")]
    standing: Annotated[list[str], Field(description="what the text is worth: adopted, a draft, not negotiated")]
    document: Annotated[DocumentName, Field(description="the document it stands in")]
    footnotes: Annotated[list[Footnote], Field(description="its footnotes")]
    before: Annotated[list[Neighbour], Field(description="the units just before it, in reading order")]
    after: Annotated[list[Neighbour], Field(description="the units just after it, in reading order")]
    other_language: Annotated[OtherLanguage | None, Field(description="null where the library holds one language only")]


class Version(TypedDict):
    language: Annotated[Language, Field(description="language of this version")]
    official: Annotated[bool, Field(description="false where it is an unofficial working translation")]
    units: Annotated[int, Field(description="how many citable units it has")]


class Standing(TypedDict):
    text: Annotated[str, Field(description="what the text is worth")]
    rests_on: Annotated[str, Field(description="address of the unit that says so")]
    covers: Annotated[list[str], Field(description="anchors it holds for, within the document; dp* is every dp…")]


class DocumentResult(TypedDict):
    id: Annotated[str, Field(description="id of the document, as `documents` takes it and anchors begin with it")]
    title: Annotated[str, Field(description="full title")]
    symbol: Annotated[str | None, Field(description="United Nations document symbol; null where unknown")]
    symbol_status: Annotated[SymbolStatus, Field(description="whether the document itself states its symbol")]
    date: Annotated[str, Field(description="its date or dates, in words")]
    year: Annotated[int, Field(description="the year of its date")]
    kind: Annotated[str, Field(description="report, agenda, resolution and so on")]
    languages: Annotated[list[Version], Field(description="the languages it exists in")]
    standing: Annotated[list[Standing], Field(description="what its texts are worth")]


class DocumentsResult(TypedDict):
    documents: Annotated[list[DocumentResult], Field(description="all documents of the library, newest first")]
