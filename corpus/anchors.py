"""The anchor grammar: the short address of a unit in its document, and how delegates write it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from corpus.records import Bilingual, Document, Language, UnitKind


@dataclass(frozen=True)
class _Form:
    """How anchors are spelt, and written: ``{n}`` is the number, ``{item}`` the agenda item or annex it is under.

    English has another form for several; in Chinese it is the same.
    """

    kind: UnitKind
    pattern: re.Pattern[str]
    zh: str
    en: str
    en_several: str


_ROWS: tuple[tuple[UnitKind, str, str, str, str], ...] = (
    ("paragraph", r"p(?P<n>[0-9]+)", "第{n}段", "para. {n}", "paras. {n}"),
    (
        "paragraph",
        r"annex(?P<annex>[1-9]|1[0-9]|20)?\.p(?P<n>[0-9]+)",
        "附件{item}，第{n}段",
        "annex{item}, para. {n}",
        "annex{item}, paras. {n}",
    ),
    ("discussion_point", r"dp(?P<n>[0-9]+)", "讨论要点{n}", "discussion point {n}", "discussion points {n}"),
    ("preambular", r"pp(?P<n>[0-9]+)", "序言部分第{n}段", "preambular para. {n}", "preambular paras. {n}"),
    ("operative", r"op(?P<n>[0-9]+)", "执行部分第{n}段", "operative para. {n}", "operative paras. {n}"),
    (
        "item_paragraph",
        r"item(?P<item>[0-9]+)(?P<under>[a-z]?)\.(?P<n>[0-9]+)",
        "议程项目{item}，第{n}段",
        "item {item}, para. {n}",
        "item {item}, paras. {n}",
    ),
    ("item", r"item(?P<n>[0-9]+)(?P<letter>[a-z]?)", "议程项目{n}", "item {n}", "items {n}"),
    ("table_row", r"annex\.r(?P<n>[0-9]+)", "附件，第{n}行", "annex, row {n}", "annex, rows {n}"),
    ("head", r"head", "文首", "heading", "heading"),
    ("unnumbered", r"u(?P<n>[0-9]+)", "第{n}段（未编号）", "unnumbered para. {n}", "unnumbered paras. {n}"),
)
_FORMS = tuple(_Form(kind, re.compile(pattern), *written) for kind, pattern, *written in _ROWS)


#: The numbers of annexes from the first on, as they are written in Chinese and in English.
ANNEX_NUMBERS: tuple[tuple[str, str], ...] = tuple(
    zip(
        "一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五 十六 十七 十八 十九 二十".split(),
        "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX".split(),
        strict=True,
    )
)


@dataclass(frozen=True, order=True)
class _Number:
    """The number of an anchor within its series: 10, or 1 (b) of an agenda."""

    n: int
    letter: str = ""

    def written(self, language: Language) -> str:
        space = "" if language == "zh" else " "
        return f"{self.n}{space}({self.letter})" if self.letter else str(self.n)


@dataclass(frozen=True)
class _Annex:
    """The annex that a paragraph is in; one without a number is 0."""

    n: int

    def written(self, language: Language) -> str:
        if not self.n:
            return ""
        zh, roman = ANNEX_NUMBERS[self.n - 1]
        return zh if language == "zh" else f" {roman}"


def anchor_kind(anchor: str) -> UnitKind | None:
    """The kind of unit an anchor names, None where it follows no form of the grammar."""
    return next((form.kind for form in _FORMS if form.pattern.fullmatch(anchor)), None)


def label(anchor: str, language: Language) -> str:
    """The anchor as delegates write it: ``dp10`` is 讨论要点10 or discussion point 10.

    Raises:
        ValueError: the anchor follows no form of the grammar.
    """
    return labels((anchor,), language)


def labels(anchors: Iterable[str], language: Language) -> str:
    """Several anchors of one document as delegates write them together: paras. 5–6 and 9; 第5至6和9段.

    Those of a series stand together in the order of their numbers, each once; the series in the order they are named.

    Raises:
        ValueError: an anchor follows no form of the grammar.
    """
    series: dict[tuple[_Form, _Number | _Annex | None], set[_Number]] = {}
    for anchor in anchors:
        form, item, number = _read(anchor)
        series.setdefault((form, item), set()).update((number,) if number else ())
    written = []
    for (form, item), numbers in series.items():
        template = form.zh if language == "zh" else form.en_several if len(numbers) > 1 else form.en
        under = item.written(language) if item else ""
        written.append(template.format(n=_joined(sorted(numbers), language), item=under))
    return ("；" if language == "zh" else "; ").join(written)


def _read(anchor: str) -> tuple[_Form, _Number | _Annex | None, _Number | None]:
    """The form of an anchor, the agenda item or annex it is under and its number, where it has them."""
    for form in _FORMS:
        if match := form.pattern.fullmatch(anchor):
            parts = match.groupdict()
            under: _Number | _Annex | None = _Number(int(parts["item"]), parts["under"]) if "item" in parts else None
            if "annex" in parts:
                under = _Annex(int(parts["annex"] or 0))
            return form, under, _Number(int(parts["n"]), parts.get("letter", "")) if "n" in parts else None
    raise ValueError(f"{anchor!r} is not an anchor; expected a form such as p21, dp10, op14 or item1b.2")


def _joined(numbers: Sequence[_Number], language: Language) -> str:
    """Numbers in a row with those that follow each other as a range: 5–7 and 9, 5至7和9."""
    runs: list[list[_Number]] = []
    for number in numbers:
        if runs and not number.letter and runs[-1][-1] == _Number(number.n - 1):
            runs[-1].append(number)
        else:
            runs.append([number])
    to, comma, last = ("至", "、", "和") if language == "zh" else ("–", ", ", " and ")
    parts = [to.join(dict.fromkeys((run[0].written(language), run[-1].written(language)))) for run in runs]
    return last.join((comma.join(parts[:-1]), parts[-1])) if len(parts) > 1 else "".join(parts)


def covers(patterns: tuple[str, ...], anchor: str) -> bool:
    """Whether any of the patterns (anchors, or anchors with ``*``) takes in the anchor."""
    return any(fnmatchcase(anchor, pattern) for pattern in patterns)


def standing_at(document: Document, anchor: str) -> tuple[Bilingual, ...]:
    """The standing notes that go with every citation of an anchor of a document."""
    return tuple(note.text for note in document.standing if covers(note.covers, anchor))


def split_anchor_id(anchor_id: str) -> tuple[str, str]:
    """``wg6-2020-report#dp10`` as its document and anchor; the anchor is empty where there is no ``#``."""
    doc_id, _, anchor = anchor_id.partition("#")
    return doc_id, anchor
