"""What is drawn of a turn: escaped always, its language said, standing and status beside every citation."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from corpus.records import LANGUAGES, Language
from tests.web.documents import HOSTILE
from tests.web.drawn import Drawn
from tests.web.fake import DESTROYED, FUNDED, NOTES, SIDES, FakeAssistant
from web.asking.drawing import draw_conversation, draw_turn
from web.asking.filters import Filters
from web.asking.turns import Failure, Turn
from web.asking.view import view_of
from web.site import Site as Pages
from web.strings import strings
from web.templating import lang_of

ID = "0123456789abcdef" * 2


def turns_of(pages: Pages, *questions: str, **more: Any) -> list[Turn]:
    """The turns of a conversation, each leaning on those before it."""
    assistant = pages.assistant
    assert isinstance(assistant, FakeAssistant)
    turns: list[Turn] = []
    for question in questions:
        answered = [(turn.question, turn.outcome) for turn in turns]
        turns.append(Turn(ID, question, assistant.ask(question, answered), **more))  # type: ignore[arg-type]
    return turns


def drawn(pages: Pages, language: Language, *questions: str, **more: Any) -> str:
    return draw_conversation(pages, turns_of(pages, *questions, **more), language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "questions", [("hostile",), ("hostile differ", f"And {HOSTILE}"), (f"Who knows {HOSTILE}",)], ids=lambda q: q[0]
)
def test_hostile_text_stays_text(pages: Pages, language: Language, questions: tuple[str, ...]) -> None:
    filters = Filters(documents=("forged",), kinds=("<i>forgery</i>",))
    seen = Drawn(drawn(pages, language, *questions, filters=filters, vote="up", comment=HOSTILE))
    assert HOSTILE in seen.text
    assert HOSTILE in seen.values("value")
    assert_harmless(seen)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hostile_question_that_is_refused_stays_text(pages: Pages, language: Language) -> None:
    seen = Drawn(draw_turn(pages, Turn(ID, HOSTILE, Failure(HOSTILE, HOSTILE)), language))
    assert seen.text.count("window.hacked") > 3
    assert_harmless(seen)


def assert_harmless(seen: Drawn) -> None:
    """Nothing in it runs, fetches or leads anywhere but to a view of this site."""
    assert not {"script", "img", "textarea", "iframe", "object", "style", "link"} & set(seen.tags)
    assert not {name for name in seen.names if name.startswith("on")}
    assert not {"src", "style", "srcset", "formaction"} & seen.names
    assert all(address.startswith("/?doc=") for address in seen.values("href"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_mark_leads_to_the_view_of_its_citation(pages: Pages, language: Language) -> None:
    (turn,) = turns_of(pages, "2012年5月销毁了多少支枪支？")
    answer = turn.outcome
    assert answer is not None
    assert not isinstance(answer, Failure)
    seen = Drawn(draw_turn(pages, turn, language))
    one, two = (view_of(citation).address for citation in answer.citations)
    # The first sentence cites the first, the second both; then each once more among the sources.
    assert seen.values("href") == [one, two, one, one, two]
    label = strings(language).answer.mark.format(n=1, document="2014年背景文件", label="第59段")
    assert seen.values("aria-label").count(label) == 2


def test_sentences_are_there_once_each_and_say_their_own_language(pages: Pages) -> None:
    english = drawn(pages, "en", "What was 销毁 in May 2012?")
    for words in (DESTROYED[1], FUNDED[1]):
        assert f'<p lang="zh-CN">{words}<span class="marks">' in english
    assert '<p lang="en">Urges States' in drawn(pages, "zh", "cryptocurrencies")


def test_a_row_of_a_table_is_read_out_without_its_bars(pages: Pages) -> None:
    (turn,) = turns_of(pages, "drafts differ")
    assert turn.outcome is not None
    assert not isinstance(turn.outcome, Failure)
    answer = replace(turn.outcome, compared=False)
    first = replace(answer.sentences[0], text="Tuesday, 4 June | 3–6 p.m. | 2 | Seals")
    shown = Drawn(draw_turn(pages, replace(turn, outcome=replace(answer, sentences=(first,))), "en")).text
    assert "3–6 p.m.: 2 Seals" in shown
    assert "|" not in shown


def test_standing_goes_with_every_source_and_is_spelt_out_once(pages: Pages) -> None:
    page = drawn(pages, "zh", "销毁")
    assert page.count("未经谈判") == 1
    assert page.count(strings("zh").answer.standing_as.format(n=1)) == 1
    assert page.count(strings("zh").texts.symbol_inferred) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_unofficial_text_says_so_wherever_it_is_quoted(pages: Pages, language: Language) -> None:
    words = strings(language)
    page = drawn(pages, language, "How many were destroyed?", "Who knows?")
    # Of three citations and two leads, one each quotes the translation.
    assert page.count(f'<span class="unofficial">{words.texts.unofficial}</span>') == 2
    assert page.count(words.answer.quoted_unofficial.format(marks="[1]")) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_worded_an_answer_is_said(pages: Pages, language: Language) -> None:
    words = strings(language).answer
    quoted, worded = drawn(pages, language, "销毁"), drawn(pages, language, "cryptocurrencies")
    assert (words.extractive in quoted, words.by_model in quoted) == (True, False)
    assert (words.extractive in worded, words.by_model in worded) == (False, True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_a_question_was_read_comes_before_the_answer_and_notes_before_the_sources(
    pages: Pages, language: Language
) -> None:
    words = strings(language).answer
    alone = drawn(pages, language, "销毁")
    assert 'class="understood"' not in alone
    assert 'class="notes"' not in alone
    follow_up = drawn(pages, language, "销毁", "那 99 不同")
    assert follow_up.count('class="understood"') == 1
    order = [words.understood.format(question="销毁 那 99 不同"), 'class="comparison"', *NOTES["zh"]]
    places = [follow_up.index(part) for part in order] + [follow_up.rindex(words.sources)]
    assert places == sorted(places)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_abstention_says_why_what_must_be_known_and_that_leads_are_no_answer(
    pages: Pages, language: Language
) -> None:
    words = strings(language).answer
    page = drawn(pages, language, "What of paragraph 99?")
    order = [words.abstained, "everything the question asks", *NOTES["en"], words.leads, words.leads_note]
    places = [page.index(part) for part in order]
    assert places == sorted(places)
    assert 'class="sentences"' not in page
    assert page.count('<li class="source"') == 2


@pytest.mark.parametrize("named", SIDES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sides_of_a_comparison_are_whole_and_not_said_twice(pages: Pages, language: Language, named: str) -> None:
    words = strings(language).answer
    page = drawn(pages, language, f"differ {named}")
    legends = {"alike": "differs", "drafts": "differs", "hostile": "differs"} | {
        "same": "differs_nowhere", "apart": "differs_everywhere", "languages": None,
    }  # fmt: skip
    said = [each for each in ("differs", "differs_everywhere", "differs_nowhere") if words[each] in page]
    assert said == ([legends[named]] if legends[named] else [])
    # Either quote is there whole, once, and opens with its number; the third follows below.
    text = Drawn(page.split('class="sources-row"')[0]).text
    first, second = (f"{quote}{n}" for n, (_, quote) in enumerate(SIDES[named], 1))
    assert text.index(first) < text.rindex(second) < text.index("2012年7月3")
    if named != "hostile":
        assert text.count(first) == text.count(second) == 1


def test_only_what_is_done_can_be_judged(pages: Pages) -> None:
    (turn,) = turns_of(pages, "销毁")
    assert "data-feedback" in draw_turn(pages, turn, "zh")
    growing = draw_turn(pages, replace(turn, done=False), "zh")
    assert "data-feedback" not in growing
    assert "growing" in growing.split(">")[0]
    assert "data-feedback" not in draw_turn(pages, Turn(ID, "x", Failure("因", "why")), "zh")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_vote_that_was_given_is_shown_with_its_comment(pages: Pages, language: Language) -> None:
    for vote, pressed in (("", ["false", "false"]), ("up", ["true", "false"]), ("down", ["false", "true"])):
        seen = Drawn(drawn(pages, language, "销毁", vote=vote, comment="说得对" if vote else ""))
        assert seen.values("aria-pressed") == pressed
        assert seen.values("value") == (["说得对"] if vote else [""])
        # Withdrawing and commenting are offered once there is a vote.
        assert len(seen.values("hidden")) == (0 if vote else 2)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_search_was_narrowed_to_and_what_changed_since_is_said(pages: Pages, language: Language) -> None:
    words = strings(language)
    plain = drawn(pages, language, "销毁")
    assert words.answer.changed not in plain
    assert 'class="within"' not in plain
    page = drawn(pages, language, "销毁", changed=True, filters=Filters(kinds=("resolution",), years=(2020,)))
    said = words.site.list_stop.join((words.kinds.resolution, "2020"))
    assert words.answer.only_within.format(filters=said) in page
    assert words.answer.changed in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_failure_and_a_search_say_so_in_the_readers_language(pages: Pages, language: Language) -> None:
    words = strings(language).answer
    failed = Drawn(draw_turn(pages, Turn(ID, "长" * 3000, Failure("因为", "because")), language)).text
    assert words.failed in failed
    assert ("因为" if language == "zh" else "because") in failed
    # A question that was refused for its length is not spread over the page.
    assert len(failed) < 300
    assert words.searching in draw_turn(pages, Turn(ID, "x", done=False), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_page_is_in_the_readers_language(pages: Pages, language: Language) -> None:
    other = strings("en" if language == "zh" else "zh")
    page = drawn(pages, language, "销毁", "destroyed", "cryptocurrencies", "differ alike", "differ apart", "99?")
    for section in ("answer", "feedback", "texts"):
        for key, text in getattr(other, section).items():
            fixed = re.sub(r"{\w+}.*", "", text)
            assert not (len(fixed) > 3 and fixed in page), f"{section}.{key}"
    assert f'lang="{lang_of("zh")}"' in page


@pytest.mark.parametrize("text", ["a\ud800<b>", "\udfff"])
def test_half_a_character_can_be_sent(pages: Pages, text: str) -> None:
    page = draw_turn(pages, Turn(ID, text, Failure(text, text)), "en")
    page.encode("utf-8")
    assert "?" in Drawn(page).text
