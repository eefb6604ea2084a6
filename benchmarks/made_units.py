"""Libraries of any size made of the bundled documents: their sentences put together anew, their vectors moved."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.context import index_context, lexical_context
from corpus.glossary import glossary
from corpus.home import BUNDLED_DATA
from corpus.library import Library
from corpus.records import LANGUAGES, Bilingual, Document, Language, Sentence, Unit, Version
from corpus.rows import put_in_order, raise_generation, write_document
from corpus.sync import sync_folder
from corpus.words import segmenter
from embeddings.build import ensure_index
from embeddings.embed import WITHOUT_STATES
from embeddings.model import Encoder
from embeddings.nearest import SIZES, Floats

# Paragraphs a document, in two languages each; sentences a paragraph, by how often.
_PARAGRAPHS, _SENTENCES = 100, (0.35, 0.3, 0.2, 0.15)
# Each sentence is there with so many sets of numbers and States.
_VARIANTS = 16
# How far vectors are moved: of what real ones differ by. The two languages share the larger part of it.
_MOVED, _SHARED = 0.5, 0.8
_DOCUMENTS_A_PART = 100
_NUMBER = re.compile(r"(?<![\d.,/])\d{1,4}(?![\d.,/])")
_NOTHING = Bilingual("", "")


@dataclass(frozen=True)
class _Pool:
    """Sentences of one language: by paragraph pair, their variants with words, vectors and token states."""

    texts: list[list[list[tuple[str, str]]]]
    vectors: list[Floats]
    states: list[list[tuple[int, bytes, bytes]]]
    spread: Floats


def make_library(home: Path, base: Path, units: int, encoder: Encoder) -> None:
    """Fills a library of so many units, a half in each language; ``base`` holds the bundled documents, made if need be.

    Raises:
        HomeError: a folder cannot be written.
    """
    real = Library.open(base)
    sync_folder(real, BUNDLED_DATA)
    ensure_index(real, encoder, progress=False)
    pools = _pools(real, encoder.fingerprint)
    library = Library.open(home)
    connection = library.connection
    # What is lost when the machine stops is made again.
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -400000")
    drawn, dice, held = random.Random(units), np.random.default_rng(units), SIZES.holds_states(units)
    count = -(-units // (2 * _PARAGRAPHS))
    next_id = 1
    for first in range(0, count, _DOCUMENTS_A_PART):
        with library.writing("the documents", kept="nothing") as writing:
            for number in range(first, min(first + _DOCUMENTS_A_PART, count)):
                document = _document(number, drawn)
                write_document(writing, document, "", "added")
                left = min(_PARAGRAPHS, units // 2 - number * _PARAGRAPHS)
                chosen = [_choose(pools, drawn) for _ in range(left)]
                shared = dice.normal(size=(sum(map(len, chosen)) + left, encoder.dimension)).astype(np.float32)
                for language in LANGUAGES:
                    rows = _Rows(document, language, next_id, chosen, pools[language], encoder.fingerprint)
                    rows.write(writing, drawn, dice, shared, held)
                    next_id += left
    with library.writing("the documents", kept="nothing") as writing:
        put_in_order(writing)
        raise_generation(writing)


def _document(number: int, drawn: random.Random) -> Document:
    year = drawn.randrange(1990, 2026)
    zh, en = f"{year}年第{number}号工作组会议报告", f"report of working group meeting {number}, {year}"
    doc_id = f"made-{number:06d}"
    return Document(
        doc_id, Bilingual(zh, en), Bilingual(zh, en), f"CTOC/COP/WG.{number}/{year}/3", "confirmed", "report",
        _NOTHING, Bilingual(f"第{number}次会议", f"session {number}"), Bilingual(f"{year}年", str(year)), _NOTHING,
        year, "en", versions=tuple(Version(language, f"{language}.txt", True, "") for language in LANGUAGES),
    )  # fmt: skip


def _choose(pools: dict[Language, _Pool], drawn: random.Random) -> list[tuple[int, float]]:
    """The paragraph pairs that a unit's sentences are of, and where in each the sentence stands, from 0 to 1."""
    (count,) = drawn.choices(range(1, len(_SENTENCES) + 1), _SENTENCES)
    return [(drawn.randrange(len(pools["zh"].texts)), drawn.random()) for _ in range(count)]


class _Rows:
    """The units of one language of a document, on their way into the library."""

    def __init__(
        self, document: Document, language: Language, first: int, chosen: Sequence[list[tuple[int, float]]],
        pool: _Pool, fingerprint: str,
    ) -> None:  # fmt: skip
        self._document, self._language, self._first = document, language, first
        self._chosen, self._pool, self._fingerprint = chosen, pool, fingerprint

    def write(
        self, connection: object, drawn: random.Random, dice: np.random.Generator, shared: Floats, states: bool
    ) -> None:
        """Writes units, words, sentences, vectors and token states."""
        execute = connection.executemany  # type: ignore[attr-defined]
        units, words, sentences, keys, sources = [], [], [], [], []
        for n, picks in enumerate(self._chosen):
            unit_id, text, spans, said = self._first + n, "", [], []
            for pair, share in picks:
                variants = self._pool.texts[pair][int(share * len(self._pool.texts[pair]))]
                sentence, cut = variants[drawn.randrange(len(variants))]
                spans.append(Sentence(len(text), len(text) + len(sentence)))
                text += sentence + ("" if self._language == "zh" else " ")
                said.append(cut)
            unit = Unit(
                self._document.doc_id,
                f"p{n + 1}",
                "paragraph",
                str(n + 1),
                (),
                self._language,
                text,
                n + 1,
                tuple(spans),
            )
            lexical = " ".join(segmenter().words(lexical_context(self._document, unit)))
            context = index_context(self._document, unit)
            units.append((unit_id, unit.doc_id, unit.language, unit.anchor, "paragraph", unit.number, n + 1, "[]", text,
                          "[]", "[]", context, f"made {unit_id}"))  # fmt: skip
            words.append((unit_id, " ".join([lexical, *said])))
            sentences += [(unit_id, at, s.start, s.end) for at, s in enumerate(spans)]
            keys += [(unit_id, -1), *((unit_id, at) for at in range(len(spans)))]
            sources.append([
                self._pool.vectors[pair][int(share * len(self._pool.vectors[pair]))] for pair, share in picks
            ])  # fmt: skip
        execute(f"INSERT INTO units VALUES ({', '.join('?' * 13)})", units)
        execute("INSERT INTO unit_words (rowid, words) VALUES (?, ?)", words)
        execute("INSERT INTO sentences VALUES (?, ?, ?, ?)", sentences)
        vectors = self._vectors(sources, dice, shared)
        execute("INSERT INTO vectors VALUES (?, ?, ?, 0, ?)", [
            (self._fingerprint, *key, vector.tobytes()) for key, vector in zip(keys, vectors, strict=True)
        ])  # fmt: skip
        execute("INSERT INTO token_states VALUES (?, ?, ?, ?, ?)", list(self._states(states)))

    def _vectors(
        self, sources: Sequence[Sequence[Floats]], dice: np.random.Generator, shared: Floats
    ) -> NDArray[np.float16]:
        """Of each unit the mean of its sentences, then these, all moved."""
        real = np.stack([row for of in sources for row in (np.mean(of, axis=0), *of)])
        own = dice.normal(size=real.shape).astype(np.float32)
        moved = (np.sqrt(_SHARED) * shared + np.sqrt(1 - _SHARED) * own) @ self._pool.spread
        vectors = real + _MOVED * moved
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float16)

    def _states(self, held: bool) -> Iterator[tuple[str, int, int, bytes, bytes]]:
        """Those of the paragraph that a unit's first sentence is of."""
        for n, picks in enumerate(self._chosen):
            if held:
                for window, scales, states in self._pool.states[picks[0][0]]:
                    yield self._fingerprint, self._first + n, window, scales, states
            else:
                yield self._fingerprint, self._first + n, WITHOUT_STATES, b"", b""


def _pools(library: Library, fingerprint: str) -> dict[Language, _Pool]:
    """The sentences of all paragraphs that are there in both languages, in the same order."""
    pairs = library.connection.execute(
        "SELECT a.id, b.id FROM units a JOIN units b USING (doc_id, anchor)"
        " WHERE a.language = 'zh' AND b.language = 'en' ORDER BY a.id"
    ).fetchall()
    return {language: _pool(library, fingerprint, language, [int(p[at]) for p in pairs]) for at, language in
            enumerate(LANGUAGES)}  # fmt: skip


def _pool(library: Library, fingerprint: str, language: Language, ids: Sequence[int]) -> _Pool:
    units, drawn = library.units_by_id(ids), random.Random(0)
    states: list[list[str]] = [list(t.forms(language)) for t in glossary().terms if t.kind == "state"]
    names = sorted((form for of in states for form in of if len(form) > 1), key=lambda name: -len(name))
    state = re.compile("|".join(re.escape(name) for name in names))
    texts, vectors, tokens = [], [], []
    for i in ids:
        unit = units[i]
        spans = unit.sentences or (Sentence(0, len(unit.text)),)
        texts.append(
            [_variants(unit.text[s.start : s.end], state, [of[0] for of in states if of], drawn) for s in spans]
        )
        rows = library.connection.execute(
            "SELECT vector FROM vectors WHERE fingerprint = ? AND unit_id = ? AND sentence >= ?"
            " ORDER BY sentence, window",
            (fingerprint, i, 0 if unit.sentences else -1),
        ).fetchall()
        vectors.append(np.stack([np.frombuffer(row[0], np.float16).astype(np.float32) for row in rows]))
        tokens.append(library.connection.execute(
            "SELECT window, scales, states FROM token_states WHERE fingerprint = ? AND unit_id = ?", (fingerprint, i)
        ).fetchall())  # fmt: skip
    every = np.concatenate(vectors)
    values, axes = np.linalg.eigh(np.cov(every.T))
    spread = (np.sqrt(np.maximum(values, 0))[:, None] * axes.T).astype(np.float32)
    return _Pool(texts, vectors, tokens, spread)


def _variants(text: str, state: re.Pattern[str], names: Sequence[str], drawn: random.Random) -> list[tuple[str, str]]:
    """A sentence with other numbers and States, each with its words; once where it has none of either."""
    made = {text: None}
    for _ in range(_VARIANTS - 1):
        other = _NUMBER.sub(lambda match: str(drawn.randrange(1, 10 ** len(match[0]))), text)
        made[state.sub(lambda _: drawn.choice(names), other)] = None
    return [(each, " ".join(segmenter().words(each))) for each in made]
