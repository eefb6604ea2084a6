"""What papers and tables of who said what say of their own, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from corpus.records import Language


@dataclass(frozen=True)
class PositionWords:
    """Title, remarks, stops between parts, and the heads of the table's columns."""

    title: str
    remark: str
    nothing: str
    and_: str
    stop: str
    said: str
    columns: tuple[str, ...]


POSITION_WORDS: Final = MappingProxyType[Language, PositionWords](
    {
        "zh": PositionWords(
            title="各方立场",
            remark="以下由程序按文件字句摘录，引文逐字照录；文件未具名的发言者一律不作推定。出席和发言名单只记录其事，不记录内容。",
            nothing="文件中没有这样的记录。",
            and_="、",
            stop="：",
            said="、",
            columns=("发言者或行为者", "类别", "行为", "原文", "出处", "会议日期", "文本地位", "文本性质"),
        ),
        "en": PositionWords(
            title="Who said what",
            remark=(
                "Taken from the documents by rules of language, quoted word for word. A speaker whom a document does "
                "not name is not named here. Lists of attendance and of statements record that, and not what was said."
            ),
            nothing="The documents record nothing of the kind.",
            and_=", ",
            stop=": ",
            said=", ",
            columns=("Actor", "Kind", "Act", "Sentence", "Source", "Dates of the meeting", "Standing", "Text"),
        ),
    }
)

#: What kinds of actor are called.
KIND_NAMES: Final = MappingProxyType[Language, Mapping[str, str]](
    {
        "zh": {
            "state": "国家",
            "group": "国家组",
            "organisation": "组织",
            "official": "官员和主讲人",
            "unnamed": "未具名",
        },
        "en": {
            "state": "State",
            "group": "Group of States",
            "organisation": "Organization",
            "official": "Official or panellist",
            "unnamed": "Unnamed",
        },
    }
)
