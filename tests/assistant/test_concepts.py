"""What a question speaks of: its own words, and what glossary, dates and dictionary carry to the other language."""

from __future__ import annotations

import pytest

from assistant.concepts import Concept, Form, Topic, covered, held
from assistant.numerals import dates_in_chinese, dates_in_english
from assistant.question import read_question
from corpus.records import Document, Language


def shown(concepts: tuple[Concept, ...]) -> list[str]:
    """Concepts as a line each: forms parted by strokes, the words of one by spaces."""
    return [" | ".join(dict.fromkeys(" ".join(form.words) for form in concept)) for concept in concepts]


def concepts_of(question: str) -> tuple[tuple[Concept, ...], tuple[Concept, ...]]:
    """The concepts of a question for texts of its own language, and for those of the other."""
    read = read_question(question, ())
    other: Language = "en" if read.language == "zh" else "zh"
    return read.concepts[read.language], read.concepts[other]


def carried(question: str) -> list[str]:
    """What is carried of a question to the other language."""
    return shown(concepts_of(question)[1])


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How many firearms were destroyed in May 2012?", ["firearm", "destroy", "may", "2012"]),
        ("标记枪支的方法有哪些？", ["标记", "枪支", "方法"]),
        ("枪支和枪支", ["枪支"]),
        ("Odendaal 是谁？", ["odenda"]),
        ("目标16.4", ["目标", "16.4"]),
        ("是什么？", []),
        ("What is it?", []),
    ],
)
def test_each_content_word_is_a_concept_of_its_own_language(question: str, words: list[str]) -> None:
    own, carried_over = concepts_of(question)
    assert [concept[0] for concept in own] == [Form((word,)) for word in words]
    if not words:
        assert own == carried_over == ()


@pytest.mark.parametrize(
    ("question", "concepts"),
    [
        ("枪支", ["firearm | gun"]),
        ("南非、墨西哥和大韩民国", ["south africa", "mexico", "south korea | republ korea"]),
        ("枪支议定书", ["firearm protocol"]),
        ("利率", ["interest rate"]),
        ("Interpretify平台", ["platform", "interpretifi"]),
        ("Odendaal发言", ["statement | speak | speaker | intervent", "odenda"]),
        ("1,045支", ["1045"]),
        ("蟳", []),
    ],
)
def test_chinese_is_carried_to_english(question: str, concepts: list[str]) -> None:
    assert carried(question) == concepts


@pytest.mark.parametrize(
    ("question", "concepts"),
    [
        ("firearms", ["枪支"]),
        ("South Africa and Viet Nam", ["南非", "越南"]),
        ("What does the Firearms Protocol say?", ["枪支 议定 议定书 枪支议定书"]),
        ("Xyzzy 235,000?", ["xyzzi", "235000"]),
    ],
)
def test_english_is_carried_to_chinese(question: str, concepts: list[str]) -> None:
    assert carried(question) == concepts


def test_a_word_of_the_dictionary_has_all_its_translations_by_their_share() -> None:
    (rate,) = (concept for concept in concepts_of("the mortgage")[1] if len(concept) > 1)
    weights = {form.words: form.weight for form in rate}
    assert weights["mortgag",] == 1.0
    assert weights["按揭",] == weights["典质",] == 1.0
    assert weights["抵押贷款",] == 0.5
    assert weights["房奴",] == pytest.approx(1 / 3)
    assert all(0 < weight <= 1 for weight in weights.values())


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("in July 2021", ["7月"]),
        ("in Sept. 2014", ["9月"]),
        ("on 3 Dec 2020", ["12月"]),
        ("in May", ["5月"]),
        ("the eighth session", ["第八"]),
        ("the 8th and the 22nd session", ["第八", "第二十二"]),
        ("Must States mark firearms?", []),
        ("Does Mary decide?", []),
        ("marching and juniors", []),
    ],
)
def test_english_dates_as_chinese_has_them(english: str, chinese: list[str]) -> None:
    assert dates_in_chinese(english) == chinese


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("2020年7月", ["july"]),
        ("12月和1月", ["december", "january"]),
        ("13月、3个月", []),
        ("第八次会议", ["eighth"]),
        ("第二十一次会议", ["21st"]),
        ("第八届和第 8 次", ["eighth", "eighth"]),
        ("第八段、第二十一段、第21段、第10/2号、第5条", []),
        ("第一百次", []),
    ],
)
def test_chinese_dates_as_english_has_them(chinese: str, english: list[str]) -> None:
    assert dates_in_english(chinese) == english


def test_dates_are_concepts() -> None:
    assert {"juli", "eighth"} <= set(carried("第八次会议7月开幕"))
    assert {"7", "第八"} <= set(carried("Does the eighth session open in July?"))
    assert "3" not in carried("Must States mark firearms?")


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("Did the Malian expert of Mali speak?", {"malian"}),
        ("Does the mark stand in Denmark?", set()),
        ("Is the marksman of the mark known?", {"marksman"}),
    ],
)
def test_a_term_is_taken_out_where_it_stands_whole(question: str, left: set[str]) -> None:
    as_they_are = {concept[0].words[0] for concept in concepts_of(question)[1]}
    assert {word for word in as_they_are if word.isascii()} >= left
    assert not as_they_are & {"n", "den", "man", "ian"}


@pytest.mark.parametrize("question", ["枪支和枪支议定书", "枪支议定书和枪支", "枪 支和枪支议 定书"])
def test_a_term_inside_a_longer_one_leaves_nothing_of_it(question: str) -> None:
    assert sorted(carried(question)) == ["firearm protocol", "firearm | gun"]


def test_a_concept_is_held_by_its_best_form_of_which_all_words_stand_there() -> None:
    concept = (Form(("interest", "rate")), Form(("rate",), 0.5), Form(("percentag",), 0.25))
    assert held(concept, {"interest", "rate", "rise"}) == 1.0
    assert held(concept, {"rate"}) == 0.5
    assert held(concept, {"percentag", "interest"}) == 0.25
    assert held(concept, {"interest"}) == held(concept, set()) == held((), {"rate"}) == 0.0


def test_the_share_of_concepts_that_a_text_speaks_of() -> None:
    concepts = [(Form(("firearm",)),), (Form(("mark",), 0.5),), (Form(("xyzzi",)),)]
    assert covered(concepts, [1.0, 2.0, 1.0], "Marked firearms") == pytest.approx((1.0 + 2.0 * 0.5) / 4.0)
    assert covered(concepts, [1.0, 2.0, 1.0], "") == 0.0
    assert covered([], [], "Marked firearms") == 0.0


@pytest.mark.parametrize(
    ("question", "own"), [("第八次会议何时开幕？", "zh"), ("When does the eighth session open?", "en")]
)
def test_a_question_has_concepts_for_texts_of_both_languages(
    documents: tuple[Document, ...], question: str, own: Language
) -> None:
    read = read_question(question, documents)
    other: Language = "en" if own == "zh" else "zh"
    assert read.language == own
    expected = {"zh": {"第八", "会议", "开幕"}, "en": {"eighth", "session", "open"}}
    for language in (own, other):
        words = read.words(language)
        assert len(set(words)) == len(words)
    assert expected[own] <= set(read.words(own))
    assert {"第八", "eighth"} & set(read.words(other))
    assert {"开幕", "open"} & set(read.words(other))


def test_a_term_in_english_within_a_chinese_question() -> None:
    """UNODC stands beside 在 without a space, and is 毒品和犯罪问题办公室 in the texts."""
    own, _ = concepts_of("UNODC在法国做了什么?")
    assert any("毒品" in form.words for concept in own for form in concept if concept[0].words == ("unodc",))


def test_a_topic_says_of_many_texts_what_covering_says_of_one() -> None:
    concepts = ((Form(("gun",)), Form(("fire", "arm"), 0.5)), (Form(("mark",), 0.8),), (Form(("trace",)),))
    rarities = (2.0, 1.0, 1.0)
    topic = Topic(concepts, rarities)
    assert topic.share({"gun", "mark"}) == pytest.approx((2.0 + 0.8) / 4)
    assert topic.share({"fire", "arm", "trace"}) == pytest.approx((1.0 + 1.0) / 4)
    # The best form counts, and one of two words only where both stand there.
    assert topic.share({"gun", "fire", "arm"}) == pytest.approx(2.0 / 4)
    assert topic.share({"fire"}) == 0.0
    assert Topic((), ()).share({"gun"}) == 0.0
