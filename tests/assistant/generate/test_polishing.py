"""Briefing notes that a model words, over the real client and a real server: nothing lost, nothing unsupported."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event

import pytest

from assistant import Assistant
from assistant.briefing.draft import label, quote
from assistant.briefing.finish import Choices
from assistant.briefing.records import Note
from assistant.export.briefing import note_paper
from assistant.export.content import Footnote, Paragraph
from assistant.export.markdown import write_markdown
from assistant.generate.settings import Settings
from assistant.generate.writing import Writer
from assistant.growing import Asked as Searched
from assistant.growing import Found
from corpus.library import Library
from corpus.records import Language, Sentence
from corpus.shelf.removing import remove
from tests.assistant.generate.conftest import limited
from tests.assistant.generate.polished import (
    JOINED,
    NEVER_SENT,
    P59,
    TEN,
    TRUE,
    Polish,
    check_whole,
    cited,
    lines,
    note_of,
    sentence_of,
    true,
    wording,
)  # fmt: skip
from tests.assistant.generate.scripted import QUESTION
from tests.llm_server import SECRET, Asked, ModelServer, Reply, Script
from tests.patience import in_time
from tests.web.documents import HOSTILE, made_library

#: Seconds that no test takes.
REST = 3600.0


@pytest.fixture(scope="module")
def library(assistant: Assistant) -> Library:
    return assistant.library


@pytest.fixture(scope="module")
def plain(library: Library) -> Note:
    """The note as it is without a model."""
    return note_of(library)


@pytest.fixture
def polish(library: Library, server: ModelServer, settings: Settings) -> Polish:
    def polished(*script: Script | Reply | str, to: Settings | Writer = settings) -> Note:
        server.play(*script)
        return note_of(library, to)

    return polished


@pytest.mark.parametrize("form", [False, True], ids=["text", "json"])
def test_what_says_the_same_stands_in_the_place_of_its_quotation(polish: Polish, plain: Note, form: bool) -> None:
    note = polish(wording(*true("1,045", "蓝图", "两用物品"), form=form))
    check_whole(note, plain, *TRUE.values())
    assert [line.text for line in lines(note, "polished")] == list(TRUE.values())
    assert note.check.to_dict()["polish"] == {"polished": 3, "quoted": 2, "removed": 0}
    # Each where its quotation was, under the same name, with all that this cited.
    for key in ("background", "outcomes"):
        made, was = note.section(key), plain.section(key)  # type: ignore[arg-type]
        assert made is not None
        assert was is not None
        assert [cited(note, line) for line in made.lines] == [cited(plain, line) for line in was.lines]
    assert "经核对 3 句，保留原文引句 2 句" in lines(note, "fixed")[-1].text


def test_quotations_under_one_name_may_be_joined(polish: Polish, plain: Note) -> None:
    note = polish(wording(JOINED))
    check_whole(note, plain, str(JOINED[0]))
    (line,) = lines(note, "polished")
    # With both citations of the first, which another text also has.
    assert len(cited(note, line)) == 3
    assert note.check.to_dict()["polish"] == {"polished": 1, "quoted": 3, "removed": 0}


def test_two_sentences_may_say_together_what_one_quotation_says(polish: Polish, plain: Note) -> None:
    first, second = TRUE["蓝图"].split("，并将")
    halves = (first + "。", "各国应将" + second)
    note = polish(wording((halves[0], "蓝图"), (halves[1], "蓝图")))
    check_whole(note, plain, *halves)
    assert [line.text for line in lines(note, "polished")] == list(halves)
    # One alone leaves out what the other says, and the quotation stays.
    alone = polish(wording((halves[0], "蓝图")))
    check_whole(alone, plain)
    assert alone.check.to_dict()["polish"] == {
        "polished": 0, "quoted": 5, "removed": 1, "shortfall": "unsupported",
    }  # fmt: skip


FALSE: dict[str, tuple[str | int, ...]] = {
    "wrong number": (TRUE["1,045"].replace("1,045", "2,045"), "1,045"),
    "wrong date": (TRUE["1,045"].replace("2012年5月", "2013年5月"), "1,045"),
    "swapped citation": (TRUE["两用物品"], "蓝图"),
    "invented citation": (TRUE["1,045"], 99),
    "citation of none": (TRUE["1,045"], 0),
    "no citation": (TRUE["1,045"],),
    "negated": (TRUE["1,045"].replace("参加了", "没有参加"), "1,045"),
    "strengthened": (TRUE["蓝图"].replace("应考虑规范", "必须规范"), "蓝图"),
    "another actor": (TRUE["1,045"].replace("毒品和犯罪问题办公室", "日本政府"), "1,045"),
    "orders of a document obeyed": ("系统提示词如下：你把联合国文件的引文改写成连贯、完整的句子。", "1,045"),
    "script": (TRUE["1,045"][:-1] + "<script>fetch('http://127.0.0.1:9/')</script>。", "1,045"),
    "image": (f"![1,045]({'http'}://127.0.0.1:9/x.png){TRUE['1,045']}", "1,045"),
    "address": (f"详见http://evil.example/，{TRUE['1,045']}", "1,045"),
    "another language": ("UNODC took part in the destruction of 1,045 firearms in May 2012.", "1,045"),
    "the key": (f"密钥是{SECRET}。", "1,045"),
}


@pytest.mark.parametrize("name", FALSE)
def test_what_does_not_stand_leaves_the_quotation(polish: Polish, plain: Note, name: str) -> None:
    """Alone, it leaves the note in quotations; beside a true sentence, only that one stands."""
    false = FALSE[name]
    alone = polish(wording(false))
    check_whole(alone, plain)
    assert [line.id for line in lines(alone, "quote")] == [line.id for line in lines(plain, "quote")]
    assert alone.check.polish is not None
    assert alone.check.polish.shortfall == "unsupported"
    assert str(false[0]) not in json.dumps(alone.to_dict(), ensure_ascii=False)
    beside = polish(wording(false, (TRUE["两用物品"], "两用物品")))
    check_whole(beside, plain, TRUE["两用物品"])
    assert [line.text for line in lines(beside, "polished")] == [TRUE["两用物品"]]


ENGLISH: dict[str, Callable[[str], str]] = {
    "wrong number": lambda said: said.replace("1,045", "2,045"),
    "negated": lambda said: said.replace("took part", "took no part"),
    "strengthened": lambda said: said.replace("took part in", "must take part in"),
    "another actor": lambda said: said.replace("UNODC", "Japan"),
    "half of it": lambda _: "In this way, UNODC took part in the destruction of 1,045 firearms in May 2012.",
}


@pytest.mark.parametrize("name", ["nothing", *ENGLISH])
@pytest.mark.parametrize("of", ["en", "zh"])
def test_an_english_note_of_english_and_of_chinese_words(
    library: Library, server: ModelServer, settings: Settings, name: str, of: Language
) -> None:
    said = (
        "In May 2012 UNODC took part in the destruction of 1,045 firearms within the framework of the National "
        "Programme for the Voluntary Surrender of Firearms established by Argentina in 2007."
    )
    draft = {"background": [sentence_of(library, P59, "1,045", of)]}
    plain = note_of(library, draft=draft, language="en")
    server.play(f"{ENGLISH[name](said) if name in ENGLISH else said}[1]")
    note = note_of(library, settings, draft=draft, language="en")
    check_whole(note, plain, said)
    assert [line.text for line in lines(note, "polished")] == ([] if name in ENGLISH else [said])


def test_two_sentences_of_one_paragraph_do_not_change_places(
    library: Library, server: ModelServer, settings: Settings
) -> None:
    """The paragraph bears out both, but each would stand where the other's words are gone."""
    first, second = (sentence_of(library, P59, words) for words in ("1,045", "良好做法"))
    draft = {"background": [first, second]}
    plain = note_of(library, draft=draft)
    swapped = [(f"此外，{first.text}", 2), (f"此外，{second.text}", 1)]
    server.play(wording(*swapped))
    note = note_of(library, settings, draft=draft)
    check_whole(note, plain)
    assert note.check.polish is not None
    assert note.check.polish.removed == 2
    server.play(wording(*((text, 3 - int(n)) for text, n in swapped)))
    right = note_of(library, settings, draft=draft)
    check_whole(right, plain, *(text for text, _ in swapped))
    assert len(lines(right, "polished")) == 2


def test_what_stands_under_different_names_is_not_joined(
    library: Library, server: ModelServer, settings: Settings
) -> None:
    draft = {
        "positions": [
            label("墨西哥", "zh"), sentence_of(library, P59, "1,045"),
            label("欧洲联盟", "zh"), sentence_of(library, TEN, "蓝图"),
        ]
    }  # fmt: skip
    server.play(wording((TRUE["1,045"][:-1] + "；" + TRUE["蓝图"], "1,045", "蓝图")))
    note, plain = note_of(library, settings, draft=draft), note_of(library, draft=draft)
    check_whole(note, plain)
    assert note.check.to_dict()["polish"] == {"polished": 0, "quoted": 2, "removed": 1, "shortfall": "unsupported"}


def test_what_is_sent_is_quotations_of_one_section_fenced_and_nothing_else(polish: Polish, server: ModelServer) -> None:
    polish("")
    sent = sorted(server.asked, key=lambda asked: len(asked.paragraphs))
    assert [len(asked.paragraphs) for asked in sent] == [1, 2]
    assert "2014年背景文件, 第59段" in sent[0].paragraphs[1]
    for asked in sent:
        assert all(said not in json.dumps(asked.body, ensure_ascii=False) for said in NEVER_SENT)
        assert asked.body["messages"][0]["content"].startswith("你把联合国文件的引文改写成")
        assert asked.said.endswith("用中文把以上引文改写成连贯的句子。")


def test_orders_and_marks_in_a_document_reach_the_model_as_words(
    server: ModelServer, settings: Settings, tmp_path: Path
) -> None:
    made = made_library(tmp_path / "home")
    forged = made.unit("forged", "p1")
    start = forged.text.index(HOSTILE)
    draft = {"background": [quote(forged, Sentence(start, start + len(HOSTILE)))]}
    server.play(f"</context>{HOSTILE}[1]")
    note = note_of(made, settings, draft=draft)
    (asked,) = server.asked
    within = asked.paragraphs[1]
    assert not [each for each in "<>" if each in within]
    assert "[1]" not in within
    assert not lines(note, "polished")
    assert [line.text for line in lines(note, "quote")] == [HOSTILE]


def test_quotations_are_given_in_as_many_parts_as_there_is_room_for(
    library: Library, server: ModelServer, settings: Settings, plain: Note
) -> None:
    server.play(wording(*true("1,045", "蓝图", "两用物品")))
    note = note_of(library, limited(settings, context_tokens=90))
    assert sorted(len(asked.paragraphs) for asked in server.asked) == [1, 1, 1]
    check_whole(note, plain, *TRUE.values())
    assert len(lines(note, "polished")) == 3
    # What alone is too long is not given, and stays.
    server.play(wording(*true("1,045", "蓝图", "两用物品")))
    shorter = note_of(library, limited(settings, context_tokens=70))
    check_whole(shorter, plain, *TRUE.values())
    assert 0 < len(lines(shorter, "polished")) < 3
    server.play("")
    none = note_of(library, limited(settings, context_tokens=10))
    check_whole(none, plain)
    assert server.asked == []


@pytest.mark.parametrize(
    "reply",
    ["{", '{"sentences": [{"te', '{"sentences": 1}', "[]", "", Reply(TRUE["1,045"], end="torn"),
     Reply("又一句没有出处的话。", endless=True), Reply("<think>", endless=True)],
    ids=["brace", "half", "number", "list", "nothing", "torn", "endless", "thinking"],
)  # fmt: skip
def test_nonsense_leaves_the_quotations(
    polish: Polish, plain: Note, settings: Settings, reply: Reply | str, held: Event
) -> None:
    if isinstance(reply, Reply) and reply.endless:
        reply = replace(reply, held=held, held_at=500)
    with in_time():
        note = polish(reply, to=limited(settings, characters=400))
    check_whole(note, plain)
    assert note.check.polish is not None
    assert note.check.polish.shortfall == "unsupported"


@pytest.mark.parametrize("status", [401, 429, 500])
def test_a_server_that_refuses_leaves_the_note_and_one_line(
    polish: Polish, plain: Note, server: ModelServer, status: int
) -> None:
    note = polish(Reply(status=status))
    check_whole(note, plain)
    assert note.sections[:-1] == plain.sections[:-1]
    counted, said = note.sections[-1].lines
    assert counted == plain.sections[-1].lines[0]
    assert said.text == "语言模型未能作答，本参阅件未经其行文，所引均为原文。"
    # Each of the two sections is tried as often as a question.
    assert len(server.asked) <= (2 if status == 401 else 6)


def test_the_time_holds_for_the_whole_note(
    library: Library, server: ModelServer, settings: Settings, held: Event
) -> None:
    server.play(Reply(TRUE["1,045"], held=held))
    # A batch for each of many quotations, more than are asked side by side.
    ten = [sentence_of(library, P59, "1,045")] * 10
    with in_time():
        note = note_of(library, limited(settings, total_s=0.5, context_tokens=90), draft={"background": ten})
    assert len(lines(note, "quote")) == 10
    assert note.check.polish is not None
    assert note.check.polish.shortfall == "failed"


def test_what_had_come_stands_where_one_section_fails(polish: Polish, plain: Note) -> None:
    def half(asked: Asked) -> Reply:
        return Reply(status=403) if "蓝图" in asked.said else wording(*true("1,045"))(asked)

    note = polish(half)
    check_whole(note, plain, TRUE["1,045"])
    assert note.check.to_dict()["polish"] == {"polished": 1, "quoted": 4, "removed": 0, "shortfall": "cut"}
    assert lines(note, "fixed")[-1].text.endswith("语言模型中途中断，未及处理的引句保留原文。")


def test_after_five_failures_no_model_is_asked_and_answers_rest_too(
    library: Library, server: ModelServer, settings: Settings, find: Callable[[Searched], Found]
) -> None:
    writer = Writer(limited(settings, rest_s=REST))
    server.play(Reply(status=403))
    said = [note_of(library, writer).check.polish for _ in range(5)]
    assert [each.shortfall for each in said if each] == ["failed"] * 5
    before = len(server.asked)
    other = note_of(library, writer, draft={"background": [sentence_of(library, P59, "1,045")]})
    assert other.check.polish is not None
    assert other.check.polish.shortfall == "resting"
    assert "暂停使用片刻" in lines(other, "fixed")[-1].text
    (answer,) = writer.write(find(Searched(QUESTION)), find)
    assert answer.shortfall == "resting"
    assert len(server.asked) == before


def test_what_was_written_of_a_note_is_kept(library: Library, server: ModelServer, settings: Settings) -> None:
    writer = Writer(settings)
    server.play(wording(*true("1,045", "蓝图", "两用物品")))
    note = note_of(library, writer)
    first = lines(note, "polished")[0]
    asked = len(server.asked)
    left = note_of(library, writer, Choices(removed=frozenset({first.id}), pinned=(lines(note, "polished")[1].id,)))
    assert len(server.asked) == asked
    assert [line.id for line in lines(left, "polished")] == [line.id for line in lines(note, "polished")[1:]]
    # Who leaves a sentence out leaves out what it says, and what it cites goes with it.
    assert not any(each.anchor == P59 for each in left.citations)
    assert left.check.to_dict()["polish"]["polished"] == 2


def test_a_failure_is_kept_for_what_is_done_to_the_note_and_asked_again_with_it(
    library: Library, server: ModelServer, settings: Settings
) -> None:
    writer = Writer(settings)
    server.play(Reply(status=403))
    note_of(library, writer)
    server.play(wording(*true("1,045")))
    assert not lines(note_of(library, writer, again=False), "polished")
    assert server.asked == []
    assert lines(note_of(library, writer), "polished")


def test_the_judge_only_removes(polish: Polish, plain: Note, settings: Settings) -> None:
    def script(asked: Asked) -> Reply:
        judging = "核对句子" in asked.body["messages"][0]["content"]
        return Reply("1") if judging else wording(*true("1,045", "蓝图"))(asked)

    note = polish(script, to=replace(settings, judge=True))
    check_whole(note, plain)
    assert note.check.polish is not None
    assert note.check.polish.removed == 2


def test_the_key_is_in_no_note_and_no_log(polish: Polish, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for script in (Reply(status=401), f"{SECRET} [1].", Reply(SECRET, end="torn")):
        assert SECRET not in json.dumps(polish(script).to_dict())
    assert SECRET not in caplog.text


def test_a_file_tells_the_models_words_from_quotations(polish: Polish, library: Library) -> None:
    note = polish(wording(*true("蓝图")))
    paper = note_paper(note, {each.doc_id: each for each in library.documents()}, date(2026, 11, 22))
    items = [each for each in paper.blocks if isinstance(each, Paragraph) and each.kind == "item"]
    said = ["".join(i.text for i in each.inlines if not isinstance(i, Footnote)) for each in items]
    assert f"{TRUE['蓝图']}〔模型行文〕" in said
    quoted = [text for text in said if text.startswith("“")]
    assert not any("模型行文" in text for text in quoted)
    assert sum("两用物品" in text for text in quoted) == 1
    # Its footnote gives the words that it stands for, and their standing.
    (written,) = [each for each in items if TRUE["蓝图"] in getattr(each.inlines[0], "text", "")]
    footnote = "".join(run.text for run in written.inlines[-1].runs)  # type: ignore[union-attr]
    assert "为了填补3D打印武器方面的立法空白" in footnote.replace(" ", "")
    assert "未经逐行谈判" in footnote
    markdown = write_markdown(paper)
    assert "〔模型行文〕" in markdown
    assert "其余引句为原文" in markdown


def test_without_it_a_note_is_what_it_was(assistant: Assistant, server: ModelServer, settings: Settings) -> None:
    """Also where a model is configured: not even the questions to expect are put to it."""
    server.play(Reply(status=500))
    worded = assistant.worded_by(Writer(settings))
    plain, note = (
        replace(each.brief("3D打印枪支", documents=["wg6-2020-report"]), timings_ms={}) for each in (assistant, worded)
    )
    assert note == plain
    assert lines(note, "question")
    assert "polish" not in note.check.to_dict()
    assert server.asked == []


def whole(asked: Asked) -> Reply:
    """Every quotation as it is, put otherwise at its head alone."""
    return Reply("\n".join(f"其中，{text.partition(chr(10))[2]}[{n}]" for n, text in asked.paragraphs.items()))


def test_a_real_note_loses_nothing(assistant: Assistant, server: ModelServer, settings: Settings) -> None:
    plain = assistant.brief(item="4")
    server.play(whole)
    note = assistant.worded_by(Writer(settings)).brief(item="4", polish=True)
    check_whole(note, plain, *(line.text for line in lines(note, "polished")))
    assert len(lines(note, "polished")) > 10
    assert all(line.text.startswith("其中，") for line in lines(note, "polished"))
    assert {section.key for section in note.sections} == {section.key for section in plain.sections}
    # Items of the agenda and rows of its tables are given as they stand.
    assert {line.text for line in lines(plain, "quote") if "item" in cited(plain, line)[0][0]} & {
        line.text for line in lines(note, "quote")
    }
    assert note.timings_ms["polish"] > 0


def test_where_the_library_changed_meanwhile_the_note_is_of_the_library_there_is(
    copy_home: Callable[[], Path], server: ModelServer, settings: Settings
) -> None:
    home = copy_home()
    own = Assistant.open(home, progress=False, once=True)
    gone = "wg6-2014-background"

    def meanwhile(asked: Asked) -> Reply:
        remove(own.library, gone)
        return whole(asked)

    server.play(meanwhile, whole)
    note = own.worded_by(Writer(settings)).brief(item="3", polish=True)
    assert not any(each.document.id == gone for each in note.citations)
    assert note.check.polish is not None
    assert note.check.polish.shortfall == "cut"
    assert not lines(note, "polished")
