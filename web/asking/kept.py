"""What a browser keeps of a conversation, and the conversation made anew from it.

A browser may send anything, and the library may have changed since. So of a kept citation only its place is believed:
its words, title, label and standing are taken from the library as it stands, and where the words are no longer there,
the sentences that rest on them are not shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from assistant.answer import Answer, AnswerSentence, Citation, Mode, Shortfall
from corpus.errors import RapporteurError
from corpus.records import Language
from corpus.rows import MOMENT
from web.asking.filters import Filters
from web.asking.turns import Failure, Gone, Turn
from web.site import Answers

#: Characters of a question or sentence, sentences and citations of an answer, and turns that are read back, at most.
TEXT, PIECES, TURNS = 20_000, 100, 100

_Text = Annotated[str, Field(max_length=TEXT)]
_Short = Annotated[str, Field(max_length=400)]


class _Kept(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class KeptCitation(_Kept):
    """A citation as :meth:`assistant.answer.Citation.to_dict` gives it, as far as it is read back."""

    n: Annotated[int, Field(ge=1, le=999)]
    anchor: _Short
    language: Language
    quote: _Text
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]
    score: float = 0.0


class KeptSentence(_Kept):
    """A sentence of an answer with the numbers of its citations."""

    text: _Text
    citations: Annotated[tuple[int, ...], Field(max_length=PIECES)]


class KeptAnswer(_Kept):
    """An answer as :meth:`assistant.answer.Answer.to_dict` gives it, as far as it is read back."""

    language: Language
    mode: Mode
    abstained: bool
    reason: _Text | None = None
    sentences: Annotated[tuple[KeptSentence, ...], Field(max_length=PIECES)] = ()
    citations: Annotated[tuple[KeptCitation, ...], Field(max_length=PIECES)] = ()
    leads: Annotated[tuple[KeptCitation, ...], Field(max_length=PIECES)] = ()
    understood: _Text | None = None
    notes: Annotated[tuple[_Text, ...], Field(max_length=PIECES)] = ()
    compared: bool = False
    removed: Annotated[tuple[_Text, ...], Field(max_length=PIECES)] = ()
    shortfall: Shortfall | None = None
    rewritten: _Text | None = None


class KeptFailure(_Kept):
    """Why there was no answer."""

    zh: _Text
    en: _Text


def _moment(value: str) -> str:
    """A moment as the library writes it; anything else is as if nothing had been kept."""
    try:
        return value if datetime.fromisoformat(value).strftime(MOMENT) == value else ""
    except ValueError:
        return ""


class KeptTurn(_Kept):
    """A question with what came of it."""

    id: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    question: _Text
    answer: KeptAnswer | None = None
    failure: KeptFailure | None = None
    filters: Filters = Field(default_factory=Filters)
    vote: Annotated[str, Field(pattern=r"^(up|down|)$")] = ""
    comment: _Text = ""
    at: Annotated[str, AfterValidator(_moment)] = ""


class Conversation(BaseModel):
    """The turns that a browser kept, oldest first."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    turns: Annotated[tuple[KeptTurn, ...], Field(max_length=TURNS)]


def keep(turn: Turn) -> dict[str, Any]:
    """A turn as the browser is to keep it; :class:`KeptTurn` reads it back."""
    outcome = turn.outcome
    return {
        "id": turn.id,
        "question": _keepable(turn.question),
        # The text around a quote is in the library; a browser has little room.
        "answer": _without_texts(
            outcome.to_dict() | {"compared": outcome.compared, "removed": [text[:TEXT] for text in outcome.removed]}
        )
        if isinstance(outcome, Answer)
        else None,
        "failure": {"zh": outcome.zh, "en": outcome.en} if isinstance(outcome, Failure) else None,
        "filters": turn.filters.model_dump(),
        "vote": turn.vote,
        "comment": turn.comment,
        "at": turn.at,
    }


def made_anew(kept: Iterable[KeptTurn], assistant: Answers) -> tuple[Turn, ...]:
    """The turns of a conversation with every citation taken from the library as it stands."""
    return tuple(_turn(each, assistant) for each in kept)


def _turn(kept: KeptTurn, assistant: Answers) -> Turn:
    if kept.answer is None:
        outcome = Failure(kept.failure.zh, kept.failure.en) if kept.failure else None
        return Turn(kept.id, kept.question, outcome, kept.filters, at=kept.at)
    answer, gone, changed = _answer(kept.question, kept.answer, assistant)
    return Turn(
        kept.id, kept.question, answer, kept.filters, changed=changed, vote=kept.vote, comment=kept.comment,
        at=kept.at, gone=gone,
    )  # fmt: skip


def _answer(question: str, kept: KeptAnswer, assistant: Answers) -> tuple[Answer, tuple[Gone, ...], bool]:
    citations = _cited(kept.citations, assistant, kept.language)
    leads = _cited(kept.leads, assistant, kept.language)
    quotes = {citation.n: citation.quote for citation in citations}
    sentences = tuple(
        AnswerSentence(each.text, each.citations) for each in kept.sentences if _rests(each, quotes, kept.mode)
    )
    held = {each.n for each in (leads if kept.abstained else citations)}
    gone = tuple(
        Gone(each.n, each.anchor, each.language)
        for each in (kept.leads if kept.abstained else kept.citations)
        if each.n not in held
    )
    lost = len(citations) + len(leads) < len(kept.citations) + len(kept.leads) or len(sentences) < len(kept.sentences)
    answer = Answer(
        question=question,
        language=kept.language,
        mode=kept.mode,
        abstained=kept.abstained,
        reason=kept.reason,
        sentences=sentences,
        citations=citations,
        leads=leads,
        understood=kept.understood,
        notes=kept.notes,
        compared=kept.compared and len(citations) > 1,
        removed=kept.removed,
        shortfall=kept.shortfall,
        rewritten=kept.rewritten,
    )
    return answer, gone, lost


def _rests(sentence: KeptSentence, quotes: Mapping[int, str], mode: Mode) -> bool:
    """Whether all that a sentence cites is still there and, where it is quoted, whether it is quoted from that."""
    if not sentence.citations or not all(n in quotes for n in sentence.citations):
        return False
    return mode == "llm" or any(sentence.text in quotes[n] for n in sentence.citations)


def _cited(kept: Iterable[KeptCitation], assistant: Answers, reader: Language) -> tuple[Citation, ...]:
    found = []
    for each in kept:
        try:
            citation = assistant.cite(each.anchor, each.language, each.start, each.end, each.n, each.score, reader)
        except RapporteurError:
            continue
        if citation.quote == each.quote:
            found.append(citation)
    return tuple(found)


def _keepable(question: str) -> str:
    """A question as it can be read back: one that was refused may be of any length, and hold half a character."""
    return question.encode("utf-8", "replace").decode("utf-8")[:TEXT]


def _without_texts(answer: dict[str, Any]) -> dict[str, Any]:
    for kind in ("citations", "leads"):
        answer[kind] = [{key: value for key, value in each.items() if key != "text"} for each in answer[kind]]
    return answer
