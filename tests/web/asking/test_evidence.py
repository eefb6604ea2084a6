"""The evidence panel: which text is shown and marked, in which order, with what around it, and how it is cited."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.errors import UnknownAnchorError, UnknownDocumentError
from corpus.library import Library
from corpus.records import LANGUAGES, Language
from tests.web.documents import BACKGROUND, HOSTILE, put
from tests.web.drawn import Drawn
from tests.web.fake import CRYPTO, DESTROYED, TOOK_PART, FakeAssistant, Words
from web.asking.evidence import find_panel, panel_context
from web.asking.view import CONTEXT, MOST, Mark, View, check_of, view_of
from web.site import Site as Pages
from web.strings import strings


def drawn(pages: Pages, view: View | None, language: Language = "zh") -> str:
    return pages.fragment("parts/panel.html", language, **panel_context(pages, view, language))


def view_on(fake: FakeAssistant, words: Words) -> View:
    return view_of(fake.quoted(1, words, "zh"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", [DESTROYED, TOOK_PART, CRYPTO, ("forged#p1", HOSTILE)], ids=lambda words: words[0])
def test_the_quote_is_marked_in_its_unit_and_nowhere_else(
    pages: Pages, fake: FakeAssistant, words: Words, language: Language
) -> None:
    view = view_on(fake, words)
    for shown in (view, replace(view, both=True), replace(view, before=9, after=9)):
        assert Drawn(drawn(pages, shown, language)).marks == [words[1]]


def test_the_official_text_leads_and_the_quote_is_marked_where_it_was_quoted(pages: Pages, fake: FakeAssistant) -> None:
    for words, quoted_in in ((DESTROYED, "zh"), (TOOK_PART, "en")):
        view = replace(view_on(fake, words), both=True)
        panel = find_panel(fake, view, "zh")
        assert [each.unit.language for each in panel.versions] == ["zh", "en"]
        columns = drawn(pages, view).split('<div class="versions">')[1].split('<div class="version')[1:]
        assert [column.partition('lang="')[2].partition('"')[0] for column in columns] == ["zh-CN", "en"]
        assert ["<mark>" in column for column in columns] == [quoted_in == "zh", quoted_in == "en"]
        assert [column.startswith(" other") for column in columns] == [quoted_in == "en", quoted_in == "zh"]
        assert "D. Technical assistance" in columns[1]
        assert "D. Technical assistance" not in columns[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_which_text_is_official_is_said_of_each_and_in_what_is_copied(
    pages: Pages, fake: FakeAssistant, language: Language
) -> None:
    texts = strings(language).texts
    for words, counterpart in ((TOOK_PART, True), (CRYPTO, False)):
        seen = Drawn(drawn(pages, view_on(fake, words), language))
        # In the head of the panel, and over the column where there are two.
        assert seen.text.count(texts.unofficial) == (2 if counterpart else 1)
        assert seen.text.count(texts.official) == (1 if counterpart else 0)
        quotation, chinese, english = seen.values("data-copy")
        assert words[1] in quotation
        assert all(
            "非正式工作译文" in each or "unofficial working translation" in each
            for each in (quotation, chinese, english)
        )
        alone = strings(language).panel.one_language.format(language=texts.english)
        assert (alone in seen.text) == (not counterpart)


def test_what_is_copied_carries_source_symbol_and_standing(fake: FakeAssistant) -> None:
    panel = find_panel(fake, view_on(fake, DESTROYED), "en")
    assert panel.cited_as("zh") == "2014年背景文件（CTOC/COP/WG.6/2014/3，文号系推断），第59段"
    assert panel.cited_as("en") == (
        "Background paper by the Secretariat on activities of the United Nations Office on Drugs and Crime "
        "(CTOC/COP/WG.6/2014/3, symbol inferred), para. 59"
    )
    quote, source, standing = panel.quoted_as("zh").splitlines()
    assert quote == f"“{DESTROYED[1]}”"
    assert source == panel.cited_as("zh")
    assert standing == "事实以文件日期为准；本文件为秘书处的背景文件，未经谈判。"
    # Without a quote, the unit is quoted whole.
    whole = find_panel(fake, View("wg6-2014-background", "p61", "en"), "zh")
    assert whole.quoted_as("en").startswith("“Japan funded the collection of firearms in two Sahelian countries.”")


@pytest.mark.parametrize(("asked", "shown"), [("zh", "zh"), ("en", "en"), (None, "en")])
def test_a_view_without_a_language_is_in_the_readers_own(
    fake: FakeAssistant, asked: Language | None, shown: Language
) -> None:
    panel = find_panel(fake, View("wg6-2014-background", "p59", asked), "en")
    assert panel.evidence.unit.language == shown
    assert panel.view.language == shown
    assert panel.other is not None
    assert panel.other.unit.language != shown


def test_a_unit_of_one_language_is_shown_in_that(fake: FakeAssistant) -> None:
    panel = find_panel(fake, View("cop10-2020-draft-resolution", "op14", None), "zh")
    assert panel.view.language == "en"
    assert panel.other is None
    assert not panel.lost
    assert len(panel.versions) == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "mark",
    [
        Mark(29, 64, "00000000"),
        Mark(29, 65, check_of(DESTROYED[1])),
        Mark(0, 10**6, check_of(DESTROYED[1])),
        Mark(5, 5, check_of("")),
    ],
)
def test_words_that_are_no_longer_there_are_said_to_be_lost(pages: Pages, mark: Mark, language: Language) -> None:
    page = drawn(pages, View("wg6-2014-background", "p59", "zh", mark), language)
    assert strings(language).panel.lost in page
    assert Drawn(page).marks == []
    assert "1,045支枪支" in page


def test_words_quoted_from_a_version_that_is_gone_are_lost(own_library: Library) -> None:
    fake = FakeAssistant(own_library)
    view = view_on(fake, TOOK_PART)
    assert find_panel(fake, view, "en").span is not None
    put(own_library, replace(BACKGROUND, versions=BACKGROUND.versions[:1]))
    panel = find_panel(fake, view, "en")
    assert panel.evidence.unit.language == "zh"
    assert panel.lost
    assert panel.span is None


def test_headings_stand_where_they_begin(fake: FakeAssistant) -> None:
    panel = find_panel(fake, replace(view_on(fake, DESTROYED), before=3, after=2), "zh")
    assert [unit.anchor for unit, _ in panel.rows] == ["p56", "p57", "p58", "p59", "p60", "p61"]
    assert [path[-1] if path else "" for _, path in panel.rows] == [
        "C. 与民间社会的合作", "", "", "D. 提供技术援助，促进执行《枪支议定书》", "", "",
    ]  # fmt: skip


def test_more_is_offered_on_a_side_as_long_as_there_is_more(fake: FakeAssistant) -> None:
    view = view_on(fake, DESTROYED)
    panel = find_panel(fake, view, "zh")
    earlier, later = panel.further("before"), panel.further("after")
    assert earlier is not None
    assert later is not None
    assert (earlier.before, earlier.after) == (CONTEXT + 5, CONTEXT)
    # Three units precede it, fifteen follow.
    assert find_panel(fake, earlier, "zh").further("before") is None
    assert find_panel(fake, replace(view, before=3), "zh").further("before") is not None
    assert find_panel(fake, replace(view, after=16), "zh").further("after") is None
    assert find_panel(fake, replace(view, before=0), "zh").further("before") is not None
    assert find_panel(fake, replace(view, before=MOST, after=MOST), "zh").further("after") is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("view", [View("gone", "p1"), View("wg6-2014-background", "p9999"), View(HOSTILE, "p1")])
def test_a_unit_that_is_not_there_is_said_in_the_readers_language(pages: Pages, view: View, language: Language) -> None:
    with pytest.raises((UnknownDocumentError, UnknownAnchorError)) as raised:
        find_panel(pages.assistant, view, language)
    page = drawn(pages, view, language)
    seen = Drawn(page)
    assert strings(language).panel.not_shown in seen.text
    assert raised.value.message(language) in seen.text
    assert not {"script", "img"} & set(seen.tags)
    assert set(seen.values("href")) == {"/"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_text_stays_text(pages: Pages, fake: FakeAssistant, language: Language) -> None:
    for view in (View("forged", "p1"), replace(view_on(fake, ("forged#p1", HOSTILE)), both=True)):
        seen = Drawn(drawn(pages, view, language))
        assert seen.text.count(HOSTILE) > 5
        assert not {"script", "img", "iframe", "style", "textarea"} & set(seen.tags)
        assert not {name for name in seen.names if name.startswith("on")}
        assert not {"src", "style"} & seen.names
        assert all(
            address.startswith(("/?doc=", "/documents/forged?")) or address == "/" for address in seen.values("href")
        )


def test_nothing_is_open_where_the_address_names_nothing(pages: Pages) -> None:
    page = drawn(pages, None, "en")
    assert strings("en").panel.hint in page
    assert "data-view" not in page


class Broken(FakeAssistant):
    """An assistant that fails to find any evidence, as a program with a fault does."""

    def evidence(self, *_: object, **__: object):  # type: ignore[no-untyped-def]
        raise ZeroDivisionError("at /secret/path")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fault_of_the_program_is_a_sentence(made: Library, language: Language) -> None:
    page = drawn(Pages(Broken(made), made), View("wg6-2014-background", "p59"), language)
    assert strings(language).errors.internal in page
    assert "secret" not in page
