"""What a comparison says in words, in either language: what became of a point, what matters of it, how many of each."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from assistant.alignment.records import Change, Comparison, Shift, ShiftKind
from assistant.citing import QUOTATION_MARKS
from corpus.records import Bilingual, Language

#: What became of a point.
CHANGE_NAMES: Final = MappingProxyType[Change, Bilingual]({
    "same": Bilingual("相同", "same"),
    "reworded": Bilingual("改写", "reworded"),
    "split": Bilingual("拆分", "split"),
    "merged": Bilingual("合并", "merged"),
    "new": Bilingual("新增", "new"),
    "dropped": Bilingual("删除", "dropped"),
})  # fmt: skip
#: That a point stands elsewhere in the order of points.
MOVED: Final = Bilingual("次序变动", "moved")

#: The changes that matter.
SHIFT_NAMES: Final = MappingProxyType[ShiftKind, Bilingual]({
    "softened": Bilingual("要求减弱", "softened"),
    "strengthened": Bilingual("要求加强", "strengthened"),
    "duty_reworded": Bilingual("要求的措辞不同", "asked in other words"),
    "duty_added": Bilingual("增加的要求", "asked in addition"),
    "duty_dropped": Bilingual("删去的要求", "no longer asked"),
    "actor": Bilingual("行为方不同", "asked of others"),
    "item_added": Bilingual("列举增加", "added to a list"),
    "item_dropped": Bilingual("列举删减", "dropped from a list"),
    "number": Bilingual("数字不同", "number"),
    "date": Bilingual("日期不同", "date"),
})  # fmt: skip
_ARROW = " → "
_LACKING = Bilingual("无", "none")
_COUNTED: MappingProxyType[Change | str, Bilingual] = MappingProxyType({
    "same": Bilingual("{n}项相同", "{n} the same"),
    "reworded": Bilingual("{n}项改写", "{n} reworded"),
    "split": Bilingual("{n}项拆分", "{n} split"),
    "merged": Bilingual("{n}项合并", "{n} merged"),
    "new": Bilingual("{n}项新增", "{n} new"),
    "dropped": Bilingual("{n}项删除", "{n} dropped"),
    "moved": Bilingual("其中{n}项次序变动", "{n} of these moved"),
})  # fmt: skip


def said(shift: Shift, reader: Language) -> str:
    """A change that matters in a line: 要求减弱：“应” → “应考虑”."""
    opening, closing = QUOTATION_MARKS
    before, after = (f"{opening}{text}{closing}" if text else "" for text in (shift.before, shift.after))
    if shift.kind in ("number", "date", "actor"):
        before, after = before or _LACKING.get(reader), after or _LACKING.get(reader)
    colon = "：" if reader == "zh" else ": "
    return SHIFT_NAMES[shift.kind].get(reader) + colon + _ARROW.join(part for part in (before, after) if part)


def summary(comparison: Comparison, reader: Language) -> str:
    """How many points became what, in a line: 1项相同，26项改写，1项拆分，15项新增；其中4项次序变动."""
    counts = comparison.counts()
    moved = sum(pair.moved for pair in comparison.pairs)
    parts = [_COUNTED[change].get(reader).format(n=n) for change, n in counts.items() if n]
    line = ("，" if reader == "zh" else ", ").join(parts)
    if moved:
        line += ("；" if reader == "zh" else "; ") + _COUNTED["moved"].get(reader).format(n=moved)
    return line
