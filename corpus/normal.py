"""Text without what only looks different."""

from __future__ import annotations

import re
import unicodedata

#: Characters that show nothing, as a class of a pattern has them: soft hyphens, zero-width and bidirectional
#: characters, fillers, variation selectors, tags.
INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
)
_INVISIBLE = re.compile(f"[{INVISIBLE}]")


def normalise(text: str) -> str:
    """Full width to half, compatibility forms to plain (NFKC), what shows nothing gone."""
    # Nothing of ASCII looks like something else, and most of English is ASCII.
    return text if text.isascii() else unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))
