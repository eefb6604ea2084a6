"""What a translation must keep: each check gives what the English of a piece of text lacks of the Chinese, or adds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from corpus.glossary import Glossary, Term, glossary
from corpus.numbers import chinese_numbers, english_numbers
from corpus.parse.builder import Parsed
from corpus.parse.spans import sentence_spans
from corpus.records import Language
from corpus.words import segmenter

# English says one, first and both where Chinese has no numeral (一个, 首先, 两者 as 这些).
_SAID_WITHOUT_NUMERAL = {"1", "2"}
_LATIN = re.compile(r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ0-9./-]*[A-Za-z0-9À-ÿ]")
_REFERENCES: dict[str, tuple[str, str]] = {
    "article": (r"第(\d+)条", r"\barticles? (\d+)"),
    "paragraph": (r"(?<!序言部分)第(\d+)(?:\([a-z]\))?段", r"\b(?:paragraph|para\.) (\d+)"),
    "item": (r"项目(\d+)", r"\bitems? (\d+)"),
    "decision": (r"第(\d+/\d+)号决定", r"\bdecision (\d+/\d+)"),
    "target": (r"具体目标(\d+\.\d+)", r"\btarget (\d+\.\d+)"),
    "indicator": (r"指标(\d+\.\d+\.\d+)", r"\bindicator (\d+\.\d+\.\d+)"),
}


@dataclass(frozen=True)
class Piece:
    """A text in both languages: a unit (by its anchor id), one of its notes, or a heading."""

    name: str
    zh: str
    en: str


def pieces_of(zh: Parsed, en: Parsed) -> Iterator[Piece]:
    """Every text of a document that a reader sees, headings once each."""
    headings: set[tuple[str, str]] = set()
    for one, other in zip(zh.units, en.units, strict=True):
        for pair in zip(one.heading_path, other.heading_path, strict=True):
            if pair not in headings:
                headings.add(pair)
                yield Piece(f"{one.doc_id} heading {len(headings)}", *pair)
        yield Piece(one.anchor_id, one.text, other.text)
        for note, same in zip(one.footnotes, other.footnotes, strict=True):
            yield Piece(f"{one.anchor_id} note {note.mark}", note.text, same.text)


def wrong_numbers(piece: Piece) -> Counter[str]:
    """The numbers that one of the languages says more often than the other."""
    zh, en = chinese_numbers(piece.zh), english_numbers(piece.en)
    return (zh - en) + Counter({n: times for n, times in (en - zh).items() if n not in _SAID_WITHOUT_NUMERAL})


def wrong_references(piece: Piece) -> set[str]:
    """The articles, paragraphs, items, decisions, targets and indicators that one of the languages refers to alone."""
    zh = re.sub(r"\s", "", piece.zh)
    return {
        f"{name} {number}"
        for name, (chinese, english) in _REFERENCES.items()
        for number in set(re.findall(chinese, zh)) ^ set(re.findall(english, piece.en, re.I))
    }


def missing_terms(piece: Piece) -> set[str]:
    """The glossary's Chinese terms that no English form of their row renders; the longest term counts."""
    words = f" {' '.join(segmenter().words(piece.en))} "
    found = {found.term for found in _terms().find(piece.zh, "zh")}
    return {term.zh[0] for term in found if not any(f" {form} " in words for form in _stems(term))}


def wrong_states(piece: Piece) -> set[str]:
    """The States that one of the languages names alone."""
    return {term.zh[0] for term in _states(piece.zh, "zh") ^ _states(piece.en, "en")}


def missing_names(piece: Piece) -> set[str]:
    """The names, symbols and acronyms in Latin letters that the English lacks."""
    return {name for name in _LATIN.findall(piece.zh) if name.lower() not in piece.en.lower()}


def sentence_ratios(piece: Piece) -> list[float] | None:
    """English characters for one Chinese, sentence by sentence; None where the sentences are not as many.

    The Latin letters and figures of the Chinese are taken off both sides, and the long Chinese name of UNODC counts as
    what it is.
    """
    zh, en = ([t[s.start : s.end] for s in sentence_spans(t)] for t in (piece.zh, piece.en))
    if len(zh) != len(en):
        return None
    ratios = []
    for one, other in zip(zh, en, strict=True):
        one = one.replace("毒品和犯罪问题办公室", "UNODC", other.count("UNODC"))
        chinese = len(re.findall("[\u4e00-\u9fff]", one))
        if chinese >= 15:
            ratios.append((len(other) - len(re.findall("[A-Za-z0-9]", one))) / chinese)
    return ratios


@cache
def _terms() -> Glossary:
    return Glossary(tuple(term for term in glossary().terms if term.kind == "term"))


@cache
def _stems(term: Term) -> tuple[str, ...]:
    return tuple(" ".join(segmenter().words(form)) for form in term.en)


def _states(text: str, language: Language) -> set[Term]:
    # The whole glossary reads, so that Latin America is no America and 巴西利亚 no 巴西; Spanish is a language.
    plain = text.replace("西班牙文", "").replace("’", "'")
    return {found.term for found in glossary().find(plain, language) if found.term.kind == "state"}
