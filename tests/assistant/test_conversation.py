"""Follow-ups asked of the assistant: when it says how it read them, and what its JSON and its command line say."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import Assistant, EarlierTurn
from assistant.__main__ import application
from assistant.answer import Answer
from tests.commands import run_here

KEYS = ["question", "language", "mode", "abstained", "reason", "sentences", "citations", "leads", "timings_ms"]
FIRST = {"zh": "报告第21段说什么", "en": "What does para. 21 of the report say"}
NEXT = {"zh": "下一段呢", "en": "And the next paragraph?"}
UNDERSTOOD = {
    "zh": "2020年会议报告第22段说了什么？",
    "en": "What does para. 22 of the report of the 2020 meeting say?",
}


def conversation(assistant: Assistant, *questions: str) -> list[tuple[str, Answer]]:
    turns: list[tuple[str, Answer]] = []
    for question in questions:
        turns.append((question, assistant.ask(question, turns)))
    return turns


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_follow_up_says_how_it_was_read(assistant: Assistant, language: str) -> None:
    turns = conversation(assistant, FIRST[language], NEXT[language], NEXT[language])
    assert turns[0][1].understood is None
    assert turns[1][1].understood == UNDERSTOOD[language]
    assert turns[2][1].understood == UNDERSTOOD[language].replace("22", "23")
    assert [answer.citations[0].anchor for _, answer in turns] == [f"wg6-2020-report#p{n}" for n in (21, 22, 23)]


@pytest.mark.parametrize(
    "question",
    ["谁主持了２０２０年７月的会议", "你好，请问 谁主持了2020年7月的会议？？", "who CHAIRED  the JULY 2020 meeting",
     "And who chaired the July 2020 meeting?", "Thanks! Who chaired the July 2020 meeting"],
)  # fmt: skip
def test_a_question_that_stands_on_its_own_is_not_said_to_be_read_otherwise(
    assistant: Assistant, question: str
) -> None:
    for history in ([], conversation(assistant, FIRST["zh"]), conversation(assistant, FIRST["en"])):
        answer = assistant.ask(question, history)
        assert answer.understood is None
        assert answer.citations[0].anchor == "wg6-2020-report#p26"


def test_an_earlier_question_typed_carelessly_is_followed_up_as_it_was_meant(assistant: Assistant) -> None:
    answer = conversation(assistant, "報告第２１段說什麼", "下一段呢")[-1][1]
    assert answer.understood == UNDERSTOOD["zh"]


CONVERSATIONS = [
    (FIRST["zh"], NEXT["zh"], NEXT["zh"]),
    (FIRST["en"], NEXT["en"], "Was it adopted?"),
    ("2020年7月的会议由谁主持？", "附近有什么餐馆？", "2014年呢？"),
    ("背景文件里的《批准工具包》有什么用处？", "里面有哪些材料？"),
    ("What does the draft resolution say about ammunition?", "And the report?", "报告第21段", "那第22段呢"),
]


@pytest.mark.parametrize("questions", CONVERSATIONS)
def test_turns_that_were_kept_are_leant_on_as_the_answers_themselves(
    assistant: Assistant, questions: tuple[str, ...]
) -> None:
    turns: list[tuple[str, Answer]] = []
    kept: list[EarlierTurn] = []
    for question in questions:
        answer, again = assistant.ask(question, turns), assistant.ask(question, kept)
        assert replace(again, timings_ms={}) == replace(answer, timings_ms={})
        assert assistant.search(question, 3, history=kept) == assistant.search(question, 3, history=turns)
        turns.append((question, answer))
        # Half of them as a program would write them down that has no answer at hand.
        anchors = tuple(citation.anchor for citation in answer.citations)
        kept.append(EarlierTurn.of(question, answer))
        assert kept[-1] == EarlierTurn(question, answer.understood, anchors)
    mixed = [turns[0], *kept[1:]]
    assert assistant.ask(questions[-1], mixed[:-1]).understood == turns[-1][1].understood


@pytest.mark.parametrize(
    "cited",
    [
        ("no-such#p1",), ("wg6-2020-report#p999",), ("wg6-2020-report",), ("#",), ("\ud800",), ("wg6-2020-report#zz",),
        (f"wg6-2020-report#p{'9' * 5000}",), ("' OR 1=1 --#p1",),
    ],
)  # fmt: skip
def test_anchors_that_the_library_does_not_hold_are_passed_over(assistant: Assistant, cited: tuple[str, ...]) -> None:
    without = assistant.ask(NEXT["zh"], [EarlierTurn("谁主持了会议？")])
    assert assistant.ask(NEXT["zh"], [EarlierTurn("谁主持了会议？", None, cited)]).understood == without.understood
    held = EarlierTurn("谁主持了会议？", None, (*cited, "wg6-2020-report#p21"))
    assert assistant.ask(NEXT["zh"], [held]).understood == UNDERSTOOD["zh"]


@pytest.mark.parametrize("understood", ["", "???", "长" * 3000, "\ud800"])
def test_a_turn_understood_as_nothing_that_can_be_asked_is_taken_as_it_was_asked(
    assistant: Assistant, understood: str
) -> None:
    assert assistant.ask(NEXT["zh"], [EarlierTurn(FIRST["zh"], understood)]).understood == UNDERSTOOD["zh"]
    assert assistant.ask(NEXT["zh"], [EarlierTurn("???", understood)]).understood is None
    assert assistant.ask(NEXT["zh"], [EarlierTurn("它呢？", FIRST["zh"])]).understood == UNDERSTOOD["zh"]


@pytest.mark.parametrize("made_up", ["", "???", "长" * 3000, "\ud800"])
def test_earlier_questions_that_could_not_have_been_asked_are_passed_over(assistant: Assistant, made_up: str) -> None:
    turns = conversation(assistant, FIRST["zh"])
    assert assistant.ask(NEXT["zh"], [(made_up, turns[0][1]), *turns]).understood == UNDERSTOOD["zh"]
    assert assistant.ask(NEXT["zh"], [(made_up, turns[0][1])]).understood is None


@pytest.mark.parametrize(
    ("first", "question"),
    [
        ("2020年7月的会议由谁主持？", "附近有什么餐馆？"),
        ("决议草案对弹药是怎么说的？", "停车场在哪里？"),
        ("Who chaired the July 2020 meeting?", "How much is a taxi?"),
        ("What does the draft resolution say about ammunition?", "What is the password for the wifi?"),
    ],
)
def test_what_the_documents_do_not_speak_of_is_not_answered_with_the_earlier_turn(
    assistant: Assistant, first: str, question: str
) -> None:
    earlier, answer = conversation(assistant, first, question)
    assert not earlier[1].abstained
    assert answer[1].abstained
    assert answer[1].understood is None


@pytest.mark.parametrize(
    ("first", "question", "anchor"),
    [
        ("背景文件里的《批准工具包》有什么用处？", "里面有哪些材料？", "wg6-2014-background#p18"),
        ("How many plenary meetings can be held in May 2021?", "In how many languages?", "wg6-2021-agenda#item1b.5"),
    ],
)
def test_a_question_too_short_to_stand_alone_is_answered_where_the_earlier_one_was(
    assistant: Assistant, first: str, question: str, anchor: str
) -> None:
    answer = conversation(assistant, first, question)[-1][1]
    assert answer.understood is not None
    assert answer.citations[0].anchor == anchor


def test_a_comparison_is_one_only_with_two_sides(assistant: Assistant) -> None:
    both = assistant.ask("报告讨论要点1和主席的总结讨论要点1有什么不同？")
    assert both.compared
    assert [citation.anchor for citation in both.citations] == ["wg6-2020-report#dp1", "wg6-2020-chair-summary#dp1"]
    assert not assistant.ask("报告讨论要点1说了什么？").compared


def test_the_json_gains_keys_only_where_there_is_something_to_say(assistant: Assistant) -> None:
    turns = conversation(assistant, FIRST["en"], NEXT["en"])
    assert list(turns[0][1].to_dict()) == KEYS
    follow_up = turns[1][1].to_dict()
    assert list(follow_up) == [*KEYS, "understood"]
    assert follow_up["understood"] == UNDERSTOOD["en"]
    noted = assistant.ask("讨论要点1、52").to_dict()
    assert list(noted) == [*KEYS, "notes"]
    assert noted["notes"] == ["各份文件中没有讨论要点52。"]


@pytest.mark.parametrize(("language", "said"), [("zh", "问题理解为："), ("en", "Understood as: ")])
def test_the_command_line_takes_earlier_questions_oldest_first(built_home: Path, language: str, said: str) -> None:
    earlier = ("--after", FIRST[language], "--after", NEXT[language])
    done = run_here(application, "assistant", built_home, "ask", NEXT[language], *earlier)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == said + UNDERSTOOD[language].replace("22", "23")
    assert "wg6-2020-report#p23" in done.stdout
    alone = run_here(application, "assistant", built_home, "ask", FIRST[language])
    assert said not in alone.stdout


def test_the_command_line_prints_notes_between_answer_and_sources(built_home: Path) -> None:
    done = run_here(application, "assistant", built_home, "ask", "讨论要点1、52")
    lines = done.stdout.splitlines()
    note = lines.index("各份文件中没有讨论要点52。")
    assert lines[note - 2].endswith(" [2]")
    assert lines[note + 2].startswith("[1] ")


def test_the_command_line_prints_the_keys_of_a_follow_up(built_home: Path) -> None:
    done = run_here(application, "assistant", built_home, "ask", NEXT["zh"], "--after", FIRST["zh"], "--json")
    assert json.loads(done.stdout)["understood"] == UNDERSTOOD["zh"]


def test_an_earlier_question_without_words_is_one_line_and_code_1(built_home: Path) -> None:
    done = run_here(application, "assistant", built_home, "ask", NEXT["zh"], "--after", "???")
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert "no words" in done.stderr
