"""A question becomes an answer with citations."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.answer import Answer, AnswerSentence, Citation, EarlierTurn, Evidence, Hit
    from assistant.engine import Assistant

__all__ = ["Answer", "AnswerSentence", "Assistant", "Citation", "EarlierTurn", "Evidence", "Hit"]


def __getattr__(name: str) -> Any:
    # Most of a second of loading, which a command that asks nothing has no use for, and one that does sets up before.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("assistant.engine" if name == "Assistant" else "assistant.answer"), name)
