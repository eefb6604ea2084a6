"""What was left out of a file's text, counted while reading and said in words after."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.records import Bilingual


@dataclass
class Omissions:
    """Counts of what a file holds beside its text."""

    running: int = 0
    contents: int = 0
    hidden: int = 0
    deleted: int = 0
    pictures: int = 0
    comments: bool = False
    scripts: int = 0
    blank_pages: int = 0

    def in_words(self) -> tuple[Bilingual, ...]:
        """A line for each that is not nothing."""
        lines = (
            (
                self.running,
                "略去了页眉、页脚和页码（{n}种文字）。",
                "Running heads, footers and page numbers were left out: {n}.",
            ),
            (self.contents, "略去了目录，共{n}行。", "The table of contents was left out: {n} lines."),
            (self.hidden, "略去了隐藏文字，共{n}个字符。", "Hidden text was left out: {n} characters."),
            (
                self.deleted,
                "修订按已接受处理，略去了{n}处删除的文字。",
                "Tracked changes were read as accepted; deletions left out: {n}.",
            ),
            (self.pictures, "图片中的文字未读取（{n}张图片）。", "Text in pictures was not read: {n} pictures."),
            (int(self.comments), "略去了批注。", "Comments were left out."),
            (
                self.scripts,
                "略去了网页的脚本、样式、导航和表单，共{n}处。",
                "Scripts, styles, navigation and forms were left out: {n}.",
            ),
            (
                self.blank_pages,
                "有{n}页没有文字（扫描图像或空白页），未读取。",
                "Pages without text, scanned or blank, were not read: {n}.",
            ),
        )
        return tuple(Bilingual(zh.format(n=n), en.format(n=n)) for n, zh, en in lines if n)
