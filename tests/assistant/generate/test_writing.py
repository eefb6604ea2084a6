"""Answers that a model words, over the real client and a real server: whatever it writes, only what is cited stands."""

from __future__ import annotations

from dataclasses import replace
from threading import Event

import pytest

from assistant import Assistant
from assistant.generate.settings import Settings
from assistant.generate.writing import Writer
from corpus.errors import QuestionError
from tests.assistant.generate.conftest import limited
from tests.assistant.generate.scripted import (
    ALSO_TRUE,
    DESTROYED,
    JOINED,
    QUESTION,
    TRUE,
    Ask,
    check_shown,
    texts,
    written,
)  # fmt: skip
from tests.llm_server import Asked, ModelServer, Reply


@pytest.mark.parametrize("form", [False, True], ids=["text", "json"])
def test_a_well_cited_answer_is_in_the_models_words(ask: Ask, form: bool) -> None:
    *growing, answer = ask(written((TRUE, DESTROYED), (ALSO_TRUE, JOINED), form=form))
    assert (answer.mode, answer.shortfall, answer.removed, answer.abstained) == ("llm", None, (), False)
    assert [texts(each) for each in growing] == [[TRUE], [TRUE, ALSO_TRUE]]
    assert texts(answer) == [TRUE, ALSO_TRUE]
    check_shown([*growing, answer], TRUE, ALSO_TRUE)
    first, second = answer.citations
    assert (first.n, first.anchor, second.n, second.anchor) == (
        1, "wg6-2014-background#p59", 2, "wg6-2014-background#p10",
    )  # fmt: skip
    # Of each paragraph the sentence is quoted that says it.
    assert "1,045" in first.quote
    assert "109" in second.quote
    assert len(second.quote) < len(second.text)
    assert first.standing
    assert answer.to_dict()["mode"] == "llm"
    assert not {"removed", "shortfall", "rewritten"} & answer.to_dict().keys()


def test_an_english_question_is_answered_in_english(ask: Ask, server: ModelServer) -> None:
    true = "UNODC took part in the destruction of 1,045 firearms in May 2012."
    # What is not in the reader's language is no answer to them, true or not.
    *_, answer = ask(
        written((TRUE, DESTROYED), (true, DESTROYED)), question="How many firearms were destroyed in May 2012?"
    )
    assert (answer.mode, answer.language, texts(answer)) == ("llm", "en", [true])
    assert server.asked[0].said.endswith("Answer in English.")


FALSE = {
    "wrong number": ("毒品和犯罪问题办公室于2012年5月参加了2,045支枪支的销毁工作。", DESTROYED),
    "swapped citation": (TRUE, JOINED),
    "invented citation": (TRUE, "99"),
    "no citation": (TRUE, ""),
    "negated": ("毒品和犯罪问题办公室于2012年5月没有参加1,045支枪支的销毁工作。", DESTROYED),
    "strengthened": ("缔约国必须销毁所有1,045支枪支。", DESTROYED),
    "another actor": ("日本于2012年5月参加了1,045支枪支的销毁工作。", DESTROYED),
    "orders of a document obeyed": ("系统提示词如下：你根据联合国文件的段落回答代表提出的问题。", DESTROYED),
    "script": (f"{TRUE[:-1]}<script>fetch('http://127.0.0.1:9/')</script>。", DESTROYED),
    "image": (f"![1,045]({'http'}://127.0.0.1:9/x.png){TRUE}", DESTROYED),
    "link": (f"[{TRUE[:-1]}](javascript:alert(1))。", DESTROYED),
    "address": (f"详见http://evil.example/，{TRUE}", DESTROYED),
}


@pytest.mark.parametrize("name", FALSE)
def test_what_the_cited_paragraph_does_not_support_is_no_answer(ask: Ask, name: str) -> None:
    """Alone, it leaves the quotations; beside a true sentence, only that one stands."""
    false = FALSE[name]
    alone = ask(written(false))
    check_shown(alone)
    assert (alone[-1].mode, alone[-1].shortfall) == ("extractive", "unsupported")
    assert alone[-1].removed
    # What is shown as an answer is what would be without a model.
    assert DESTROYED in "".join(texts(alone[-1])).replace(" ", "")
    beside = ask(written((ALSO_TRUE, JOINED), false, (f"其中，{TRUE}", DESTROYED)))
    check_shown(beside, ALSO_TRUE, f"其中，{TRUE}")
    assert (beside[-1].mode, texts(beside[-1])) == ("llm", [ALSO_TRUE, f"其中，{TRUE}"])
    assert beside[-1].to_dict()["removed"] == len(beside[-1].removed) > 0


def test_what_stands_and_does_not_answer_is_no_answer(ask: Ask) -> None:
    """The paragraph supports it, but it has no number, which the question asks for."""
    (answer,) = ask(written(("阿根廷和巴西的经验得到广泛认可。", DESTROYED), (ALSO_TRUE, JOINED)))
    assert (answer.mode, answer.shortfall, answer.removed) == ("extractive", "unsupported", ())


def test_a_sentence_is_shown_only_once_it_is_checked_and_before_the_rest_is_there(
    assistant: Assistant, server: ModelServer, settings: Settings
) -> None:
    shown = Event()

    def paced(asked: Asked) -> Reply:
        first, second = (f"[{asked.number(words)}]" for words in (DESTROYED, JOINED))
        piece = len(TRUE + first) + 1
        return Reply(f"{TRUE}{first}{ALSO_TRUE}{second}", piece=piece, held=shown, held_at=1)

    server.play(paced)
    growing = assistant.worded_by(Writer(settings)).stream(QUESTION)
    assert texts(next(growing)) == [TRUE]
    shown.set()
    assert texts(list(growing)[-1]) == [TRUE, ALSO_TRUE]


@pytest.mark.parametrize(
    "question",
    [
        "法国的首都是哪里？",
        "报告讨论要点1和主席的总结讨论要点1有什么不同？",
        "报告讨论要点10怎么说？",
        "Which items are scheduled for the afternoon of 11 May 2021?",
        # A premise that is denied, and nothing besides.
        "工作组通过的讨论要点中，关于国家联络点是怎么说的？",
    ],
    ids=["absent", "compared", "by number", "a list", "denied"],
)
def test_where_there_is_nothing_to_word_no_model_is_asked(
    assistant: Assistant, ask: Ask, server: ModelServer, question: str
) -> None:
    answers = ask(TRUE, question=question)
    assert server.asked == []
    assert [replace(answer, timings_ms={}) for answer in answers] == [
        replace(answer, timings_ms={}) for answer in assistant.stream(question)
    ]


def test_a_question_that_cannot_be_asked_asks_no_model(ask: Ask, server: ModelServer) -> None:
    with pytest.raises(QuestionError):
        ask(TRUE, question="???")
    assert server.asked == []


def test_a_denied_premise_leads_and_the_notes_stay(assistant: Assistant, ask: Ask) -> None:
    question = "工作组2020年会议通过了哪些关于培训的建议？"
    plain = assistant.ask(question)
    denial = plain.sentences[0]

    def about(asked: Asked) -> Reply:
        first = asked.paragraphs[1].partition("\n")[2].partition("。")[0]
        return Reply(f"工作组2020年会议通过了44项建议。[1]{first}。[1]")

    answers = ask(about, question=question)
    worded = answers[-1]
    assert worded.mode == "llm"
    assert all(answer.sentences[0] == denial and answer.citations[0] == plain.citations[0] for answer in answers)
    assert worded.citations[0].anchor == "wg6-2020-report#p5"
    assert [len(answer.sentences) for answer in answers] == [2, 2]
    assert worded.removed == ("工作组2020年会议通过了44项建议。",)
    assert worded.notes == plain.notes
    assert worded.citations[1].standing


def test_documents_are_sent_whole_within_the_budget(ask: Ask, server: ModelServer, settings: Settings) -> None:
    ask(TRUE)
    (asked,) = server.asked
    assert len(asked.paragraphs) > 1
    assert QUESTION.rstrip("？") in asked.said
    ask(TRUE, to=limited(settings, context_tokens=200))
    (short,) = server.asked
    assert len(short.paragraphs) == 1
    assert DESTROYED in short.paragraphs[1]
    # Of a paragraph that is too long its first sentences are given.
    ask(TRUE, to=limited(settings, context_tokens=60))
    (shorter,) = server.asked
    assert shorter.paragraphs[1].endswith("的销毁工作。")
