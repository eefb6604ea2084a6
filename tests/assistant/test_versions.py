"""Versions of anchors held in memory: the same as the library says, but for the anchors' names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from assistant.versions import ManyVersions
from corpus.library import Library
from corpus.records import LANGUAGES, Language
from corpus.shelf.owners import Seen
from tests.letters import add_texts, ids_of

_Found = Mapping[Language, Mapping[int, str]]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """Two anchors of both languages, one of each alone, and a document of Anna's of both."""
    built = Library.open(tmp_path)
    add_texts(built, "pair", {"zh": ["甲", "乙"], "en": ["one", "two", "three"]})
    add_texts(built, "lone", {"zh": ["丙"]})
    add_texts(built, "hers", {"zh": ["丁"], "en": ["four"]})
    with built.writing("the owner", kept="all") as connection:
        connection.execute("UPDATE documents SET owner = 'anna' WHERE doc_id = 'hers'")
    return built


def versions_of(library: Library) -> ManyVersions:
    return ManyVersions(library, {name: np.array(library.unit_ids(name), np.int64) for name in LANGUAGES})


def together(found: _Found) -> set[frozenset[tuple[str, int]]]:
    """Which versions are of one anchor."""
    anchors: dict[str, set[tuple[str, int]]] = {}
    for language, of in found.items():
        for i, anchor in of.items():
            anchors.setdefault(anchor, set()).add((language, i))
    return set(map(frozenset, anchors.values()))


def test_they_are_those_of_the_library(library: Library) -> None:
    versions, ids = versions_of(library), sorted(ids_of(library).values())
    for asked in ([], ids, ids[::-1], *([i] for i in ids), [ids[0], ids[0], ids[-1]]):
        found, expected = versions.anchors_of(asked), library.anchors_of(asked)
        assert together(found) == together(expected)
        assert {name: list(of) for name, of in found.items()} == {name: list(of) for name, of in expected.items()}
    assert len(together(versions.anchors_of(ids))) == 5


def test_anchors_are_in_the_order_in_which_they_were_written(library: Library) -> None:
    ids = ids_of(library)
    names = versions_of(library).anchors_of(ids.values())
    texts = [f"pair#p{n} en" for n in (1, 2, 3)]
    assert [names["en"][ids[text]] for text in texts] == sorted(names["en"][ids[text]] for text in texts)


def test_what_another_owns_or_wrote_later_is_nowhere(library: Library) -> None:
    hers = [i for name, i in ids_of(library).items() if name.startswith("hers")]
    assert len(hers) == 2
    assert sum(len(of) for of in versions_of(Seen(library, "anna")).anchors_of(hers).values()) == 2
    assert versions_of(Seen(library, "ben")).anchors_of(hers) == {"zh": {}, "en": {}}
    before = versions_of(library)
    add_texts(library, "later", {"zh": ["戊"], "en": ["five"]})
    later = [i for name, i in ids_of(library).items() if name.startswith("later")]
    assert before.anchors_of([*later, 10**9]) == {"zh": {}, "en": {}}


def test_an_empty_library_has_none(tmp_path: Path) -> None:
    assert versions_of(Library.open(tmp_path)).anchors_of([1, 2]) == {"zh": {}, "en": {}}
