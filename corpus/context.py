"""The words put in front of a unit for the indexes only: which document it is of, and which paragraph.

"2020年决议修订草案，执行部分第22段：" before the text took Chinese questions over these documents from hit@5 .90 and
MRR .85 to .93 and .90, and English questions over Chinese text from MRR .52 to .60 when it stood before the sentences
too (43 questions of delegates). Spans and quotes are over the unit's own text.
"""

from __future__ import annotations

import re

from corpus.anchors import label
from corpus.records import Document, Unit

_NUMBERS = re.compile(r"\d+|第[一二三四五六七八九十]+[次届]|\w+(?=\s+session)")


def index_context(document: Document, unit: Unit) -> str:
    """Document and label of a unit, in the unit's language, to stand before its text; none of a nameless document."""
    if not document.short_title(unit.language):
        return ""
    if unit.language == "zh":
        return f"{document.short_title('zh')}，{label(unit.anchor, 'zh')}："
    return f"{document.short_title('en')}, {label(unit.anchor, 'en')}: "


def lexical_context(document: Document, unit: Unit) -> str:
    """What stands before a unit for lexical search: the numbers of its label, and of its document's session and dates.

    A question about "the July 2020 meeting" means every paragraph of that meeting's report; with the date's numbers in
    front of each, they part documents and not, by chance, paragraphs. Words are left out: 会议 or report before every
    unit would be rare in none.
    """
    facts = (index_context(document, unit), document.session.get(unit.language), document.dates.get(unit.language))
    numbers = [number for fact in facts for number in _NUMBERS.findall(fact)]
    return " ".join(numbers) + " " if numbers else ""
