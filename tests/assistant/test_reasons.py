"""The reason that is given where there is no answer: the most telling one, in the language of the reader."""

from __future__ import annotations

import pytest

from assistant.evidence import weigh
from assistant.question import read_question
from assistant.reasons import why_not
from assistant.words import WordIndex
from corpus.library import Library
from corpus.records import LANGUAGES, Language
from tests.assistant.made import document, passage, unit
from tests.letters import add_texts

REPORT = document("report")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> WordIndex:
    library = Library.open(tmp_path_factory.mktemp("home"))
    add_texts(
        library, "report", {"zh": ["企鹅吃磷虾。", "会议开了。"], "en": ["Penguins eat krill.", "A meeting was held."]}
    )
    return WordIndex(library)


def reason(text: str, reader: Language, index: WordIndex, held: str = "企鹅吃磷虾。") -> str:
    question = read_question(text, (REPORT,))
    best = passage(unit(held, language=question.language))
    return why_not(question, weigh(question, [best], REPORT, index), best, index, reader)


@pytest.mark.parametrize(
    ("question", "zh", "en"),
    [
        ("我国应支持企鹅吗?", "不提供意见", "not views"),
        ("2013年法国有企鹅吗?", "没有提到“2013”、“法国”", "does not mention “2013” or “法国”"),
        ("企鹅值多少钱?", "没有给出所问的金额", "does not give a sum of money"),
        ("企鹅何时由谁主持?", "日期、人名", "a date or the name of a person"),
        ("袋鼠会飞吗?", "没有一段提到“袋鼠”", "No paragraph mentions “袋鼠”"),
        ("企鹅吃磷虾吗?", "最接近的段落也没有说到", "Even the nearest paragraph does not say"),
        ("Do kangaroos eat krill?", "没有一段提到“kangaroos”", "No paragraph mentions “kangaroos”"),
        ("Penguins of South Africa in 2013", "“South Africa”", "“South Africa”"),
        ("How much do penguins cost?", "金额", "a sum of money"),
        # Of several the most telling: a view is nowhere, a year that is missing tells more than a missing sum.
        ("What is the latest news of 2013?", "不提供意见", "not views"),
        ("2013年企鹅值多少钱?", "“2013”", "“2013”"),
        ("袋鼠值多少钱?", "金额", "a sum of money"),
        ("企鹅在哪个城市?", "地点", "a place"),
        ("Which article protects penguins?", "条号", "the number of an article"),
        ("第九次会议审议了什么?", "没有提到“第九次”", "does not mention “第九次”"),
        ("Do kangaroos or wombats fly?", "“kangaroos”、“wombats”、“fly”", "“kangaroos”, “wombats” or “fly”"),
        # Words that only put the question are not what is missing.
        ("Did my kangaroos really come after all?", "没有一段提到“kangaroos”。", "No paragraph mentions “kangaroos”."),
        ("Is an AK-47 what penguins eat?", "没有一段提到“AK”。", "No paragraph mentions “AK”."),
        ("袋鼠到底是哪天来的?", "具体日期", "an exact date"),
        ("企鹅它自己还是吃磷虾吗?", "最接近的段落也没有说到", "Even the nearest paragraph does not say"),
        ("Do cars carry cargo?", "“cars”、“carry”、“cargo”", "“cars”, “carry” or “cargo”"),
        ("Is a car or its cargo there?", "“car”、“cargo”", "“car” or “cargo”"),
        # Nor is a Chinese word besides the longer one that holds it.
        ("企鹅怕化学武器吗?", "没有一段提到“化学武器”。", "No paragraph mentions “化学武器”."),
    ],
)
def test_what_was_looked_for_and_not_found(index: WordIndex, question: str, zh: str, en: str) -> None:
    assert zh in reason(question, "zh", index)
    assert en in reason(question, "en", index)
    for reader in LANGUAGES:
        assert "\n" not in reason(question, reader, index)
        assert reason(question, reader, index).endswith("。" if reader == "zh" else ".")


@pytest.mark.parametrize(
    "question",
    ["我国应支持企鹅吗?", "2013年企鹅有多少?", "企鹅值多少钱?", "袋鼠会飞吗?", "企鹅吃磷虾吗?", "请问袋鼠在哪里？",
     "What is the latest news?", "Penguins in 2013", "How much do penguins cost?", "Do kangaroos fly?", "Krill " * 60],
)  # fmt: skip
def test_a_reason_is_a_sentence_of_its_own_and_does_not_say_again_that_there_is_no_answer(
    index: WordIndex, question: str
) -> None:
    zh, en = reason(question, "zh", index), reason(question, "en", index)
    assert "回答" not in zh
    assert "answer" not in en
    assert question.strip() not in f"{zh} {en}"
    # One sentence of the reader's language, shorter than what it explains need be.
    assert (zh.count("。"), en.count(". ")) == (1, 0)
    assert en[0].isupper()
    assert max(len(zh), len(en)) < 200


def test_the_kind_of_answer_is_not_missed_where_it_is_given(index: WordIndex) -> None:
    assert "数字" in reason("有多少只企鹅?", "zh", index)
    assert "数字" not in reason("有多少只企鹅?", "zh", index, "企鹅共有 500 只。")
