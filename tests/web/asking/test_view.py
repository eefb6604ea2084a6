"""A view is its address: what is written is read again, and whatever else an address says does no harm."""

from __future__ import annotations

from itertools import product
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.web.documents import HOSTILE, UNITS
from tests.web.fake import CRYPTO, DESTROYED, FakeAssistant
from web.asking.view import CONTEXT, MORE, MOST, Mark, View, check_of, read_view, view_of


def read_again(view: View) -> View | None:
    split = urlsplit(view.address)
    assert split.path == "/"
    return read_view(dict(parse_qsl(split.query, keep_blank_values=True)))


VIEWS = [
    View(doc_id, anchor, language, mark, before, after, both)
    for doc_id, anchor, language, mark, before, after, both in product(
        ("wg6-2020-report", "a b&c=d#e?f/文件", HOSTILE),
        ("dp10", "item1b.2", "annex.r3"),
        (None, "zh"),
        (None, Mark(0, 7, "0123abcd")),
        (CONTEXT, 0, MOST),
        (CONTEXT, 7),
        (False, True),
    )
]


def test_every_view_is_read_again_from_its_address() -> None:
    assert [read_again(view) for view in VIEWS] == VIEWS


def test_an_address_says_no_more_than_it_must() -> None:
    assert View("wg6-2020-report", "dp10").address == "/?doc=wg6-2020-report&anchor=dp10"
    full = View("wg6-2020-report", "dp10", "zh", Mark(3, 9, "0123abcd"), 7, 0, True)
    assert full.address == (
        "/?doc=wg6-2020-report&anchor=dp10&text=zh&mark=3-9-0123abcd&before=7&after=0&both=1"
    )  # fmt: skip


@pytest.mark.parametrize("words", [DESTROYED, CRYPTO])
def test_a_citation_opens_its_unit_in_its_language_with_its_quote(fake: FakeAssistant, words: tuple[str, str]) -> None:
    citation = fake.quoted(1, words, "zh")
    view = view_of(citation)
    assert view.anchor_id == citation.anchor
    assert view.language == citation.language
    assert view.mark is not None
    assert citation.text[view.mark.start : view.mark.end] == words[1]
    assert view.mark.holds(citation.text)
    assert not view.mark.holds("新增。" + citation.text)
    assert not view.mark.holds(citation.text.replace(words[1], words[1][:3] + "改" + words[1][4:]))


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: f"{unit.anchor_id}-{unit.language}")
def test_a_mark_holds_for_its_own_words_alone(unit) -> None:  # type: ignore[no-untyped-def]
    end = len(unit.text)
    mark = Mark(1, end, check_of(unit.text[1:]))
    assert mark.holds(unit.text)
    assert not mark.holds(unit.text[:-1])
    assert not mark.holds(unit.text[:-1] + "\ud800")
    for start, stop in ((0, end), (1, end - 1), (1, end + 1), (1, 1), (end, 1)):
        assert not Mark(start, stop, mark.check).holds(unit.text)


def test_more_is_asked_for_on_one_side_until_there_is_no_more_to_have() -> None:
    view = View("wg6-2020-report", "dp10", "zh", Mark(0, 1, "00000000"), both=True)
    assert (view.more("before").before, view.more("before").after) == (CONTEXT + MORE, CONTEXT)
    assert (view.more("after").before, view.more("after").after) == (CONTEXT, CONTEXT + MORE)
    for _ in range(MOST):
        view = view.more("after")
    assert view.after == MOST
    assert (view.language, view.mark, view.both) == ("zh", Mark(0, 1, "00000000"), True)


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"doc": "wg6-2020-report"},
        {"anchor": "dp10"},
        {"doc": "", "anchor": "dp10"},
        {"doc": "wg6-2020-report", "anchor": ""},
        *(
            {"doc": "wg6-2020-report", "anchor": anchor}
            for anchor in ("DP10", "dp", "dp10\n", " dp10", "dp10#", "dp-1", "dp1٠", "10", "*", "'; --", HOSTILE)
        ),
    ],
)
def test_an_address_that_names_no_unit_opens_none(query: dict[str, str]) -> None:
    assert read_view(query) is None


@pytest.mark.parametrize(
    "more",
    [
        {"text": "fr"},
        {"text": "ZH"},
        {"text": HOSTILE},
        {"mark": "3-9"},
        {"mark": "3-9-xyz"},
        {"mark": "-3-9-0123abcd"},
        {"mark": "3-9-0123abcd\n"},
        {"mark": "3-9-0123ABCD"},
        {"mark": f"0-{10**9}-0123abcd"},
        {"mark": "٣-٩-0123abcd"},
        {"before": "-1"},
        {"before": "1e2"},
        {"before": "٣"},
        {"after": "1000"},
        {"after": ""},
        {"after": HOSTILE},
        {"both": "yes"},
        {"both": HOSTILE},
        {"unheard": HOSTILE},
    ],
)
def test_what_an_address_says_that_cannot_be_is_left_out(more: dict[str, str]) -> None:
    assert read_view({"doc": "wg6-2020-report", "anchor": "dp10", **more}) == View("wg6-2020-report", "dp10")


def test_nobody_gets_more_than_the_most_at_once() -> None:
    view = read_view({"doc": "wg6-2020-report", "anchor": "dp10", "before": "999", "after": "201"})
    assert view is not None
    assert (view.before, view.after) == (MOST, MOST)
