"""Files that are refused: each cause its own error, in both languages, before anything is parsed in this process."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable

import docx
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from corpus import errors
from corpus.readers.file import read_file
from corpus.readers.limits import LARGEST_FILE, Allowance
from corpus.readers.process import parse_apart
from corpus.readers.refusals import shown_name
from tests.corpus.readers.write_docx import saved

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _docx(**parts: bytes) -> bytes:
    """A DOCX with some of its parts replaced."""
    document = docx.Document()
    document.add_paragraph("Hello world.")
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(document))) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry, parts.get(entry.filename, old.read(entry.filename)))
    return buffer.getvalue()


def _body(of: Callable[[str], str]) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(_docx())) as package:
        return {"word/document.xml": of(package.read("word/document.xml").decode()).encode()}


def _pdf(pages: int = 1, text: str = "", encrypted: bool = False, picture: bool = False) -> bytes:
    buffer = io.BytesIO()
    lock = StandardEncryption("secret", canPrint=0) if encrypted else None
    canvas = Canvas(buffer, invariant=True, encrypt=lock)
    for _ in range(pages):
        if text:
            canvas.drawString(90, 700, text)
        if picture:
            canvas.rect(90, 90, 300, 300, fill=1)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _pdf_with_stream(stream: bytes) -> bytes:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(stream), stream),
    ]
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(data)
    return data + b"xref\n0 5\n0000000000 65535 f \n" + table + trailer


def _squeezed(megabytes: int) -> bytes:
    squeezer = zlib.compressobj(9)
    return b"".join(squeezer.compress(b" " * 2**20) for _ in range(megabytes)) + squeezer.flush()


def _zip(name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr(name, "x")
    return buffer.getvalue()


_ENTITY = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
REFUSED: dict[str, tuple[str, Callable[[], bytes], type[errors.SourceError], str]] = {
    "empty": ("a.txt", lambda: b"", errors.EmptyFileError, "is empty"),
    "a byte order mark alone": ("a.txt", lambda: b"\xef\xbb\xbf", errors.EmptyFileError, "is empty"),
    "blanks": ("a.txt", lambda: " \r\n\u3000".encode(), errors.EmptyFileError, "is empty"),
    "too large": ("a.txt", lambda: b"a" * (LARGEST_FILE + 1), errors.FileTooLargeError, "20.0 MB"),
    "bytes of no encoding": ("a.txt", lambda: bytes(range(1, 32)) * 99, errors.GarbledTextError, "1%"),
    "a web page named .pdf": ("a.pdf", lambda: b"<!DOCTYPE html><p>404</p>", errors.WrongKindError, "an HTML page"),
    "a PDF named .docx": ("a.docx", lambda: _pdf(text="x"), errors.WrongKindError, "a PDF"),
    "old Word": ("a.docx", lambda: _OLE + "WordDocument".encode("utf-16-le"), errors.WrongKindError, "save it as DOCX"),
    "old Excel": ("a.doc", lambda: _OLE + b"\0" * 99, errors.WrongKindError, "Office"),
    "a ZIP": ("a.docx", lambda: _zip("a.txt"), errors.WrongKindError, "a ZIP archive"),
    "a spreadsheet": ("a.xlsx", lambda: _zip("[Content_Types].xml"), errors.WrongKindError, "another Office document"),
    "a picture": ("a.txt", lambda: b"\x89PNG\r\n", errors.WrongKindError, "a picture"),
    "an encrypted DOCX": (
        "a.docx", lambda: _OLE + "EncryptedPackage".encode("utf-16-le"), errors.EncryptedFileError, "encrypted",
    ),
    "a DOCX cut short": ("a.docx", lambda: _docx()[:9000], errors.DamagedFileError, "damaged"),
    "a DOCX with a broken part": (
        "a.docx", lambda: _docx(**{"word/document.xml": b"<w:document"}), errors.DamagedFileError, "damaged",
    ),
    "a DOCX bomb": (
        "a.docx", lambda: _docx(**{"word/document.xml": b"A" * 110_000_000}), errors.UnpacksTooFarError, "100 MB",
    ),
    "a DOCX with external entities": (
        "a.docx",
        lambda: _docx(**_body(lambda xml: xml.replace("<w:document", _ENTITY + "<w:document", 1))),
        errors.UnsafeFileError, "entities",
    ),
    "a DOCX without text": (
        "a.docx", lambda: _docx(**_body(lambda xml: xml.replace("Hello world.", " "))), errors.NoTextError, "no text",
    ),
    "a PDF header alone": ("a.pdf", lambda: b"%PDF-1.7\n", errors.DamagedFileError, "damaged"),
    "a PDF cut short": ("a.pdf", lambda: _pdf(text="Hello")[:-200], errors.DamagedFileError, "damaged"),
    "a PDF of nothing": ("a.pdf", lambda: b"%PDF-1.7\nxyz\n%%EOF", errors.DamagedFileError, "damaged"),
    "an encrypted PDF": ("a.pdf", lambda: _pdf(text="Hello", encrypted=True), errors.EncryptedFileError, "encrypted"),
    "a scanned PDF": ("a.pdf", lambda: _pdf(picture=True), errors.NoTextError, "scanned"),
    "a PDF with a 300 MB stream": (
        "a.pdf", lambda: _pdf_with_stream(_squeezed(300)), errors.UnpacksTooFarError, "100 MB",
    ),
    "2,001 pages": ("a.pdf", lambda: _pdf(pages=2001), errors.TooManyPagesError, "2001 pages"),
    "a page without text": ("a.html", lambda: b"<html><script>x()</script></html>", errors.NoTextError, "no text"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_each_cause_is_an_error_of_its_own(case: str) -> None:
    name, data, kind, words = REFUSED[case]
    with pytest.raises(errors.SourceError) as caught:
        read_file(data(), name)
    assert type(caught.value) is kind
    assert words in str(caught.value)
    assert "；" in caught.value.message("zh")
    for message in (str(caught.value), caught.value.message("zh")):
        assert name in message
        assert "\n" not in message


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../x.pdf", "x.pdf"),
        ("C:\\a\\b.docx", "b.docx"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("\x00\n", "file"),
        ("", "file"),
    ],
)
def test_a_name_is_shown_without_path_and_what_misleads(name: str, shown: str) -> None:
    assert shown_name(name) == shown


def test_a_long_name_is_cut_and_keeps_its_ending() -> None:
    assert len(shown_name("名" * 300 + ".pdf")) == 80
    assert shown_name("名" * 300 + ".pdf").endswith("….pdf")


def test_reading_that_takes_too_long_ends() -> None:
    with pytest.raises(errors.ReadingTimeError, match=r"0\.01 seconds"):
        parse_apart(b"text", "text", "a.txt", None, Allowance(seconds=0.01))


@pytest.mark.parametrize("form", ["pdf", "html"])
def test_reading_that_wants_too_much_memory_ends(form: str) -> None:
    many = b"<html>" + b"<p>Some words of a paragraph.</p>" * 200_000
    data = _pdf_with_stream(_squeezed(95)) if form == "pdf" else many
    with pytest.raises(errors.ReadingMemoryError, match="memory"):
        parse_apart(data, form, f"a.{form}", None, Allowance(address_space=180 * 2**20))  # type: ignore[arg-type]


def test_a_reader_that_dies_is_told_from_one_that_wants_memory() -> None:
    # An allowance that the system does not take: the child ends before it reads.
    with pytest.raises(errors.ReadingCrashError, match="exit 1") as caught:
        parse_apart(b"text", "text", "a.txt", None, Allowance(address_space=-(2**80)))
    assert "意外中止" in caught.value.message("zh")
