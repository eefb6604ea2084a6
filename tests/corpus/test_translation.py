"""The English versions say what the Chinese say: numbers, references, terms, States and names, sentence by sentence.

A true exception stands here with its reason; everything else is mended in en.txt or, where the United Nations has the
rendering, in the glossary.
"""

from __future__ import annotations

from corpus.glossary import glossary
from tests.corpus.translation import (
    Piece,
    missing_names,
    missing_terms,
    sentence_ratios,
    wrong_numbers,
    wrong_references,
    wrong_states,
)  # fmt: skip

# 建议 in its everyday senses: advice, a proposal.
EVERYDAY = {
    "wg6-2020-report#p1": {"建议"},
    "wg6-2014-background#p65": {"建议"},
    "wg6-2014-background heading 34": {"建议"},
    "wg6-2021-agenda#item1b.4": {"建议"},
}
# A State named by its adjective: the Brazilian non-governmental organization Viva Rio.
ADJECTIVES = {"wg6-2014-background#p56": {"巴西"}}
# Of 527 sentences of 15 Chinese characters and more, the ratio is 4.5 on average, its deviation 0.5; the ends are
# anniversaries of "the year 2021" (7.0) and sentences that name little more than the EU or a day (2.9).
SHORTEST, LONGEST = 2.9, 7.0


def test_every_number_date_and_hour_is_said_as_often_in_both_languages(pieces: list[Piece]) -> None:
    assert {piece.name: wrong for piece in pieces if (wrong := wrong_numbers(piece))} == {}


def test_articles_paragraphs_items_and_decisions_are_those_of_the_chinese(pieces: list[Piece]) -> None:
    assert {piece.name: wrong for piece in pieces if (wrong := wrong_references(piece))} == {}


def test_every_glossary_term_is_rendered_by_a_form_of_its_row(pieces: list[Piece]) -> None:
    assert {piece.name: missing for piece in pieces if (missing := missing_terms(piece))} == EVERYDAY


def test_the_terms_compared_are_most_of_the_glossary(pieces: list[Piece]) -> None:
    terms = {term.zh[0] for term in glossary().terms if term.kind == "term"}
    said = {found.term.zh[0] for piece in pieces for found in glossary().find(piece.zh, "zh")}
    assert len(terms & said) > 0.9 * len(terms)


def test_the_states_named_are_the_same(pieces: list[Piece]) -> None:
    assert {piece.name: wrong for piece in pieces if (wrong := wrong_states(piece))} == ADJECTIVES


def test_names_symbols_and_acronyms_in_latin_letters_are_kept(pieces: list[Piece]) -> None:
    assert {piece.name: missing for piece in pieces if (missing := missing_names(piece))} == {}


def test_every_unit_has_as_many_sentences_of_like_length(pieces: list[Piece]) -> None:
    ratios = {piece.name: sentence_ratios(piece) for piece in pieces}
    assert [name for name, each in ratios.items() if each is None] == []
    assert {
        name: each for name, each in ratios.items() if any(not SHORTEST <= ratio <= LONGEST for ratio in each or ())
    } == {}
