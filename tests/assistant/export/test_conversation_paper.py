"""What a conversation holds as a paper: told by answers made by hand, in Markdown, which one can read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answer import Answer
from assistant.export.conversation import conversation_paper
from assistant.export.markdown import to_markdown
from corpus.errors import UnknownDocumentError
from corpus.records import Language
from tests.assistant.export.made import DAY, DOCUMENTS, REPORT, SUMMARY, abstention, answer, citation
from tests.assistant.export.reading import markdown_lines


def lines(*turns: tuple[str, Answer], reader: Language = "zh") -> list[str]:
    """A conversation below what stands at the head of every paper."""
    return markdown_lines(to_markdown(turns, reader, DOCUMENTS, DAY))[3:]


def test_a_paper_begins_with_its_title_its_day_and_what_its_quotations_are() -> None:
    assert markdown_lines(to_markdown([], "zh", DOCUMENTS, DAY)) == [
        "会议文件问答记录",
        "2026年3月9日",
        "引号内的文字逐字引自所注文件，出处和文本地位见脚注；凡引自非正式工作译文而非联合国文本的，脚注均予注明。",
    ]
    assert markdown_lines(to_markdown([], "en", DOCUMENTS, DAY))[:2] == [
        "Questions and answers on the documents of the meeting",
        "9 March 2026",
    ]


def test_a_whole_paper_in_chinese() -> None:
    said = lines(("要点1\n怎么说？", answer(citation("各国应考虑。", "dp1"))))
    assert said == [
        "要点1 怎么说？",
        "“各国应考虑。”[^1]",
        "所引文件",
        "会议报告全称",
        "文号：A/1",
        "会议：工作组第七次会议，2020年7月16日，维也纳",
        "引用：讨论要点1",
        "所引文本：中文（联合国正式文本）",
        "文本地位：要点未经谈判",
        "[^1]: 会议报告（A/1），讨论要点1。文本地位：要点未经谈判。",
    ]


def test_a_whole_paper_in_english_of_an_unofficial_text() -> None:
    quote = citation("States should consider.", "dp1", language="en", official=False)
    said = lines(("What does point 1 say?", answer(quote)), reader="en")
    remark = "(unofficial working translation, not a United Nations text)"
    assert said == [
        "What does point 1 say?",
        "“States should consider.”[^1]",
        "Documents cited",
        "Report in full",
        "Symbol: A/1",
        "Meeting: Working Group, seventh session, Vienna, 16 July 2020",
        "Cited: discussion point 1",
        f"Text quoted: English {remark}",
        "Standing: The points were not negotiated",
        f"[^1]: A/1, discussion point 1 {remark}. Standing: The points were not negotiated.",
    ]


def test_sentences_of_one_quotation_are_one_paragraph_as_the_document_has_it() -> None:
    quote = citation("一。二。 三。", "p1")
    other = citation("四。", "p2", n=2)
    sentences = (("一。", (1,)), ("二。", (1,)), ("三。", (1,)), ("四。", (2,)))
    said = lines(("？", answer(quote, other, sentences=sentences)))
    assert said[1:3] == ["“一。二。 三。”[^1]", "“四。”[^2]"]


def test_a_quoted_list_keeps_its_lines() -> None:
    said = lines(("？", answer(citation("下列：\n1. 甲\n2. 乙", "p1"))))
    assert said[1] == "“下列：\n1. 甲\n2. 乙”[^1]"


def test_another_text_that_says_the_same_is_quoted_in_the_footnote_in_its_own_words() -> None:
    said = lines((
        "？",
        answer(
            citation("各国应考虑。", "dp1"),
            citation("会员国应考虑", "dp2", n=2, document=SUMMARY),
            sentences=(("各国应考虑。", (1, 2)),),
        ),
    ))  # fmt: skip
    assert said[1] == "“各国应考虑。”[^1]"
    assert said[-1] == (
        "[^1]: 会议报告（A/1），讨论要点1。文本地位：要点未经谈判。另见2020年主席的总结，讨论要点2：“会员国应考虑”。"
    )


def test_another_text_of_the_same_words_is_cited_without_quoting_them_again() -> None:
    same = citation("各国应考虑。", "dp2", n=2, document=SUMMARY)
    said = lines(("？", answer(citation("各国应考虑。", "dp1"), same, sentences=(("各国应考虑。", (1, 2)),))))
    assert said[-1].endswith("文本地位：要点未经谈判。2020年主席的总结，讨论要点2。")


def test_a_row_is_read_out_and_quoted_in_the_footnote() -> None:
    said = lines(("？", answer(citation("5月10日 | 上午 | 2 | 会议开幕", "annex.r1"))))
    assert said[1] == "5月10日，上午：2 会议开幕[^1]"
    assert said[-1] == "[^1]: 会议报告（A/1），附件，第1行：“5月10日 | 上午 | 2 | 会议开幕”。"


def test_a_text_in_the_other_language_is_cited_in_the_readers() -> None:
    quote = citation("States should consider", "dp1", language="en", official=False)
    said = lines(("？", answer(quote)))
    assert said[1] == "“States should consider”[^1]"
    assert said[-1] == "[^1]: 会议报告（A/1），讨论要点1（非正式工作译文，非联合国文本）。文本地位：要点未经谈判。"
    assert "所引文本：英文（非正式工作译文，非联合国文本）" in said


def test_sentences_that_a_model_wrote_are_no_quotations_and_say_so() -> None:
    written = replace(answer(citation("各国应考虑。"), sentences=(("各国宜予考虑。", (1,)),)), mode="llm")
    said = lines(("？", written))
    assert said[1:3] == ["各国宜予考虑。[^1]", "由语言模型行文，每句均已与所引段落核对。"]
    assert said[-1] == "[^1]: 会议报告（A/1），第1段：“各国应考虑。”文本地位：已通过。"


def test_how_a_question_was_understood_and_what_is_to_be_noted_stand_with_its_answer() -> None:
    followed = replace(answer(citation("一。")), understood="报告第1段说了什么？", notes=("报告没有第99段。",))
    said = lines(("下一段呢", followed))
    assert said[:5] == [
        "下一段呢", "问题理解为：报告第1段说了什么？", "“一。”[^1]", "须予注意", "报告没有第99段。",
    ]  # fmt: skip


def test_an_abstention_says_so_and_why_and_its_leads_are_no_answer() -> None:
    lead = citation("长" * 200, "p27")
    said = lines(("月球呢？", abstention("文件中没有关于月球的内容。", lead)))
    assert said[:6] == [
        "月球呢？",
        "现有文件没有回答这个问题。",
        "文件中没有关于月球的内容。",
        "可供查阅的段落",
        "以下是内容最接近的段落，仅为线索，不是答案。",
        f"会议报告，第27段：“{'长' * 80}……”[^1]",
    ]
    assert "线索：第27段" in said
    assert not any(line.startswith("引用：") for line in said)
    assert said[-1] == "[^1]: 会议报告（A/1），第27段。文本地位：已通过。"


def test_an_english_lead_ends_between_words() -> None:
    said = lines(("?", abstention("No.", citation("several words " * 30, "p27", language="en"))), reader="en")
    assert said[5] == f"Report, para. 27: “{'several words ' * 14}…”[^1]"


def test_an_abstention_without_leads_cites_nothing() -> None:
    assert lines(("月球呢？", abstention("没有。"))) == ["月球呢？", "现有文件没有回答这个问题。", "没有。"]


def test_the_sides_of_a_comparison_stand_under_their_names_and_what_else_is_said_below() -> None:
    sides = citation("各国。", "dp1"), citation("会员国。", "dp1", n=2, document=SUMMARY), citation("另有。", "p3", n=3)
    said = lines(("有何不同？", replace(answer(*sides), compared=True)))
    assert said[:7] == [
        "有何不同？",
        "两文对照",
        "会议报告，讨论要点1",
        "“各国。”[^1]",
        "2020年主席的总结，讨论要点1",
        "“会员国。”[^2]",
        "“另有。”[^3]",
    ]


def test_the_list_of_documents_says_of_which_units_a_note_speaks() -> None:
    cited = [citation("甲。", anchor, n) for n, anchor in enumerate(("dp2", "p3", "dp1"), 1)]
    said = lines(("？", answer(*cited)), ("？", abstention("没有。", citation("乙。", "p4"))))
    facts = said[said.index("所引文件") :]
    assert facts[facts.index("引用：讨论要点1至2；第3段") : -4] == [
        "引用：讨论要点1至2；第3段",
        "线索：第4段",
        "所引文本：中文（联合国正式文本）",
        "文本地位（讨论要点1至2）：要点未经谈判",
        "文本地位（第3至4段）：已通过。",
    ]


@pytest.mark.parametrize(
    ("reader", "symbol", "status", "line"),
    [
        ("zh", None, "unknown", "文号：不详"),
        ("zh", "A/2", "inferred", "文号：A/2（系推断，文件中未载明）"),
        ("zh", "A/2", "confirmed", "文号：A/2"),
        ("en", None, "unknown", "Symbol: unknown"),
        ("en", "A/2", "inferred", "Symbol: A/2 (inferred, not stated in the document)"),
    ],
)
def test_the_list_of_documents_says_how_far_a_symbol_is_known(
    reader: Language, symbol: str | None, status: str, line: str
) -> None:
    known = {"report": replace(REPORT, symbol=symbol, symbol_status=status)}
    assert line in markdown_lines(to_markdown([("？", answer(citation("甲。")))], reader, known, DAY))


def test_a_document_of_which_nothing_is_known_is_listed_by_its_title() -> None:
    said = lines(("？", answer(citation("甲。", document=SUMMARY))))
    assert said[2:-1] == ["所引文件", "主席的总结", "文号：不详", "引用：第1段", "所引文本：中文（联合国正式文本）"]


def test_a_citation_of_a_document_that_is_gone_is_refused_in_both_languages() -> None:
    with pytest.raises(UnknownDocumentError, match="'report' is cited") as refused:
        conversation_paper([("？", answer(citation("甲。")))], "zh", {}, DAY)
    assert "report" in refused.value.message("zh")
    assert "重新提问" in refused.value.message("zh")
