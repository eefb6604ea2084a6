"""The anchor grammar: the short address of a unit in its document, and how delegates write it."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

from corpus.records import Language, UnitKind

# One row a kind: the kind, the pattern of its anchor, and its label in Chinese and English.
_FORMS: tuple[tuple[UnitKind, re.Pattern[str], str, str], ...] = (
    ("paragraph", re.compile(r"p([0-9]+)"), "第{0}段", "para. {0}"),
    ("discussion_point", re.compile(r"dp([0-9]+)"), "讨论要点{0}", "discussion point {0}"),
    ("preambular", re.compile(r"pp([0-9]+)"), "序言部分第{0}段", "preambular para. {0}"),
    ("operative", re.compile(r"op([0-9]+)"), "执行部分第{0}段", "operative para. {0}"),
    (
        "item_paragraph",
        re.compile(r"item([0-9]+)([a-z]?)\.([0-9]+)"),
        "议程项目{item}，第{2}段",
        "item {item_en}, para. {2}",
    ),
    ("item", re.compile(r"item([0-9]+)([a-z]?)"), "议程项目{item}", "item {item_en}"),
    ("table_row", re.compile(r"annex\.r([0-9]+)"), "附件，第{0}行", "annex, row {0}"),
    ("head", re.compile(r"head"), "文首", "heading"),
    ("unnumbered", re.compile(r"u([0-9]+)"), "第{0}段（未编号）", "unnumbered para. {0}"),
)


def anchor_kind(anchor: str) -> UnitKind | None:
    """The kind of unit an anchor names, None where it follows no form of the grammar."""
    return next((kind for kind, pattern, _, _ in _FORMS if pattern.fullmatch(anchor)), None)


def label(anchor: str, language: Language) -> str:
    """The anchor as delegates write it: ``dp10`` is 讨论要点10 or discussion point 10.

    Raises:
        ValueError: the anchor follows no form of the grammar.
    """
    for _, pattern, zh, en in _FORMS:
        match = pattern.fullmatch(anchor)
        if match:
            groups = match.groups()
            letter = groups[1] if len(groups) > 1 else ""
            item = f"{groups[0]}({letter})" if letter else (groups[0] if groups else "")
            item_en = f"{groups[0]} ({letter})" if letter else item
            return (zh if language == "zh" else en).format(*groups, item=item, item_en=item_en)
    raise ValueError(f"{anchor!r} is not an anchor; expected a form such as p21, dp10, op14 or item1b.2")


def covers(patterns: tuple[str, ...], anchor: str) -> bool:
    """Whether any of the patterns (anchors, or anchors with ``*``) takes in the anchor."""
    return any(fnmatchcase(anchor, pattern) for pattern in patterns)


def split_anchor_id(anchor_id: str) -> tuple[str, str]:
    """``wg6-2020-report#dp10`` as its document and anchor; the anchor is empty where there is no ``#``."""
    doc_id, _, anchor = anchor_id.partition("#")
    return doc_id, anchor
