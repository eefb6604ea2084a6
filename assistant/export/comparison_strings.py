"""Every fixed word of an exported comparison, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from corpus.records import Language


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


STRINGS: Final = MappingProxyType[Language, ComparisonStrings]({
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
    return STRINGS[language]
