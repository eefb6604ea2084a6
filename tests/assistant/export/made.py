"""Answers made by hand, over one document of which everything that a paper tells is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from assistant.answer import Answer, AnswerSentence, Citation, DocumentRef
from corpus.anchors import label
from corpus.records import Bilingual, Document, Language, StandingNote
from tests.letters import document_of

DAY = date(2026, 3, 9)
ADOPTED = Bilingual("已通过。", "It was adopted.")
POINTS = Bilingual("要点未经谈判", "The points were not negotiated")
REPORT = replace(
    document_of("report", name=Bilingual("会议报告全称", "report in full")),
    short_titles=Bilingual("会议报告", "report"),
    symbol="A/1",
    symbol_status="confirmed",
    body=Bilingual("工作组", "Working Group"),
    session=Bilingual("第七次会议", "seventh session"),
    dates=Bilingual("2020年7月16日", "16 July 2020"),
    place=Bilingual("维也纳", "Vienna"),
    standing=(StandingNote(POINTS, "p6", ("dp*",)), StandingNote(ADOPTED, "p46", ("p*",))),
)
SUMMARY = replace(
    document_of("summary", name=Bilingual("主席的总结", "Chair's summary")),
    short_titles=Bilingual("2020年主席的总结", "2020 Chair's summary"),
)
DOCUMENTS = {document.doc_id: document for document in (REPORT, SUMMARY)}


def citation(
    quote: str, anchor: str = "p1", n: int = 1, document: Document = REPORT, language: Language = "zh",
    official: bool = True,
) -> Citation:  # fmt: skip
    title, short = document.titles.get(language), document.short_titles.get(language)
    return Citation(
        n, f"{document.doc_id}#{anchor}", language, label(anchor, language), quote, 0, len(quote), quote,
        DocumentRef(document.doc_id, title, short, document.symbol, document.symbol_status), (), official, 1.0,
    )  # fmt: skip


def answer(*cited: Citation, sentences: tuple[tuple[str, tuple[int, ...]], ...] = ()) -> Answer:
    """An answer of the sentences given; where none are, each citation's quote is one."""
    said = sentences or tuple((each.quote, (each.n,)) for each in cited)
    return Answer(
        "问题", "zh", "extractive", False, None, tuple(AnswerSentence(text, numbers) for text, numbers in said), cited
    )


def abstention(reason: str, *leads: Citation) -> Answer:
    return replace(answer(), abstained=True, reason=reason, leads=leads)
