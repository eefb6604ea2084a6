"""A question becomes an answer with citations."""

from assistant.answer import Answer, AnswerSentence, Citation, EarlierTurn, Evidence, Hit
from assistant.engine import Assistant

__all__ = ["Answer", "AnswerSentence", "Assistant", "Citation", "EarlierTurn", "Evidence", "Hit"]
