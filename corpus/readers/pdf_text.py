"""The text of a PDF's pages as segments: runs of one size on one base line, with where they stand. By PDFium."""

from __future__ import annotations

import ctypes
import math
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from corpus.readers import limits, refusals
from corpus.readers.characters import visible

_PASSWORD = 4
# A hyphen at a line's end as PDFium marks it.
_LINE_HYPHEN = {0x02, 0xFFFE}
_STREAM = re.compile(rb"stream\r?\n")
_FLATE = re.compile(rb"/(?:FlateDecode|Fl)\b")
_IMAGE = re.compile(rb"/Subtype\s*/Image")
# Bytes before a stream that may hold its dictionary, and bytes unpacked at a time.
_DICTIONARY, _CHUNK = 1024, 1 << 20
# What all streams of one file may unpack to, images aside: fonts and pages of 2,000 pages.
_LARGEST_IN_ALL = 5 * limits.LARGEST_UNPACKED
# In sizes of the type: a gap wider than a space parts segments.
_GAP = 0.45


@dataclass(frozen=True)
class Segment:
    """Characters in a row: their text, left and right, base line (from below) and size in points; whether bold."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    bold: bool


@dataclass(frozen=True)
class Page:
    """A page's segments in the order the file has them, and its height."""

    segments: tuple[Segment, ...]
    height: float


def read_pages(data: bytes, name: str) -> list[Page]:
    """The pages of a PDF.

    Raises:
        EncryptedFileError, DamagedFileError, UnpacksTooFarError, TooManyPagesError: it cannot be read.
    """
    if b"%%EOF" not in data[-4096:]:
        raise refusals.damaged(name, "PDF")
    _check_streams(data, name)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == _PASSWORD:
            raise refusals.encrypted(name) from error
        raise refusals.damaged(name, "PDF") from error
    try:
        count = len(document)
        if count > limits.MOST_PAGES:
            raise refusals.too_many_pages(name, count)
        if count == 0:
            raise refusals.damaged(name, "PDF")
        try:
            return list(_pages(document, count))
        except pypdfium2.PdfiumError as error:
            raise refusals.damaged(name, "PDF") from error
    finally:
        document.close()


def _check_streams(data: bytes, name: str) -> None:
    """Unpacks every stream but images a piece at a time, and keeps nothing: PDFium would hold each whole."""
    in_all = 0
    for match in _STREAM.finditer(data):
        dictionary = data[max(0, match.start() - _DICTIONARY) : match.start()].rpartition(b" obj")[2]
        if not _FLATE.search(dictionary) or _IMAGE.search(dictionary):
            continue
        unpacker, unpacked, rest = zlib.decompressobj(), 0, memoryview(data)[match.end() :]
        piece = bytes(rest[:_CHUNK])
        at = len(piece)
        try:
            while piece and not unpacker.eof:
                unpacked += len(unpacker.decompress(piece, _CHUNK))
                if unpacked > limits.LARGEST_UNPACKED or in_all + unpacked > _LARGEST_IN_ALL:
                    raise refusals.unpacks_too_far(name)
                piece = unpacker.unconsumed_tail
                if not piece:
                    piece = bytes(rest[at : at + _CHUNK])
                    at += len(piece)
        except zlib.error:
            # PDFium takes what it can of a broken stream, and so no more than was counted.
            pass
        in_all += unpacked


def _pages(document: pypdfium2.PdfDocument, count: int) -> Iterator[Page]:
    # A page stays open until the next one is: a font that no open page holds is loaded anew, which takes longest.
    last: pypdfium2.PdfPage | None = None
    for index in range(count):
        page = document[index]
        text = page.get_textpage()
        yield Page(tuple(_segments(text.raw)), page.get_height())
        text.close()
        if last is not None:
            last.close()
        last = page
    if last is not None:
        last.close()


def _segments(text: pdfium.FPDF_TEXTPAGE) -> Iterator[Segment]:
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    box_at, x_at, y_at = ctypes.byref(box), ctypes.byref(x), ctypes.byref(y)
    unicode_of, box_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    run: list[str] = []
    left = right = top = bottom = base = size = 0.0
    bold = False
    pending = 0
    for index in range(pdfium.FPDFText_CountChars(text)):
        code = unicode_of(text, index)
        if 0xD800 <= code <= 0xDBFF:
            pending = code
            continue
        if 0xDC00 <= code <= 0xDFFF:
            code = 0x10000 + ((pending - 0xD800) << 10) + (code - 0xDC00) if pending else 0
        pending = 0
        if code in (0, 0x0D, 0x0A) or not box_of(text, index, box_at):
            continue
        character = "-" if code in _LINE_HYPHEN else chr(code)
        blank = character.isspace()
        near = run and -0.5 * size < box.left - right < _GAP * size
        if blank:
            # A generated space has no height; it belongs to the run before it.
            if near and run[-1] != " ":
                run.append(" ")
            continue
        same = abs(box.top - top) < 0.3 and abs(box.bottom - bottom) < 0.3
        if not (near and same):
            if run:
                yield from _whole(run, left, right, base, size, bold)
            if not same or not run:
                size, bold = _type(text, index)
                pdfium.FPDFText_GetCharOrigin(text, index, x_at, y_at)
                base = y.value
            run, left, top, bottom = [], box.left, box.top, box.bottom
        run.append(character)
        right = box.right
    if run:
        yield from _whole(run, left, right, base, size, bold)


def _whole(run: list[str], left: float, right: float, base: float, size: float, bold: bool) -> Iterator[Segment]:
    text = visible("".join(run)).strip()
    if text:
        yield Segment(text, left, right, base, size, bold)


def _type(text: pdfium.FPDF_TEXTPAGE, index: int) -> tuple[float, bool]:
    """The size of a character as printed, and whether it is bold."""
    matrix = pdfium.FS_MATRIX()
    scale = 1.0
    if pdfium.FPDFText_GetMatrix(text, index, ctypes.byref(matrix)):
        scale = math.hypot(matrix.c, matrix.d) or 1.0
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFText_GetFontInfo(text, index, name, 128, None)
    bold = pdfium.FPDFText_GetFontWeight(text, index) >= 600 or b"bold" in name.value.lower()
    return pdfium.FPDFText_GetFontSize(text, index) * scale, bold
