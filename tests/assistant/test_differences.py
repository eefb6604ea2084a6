"""Which words two texts do not share: exact places, and what is left is the same in both."""

from __future__ import annotations

import random

import pytest

from assistant import Assistant
from assistant.differences import Span, differing
from corpus.normal import normalise
from corpus.records import Language

REPORT, CHAIR = "wg6-2020-report", "wg6-2020-chair-summary"
HOSTILE = "<script>alert(1)</script> \"'&\u200b\ud800 𠮷 枪支"


def words(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [text[start:end] for start, end in spans]


def left(text: str, spans: tuple[Span, ...]) -> str:
    """What lies outside the spans, without what makes no difference."""
    kept = "".join(c for at, c in enumerate(text) if not any(start <= at < end for start, end in spans))
    return "".join(normalise(kept).casefold().split())


@pytest.mark.parametrize(
    ("language", "a", "b", "of_a", "of_b"),
    [
        ("zh", "各国应考虑加入该议定书。", "会员国应考虑加入该议定书。", ["各国"], ["会员国"]),
        ("zh", "缔约国应销毁枪支。", "缔约国应酌情销毁枪支及其零部件。", [], ["酌情", "及其零部件"]),
        ("zh", "2020年销毁1,045支枪支", "2014年销毁1,054支枪支", ["2020", "1,045"], ["2014", "1,054"]),
        ("zh", "鼓励INTERPOL提供协助", "请Europol提供协助", ["鼓励INTERPOL"], ["请Europol"]),
        ("en", "States should consider marking.", "Member States should consider marking.", [], ["Member"]),
        ("en", "Urges States to trace 1,045 firearms;", "Invites States to trace 1,054 firearms.",
         ["Urges", "1,045", ";"], ["Invites", "1,054", "."]),
        ("en", "a follow-up by the Chair's friends", "a review by the Chair's friends", ["follow-up"], ["review"]),
        # What chance leaves between two changes is not worth a gap.
        ("en", "the blueprints of those weapons", "the transfer of some firearms",
         ["blueprints of those weapons"], ["transfer of some firearms"]),
        ("en", "report on the 3 points", "report on the 4 points", ["3"], ["4"]),
    ],
)  # fmt: skip
def test_the_words_that_differ(language: Language, a: str, b: str, of_a: list[str], of_b: list[str]) -> None:
    spans_a, spans_b = differing(a, b, language)
    assert (words(a, spans_a), words(b, spans_b)) == (of_a, of_b)


@pytest.mark.parametrize(
    ("language", "a", "b"),
    [
        ("zh", "于 2012 年 5 月\n销毁枪支，共1,045支", "于2012年5月销毁枪支，共1,045支"),
        ("zh", "第３条（ａ）", "第3条(a)"),
        ("en", "The Chair’s summary,  as such", "the Chair's summary, as such"),
        ("en", "trac\u200bing", "tracing"),
        ("zh", "", ""),
        ("en", " \n", ""),
        ("en", HOSTILE, HOSTILE),
    ],
)
def test_case_width_and_spaces_make_no_difference(language: Language, a: str, b: str) -> None:
    if "\u200b" in a and a != b:
        # A character that is not seen divides a word for no one but a program.
        a = normalise(a)
    assert differing(a, b, language) == ((), ())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_text_beside_nothing_differs_whole(language: Language) -> None:
    text = "  枪支 and ammunition. "
    assert differing(text, "", language) == (((2, len(text) - 1),), ())
    assert differing("", text, language) == ((), ((2, len(text) - 1),))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_left_is_the_same_in_both_texts(language: Language) -> None:
    chance = random.Random(7)
    pieces = {
        "zh": [*"枪支 各国 会员国 的 和 ， 。 2020 《枪支议定书》 零部件 缔约 国 IS \u200b".split(), " "],
        "en": ["3D-printed ", "1,045 ", "\ud800", *(f"{word} " for word in "States Member of the THE , . é".split())],
    }[language]
    for _ in range(400):
        a, b = ("".join(chance.choices(pieces, k=chance.randrange(14))) for _ in range(2))
        spans_a, spans_b = differing(a, b, language)
        assert left(a, spans_a) == left(b, spans_b), (a, b)
        for text, spans in ((a, spans_a), (b, spans_b)):
            places = [place for span in spans for place in span]
            assert places == sorted(set(places)), (a, b)
            assert all(0 <= place <= len(text) for place in places)


def test_a_point_of_the_report_beside_the_one_it_came_from(assistant: Assistant) -> None:
    for language, expected in (
        ("zh", (["各国", "国家", "以期", "普遍加入和全面实施"], ["会员国", "会员国", "以", "普遍性"])),
        ("en", (["with a view to achieving universal adherence to and full implementation"],
                ["Member", "Member", "in order to achieve the universality"])),
    ):  # fmt: skip
        code: Language = "zh" if language == "zh" else "en"
        a, b = (assistant.evidence(f"{doc_id}#dp1", code).unit.text for doc_id in (REPORT, CHAIR))
        spans_a, spans_b = differing(a, b, code)
        assert (words(a, spans_a), words(b, spans_b)) == expected
