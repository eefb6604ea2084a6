"""A second look by the model itself: it may remove sentences, and bring none back."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.generate.checking import Held
from assistant.generate.client import ChatModel, Deadline, UnavailableError
from assistant.generate.drafts import without_thought
from assistant.generate.prompts import judging
from corpus.records import Language


def judged(model: ChatModel, held: Sequence[Held], language: Language, deadline: Deadline) -> list[bool]:
    """Whether each sentence still stands.

    All of them have stood already; where the model does not judge, or says nothing that can be read, they still do.
    """
    if not held:
        return []
    pairs = [(each.text, "\n".join(citation.text for citation in each.citations)) for each in held]
    try:
        said = model.complete(judging(pairs, language), deadline)
    except UnavailableError:
        return [True] * len(held)
    numbers = {int(n) for n in re.findall(r"\d{1,3}", without_thought(said))}
    return [n not in numbers for n in range(1, len(held) + 1)]
