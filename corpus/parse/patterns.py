"""What the lines of United Nations documents begin and end with."""

from __future__ import annotations

import re

_NUMBER = r"(\d{1,4})[.．]\s*(?=\D)"
# Four digits may be a year that a sentence ends with where a line begins.
NUMBERED = re.compile(rf"(?!(?:19|20)\d\d\D){_NUMBER}")
NUMBERED_OR_YEAR = re.compile(_NUMBER)
LETTERED = re.compile(r"\(([a-z])\)\s*")
DISCUSSION_POINT = re.compile(r"(?:讨论要点|Discussion point)\s*(\d{1,3})", re.IGNORECASE)
CHAPTER = re.compile(r"(?:[一二三四五六七八九十]{1,3}|[IVX]{1,5})[.．、]\s*")
SECTION = re.compile(r"[A-Z][.．]\s*")
ANNEX = re.compile(
    r"(?:附件|附录|附文)\s*[一二三四五六七八九十\d]{0,3}|(?:Annex|Appendix)(?:es)?(?: (?:[IVX]+|\d+|[A-Z]))?",
    re.IGNORECASE,
)
LIST_LABEL = re.compile(r"\((?:[a-z]|[ivx]{2,5})\)|[㈠-㈩]")
MARKDOWN = re.compile(r"\*\*|^[-–]\s+(?=\([a-z]\))|\[(?=[A-Z]+/[^\]]*\]\(#\))|(?<=[\dA-Z])\]\(#\)")

_PROSE_END = re.compile(r"[。；：！？.;:!?…][”’」』）)]?$")
_DOCUMENT_LISTED = re.compile(r"[（(][A-Z]+(?:/[A-Za-z0-9.]+)+[）)]$")


def ends_as_prose(text: str) -> bool:
    """Whether a block ends as a sentence or an entry of a list of documents does, and so is not a heading."""
    return bool(_PROSE_END.search(text) or _DOCUMENT_LISTED.search(text))
