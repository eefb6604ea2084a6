"""What a question says of its own: what it names, and its words that tell what it is about."""

from __future__ import annotations

import re

from assistant.concepts import Concept, own_concepts
from assistant.naming import named_documents
from assistant.references import find_references
from corpus.glossary import glossary
from corpus.records import Document, Language

# Words that say nothing of what a question is about beyond those of assistant.asking; English ones as stems.
_LIGHT = frozenset(
    "些 开 召开 举行 举办 办 主持 提出 提 发言 做 负责 通过 决定 国家 原因 结果 时间 地点 人 编号 文号 最后 "
    "到底 究竟 还有 哪年 哪月 哪年哪月 哪天 哪日 几时 时候 国人 一段 召集 参加 出席 出 钱 花 开始 结束 完 "
    "共 一共 总共 大概 确切 准确 那么 怎么 这样 它 他 他们 它们 她 其中 这些 哪国 "
    "els mani more them him her he she they it these those happen held take place chair state countri "
    "exact exactli so reason detail one ones attend fund ask paragraph point part who whi onli actual "
    "precis specif come long often start end".split()
)


def names_something(text: str, documents: tuple[Document, ...], language: Language) -> bool:
    """Whether a text names a State, a term, a year, a session, a document or a place in one."""
    if re.search(r"(?:19|20)\d\d|\d+/\d+|第.{1,3}[次届]|\b\w+(?:th|first|second|third) (?:session|meeting)", text):
        return True
    if any(found.term.kind != "word" for found in glossary().find(text, language)):
        return True
    return bool(named_documents(text, documents) or find_references(text, documents))


def heavy_words(plain: str, language: Language) -> int:
    """How many words of a question say what it is about."""
    return len(telling_words(plain, language))


def heavy_concepts(text: str, language: Language) -> list[Concept]:
    """What a text speaks of, without words that say nothing of what a question is about."""
    return [concept for concept in own_concepts(text, language) if concept[0].words[0] not in _LIGHT]


def telling_words(text: str, language: Language) -> list[str]:
    """The words of those concepts, as they are cut."""
    return [concept[0].words[0] for concept in heavy_concepts(text, language)]
