"""A question read: what cannot be asked and what that says, noise that changes nothing, language, and names."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.question import LONGEST_QUESTION, check_question, language_of, read_question
from corpus.errors import QuestionError
from corpus.records import Document

DESTROYED = "2012年5月销毁了多少支枪支？"


def refused(question: str) -> QuestionError:
    with pytest.raises(QuestionError) as caught:
        check_question(question)
    return caught.value


@pytest.mark.parametrize(
    ("question", "en", "zh"),
    [
        ("", "the question is empty", "问题是空的"),
        ("   \n\t\u3000", "the question is empty", "问题是空的"),
        ("\ud800", "the question is empty", "问题是空的"),
        ("???。。。", "the question holds no words", "没有文字"),
        ("\u200b\ufeff\u2060", "the question holds no words", "没有文字"),
        ("😀👍", "the question holds no words", "没有文字"),
        ("枪" * 2001, "2,001 characters", "2,001 个字符"),
        ("firearms " * 12_000, "108,000 characters", "108,000 个字符"),
    ],
)
def test_what_cannot_be_asked_is_said_in_both_languages(question: str, en: str, zh: str) -> None:
    error = refused(question)
    assert en in error.found
    assert error.expected
    assert error.remedy
    assert error.message("en") == str(error) == f"{error.found}; expected {error.expected}; {error.remedy}"
    chinese = error.message("zh")
    assert zh in chinese
    assert chinese.count("；") == 2
    assert language_of(chinese) == "zh"
    assert "\n" not in error.message("en") + chinese


def test_the_longest_question_may_be_asked() -> None:
    assert LONGEST_QUESTION == 2000
    assert check_question("枪" * 2000) == "枪" * 2000


@pytest.mark.parametrize("question", ["枪", "a", "7", "？枪", "　讨论要点10　"])
def test_a_letter_or_digit_is_enough(question: str) -> None:
    assert check_question(question) == question.strip()


@pytest.mark.parametrize("question", ["", "???。。。", "枪" * 2001])
def test_the_assistant_refuses_what_cannot_be_asked(assistant: Assistant, question: str) -> None:
    with pytest.raises(QuestionError):
        assistant.ask(question)
    with pytest.raises(QuestionError):
        assistant.search(question)


@pytest.mark.parametrize(
    ("noisy", "plain"),
    [
        ("2012年5月销毁了多少\ud800支枪支？", DESTROYED),
        ("😀 2012年5月销毁了多少支枪支？👍", DESTROYED),
        ("2012年5月销\u200b毁了多\u2060少支枪支？", DESTROYED),
        ("\ufeff2012年5月销毁了多少支枪支？", DESTROYED),
        ("20\u200b12年5月销毁了多少支枪\xad支？", DESTROYED),
        ("２０１２年５月销毁了多少支枪支？", DESTROYED),
        ("讨论要\u200b点1\u200b0", "讨论要点10"),
        ("讨论要点１０", "讨论要点10"),
        (
            "How many trac\u200bing requests did South Africa report?",
            "How many tracing requests did South Africa report?",
        ),
        (
            "Ｈｏｗ ｍａｎｙ tracing requests did South Africa report?",
            "How many tracing requests did South Africa report?",
        ),
    ],
)
def test_noise_gives_the_same_answer_as_without(assistant: Assistant, noisy: str, plain: str) -> None:
    expected, answer = assistant.ask(plain), assistant.ask(noisy)
    assert not expected.abstained
    assert answer.language == expected.language
    assert answer.sentences == expected.sentences
    assert [c.anchor for c in answer.citations] == [c.anchor for c in expected.citations]


def test_what_comes_back_can_be_written_anywhere(assistant: Assistant) -> None:
    answer = assistant.ask("讨论要点\ud80010")
    assert answer.question == "讨论要点10"
    assert answer.question.encode("utf-8")


@pytest.mark.parametrize(
    "question", ["'; DROP TABLE units; --", 'NEAR("a" OR *) AND NOT', '" OR "枪"*', "讨论要点10\x00", "枪支%s{0}%(x)s"]
)
def test_what_looks_like_a_command_is_only_words(assistant: Assistant, question: str) -> None:
    assert len(assistant.search(question, 3)) == 3
    assert assistant.ask(question).question
    assert [c.anchor for c in assistant.ask("报告讨论要点44").citations] == ["wg6-2020-report#dp44"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("第八次会议何时开幕？", "zh"),
        ("When does the eighth session open?", "en"),
        ("Wilson Sandoval代表哪个国家？", "zh"),
        ("OP14 说了什么", "zh"),
        ("DP 10", "en"),
        ("What does 枪支 mean in the Firearms Protocol?", "en"),
        ("12345", "en"),
        ("𠮷是什么？", "zh"),
    ],
)
def test_the_language_is_the_one_most_of_it_is_in(text: str, language: str) -> None:
    assert language_of(text) == language


def test_names_that_an_answer_must_hold(documents: tuple[Document, ...]) -> None:
    def names(text: str) -> set[tuple[str, str]]:
        return {(name.kind, name.surface) for name in read_question(text, documents).names}

    assert ("year", "2012") in names(DESTROYED)
    assert ("state", "south africa") in names("how many tracing requests did south africa report?")
    assert ("state", "法国") in names("法国的首都是哪里？")
    assert ("session", "第八次") in names("第八次会议何时开幕？")
    assert {kind for kind, _ in names("第10/2号决议第16段")} == {"instrument"}
    assert names("标记枪支的方法") == set()


@pytest.mark.parametrize(
    ("text", "kind", "zh", "en"),
    [
        ("《枪支议定书》第八条", "instrument", ("第8条",), ("article 8",)),
        ("《公约》第二十一条", "instrument", ("第21条",), ("article 21",)),
        ("Article 8 of the Protocol", "instrument", ("第8条",), ("article 8",)),
        ("第10/2号决议", "instrument", ("第10/2号",), ("resolution 10/2", "decision 10/2")),
        ("annex II", "instrument", ("附件二",), ("annex II",)),
        ("annex 2", "instrument", ("附件二",), ("annex II",)),
        ("附件一", "instrument", ("附件一",), ("annex I",)),
        ("resolution 10/2, para. 16", "instrument", ("第16段",), ("paragraph 16", "para. 16")),
        ("第10/2号决议第16段", "instrument", ("第16段",), ("paragraph 16", "para. 16")),
        ("paragraph 6 of that Conference resolution", "instrument", ("第6段",), ("paragraph 6", "para. 6")),
        ("第八次会议", "session", ("第八次会议",), ("eighth session", "eighth meeting")),
        ("the 22nd session", "session", ("第二十二次会议", "第二十二届会议"), ("22nd session", "22nd meeting")),
    ],
)
def test_a_name_in_both_languages(
    documents: tuple[Document, ...], text: str, kind: str, zh: tuple[str, ...], en: tuple[str, ...]
) -> None:
    assert (kind, zh, en) in [(name.kind, name.zh, name.en) for name in read_question(text, documents).names]


def test_the_topic_leaves_out_what_only_says_where_to_look(documents: tuple[Document, ...]) -> None:
    read = read_question("What does the 2014 background paper say of tracing?", documents)
    assert read.groups == (("wg6-2014-background",),)
    assert read.documents == ("wg6-2014-background",)
    topic = {word for concept in read.topic["en"] for form in concept for word in form.words}
    assert "background" in read.words("en")
    assert "background" not in topic
    assert any(word.startswith("trac") for word in topic)
    # Where nothing else is said, the document is what is asked about.
    alone = read_question("决议草案", documents)
    assert alone.topic == alone.concepts


def test_a_meeting_of_which_there_is_no_document(documents: tuple[Document, ...]) -> None:
    assert read_question("What did the fifth session discuss?", documents).elsewhere
    assert not read_question("What did the eighth session discuss?", documents).elsewhere


def test_a_name_is_shown_as_it_was_written(documents: tuple[Document, ...]) -> None:
    """It is shown in the reason of an abstention."""
    for question in ("What did South Africa and Viet Nam report in 2012?", "What does Article 5 say?"):
        for name in read_question(question, documents).names:
            assert name.surface in question


def test_words_are_carried_to_the_other_language(documents: tuple[Document, ...]) -> None:
    read = read_question("How many firearms were destroyed in May 2012?", documents)
    assert read.language == "en"
    assert {"枪支", "2012", "5"} <= set(read.words("zh")) | {word.removesuffix("月") for word in read.words("zh")}
    assert "many" not in read.words("en")
