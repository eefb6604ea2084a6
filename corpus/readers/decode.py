"""Bytes become characters: by byte order mark, UTF-8, else by how plausible each other encoding reads.

A ladder of encodings that takes the first without an error makes nonsense of Big5, which GB18030 reads without one; so
each candidate is scored by its characters. Those of the everyday lists below are the most frequent of modern Chinese
in either script; UTF-16 is told by its ASCII, ideographs and line ends.
"""

from __future__ import annotations

import codecs
import contextlib
import re
import unicodedata
from functools import cache

from corpus.readers import limits, refusals

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CANDIDATES = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be", "cp1252")
# Enough to tell by, so that a long file is not decoded whole five times.
_SAMPLE = 64 * 1024
_REPLACED = "\ufffd"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_SEAM = re.compile(r"[A-Za-z][\u0080-\u00ff]|[\u0080-\u00ff][A-Za-z]|[A-Za-z][\u4e00-\u9fff][A-Za-z]")


def decode_text(data: bytes, name: str, declared: str | None = None) -> tuple[str, bool]:
    """The characters of a text file, line ends as they are, and whether it ends inside a character, which is left out.

    ``declared`` is an encoding that the file itself names; it is one candidate more.

    Raises:
        EmptyFileError: nothing is left but blanks.
        GarbledTextError: over 1% of the characters cannot be read in the best encoding.
    """
    text = _decoded(data, declared)
    cut = text.endswith(_REPLACED)
    text = text[:-1] if cut else text
    if not text.strip("\ufeff\x00 \t\r\n\f\v\u3000\u00a0"):
        raise refusals.empty(name)
    unread = text.count(_REPLACED) + len(_CONTROL.findall(text))
    if unread > limits.MOST_REPLACED * len(text):
        raise refusals.garbled(name)
    return _CONTROL.sub("", text.removeprefix("\ufeff")), cut


def _decoded(data: bytes, declared: str | None) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    if b"\x00" not in data:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as error:
            # A file cut inside its last character, or with a few bytes broken, is still UTF-8.
            text = data.decode("utf-8", errors="replace")
            replaced = text.count(_REPLACED)
            whole = sum(c > "\x7f" for c in text) - replaced
            if whole and (error.start >= len(data) - 3 or replaced * 50 < whole):
                return text
    candidates = [*_CANDIDATES]
    if declared and _known(declared) and _known(declared) not in candidates:
        candidates.insert(0, declared)
    sample = data[:_SAMPLE]
    best = max(candidates, key=lambda encoding: _plausibility(sample.decode(encoding, errors="replace"), encoding))
    return data.decode(best, errors="replace")


def _known(encoding: str) -> str | None:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return None


def _plausibility(text: str, encoding: str) -> float:
    """A mean over the characters: everyday ones count for the encoding, rare, private and broken ones against it."""
    # The last character of a sample may be cut.
    text = text[:-1] if text.endswith(_REPLACED) else text
    if not text:
        return -10.0
    total = sum(_weight(character) for character in text)
    if encoding == "cp1252":
        # Any bytes are Latin letters to it: it stands only where accents are few and stand inside words.
        accents = sum("\x80" <= c <= "\u2122" for c in text)
        return total / len(text) - (4.0 * accents / len(text) if accents * 4 > len(text) else 0.0)
    return (total - len(_SEAM.findall(text)) * 0.5) / len(text)


@cache
def _weight(character: str) -> float:
    if character == _REPLACED or _CONTROL.match(character):
        return -6.0
    if character in _EVERYDAY:
        return 1.0
    if character < "\x80":
        return 0.6
    if "\u4e00" <= character <= "\u9fff":
        return _ideograph(character)
    if character in "，。、；：？！（）《》“”‘’「」『』—…·％\u3000":
        return 0.8
    category = unicodedata.category(character)
    if category in {"Co", "Cn", "Cs"}:
        return -4.0
    if "\u00c0" <= character <= "\u017f" and category.startswith("L"):
        return 0.2
    if "\U00020000" <= character <= "\U0003ffff" or "\u3400" <= character <= "\u4dbf":
        return -0.2
    return -1.0


def _ideograph(character: str) -> float:
    """By the national lists: the first level of GB 2312 and of Big5 hold the characters in use."""
    level = 0.0
    try:
        level = 0.6 if b"\xb0\xa1" <= character.encode("gb2312") <= b"\xd7\xf9" else 0.0
    except UnicodeEncodeError:
        level = -0.4
    with contextlib.suppress(UnicodeEncodeError):
        level = max(level, 0.6 if b"\xa4\x40" <= character.encode("big5") <= b"\xc6\x7e" else 0.0)
    return level


_EVERYDAY = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形"
    "相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展"
    "五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战"
    "先回则任取完举科触色约缔议决案讨论秘书处届会附件段报告决定请鼓励敦促假休权规章第六七八百千万非法际联盟犯罪武器枪支"
    "這個來時們為國會學對說發動過種後產經進當兩體機點業開應還關無與實現將從並條約處書長議討論報罪槍證華請勵問題見組織員決權"
)
