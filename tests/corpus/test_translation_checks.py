"""The checks of translation find what they are there to find, in translations that were spoilt."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.parse.spans import sentence_spans
from tests.corpus.test_translation import EVERYDAY, SHORTEST
from tests.corpus.translation import (
    Piece,
    missing_names,
    missing_terms,
    sentence_ratios,
    wrong_numbers,
    wrong_references,
    wrong_states,
)

REPORT = "wg6-2020-report"
DRAFT = "cop10-2020-draft-resolution"
# The piece, what is changed in its English, into what, and the check that must speak.
SPOILT = [
    (f"{REPORT}#p25", "from 4 p.m. to 6 p.m.", "from 4 p.m. to 5 p.m.", wrong_numbers),
    (f"{REPORT}#p25", "12 noon", "12 a.m.", wrong_numbers),
    (f"{REPORT}#p17", "235,000", "253,000", wrong_numbers),
    (f"{REPORT}#p11", "1 billion", "1 million", wrong_numbers),
    (f"{REPORT}#p24", "19 June", "19 July", wrong_numbers),
    (f"{REPORT}#p40", "six signatories", "signatories", wrong_numbers),
    (f"{REPORT}#p22", "3rd meeting", "meeting", wrong_numbers),
    ("wg6-2021-agenda#item1b.5", "three days", "five days", wrong_numbers),
    ("wg6-2021-agenda#item1a.1", "Monday", "Tuesday", wrong_numbers),
    ("wg6-2021-agenda#item4.1", "twentieth", "twenty-first", wrong_numbers),
    (f"{DRAFT}#pp2", "article 32", "paragraph 32", wrong_references),
    (f"{DRAFT}#pp2", "decision 4/6", "resolution 4/6", wrong_references),
    (f"{REPORT}#dp13", "article 3", "section 3", wrong_references),
    (f"{DRAFT}#op19", "target 16.4", "indicator 16.4", wrong_references),
    (f"{REPORT}#dp9", "reactivation", "reuse", missing_terms),
    (f"{DRAFT}#op17", "diversion", "transfer", missing_terms),
    (f"{REPORT}#dp27", "victim-centred", "humane", missing_terms),
    (f"{REPORT}#p29", ", Paraguay", "", wrong_states),
    (f"{REPORT}#p29", "Paraguay and Turkey", "Paraguay, Peru and Turkey", wrong_states),
    (f"{REPORT}#p30", "Germany", "Austria", wrong_states),
    (f"{REPORT}#p36", "Odendaal", "Odendal", missing_names),
    (f"{REPORT}#p44", "INF/1/Rev.1", "INF/1", missing_names),
]


@pytest.fixture(scope="module")
def by_name(pieces: list[Piece]) -> dict[str, Piece]:
    return {piece.name: piece for piece in pieces}


def _found(piece: Piece) -> bool:
    ratios = sentence_ratios(piece)
    if ratios is None or any(ratio < SHORTEST for ratio in ratios):
        return True
    return bool(wrong_numbers(piece) or wrong_states(piece) or missing_terms(piece) - EVERYDAY.get(piece.name, set()))


@pytest.mark.parametrize(
    ("name", "said", "spoilt", "check"), SPOILT, ids=lambda value: getattr(value, "__name__", str(value))[:40]
)
def test_a_spoilt_translation_is_found(by_name: dict[str, Piece], name: str, said: str, spoilt: str, check) -> None:
    piece = by_name[name]
    assert said in piece.en
    assert not check(piece)
    assert check(replace(piece, en=piece.en.replace(said, spoilt)))


def test_every_dropped_sentence_is_found(pieces: list[Piece]) -> None:
    dropped = 0
    for piece in pieces:
        spans = sentence_spans(piece.en)
        for span in spans if len(spans) > 1 else ():
            dropped += 1
            assert _found(replace(piece, en=piece.en[: span.start] + piece.en[span.end :])), (piece.name, span)
    assert dropped > 300


def test_a_sentence_cut_to_its_first_half_is_found_nearly_always(pieces: list[Piece]) -> None:
    found = []
    for piece in pieces:
        words = piece.en.split()
        if len(sentence_spans(piece.en)) == 1 and len(words) > 20:
            found.append(_found(replace(piece, en=" ".join([*words[: len(words) // 2], words[-1]]))))
    assert len(found) > 150
    assert sum(found) >= 0.99 * len(found)


def test_an_added_sentence_is_found(by_name: dict[str, Piece]) -> None:
    piece = by_name[f"{REPORT}#p21"]
    assert not _found(piece)
    assert _found(replace(piece, en=piece.en + " The meeting rose at noon."))
