"""Text that looks like Markdown or HTML stays the text it is, wherever in a paper it stands."""

from __future__ import annotations

import pytest

from assistant.export.content import Columns, Footnote, Kind, Paper, Paragraph, Run
from assistant.export.markdown import write_markdown
from tests.assistant.export.made import DAY
from tests.assistant.export.reading import markdown_lines, markdown_page

KINDS: tuple[Kind, ...] = ("title", "date", "remark", "heading", "subheading", "label", "body", "item")
HOSTILE = (
    "<script>window.hacked=1</script>",
    '<img src=x onerror="window.hacked=1">',
    "![m](http://127.0.0.1:9/m.png)",
    "[here](javascript:window.hacked=1)",
    "<http://127.0.0.1:9/>",
    "[^9]: a footnote of its own",
    "[^1]",
    "[1]: http://127.0.0.1:9/",
    "`code` ``more`` ```",
    "``` fence",
    "~~~ fence",
    "~~deleted~~ ~sub~ ^super^ ==marked==",
    "*strong* **stronger** _emphasis_ __under__",
    "# heading #",
    "## heading",
    "1. one",
    "23) two",
    "- item",
    "+ item",
    "* item",
    "> quoted",
    "---",
    "***",
    "===",
    "a | b\n--|--\n1 | 2",
    "heading\n---",
    "heading\n===",
    "line\n1. one\n2. two",
    "line\n- [ ] task",
    "line\n\n    code",
    "    code",
    "\tcode",
    "&lt;b&gt; &amp; &#60;",
    "\\",
    "ends in a backslash\\",
    "\\*not strong\\*",
    "$x^2$ {{value}} {#id .class} @someone",
    ": defined",
    "term\n: definition",
    "<!-- unseen -->",
    "<details>",
    "]]>",
    "“”‘’——……《》",
)
ALLOWED = {"main", "h1", "h2", "h3", "p", "ul", "li", "strong", "br"}


def paper(*paragraphs: Paragraph) -> Paper:
    return Paper("title", "en", DAY, paragraphs)


def read(text: str, kind: Kind) -> list[str]:
    written = write_markdown(paper(Paragraph(kind, (Run(text, "en"), Footnote((Run(text, "en"),))))))
    assert {element.tag for element in markdown_page(written).iter()} <= ALLOWED, written
    return markdown_lines(written)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_it_is(text: str, kind: Kind) -> None:
    one_line = kind in ("title", "heading", "subheading", "label")
    # Where a paragraph begins or ends, space is not seen.
    shown = text.strip(" ")
    shown = " ".join(shown.split("\n")) if one_line else shown
    body, note = (line.strip() for line in read(text, kind))
    assert [_seen(body), _seen(note)] == [_seen(f"{shown}[^1]"), _seen(f"[^1]: {text}")]


def test_a_line_of_nothing_is_a_line() -> None:
    assert read("a\n\nb", "body") == ["a\n\nb[^1]", "[^1]: a\n\nb"]


def test_control_characters_are_left_out_and_ends_of_line_are_one() -> None:
    assert read("a\x00b\x1b[31mc\x0b\x0cd\ud800e\ufffff\r\ng\rh", "body")[0] == "ab[31mcdef\ng\nh[^1]"


def test_a_footnote_of_one_word_is_not_taken_for_an_address() -> None:
    written = write_markdown(paper(Paragraph("body", (Run("文", "zh"), Footnote((Run("会议报告，第1段。", "zh"),))))))
    assert markdown_page(written).findall(".//a") == []
    assert markdown_lines(written) == ["文[^1]", "[^1]: 会议报告，第1段。"]


@pytest.mark.parametrize("text", ['a "title"', "a (title)", "a 'title'", 'a "title\nof two lines"', 'a\n"title"'])
def test_a_footnote_is_not_taken_for_an_address_with_a_title(text: str) -> None:
    assert read(text, "body") == [f"{text}[^1]", f"[^1]: {text}"]


def test_footnotes_are_numbered_through_also_beside_each_other() -> None:
    sides = [[Paragraph("body", (Run(text, "zh"), Footnote((Run(f"注 {text}", "zh"),))))] for text in "甲乙"]
    last = Paragraph("body", (Run("丙", "zh"), Footnote((Run("注 丙", "zh"),))))
    written = write_markdown(Paper("", "zh", DAY, (Columns(tuple(map(tuple, sides))), last)))
    assert markdown_lines(written) == [
        "甲[^1]", "乙[^2]", "丙[^3]", "[^1]: 注 甲", "[^2]: 注 乙", "[^3]: 注 丙",
    ]  # fmt: skip


def test_members_of_a_list_are_one_list() -> None:
    items = [Paragraph("item", (Run(text, "en"),)) for text in ("one", "two\nlines", "three")]
    page = markdown_page(write_markdown(paper(*items)))
    assert [len(found.findall("li")) for found in page.iter("ul")] == [3]


def test_a_name_is_bold_whatever_it_ends_in() -> None:
    page = markdown_page(write_markdown(paper(Paragraph("label", (Run("（甲）：“乙”（丙）", "zh"),)))))
    assert [strong.text_content() for strong in page.iter("strong")] == ["（甲）：“乙”（丙）"]


def _seen(text: str) -> str:
    """A text with each stretch of space as one, which is how a page shows it; ends of line stay."""
    return "\n".join(" ".join(line.split()) for line in text.split("\n"))
