"""The counts of jieba's dictionary, kept in a file: the same as jieba's own, and whole after the file was torn."""

from __future__ import annotations

from pathlib import Path

import jieba
import pytest

from corpus.frequencies import frequencies


@pytest.fixture(scope="module")
def own() -> tuple[dict[str, int], int]:
    """What jieba reads itself."""
    tokenizer = jieba.Tokenizer()
    counts, total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    return counts, total


def test_a_file_holds_what_jieba_reads(tmp_path: Path, own: tuple[dict[str, int], int]) -> None:
    assert frequencies(tmp_path) == own
    (file,) = tmp_path.iterdir()
    written = file.read_bytes()
    assert frequencies(tmp_path) == own
    assert file.read_bytes() == written


@pytest.mark.parametrize("harm", ["cut", "changed", "emptied"])
def test_a_torn_file_is_written_anew(tmp_path: Path, own: tuple[dict[str, int], int], harm: str) -> None:
    frequencies(tmp_path)
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes({"cut": whole[: len(whole) // 2], "changed": whole[:-1] + b"0", "emptied": b""}[harm])
    assert frequencies(tmp_path) == own
    assert file.read_bytes() == whole
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_that_cannot_be_written_does_without(tmp_path: Path, own: tuple[dict[str, int], int]) -> None:
    assert frequencies(tmp_path / "nowhere") == own
