"""What readers think of answers, kept in the library on this computer."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import Answer
from corpus.errors import FeedbackError
from corpus.feedback import Feedback, record_feedback, withdraw_feedback
from corpus.feedback_form import MOST_ANCHORS, MOST_EARLIER
from web.access import reader_of
from web.asking.kept import TEXT, TURNS, KeptTurn, made_anew
from web.asking.turns import Turn
from web.site import Site, language_of


class Voted(BaseModel):
    """A vote on one turn of a conversation, with the questions before it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    turn: KeptTurn
    vote: Literal["up", "down"]
    comment: Annotated[str, Field(max_length=TEXT)] = ""
    earlier: Annotated[tuple[Annotated[str, Field(max_length=TEXT)], ...], Field(max_length=TURNS)] = ()


def routes(site: Site) -> APIRouter:
    """``POST /feedback`` keeps a vote, in place of an earlier one; ``DELETE /feedback/{id}`` withdraws it."""
    router = APIRouter()

    @router.post("/feedback", include_in_schema=False, status_code=204, response_class=Response)
    def vote(request: Request, voted: Voted) -> None:
        (turn,) = made_anew((voted.turn,), site.of(request).assistant)
        if not isinstance(turn.outcome, Answer):
            raise HTTPException(422)
        try:
            record_feedback(site.shelf, _feedback(request, voted, turn, turn.outcome))
        except FeedbackError as error:
            raise HTTPException(422) from error

    @router.delete("/feedback/{feedback_id}", include_in_schema=False, status_code=204, response_class=Response)
    def withdraw(request: Request, feedback_id: str) -> None:
        withdraw_feedback(site.shelf, feedback_id, reader_of(request).name or None)

    return router


def _feedback(request: Request, voted: Voted, turn: Turn, answer: Answer) -> Feedback:
    return Feedback(
        id=turn.id,
        question=turn.question,
        language=language_of(request),
        vote=voted.vote,
        comment=voted.comment,
        mode=answer.mode,
        abstained=answer.abstained,
        cited=tuple(dict.fromkeys(citation.anchor for citation in answer.citations))[:MOST_ANCHORS],
        answer="\n".join(sentence.text for sentence in answer.sentences),
        earlier=voted.earlier[-MOST_EARLIER:],
        documents=turn.filters.documents,
        by=reader_of(request).name,
    )
