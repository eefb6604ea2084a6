"""The documents that a question names, by title, alias, symbol or session."""

from __future__ import annotations

import pytest

from assistant.naming import named_documents
from corpus.records import Document

AGENDA = "wg6-2021-agenda"
REPORT = "wg6-2020-report"
DRAFT = "cop10-2020-draft-resolution"
CHAIR = "wg6-2020-chair-summary"
BACKGROUND = "wg6-2014-background"


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("会议报告里谁发言了？", [REPORT]),
        ("报告讨论要点41", [REPORT]),
        ("What does the 2020 report say about tracing?", [REPORT]),
        ("CTOC/COP/WG.6/2020/4 第21段", [REPORT]),
        ("ctoc/cop/wg.6/2020/4, para. 21", [REPORT]),
        ("决议草案哪一段提到加密货币？", [DRAFT]),
        ("Which paragraph of the draft resolution mentions cryptocurrency?", [DRAFT]),
        ("主席的总结要点9", [CHAIR]),
        ("point 9 of the Chair's summary", [CHAIR]),
        ("point 9 of the CHAIR'S SUMMARY", [CHAIR]),
        ("point 9 of the Chair’s summary", [CHAIR]),
        ("秘书处背景文件提到哪些国家？", [BACKGROUND]),
        ("the 2014 background paper", [BACKGROUND]),
        ("临时议程说明中的第三项", [AGENDA]),
        ("provisional agenda of the eighth session", [AGENDA]),
        ("wg6-2021-agenda", [AGENDA]),
        ("会议报告与主席的总结有何不同？", [REPORT, CHAIR]),
        ("第八次会议何时开幕？", [AGENDA]),
    ],
)
def test_documents_are_known_by_their_names(documents: tuple[Document, ...], question: str, named: list[str]) -> None:
    assert sorted(named_documents(question, documents)) == sorted(named)


@pytest.mark.parametrize(
    "question",
    [
        "2012年5月销毁了多少支枪支？",
        "What happened in 2020?",
        "第10/2号决议说了什么？",
        "What does resolution 10/2 say?",
        "法国的首都是哪里？",
        "Did panellists from Mexico speak?",
        "Reporters and agendas",
    ],
)
def test_what_names_no_document(documents: tuple[Document, ...], question: str) -> None:
    assert named_documents(question, documents) == ()


def test_the_longest_name_wins(documents: tuple[Document, ...]) -> None:
    assert named_documents("枪支问题工作组会议报告", documents) == (REPORT,)
    assert named_documents("决议修订草案", documents) == (DRAFT,)
    assert named_documents("annotated provisional agenda", documents) == (AGENDA,)


def test_every_title_alias_and_symbol_names_its_document(documents: tuple[Document, ...]) -> None:
    lost = []
    for document in documents:
        names = [*document.aliases, document.short_titles.zh, document.short_titles.en, document.doc_id]
        for name in [*names, *([document.symbol] if document.symbol else [])]:
            for asked in (name, f"请看{name}。" if not name.isascii() else f"See {name}."):
                if document.doc_id not in named_documents(asked, documents):
                    lost.append(asked)
    assert lost == []
