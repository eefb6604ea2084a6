"""The dictionary: words by eye in both directions; its file in the cache, written once and again when it is hurt."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from corpus.dictionary import Dictionary, dictionary

RATE = {"利率": 0.5, "率": 1.0}
ASK = """
from corpus.dictionary import dictionary
print(dictionary().english("利率"))
"""


@pytest.fixture(scope="module")
def words() -> Dictionary:
    return dictionary()


@pytest.fixture(scope="module")
def written(words: Dictionary, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole file of the dictionary, as it stands in a cache."""
    assert words.english("利率")
    whole = tmp_path_factory.mktemp("whole")
    for file in (Path(row[2]) for row in words._connection.execute("PRAGMA database_list")):
        shutil.copy(file, whole)
    return next(whole.iterdir())


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty cache folder, which the next call looks in as a new process would."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    dictionary.cache_clear()
    (tmp_path / "rapporteur").mkdir()
    yield tmp_path / "rapporteur"
    dictionary.cache_clear()


@pytest.mark.parametrize(
    ("word", "senses"),
    [
        ("利率", {("interest", "rate")}),
        ("销毁", {("destroy",), ("obliter",)}),
        ("七月", {("juli",), ("seventh", "month")}),
        ("福洛拜", set()),
        ("", set()),
        ("rate", set()),
        ("'; DROP TABLE senses; --", set()),
    ],
)
def test_a_chinese_word_has_the_stems_of_its_english_senses(
    words: Dictionary, word: str, senses: set[tuple[str, ...]]
) -> None:
    assert set(words.english(word)) == senses
    assert list(words.english(word)) == sorted(senses)


def test_an_english_stem_has_the_words_it_stands_in_by_its_share_of_their_shortest_sense(words: Dictionary) -> None:
    assert words.chinese("rate").items() >= RATE.items()
    assert words.chinese("destroy")["销毁"] == 1.0
    assert words.chinese("juli")["七月"] == 1.0
    assert words.chinese("rates") == words.chinese("利率") == words.chinese("") == {}


def test_the_two_directions_say_the_same(words: Dictionary) -> None:
    for stem in ("rate", "destroy", "trace", "ammunit"):
        found = words.chinese(stem)
        assert found
        for word, share in found.items():
            lengths = [len(sense) for sense in words.english(word) if stem in sense]
            assert share == 1 / min(lengths)


@pytest.mark.parametrize(
    ("word", "senses", "left_out"),
    [
        ("李", {("plum",)}, "surname Li"),
        ("舢板", {("sampan",)}, "also written 舢舨"),
        ("仿佛", {("seem",), ("if",), ("alik",), ("similar",)}, "variant of 彷彿|仿佛[fang3 fu2]"),
        ("刑拘", {("detain", "crimin"), ("crimin", "detent")}, "abbr. for 刑事拘留[xing2 shi4 ju1 liu2]"),
        ("火器", {("firearm",)}, "CL:架[jia4]"),
        ("安理会", {("secur", "council")}, "(United Nations) before it"),
        ("掏", {("fish",), ("scoop",)}, "variant of 掏[tao1], and (from pocket) after to fish out"),
        ("銃", set(), "traditional forms"),
    ],
)
def test_pointers_variants_and_asides_are_left_out(
    words: Dictionary, word: str, senses: set[tuple[str, ...]], left_out: str
) -> None:
    assert set(words.english(word)) == senses, left_out


def test_no_sense_has_empty_words_or_is_a_description(written: Path) -> None:
    senses = Dictionary(written)._connection.execute("SELECT DISTINCT sense FROM senses").fetchall()
    assert len(senses) > 50_000
    stems = [row[0].split() for row in senses]
    assert max(map(len, stems)) == 4
    assert not {"the", "of", "sb", "sth"} & {stem for sense in stems for stem in sense}


def test_every_thread_may_look_words_up(words: Dictionary) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(words.english, ["利率", "销毁"] * 50))
    assert found == [words.english("利率"), words.english("销毁")] * 50


def test_threads_that_open_it_at_once_get_a_whole_one(cache: Path, written: Path) -> None:
    (cache / written.name).write_bytes(b"")
    with ThreadPoolExecutor(2) as pool:
        found = [file.chinese("rate") for file in pool.map(lambda _: dictionary(), range(2))]
    assert found[0] == found[1]
    assert found[0].items() >= RATE.items()
    assert [path.name for path in cache.iterdir() if path.name.startswith((".dict", "dict"))] == [written.name]


def test_a_file_that_is_there_is_not_written_again(cache: Path, written: Path) -> None:
    shutil.copy(written, cache)
    before = (cache / written.name).stat()
    assert dictionary().chinese("rate").items() >= RATE.items()
    after = (cache / written.name).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize("hurt", ["nothing", "half", "text", "other"])
def test_a_file_that_is_hurt_is_written_again(cache: Path, written: Path, hurt: str) -> None:
    content = written.read_bytes()
    torn = {
        "nothing": b"",
        "half": content[: len(content) // 2],
        "text": "不是数据库".encode() * 500,
        "other": content[:4096] + b"\xaa" * (len(content) - 4096),
    }
    (cache / written.name).write_bytes(torn[hurt])
    assert dictionary().english("利率") == (("interest", "rate"),)
    assert (cache / written.name).stat().st_size == len(content)
    assert not list(cache.glob(".*"))


def test_a_cache_that_cannot_be_written_gives_way_to_the_folder_for_temporary_files(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "temporary").mkdir()
    environment = {
        **os.environ, "XDG_CACHE_HOME": str(tmp_path / "file" / "cache"), "TMPDIR": str(tmp_path / "temporary"),
        "PYTHONIOENCODING": "utf-8",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", ASK], env=environment, capture_output=True, encoding="utf-8", timeout=120, check=True
    )
    assert done.stdout == "(('interest', 'rate'),)\n"
    assert len(list((tmp_path / "temporary").glob("dictionary-*.sqlite3"))) == 1
