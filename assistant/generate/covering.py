"""Which of a model's sentences may stand in the place of quotations: they say no more than these do, and no less."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.briefing.rewording import Quotation, Reworded
from assistant.claims import Evidence, SentenceEncoder, check
from assistant.generate.checking import Checker, Held
from assistant.generate.drafts import Drafted
from assistant.question import language_of
from corpus.normal import normalise
from corpus.records import Language


@dataclass(frozen=True)
class Covering:
    """The sentences that stand, in the order of what they are made of, and how many that were written do not."""

    standing: tuple[Reworded, ...]
    removed: int


class Cover:
    """Holds what a model wrote of some quotations against them, numbered from 1 as it was given them."""

    def __init__(self, given: Sequence[Quotation], language: Language, encoder: SentenceEncoder | None) -> None:
        """Over quotations, for a note in a language; ``encoder`` helps where a quotation is in the other one."""
        self._given, self._language, self._encoder = tuple(given), language, encoder
        # A citation's number tells which quotation it is of: two may stand in one paragraph.
        numbered = [
            replace(each.paragraph, citation=replace(each.paragraph.citation, n=n)) for n, each in enumerate(given, 1)
        ]
        self._checker = Checker(numbered, language, encoder)
        self._copied = {normalise(each.text) for each in given}

    def held(self, drafted: Sequence[Drafted]) -> tuple[list[Held], int]:
        """The sentences that what they cite supports, and how many others there are.

        One that comes again, and one that only copies a quotation, is neither: the quotation stands already.
        """
        held: list[Held] = []
        seen: set[Drafted] = set()
        removed = 0
        for each in drafted:
            again = each in seen or any(other.text == each.text for other in held)
            if again or normalise(each.text) in self._copied:
                continue
            seen.add(each)
            found = self._checker.held(each) if language_of(each.text) == self._language else None
            if found is None or not self._is_of_one_name(found):
                removed += 1
            else:
                held.append(found)
        return held, removed

    def covering(self, held: Sequence[Held]) -> Covering:
        """Those of the sentences that leave nothing out of what they stand for.

        A quotation is covered where the sentences that are made of it say together what it says. Where they do not it
        stays, and they go; what was covered by one of them only may then not be any more.
        """
        kept = list(held)
        while True:
            wanting = {n for n in self._numbers(kept) if not self._says(n, [e.text for e in kept if n in _numbers(e)])}
            if not wanting:
                break
            kept = [each for each in kept if not wanting & _numbers(each)]
        made = [Reworded(each.text, tuple(sorted(n - 1 for n in _numbers(each)))) for each in kept]
        return Covering(tuple(sorted(made, key=lambda each: each.of[0])), len(held) - len(kept))

    def _is_of_one_name(self, held: Held) -> bool:
        return len({self._given[n - 1].group for n in _numbers(held)}) == 1

    def _numbers(self, held: Sequence[Held]) -> set[int]:
        return {n for each in held for n in _numbers(each)}

    def _says(self, n: int, texts: Sequence[str]) -> bool:
        """Whether some sentences bear out a quotation, as paragraphs bear out a sentence."""
        quotation = self._given[n - 1]
        evidence = [Evidence(text, self._language, "") for text in texts]
        return check(quotation.text, evidence, self._encoder, quotation.language).supported


def _numbers(held: Held) -> set[int]:
    return {citation.n for citation in held.citations}
