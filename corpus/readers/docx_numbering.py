"""Automatic numbering of a DOCX: numbering.xml and the styles that name it become the number each paragraph shows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

from corpus.readers.numerals import shown

_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True)
class Level:
    """A level of a list: how it counts, how it is written, and after which level it starts again."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restarts_after: int | None = None
    legal: bool = False
    suffix: str = "tab"


@dataclass
class Numbering:
    """Counts the numbered paragraphs of a document in reading order."""

    root: Any | None
    _levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    _abstract_of: dict[str, str] = field(default_factory=dict)
    _overrides: dict[tuple[str, int], int] = field(default_factory=dict)
    _own_levels: dict[tuple[str, int], Level] = field(default_factory=dict)
    _styled: dict[str, int] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.root is None:
            return
        links: dict[str, str] = {}
        by_style: dict[str, str] = {}
        for abstract in self.root.findall(qn("w:abstractNum")):
            key = abstract.get(qn("w:abstractNumId"))
            self._levels[key] = {_number(own, "w:ilvl"): _level(own) for own in abstract.findall(qn("w:lvl"))}
            for level in abstract.findall(qn("w:lvl")):
                if style := value(level, "w:pStyle"):
                    self._styled.setdefault(style, _number(level, "w:ilvl"))
            if link := value(abstract, "w:numStyleLink"):
                links[key] = link
            if style := value(abstract, "w:styleLink"):
                by_style[style] = key
        for num in self.root.findall(qn("w:num")):
            key, abstract_id = num.get(qn("w:numId")), value(num, "w:abstractNumId")
            if abstract_id in links:
                abstract_id = by_style.get(links[abstract_id], abstract_id)
            self._abstract_of[key] = abstract_id or ""
            for override in num.findall(qn("w:lvlOverride")):
                level = _number(override, "w:ilvl")
                if (start := value(override, "w:startOverride")) is not None:
                    self._overrides[key, level] = _int(start, 1)
                own = override.find(qn("w:lvl"))
                if own is not None:
                    self._own_levels[key, level] = _level(own)

    def level_of_style(self, style: str) -> int:
        """The level that a list gives to paragraphs of a style, 0 where none does."""
        return self._styled.get(style, 0)

    def label(self, num: str, at: int) -> str:
        """Counts one more paragraph of a list at a level; its label with the white space after, empty for bullets."""
        abstract = self._abstract_of.get(num)
        if abstract is None or abstract not in self._levels:
            return ""
        counts = self._counts.setdefault(abstract, {})
        # A list that starts again does so once, where it is first used.
        override = self._overrides.pop((num, at), None)
        if override is not None:
            counts[at] = override - 1
        counts[at] = counts.get(at, self._level(num, abstract, at).start - 1) + 1
        for deeper in [level for level in counts if level > at]:
            restarts = self._level(num, abstract, deeper).restarts_after
            if restarts is None or (restarts and at < restarts):
                del counts[deeper]
        level = self._level(num, abstract, at)

        def place(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            other = self._level(num, abstract, index)
            number = counts.setdefault(index, other.start) if index < at else counts.get(index, other.start)
            return shown(number, "decimal" if level.legal and index != at else other.form)

        label = "" if level.form in ("bullet", "none") else _PLACE.sub(place, level.text)
        return label + ("" if level.suffix == "nothing" or not label else " ")

    def _level(self, num: str, abstract: str, at: int) -> Level:
        return self._own_levels.get((num, at)) or self._levels[abstract].get(at, Level())


def value(element: Any, tag: str) -> str | None:
    """The ``w:val`` of a child, None where there is no such child."""
    child = element.find(qn(tag))
    found = None if child is None else child.get(qn("w:val"))
    return None if found is None else str(found)


def _level(element: Any) -> Level:
    restart = value(element, "w:lvlRestart")
    legal = element.find(qn("w:isLgl"))
    return Level(
        start=_int(value(element, "w:start"), 1),
        form=value(element, "w:numFmt") or "decimal",
        text=value(element, "w:lvlText") or "",
        restarts_after=None if restart is None else _int(restart, 0),
        legal=legal is not None and legal.get(qn("w:val")) not in ("0", "false", "off"),
        suffix=value(element, "w:suff") or "tab",
    )


def _number(element: Any, attribute: str) -> int:
    return _int(element.get(qn(attribute)), 0)


def _int(written: str | None, otherwise: int) -> int:
    try:
        return int(written) if written is not None else otherwise
    except ValueError:
        return otherwise
