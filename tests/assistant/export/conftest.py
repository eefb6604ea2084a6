"""Conversations with the real assistant, in both languages, as they are exported."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Answer, Assistant
from corpus.library import Library
from corpus.records import Document, Language

#: A point, a comparison, a paragraph and its follow-up, a table, and what the documents cannot say.
QUESTIONS: dict[Language, tuple[str, ...]] = {
    "zh": (
        "报告讨论要点10怎么说？",
        "报告讨论要点1与主席总结讨论要点1有何不同？",
        "报告第21段说什么",
        "下一段呢",
        "2021年5月10日上午审议哪些项目？",
        "2031年工作组关于月球武器作出了什么决定？",
        "关于3D打印枪支，各文件怎么说？",
    ),
    "en": (
        "What does discussion point 10 of the report say?",
        "How does discussion point 1 of the report differ from discussion point 1 of the Chair's summary?",
        "What does para. 21 of the report say?",
        "And the next paragraph?",
        "What is on the agenda on 10 May 2021?",
        "What did the Working Group decide about lunar weapons in 2031?",
    ),
}
Turns = list[tuple[str, Answer]]


@pytest.fixture(scope="session")
def conversations(assistant: Assistant) -> dict[Language, Turns]:
    """The questions asked one after the other."""
    found: dict[Language, Turns] = {}
    for language, questions in QUESTIONS.items():
        turns: Turns = []
        for question in questions:
            turns.append((question, assistant.ask(question, turns)))
        found[language] = turns
    return found


@pytest.fixture(scope="session")
def library_documents(built_home: Path) -> dict[str, Document]:
    """The documents of the library by id."""
    return {document.doc_id: document for document in Library.open(built_home).documents()}
