"""What the functions take: each argument with its bounds, which are published and held."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.answer import Answer, Citation, DocumentRef
from assistant.question import LONGEST_QUESTION
from corpus.errors import RapporteurError
from corpus.records import Bilingual
from corpus.records import Language as Languages

#: The language of what is said where neither an argument nor a question tells.
FIRST_LANGUAGE: Final[Languages] = "zh"

#: The most of each that one call may ask for.
DOCUMENTS, HISTORY, HITS, NEIGHBOURS = 100, 8, 50, 20

# No id and no anchor comes near, and none has a space; another is not looked for, nor repeated in an error.
_Name = Annotated[str, Field(max_length=200, pattern=r"^\S*$")]

# How much of a wrong argument its error repeats, in characters.
_SHOWN = 60


class Cited(BaseModel):
    """A citation of an earlier answer, as far as a follow-up leans on it."""

    model_config = ConfigDict(frozen=True)

    anchor: Annotated[_Name, Field(description="address of the unit that was cited")]


class Earlier(BaseModel):
    """An earlier result of `ask`, whole or as far as a follow-up leans on it; other fields are not read."""

    model_config = ConfigDict(frozen=True)

    question: Annotated[str, Field(max_length=LONGEST_QUESTION, description="the earlier question")]
    understood: Annotated[
        Annotated[str, Field(max_length=LONGEST_QUESTION)] | None,
        Field(description="as it was understood, where the result said so"),
    ] = None
    citations: Annotated[tuple[Cited, ...], Field(max_length=1000, description="what was cited")] = ()

    def turn(self) -> tuple[str, Answer]:
        """The turn as the assistant takes it. Only what it leans on is there, so nothing forged is ever shown."""
        document = DocumentRef("", "", "", None, "unknown")
        citations = tuple(
            Citation(n, cited.anchor, FIRST_LANGUAGE, "", "", 0, 0, "", document, (), False, 0.0)
            for n, cited in enumerate(self.citations, 1)
        )
        # A lone surrogate cannot be looked for.
        understood = (self.understood or "").encode("utf-8", "ignore").decode("utf-8") or None
        answer = Answer(
            self.question, FIRST_LANGUAGE, "extractive", not citations, None, (), citations, understood=understood
        )
        return self.question, answer


Question = Annotated[
    str, Field(description=f"the question, in Chinese or English, of at most {LONGEST_QUESTION:,} characters")
]
Language = Annotated[
    Languages | None,
    Field(description="zh or en: language of labels, titles and reasons; the question's own where null"),
]
TextLanguage = Annotated[
    Languages | None, Field(description="zh or en: language of text and labels, where it exists in it; zh where null")
]
TitleLanguage = Annotated[Languages | None, Field(description="zh or en: language of titles; zh where null")]
Documents = Annotated[
    Annotated[list[_Name], Field(max_length=DOCUMENTS)] | None,
    Field(description="ids of the documents to keep to, as list_documents gives them; all where null"),
]
History = Annotated[
    Annotated[list[Earlier], Field(max_length=HISTORY)] | None,
    Field(
        description="for a follow-up (what about 2014? and the next paragraph?): the earlier results of ask, whole, "
        f"oldest first, at most {HISTORY}"
    ),
]
Hits = Annotated[int, Field(ge=1, le=HITS, description="how many units, at most")]
Anchor = Annotated[
    _Name, Field(description="address of a unit, as citations and hits give it: wg6-2020-report#dp10", min_length=1)
]
Before = Annotated[int, Field(ge=0, le=NEIGHBOURS, description="how many units just before it to give, too")]
After = Annotated[int, Field(ge=0, le=NEIGHBOURS, description="how many units just after it to give, too")]

_NEIGHBOURS = Bilingual(f"0至{NEIGHBOURS}的整数", f"a whole number from 0 to {NEIGHBOURS}")
_EXPECTED: Final[Mapping[str, Bilingual]] = MappingProxyType(
    {
        "question": Bilingual("一个字符串", "a string"),
        "language": Bilingual("“zh”“en”或null", '"zh", "en" or null'),
        "documents": Bilingual(
            f"文件编号的列表，至多{DOCUMENTS}个，或null", f"a list of at most {DOCUMENTS} document ids, or null"
        ),
        "history": Bilingual(
            f"ask先前返回的结果所组成的列表，至多{HISTORY}项，或null",
            f"a list of at most {HISTORY} earlier results of ask, or null",
        ),
        "k": Bilingual(f"1至{HITS}的整数", f"a whole number from 1 to {HITS}"),
        "anchor": Bilingual("段落编号，如“wg6-2020-report#dp10”", 'an address such as "wg6-2020-report#dp10"'),
        "before": _NEIGHBOURS,
        "after": _NEIGHBOURS,
    }
)


class ArgumentError(RapporteurError):
    """An argument is not what the function takes."""


def refusal(error: ValidationError, parameters: Sequence[str]) -> ArgumentError:
    """What is wrong with the first wrong argument; ``parameters`` are the function's, in order."""
    wrong: Any = error.errors(include_url=False)[0]
    first, *inside = wrong["loc"]
    name = parameters[first] if isinstance(first, int) and first < len(parameters) else str(first)
    expected = _EXPECTED.get(name, Bilingual("、".join(parameters), ", ".join(parameters)))
    place = name + "".join(f"[{each}]" if isinstance(each, int) else f".{each}" for each in inside)
    if wrong["type"].startswith("missing"):
        found = Bilingual("缺失", "missing")
    else:
        value = json.dumps(wrong["input"], ensure_ascii=False, default=str)
        # A lone surrogate could not be sent back.
        value = value.encode("utf-8", "replace").decode("utf-8")
        value = value if len(value) <= _SHOWN else f"{value[:_SHOWN]}…"
        found = Bilingual(f"为{value}", value)
    return ArgumentError(
        f"{place} is {found.en}",
        expected.en if not inside else f"{name} to be {expected.en}",
        "call again with that",
        zh=f"参数{place}{found.zh}；{name}应为{expected.zh}；请改正后再次调用",
    )
