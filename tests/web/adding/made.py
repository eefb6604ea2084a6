"""Documents that delegates bring, made by the real writers, and the bad ones among them."""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from corpus.readers.limits import LARGEST_FILE
from corpus.records import Language
from tests.corpus.readers.write_docx import saved

SYMBOL = "A/AC.300/2026/5"
TITLE: dict[Language, str] = {
    "en": "Report on early warning of glacial lake outburst floods",
    "zh": "关于冰川湖溃决洪水预警的报告",
}
_HEADS: dict[Language, tuple[str, ...]] = {
    "en": ("United Nations", SYMBOL, "Working Group on Glaciers", "Distr.: General", "3 March 2026",
           "Original: English", "Fourth session"),
    "zh": ("联合国", SYMBOL, "冰川问题工作组", "分发：普遍", "2026年3月3日", "原文：英文", "第四届会议"),
}  # fmt: skip
PARAGRAPHS: dict[Language, tuple[str, ...]] = {
    "en": (
        "The Working Group on Glaciers met in Kathmandu from 2 to 6 February 2026.",
        "Forty-one sirens were installed along the Hunza River in 2025 to warn villages of outburst floods.",
        "The Group requested the Secretariat to report on the cost of the sirens at its next session.",
    ),
    "zh": (
        "冰川问题工作组于2026年2月2日至6日在加德满都举行会议。",
        "2025年沿洪扎河安装了41个警报器，以便向村庄发出溃决洪水警报。",
        "工作组请秘书处在下届会议上报告警报器的费用。",
    ),
}


def paper(
    language: Language = "en", paragraphs: Sequence[str] = (), title: str = "", symbol: str = SYMBOL, dated: bool = True
) -> bytes:
    """A DOCX with a masthead and numbered paragraphs; without the date, or another symbol, where told."""
    head = [line if line != SYMBOL else symbol for line in _HEADS[language]]
    document = docx.Document()
    for line in (*head, title or TITLE[language]):
        if line and (dated or "2026" not in line):
            document.add_paragraph(line)
    for number, text in enumerate(paragraphs or PARAGRAPHS[language], 1):
        document.add_paragraph(f"{number}. {text}")
    return saved(document)


def pdf(text: str = "", encrypted: bool = False) -> bytes:
    """A PDF of one page: with a text, or scanned; with a password where told."""
    buffer = io.BytesIO()
    lock = StandardEncryption("secret", canPrint=0) if encrypted else None
    canvas = Canvas(buffer, invariant=True, encrypt=lock)
    if text:
        canvas.drawString(90, 700, text)
    else:
        canvas.rect(90, 90, 300, 300, fill=1)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


#: Files that are refused: what each is, and words of why in either language.
BAD: dict[str, tuple[bytes, str, str]] = {
    "empty.txt": (b"", "is empty", "是空的"),
    "picture.txt": (b"\x89PNG\r\n", "a picture", "图片"),
    "page.pdf": (b"<!DOCTYPE html><p>404</p>", "an HTML page", "HTML网页"),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "old format", "旧版Word"),
    "broken.pdf": (b"%PDF-1.7\n", "damaged", "已损坏"),
    "locked.pdf": (pdf("Hello", encrypted=True), "encrypted", "已加密"),
    "scanned.pdf": (pdf(), "only scanned images", "扫描图像"),
    "torn.docx": (paper()[:9000], "damaged", "已损坏"),
}
TOO_LARGE = LARGEST_FILE + 1
