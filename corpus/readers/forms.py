"""Which form a file has, by its bytes and never by its name; what can be refused before parsing is refused here.

A name that promises a PDF or a DOCX where the bytes are something else is refused too: what was saved is often an error
page, and not the document that its reader believes it is.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath
from typing import Literal

from corpus.readers import limits, refusals

Form = Literal["pdf", "docx", "html", "text"]

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Word encrypts a DOCX into an OLE container with this stream in it, its name in UTF-16.
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_MAIN_PART = re.compile(r"word/document\d*\.xml")
# A byte order mark, white space, comments and declarations may stand before the first tag.
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|div|p|table|h[1-6]|article)[\s>/]",
    re.IGNORECASE | re.DOTALL,
)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")
_READ_AHEAD = 4096
_OTHER_KINDS: tuple[tuple[bytes, str, str], ...] = (
    (b"{\\rtf", "an RTF file", "RTF文件"),
    (b"\x89PNG", "a picture", "图片"),
    (b"\xff\xd8\xff", "a picture", "图片"),
    (b"GIF8", "a picture", "图片"),
    (b"II*\x00", "a picture", "图片"),
    (b"MM\x00*", "a picture", "图片"),
    (b"Rar!", "a RAR archive", "RAR压缩包"),
    (b"7z\xbc\xaf", "a 7-Zip archive", "7-Zip压缩包"),
    (b"\x1f\x8b", "a gzip archive", "gzip压缩包"),
    (b"%!PS", "a PostScript file", "PostScript文件"),
    (b"\x7fELF", "a program", "程序文件"),
    (b"MZ\x90", "a program", "程序文件"),
    (b"SQLite format 3", "a database", "数据库文件"),
)


#: The forms that an ending promises, what such a file is called, and what a file is called that has another form.
_PROMISED: dict[str, tuple[tuple[Form, ...], str]] = {
    ".pdf": (("pdf",), "PDF"),
    ".docx": (("docx",), "DOCX"),
    ".html": (("html", "text"), "HTML"),
    ".htm": (("html", "text"), "HTML"),
    ".txt": (("text", "html"), "TXT"),
}
_CALLED: dict[Form, tuple[str, str]] = {
    "pdf": ("a PDF", "PDF文件"),
    "docx": ("a DOCX", "DOCX文件"),
    "html": ("an HTML page", "HTML网页"),
    "text": ("plain text", "纯文本"),
}


def form_of(data: bytes, name: str) -> Form:
    """The form of a file.

    Raises:
        SourceError: it is empty, too large, of a kind that is not read or not the one its ending promises, encrypted,
            or packed to unpack past the limits.
    """
    form = _form_by_bytes(data, refusals.shown_name(name))
    forms, promised = _PROMISED.get(PurePath(name).suffix.lower(), ((form,), ""))
    if form not in forms:
        raise refusals.other_than_promised(refusals.shown_name(name), promised, *_CALLED[form])
    return form


def _form_by_bytes(data: bytes, name: str) -> Form:
    if len(data) > limits.LARGEST_FILE:
        raise refusals.too_large(name, len(data))
    if not data or data in _BOMS:
        raise refusals.empty(name)
    if b"%PDF-" in data[:1024] and not _HTML.match(data[:_READ_AHEAD]):
        return "pdf"
    if data.startswith(_ZIP):
        _check_docx(data, name)
        return "docx"
    if data.startswith(_OLE):
        if _ENCRYPTED_PACKAGE in data:
            raise refusals.encrypted(name)
        if _WORD_STREAM in data:
            raise refusals.old_word(name)
        raise refusals.wrong_kind(name, "an Office document of the old format", "旧版Office文件")
    for magic, kind, kind_zh in _OTHER_KINDS:
        if data.startswith(magic):
            raise refusals.wrong_kind(name, kind, kind_zh)
    return "html" if _HTML.match(_head_as_bytes(data)) else "text"


def _head_as_bytes(data: bytes) -> bytes:
    """The beginning without a byte order mark, UTF-16 brought down to its bytes of ASCII."""
    head = data[:_READ_AHEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head[2:].replace(b"\x00", b"")
    return head.removeprefix(b"\xef\xbb\xbf")


def _check_docx(data: bytes, name: str) -> None:
    """Looks at the directory of a ZIP, which unpacks nothing."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        raise refusals.damaged(name, "DOCX") from error
    names = {entry.filename for entry in entries}
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise refusals.encrypted(name)
    check_unpacked(sum(entry.file_size for entry in entries), len(data), name)
    if any(_MAIN_PART.fullmatch(entry) for entry in names):
        return
    if "[Content_Types].xml" in names:
        if any(entry.startswith("word/") for entry in names):
            raise refusals.damaged(name, "DOCX")
        raise refusals.wrong_kind(name, "another Office document", "其他Office文件")
    raise refusals.wrong_kind(name, "a ZIP archive", "ZIP压缩包")


def check_unpacked(unpacked: int, packed: int, name: str) -> None:
    """Refuses what unpacks past the limits.

    Raises:
        UnpacksTooFarError: more bytes than are read, or more than a hundred times the packed ones.
    """
    if unpacked > limits.LARGEST_UNPACKED or unpacked > limits.MOST_UNPACKED_TIMES * packed:
        raise refusals.unpacks_too_far(name)
