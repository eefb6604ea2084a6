"""What is said of a document that is added: by its masthead, by its reader, or by nobody."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from corpus.errors import ShelfError
from corpus.normal import normalise
from corpus.records import KINDS, Bilingual, Kind, SymbolStatus

_NOTHING = Bilingual("", "")
LONGEST_TITLE, LONGEST_SYMBOL, LONGEST_ID, LONGEST_DISTRIBUTION = 300, 80, 64, 40


@dataclass(frozen=True, kw_only=True)
class Description:
    """What its reader confirmed of a document.

    ``titles`` are in each language that there is one in; where one is empty the other stands for it. ``date`` is of the
    form 2026-03-01, empty where it is unknown. ``doc_id`` is the document that this is a version of, or the id that a
    new one is to have; where it is None, the document is found by its symbol, or an id is made of symbol or title.
    """

    titles: Bilingual
    year: int
    symbol: str | None = None
    symbol_status: SymbolStatus = "unknown"
    date: str = ""
    session: Bilingual = _NOTHING
    body: Bilingual = _NOTHING
    kind: Kind = "other"
    official: bool = False
    original_language: str = ""
    distribution: str = ""
    doc_id: str | None = None


# Controls, marks of direction and others that show nothing, half characters, private ones, and ends of lines.
_NOT_SHOWN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def shown(text: str) -> str:
    """A text as it may stand in a line: without control characters and marks of direction."""
    return " ".join("".join(" " if unicodedata.category(c) in _NOT_SHOWN else c for c in text).split())


def _clean(value: object) -> object:
    return shown(value) if isinstance(value, str) else value


def _either(value: Bilingual) -> Bilingual:
    if not (value.zh or value.en):
        raise ValueError
    return value


def _cleaned(value: object) -> object:
    return Bilingual(shown(value.zh), shown(value.en)) if isinstance(value, Bilingual) else value


def _short(value: Bilingual) -> Bilingual:
    if max(len(value.zh), len(value.en)) > LONGEST_TITLE:
        raise ValueError
    return value


_Line = Annotated[Bilingual, BeforeValidator(_cleaned), AfterValidator(_short)]
_Symbol = Annotated[str, BeforeValidator(_clean), Field(min_length=1, max_length=LONGEST_SYMBOL)]


def _day(value: str) -> str:
    return date.fromisoformat(value).isoformat() if value else ""


#: An id of a document.
ID = re.compile(rf"[a-z0-9](?:[a-z0-9-]{{0,{LONGEST_ID - 2}}}[a-z0-9])?")


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    titles: Annotated[_Line, AfterValidator(_either)]
    year: Annotated[int, Field(ge=1900, le=2100)]
    symbol: _Symbol | None
    symbol_status: SymbolStatus
    date: Annotated[str, AfterValidator(_day)]
    session: _Line
    body: _Line
    kind: Kind
    official: bool
    original_language: Annotated[str, Field(pattern=r"^(?:[a-z]{2})?$")]
    distribution: Annotated[str, BeforeValidator(_clean), Field(max_length=LONGEST_DISTRIBUTION)]
    doc_id: Annotated[str, Field(pattern=rf"^{ID.pattern}$")] | None

    @model_validator(mode="before")
    @classmethod
    def _agrees(cls, raw: dict[str, Any]) -> dict[str, Any]:
        if not raw["symbol"]:
            return {**raw, "symbol": None, "symbol_status": "unknown"}
        return {**raw, "symbol_status": "inferred"} if raw["symbol_status"] == "unknown" else raw


#: What each part is called in Chinese, and what it must be.
_PARTS: dict[str, tuple[str, Bilingual]] = {
    "titles": (
        "标题",
        Bilingual(f"至少一种语文，各不超过{LONGEST_TITLE}个字符", f"one or two of at most {LONGEST_TITLE} characters"),
    ),
    "year": ("年份", Bilingual("1900至2100之间", "from 1900 to 2100")),
    "symbol": ("文号", Bilingual(f"不超过{LONGEST_SYMBOL}个字符", f"at most {LONGEST_SYMBOL} characters")),
    "symbol_status": ("文号状态", Bilingual("已确认、推断或未知", "confirmed, inferred or unknown")),
    "date": ("日期", Bilingual("形如2026-03-01", "of the form 2026-03-01")),
    "session": ("届会", Bilingual(f"不超过{LONGEST_TITLE}个字符", f"at most {LONGEST_TITLE} characters")),
    "body": ("机构", Bilingual(f"不超过{LONGEST_TITLE}个字符", f"at most {LONGEST_TITLE} characters")),
    "kind": ("文件种类", Bilingual("、".join(KINDS), ", ".join(KINDS))),
    "official": ("是否正式文本", Bilingual("true 或 false", "true or false")),
    "original_language": ("原文语文", Bilingual("两个字母的语文代码", "a language code of two letters")),
    "distribution": (
        "分发范围",
        Bilingual(f"不超过{LONGEST_DISTRIBUTION}个字符", f"at most {LONGEST_DISTRIBUTION} characters"),
    ),
    "doc_id": (
        "文件编号",
        Bilingual(f"小写字母、数字和连字符，不超过{LONGEST_ID}个", f"a to z, 0 to 9 and hyphens, at most {LONGEST_ID}"),
    ),
}


def checked(description: Description) -> Description:
    """A description with its texts cleaned of what cannot be shown.

    Raises:
        ShelfError: a part is not of its form; the message names it.
    """
    try:
        return Description(**dict(_Form.model_validate(vars(description))))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
    part = str(first["loc"][0])
    name, expected = _PARTS[part]
    raise ShelfError(
        f"{part} of the document is {first['input']!r:.80}",
        expected.en,
        "mend it and try again",
        zh=f"文件的“{name}”不合要求；应为{expected.zh}；请改正后重试",
    )


def same_symbol(one: str | None, other: str | None) -> bool:
    """Whether two symbols are of one document, however they are spaced and in whatever capitals."""
    return bool(one and other) and _plain(one) == _plain(other)


def _plain(symbol: str | None) -> str:
    return re.sub(r"\s+", "", normalise(symbol or "")).casefold()
