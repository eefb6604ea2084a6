"""Windows cover a text whole, keep to their budget, overlap, and are cut at sentences where there are any."""

from __future__ import annotations

from itertools import pairwise

import pytest

from embeddings.windows import sentence_cuts, token_windows


def characters(text: str) -> list[tuple[int, int]]:
    """A token a character: the budget can be checked by eye."""
    return [(i, i + 1) for i in range(len(text))]


def words(text: str) -> list[tuple[int, int]]:
    """A token a word, white space in no token."""
    spans, at = [], 0
    for word in text.split():
        at = text.index(word, at)
        spans.append((at, at + len(word)))
        at += len(word)
    return spans


def covered(spans: tuple[tuple[int, int], ...]) -> set[int]:
    return {i for start, end in spans for i in range(start, end)}


def test_a_text_that_fits_is_one_window_with_its_edges() -> None:
    assert token_windows(9, [(2, 4), (4, 7)], [4], 2) == ((0, 9),)
    assert token_windows(0, [], [], 5) == ((0, 0),)


def test_a_window_ends_after_a_sentence_and_the_next_repeats_one() -> None:
    text = "甲乙丙丁。戊己庚辛。壬癸子丑。寅卯辰巳。"
    spans = token_windows(len(text), characters(text), sentence_cuts(text), 12)
    pieces = [text[start:end] for start, end in spans]
    assert pieces == ["甲乙丙丁。戊己庚辛。", "戊己庚辛。壬癸子丑。", "壬癸子丑。寅卯辰巳。"]


def test_without_cuts_windows_overlap_by_a_fifth() -> None:
    text = "x" * 100
    assert token_windows(100, characters(text), [], 50) == ((0, 50), (40, 90), (80, 100))


@pytest.mark.parametrize("budget", [1, 2, 3, 5, 7, 10, 23, 64, 500])
@pytest.mark.parametrize(
    "text",
    [
        "  Parties noted the threat. Some asked for guidance; others did not.\n\nThe Secretariat will report. " * 9,
        "缔约国注意到这一威胁。有的要求指导；有的没有！\n秘书处将提出报告" * 13,
        "。" * 40,
        "a b " * 90 + "one very long ending without any stop " * 5,
    ],
)
def test_every_character_is_in_a_window_and_every_window_in_its_budget(text: str, budget: int) -> None:
    offsets = words(text) if " " in text else characters(text)
    spans = token_windows(len(text), offsets, sentence_cuts(text), budget)
    assert covered(spans) == set(range(len(text)))
    assert list(spans) == sorted(set(spans))
    for start, end in spans:
        assert sum(start < last and first < end for first, last in offsets) <= budget


@pytest.mark.parametrize("budget", [10, 23, 64])
def test_windows_overlap_by_no_more_than_half(budget: int) -> None:
    text = "各方注意到。" * 60
    spans = token_windows(len(text), characters(text), sentence_cuts(text), budget)
    overlaps = [end - start for (_, end), (start, _) in pairwise(spans)]
    assert min(overlaps) >= 1
    assert max(overlaps) <= 0.5 * budget


def test_tokens_of_one_character_do_not_stop_it() -> None:
    # ¼ is three tokens with the same span; no budget can part them.
    offsets = [(0, 1)] * 3 + [(1, 2)] * 3 + [(2, 3)]
    assert covered(token_windows(3, offsets, [], 2)) == {0, 1, 2}


def test_cuts_are_after_stops_and_their_closing_marks_and_not_in_numbers_or_symbols() -> None:
    text = "他说：“同意。”会议通过第3.2段；CTOC/COP/WG.6/2020/3号文件。End of it. Next."
    pieces = [text[a:b] for a, b in zip((0, *sentence_cuts(text)), (*sentence_cuts(text), len(text)), strict=True)]
    assert pieces == ["他说：“同意。”", "会议通过第3.2段；", "CTOC/COP/WG.6/2020/3号文件。", "End of it.", " Next."]


def test_a_budget_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        token_windows(3, [(0, 3)], [], 0)
