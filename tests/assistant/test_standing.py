"""What a question presumes that was done with a text, and which standing note denies it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.question import Question, read_question
from assistant.standing import concerned, denied, is_held, is_told, presumed_acts, speaking, without_acts
from assistant.words import WordIndex
from corpus.library import Library
from corpus.records import Document, Unit
from tests.assistant.made import document, note, unit


@pytest.mark.parametrize(
    ("question", "acts"),
    [
        ("讨论要点通过了吗?", {"adopted"}),
        ("决议草案获得通过了没有?", {"adopted"}),
        ("议程何时通过?", {"adopted"}),
        ("各方最终达成了一致吗?", {"agreed"}),
        ("讨论要点是逐行谈判的吗?", {"negotiated"}),
        ("工作组决定了什么?", {"decided"}),
        ("主席的总结有约束力吗?", {"binding"}),
        ("工作组提出了什么建议?", {"recommended"}),
        ("议程记录了什么?", {"recorded"}),
        ("Was it adopted or only discussed?", {"adopted"}),
        ("Did the Group approve it?", {"adopted"}),
        ("Was it approved by consensus?", {"adopted", "agreed"}),
        ("Was the text negotiated?", {"negotiated"}),
        ("Is it legally binding?", {"binding"}),
        ("What does it recommend?", {"recommended"}),
        ("Does it record what was said?", {"recorded"}),
        ("会议对要点17拍板了吗?", {"decided"}),
        ("各方谈拢的文字在哪里?", {"agreed", "negotiated"}),
        ("草案得到大会批准了吗?", {"adopted"}),
        ("要点17对各国有法律效力吗?", {"binding"}),
        ("What did delegates hammer out?", {"agreed", "negotiated"}),
        ("Who signed off the text?", {"adopted", "agreed"}),
        ("Is point 17 mandatory?", {"binding"}),
        ("What did the minutes of the meeting say?", {"recorded"}),
        ("", set()),
    ],
)
def test_acts_that_a_question_names(question: str, acts: set[str]) -> None:
    assert presumed_acts(question) == acts


@pytest.mark.parametrize(
    "question",
    [
        "枪支如何通过邮政服务贩运?",
        "各国通过什么方式追查枪支?",
        "枪支记录保存多少年?",
        "保存记录有什么要求?",
        "各国应如何保存枪支记录和数据?",
        "记录系统由谁管理?",
        "What are the record-keeping requirements?",
        "How long must records be kept?",
        # What a text or a speaker recommends is what it says; drafts and numbered decisions are texts.
        "要点17建议各国做什么?",
        "意大利专家对海关有什么建议?",
        "谁起草了建议草案?",
        "第3/2号决定的标题是什么?",
        "What did the Italian panellist recommend?",
        "Who wrote the draft recommendations?",
        "What is decision 3/2 called?",
        # It says itself that it was not done.
        "为什么未能达成一致?",
        "为什么要点没有获得通过?",
        "Why could the delegations not agree?",
        "Why were the points not finally adopted?",
        "谁主持了会议?",
        "Who chaired the meeting?",
    ],
)
def test_what_only_looks_like_an_act(question: str) -> None:
    assert presumed_acts(question) == set()


def test_a_question_without_the_words_of_its_acts() -> None:
    assert without_acts("Was the draft adopted on Friday?") == "Was the draft on Friday?"
    assert without_acts("枪支如何通过邮政服务贩运?") == "枪支如何通过邮政服务贩运?"
    assert without_acts("商定的措辞是什么?") == "的 是什么?"
    assert presumed_acts(without_acts("讨论要点是逐行谈判后通过的吗?")) == set()


def asked(text: str, *named: str) -> Question:
    """A question that names these documents, whatever its words."""
    read = read_question(text, ())
    return Question(**{**vars(read), "groups": tuple((doc_id,) for doc_id in named)})


def denies(question: Question, best: str | None, *documents: Document) -> str | None:
    """The anchor that the denying note rests on; ``best`` is document#anchor of the best evidence."""
    evidence = []
    if best is not None:
        doc_id, anchor = best.split("#")
        evidence = [unit("正文。", anchor, doc_id)]
    premise = denied(question, evidence, documents)
    return f"{premise.document.doc_id}#{premise.note.rests_on}" if premise else None


REPORT = document(
    "report", "report",
    note("dp*", "p6", "adopted", "agreed"), note("p5", "p5", "recommended"), note("p1 p2", "p46"),
)  # fmt: skip
DRAFT = document("draft", "resolution", note("*", "head", "adopted", "binding"))
ADOPTED, RECOMMENDED, BINDING = "通过了吗?", "有什么建议?", "Is it binding?"


@pytest.mark.parametrize(
    ("question", "best", "expected"),
    [
        # The note covers the best evidence and denies the act.
        (asked(ADOPTED), "report#dp3", "report#p6"),
        (asked(ADOPTED), "draft#op1", "draft#head"),
        # It covers other paragraphs, or denies another act, or none.
        (asked(ADOPTED), "report#p8", None),
        (asked(BINDING), "report#dp3", None),
        (asked(ADOPTED), "report#p1", None),
        (asked("谁发言了?"), "report#dp3", None),
        (asked(ADOPTED), None, None),
        # A document that is named need not be the best evidence, if the note covers all of it …
        (asked(ADOPTED, "draft"), "report#p8", "draft#head"),
        (asked(ADOPTED, "draft"), None, "draft#head"),
        # … or nothing but what it rests on; the notes of other documents count no more.
        (asked(RECOMMENDED, "report"), "report#p8", "report#p5"),
        (asked(RECOMMENDED), "report#p8", None),
        (asked(ADOPTED, "draft"), "report#dp3", "draft#head"),
        (asked(ADOPTED, "report"), "report#p8", None),
        # Of recommendations that were adopted, what is said of recommendations comes first.
        (asked("通过了什么建议?", "report"), "report#dp3", "report#p5"),
        # What covers the best evidence comes before what is only named.
        (asked(ADOPTED, "draft", "report"), "report#dp3", "report#p6"),
    ],
)
def test_the_note_that_denies(question: Question, best: str | None, expected: str | None) -> None:
    assert denies(question, best, DRAFT, REPORT) == expected


def test_of_two_notes_on_the_best_evidence_the_closer_one_denies() -> None:
    whole, chapter = note("*", "p5", "adopted"), note("p8 p9", "p84", "adopted")
    for standing in ((whole, chapter), (chapter, whole)):
        paper = document("paper", "background", *standing)
        assert denies(asked(ADOPTED), "paper#p8", paper) == "paper#p84"
        assert denies(asked(ADOPTED), "paper#p7", paper) == "paper#p5"


def test_the_bundled_notes_deny_what_delegates_presume(documents: tuple[Document, ...]) -> None:
    def rests_on(text: str, best: str | None = None) -> str | None:
        return denies(read_question(text, documents), best, *documents)

    assert rests_on("Was the draft resolution adopted?") == "cop10-2020-draft-resolution#head"
    assert rests_on("主席的总结是谈判达成的吗？") == "wg6-2020-chair-summary#head"
    assert rests_on("第七次会议提出了哪些建议？") in {"wg6-2020-report#p5", "wg6-2020-chair-summary#head"}
    assert rests_on("讨论要点通过了吗？", "wg6-2020-report#dp1") == "wg6-2020-report#p6"
    assert rests_on("第84段的建议通过了吗？", "wg6-2014-background#p84") == "wg6-2014-background#p84"
    assert rests_on("What did the meeting decide?", "wg6-2020-report#p1") is None
    assert rests_on("谁主持了会议？", "wg6-2020-report#p26") is None


def test_a_question_presumes_only_of_documents_it_names_or_whose_body_or_year_it_names(
    documents: tuple[Document, ...],
) -> None:
    def meant(text: str) -> set[str]:
        return set(concerned(read_question(text, documents), documents))

    of_2020 = {"wg6-2020-report", "wg6-2020-chair-summary"}
    assert meant("主席的总结有约束力吗？") == {"wg6-2020-chair-summary"}
    assert meant("When does the resolution of the three States enter into force?") == {"cop10-2020-draft-resolution"}
    assert meant("工作组2020年就弹药商定了什么？") == of_2020
    assert meant("What consensus was there in 2020 on ammunition?") == of_2020 | {"cop10-2020-draft-resolution"}
    assert meant("Has the Antarctic Commission agreed on a budget?") == set()
    assert meant("南极委员会商定预算了吗？") == set()
    # A meeting of which there is no document.
    assert meant("2019年工作组会议通过了什么建议？") == set()


def test_a_text_that_tells_of_the_act_is_no_premise(tmp_path: Path) -> None:
    library = Library.open(tmp_path)
    index = WordIndex(library)
    question = asked("When was the whale treaty adopted?", "report")

    def told(text: str, doc_id: str = "report", anchor: str = "p1") -> bool:
        return is_told(question, [unit(text, anchor, doc_id, "en")], ["report"], [REPORT], index)

    assert told("The whale treaty was adopted in 1946.")
    # It is not said to be done, it is of something else, it is of another text, or it is what denies.
    assert not told("The whale treaty was not adopted in 1946.")
    assert not told("States should consider adopting the whale treaty.")
    assert not told("The rules were adopted in 1946.")
    assert not told("The whale treaty was adopted in 1946.", doc_id="draft")
    assert not told("The whale treaty was adopted in 1946.", anchor="p6")
    # What is said of the report as a whole tells nothing of its points.
    points = asked("When were the discussion points on whales adopted?", "report")
    said = unit("The report was adopted with its discussion points on whales.", "p1", "report", "en")
    assert not is_told(points, [said], ["report"], [REPORT], index)


def test_evidence_must_hold_the_subject_where_no_document_is_named(tmp_path: Path) -> None:
    index = WordIndex(Library.open(tmp_path))
    whales, rules = unit("Whales migrate.", "p1", "report", "en"), unit("The rules of Friday.", "p1", "report", "en")
    assert is_held(asked("What about whales?"), [whales], index)
    assert not is_held(asked("What about whales?"), [rules], index)
    assert not is_held(asked("What about whales?"), [], index)
    assert is_held(asked("What about whales?", "report"), [rules], index)


def test_of_a_meeting_only_the_texts_that_say_what_it_did_deny(documents: tuple[Document, ...]) -> None:
    def ids(text: str) -> set[str]:
        return {document.doc_id for document in speaking(read_question(text, documents), documents)}

    outcomes = {"wg6-2020-report", "cop10-2020-draft-resolution"}
    assert ids("2014年5月会议通过了什么？") == outcomes
    assert ids("背景文件通过了吗？") == outcomes | {"wg6-2014-background"}


def test_evidence_of_the_chapter_that_is_named() -> None:
    report = document("report", "report", note("dp*", "p6", "adopted"), note("p8", "p7", "adopted"))
    outside, inside = unit("甲。", "dp1", heading="二. 要点"), unit("乙。", "p8", heading="三. 总结")
    for chapter in ("第三章通过了吗?", "Was chapter III adopted?"):
        premise = denied(asked(chapter), [outside, inside], [report])
        assert premise is not None
        assert premise.note.rests_on == "p7"
    premise = denied(asked("通过了吗?"), [outside, inside], [report])
    assert premise is not None
    assert premise.note.rests_on == "p6"


def test_what_all_settled_is_looked_for_among_the_points_and_what_one_said_in_the_summary() -> None:
    report = document("report", "report", note("dp*", "p6", "agreed"), note("p8", "p7", "agreed"))
    evidence = [unit("甲。", "p8"), unit("乙。", "dp1")]

    def rests_on(text: str, units: list[Unit]) -> str | None:
        premise = denied(asked(text), units, [report])
        return premise.note.rests_on if premise else None

    assert rests_on("各方谈拢了什么?", evidence) == "p6"
    assert rests_on("专家的话,各方谈拢了吗?", evidence) == "p7"
    assert rests_on("意大利的话,各方谈拢了吗?", evidence) == "p7"
    # What no note denies is not denied for what stands near it.
    assert rests_on("各方谈拢了什么?", [unit("丙。", "p30"), *evidence]) is None
