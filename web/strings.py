"""Every word of the interface, in both languages, in one place."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from corpus.records import Language


@dataclass(frozen=True)
class Strings:
    """The words of the interface in one language; those with ``{…}`` are filled with ``str.format``."""

    html_lang: str
    title: str
    name: str
    tagline: str
    interface_language: str
    new_conversation: str
    new_short: str
    conversation: str
    welcome: str
    welcome_note: str
    examples: str
    question: str
    placeholder: str
    keys_hint: str
    ask: str
    searching: str
    understood: str
    answer: str
    notes: str
    sources: str
    mark: str
    compared: str
    differs: str
    differs_everywhere: str
    differs_nowhere: str
    by_model: str
    abstained: str
    leads: str
    leads_note: str
    failed: str
    busy: str
    internal: str
    disconnected: str
    not_shown: str
    standing: str
    standing_as: str
    official: str
    unofficial: str
    quoted_unofficial: str
    chinese: str
    english: str
    both_languages: str
    one_language: str
    symbol_inferred: str
    symbol_unknown: str
    evidence: str
    evidence_hint: str
    evidence_lost: str
    earlier: str
    later: str
    copy: str
    copied: str
    copy_failed: str
    close: str
    headings: str
    footnotes: str
    source_line: str
    list_stop: str
    glossary: str
    glossary_note: str
    glossary_find: str
    glossary_hint: str
    glossary_count: str
    glossary_within: str
    glossary_none: str


_ZH = Strings(
    html_lang="zh-CN",
    title="报告员：会议文件问答",
    name="报告员",
    tagline="联合国会议文件问答",
    interface_language="界面语言",
    new_conversation="新对话",
    new_short="新对话",
    conversation="问答记录",
    welcome="就会议文件提问",
    welcome_note="中文、英文皆可。回答中的每一句都注明所依据的段落；文件没有写到的，不作回答。",
    examples="可以这样问",
    question="问题",
    placeholder="请用中文或英文提问",
    keys_hint="按 Enter 提问，按 Shift+Enter 换行",
    ask="提问",
    searching="正在查阅文件……",
    understood="问题理解为：{question}",
    answer="回答",
    notes="须予注意",
    sources="依据",
    mark="引文{n}：{document}，{label}",
    compared="两文对照",
    differs="标出的词语在两文中不同。",
    differs_everywhere="两文措辞大多不同，未逐一标出。",
    differs_nowhere="两文词语相同。",
    by_model="由语言模型行文，每句均已与所引段落核对。",
    abstained="现有文件没有回答这个问题。",
    leads="可供查阅的段落",
    leads_note="以下是内容最接近的段落，仅为线索，不是答案。",
    failed="未能回答",
    busy="目前提问的人数已满，这个问题没有处理；请稍后再问一次。",
    internal="处理时出错，没有得出结果；请再试一次，如再次出错，请告知负责维护的人员。",
    disconnected="与服务器的连接已断开；请确认报告员仍在运行，然后重新载入本页。",
    not_shown="无法显示",
    standing="文本地位",
    standing_as="文本地位同[{n}]",
    official="联合国正式文本",
    unofficial="非正式工作译文，非联合国文本",
    quoted_unofficial="引文{marks}出自非正式工作译文，非联合国文本。",
    chinese="中文",
    english="英文",
    both_languages="原文与译文对照",
    one_language="文库中这一段只有{language}文本，没有另一语文可供对照。",
    symbol_inferred="文号系推断，文件中未载明",
    symbol_unknown="文号不详",
    evidence="引文出处",
    evidence_hint="点击回答中的引文编号，即可在此查看所引段落及其前后文。",
    evidence_lost="文件在作答之后已有变动，所引文字不在该段现行文本之中。",
    earlier="显示前面的段落",
    later="显示后面的段落",
    copy="复制引文",
    copied="已复制",
    copy_failed="未能复制",
    close="关闭",
    headings="所在标题",
    footnotes="脚注",
    source_line="{title}（{symbol}），{label}",
    list_stop="；",
    glossary="术语对照",
    glossary_note="文件所用的联合国用语，首列者为宜；工作用表，非联合国正式术语库。",
    glossary_find="查找术语",
    glossary_hint="输入中文或英文",
    glossary_count="{n}条",
    glossary_within="未收录这一说法；其中所含的术语：{n}条",
    glossary_none="未收录这一说法；可换一个词再查。",
)

_EN = Strings(
    html_lang="en",
    title="Rapporteur: ask the documents of your meeting",
    name="Rapporteur",
    tagline="Ask the documents of your meeting",
    interface_language="Interface language",
    new_conversation="New conversation",
    new_short="New",
    conversation="Conversation",
    welcome="Ask the documents of your meeting",
    welcome_note=(
        "In Chinese or English. Every sentence of an answer cites the paragraph it rests on; "
        "what the documents do not say is not answered."
    ),
    examples="For example",
    question="Question",
    placeholder="Ask in English or Chinese",
    keys_hint="Enter to ask, Shift+Enter for a new line",
    ask="Ask",
    searching="Searching the documents…",
    understood="Understood as: {question}",
    answer="Answer",
    notes="To be noted",
    sources="Sources",
    mark="Citation {n}: {document}, {label}",
    compared="The two texts side by side",
    differs="Marked words differ between the two texts.",
    differs_everywhere="The two texts share little of their wording; no words are marked.",
    differs_nowhere="The two texts have the same words.",
    by_model="Worded by a language model; each sentence was checked against the paragraph it cites.",
    abstained="The documents do not answer this question.",
    leads="Paragraphs to look into",
    leads_note="These are the nearest paragraphs: leads, not an answer.",
    failed="Not answered",
    busy="As many questions as fit are waiting already, and this one was not taken up; please ask again shortly.",
    internal=(
        "Something went wrong and there is no result; please try again and, if it recurs, "
        "tell whoever keeps Rapporteur running."
    ),
    disconnected="The connection is lost; please check that Rapporteur is running, then reload this page.",
    not_shown="Not shown",
    standing="Standing",
    standing_as="Standing as for [{n}]",
    official="Official United Nations text",
    unofficial="Unofficial working translation, not a United Nations text",
    quoted_unofficial="Quoted in {marks} from an unofficial working translation, not a United Nations text.",
    chinese="Chinese",
    english="English",
    both_languages="Both languages",
    one_language="The library holds this paragraph in {language} only; there is no other language to set beside it.",
    symbol_inferred="symbol inferred, not stated in the document",
    symbol_unknown="symbol unknown",
    evidence="Cited text",
    evidence_hint="Select a citation number in an answer to read the paragraph here, with those around it.",
    evidence_lost="The document has changed since; the quoted words are not in the paragraph as it now stands.",
    earlier="Show earlier paragraphs",
    later="Show later paragraphs",
    copy="Copy citation",
    copied="Copied",
    copy_failed="Not copied",
    close="Close",
    headings="Under the heading",
    footnotes="Footnotes",
    source_line="{title} ({symbol}), {label}",
    list_stop="; ",
    glossary="Glossary",
    glossary_note=(
        "United Nations terms as the documents use them, the preferred form first. "
        "A working list, not an official United Nations terminology."
    ),
    glossary_find="Find a term",
    glossary_hint="Type English or Chinese",
    glossary_count="Terms: {n}",
    glossary_within="Not listed as such; terms within it: {n}",
    glossary_none="Not listed; please try another word.",
)

STRINGS: Final = MappingProxyType[Language, Strings]({"zh": _ZH, "en": _EN})

#: What a first-time reader may ask; always all shown, each in its own language.
EXAMPLES: Final = MappingProxyType[Language, tuple[str, ...]](
    {
        "zh": ("第八次会议何时开幕？", "2012年5月销毁了多少支枪支？", "报告讨论要点10怎么说？"),
        "en": (
            "How many tracing requests did South Africa report?",
            "Which paragraph of the draft resolution mentions cryptocurrencies?",
            "Who chaired the July 2020 meeting?",
        ),
    }
)

#: How each language calls itself, for the control that switches between them.
LANGUAGE_NAMES: Final = MappingProxyType[Language, str]({"zh": "中文", "en": "English"})


def strings(language: Language) -> Strings:
    """The interface's words in a language."""
    return STRINGS[language]
