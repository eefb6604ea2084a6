"""Text without what only looks different."""

from __future__ import annotations

import re
import unicodedata

_ZERO_WIDTH = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")


def normalise(text: str) -> str:
    """Full width to half, compatibility forms to plain (NFKC), zero-width characters gone."""
    return unicodedata.normalize("NFKC", _ZERO_WIDTH.sub("", text))
