"""A library sent to a server: what is new is sent, what went is deleted; a generation is there whole or not at all."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

pytest.importorskip("milvus_lite")

from corpus.errors import StaleSnapshotError, VectorServerError
from corpus.library import Library
from corpus.records import LANGUAGES, Language
from corpus.shelf.removing import remove, restore
from embeddings.build import ensure_index
from embeddings.embed import embed_missing, refine
from embeddings.milvus.builds import count as count_rows
from embeddings.milvus.builds import served_build
from embeddings.milvus.schema import MANIFEST, SENTENCES, UNITS, Place, collection
from embeddings.milvus.search import MilvusVectors
from embeddings.milvus.sending import ensure_sent
from embeddings.snapshot import Query
from embeddings.vectors import Vectors
from tests.embeddings.served import Lite
from tests.letters import Letters, add_texts, ids_of
from tests.shelf import add_paper

ROOT = Path(__file__).parents[3]
SEALS = ["Seals eat fish. They swim.", "Whales sing.", "Penguins stand on the ice."]
#: Makes 200 units an addition so large that its sentences wait.
PADDING = " far" * 50


@pytest.fixture(scope="module")
def lite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lite]:
    """One server for all: libraries do not meet there."""
    lite = Lite.at(tmp_path_factory.mktemp("lite") / "vectors.db")
    yield lite
    lite.server.close()


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library.open(tmp_path / "home")
    add_texts(library, "arms", {"zh": ["标记枪支。", "保存记录十年。"], "en": ["Mark firearms.", "Keep records."]})
    return library


def sent(lite: Lite, library: Library) -> MilvusVectors:
    embed_missing(library, Letters(), progress=False)
    return lite.send(library, Letters())


def ranked(vectors: Vectors, text: str, language: Language) -> list[int]:
    encoded = Letters().encode_question(text)
    return vectors.nearest(Query(encoded.vector, encoded.states, language), language, 100)


def rows(lite: Lite, library: Library) -> tuple[int, int]:
    """How many rows of units and of sentences the server holds of a library."""
    build = served_build(lite.server, Place(library.identity(), "letters"))
    assert build is not None
    return count_rows(lite.server, build, UNITS), count_rows(lite.server, build, SENTENCES)


def library_rows(library: Library) -> tuple[int, int]:
    query = "SELECT count(*) FROM vectors WHERE sentence {} -1"
    units, sentences = (library.connection.execute(query.format(sign)).fetchone()[0] for sign in ("=", "<>"))
    return units, sentences


def assert_the_same(lite: Lite, library: Library) -> MilvusVectors:
    """What is on the server is what the local index holds, unit by unit."""
    on_server, here = sent(lite, library), ensure_index(library, Letters(), progress=False)
    assert rows(lite, library) == library_rows(library)
    said = ("generation", "fingerprint", "unit_count", "sentence_count", "state_count", "unrefined")
    assert [getattr(on_server, name) for name in said] == [getattr(here, name) for name in said]
    encoded = Letters().encode_question("mark 枪支 of seals")
    for language in LANGUAGES:
        asked, ids = Query(encoded.vector, encoded.states, "en"), library.unit_ids(language)
        assert on_server.unit_scores(asked, ids, language) == pytest.approx(
            here.unit_scores(asked, ids, language), abs=1e-5
        )
        there, local = (v.sentence_scores(asked, ids, language) for v in (on_server, here))
        assert {i: pytest.approx(of, abs=1e-5) for i, of in local.items()} == there
        assert on_server.token_scores(asked, ids, language) == pytest.approx(
            here.token_scores(asked, ids, language), abs=1e-5
        )
        assert set(on_server.nearest(asked, language, 100)) == set(here.nearest(asked, language, 100)) == set(ids)
    return on_server


def test_what_is_sent_is_what_the_local_index_holds(lite: Lite, library: Library) -> None:
    # Some units have several windows.
    add_texts(library, "long", {"en": ["x" * 700 + ". Two.", "Three."], "zh": ["长" * 400 + "。二。"]})
    assert_the_same(lite, library)


def test_only_what_is_new_is_sent_and_what_went_is_deleted(lite: Lite, library: Library) -> None:
    add_paper(library, SEALS, "zoo")
    before = assert_the_same(lite, library)
    gone = ids_of(library)["zoo#p2 en"]
    remove(library, "zoo")
    add_paper(library, ["Seals again."], "later")
    after = assert_the_same(lite, library)
    assert after.generation > before.generation
    assert gone not in ranked(after, SEALS[1], "en")
    restore(library, "zoo")
    assert gone in ranked(assert_the_same(lite, library), SEALS[1], "en")


def test_who_searches_a_generation_does_not_see_the_next(lite: Lite, library: Library) -> None:
    before = sent(lite, library)
    known = set(ranked(before, "Seals", "en"))
    add_paper(library, SEALS, "zoo")
    after = sent(lite, library)
    assert set(ranked(before, "Seals", "en")) == known
    assert set(ranked(after, "Seals", "en")) == known | {ids_of(library)[f"zoo#p{n} en"] for n in (1, 2, 3)}
    with pytest.raises(StaleSnapshotError):
        MilvusVectors.open(lite.server, library, before.generation, "letters")


def test_sentences_that_follow_are_sent_when_they_are_there(lite: Lite, library: Library) -> None:
    add_texts(library, "large", {"en": [f"Seal {n} eats fish. It swims{PADDING}." for n in range(200)]})
    embed_missing(library, Letters(), progress=False, refined=False)
    first = lite.send(library, Letters())
    assert first.unrefined == 400
    unit = ids_of(library)["large#p7 en"]
    encoded = Letters().encode_question("swims")
    asked = Query(encoded.vector, encoded.states, "en")
    assert first.sentence_scores(asked, [unit], "en") == {unit: {}}
    add_paper(library, SEALS, "zoo")
    embed_missing(library, Letters(), progress=False)
    assert refine(library, Letters(), progress=False)
    second = lite.send(library, Letters())
    assert (second.unrefined, second.generation) == (0, first.generation + 1)
    assert second.sentence_scores(asked, [unit], "en")[unit].keys() == {0, 1}
    # Who searches the generation before does not lose sight of a unit that got its sentences.
    assert first.nearest(asked, "en", 10, among=[unit]) == [unit]


def test_sending_twice_sends_nothing_and_a_library_of_its_own_has_its_own(
    lite: Lite, library: Library, tmp_path: Path
) -> None:
    assert_the_same(lite, library)
    names = lite.server.call("list_collections")
    other = Library.open(tmp_path / "other")
    add_texts(other, "arms", {"en": ["Mark firearms."]})
    assert_the_same(lite, library)
    assert lite.server.call("list_collections") == names
    assert_the_same(lite, other)
    assert rows(lite, library) == library_rows(library)


def test_what_lost_rows_is_made_anew(lite: Lite, library: Library, caplog: pytest.LogCaptureFixture) -> None:
    sent(lite, library)
    place = Place(library.identity(), "letters")
    build = served_build(lite.server, place)
    lite.server.call("delete", collection(str(build), UNITS), filter="language == 0")
    with pytest.raises(VectorServerError, match="lost rows"):
        MilvusVectors.open(lite.server, library, library.generation(), "letters")
    assert_the_same(lite, library)
    assert "lost rows" in caplog.text
    assert served_build(lite.server, place) != build
    # The one before is not left behind.
    own = [name for name in lite.server.call("list_collections") if name.startswith(place.alias)]
    assert len(own) == 3


def test_units_without_vectors_are_not_sent_as_whole(lite: Lite, library: Library) -> None:
    before = sent(lite, library)
    add_paper(library, SEALS, "zoo")
    assert ensure_sent(library, Letters(), lite.server, progress=False) is None
    opened = MilvusVectors.open(lite.server, library, before.generation, "letters")
    assert opened.unit_count == before.unit_count


def test_sending_that_was_killed_goes_on(tmp_path: Path) -> None:
    """Killed after some batches, it leaves nothing that is searched; begun again, it sends the rest."""
    library = Library.open(tmp_path / "home")
    add_texts(library, "large", {"en": [f"Seal {n} eats fish." for n in range(400)]})
    embed_missing(library, Letters(), progress=False)
    path = tmp_path / "vectors.db"
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.embeddings.milvus.sends", str(library.folder), str(path)],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    said = [line for line, _ in zip(process.stdout, count(), strict=False) if line.startswith("sent ")]
    process.wait()
    process.stdout.close()
    assert said == ["sent 100\n", "sent 200\n"]
    lite = Lite.at(path)
    with pytest.raises(StaleSnapshotError):
        MilvusVectors.open(lite.server, library, library.generation(), "letters")
    (units,) = [name for name in lite.server.call("list_collections") if name.endswith(UNITS)]
    build = units.removesuffix(f"_{UNITS}")
    assert 100 <= count_rows(lite.server, build, UNITS) < 400
    assert lite.send(library, Letters()).unit_count == 400
    assert served_build(lite.server, Place(library.identity(), "letters")) == build
    assert rows(lite, library) == library_rows(library) == (400, 400)
    assert count_rows(lite.server, build, MANIFEST) == 1 + 2 * len(LANGUAGES)
    lite.server.close()
