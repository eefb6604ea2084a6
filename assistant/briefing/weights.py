"""Every threshold of briefing notes, with the measurement it comes from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class BriefingWeights:
    """What makes a sentence one on the topic, and how much of it a note holds.

       A sentence is on the topic that holds ``share`` of its words, weighted by rarity. ``near`` is the score, as a share
       of the best passage's, from which one is that holds ``some`` of them.
    A part of a topic, parted by "and", stands for itself where its words are as rare as ``own_part``
       or are a term of the glossary. Of each aspect ``passages`` are looked at, of a paragraph ``sentences`` are quoted,
       all where it has no more than ``whole`` characters. Points of two texts are one finding where they share ``twin`` of
       their words. ``likely`` is how sure it must be that a question to expect is answered.
    """

    share: float = 0.65
    share_with_core: float = 0.5
    near: float = 0.65
    some: float = 0.28
    set_phrase: float = 0.3
    translated: float = 0.05
    near_enough: float = 0.62
    own_part: float = 3.5
    passages: int = 80
    sentences: int = 4
    whole: int = 700
    twin: float = 0.6
    background: int = 24
    outcomes: int = 40


BRIEFING = BriefingWeights()
