"""Texts made ready to be compared: what only looks different gone, in clauses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from corpus.normal import normalise
from corpus.parse.spans import sentence_spans
from corpus.records import Language

#: Characters of a sentence that are checked; a longer one is no sentence.
LONGEST: Final = 2000
#: Characters of a paragraph that are read; what stands behind them bears nothing out.
LONGEST_PARAGRAPH: Final = 12_000
#: Characters behind a word in which what it bears on stands.
BEHIND: Final = 200

# Marks of a footnote above the line, which normalising would turn into numbers of the sentence.
_RAISED = re.compile(r"(?<=[^\s\d])[⁰¹²³⁴-⁹]+")
# Only what shows nothing of its own; all other markup is shown as it stands and so is checked as words.
_BARE_TAG = re.compile(r"</?(?:b|i|u|em|strong|p|br|span|cite)\s*/?>|<(su[bp])>\s*[\d,\s]{1,12}</\1>", re.I)
_MARK = re.compile(r"[\[【]\s*\^?\d{1,3}(?:\s*[,，、;–-]\s*\d{1,3})*\s*[\]】]")
_EMPHASIS = re.compile(r"\*{1,3}|__|`+|^\s*[-•#>]+\s+|\A\s*\d{1,2}[.)]\s+(?=[^\n]*\Z)", re.M)
_BETWEEN_CHINESE = re.compile(
    r"(?<=[\u3400-\u9fff，。；：、（）《》“”])[^\S\n]+|[^\S\n]+(?=[\u3400-\u9fff，。；：、（）《》“”])"
)
_IDEOGRAPHS = re.compile(r"[\u3400-\u9fff]")
_OPENS = frozenset("；;。\n")
_MARKS = "，。；！？：,;:!?. \n"
# Names and terms with "and" in them go on so.
_AFTER_AND = (
    "China|Crime|components?|Caribbean|other States|Northern Ireland|light weapons|ammunition|Herzegovina|Tobago"
    "|Principe|Nevis|Barbuda|the Grenadines|Eastern Europe|Cooperation|Pacific|Home Affairs|Tracing|Implementation"
)
_JOINTS = "but|while|whereas|although|though|because|so that|nor|when|where|in order to|with a view to"
_DATED = re.compile(
    r"\d+|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b|[年月日]"
)
# A comma in a number parts nothing; a list label does.
_CLAUSE_END: Final[dict[Language, re.Pattern[str]]] = {
    "zh": re.compile(
        r"[。；！？：;!?:\n]|[，,](?!\d{3}(?!\d))|\([a-z]\)|[㈠-㈩]"
        r"|(?<=[\u3400-\u9fff])(?=(?:并且|而且|以及|但是|但|同时|而(?!言)|并(?=[请鼓促敦应须考在将对吁])))"
    ),
    "en": re.compile(
        r"\.$|[;:!?](?=\s|$)|,(?!\d)(?=\s|$)|\n|\([a-z]\)\s|\s[–—]\s"
        rf"|\s(?=(?:and(?! (?:\d|(?:{_AFTER_AND})\b))|{_JOINTS})\s)",
        re.I,
    ),
}


@dataclass(frozen=True)
class Text:
    """A text made ready: whole, its sentences, and their clauses."""

    whole: str
    language: Language
    sentences: tuple[str, ...]


def plain(text: str) -> str:
    """A text without citation marks, markup that shows nothing, invisible characters and differences of form."""
    # Half a character can come of text that was cut, and neither tokenizer nor database takes it.
    sound = text.encode("utf-8", "ignore").decode("utf-8")
    bare = normalise(_RAISED.sub("", _BARE_TAG.sub(" ", sound)))
    return _BETWEEN_CHINESE.sub("", _EMPHASIS.sub(" ", _MARK.sub(" ", bare))).strip()


def ready(text: str, language: Language) -> Text:
    """A text with its sentences."""
    whole = plain(text[:LONGEST_PARAGRAPH])
    return Text(whole, language, tuple(whole[s.start : s.end] for s in sentence_spans(whole)))


def clauses(sentence: str, language: Language) -> tuple[str, ...]:
    """The parts of a sentence between marks and conjunctions.

    One of a word or two goes with the one before it, at the beginning with the one behind it: "In May 2013, …".
    """
    ends = [match.start() for match in _CLAUSE_END[language].finditer(sentence)]
    found: list[tuple[int, int]] = []
    for start, end in zip([0, *ends], [*ends, len(sentence)], strict=True):
        piece = sentence[start:end].strip(_MARKS)
        opens = not found or sentence[start : start + 1] in _OPENS
        if not piece:
            continue
        if found and not opens and (_is_short(piece) or _is_short(sentence[found[-1][0] : found[-1][1]].strip(_MARKS))):
            found[-1] = found[-1][0], end
        else:
            found.append((start, end))
    return tuple(sentence[start:end].lstrip(_MARKS).strip() for start, end in found)


def _is_short(piece: str) -> bool:
    # A date says when, not what.
    rest = _DATED.sub(" ", piece)
    ideographs = len(_IDEOGRAPHS.findall(rest))
    return ideographs < 4 if _IDEOGRAPHS.search(piece) else len(rest.split()) < 4
