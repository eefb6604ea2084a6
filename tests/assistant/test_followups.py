"""Follow-up questions as they would be asked on their own; and questions that lean on nothing stay as they are."""

from __future__ import annotations

import random
from typing import Any

import pytest

from assistant.earlier.followups import Turn, understood
from assistant.earlier.leaning import content
from assistant.earlier.slots import group_of
from assistant.expected import expected_kinds
from assistant.question import LONGEST_QUESTION, language_of
from assistant.references import find_references
from corpus.glossary import glossary
from corpus.records import Document
from tests.patience import little_work

REPORT, CHAIR, DRAFT = "wg6-2020-report", "wg6-2020-chair-summary", "cop10-2020-draft-resolution"
AGENDA, BACKGROUND = "wg6-2021-agenda", "wg6-2014-background"
Documents = tuple[Document, ...]


@pytest.mark.parametrize(
    ("before", "question", "document", "anchors"),
    [
        ("报告第21段说什么？", "下一段呢？", REPORT, ["p22"]),
        ("报告第21段说什么？", "那再下一段讲了什么", REPORT, ["p22"]),
        ("报告第21段说什么？", "上一段呢", REPORT, ["p20"]),
        ("报告第21段说什么？", "下两段呢？", REPORT, ["p22", "p23"]),
        ("报告第二十一段说什么？", "下一段呢？", REPORT, ["p22"]),
        ("2020年报告讨论要点30说的是什么", "再往后一条讲了什么", REPORT, ["dp31"]),
        ("主席的总结要点9讲什么", "前一个要点呢", CHAIR, ["dp8"]),
        ("决议草案执行部分第21段是讲什么的？", "它的前一段呢", DRAFT, ["op20"]),
        ("决议草案序言部分第4段", "下一段要求谁做什么？", DRAFT, ["pp5"]),
        ("背景文件第85至88段", "接下来那一段呢？", BACKGROUND, ["p89"]),
        ("背景文件第85至88段", "前一段呢？", BACKGROUND, ["p84"]),
        ("议程项目1(b)第4段", "下一段呢", AGENDA, ["item1b.5"]),
        ("What does OP14 of the draft resolution say?", "And the paragraph after that?", DRAFT, ["op15"]),
        ("What does OP14 of the draft resolution say?", "the one before?", DRAFT, ["op13"]),
        ("What does discussion point 9 of the report say?", "And the previous one?", REPORT, ["dp8"]),
        ("What does discussion point 9 of the report say?", "the next one?", REPORT, ["dp10"]),
        ("paras. 5-6 of the report", "What does the following paragraph say about it?", REPORT, ["p7"]),
        ("What does para. 12 of the report say?", "the two paragraphs after that?", REPORT, ["p13", "p14"]),
    ],
)
def test_the_unit_beside(documents: Documents, before: str, question: str, document: str, anchors: list[str]) -> None:
    resolved = understood(question, [Turn(before)], documents)
    references = find_references(resolved, documents)
    assert [anchor for reference in references for anchor in reference.anchors] == anchors, resolved
    assert {reference.documents for reference in references} == {(document,)}, resolved
    assert language_of(resolved) == language_of(question)


@pytest.mark.parametrize(
    ("cited", "question", "expected"),
    [
        ((f"{REPORT}#dp17", f"{REPORT}#p11"), "下一条呢？", "2020年会议报告讨论要点18说了什么？"),
        ((f"{DRAFT}#op22",), "And the next paragraph?",
         "What does operative para. 23 of the 2020 revised draft resolution say?"),
        ((f"{AGENDA}#annex.r6",), "下一行呢", "2021年会议临时议程说明附件，第7行说了什么？"),
    ],
)  # fmt: skip
def test_the_unit_beside_the_first_cited(
    documents: Documents, cited: tuple[str, ...], question: str, expected: str
) -> None:
    assert understood(question, [Turn("区块链可以做什么？", cited)], documents) == expected


def test_an_open_document_stays_open_unless_one_was_cited(documents: Documents) -> None:
    asked = "讨论要点10说的是什么"
    both = Turn(asked, (f"{REPORT}#dp10", f"{CHAIR}#dp10"))
    assert understood("下一条呢", [both], documents) == "讨论要点11说了什么？"
    one = Turn(asked, (f"{CHAIR}#dp10",))
    assert understood("下一条呢", [one], documents) == "2020年主席的总结讨论要点11说了什么？"


def test_a_paragraph_of_a_resolution_is_operative(documents: Documents) -> None:
    turn = Turn("paragraph 6 of the draft resolution", (f"{DRAFT}#op6",))
    expected = "What does operative para. 7 of the 2020 revised draft resolution say?"
    assert understood("And the next one?", [turn], documents) == expected


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        # State, year, session, item, day, point, document and term give way to their like.
        ("西班牙在2020年会议上说了什么？", "那巴西呢？", "巴西在2020年会议上说了什么？"),
        ("What did the panellist from South Africa say in 2020?", "And Brazil?",
         "What did the panellist from Brazil say in 2020?"),
        ("2020年7月的枪支问题工作组会议由谁主持？", "2021年那次呢？", "2021年的枪支问题工作组会议由谁主持？"),
        ("2020年7月的会议由谁主持？", "那2014年呢", "2014年的会议由谁主持？"),
        ("第七次会议由谁主持？", "2014年呢？", "2014年会议由谁主持？"),
        ("第七次会议由谁主持？", "第八次呢？", "第八次会议由谁主持？"),
        ("Who chaired the July 2020 meeting?", "How about the sixth session?", "Who chaired the sixth session?"),
        ("Who chaired the seventh meeting?", "the eighth?", "Who chaired the eighth meeting?"),
        ("On which days in 2020 did the Working Group hold its seventh meeting?", "and in 2014?",
         "On which days in 2014 did the Working Group hold its meeting?"),
        ("Who led the discussion under item 2 at the 2020 meeting?", "And item 3?",
         "Who led the discussion under item 3 at the 2020 meeting?"),
        ("Under item 3 in 2020, which organizations made statements?", "And under item 2?",
         "Under item 2 in 2020, which organizations made statements?"),
        ("报告第21段说什么？", "那第22段呢？", "报告第22段说什么？"),
        ("What does OP14 of the draft resolution say?", "And OP16?", "What does OP16 of the draft resolution say?"),
        ("决议草案对弹药是怎么说的？", "报告呢", "报告对弹药是怎么说的？"),
        ("Do the report's discussion points mention blockchain?", "What about the Chair's version?",
         "Do the Chair's version's discussion points mention blockchain?"),
        ("第八次会议5月10日上午安排了哪些项目？", "那第二天下午呢？", "第八次会议5月11日星期二下午安排了哪些项目？"),
        ("第八次会议5月11日上午讨论什么", "12日呢？", "第八次会议5月12日讨论什么？"),
        ("What is scheduled for Monday morning at the eighth session?", "And in the afternoon?",
         "What is scheduled for Monday afternoon at the eighth session?"),
        ("What is scheduled for Monday at the eighth session?", "the last day?",
         "What is scheduled for Wednesday, 12 May at the eighth session?"),
        ("2020年7月的会议有多少个议定书缔约方出席？", "签署国呢？", "2020年7月的会议有多少个议定书签署国出席？"),
        ("Which signatories attended in July 2020?", "And intergovernmental organizations?",
         "Which intergovernmental organizations attended in July 2020?"),
        ("Which States made statements in July 2020?", "And United Nations entities?",
         "Which United Nations entities made statements in July 2020?"),
        ("What does the report say about tracing?", "And ammunition?", "What does the report say about ammunition?"),
        ("决议草案对枪支、零部件和弹药是怎么说的？", "那3D打印枪支呢？", "决议草案对3D打印枪支是怎么说的？"),
        # One of several, counted; parts and instruments by number.
        ("When was the first substantive item proposed?", "And the third?",
         "When was the third substantive item proposed?"),
        ("报告的前两项建议是什么？", "第三项呢？", "报告的第三项建议是什么？"),
        ("What is in chapter II of the report?", "And chapter III?", "What is in chapter III of the report?"),
        ("What does article 5 of the Protocol require?", "And article 8?",
         "What does article 8 of the Protocol require?"),
        ("What is resolution 7/1 about?", "And of 9/2?", "What is resolution 9/2 about?"),
        ("第7/1号决议讲什么？", "9/2号呢？", "第9/2号决议讲什么？"),
        # 又 asks the same again, whatever the verb.
        ("主席总结对蓝图有何建议？", "对邮政包裹又怎么要求？", "主席总结对邮政包裹有何建议？"),
        # A text that is asked whether it takes this up is asked the same.
        ("What does the report say about tracing?", "Does the Chair's summary mention that too?",
         "What does the Chair's summary say about tracing?"),
        ("What does the report suggest on joint investigation teams?", "Does the draft resolution take this up?",
         "What does the draft resolution suggest on joint investigation teams?"),
        ("2020年报告对弹药怎么说？", "决议草案里有没有提到这一点？", "决议草案对弹药怎么说？"),
        ("What arms does the ATT cover?", "And the Firearms Protocol?", "What arms does the Firearms Protocol cover?"),
        # What is like nothing there comes in front.
        ("2020年会议由谁主持？", "那弹药呢", "关于弹药，2020年会议由谁主持？"),
        ("Who chaired the 2020 meeting?", "And ammunition?", "As for ammunition: Who chaired the 2020 meeting?"),
    ],
)  # fmt: skip
def test_the_same_asked_of_something_else(documents: Documents, before: str, question: str, expected: str) -> None:
    assert understood(question, [Turn(before)], documents) == expected


def test_a_document_does_not_speak_for_another_year(documents: Documents) -> None:
    before = "How many States were parties to the Firearms Protocol according to the 2014 background paper?"
    resolved = understood("and in 2019?", [Turn(before)], documents)
    assert resolved == "How many States were parties to the Firearms Protocol in 2019?"
    resolved = understood("2019年呢", [Turn("2014年背景文件里有多少个缔约国？")], documents)
    assert resolved == "2019年有多少个缔约国？"


def test_neither_of_two(documents: Documents) -> None:
    turns: list[Turn] = []
    for question in ("2020年7月的会议有多少个缔约方出席？", "签署国呢？", "两者都不是的国家呢？"):
        turns.append(Turn(understood(question, turns, documents)))
    assert turns[-1].question == "2020年7月的会议有多少个既非缔约方也非签署国的国家出席？"
    turns = []
    for question in ("How many parties attended in 2020?", "And signatories?", "And those that are neither?"):
        turns.append(Turn(understood(question, turns, documents)))
    assert turns[-1].question == "How many States that are neither parties nor signatories attended in 2020?"


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        ("第21段说什么", "那么它要求谁来做？", "第21段要求谁来做？"),
        ("报告第21段说什么", "这一段是谁提的", "2020年会议报告第21段是谁提的？"),
        ("报告讨论要点10说什么", "它和第23段有什么区别？", "2020年会议报告讨论要点10和第23段有什么区别？"),
        ("What does OP20 of the draft ask for?", "Who is it addressed to?",
         "Who is operative para. 20 of the 2020 revised draft resolution addressed to?"),
        ("南非在2020年会议上说了什么？", "它往系统里传了多少件武器的信息？",
         "南非往系统里传了多少件武器的信息？（2020年会议）"),
        ("What did South Africa say in 2020?", "How many tracing requests did it make?",
         "How many tracing requests did South Africa make? (2020 meeting)"),
        # The worth of a text is its document's, not told by the unit itself.
        ("决议草案要求缔约国怎样对待弹药", "这有法律约束力吗？", "2020年决议修订草案有法律约束力吗？"),
        ("报告讨论要点10说什么", "它有约束力吗", "2020年会议报告的讨论要点有约束力吗？"),
        ("报告第38段说什么", "这一段会上通过了吗？", "2020年会议报告的有关内容会上通过了吗？"),
        ("决议草案是由哪些国家提出的？", "他们谈判过吗？", "他们谈判过吗？（决议草案国家提出）"),
        ("决议草案执行部分第8段说什么", "通过了吗？", "2020年决议修订草案通过了吗？"),
        ("What does OP14 of the draft resolution say?", "Was it adopted?",
         "Was the 2020 revised draft resolution adopted?"),
        # What else is carried stands behind, without its own ask words.
        ("2020年会议用的是哪个口译平台？", "它能让多少人发言？", "它能让多少人发言？（2020年会议用的口译平台）"),
        ("第七次会议由谁主持？", "在哪里开的？", "在哪里开的？（第七次会议主持）"),
        ("第七次会议由谁主持？", "还有谁？", "还有谁？（第七次会议主持）"),
        ("Who chaired the July 2020 meeting?", "When?", "When? (chaired the July 2020 meeting)"),
        ("Who chaired the July 2020 meeting?", "And why?", "Why? (chaired the July 2020 meeting)"),
        ("Did the Working Group adopt any recommendations in July 2020?", "Why not?",
         "Why not? (the Working Group adopt any recommendations in July 2020)"),
        ("Which signatories attended the July 2020 meeting?", "And how many parties?",
         "How many parties? (attended the July 2020 meeting)"),
        # So does a question that names nothing and says too little to stand alone.
        ("When was the training course held?", "How many people took it?",
         "How many people took it? (the training course held)"),
        ("2020年会议用的是哪个口译平台？", "最多坐多少人？", "最多坐多少人？（2020年会议用的口译平台）"),
        # A document named with "as well" takes the place of the earlier one, and of its points.
        ("What does the Chair's summary say about victims?", "Does the report bring in families as well?",
         "Does the report bring in families as well? (say about victims)"),
        ("报告的要点28对登记簿怎么说？", "决议草案也谈到期限吗？", "决议草案也谈到期限吗？（对登记簿）"),
        ("决议草案对弹药是怎么说的？", "详细说说", "决议草案对弹药是怎么说的？"),
        ("What does DP 37 of the report recommend?", "Tell me more, please.",
         "What does DP 37 of the report recommend?"),
    ],
)  # fmt: skip
def test_what_a_pronoun_or_an_ask_word_leans_on(
    documents: Documents, before: str, question: str, expected: str
) -> None:
    assert understood(question, [Turn(before)], documents) == expected


@pytest.mark.parametrize("question", ["谢谢，那巴西呢？", "那 巴西 呢？", "请问那巴西呢", "巴西呢?", "那么，巴西呢？"])
def test_spaces_widths_and_padding_do_not_matter(documents: Documents, question: str) -> None:
    assert understood(question, [Turn("西班牙说了什么？")], documents) == "巴西说了什么？"


def test_only_the_new_thing_is_asked_for(documents: Documents) -> None:
    resolved = understood("具体是哪天？", [Turn("2020年会议由谁主持，有多少国家出席？")], documents)
    assert expected_kinds(resolved) == ("date",)
    resolved = understood("Who else?", [Turn("How many States spoke, and when?")], documents)
    assert expected_kinds(resolved) == ("person",)


def test_what_is_carried_asks_for_nothing(kept_questions: list[dict[str, Any]]) -> None:
    for kept in kept_questions:
        carried = content(kept["question"], language_of(kept["question"]))
        assert expected_kinds(carried) == (), carried


@pytest.mark.parametrize(
    ("before", "question", "carries"),
    [
        ("What does the report say about tracing?", "那弹药呢？", ["弹药", "2020年会议报告", "追查"]),
        ("报告第21段说什么？", "Who proposed it?", ["para. 21 of the report of the 2020 meeting"]),
    ],
)
def test_across_languages_names_and_terms_are_carried(
    documents: Documents, before: str, question: str, carries: list[str]
) -> None:
    resolved = understood(question, [Turn(before)], documents)
    assert language_of(resolved) == language_of(question)
    assert all(part in resolved for part in carries), resolved


@pytest.mark.parametrize(
    "question",
    [
        "第八次会议是什么时候？",
        "下一次会议什么时候开？",
        "决议草案讲边境管制的那一段，要向哪些人提供专门培训？",
        "那44个讨论要点都是逐条谈判敲定的吧？",
        "谢谢",
        "第83段原文",
        "Para 71?",
        "Is there parking at the Vienna International Centre?",
        "Which chapters of its 2020 report did the working group adopt?",
        "Is it true that the draft resolution was adopted in 2020?",
        "What does the next session of the Working Group discuss?",
        "Thank you!",
        "Can you help me?",
        "今天有什么安排？",
        "What is tracing?",
        "Zoom怎么用？",
        "Does the report mention ammunition too?",
    ],
)
def test_what_leans_on_nothing_stays(documents: Documents, question: str) -> None:
    for before in ("报告第21段说什么？", "Who chaired the July 2020 meeting?", "西班牙说了什么？"):
        assert understood(question, [Turn(before, (f"{REPORT}#dp10",))], documents) == question


def test_questions_complete_in_themselves_stay(documents: Documents, kept_questions: list[dict[str, Any]]) -> None:
    asked = [kept["question"] for kept in kept_questions]
    draw = random.Random(7)
    for question in asked:
        turn = Turn(draw.choice(asked), (f"{REPORT}#dp10",))
        assert understood(question, [turn], documents) == question


@pytest.mark.parametrize(
    "earlier",
    [[], [Turn("")], [Turn("   ", (f"{REPORT}#p1",))]],
)
def test_without_an_earlier_question_nothing_changes(documents: Documents, earlier: list[Turn]) -> None:
    for question in ("下一段呢？", "那巴西呢？", "Why not?", "", "？"):
        assert understood(question, earlier, documents) == question


@pytest.mark.parametrize(
    "question",
    ["下一段呢？", "那巴西呢？", "它呢？", "谁？", "And item 3?", "the next one?", "Why?", "?!", "((（", "a" * 3000],
)
@pytest.mark.parametrize(
    "turn",
    [
        Turn("???"),
        Turn("\u200b(((（（）))"),
        Turn("[^a-z]*\\1 (?P<n>", ("no-such#p1", "#", "wg6-2020-report", "wg6-2020-report#zz")),
        Turn("巴西" * 50_000, (f"{REPORT}#head",)),
        Turn("word " * 50_000, tuple(f"{REPORT}#p{n}" for n in range(500))),
        Turn("报告第0段", (f"{REPORT}#p0",)),
        Turn("报告第1段", (f"{AGENDA}#item1a",)),
    ],
)  # fmt: skip
def test_hostile_turns_do_no_harm(documents: Documents, question: str, turn: Turn) -> None:
    with little_work(5):
        resolved = understood(question, [turn], documents)
        assert resolved == question or len(resolved) <= LONGEST_QUESTION
        assert understood(question, [turn], ()) is not None


def test_a_long_conversation_does_not_grow(documents: Documents) -> None:
    turns = [Turn("2020年会议用的是哪个口译平台？")]
    for number in range(60):
        question = ("它能让多少人发言？", "谁提供的？", "什么时候？", "在哪里？")[number % 4]
        turns.append(Turn(understood(question, turns, documents)))
        assert len(turns[-1].question) < 200
    assert understood("那巴西呢？", turns * 100, documents)


def test_terms_that_replace_each_other_are_in_the_glossary() -> None:
    known = {term.zh[0] for term in glossary().terms}
    assert set(group_of()) <= known
