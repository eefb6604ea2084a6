"""Whether a sentence is borne out by the paragraphs it cites."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.claims.actors import actor_faults
from assistant.claims.content import content_faults
from assistant.claims.denial import negation_faults
from assistant.claims.figures import figure_faults
from assistant.claims.matching import parts, read
from assistant.claims.records import Evidence, Fault, SentenceEncoder, Verdict
from assistant.claims.scope import scope_faults
from assistant.claims.strength import ask_faults
from assistant.claims.texts import LONGEST, plain
from assistant.grounding import Source, verbatim
from corpus.records import Language


def check(sentence: str, evidence: Sequence[Evidence], encoder: SentenceEncoder | None, language: Language) -> Verdict:
    """Whether each thing that a sentence says stands in what it cites; never raises for what is in the texts.

    Args:
        sentence: one sentence, its citation marks taken off or not.
        evidence: the paragraphs it cites, all of which count together.
        encoder: compares a sentence with text of the other language that has no aligned version; None leaves such a
            sentence to what a dictionary carries over.
        language: of the sentence.
    """
    if not evidence:
        return Verdict(False, (Fault("none-cited", "", ""),))
    said = plain(sentence)
    if len(said) > LONGEST or not any(character.isalnum() for character in said):
        return Verdict(False, (Fault("content", said[:80], ""),))
    every = [(read(text, of).whole, of) for each in evidence for text, of in versions(each)]
    if verbatim(said, [Source(text, of) for text, of in every]):
        return Verdict(True)
    # In its own language a sentence is compared word by word; only what has no such version is compared across.
    nearest = [(read(text, of).whole, of) for each in evidence for text, of in closest(each, language)]
    clauses = [part for text, of in nearest for part in parts(text, of)]
    faults = (
        *figure_faults(said, language, every, nearest),
        *actor_faults(said, language, every, clauses),
        *ask_faults(said, language, nearest),
        *negation_faults(said, language, clauses),
        *scope_faults(said, language, clauses),
        *content_faults(said, language, every, encoder),
    )
    return Verdict(not faults, faults)


def versions(evidence: Evidence) -> list[tuple[str, Language]]:
    """The texts of a cited paragraph with their languages."""
    other: Language = "en" if evidence.language == "zh" else "zh"
    return [(evidence.text, evidence.language), *([(evidence.aligned, other)] if evidence.aligned else [])]


def closest(evidence: Evidence, language: Language) -> list[tuple[str, Language]]:
    """The text of a cited paragraph in a language; that in the other where there is none."""
    return [version for version in versions(evidence) if version[1] == language] or versions(evidence)
