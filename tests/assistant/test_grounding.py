"""Whether a sentence rests on what it cites: quoted to the letter, or written anew with nothing changed or added."""

from __future__ import annotations

import pytest

from assistant.grounding import WRITTEN_ACROSS, WRITTEN_WITHIN, Source, coverage, supported, verbatim
from assistant.question import language_of

MEXICO_EN = Source("Mexico reported that it had destroyed 235,000 firearms in May 2012.", "en")
MEXICO_ZH = Source("墨西哥报告说，2012年5月该国销毁了235,000支枪支。", "zh")
NO_LIMIT_EN = Source("Delegations did not agree on a time limit for tracing firearms.", "en")
NO_LIMIT_ZH = Source("各国代表团没有就跟踪枪支的时限达成一致。", "zh")
TWO_SENTENCES = Source("States should mark every firearm. They should not destroy the records of it.", "en")


# Word for word.


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Mexico reported that it had destroyed 235,000 firearms in May 2012.", True),
        ("had destroyed 235,000 firearms", True),
        # White space, letter case and what only looks different aside.
        ("Mexico  reported\nthat it had", True),
        ("mexico reported", True),
        ("２３５,０００ firearms", True),
        ("had destroyed\u200b 235,000", True),
        ("Mexico reported it had destroyed", False),
        ("235,001 firearms", False),
        ("Mexico reported … 235,000 firearms", False),
        ("", False),
        (" \n", False),
    ],
)
def test_a_quote_stands_word_for_word_in_its_source(sentence: str, expected: bool) -> None:
    assert verbatim(sentence, [MEXICO_EN]) is expected


def test_a_quote_stands_whole_in_one_of_its_sources() -> None:
    assert verbatim("各国代表团没有就跟踪枪支的时限", [MEXICO_ZH, NO_LIMIT_ZH])
    assert not verbatim(MEXICO_ZH.text + NO_LIMIT_ZH.text, [MEXICO_ZH, NO_LIMIT_ZH])
    assert not verbatim("墨西哥", [])


# Written anew, in the language of the source.


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        (MEXICO_EN.text, MEXICO_EN),
        ("In May 2012, Mexico destroyed 235,000 firearms.", MEXICO_EN),
        ("235,000 firearms were destroyed by Mexico in May 2012.", MEXICO_EN),
        # Another name of the same term, and of the same number.
        ("In May 2012, Mexico destroyed 235,000 guns.", MEXICO_EN),
        ("In May 2012, Mexico destroyed 235000 firearms.", MEXICO_EN),
        ("墨西哥于2012年5月将235,000支枪支销毁。", MEXICO_ZH),
        ("墨西哥于２０１２年5月将235000支枪支销毁。", MEXICO_ZH),
        ("Delegations agreed on no time limit for tracing firearms.", NO_LIMIT_EN),
        ("代表团就跟踪枪支的时限没有达成一致。", NO_LIMIT_ZH),
    ],
)
def test_other_words_for_the_same_are_supported(sentence: str, source: Source) -> None:
    assert supported(sentence, [source])


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        # Another number, date, year.
        ("In May 2012, Mexico destroyed 236,000 firearms.", MEXICO_EN),
        ("In June 2012, Mexico destroyed 235,000 firearms.", MEXICO_EN),
        ("In May 2013, Mexico destroyed 235,000 firearms.", MEXICO_EN),
        ("墨西哥于2012年5月将235,001支枪支销毁。", MEXICO_ZH),
        ("墨西哥于2012年6月将235,000支枪支销毁。", MEXICO_ZH),
        # Another State, or one more.
        ("In May 2012, Canada destroyed 235,000 firearms.", MEXICO_EN),
        ("In May 2012, Mexico and Canada destroyed 235,000 firearms.", MEXICO_EN),
        ("加拿大于2012年5月将235,000支枪支销毁。", MEXICO_ZH),
        ("墨西哥与加拿大于2012年5月将235,000支枪支销毁。", MEXICO_ZH),
        # Denied where the source does not, and the other way round.
        ("In May 2012, Mexico destroyed no 235,000 firearms.", MEXICO_EN),
        ("In May 2012, Mexico had not destroyed 235,000 firearms.", MEXICO_EN),
        ("墨西哥未于2012年5月将235,000支枪支销毁。", MEXICO_ZH),
        ("Delegations agreed on a time limit for tracing firearms.", NO_LIMIT_EN),
        ("代表团就跟踪枪支的时限达成一致。", NO_LIMIT_ZH),
        # A name that nobody named.
        ("In May 2012, Mexico destroyed 235,000 firearms with UNODC.", MEXICO_EN),
        ("In May 2012, Mexico reported to Medina that it had destroyed 235,000 firearms.", MEXICO_EN),
        ("墨西哥和UNODC于2012年5月将235,000支枪支销毁。", MEXICO_ZH),
        ("墨西哥的Medina于2012年5月报告说将235,000支枪支销毁。", MEXICO_ZH),
        # Much that the source does not say.
        ("In May 2012, Mexico sold 235,000 seized firearms to its neighbours.", MEXICO_EN),
        ("Penguins eat krill.", MEXICO_EN),
        ("企鹅吃磷虾。", MEXICO_ZH),
        # Nothing said at all.
        ("", MEXICO_EN),
    ],
)
def test_what_is_changed_or_added_is_not_supported(sentence: str, source: Source) -> None:
    assert not supported(sentence, [source])


# Written anew in the other language.


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("2012年5月，墨西哥销毁了235,000支枪支。", MEXICO_EN),
        ("墨西哥销毁了23.5万支枪支。", MEXICO_EN),
        ("In all, 235,000 firearms were destroyed.", MEXICO_ZH),
        ("Delegations did not agree on a time limit for tracing firearms.", NO_LIMIT_ZH),
    ],
)
def test_the_same_in_the_other_language_is_supported(sentence: str, source: Source) -> None:
    assert supported(sentence, [source])


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("2012年5月，墨西哥销毁了236,000支枪支。", MEXICO_EN),
        ("2012年6月，墨西哥销毁了235,000支枪支。", MEXICO_EN),
        ("2012年5月，加拿大销毁了235,000支枪支。", MEXICO_EN),
        ("2012年5月，墨西哥没有销毁235,000支枪支。", MEXICO_EN),
        ("2012年5月，墨西哥与Medina销毁了235,000支枪支。", MEXICO_EN),
        ("代表团就跟踪枪支的时限达成一致。", NO_LIMIT_EN),
        ("In all, 236,000 firearms were destroyed.", MEXICO_ZH),
        ("Canada destroyed 235,000 firearms.", MEXICO_ZH),
        ("235,000 firearms were not destroyed.", MEXICO_ZH),
        ("235,000 firearms were destroyed with UNODC.", MEXICO_ZH),
        ("Delegations agreed on a time limit for tracing firearms.", NO_LIMIT_ZH),
        ("企鹅吃磷虾。", MEXICO_EN),
    ],
)
def test_what_is_changed_or_added_in_the_other_language_is_not_supported(sentence: str, source: Source) -> None:
    assert not supported(sentence, [source])


# Names in Latin letters.

OFFICE_ZH = Source("毒品和犯罪问题办公室销毁了枪支。", "zh")
OFFICE_EN = Source("The Office on Drugs and Crime destroyed firearms.", "en")
MEDINA_ZH = Source("哥伦比亚的Medina先生担任代表。", "zh")


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        # Letter case and full width aside; a term may be written with capitals.
        ("The proposal was made by the Working Group.", Source("The working group made a proposal.", "en")),
        ("A proposal was made by Mr. Medina.", Source("MR. ＭＥＤＩＮＡ made a proposal.", "en")),
        # A term with capitals is compared as words, a month and a State as what they are.
        ("The text of the Firearms Protocol was read.", Source("The text of the protocol on firearms was read.", "en")),
        ("In all, Mexico destroyed 235,000 firearms.", MEXICO_ZH),
        ("In 2012, in May, Mexico destroyed 235,000 firearms.", MEXICO_ZH),
        ("The meeting was opened in Vienna.", Source("会议在维也纳开幕。", "zh")),
        ("In annex II, firearms and ammunition are defined.", Source("附件二界定了枪支和弹药。", "zh")),
        # An acronym stands for its term, in whichever language.
        ("Firearms were destroyed by UNODC.", OFFICE_ZH),
        ("Firearms were destroyed by UNODC.", OFFICE_EN),
        ("枪支由UNODC销毁。", OFFICE_EN),
        ("In 2012, firearms were destroyed by the USA.", Source("美国2012年销毁了枪支。", "zh")),
        # Ideographs beside a name do not belong to it.
        ("Medina先生是哥伦比亚的代表。", MEDINA_ZH),
        ("Colombia was represented by Medina.", Source("哥伦比亚由Medina代表。", "zh")),
        ("代表是José Ñandú。", Source("代表为José Ñandú。", "zh")),
    ],
)
def test_a_name_is_known_however_its_source_writes_it(sentence: str, source: Source) -> None:
    assert supported(sentence, [source])


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("Firearms, arms and guns were destroyed by Mr. Medina.", Source("Mr. Ortiz destroyed firearms.", "en")),
        ("Firearms were destroyed by UNODC.", Source("秘书处销毁了枪支。", "zh")),
        ("枪支由UNODC销毁。", Source("The Secretariat destroyed firearms.", "en")),
        ("枪支和B52销毁。", Source("枪支销毁，52。", "zh")),
        ("Medena先生是哥伦比亚的代表。", MEDINA_ZH),
        ("代表是José Ñandu。", Source("代表为José Ñandú。", "zh")),
    ],
)
def test_a_name_that_is_not_in_its_source_is_not_supported(sentence: str, source: Source) -> None:
    # Words alone would be enough.
    assert coverage(sentence, language_of(sentence), [source]) >= WRITTEN_ACROSS
    assert not supported(sentence, [source])


# Several sources, several sentences.


def test_a_sentence_may_rest_on_several_sources_together() -> None:
    first = Source("Mexico destroyed 235,000 firearms in May 2012.", "en")
    second = Source("Canada destroyed 118,000 firearms in June 2013.", "en")
    sentence = "Mexico destroyed 235,000 and Canada 118,000 firearms."
    assert supported(sentence, [first, second])
    assert not supported(sentence, [first])
    assert not supported(sentence, [second])


def test_a_sentence_must_deny_what_the_nearest_one_of_its_source_denies() -> None:
    assert supported("Every firearm should be marked by States.", [TWO_SENTENCES])
    assert supported("The records should not be destroyed.", [TWO_SENTENCES])
    assert not supported("Every firearm should not be marked by States.", [TWO_SENTENCES])
    assert not supported("The records should be destroyed.", [TWO_SENTENCES])


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        # None of these sentences says no, though each has letters that elsewhere do; their sources have none.
        ("各国以不同方式标记枪支、保存记录、交换情报。", "各国标记枪支、保存记录、交换情报，方式各异。"),
        ("各国不断加强标记枪支、保存记录、交换情报。", "各国加强保存记录、标记枪支、交换情报。"),
        ("The governor noted that arms were marked, traced and kept.", "He noted that arms were marked, kept, traced."),
    ],
)
def test_words_that_only_look_like_a_denial_are_none(sentence: str, source: str) -> None:
    assert supported(sentence, [Source(source, "zh" if source[-1] == "。" else "en")])


def test_without_a_source_nothing_is_supported() -> None:
    assert not supported("Mexico destroyed 235,000 firearms.", [])
    assert not supported("Mexico destroyed 235,000 firearms.", [Source("", "en")])
    # Without a content word there is nothing that could be looked for.
    assert not supported("What is it?", [MEXICO_EN])


# The share of content words.


@pytest.mark.parametrize(
    ("sentence", "share"),
    [
        ("firearms destroyed", 1.0),
        ("firearms krill", 1 / 2),
        ("krill penguins firearms", 1 / 3),
        # Once is enough, for the source and for the sentence.
        ("firearms and firearms and krill", 1 / 2),
        ("guns", 1.0),
        ("krill", 0.0),
        ("what is it", 0.0),
    ],
)
def test_the_share_of_words_that_a_source_holds(sentence: str, share: float) -> None:
    assert coverage(sentence, "en", [MEXICO_EN]) == pytest.approx(share)


def test_sources_hold_together_what_each_holds() -> None:
    sources = [Source("a firearm", "en"), Source("a penguin and a firearm", "en")]
    assert coverage("krill, penguins, firearms", "en", sources[:1]) == pytest.approx(1 / 3)
    assert coverage("krill, penguins, firearms", "en", sources) == pytest.approx(2 / 3)
    assert coverage("krill, penguins, firearms", "en", []) == 0.0


def test_sources_of_both_languages_count_by_the_one_that_holds_more() -> None:
    both = [Source("firearms", "en"), Source("枪支", "zh")]
    assert coverage("krill destroy firearms", "en", both) == pytest.approx(1 / 3)
    assert coverage("krill destroy firearms", "en", both[::-1]) == pytest.approx(1 / 3)
    # What the one language lacks is not made up for by the other, and the one that holds all is not made worse.
    assert coverage("penguins destroy firearms", "en", [*both, Source("企鹅", "zh")]) == pytest.approx(2 / 3)
    assert coverage("destroy firearms", "en", [Source("krill", "en"), Source("销毁枪支", "zh")]) == 1.0


def test_the_share_that_is_needed_is_that_of_the_language_that_holds_it() -> None:
    # Three of five words are too few in English, though the nearest sentence is Chinese, where they would be enough.
    sentence, chinese = "apples, pears, plums, penguins, krill", Source("企鹅和苹果", "zh")
    english = [Source(word, "en") for word in ("apples", "pears", "plums")]
    assert coverage(sentence, "en", english) == pytest.approx(0.6)
    assert 1 / 5 < coverage(sentence, "en", [chinese]) < WRITTEN_ACROSS
    assert not supported(sentence, [*english, chinese])


def test_words_are_looked_for_in_the_other_language() -> None:
    assert coverage("枪支", "zh", [MEXICO_EN]) == 1.0
    assert coverage("firearms", "en", [MEXICO_ZH]) == 1.0
    assert coverage("企鹅", "zh", [MEXICO_EN]) == 0.0


@pytest.mark.parametrize(
    ("words", "within"), [("apples pears plums quinces", True), ("apples pears plums krill", False)]
)
def test_but_a_fifth_of_the_words_must_be_in_the_source(words: str, within: bool) -> None:
    # Of five words four are .8, which is enough, and three are not.
    source = Source("apples, pears, plums, quinces", "en")
    assert coverage(f"penguins {words}", "en", [source]) == pytest.approx(0.8 if within else 0.6)
    assert supported(f"penguins {words}", [source]) is within


def test_more_may_be_missing_where_a_dictionary_carries_the_words_over() -> None:
    assert 0 < WRITTEN_ACROSS < WRITTEN_WITHIN < 1
    assert supported("枪支和企鹅", [Source("firearms and penguins", "en")])
