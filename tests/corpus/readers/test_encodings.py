"""Texts in the encodings that delegates' files come in, with and without a byte order mark."""

from __future__ import annotations

import pytest

from corpus.readers.decode import decode_text
from corpus.readers.file import read_file

SIMPLIFIED = "年假十天"
LONGER = "缔约方会议回顾其第5/4号决议，决定设立一个枪支问题工作组。"
TRADITIONAL = "締約國會議回顧其第5/4號決議，決定設立一個槍支問題工作組。"
ENGLISH = "The Working Group will adopt its report on 12 May 2021."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SIMPLIFIED, "gb18030"),
        (LONGER, "gb18030"),
        (LONGER, "utf-16-le"),
        (LONGER, "utf-16-be"),
        (LONGER, "utf-16"),
        (LONGER, "utf-8-sig"),
        (LONGER, "utf-32"),
        ("年假", "gb18030"),
        ("讨论要点", "utf-16-le"),
        (TRADITIONAL, "big5"),
        (TRADITIONAL, "utf-16-le"),
        ("年假十天" * 3, "big5"),
        ("1. 會議開幕\r\n2. 通過議程\r\n", "big5"),
        (TRADITIONAL, "gb18030"),
        ("人名“𠮷”须照原样保存，缔约国会议如此决定。", "gb18030"),
        ("人名“𠮷”须照原样保存。", "utf-8"),
        ("人名“𠮷”须照原样保存，缔约国会议如此决定。", "utf-16-le"),
        (ENGLISH, "ascii"),
        (ENGLISH, "utf-16-le"),
        ("Café à Genève, le 3 août: the délégation’s note.", "cp1252"),
    ],
)
def test_the_characters_are_those_written(text: str, encoding: str) -> None:
    assert decode_text(text.encode(encoding), "a.txt") == (text, False)


@pytest.mark.parametrize("text", [SIMPLIFIED, LONGER])
def test_a_text_cut_inside_a_character_lacks_that_character_and_says_so(text: str) -> None:
    data = text.encode("gb18030")
    # The full stop and each ideograph have two bytes.
    assert decode_text(data[:-1], "a.txt") == (text[:-1], True)
    reading = read_file(data[:-1], "a.txt")
    assert reading.units[-1].text == text[:-1]
    assert any("不完整的字符" in note.zh for note in reading.left_out)


def test_a_few_broken_bytes_leave_the_text_utf_8() -> None:
    data = (LONGER * 20).encode().replace("工作组".encode(), b"\xff", 1)
    text, _ = decode_text(data, "a.txt")
    assert text == (LONGER * 20).replace("工作组", "\ufffd", 1)


def test_eight_bytes_make_one_unit_of_chinese() -> None:
    reading = read_file(SIMPLIFIED.encode("gb18030"), "年假.txt")
    assert [(unit.anchor, unit.text) for unit in reading.units] == [("u1", SIMPLIFIED)]
    assert (reading.form, reading.language, reading.characters, reading.pages) == ("text", "zh", 4, None)
