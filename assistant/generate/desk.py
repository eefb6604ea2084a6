"""An answer as sentences are added to it that stand: numbered citations, what was removed, whether it answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Answer, AnswerSentence, Citation
from assistant.asked import share_ungiven
from assistant.citations import cited_sentences
from assistant.generate.checking import Checker, Held
from assistant.generate.drafts import Drafted
from assistant.growing import Found
from assistant.question import language_of


class Desk:
    """Puts together one answer from what a model writes. A sentence is shown only once it is checked.

    Nothing is shown before a sentence answers: it cites a paragraph that the extractive answer quotes, and gives no
    less of what the question demands than that answer does. What merely stands does not replace an answer.
    """

    def __init__(self, found: Found, checker: Checker) -> None:
        self._found, self._checker = found, checker
        whole = found.whole
        # The words that deny what a question presumes come first and are those of the document.
        lead = _denial_of(found)
        cited = {n for sentence in lead for n in sentence.citations}
        self._blank = replace(
            whole, mode="llm", sentences=lead, citations=tuple(c for c in whole.citations if c.n in cited),
            leads=(), notes=(), compared=False,
        )  # fmt: skip
        self.held: list[Held] = []
        self.removed: list[str] = []
        self._seen: set[Drafted] = set()
        self._quoted = {each.citation.anchor for each in found.paragraphs if each.quoted}
        self._ungiven = min(self._lack(sentence.text) for sentence in whole.sentences)

    @property
    def answers(self) -> bool:
        """Whether what is held answers the question."""
        return any(map(self._answers, self.held))

    def take(self, drafted: Drafted) -> bool:
        """Takes a sentence or removes it; whether there is now more to show."""
        again = drafted in self._seen or any(held.text == drafted.text for held in self.held)
        if again or (drafted.numbers and language_of(drafted.text) != self._blank.language):
            return False
        self._seen.add(drafted)
        held = self._checker.held(drafted)
        if held is None:
            self.removed.append(drafted.text)
            return False
        self.held.append(held)
        return self.answers

    @property
    def taken(self) -> int:
        """How many sentences came."""
        return len(self._seen)

    def keep(self, supported: Sequence[bool]) -> None:
        """Removes what else is not supported; an entry for each sentence that is held."""
        self.removed += [held.text for held, good in zip(self.held, supported, strict=True) if not good]
        self.held = [held for held, good in zip(self.held, supported, strict=True) if good]

    def answer(self, whole: bool = False) -> Answer:
        """The answer by what is held so far; with what comes at the end where it is whole."""
        answer = self._blank
        for held in self.held:
            answer = _with(answer, held)
        if not whole:
            return answer
        return replace(answer, notes=self._found.whole.notes, removed=tuple(self.removed))

    def _answers(self, held: Held) -> bool:
        cited = {citation.anchor for citation in held.citations}
        return bool(cited & self._quoted) and self._lack(held.text) <= self._ungiven

    def _lack(self, text: str) -> float:
        return share_ungiven(text, self._found.read.plain, language_of(text))


def _denial_of(found: Found) -> tuple[AnswerSentence, ...]:
    """The sentences of the quotes that deny what is presumed."""
    return tuple(sentence for sentence, _ in cited_sentences(found.response.quotes[: found.response.denying]))


def _with(answer: Answer, held: Held) -> Answer:
    citations: list[Citation] = list(answer.citations)
    numbers = []
    for each in held.citations:
        same = next((c for c in citations if (c.anchor, c.start, c.end) == (each.anchor, each.start, each.end)), None)
        if same is None:
            same = replace(each, n=len(citations) + 1)
            citations.append(same)
        numbers.append(same.n)
    sentence = AnswerSentence(held.text, tuple(numbers))
    return replace(answer, sentences=(*answer.sentences, sentence), citations=tuple(citations))
