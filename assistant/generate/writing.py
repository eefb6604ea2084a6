"""A found answer to one in full sentences: a model writes it, each sentence is checked, and what stands is shown."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace

from assistant.answer import Answer, Shortfall
from assistant.claims import SentenceEncoder
from assistant.generate.breaker import Breaker
from assistant.generate.checking import Checker
from assistant.generate.client import ChatModel, Deadline, UnavailableError
from assistant.generate.desk import Desk
from assistant.generate.drafts import Drafts
from assistant.generate.judging import judged
from assistant.generate.neutral import tokens
from assistant.generate.polishing import Polisher
from assistant.generate.prompts import ANSWER_FORM, Prompt, answering, paragraph
from assistant.generate.rewriting import rewritten
from assistant.generate.settings import Settings
from assistant.growing import Asked, Found, Paragraph
from corpus.parse.spans import sentence_spans


class Writer:
    """Words answers by a language model. Safe to use from several threads.

    ``polisher`` words the quotations of briefing notes by the same model, which rests from both where it fails.
    """

    def __init__(self, settings: Settings) -> None:
        """Over a model that is not asked yet.

        Raises:
            LanguageModelError: the model's provider is not known, or its package is not installed.
        """
        self._settings = settings
        self._model = ChatModel(settings)
        self._breaker = Breaker(settings.limits.failures, settings.limits.rest_s)
        self.polisher = Polisher(settings, self._model, self._breaker)

    def write(
        self, found: Found, again: Callable[[Asked], Found], encoder: SentenceEncoder | None = None
    ) -> Iterator[Answer]:
        """The answer as it grows, the last one whole: in the model's words, or as it was found where those do not do.

        Args:
            found: what the documents answer.
            again: finds what answers another question.
            encoder: helps to check sentences against text of the other language.
        """
        began = time.perf_counter()
        deadline = Deadline(self._settings.limits.total_s)
        if self._settings.rewrite and not self._breaker.resting:
            found = self._searched_twice(found, again, deadline)
        if not found.paragraphs:
            yield from found.answers
        elif self._breaker.resting:
            yield from _fallen_short(found, "resting")
        else:
            for answer in self._written(found, encoder, deadline):
                seconds = time.perf_counter() - began
                more = {"model": seconds * 1000, "total": found.whole.timings_ms["total"] + seconds * 1000}
                yield replace(answer, timings_ms={**found.whole.timings_ms, **more})

    def _written(self, found: Found, encoder: SentenceEncoder | None, deadline: Deadline) -> Iterator[Answer]:
        limits = self._settings.limits
        given = within(found.paragraphs, limits.context_tokens)
        desk = Desk(found, Checker([each for each, _ in given], found.whole.language, encoder))
        drafts, characters = Drafts(), 0
        shortfall: Shortfall | None = None
        try:
            with closing(self._model.stream(self._prompt(found, given), deadline, ANSWER_FORM)) as pieces:
                for piece in pieces:
                    characters += len(piece)
                    for drafted in drafts.feed(piece):
                        if desk.take(drafted) and not self._settings.judge:
                            yield desk.answer()
                    if characters > limits.characters or desk.taken >= limits.sentences:
                        shortfall = "cut"
                        break
            self._breaker.succeeded()
        except UnavailableError:
            shortfall = "cut" if characters else "failed"
            self._breaker.failed()
        for drafted in drafts.end(whole=shortfall is None):
            if desk.take(drafted) and not self._settings.judge:
                yield desk.answer()
        if self._settings.judge:
            desk.keep(judged(self._model, desk.held, found.whole.language, deadline))
        if desk.answers:
            yield replace(desk.answer(whole=True), shortfall=shortfall)
        else:
            missed: Shortfall = "failed" if shortfall and not desk.removed else "unsupported"
            yield from _fallen_short(found, missed, tuple(desk.removed))

    def _prompt(self, found: Found, given: Sequence[tuple[Paragraph, str]]) -> Prompt:
        said = [
            paragraph(n, f"{each.citation.document.short_title}, {each.citation.label}", text)
            for n, (each, text) in enumerate(given, 1)
        ]
        return answering(found.read.text, said, found.whole.language, not self._model.plain)

    def _searched_twice(self, found: Found, again: Callable[[Asked], Found], deadline: Deadline) -> Found:
        """What is found for the question or for the same in the model's words, whichever fits better."""
        try:
            question = rewritten(self._model, found, deadline)
            self._breaker.succeeded()
        except UnavailableError:
            self._breaker.failed()
            return found
        if not question:
            return found
        # It stands alone: what it takes from earlier turns it says.
        other = again(replace(found.asked, question=question, language=found.whole.language, history=()))
        if not _fits_better(other, found):
            return found
        asked = found.whole
        answers = tuple(
            replace(each, question=asked.question, understood=asked.understood, rewritten=question)
            for each in other.answers
        )
        return replace(other, answers=answers)


def within(paragraphs: Sequence[Paragraph], budget: int) -> list[tuple[Paragraph, str]]:
    """As many of the paragraphs as so many tokens hold, each with the text to give; of the first what fits."""
    kept: list[tuple[Paragraph, str]] = []
    for each in paragraphs:
        text = each.citation.text
        needed = tokens(text)
        if kept and needed > budget:
            break
        if needed > budget:
            ends = [span.end for span in sentence_spans(text) if tokens(text[: span.end]) <= budget]
            text = text[: max(ends, default=budget)]
        kept.append((each, text))
        budget -= needed
    return kept


def _fallen_short(found: Found, shortfall: Shortfall, removed: tuple[str, ...] = ()) -> Iterator[Answer]:
    """The answer as it was found, which says why it is not worded."""
    *growing, whole = found.answers
    for answer in growing:
        yield replace(answer, shortfall=shortfall)
    yield replace(whole, shortfall=shortfall, removed=removed)


def _fits_better(other: Found, found: Found) -> bool:
    """Whether another way to put a question is answered where it is not, or from paragraphs that fit better.

    What is asked for by number, compared or denied is taken as it was asked.
    """
    if found.whole.abstained or other.whole.abstained:
        return found.whole.abstained and not other.whole.abstained
    best, others = found.response.passages[:1], other.response.passages[:1]
    if not best or not others or best[0].looked_up or found.whole.compared or found.response.denying:
        return False
    return others[0].score > best[0].score
