"""The page's own way to ask: the turn as it grows, drawn, and as the browser is to keep it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant import EarlierTurn
from corpus.errors import RapporteurError
from corpus.records import Language
from corpus.rows import now
from web.asking.drawing import draw_turn
from web.asking.filters import Filters
from web.asking.kept import keep
from web.asking.turns import Turn, failure_of
from web.programs.caller import caller
from web.site import Site

logger = logging.getLogger(__name__)

#: Earlier turns that a question may lean on; more would be read for each question, and nobody leans that far back.
REMEMBERED = 8


class Earlier(BaseModel):
    """An earlier turn, as far as a follow-up leans on it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    question: Annotated[str, Field(max_length=20_000)]
    understood: Annotated[str, Field(max_length=20_000)] | None = None
    cited: Annotated[tuple[Annotated[str, Field(max_length=400)], ...], Field(max_length=100)] = ()


class Asked(BaseModel):
    """What the browser sends with a question; ``question`` is checked by the assistant, which says what is wrong."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    question: str
    language: Language
    earlier: Annotated[tuple[Earlier, ...], Field(max_length=REMEMBERED)] = ()
    filters: Filters = Field(default_factory=Filters)


def answering(site: Site) -> Callable[[dict[str, Any]], Iterator[dict[str, Any]]]:
    """The function behind the question box: what the browser sends to the growing turn.

    Each value is ``{"html": the turn, drawn, "turn": the turn to keep, "done": bool}``; a question that cannot be
    answered ends in one that says why.
    """

    def answer(request: dict[str, Any]) -> Iterator[dict[str, Any]]:
        seen = site.seen_by(caller())
        try:
            asked = Asked.model_validate(request)
        except ValidationError:
            logger.warning("the page sent a question that is none")
            return
        try:
            for turn in _turns(seen, asked):
                yield _event(seen, turn, asked.language)
        except Exception as error:
            # The edge of the application: the reader gets a sentence, the log the trace of what is no refusal.
            if not isinstance(error, RapporteurError):
                logger.exception("a question could not be answered")
            yield _event(seen, Turn(asked.id, asked.question, failure_of(error), asked.filters), asked.language)

    return answer


def _turns(site: Site, asked: Asked) -> Iterator[Turn]:
    """The turn with each sentence that is found; the last is done."""
    turn = Turn(asked.id, asked.question, filters=asked.filters, done=False, at=now())
    earlier = [EarlierTurn(each.question, each.understood, each.cited) for each in asked.earlier]
    documents = asked.filters.among(site.library.documents())
    for growing in site.assistant.stream(asked.question, earlier, None, documents, asked.filters.languages):
        turn = replace(turn, outcome=growing)
        yield turn
    yield replace(turn, done=True)


def _event(site: Site, turn: Turn, language: Language) -> dict[str, Any]:
    return {"html": draw_turn(site, turn, language), "turn": keep(turn) if turn.done else None, "done": turn.done}
