"""What feedback may hold: control characters cleaned away, lengths bounded, each fault said in both languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, ValidationError

from corpus.anchors import anchor_kind, split_anchor_id
from corpus.errors import FeedbackError
from corpus.normal import normalise
from corpus.records import Bilingual, Language

Vote = Literal["up", "down"]

#: The most characters of a question, of a comment and of the words of an answer.
LONGEST_QUESTION, LONGEST_COMMENT, LONGEST_ANSWER = 2_000, 2_000, 100_000
#: The most anchors cited, questions before this one, and documents kept to.
MOST_ANCHORS, MOST_EARLIER, MOST_DOCUMENTS = 50, 50, 1_000
#: An id of feedback: a UUID in hexadecimal digits.
ID = re.compile(r"^[0-9a-f]{32}$")

# All but line breaks and tabs, and the marks that turn the direction of the text: nothing said may overwrite what
# stands around it.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def _clean(value: object) -> object:
    if not isinstance(value, str):
        return value
    # A lone surrogate cannot be stored or shown.
    whole = value.encode("utf-8", "ignore").decode("utf-8")
    return _CONTROL.sub("", whole.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _with_words(value: str) -> str:
    if not any(unicodedata.category(character)[0] in "LN" for character in normalise(value)):
        raise ValueError
    return value


def _printable(value: str) -> str:
    if not value.isprintable():
        raise ValueError
    return value


def _citable(value: str) -> str:
    doc_id, anchor = split_anchor_id(value)
    if not doc_id or anchor_kind(anchor) is None:
        raise ValueError
    return value


def _once(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


_Question = Annotated[str, BeforeValidator(_clean), Field(max_length=LONGEST_QUESTION), AfterValidator(_with_words)]
_Name = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_printable)]
_Anchor = Annotated[_Name, AfterValidator(_citable)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, Field(pattern=ID.pattern)]
    question: _Question
    language: Language
    vote: Vote
    comment: Annotated[str, BeforeValidator(_clean), Field(max_length=LONGEST_COMMENT)]
    mode: Annotated[str, Field(pattern=r"^[a-z]{1,20}$")]
    abstained: StrictBool
    cited: Annotated[tuple[_Anchor, ...], AfterValidator(_once), Field(max_length=MOST_ANCHORS)]
    answer: Annotated[str, BeforeValidator(_clean), Field(max_length=LONGEST_ANSWER)]
    earlier: Annotated[tuple[_Question, ...], Field(max_length=MOST_EARLIER)]
    documents: Annotated[tuple[_Name, ...], AfterValidator(_once), Field(max_length=MOST_DOCUMENTS)]
    by: Annotated[str, Field(max_length=200), AfterValidator(_printable)]


#: What each part is called in Chinese, and what it must be.
_PARTS: dict[str, tuple[str, Bilingual]] = {
    "id": ("编号", Bilingual("32位十六进制数字", "32 hexadecimal digits")),
    "question": (
        "问题",
        Bilingual(f"含有文字且不超过{LONGEST_QUESTION:,}个字符", f"words, of at most {LONGEST_QUESTION:,} characters"),
    ),
    "language": ("语文", Bilingual("“zh”或“en”", "zh or en")),
    "vote": ("评价", Bilingual("“up”或“down”", "up or down")),
    "comment": ("意见", Bilingual(f"不超过{LONGEST_COMMENT:,}个字符", f"at most {LONGEST_COMMENT:,} characters")),
    "mode": ("回答方式", Bilingual("“extractive”一类的名称", "a name such as extractive")),
    "abstained": ("是否未作回答", Bilingual("“true”或“false”", "true or false")),
    "cited": (
        "引用的段落",
        Bilingual(
            f"不超过{MOST_ANCHORS}个“wg6-2020-report#dp10”一类的编号",
            f"at most {MOST_ANCHORS} anchors such as wg6-2020-report#dp10",
        ),
    ),
    "answer": ("回答", Bilingual(f"不超过{LONGEST_ANSWER:,}个字符", f"at most {LONGEST_ANSWER:,} characters")),
    "earlier": (
        "先前的问题",
        Bilingual(
            f"不超过{MOST_EARLIER}个问题，各不超过{LONGEST_QUESTION:,}个字符",
            f"at most {MOST_EARLIER} questions of at most {LONGEST_QUESTION:,} characters",
        ),
    ),
    "documents": ("文件", Bilingual(f"不超过{MOST_DOCUMENTS:,}个文件编号", f"at most {MOST_DOCUMENTS:,} ids")),
    "by": ("署名", Bilingual("不超过200个字符的用户名", "the name of a user, of at most 200 characters")),
}


def cleaned(parts: Mapping[str, object]) -> dict[str, Any]:
    """The parts of a feedback but its time, by name: cleaned, anchors and documents each once.

    Raises:
        FeedbackError: a part is too long or not of its form; the message names it.
    """
    try:
        return dict(_Form.model_validate(parts))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
    part, value = str(first["loc"][0]), first["input"]
    name, expected = _PARTS[part]
    if first["type"] in ("string_too_long", "too_long"):
        of = Bilingual("个字符", "characters") if isinstance(value, str) else Bilingual("项", "entries")
        found = Bilingual(f"共{len(value):,}{of.zh}", f"has {len(value):,} {of.en}")
        remedy = Bilingual("请缩短后重新提交", "shorten it and send it again")
    else:
        found = Bilingual("不合要求", f"is {value!r:.60}")
        remedy = Bilingual("请改正后重新提交", "mend it and send it again")
    zh = f"反馈中的“{name}”{found.zh}；应为{expected.zh}；{remedy.zh}"
    raise FeedbackError(f"{part!r} of the feedback {found.en}", expected.en, remedy.en, zh=zh)
