"""What a model writes, piece by piece, to sentences with the numbers they cite; nothing of it is believed yet.

What is read is cut off as it is read, and nothing is tried at every place of a long run, so that no answer takes long.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from assistant.generate.neutral import plain_marks, shown
from corpus.parse.spans import sentence_spans

#: A sentence or entry that goes on for longer than this is cut off there: none that stands is half as long.
LONGEST_OPEN: Final = 2500

_MARK = r"\[\s{0,3}\d{1,4}(?:\s{0,3}[,;、]\s{0,3}\d{1,4}){0,9}\s{0,3}\]"
_MARKS = re.compile(rf"\s{{0,3}}{_MARK}")
# Marks after the stop of their sentence are put before it, so that they stay with it.
_AFTER_STOP = re.compile(rf"([。！？!?.；;]{{1,6}}[”’\"']{{0,3}})((?:\s{{0,3}}{_MARK})+)")
# The end of what has come may be half a mark.
_HALF_MARK = re.compile(r"\s{0,3}[\[［【〔][^\]］】〕]{0,40}$")
_LINE_MARKUP = re.compile(r"^(?:#{1,6}\s|[-*+•]\s|>\s){1,3}|\*\*|__|`")
_THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)
_OPENINGS = ("<think>", "<thinking>", "```json\n")
_OBJECT = re.compile(r'\{\s*"sentences"\s*:\s*\[')
_ENTRY = re.compile(r"[\s,]*\{")
_DECODER = json.JSONDecoder()


@dataclass(frozen=True)
class Drafted:
    """A sentence that a model wrote, without its marks, and the numbers it cites in their order."""

    text: str
    numbers: tuple[int, ...]


def without_thought(text: str) -> str:
    """What a model says after it has thought aloud; nothing as long as it thinks."""
    return _THOUGHT.sub("", text.lstrip(), count=1)


class Drafts:
    """Reads an answer as it comes: plain sentences with [n] marks, or JSON of sentences and their numbers."""

    def __init__(self) -> None:
        self._open = ""
        self._read = self._begin

    def feed(self, piece: str) -> Iterator[Drafted]:
        """The sentences that are whole now and were not before."""
        self._open += piece
        for drafted in self._read():
            if drafted.text:
                yield drafted

    def end(self, whole: bool = True) -> Iterator[Drafted]:
        """What is left once all has come; where it was cut off, its last sentence is none."""
        # The end of the answer ends its last line, and whatever its beginning could still have become.
        yield from self.feed("\n" if whole else "")

    def _begin(self) -> Iterator[Drafted]:
        """Which of the two it is, after what a model thinks aloud and the fence of a block."""
        text = without_thought(self._open).lstrip()
        if text.startswith("```"):
            text = text.partition("\n")[2].lstrip()
        if not text and len(self._open) <= LONGEST_OPEN:
            return
        if not text:
            # Only the beginning tells what all of this is, and its last characters whether it ends.
            self._open = self._open.lstrip()[:10] + self._open[-10:]
            return
        if any(opening.startswith(text.lower()) for opening in _OPENINGS) and not self._open.endswith("\n"):
            return
        self._open = text
        self._read = self._object if text.startswith("{") else self._lines
        yield from self._read()

    def _object(self) -> Iterator[Drafted]:
        opening = _OBJECT.match(self._open)
        if opening:
            self._open = self._open[opening.end() :]
            self._read = self._entries
            yield from self._entries()
        elif len(self._open) > LONGEST_OPEN:
            self._open = "{"

    def _entries(self) -> Iterator[Drafted]:
        """The sentences of the object whose own braces are closed."""
        while (begins := _ENTRY.match(self._open)) is not None:
            try:
                entry, at = _DECODER.raw_decode(self._open, begins.end() - 1)
            except (ValueError, RecursionError):
                break
            self._open = self._open[at:]
            yield _of_entry(entry)
        if len(self._open) > LONGEST_OPEN:
            self._open = "]"

    def _lines(self) -> Iterator[Drafted]:
        """The sentences of the lines that have come, and of the open one all that another one follows."""
        *lines, self._open = self._open.split("\n")
        for line in lines:
            kept = _plain(line)
            yield from (_drafted(kept[span.start : span.end]) for span in sentence_spans(kept))
        half = _HALF_MARK.search(self._open[-60:])
        tail = half[0] if half else ""
        kept = _plain(self._open[: len(self._open) - len(tail)])
        spans = sentence_spans(kept)
        yield from (_drafted(kept[span.start : span.end]) for span in spans[:-1])
        if len(spans) > 1:
            self._open = kept[spans[-1].start :] + tail
        elif len(self._open) > LONGEST_OPEN:
            yield _drafted(self._open)
            self._open = ""


def _plain(line: str) -> str:
    """A line without markup, each mark within its sentence."""
    line = plain_marks(line.strip() if not line.endswith(" ") else line.lstrip())
    return _AFTER_STOP.sub(lambda match: match[2] + match[1], _LINE_MARKUP.sub("", line))


def _of_entry(entry: Any) -> Drafted:
    """One sentence of the object; one without text or numbers where it is none."""
    if not isinstance(entry, dict) or not isinstance(entry.get("text"), str):
        return Drafted("", ())
    given = entry.get("citations")
    numbers = [n for n in given if isinstance(n, int)] if isinstance(given, list) else []
    marked = _drafted(entry["text"])
    return Drafted(marked.text, tuple(dict.fromkeys((*numbers, *marked.numbers))))


def _drafted(sentence: str) -> Drafted:
    sentence = plain_marks(sentence)
    numbers = [int(n) for mark in _MARKS.findall(sentence) for n in re.findall(r"\d+", mark)]
    text = " ".join(shown(_MARKS.sub("", sentence)).split())
    return Drafted(text, tuple(dict.fromkeys(numbers)))
