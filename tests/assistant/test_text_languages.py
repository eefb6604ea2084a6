"""Keeping to texts in one language: nothing that is shown is in the other, and without a choice nothing changes."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from assistant import Answer, Assistant, Hit
from assistant.__main__ import application
from corpus.errors import UnknownDocumentError, UnknownLanguageError
from corpus.library import Library
from corpus.records import LANGUAGES, Bilingual, Language
from corpus.sync import add_document
from embeddings.build import ensure_index
from tests.assistant.development import development_questions
from tests.assistant.made import note
from tests.commands import run_here
from tests.letters import Letters, add_texts, document_of, paragraphs

OTHER: dict[Language, Language] = {"zh": "en", "en": "zh"}
CHAIR, DRAFT, REPORT = "wg6-2020-chair-summary", "cop10-2020-draft-resolution", "wg6-2020-report"
DESTROYED = {"zh": "2012年5月销毁了多少支枪支？", "en": "How many firearms were destroyed in May 2012?"}


def timeless(answer: Answer) -> Answer:
    return replace(answer, timings_ms={})


def shown(answer: Answer) -> list[str]:
    """What an answer shows of which text: ``wg6-2020-report#p21 zh``."""
    return [f"{citation.anchor} {citation.language}" for citation in (*answer.citations, *answer.leads)]


def asked(assistant: Assistant, question: dict[str, Any], **kept: Any) -> tuple[list[Answer], list[Hit]]:
    """The answers of a conversation and what its last question finds."""
    history: list[tuple[str, Answer]] = []
    for each in (*question.get("history", ()), question["question"]):
        history.append((each, assistant.ask(each, list(history), **kept)))
    return [timeless(answer) for _, answer in history], assistant.search(
        question["question"], 10, history=history[:-1], **kept
    )


@pytest.mark.parametrize("question", development_questions(16), ids=lambda question: str(question["id"]))
def test_nothing_is_shown_in_a_language_that_is_not_kept_to(assistant: Assistant, question: dict[str, Any]) -> None:
    for language in LANGUAGES:
        answers, hits = asked(assistant, question, languages=(language,))
        for answer in answers:
            assert {citation.language for citation in (*answer.citations, *answer.leads)} == {language}
        assert {hit.unit.language for hit in hits} == {language}


@pytest.mark.parametrize("question", development_questions(8), ids=lambda question: str(question["id"]))
def test_both_languages_and_the_own_are_the_same_as_none(assistant: Assistant, question: dict[str, Any]) -> None:
    plain = asked(assistant, question)
    assert asked(assistant, question, languages=("zh", "en")) == plain
    assert asked(assistant, question, languages=("en", "zh", "en")) == plain
    # All documents have both versions, so that those in the question's language are shown in any case.
    if not question.get("history"):
        assert asked(assistant, question, languages=(plain[0][0].language,)) == plain


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_is_answered_from_texts_in_the_other_language(assistant: Assistant, language: Language) -> None:
    (citation, *_) = assistant.ask(DESTROYED[language], languages=(OTHER[language],)).citations
    assert (citation.anchor, citation.language) == ("wg6-2014-background#p59", OTHER[language])
    assert "1,045" in citation.quote
    own = assistant.ask(DESTROYED[language], languages=(language,)).citations[0]
    assert (own.anchor, own.language) == ("wg6-2014-background#p59", language)


@pytest.mark.parametrize(
    ("question", "anchors"),
    [
        # A reference, an item with its paragraphs, sides by number and by topic, a denied premise, rows of a day.
        ("What does discussion point 10 of the report say?", [f"{REPORT}#dp10"]),
        ("报告讨论要点10怎么说？", [f"{REPORT}#dp10"]),
        ("议程项目2", [f"wg6-2021-agenda#item2{n}" for n in ("", ".1", ".2", ".3", ".4")]),
        ("Compare points 8 and 9 of the Chair's summary.", [f"{CHAIR}#dp8", f"{CHAIR}#dp9"]),
        ("Is the Chair's summary legally binding?", [f"{CHAIR}#head"]),
        ("决议草案是何时通过的？", [f"{DRAFT}#head"]),
        ("2021年5月11日下午安排了哪些议题？", ["wg6-2021-agenda#annex.r6", "wg6-2021-agenda#annex.r7"]),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_way_of_answering_keeps_to_the_language(
    assistant: Assistant, question: str, anchors: list[str], language: Language
) -> None:
    found = shown(assistant.ask(question, languages=[language]))
    assert found[: len(anchors)] == [f"{anchor} {language}" for anchor in anchors]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_comparison_by_topic_keeps_to_the_language(assistant: Assistant, language: Language) -> None:
    for question in ("报告和主席的总结对3D打印的表述有什么不同？", "3D printing: report versus Chair's summary"):
        answer = assistant.ask(question, languages=[language])
        assert answer.compared
        assert {c.document.id for c in answer.citations} == {REPORT, CHAIR}
        assert {c.language for c in answer.citations} == {language}


def test_a_follow_up_is_read_alike_in_whichever_texts_it_looks(assistant: Assistant) -> None:
    first = "What does the draft resolution say about ammunition?"
    for question in ("And the report?", "What time is lunch?", "Was it adopted?"):
        read = [
            assistant.ask(question, [(first, assistant.ask(first, languages=kept))], languages=kept).understood
            for kept in ((), ("zh",), ("en",))
        ]
        assert read == [read[0]] * 3, question


@pytest.mark.parametrize("language", LANGUAGES)
def test_documents_and_languages_are_kept_to_together(assistant: Assistant, language: Language) -> None:
    kept: dict[str, Any] = {"documents": [CHAIR], "languages": [language]}
    assert shown(assistant.ask("讨论要点10说了什么？", **kept)) == [f"{CHAIR}#dp10 {language}"]
    for question in ("标记枪支", "Compare the report and the Chair's summary on 3D printing.", DESTROYED["en"]):
        answers, hits = asked(assistant, {"question": question}, **kept)
        assert answers[0].citations or answers[0].leads
        assert {c.document.id for c in (*answers[0].citations, *answers[0].leads)} == {CHAIR}
        assert {(hit.unit.doc_id, hit.unit.language) for hit in hits} == {(CHAIR, language)}


@pytest.mark.parametrize(
    "question", ["When was the draft resolution adopted?", "Is the Chair's summary legally binding?", "报告讨论要点10"]
)
def test_no_document_that_is_not_kept_to_is_quoted(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question, documents=["wg6-2014-background"])
    assert {c.document.id for c in (*answer.citations, *answer.leads)} == {"wg6-2014-background"}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Over a paper in both languages, and a resolution in Chinese alone whose first paragraph says it is a draft."""
    library = Library.open(tmp_path_factory.mktemp("home"))
    add_texts(
        library,
        "paper",
        {"zh": ["企鹅吃磷虾。"], "en": ["Penguins eat krill."]},
        Bilingual("企鹅文件", "penguin paper"),
    )
    draft = replace(
        document_of("draft", ["zh"], Bilingual("海豹决议", "seal resolution")),
        kind="resolution",
        standing=(note("*", "op1", "adopted"),),
    )
    operative = paragraphs("draft", "zh", ["见op1：这是草案。", "海豹吃鱼。"])
    add_document(library, draft, [replace(unit, anchor=f"op{unit.number}", kind="operative") for unit in operative])
    return Assistant(library, Letters(), ensure_index(library, Letters(), progress=False))


def test_a_document_without_such_a_text_gives_nothing(small: Assistant) -> None:
    assert {hit.unit.doc_id for hit in small.search("海豹吃什么？")} == {"draft", "paper"}
    assert [(hit.anchor, hit.unit.language) for hit in small.search("海豹吃什么？", languages=["en"])] == [
        ("paper#p1", "en")
    ]
    assert small.search("海豹吃什么？", documents=["draft"], languages=["en"]) == []
    answer = small.ask("海豹吃什么？", documents=["draft"], languages=["en"])
    assert answer.abstained
    assert (answer.citations, answer.leads) == ((), ())
    assert "没有所选语言的文本" in (answer.reason or "")
    english = small.ask("What do seals eat?", documents=["draft"], languages=["en"])
    assert "no document chosen has a text in a language chosen" in (english.reason or "")


def test_a_point_that_only_other_texts_have_is_said_to_be_left_out(small: Assistant) -> None:
    answer = small.ask("海豹决议第2段说了什么？", languages=["en"])
    assert answer.abstained
    assert answer.reason == "所选的文件和文本语言不包括海豹决议第2段。"
    assert shown(small.ask("海豹决议第2段说了什么？", languages=["zh"])) == ["draft#op2 zh"]


def test_a_premise_is_not_denied_in_a_language_that_is_not_kept_to(small: Assistant) -> None:
    question = "When was the seal resolution adopted?"
    assert shown(small.ask(question))[0] == "draft#op1 zh"
    assert shown(small.ask(question, languages=["zh"]))[0] == "draft#op1 zh"
    answer = small.ask(question, languages=["en"])
    assert all(each.endswith(" en") for each in shown(answer))
    assert answer.reason is not None


@pytest.mark.parametrize("languages", [["fr"], ["zh", "fr"], "en", ["ZH"], [""]])
def test_a_language_that_no_text_is_in_is_refused(assistant: Assistant, languages: Any) -> None:
    for ask in (assistant.ask, assistant.search, lambda *a, **k: next(assistant.stream(*a, **k))):
        with pytest.raises(UnknownLanguageError) as raised:
            ask("标记枪支", languages=languages)
        assert "zh or en" in raised.value.message("en")
        assert "应为 zh（中文）或 en（英文）" in raised.value.message("zh")
    with pytest.raises(UnknownDocumentError):
        assistant.ask("标记枪支", documents=["no-such"], languages=["zh"])


def test_the_command_line_keeps_to_a_language(built_home: Any, assistant: Assistant) -> None:
    def run(*arguments: str) -> dict[str, Any]:
        done = run_here(application, "assistant", built_home, *arguments, "--json")
        assert (done.returncode, done.stderr) == (0, "")
        printed: dict[str, Any] = json.loads(done.stdout)
        return printed

    question = DESTROYED["en"]
    chinese = run("ask", question, "--text-language", "zh", "--after", "Who chaired the July 2020 meeting?")
    assert {citation["language"] for citation in chinese["citations"]} == {"zh"}
    both = run("ask", question, "--text-language", "zh", "--text-language", "en")
    asked = assistant.ask(question).to_dict()["citations"]
    # The command line encodes a question by other means than the page, to the same but for the last digits of a score.
    assert [{**citation, "score": pytest.approx(citation["score"], abs=1e-3)} for citation in asked] == both[
        "citations"
    ]
    found = run("search", question, "--text-language", "zh", "--doc", "wg6-2014-background", "-k", "5")
    assert [hit["language"] for hit in found["hits"]] == ["zh"] * 5
    wrong = run_here(application, "assistant", built_home, "ask", question, "--text-language", "fr")
    assert (wrong.returncode, wrong.stdout) == (2, "")
