"""The format of the library file: an earlier one is brought up to date where it stands, a later one is refused."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from corpus.errors import HomeError
from corpus.library import LIBRARY_FILE, Library
from corpus.schema import APPLICATION_ID, SCHEMA_VERSION
from corpus.shelf.owners import Seen, owners
from embeddings.build import ensure_index
from embeddings.embed import embed_missing
from tests.letters import BINS, Letters, add_texts

#: The statements that made a library of format 1.
FORMAT_1 = """
CREATE TABLE state (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO state VALUES ('generation', 1), ('identity', 7);
CREATE TABLE documents (
    doc_id TEXT PRIMARY KEY, position INTEGER NOT NULL, record TEXT NOT NULL, content_hash TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE versions (
    doc_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, language TEXT NOT NULL, official INTEGER NOT NULL,
    sha256 TEXT NOT NULL, PRIMARY KEY (doc_id, language)
) WITHOUT ROWID;
CREATE TABLE units (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    doc_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, language TEXT NOT NULL,
    anchor TEXT NOT NULL, kind TEXT NOT NULL, number TEXT NOT NULL, position INTEGER NOT NULL,
    heading_path TEXT NOT NULL, text TEXT NOT NULL, subitems TEXT NOT NULL, footnotes TEXT NOT NULL,
    context TEXT NOT NULL, content_hash TEXT NOT NULL, UNIQUE (doc_id, language, anchor)
);
CREATE INDEX units_in_order ON units (doc_id, language, position);
CREATE TABLE sentences (
    unit_id INTEGER NOT NULL REFERENCES units ON DELETE CASCADE, position INTEGER NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, PRIMARY KEY (unit_id, position)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE unit_words USING fts5 (words, tokenize='unicode61');
CREATE TABLE vectors (
    fingerprint TEXT NOT NULL, unit_id INTEGER NOT NULL REFERENCES units ON DELETE CASCADE,
    sentence INTEGER NOT NULL, window INTEGER NOT NULL, vector BLOB NOT NULL,
    PRIMARY KEY (fingerprint, unit_id, sentence, window)
) WITHOUT ROWID;
"""
#: What format 2 added to it.
FORMAT_2 = """
CREATE TABLE token_states (
    fingerprint TEXT NOT NULL, unit_id INTEGER NOT NULL REFERENCES units ON DELETE CASCADE, window INTEGER NOT NULL,
    scales BLOB NOT NULL, states BLOB NOT NULL, UNIQUE (fingerprint, unit_id, window)
);
CREATE TABLE centres (
    fingerprint TEXT NOT NULL, language TEXT NOT NULL, vector BLOB NOT NULL, state BLOB NOT NULL,
    PRIMARY KEY (fingerprint, language)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE word_list USING fts5vocab(unit_words, row);
INSERT INTO token_states VALUES ('letters', 1, 0, x'00', x'01');
INSERT INTO centres VALUES ('letters', 'zh', x'02', x'03');
"""
RECORD = """{"aliases": [], "body": {"en": "", "zh": ""}, "dates": {"en": "", "zh": ""}, "doc_id": "report",
"kind": "report", "original_language": "zh", "place": {"en": "", "zh": ""}, "session": {"en": "", "zh": ""},
"short_titles": {"en": "Report", "zh": "报告"}, "standing": [], "symbol": null, "symbol_status": "unknown",
"titles": {"en": "Report", "zh": "报告"}, "versions": [{"file": "zh.txt", "language": "zh", "official": true,
"source_note": ""}], "year": 2020}"""
TEXTS = ("缔约国应标记枪支。", "秘书处提交了报告。会议注意到报告。")
#: The tables of the first format with its columns.
TABLES = {
    "state": "*",
    "documents": "doc_id, position, record, content_hash",
    "versions": "doc_id, language, official, sha256",
    "units": "*",
    "sentences": "*",
    "vectors": "*",
}

_OPEN_MANY = """
import sys
from pathlib import Path
from corpus.library import Library
from corpus.words import segmenter
print("ready", flush=True)
for line in sys.stdin:
    try:
        print(len(Library.open(Path(line.strip())).word_list()), flush=True)
    except Exception as error:
        print(repr(error.__cause__ or error), flush=True)
"""


def write_format_1(home: Path) -> None:
    """A library as an earlier version left it: a document of two paragraphs, with the vectors of a model of letters."""
    home.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(home / LIBRARY_FILE)) as file:
        file.executescript(FORMAT_1)
        file.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        file.execute("PRAGMA user_version = 1")
        file.execute("INSERT INTO documents VALUES ('report', 0, ?, 'hash')", (RECORD,))
        file.execute("INSERT INTO versions VALUES ('report', 'zh', 1, '')")
        for n, text in enumerate(TEXTS, 1):
            file.execute(
                "INSERT INTO units VALUES (?, 'report', 'zh', ?, 'paragraph', ?, ?, '[]', ?, '[]', '[]', ?, 'hash')",
                (n, f"p{n}", str(n), n, text, f"报告，第{n}段："),
            )
            sentences = [sentence + "。" for sentence in text.split("。")[:-1]]
            starts = [text.index(sentence) for sentence in sentences]
            for at, (start, sentence) in enumerate(zip(starts, sentences, strict=True)):
                file.execute("INSERT INTO sentences VALUES (?, ?, ?, ?)", (n, at, start, start + len(sentence)))
            for at in range(-1, len(sentences)):
                file.execute("INSERT INTO vectors VALUES ('letters', ?, ?, 0, ?)", (n, at, b"\0\x3c" + bytes(62)))
        file.execute("INSERT INTO unit_words (rowid, words) VALUES (1, '缔约国 应 标记 枪支 16.4')")
        file.execute("INSERT INTO unit_words (rowid, words) VALUES (2, '秘书处 提交 了 报告 会议 注意 到 报告')")
        file.commit()


def write_format_2(home: Path) -> None:
    """The same as the version after it left it, with a state of tokens and a centre."""
    write_format_1(home)
    with closing(sqlite3.connect(home / LIBRARY_FILE)) as file:
        file.executescript(FORMAT_2)
        file.execute("PRAGMA user_version = 2")


def rows(connection: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    return {table: connection.execute(f"SELECT {columns} FROM {table}").fetchall() for table, columns in TABLES.items()}


def layout(home: Path) -> list[tuple[str, ...]]:
    """All tables and indexes of a library file, with the statements that made them."""
    with closing(sqlite3.connect(home / LIBRARY_FILE)) as file:
        found = file.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").fetchall()
        return [*found, *file.execute("PRAGMA user_version").fetchall()]


def test_a_library_of_format_1_keeps_all_it_holds(tmp_path: Path) -> None:
    write_format_1(tmp_path)
    with closing(sqlite3.connect(tmp_path / LIBRARY_FILE)) as file:
        before = rows(file)
    library = Library.open(tmp_path)
    assert rows(library.connection) == before
    assert [unit.text for unit in library.units("report")] == list(TEXTS)
    assert library.document("report").short_title("zh") == "报告"
    assert (library.generation(), library.identity()) == (1, "7")
    assert library.units_with_word("枪支") == library.units_with_word("16.4") == [1]
    assert {"枪支", "报告", "16", "4"} <= library.word_list()


def test_a_library_of_format_2_keeps_all_it_holds(tmp_path: Path) -> None:
    write_format_2(tmp_path)
    with closing(sqlite3.connect(tmp_path / LIBRARY_FILE)) as file:
        before = rows(file)
    library = Library.open(tmp_path)
    assert rows(library.connection) == before
    assert (library.generation(), library.identity()) == (1, "7")
    kept = [library.connection.execute(f"SELECT * FROM {table}").fetchall() for table in ("token_states", "centres")]
    assert kept == [[("letters", 1, 0, b"\0", b"\1")], [("letters", "zh", b"\2", b"\3")]]
    assert library.connection.execute("SELECT count(*) FROM feedback").fetchone() == (0,)


@pytest.mark.parametrize("write", [write_format_1, write_format_2])
def test_it_has_the_tables_of_a_new_one(tmp_path: Path, write: Callable[[Path], None]) -> None:
    write(tmp_path / "old")
    for home in ("old", "new"):
        Library.open(tmp_path / home).connection.close()
    assert layout(tmp_path / "old") == layout(tmp_path / "new")
    assert layout(tmp_path / "old")[-1] == (SCHEMA_VERSION,) == (5,)


@pytest.mark.parametrize("write", [write_format_1, write_format_2])
def test_what_it_holds_is_shared_by_all_readers(tmp_path: Path, write: Callable[[Path], None]) -> None:
    write(tmp_path)
    library = Library.open(tmp_path)
    assert owners(library) == {"report": ""}
    assert [each.doc_id for each in Seen(library, "anybody").documents()] == ["report"]
    assert Seen(library, "anybody").units_with_word("枪支") == [1]


def test_its_units_get_token_states_at_the_next_index_and_are_searched(tmp_path: Path) -> None:
    write_format_1(tmp_path)
    library, encoder = Library.open(tmp_path), Letters()
    snapshot = ensure_index(library, encoder, progress=False)
    assert (snapshot.unit_count, snapshot.sentence_count) == (2, 3)
    texts = [f"报告，第{n}段：{text}" for n, text in enumerate(TEXTS, 1)]
    assert snapshot.state_count == sum(map(len, texts))
    assert set(texts) <= set(encoder.texts)
    vectors = library.connection.execute("SELECT unit_id, vector FROM vectors WHERE sentence = -1 ORDER BY 1")
    expected = [encoder.encode_question(text).vector.astype("float16").tobytes() for text in texts]
    assert vectors.fetchall() == list(enumerate(expected, 1))
    assert embed_missing(library, encoder, progress=False) == 0


def test_the_vectors_of_another_model_stay(tmp_path: Path) -> None:
    write_format_1(tmp_path)
    library = Library.open(tmp_path)
    old = "SELECT * FROM vectors WHERE fingerprint = 'letters'"
    before = library.connection.execute(old).fetchall()
    ensure_index(library, Letters("other"), progress=False)
    assert library.connection.execute(old).fetchall() == before
    assert len(before) == 5
    assert all(len(row[-1]) == 2 * BINS for row in before)


def test_it_may_be_written_as_a_new_one_may(tmp_path: Path) -> None:
    write_format_1(tmp_path)
    library = Library.open(tmp_path)
    add_texts(library, "paper", {"en": ["States should mark every firearm."]})
    assert library.generation() == 2
    assert "firearm" in library.word_list()
    assert library.unit_ids("zh") == [1, 2]
    assert library.unit_ids("en") == [3]


@pytest.mark.parametrize("version", [6, 99])
def test_a_later_format_is_refused_with_a_message_and_left_alone(tmp_path: Path, version: int) -> None:
    Library.open(tmp_path).connection.close()
    with closing(sqlite3.connect(tmp_path / LIBRARY_FILE)) as file:
        file.execute(f"PRAGMA user_version = {version}")
    before = layout(tmp_path)
    with pytest.raises(HomeError, match=rf"format {version}, not 5.*move library.sqlite3 aside") as caught:
        Library.open(tmp_path)
    assert "请将 library.sqlite3 移走" in caught.value.message("zh")
    assert layout(tmp_path) == before


def test_a_file_that_cannot_be_brought_up_to_date_is_left_as_it_was(tmp_path: Path) -> None:
    write_format_1(tmp_path)
    with closing(sqlite3.connect(tmp_path / LIBRARY_FILE)) as file:
        file.execute("CREATE TABLE centres (something TEXT)")
    before = layout(tmp_path)
    with pytest.raises(HomeError, match="centres"):
        Library.open(tmp_path)
    assert layout(tmp_path) == before


@pytest.fixture
def openers() -> Iterator[list[subprocess.Popen[str]]]:
    """Two processes that open the library of each folder they are told."""
    started = [
        subprocess.Popen(
            [sys.executable, "-c", _OPEN_MANY],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", cwd=Path(__file__).parents[2],
        )
        for _ in range(2)
    ]  # fmt: skip
    yield started
    for process in started:
        process.kill()
        process.communicate()


def test_two_processes_that_bring_it_up_to_date_at_once(tmp_path: Path, openers: list[subprocess.Popen[str]]) -> None:
    homes = [tmp_path / str(n) for n in range(20)]
    for home in homes:
        write_format_1(home)
    said = []
    for process in openers:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for home in homes:
        for process in openers:
            assert process.stdin
            process.stdin.write(f"{home}\n")
            process.stdin.flush()
        said += [process.stdout.readline() for process in openers if process.stdout]
    assert said == ["13\n"] * 40
