"""Every threshold of briefing notes, with the measurement it comes from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class BriefingWeights:
    """What makes a paragraph one on the topic, and how much of it a note holds.

    A paragraph is on the topic that is so with a probability of ``on_topic`` (:data:`ON_TOPIC`); one at least must hold
    ``share`` of the topic in a sentence, and what speaks of the outcomes of meetings ``outcome``. Where the
    other version of a paragraph has nothing of the rarest thing of a topic, it must score ``near_enough`` of the best.

    One word of a term stands for it as far as ``of_term``; everyday words for a thing as far as ``everyday``, or
    ``beside_own`` where the texts have the word of the topic; a word that shapes a topic counts ``shaping``.

    A part of a topic, parted by "and", stands for itself where it is a term of the glossary or its words are as rare as
    ``own_part``. Of each part so many ``passages`` are looked at. Of a paragraph so many ``sentences`` are quoted, all
    of a point with no more than ``whole`` characters. Points of two texts are one finding where they share ``twin`` of
    their words. A note quotes so many units as ``background`` and as ``outcomes``; what is left out is named.
    """

    on_topic: float
    share: float
    outcome: float
    near_enough: float
    of_term: float
    everyday: float
    beside_own: float
    shaping: float
    own_part: float
    passages: int
    sentences: int
    whole: int
    twin: float
    background: int
    outcomes: int


# Set on the development topics of eval/briefs.yaml and the practice topics of eval/briefs-practice.yaml.
BRIEFING = BriefingWeights(
    on_topic=0.5, share=0.5, outcome=0.65, near_enough=0.7, of_term=0.3, everyday=0.8,
    beside_own=0.6, shaping=0.25, own_part=3.5, passages=80, sentences=4, whole=700, twin=0.6, background=24,
    outcomes=40,
)  # fmt: skip

#: Intercept and weights of the features of :class:`assistant.briefing.relevance.Evidence`: what the best sentence holds
#: of the topic and what all of the paragraph does, the rarest thing of the topic there, the same in the version that
#: has it least, what the first sentence holds, and how near search finds it. A logistic regression over the 28 topics
#: of those two, what may be quoted counting .6. With each topic left out in its turn it finds .890 of the paragraphs
#: that must be quoted (178 of 200), and of what it finds .963 is on the topic (259 of 269); the everyday words were
#: written with all of the topics known.
ON_TOPIC = (-5.5, 1.85, 2.0, 3.65, 2.0, 1.3, 2.0)
