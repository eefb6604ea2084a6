"""A sentence that a model wrote against the paragraphs it cites: what it may cite, and whether they support it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from assistant.answer import Citation
from assistant.claims import Evidence, SentenceEncoder, Verdict, check
from assistant.generate.drafts import Drafted
from assistant.grounding import Source, coverage
from assistant.growing import Paragraph
from corpus.normal import normalise
from corpus.parse.spans import sentence_spans
from corpus.records import Language

#: A sentence that cites more paragraphs than this, or is longer in characters, says too much to be checked; of
#: the 1,062 sentences of the bundled documents two are longer.
MOST_CITED, LONGEST = 4, 1200

# What a page or a program might take for more than text.
_MARKUP = re.compile(r"<\s*[a-z!/?]|!\[|\]\s*\(|&#|\bjavascript\s*:|\bdata\s*:\s*\w+/", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?|ftp|file)\s*:\s*/{2}\S+|\bwww\.\S+|\S+@\S+\.\w+", re.IGNORECASE)


class Check(Protocol):
    """Whether what is cited supports a sentence: :func:`assistant.claims.check`."""

    def __call__(
        self, sentence: str, evidence: Sequence[Evidence], encoder: SentenceEncoder | None, language: Language
    ) -> Verdict: ...


@dataclass(frozen=True)
class Held:
    """A sentence that stands, with a citation of each paragraph that supports it, not numbered yet."""

    text: str
    citations: tuple[Citation, ...]


class Checker:
    """Checks the sentences of one answer against the paragraphs that its model was given."""

    def __init__(
        self, paragraphs: Sequence[Paragraph], language: Language, encoder: SentenceEncoder | None,
        by: Check = check,
    ) -> None:  # fmt: skip
        self._paragraphs, self._language = tuple(paragraphs), language
        self._encoder, self._check = encoder, by

    def held(self, drafted: Drafted) -> Held | None:
        """The sentence with what supports it; None where it does not stand.

        Every number must be that of a paragraph. Where one paragraph alone supports the sentence, others that do not
        are not cited for it.
        """
        numbers = drafted.numbers
        if not 0 < len(numbers) <= MOST_CITED or not all(0 < n <= len(self._paragraphs) for n in numbers):
            return None
        cited = [self._paragraphs[n - 1] for n in numbers]
        if not 1 < len(drafted.text) <= LONGEST or not _is_text(drafted.text, cited):
            return None
        alone = [each for each in cited if self._bears(drafted.text, [each])]
        if not alone and (len(cited) < 2 or not self._bears(drafted.text, cited)):
            return None
        return Held(drafted.text, tuple(self._quoting(drafted.text, each) for each in alone or cited))

    def _bears(self, sentence: str, cited: Sequence[Paragraph]) -> bool:
        evidence = [Evidence(c.text, c.language, c.anchor, each.aligned) for each in cited for c in (each.citation,)]
        return self._check(sentence, evidence, self._encoder, self._language).supported

    def _quoting(self, sentence: str, paragraph: Paragraph) -> Citation:
        """The citation of the sentence of a paragraph that says most of what another sentence does."""
        whole = paragraph.citation
        spans = [(s.start, s.end) for s in sentence_spans(whole.text)] or [(0, len(whole.text))]
        start, end = max(
            spans,
            key=lambda span: coverage(sentence, self._language, [Source(whole.text[slice(*span)], whole.language)]),
        )
        return replace(whole, start=start, end=end, quote=whole.text[start:end])


def _is_text(sentence: str, cited: Sequence[Paragraph]) -> bool:
    """Whether a sentence is nothing but text: no markup, no address that does not stand in what it cites."""
    plain = normalise(sentence)
    texts = [normalise(each.citation.text) for each in cited]
    addresses = (match[0].rstrip(".,;。，；)）") for match in _ADDRESS.finditer(plain))
    return not _MARKUP.search(plain) and all(any(address in text for text in texts) for address in addresses)
