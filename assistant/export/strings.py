"""Every fixed word of an exported paper, in both languages, in one place."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from corpus.records import Language


@dataclass(frozen=True)
class Strings:
    """The words of a paper in one language; those with ``{…}`` are filled with ``str.format``.

    ``date`` is a pattern of Unicode's locale data; ``full_stop`` and ``gap`` end a sentence and part it from the next.
    """

    product: str
    date: str
    full_stop: str
    gap: str
    list_stop: str
    conversation: str
    verbatim: str
    understood: str
    by_model: str
    compared: str
    named: str
    notes: str
    abstained: str
    leads: str
    leads_note: str
    introduced: str
    see_also: str
    standing: str
    standing_of: str
    sources: str
    symbol: str
    symbol_inferred: str
    symbol_unknown: str
    meeting: str
    cited: str
    led_to: str
    quoted_text: str
    chinese: str
    english: str


_ZH = Strings(
    product="报告员",
    date="y年M月d日",
    full_stop="。",
    gap="",
    list_stop="；",
    conversation="会议文件问答记录",
    verbatim="引号内的文字逐字引自所注文件，出处和文本地位见脚注；凡引自非正式工作译文而非联合国文本的，脚注均予注明。",
    understood="问题理解为：",
    by_model="由语言模型行文，每句均已与所引段落核对。",
    compared="两文对照",
    named="{document}，{label}",
    notes="须予注意",
    abstained="现有文件没有回答这个问题。",
    leads="可供查阅的段落",
    leads_note="以下是内容最接近的段落，仅为线索，不是答案。",
    introduced="{source}：",
    see_also="另见{source}",
    standing="文本地位：{notes}",
    standing_of="文本地位（{labels}）：{notes}",
    sources="所引文件",
    symbol="文号：{symbol}",
    symbol_inferred="{symbol}（系推断，文件中未载明）",
    symbol_unknown="不详",
    meeting="会议：{meeting}",
    cited="引用：{labels}",
    led_to="线索：{labels}",
    quoted_text="所引文本：{texts}",
    chinese="中文（{status}）",
    english="英文（{status}）",
)

_EN = Strings(
    product="Rapporteur",
    date="d MMMM y",
    full_stop=".",
    gap=" ",
    list_stop="; ",
    conversation="Questions and answers on the documents of the meeting",
    verbatim=(
        "Words in quotation marks are quoted verbatim from the documents cited. The footnotes give the source and "
        "standing of each, and say where the text is an unofficial working translation and not a United Nations text."
    ),
    understood="Understood as: ",
    by_model="Worded by a language model; each sentence was checked against the paragraph it cites.",
    compared="The two texts side by side",
    named="{document}, {label}",
    notes="To be noted",
    abstained="The documents do not answer this question.",
    leads="Paragraphs to look into",
    leads_note="These are the nearest paragraphs: leads, not an answer.",
    introduced="{source}: ",
    see_also="See also {source}",
    standing="Standing: {notes}",
    standing_of="Standing ({labels}): {notes}",
    sources="Documents cited",
    symbol="Symbol: {symbol}",
    symbol_inferred="{symbol} (inferred, not stated in the document)",
    symbol_unknown="unknown",
    meeting="Meeting: {meeting}",
    cited="Cited: {labels}",
    led_to="Leads: {labels}",
    quoted_text="Text quoted: {texts}",
    chinese="Chinese ({status})",
    english="English ({status})",
)

STRINGS: Final = MappingProxyType[Language, Strings]({"zh": _ZH, "en": _EN})


def strings(language: Language) -> Strings:
    """The fixed words of a paper in a language."""
    return STRINGS[language]


@dataclass(frozen=True)
class ComparisonStrings:
    """The words of a comparison in one language; those with ``{…}`` are filled with ``str.format``."""

    title: str
    marks: str
    made: str
    no_symbol: str
    gap: str
    comma: str
    heading: str
    beside: str
    named: str


_OF_COMPARISONS: Final = MappingProxyType[Language, ComparisonStrings]({
    "zh": ComparisonStrings(
        title="两份文件逐点对照",
        marks="左为前一文件，右为后一文件。加删除线的文字只见于前一文件或在后一文件中已改动，加下划线的文字只见于后一文件或已改动。",
        made="各点按内容而非编号对应，由程序自动比对，未经人工核校；引用前请核对原文。",
        no_symbol="文号不详",
        gap="；",
        comma="，",
        heading="{labels}：{change}",
        beside="另一文件中没有同类内容的段落",
        named="{document}，{labels}",
    ),
    "en": ComparisonStrings(
        title="Two documents compared point by point",
        marks=(
            "The first document stands on the left, the second on the right. Words struck through are in the first "
            "alone, or otherwise in the second; words underlined are in the second alone, or otherwise in the first."
        ),
        made=(
            "Points correspond by their content, not by their number. They were matched by a program and checked by "
            "nobody: verify a text before you quote it."
        ),
        no_symbol="Symbol unknown",
        gap="; ",
        comma=", ",
        heading="{labels}: {change}",
        beside="Paragraphs of a kind that the other document does not have",
        named="{document}, {labels}",
    ),
})  # fmt: skip


def comparison_strings(language: Language) -> ComparisonStrings:
    """The fixed words of a comparison in a language."""
    return _OF_COMPARISONS[language]
