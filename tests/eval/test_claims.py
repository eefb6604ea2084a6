"""The figures of the check of sentences, of outcomes one can count by hand, and the pairs against the documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.home import BUNDLED_DATA
from corpus.library import Library
from corpus.sync import sync_folder
from eval.claims import KINDS, PRACTICE, GoldClaim, Outcome, balanced, claim_figures, evidence_of, read_gold
from eval.errors import DatasetError
from eval.gate import hold_part, read_gate
from eval.resample import estimate

REPORT = "wg6-2020-report"


class Blind:
    """An encoder to which all sentences are alike."""

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.ones((len(texts), 1), dtype=np.float32)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    found = Library.open(tmp_path_factory.mktemp("claims"))
    sync_folder(found, BUNDLED_DATA)
    return found


def claim(supported: bool, sentence: str = "句", anchor: str = "p9") -> GoldClaim:
    return GoldClaim("number-001", "number", supported, sentence, "zh", (f"{REPORT}:{anchor}",), "zh")


def test_the_figure_is_the_mean_of_both_sides() -> None:
    # Three of four that are borne out are found so, and one of two that are not.
    found = [(True, True)] * 3 + [(True, False), (False, True), (False, False)]
    outcomes = [Outcome(claim(supported), accepted) for supported, accepted in found]
    value = estimate(balanced(outcomes), len(outcomes))
    assert value is not None
    assert value.value == pytest.approx((3 / 4 + 1 / 2) / 2)
    assert value.low <= value.value <= value.high


def test_there_is_no_figure_of_one_side_alone() -> None:
    assert estimate(balanced([Outcome(claim(True), True)]), 1) is None


@pytest.mark.parametrize(
    ("anchor", "half"),
    [
        ("p1", "dev"),
        ("p3", "dev"),
        ("p4", "test"),
        ("p6", "test"),
        ("dp7", "dev"),
        ("item1b.5", "dev"),
        ("op12", "test"),
    ],
)
def test_the_half_goes_by_three_paragraphs_in_a_row(anchor: str, half: str) -> None:
    assert claim(True, anchor=anchor).split == half


def test_no_paragraph_and_no_sentence_is_in_both_halves() -> None:
    halves: dict[str, set[str]] = {}
    for each in read_gold():
        for thing in (*each.cites, each.sentence):
            halves.setdefault(thing, set()).add(each.split)
    assert all(len(of) == 1 for of in halves.values())


def test_the_pairs_are_enough_of_each_kind_and_language(library: Library) -> None:
    gold = read_gold()
    assert len({each.id for each in gold}) == len(gold) >= 320
    wrong = Counter(each.about for each in gold if not each.supported)
    assert set(wrong) == set(KINDS)
    assert min(wrong.values()) >= 20
    written = Counter(each.language for each in gold)
    assert written["zh"] >= 0.4 * len(gold)
    assert sum(each.language != each.cited_in for each in gold) >= len(gold) / 5
    for each in gold:
        assert (each.form is not None) is each.supported
        # Whatever is cited stands in both languages.
        assert all(evidence.text and evidence.aligned for evidence in evidence_of(each, library))


def test_practice_is_of_no_paragraph_and_no_sentence_of_the_test_half(library: Library) -> None:
    practice, gold = read_gold(PRACTICE), read_gold()
    assert len({each.id for each in practice}) == len(practice) >= 240
    assert {each.split for each in practice} == {"dev"}
    held_back = {thing for each in gold if each.split == "test" for thing in (*each.cites, each.sentence)}
    # By number alone: a failure shows nothing of the test half.
    assert sum(thing in held_back for each in practice for thing in (*each.cites, each.sentence)) == 0
    for kind in ("number", "date", "actor", "negation"):
        of = Counter(each.supported for each in practice if each.about == kind)
        assert min(of[True], of[False]) >= 30
    for each in practice:
        assert (each.form is not None) is each.supported
        assert all(evidence.text and evidence.aligned for evidence in evidence_of(each, library))


def test_what_is_called_verbatim_is(library: Library) -> None:
    for each in read_gold():
        if each.form == "verbatim":
            (cited,) = evidence_of(each, library)
            assert "".join(each.sentence.split()) in "".join(cited.text.split())


def test_figures_of_pairs_that_can_be_checked_by_eye(library: Library) -> None:
    pairs = (
        claim(True, "国际刑警组织和西班牙的代表在会上作了简短发言。", "p21"),
        claim(False, "国际刑警组织和法国的代表在会上作了简短发言。", "p21"),
        claim(False, "国际刑警组织和西班牙的代表在会上作了简短发言。", "p20"),
    )
    found = {each.figure: each for each in claim_figures(library, Blind(), pairs)}
    assert set(found) == {"claims", "claims_number", "claims_zh_zh"}
    assert found["claims"].value.value == 1.0
    assert (found["claims"].value.count, found["claims"].split) == (3, "dev")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id": "x"}', "about"),
        ('{"id": "x", "about": "colour", "supported": true}', "about"),
        ("[]", "a JSON object"),
    ],
)
def test_a_faulty_pair_is_refused_with_its_line(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(DatasetError, match=reason) as refused:
        read_gold(path)
    assert "line 2" in str(refused.value)


def test_the_gate_holds_every_figure_of_a_kind() -> None:
    floors = read_gate().claims
    assert {"claims", "claims_one_version", *(f"claims_{kind}" for kind in KINDS)} <= set(floors)
    assert [row.verdict for row in hold_part((), floors)] == ["has no value"] * len(floors)
