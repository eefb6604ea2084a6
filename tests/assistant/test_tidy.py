"""Questions as their writers would have put them with care: script, spaces, padding, capitals and spelling."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from assistant.asking import ASKING
from assistant.tidying.english_spelling import one_edit
from assistant.tidying.padding import without_padding
from assistant.tidying.script import simplified
from assistant.tidying.tidy import Tidier
from corpus.glossary import glossary
from corpus.home import BUNDLED_DATA
from corpus.library import Library
from corpus.sync import sync_folder
from corpus.words import segmenter

QUESTIONS = Path(__file__).parents[2] / "eval" / "questions.jsonl"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = Library.open(tmp_path_factory.mktemp("tidy"))
    sync_folder(library, BUNDLED_DATA)
    return library


@pytest.fixture(scope="module")
def tidier(library: Library) -> Tidier:
    return Tidier(library)


@cache
def dev_questions() -> tuple[str, ...]:
    lines = QUESTIONS.read_text("utf-8").splitlines()
    return tuple(json.loads(line)["question"] for line in lines if '"split": "dev"' in line)


CHINESE = "枪支问题工作组第八次会议何时开幕?"
ENGLISH = "Who chaired the seventh meeting of the Working Group on Firearms?"


@pytest.mark.parametrize(
    "asked",
    [
        "枪支问题工作组第八次会议何时开幕？",
        "枪支问题工作组第八次会议何时开幕",
        "枪支问题工作组第八次会议何时开幕？？？",
        "枪支 问题 工作组 第 八 次 会议 何时 开幕 ？",
        "枪\u200b支问题\ufeff工作组第八次会议何时开幕？",
        "您好，麻烦问一下，枪支问题工作组第八次会议何时开幕？谢谢！",
        "请问枪支问题工作组第八次会议何时开幕？谢谢您",
        "打扰一下，我想请问枪支问题工作组第八次会议何时开幕，非常感谢。",
        "能否告诉我枪支问题工作组第八次会议何时开幕",
        "槍支問題工作組第八次會議何時開幕？",
        "請問，槍枝問題工作組第八次會議何時開幕？謝謝",
        "枪支问题工作祖第八次会议何时开幕？",
        "枪支题问工作组第八次会议何时开幕？",
        "枪支问题工作组组第八次会议何时开幕？",
        "枪支间题工作组第八次会议何时开幕？",
    ],
)
def test_a_chinese_question_in_other_clothes(tidier: Tidier, asked: str) -> None:
    assert tidier.tidy(asked) == CHINESE


@pytest.mark.parametrize(
    "asked",
    [
        "Who chaired the seventh meeting of the Working Group on Firearms",
        "who chaired the seventh meeting of the working group on firearms??",
        "WHO CHAIRED THE SEVENTH MEETING OF THE WORKING GROUP ON FIREARMS?",
        "Ｗｈｏ ｃｈａｉｒｅｄ the seventh meeting of the Working Group on Firearms？",
        "Could you please tell me who chaired the seventh meeting of the Working Group on Firearms, thanks",
        "Hello! I'd like to know who chaired the seventh meeting of the Working Group on Firearms. Thank you so much!",
        "Good morning, sorry to bother you. Who chaired the seventh meeting of the Working Group on Firearms please?",
        "Who chaired the  seventh  meeting of the Working Group on Fire arms ?",
        "Who chaired the sev enth meeting of the Working Group on Firearms?",
        "Who chaired the sevnth meeting of the Working Group on Firearms?",
        "Who chaired the seventh meetting of the Working Group on Firearms?",
        "Who chaired the seventh meeting of the Wokring Group on Firearms?",
        "who chaired the seventh meeting of the working group on firearns?",
        "Who chaired the seventh mee\u00adting of the Working Group on F\u200direarms?",
    ],
)
def test_an_english_question_in_other_clothes(tidier: Tidier, asked: str) -> None:
    assert tidier.tidy(asked) == ENGLISH


@pytest.mark.parametrize(
    "asked",
    [
        "What did Canada say about Chad, Niger and Mali?",
        "Who is Mr. Maring of Interpretify?",
        "What does CTOC/COP/WG.6/2020/4 say of OP14 and DP38?",
        "Which Bolivian law is it, and who wrote it?",
        "Have weapons from the war in Ukraine turned up?",
        "For which thanks did the Chair express in 2014?",
        "第七届缔约方会议和第八次会议有什么不同?",
        "会员国、成员国、缔约国与签署国各有多少?",
        "向谁表示感谢?",
        "请毒品和犯罪问题办公室做什么?",
        "开幕时谁发言?",
        "把枪只用于运动射击怎么办?",
        "《瓦森纳安排》是什么?",
    ],
)
def test_what_may_be_meant_is_left_alone(tidier: Tidier, asked: str) -> None:
    assert tidier.tidy(asked) == asked


@pytest.mark.parametrize(
    ("traditional", "expected"),
    [
        ("槍枝議定書", "枪支议定书"),
        ("會議資訊與檔案", "会议信息与文件"),
        ("聯合國毒品和犯罪問題辦公室銷毀槍械", "联合国毒品和犯罪问题办公室销毁枪支"),
        ("秘書處背景文件與程序", "秘书处背景文件与程序"),
        ("3D列印與區塊鏈", "3D打印与区块链"),
        ("瓜地馬拉、尼日和奈及利亞、厄瓜多", "危地马拉、尼日尔和尼日利亚、厄瓜多尔"),
        ("决議草案", "决议草案"),
    ],
)
def test_traditional_characters(traditional: str, expected: str) -> None:
    assert simplified(traditional) == expected


def test_simplified_text_stays(library: Library) -> None:
    texts = [unit.text for document in library.documents() for unit in library.units(document.doc_id)]
    texts += [*dev_questions(), *(form for term in glossary().terms for form in term.zh)]
    assert [text for text in texts if simplified(text) != text] == []


@pytest.mark.parametrize("text", ["您好", "谢谢！", "Could you please tell me"])
def test_mere_padding_stays(text: str) -> None:
    assert without_padding(text) == text


def test_dev_questions_keep_their_content_words(tidier: Tidier) -> None:
    def content(text: str) -> list[str]:
        padding = {"know", "like", "查", "一下", "请查", "请", "think"}
        return [word for word in segmenter().words(text) if word not in ASKING and word not in padding]

    assert [q for q in dev_questions() if content(tidier.tidy(q)) != content(q)] == []


def test_tidy_questions_stay(tidier: Tidier) -> None:
    tidied = [tidier.tidy(question) for question in dev_questions()]
    assert [tidier.tidy(question) for question in tidied] == tidied


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("fire", "fires", True), ("fires", "fire", True), ("fire", "form", False), ("fire", "file", True),
        ("fire", "frie", True), ("fire", "fire", False), ("", "a", True), ("ab", "ba", True), ("abc", "cba", False),
        ("arms", "army", True), ("arms", "xarmsx", False),
    ],
)  # fmt: skip
def test_one_edit(one: str, other: str, expected: bool) -> None:
    assert one_edit(one, other) is expected
    assert one_edit(other, one) is expected
