"""Every fixed word of a briefing note, in both languages, in one place."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from assistant.answer import Shortfall
from assistant.briefing.records import Polish, SectionKey
from corpus.records import Bilingual, Language


def _says(zh: str, en: str) -> Bilingual:
    return Bilingual(zh, en)


HEADINGS: Final[Mapping[SectionKey, Bilingual]] = MappingProxyType(
    {
        "standing": _says("文本地位", "Standing of the texts"),
        "meeting": _says("会议概况", "Purpose: agenda item and meeting"),
        "background": _says("议题背景", "Background"),
        "outcomes": _says("历次成果及其地位", "Previous outcomes and their standing"),
        "positions": _says("各方立场", "Positions, as recorded"),
        "moves": _says("文件要点（对照）", "How the text moved"),
        "questions": _says("可能的问题", "Questions to expect"),
        "ours": _says("我方立场与底线", "Our position and red lines"),
        "absent": _says("文件库没有的内容", "What the library does not hold"),
        "sources": _says("资料来源", "Sources, paragraph by paragraph"),
        "check": _says("核对结果", "Result of the check"),
    }
)


TITLE: Final = _says("关于“{topic}”的参阅件", "Briefing note: {topic}")
TITLE_OF_ITEM: Final = _says("关于议程项目{number}“{topic}”的参阅件", "Briefing note on item {number}: {topic}")
PINNED: Final = _says("重点", "Key points")
LIST_STOP: Final = _says("、", ", ")
GAP: Final = _says("", " ")

# The meeting.
ON_AGENDA: Final = _says(
    "{agenda}中与“{topic}”有关的项目和日程如下。", "Items and times of the {agenda} that concern “{topic}”:"
)
NOT_ON_AGENDA: Final = _says(
    "{agenda}的项目和日程中没有提到“{topic}”的。", "No item or time in the {agenda} mentions “{topic}”."
)
NO_AGENDA: Final = _says("所查文件中没有会议议程。", "No agenda is among the documents searched.")

OF_THOSE: Final = _says("{labels}：{note}", "{labels}: {note}")

# What is not shown, or not there.
MORE: Final = _says(
    "另有 {n} 段与此有关，按相关程度未列入：{labels}。",
    "A further {n} on the topic are less near and left out: {labels}.",
)
SEARCHED: Final = _says("查找范围：{n} 份文件（{titles}）。", "Searched: {n} documents ({titles}).")
WITHOUT: Final = _says(
    "其中 {n} 份没有检索到关于“{topic}”的段落：{titles}。",
    "In {n} of them no paragraph on “{topic}” was found: {titles}.",
)
NONE_ADOPTED: Final = _says(
    "以上所列成果的文本，均属文本地位注明未经通过的文本；所查文件中没有检索到就“{topic}”通过的成果。",
    "Every outcome listed above stands in a text whose standing says that it was not adopted; no adopted outcome on"
    " “{topic}” was found in the documents searched.",
)
NO_OUTCOMES: Final = _says(
    "所查文件中没有检索到关于“{topic}”的讨论要点、建议或决议段落。",
    "No discussion point, recommendation or paragraph of a resolution on “{topic}” was found.",
)
NO_POSITIONS: Final = _says(
    "所查文件没有记录哪个国家、集团或组织就“{topic}”表态。",
    "The documents searched record no State, group or organization as speaking on “{topic}”.",
)
NO_MOVES: Final = _says(
    "所查文件中没有可就“{topic}”逐点对照的两个文本。",
    "Among the documents searched there are no two texts to compare on “{topic}”.",
)
NOT_HELD: Final = _says(
    "所引段落提到、但文件库中没有的文件：{names}。",
    "Mentioned in the paragraphs quoted, and not held in the library: {names}.",
)
NEWEST: Final = _says(
    "所查文件中日期最近的是{title}（{dates}）；此后的情况，所查文件没有记载。",
    "The latest of the documents searched is the {title} ({dates}); they record nothing after it.",
)
NOTHING: Final = _says(
    "文件库中没有检索到关于“{topic}”的段落，因此本参阅件没有内容可列。",
    "No paragraph on “{topic}” was found in the library, so this note has nothing to list.",
)
RESOLUTION: Final = _says("第{number}号决议", "resolution {number}")
DECISION: Final = _says("第{number}号决定", "decision {number}")

# Two texts beside each other.
PAIRED: Final = _says("{a}与{b}对照：", "{a} and {b}:")
MARKS: Final = _says(
    "左为较早的文本，右为较晚的文本；加删除线的文字在后者中没有或已改动，加下划线的文字在前者中没有或已改动。",
    "The earlier text is on the left, the later one on the right; words struck through are not in the later one or are"
    " otherwise there, words underlined are not in the earlier one or are otherwise there.",
)
NEW_POINT: Final = _says("{b}：在{a}中没有找到对应的段落。", "{b}: no counterpart was found in the {a}.")
DROPPED_POINT: Final = _says("{a}：在{b}中没有找到对应的段落。", "{a}: no counterpart was found in the {b}.")
OFF_TOPIC_SIDE: Final = _says(
    "{pair}：{change}；{side}没有提到“{topic}”，不引。",
    "{pair}: {change}; {side} does not mention “{topic}” and is not quoted.",
)


# Questions to expect.
ASK_STANDING: Final = _says("{title}中的讨论要点是否获得通过？", "Were the discussion points of the {title} adopted?")
ASK_POINT: Final = _says(
    "{title}{label}就“{topic}”提出了什么？", "What does {label} of the {title} put forward on {topic}?"
)
ASK_OFFICE: Final = _says(
    "关于“{topic}”，{title}请毒品和犯罪问题办公室做什么？", "What does the {title} request UNODC to do on {topic}?"
)
ASK_WHEN: Final = _says("议程项目{number}何时审议？", "When will agenda item {number} be considered?")
ASK_DIFFERENCE: Final = _says(
    "{title}{label}与{other}{its}有什么不同？", "How does {label} of the {title} differ from {its} of the {other}?"
)
ASK_ACTOR: Final = _says("{actor}就“{topic}”说了什么？", "What did {actor} say on {topic}?")
ANSWER_AT: Final = _says("（答案见{where}）", " (answer at {where})")

# Ours to write.
OURS: Final = (_says("我方立场：", "Our position:"), _says("底线：", "Red lines:"))

# The check.
CHECK: Final = _says(
    "引自文件的句子 {sentences} 句，其中注明出处 {cited} 句，与原文逐字相符 {verbatim} 句，经核对有据 {supported} 句。"
    "另有文本地位说明 {standing} 条，统计、对照和查找结果 {own} 句，可能的问题 {questions} 个。",
    "Sentences of documents: {sentences}; citing their source: {cited}; found there word for word: {verbatim};"
    " supported by it: {supported}. Besides them: notes on standing, {standing}; results of counting, comparing and"
    " looking up, {own}; questions to expect, {questions}.",
)
# What a language model worded.
MODEL_MARK: Final = _says("〔模型行文〕", " [model]")
MODEL_MARKED: Final = _says(
    "句末标有〔模型行文〕的句子由语言模型根据所引原文写成，每句均已与所引段落核对，原文见其脚注；其余引句为原文。",
    "Sentences marked [model] were written by a language model from the words that their footnotes give, and each was"
    " checked against the paragraphs it cites; all other sentences of documents are quotations.",
)
POLISHED: Final = _says(
    "由语言模型行文并经核对 {polished} 句，保留原文引句 {quoted} 句，语言模型所写而未通过核对、已删去 {removed} 句。",
    "Worded by a language model and checked: {polished}; kept as quoted: {quoted}; written by the model and removed, as"
    " the check did not bear them out: {removed}.",
)
# Said instead of the counts where there is nothing to count, otherwise behind them.
_FALLEN_SHORT: Final[Mapping[Shortfall, Bilingual]] = MappingProxyType(
    {
        "failed": _says(
            "语言模型未能作答，本参阅件未经其行文，所引均为原文。",
            "The language model did not answer; this note is as it is without it, in quotations.",
        ),
        "resting": _says(
            "语言模型接连未能作答，暂停使用片刻，本参阅件未经其行文，所引均为原文。",
            "The language model failed several times and is left alone for a moment; this note is as it is without it,"
            " in quotations.",
        ),
        "unsupported": _says(
            "语言模型所写的句子均未通过核对，所引均为原文。",
            "Nothing that the language model wrote was borne out, so all stays as quoted.",
        ),
        "cut": _says(
            "语言模型中途中断，未及处理的引句保留原文。",
            "The language model broke off; what it did not come to stays as quoted.",
        ),
    }
)
SOURCE_HEADS: Final = (_says("出处", "Source"), _says("文本地位", "Standing"))
NO_STANDING: Final = _says("未载明", "none recorded")


def said_of(polish: Polish, language: Language) -> str:
    """What a language model did to a note, in a line."""
    short = _FALLEN_SHORT[polish.shortfall].get(language) if polish.shortfall else ""
    if polish.shortfall in ("failed", "resting"):
        return short
    counted = POLISHED.get(language).format(**polish.to_dict())
    return f"{counted}{GAP.get(language)}{short}" if short else counted


def listed(names: list[str] | tuple[str, ...], language: Language) -> str:
    """Names in a row."""
    return LIST_STOP.get(language).join(names)
