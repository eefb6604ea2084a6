"""A page as a browser shows it: lists counted, what is hidden and what is no text left out, however deep it lies."""

from __future__ import annotations

import pytest

from corpus.readers.file import read_file
from corpus.readers.html import read_html


def _texts(body: str) -> list[str]:
    page = f"<!DOCTYPE html><html><body>{body}</body></html>"
    return [
        p.text or " | ".join(line for cell in p.cells for line in cell)
        for p in read_html(page.encode(), "a").paragraphs
    ]


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ("<ol><li>a<li>b</ol>", ["1. a", "2. b"]),
        ("<ol start=5><li>a<li value=9>b<li>c</ol>", ["5. a", "9. b", "10. c"]),
        ("<ol reversed><li>a<li>b</ol>", ["2. a", "1. b"]),
        ('<ol type="a"><li>a<li>b</ol>', ["(a) a", "(b) b"]),
        ('<ol style="list-style-type: cjk-ideographic"><li>a<li>b</ol>', ["一、a", "二、b"]),
        ("<ol><li>a<ul><li>b</ul><li><p>c</p><p>d</p></ol>", ["1. a", "b", "2. c", "d"]),
        ("<p>one<br>two</p>loose<div>three</div>tail", ["one two", "loose", "three", "tail"]),
        ("<table><tr><th>State<th>Reply<tr><td>Chad<td>yes</table>", ["State | Reply", "Chad | yes"]),
        ("<p>A<del>bad</del><ins>good</ins></p>", ["Agood"]),
        ("<p>H<sub>2</sub>O &amp; tea&nbsp;&#8212; hot</p>", ["H2O & tea — hot"]),
    ],
)
def test_blocks_lists_and_tables_are_read_as_shown(body: str, texts: list[str]) -> None:
    assert [" ".join(text.split()) for text in _texts(body)] == texts


def test_scripts_styles_comments_and_what_is_hidden_are_no_text() -> None:
    body = (
        "<style>.no { display: none }</style><script>var s = 'script'</script><!-- comment --><nav>menu</nav>"
        "<p class=no>class</p><p style='display:none'>style</p><p hidden>attribute</p><template>template</template>"
        "<p onclick='x()'>Seen <img src=x onerror=alert(1)><a href='javascript:x()'>link</a>.</p>"
    )
    assert _texts(body) == ["Seen link."]


def test_a_form_around_a_page_is_read_and_one_to_fill_in_is_not() -> None:
    search = "<form>Search this site <input><button>Go</button></form>"
    page = f"<form id='aspnetForm'>{search}<h1>Report</h1><p>1. It met.</p><div>2. It closed.</div></form>"
    assert _texts(page.replace(search, "")) == ["Report", "1. It met.", "2. It closed."]
    assert _texts(f"{search}<p>1. It met.</p>") == ["1. It met."]


@pytest.mark.parametrize("tags", ["<div>", "<b>", "<ul><li>", "<table><tr><td>", "<blockquote><p>"])
def test_a_page_nested_100_000_deep_is_read(tags: str) -> None:
    reading = read_file(b"<html><body>" + tags.encode() * 100_000 + b"The words at the bottom.", "a.html")
    assert reading.units[-1].text == "The words at the bottom."


def test_entities_are_those_of_html_and_nothing_is_expanded() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "boom"><!ENTITY b "&a;&a;">]>'
    texts = [
        p.text for p in read_html(f"{bomb}<html><body><p>&b; stays &lt;.</p></body></html>".encode(), "a").paragraphs
    ]
    assert not any("boomboom" in text for text in texts)


def test_the_encoding_that_a_page_names_is_one_candidate() -> None:
    page = '<html><head><meta charset="gbk"></head><body><p>年假十天。</p></body></html>'
    assert [p.text for p in read_html(page.encode("gb18030"), "a").paragraphs] == ["年假十天。"]
