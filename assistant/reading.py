"""A question as it is meant: typed with care, and with what it leans on of the earlier turns."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer, EarlierTurn
from assistant.earlier.bearing import set_beside, spoken_of, strange_words
from assistant.earlier.followups import understood
from assistant.earlier.turns import Turn
from assistant.question import Question, check_question, language_of, read_question
from assistant.respond import Responder
from assistant.sources import Sources
from assistant.tidying.tidy import Tidier
from assistant.words import WordIndex
from corpus.errors import QuestionError
from corpus.library import Library
from corpus.normal import normalise

# So many passages are to speak of what a follow-up says itself.
_NEAREST = 3

#: The earlier turns of a conversation, oldest first: each question with its answer, or what was kept of them.
History = Sequence[tuple[str, Answer] | EarlierTurn]


class QuestionReader:
    """Reads the questions of one library. Safe to use from several threads."""

    def __init__(self, library: Library, words: WordIndex, responder: Responder) -> None:
        self._library, self._words, self._responder = library, words, responder
        self._tidier = Tidier(library)

    def read(self, question: str, history: History, documents: Sequence[str]) -> tuple[Question, bool]:
        """The question as it is read with the earlier turns, and whether one of them changed it.

        It is read alike in whichever languages it may be answered from.

        Raises:
            QuestionError: the question cannot be asked.
        """
        records = self._library.documents()
        tidy = self._tidier.tidy(check_question(question))
        resolved = understood(tidy, [self._earlier(turn) for turn in history], records)
        read = read_question(resolved, records)
        if not self._borne_out(tidy, read, documents):
            resolved, read = tidy, read_question(tidy, records)
        # Other marks, or an opening "and" left out, are not what an earlier turn had to say.
        return read, _letters(resolved) not in _letters(tidy)

    def _borne_out(self, tidy: str, read: Question, documents: Sequence[str]) -> bool:
        """Whether the documents speak of what a question says itself where they speak of the earlier turn."""
        language = language_of(tidy)
        if not set_beside(read.text) or not strange_words(tidy, language, self._words.holds):
            return True
        near = self._responder.find(read, _NEAREST, Sources(tuple(documents)))
        return spoken_of(tidy, language, [passage.unit for passage in near])

    def _earlier(self, given: tuple[str, Answer] | EarlierTurn) -> Turn:
        """An earlier turn as a later one leans on it: its question as it was read, nothing where none could be asked.

        It may come from a browser: what it cites is only what the library holds.
        """
        turn = given if isinstance(given, EarlierTurn) else EarlierTurn.of(*given)
        held = self._library.held(turn.cited)
        question = _askable(turn.understood or "")
        if not question and (asked := _askable(turn.question)):
            question = self._tidier.tidy(asked)
        return Turn(question, tuple(anchor_id for anchor_id in turn.cited if anchor_id in held))


def _askable(text: str) -> str:
    """A question that may be asked; nothing in the place of one that may not."""
    try:
        return check_question(text)
    except QuestionError:
        return ""


def _letters(text: str) -> str:
    """Only the letters and digits of a text, in plain small ones."""
    return "".join(character for character in normalise(text).casefold() if character.isalnum())
