"""What is drawn: escaped always, spans exact, standing and status beside every citation."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from corpus.errors import QuestionError
from corpus.records import Footnote, Language, Subitem
from tests.web.fake import BACKGROUND, HOSTILE, TERMS, UNITS, FakeAssistant, _unit, cite
from web.glossary import render_glossary
from web.markup import escape, excerpt, symbol_note
from web.panel import citation_text, render_evidence
from web.passage import find_quote, marked_text
from web.render import render_conversation
from web.session import Conversation, Failure, Reference, Turn, Turns, View, first_reference, resolve
from web.strings import strings


class Marked(HTMLParser):
    """Collects every tag with its attributes, all text, and the text inside ``<mark>``."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.names: set[str] = set()
        self.text = self.marked = ""
        self._inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.names |= {name for name, _ in attrs}
        self._inside = self._inside or tag == "mark"

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "mark"

    def handle_data(self, data: str) -> None:
        self.text += data
        self.marked += data if self._inside else ""


def turns_of(*questions: str) -> Turns:
    assistant = FakeAssistant()
    conversation = Conversation()
    for question in questions:
        conversation.begin(question)
        conversation.finish(conversation.turns[-1].serial, assistant.ask(question, conversation.answered()))
    return conversation.turns


@pytest.mark.parametrize("language", ["zh", "en"])
def test_hostile_text_stays_text(language: Language) -> None:
    turns = turns_of(f"hostile {HOSTILE}")
    found = resolve(turns, "0.c1")
    assert found is not None
    english, chinese = (FakeAssistant().evidence("forged#p1", code, language) for code in ("en", "zh"))
    for page in (
        render_conversation(turns, language),
        render_conversation(turns_of("hostile differ", f"And {HOSTILE}"), language),
        render_evidence(english, chinese, found[1], View(found[0]), language),
        render_evidence(english, None, found[1], View(found[0]), language),
        render_glossary(TERMS, language),
        render_conversation((Turn("s", HOSTILE, Failure(QuestionError(HOSTILE, "x", "y", zh=HOSTILE))),), language),
    ):
        drawn = Marked(page)
        assert not {"script", "img", "a", "b\x20style", "textarea"} & set(drawn.tags)
        assert not {name for name in drawn.names if name.startswith("on")}
        assert not {"src", "href", "style"} & drawn.names
        assert "window.hacked" in drawn.text


@pytest.mark.parametrize("unit", [unit for units in UNITS for unit in units], ids=lambda unit: unit.anchor_id)
def test_every_span_of_every_unit_is_marked_exactly(unit) -> None:  # type: ignore[no-untyped-def]
    for start in range(0, len(unit.text), 7):
        for end in range(start + 1, len(unit.text) + 1, 11):
            drawn = Marked(marked_text(unit, (start, end)))
            assert drawn.marked == unit.text[start:end]
            assert drawn.text == unit.text


def test_listed_parts_begin_a_line_except_inside_the_mark() -> None:
    unit = _unit(
        BACKGROUND, "p1", "zh", (), "共有：(a)一；(b)二。",
        subitems=(Subitem("(a)", 3, 8), Subitem("(b)", 8, 13)), footnotes=(Footnote("4", "见附件。", 7),),
    )  # fmt: skip
    assert marked_text(unit, None) == '共有：<br>(a)一<sup data-mark="4"></sup>；<br>(b)二。'
    assert marked_text(unit, (3, 13)) == '共有：<br><mark>(a)一<sup data-mark="4"></sup>；(b)二。</mark>'


def test_a_quote_is_found_where_it_moved_to_and_not_where_it_is_gone() -> None:
    citation = cite(1, "wg6-2014-background#p59", "1,045支枪支", "zh")
    assert find_quote(citation.text, citation) == (citation.start, citation.end)
    assert find_quote("新增。" + citation.text, citation) == (citation.start + 3, citation.end + 3)
    assert find_quote("另一段文字", citation) is None


def test_standing_goes_with_every_source_and_is_spelt_out_once() -> None:
    page = render_conversation(turns_of("销毁"), "zh")
    assert page.count("未经谈判") == 1
    assert strings("zh").standing_as.format(n=1) in page
    assert page.count(strings("zh").symbol_inferred) == 2


def test_quoted_sentences_are_marked_with_their_own_language() -> None:
    turns = turns_of("What was 销毁 in May 2012?", "cryptocurrencies")
    assert '<p lang="zh-CN">毒品和犯罪问题办公室' in render_conversation(turns, "en")
    assert '<p lang="en">Urges States' in render_conversation(turns, "zh")


def test_a_copied_citation_carries_source_status_and_standing() -> None:
    citation = cite(1, "cop10-2020-draft-resolution#op14", "cryptocurrencies in trafficking", "en")
    evidence = FakeAssistant().evidence(citation.anchor, reader="en")
    assert citation_text(evidence, citation, "en").splitlines() == [
        "“cryptocurrencies in trafficking”",
        "Revised draft resolution on strengthening the legal framework (symbol unknown), operative para. 14",
        "Unofficial working translation, not a United Nations text",
        "A draft; nothing in the library records its adoption.",
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_unofficial_text_says_so_wherever_it_is_shown(language: Language) -> None:
    words = strings(language)
    turns = turns_of("How many were destroyed?", "Who knows?")
    page = render_conversation(turns, language)
    # Of three citations and two leads, one each quotes the translation.
    assert page.count(f'<span class="unofficial">{words.unofficial}</span>') == 2
    assert page.count(words.quoted_unofficial.format(marks="[1]")) == 1
    found, lead = resolve(turns, "0.c1"), resolve(turns, "1.l2")
    assert found is not None
    assert lead is not None
    for written, counterpart in ((found, "zh"), (lead, None)):
        citation, view = written[1], View(written[0])
        evidence = FakeAssistant().evidence(citation.anchor, "en", language)
        other = FakeAssistant().evidence(citation.anchor, "zh", language) if counterpart else None
        panel = render_evidence(evidence, other, citation, view, language)
        # In the head of the panel, over the column, and in what is copied.
        assert panel.count(words.unofficial) == (3 if counterpart else 2)
        assert panel.count(words.official) == (1 if counterpart else 0)
        assert words.unofficial in citation_text(evidence, citation, language).splitlines()


def test_the_official_text_leads_and_the_quote_is_marked_where_it_was_quoted() -> None:
    assistant = FakeAssistant()
    anchor = "wg6-2014-background#p59"
    for code, quote in (("zh", "1,045支枪支"), ("en", "1,045 firearms")):
        citation = cite(1, anchor, quote, "zh")
        other: Language = "en" if code == "zh" else "zh"
        view = View(Reference(0, "c", 1))
        page = render_evidence(
            assistant.evidence(anchor, citation.language), assistant.evidence(anchor, other), citation, view, "zh"
        )
        assert Marked(page).marked == quote
        columns = page.split('<div class="versions">')[1].split('<div class="version')[1:]
        assert [column.partition('lang="')[2].partition('"')[0] for column in columns] == ["zh-CN", "en"]
        assert ["<mark>" in column for column in columns] == [code == "zh", code == "en"]
        assert [column.startswith(" other") for column in columns] == [code == "en", code == "zh"]
        assert "D. Technical assistance" in columns[1]
        assert "D. Technical assistance" not in columns[0]


def test_the_glossary_lists_terms_alone_the_readers_language_first() -> None:
    chinese, english = render_glossary(TERMS, "zh"), render_glossary(TERMS, "en")
    assert '<td lang="zh-CN"><span>枪支议定书</span></td><td lang="en"><span>Firearms Protocol</span></td>' in chinese
    assert '<td lang="en"><span>Firearms Protocol</span></td><td lang="zh-CN"><span>枪支议定书</span></td>' in english
    assert '<span>Organized Crime Convention</span><div class="variants"><span>UNTOC</span></div>' in english
    assert not re.search("主持|加纳", chinese)


def test_only_what_was_shown_can_be_opened() -> None:
    turns = turns_of("销毁", "Who knows?")
    assert resolve(turns, "0.c2")
    assert resolve(turns, "1.l1")
    for written in ("0.c3", "1.c1", "2.c1", "", None, {"turn": 0}, "forged#p1"):
        assert resolve(turns, written) is None
    assert first_reference(turns[:1]) == Reference(0, "c", 1)
    assert first_reference(turns) is None


def test_an_answer_to_a_turn_that_is_gone_changes_nothing() -> None:
    conversation = Conversation()
    conversation.begin("the first")
    waiting = conversation.pending()
    assert waiting is not None
    conversation.clear()
    conversation.begin("the second")
    conversation.finish(waiting.serial, Failure(None))
    assert conversation.pending() == conversation.turns[0]
    assert [turn.question for turn in conversation.turns] == ["the second"]


def test_the_last_answers_are_what_a_follow_up_leans_on() -> None:
    conversation = Conversation(turns_of(*(f"销毁 {n}" for n in range(12))))
    conversation.begin("crash")
    conversation.finish(conversation.turns[-1].serial, Failure(None))
    conversation.begin("那呢")
    assert [question for question, _ in conversation.answered()] == [f"销毁 {n}" for n in range(4, 12)]
    assert all(question == answer.question for question, answer in conversation.answered())
    assert Conversation().answered() == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_how_a_question_was_read_comes_before_the_answer_and_notes_before_the_sources(language: Language) -> None:
    words = strings(language)
    alone, follow_up = (render_conversation(turns_of(*asked), language) for asked in (["销毁"], ["销毁", "那 99 不同"]))
    assert "understood" not in alone
    assert 'class="notes"' not in alone
    said = words.understood.format(question='<span lang="zh-CN">销毁 那 99 不同</span>')
    assert follow_up.count('class="understood"') == 1
    order = [said, 'class="comparison"', "各份文件中没有第99段。", "文件内部不一致。"]
    places = [follow_up.index(part) for part in order] + [follow_up.rindex(words.sources)]
    assert places == sorted(places)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_abstention_has_its_notes_too(language: Language) -> None:
    page = render_conversation(turns_of("What of paragraph 99?"), language)
    assert page.index("para. 99") < page.index("disagrees with itself") < page.index(strings(language).leads)


@pytest.mark.parametrize(
    ("named", "key", "marked"),
    [
        ("alike", "differs", "6263"),
        ("drafts", "differs", "Invitesmake fulltools for tracingUrgesinvestigate thedarknet"),
        ("same", "differs_nowhere", ""),
        ("apart", "differs_everywhere", ""),
        ("languages", None, ""),
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_comparison_marks_words_where_that_tells_something(
    language: Language, named: str, key: str | None, marked: str
) -> None:
    words = strings(language)
    turns = turns_of(f"differ {named}")
    page = render_conversation(turns, language)
    said = [each for each in ("differs", "differs_everywhere", "differs_nowhere") if getattr(words, each) in page]
    assert said == ([key] if key else [])
    assert Marked(page).marked == marked
    # Either quote is there whole, once, and opens with its number; the third follows below.
    text = Marked(page.split(words.sources)[0]).text
    found = resolve(turns, "0.c1"), resolve(turns, "0.c2")
    for each in found:
        assert each is not None
        assert f"{each[1].quote}[{each[1].n}]" in text
    assert text.index("[1]") < text.index("[2]") < text.index("2012年7月[3]")


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [("短句", 4, "短句"), ("三个字", 4, "三个…"), ("one  two\nthree", 7, "one two…"), ("", 5, "")],
)
def test_excerpts_count_chinese_characters_twice(text: str, width: int, shown: str) -> None:
    assert excerpt(text, width) == shown


def test_symbols_are_never_more_certain_than_known() -> None:
    words = strings("en")
    assert symbol_note("A/1", "confirmed", words) == "A/1"
    assert symbol_note("A/1", "inferred", words) == "A/1; symbol inferred, not stated in the document"
    assert symbol_note(None, "confirmed", words) == "symbol unknown"


def test_a_lone_surrogate_can_be_sent() -> None:
    assert escape("a\ud800<b>").encode() == b"a?&lt;b&gt;"


def test_a_row_of_a_table_is_read_out_without_its_bars() -> None:
    conversation = Conversation()
    conversation.begin("drafts differ")
    answer = replace(FakeAssistant().ask("drafts differ"), compared=False)
    first = replace(answer.sentences[0], text="Tuesday, 4 June | 3–6 p.m. | 2 | Seals")
    conversation.finish(conversation.turns[-1].serial, replace(answer, sentences=(first,)))
    shown = Marked(render_conversation(conversation.turns, "en")).text
    assert "3–6 p.m.: 2 Seals" in shown
    assert "|" not in shown
