"""The tokenizer of a few pieces, held against the whole one."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from tokenizers import Tokenizer

from corpus.library import Library
from embeddings.bundled import bundled_model_folder, unpacked_identity
from embeddings.bundled_engine import FEW_CHARACTERS, BundledEngine
from embeddings.few_pieces import FewPieces, few_pieces
from embeddings.layers.numpy_layers import NumpyLayers

ODD = (
    "", "  ", "～～  x", "\u3000　中", "e\u0301ﬁ", "🔫 幽灵枪 ghost guns", "\0a\0", "▁▁ x", "query: ",
    "0xff\u0604\U0001f469\u200d",
    "<s>", "a<mask>b </s>c", " <unk> <pad><pad>查", "追" * 600,
)  # fmt: skip


@pytest.fixture(scope="module")
def source() -> Path:
    return bundled_model_folder()


@pytest.fixture(scope="module")
def whole(source: Path) -> Tokenizer:
    return Tokenizer.from_file(str(source / "tokenizer.json"))


@pytest.fixture(scope="module")
def few(source: Path) -> FewPieces:
    made = few_pieces(source, unpacked_identity())
    assert made is not None
    return made


@pytest.fixture(scope="module")
def copied(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model's folder with its tokenizer alone."""
    folder = tmp_path_factory.mktemp("models") / "model"
    folder.mkdir()
    shutil.copy(source / "tokenizer.json", folder)
    return folder


def same(few: FewPieces, whole: Tokenizer, texts: list[str]) -> bool:
    wanted = [(each.ids, each.offsets, each.special_tokens_mask) for each in whole.encode_batch(texts)]
    return [tuple(each) for each in few.encode(texts)] == wanted


@pytest.mark.parametrize("text", ODD)
def test_a_text_has_the_tokens_that_the_whole_tokenizer_gives(few: FewPieces, whole: Tokenizer, text: str) -> None:
    assert same(few, whole, [text])
    assert same(few, whole, [f"query: {text}", f"passage: {text}"])


def test_so_do_the_texts_of_the_library_and_noise(few: FewPieces, whole: Tokenizer, built_home: Path) -> None:
    library = Library.open(built_home)
    texts = [unit.text for document in library.documents() for unit in library.units(document.doc_id)]
    dice = random.Random(7)
    ranges = ((32, 0x250), (0x300, 0x3000), (0x3000, 0xD000), (0x10000, 0x20000))
    noise = ["".join(chr(dice.randrange(*dice.choice(ranges))) for _ in range(40)) for _ in range(300)]
    assert all(same(few, whole, [text]) for text in (*texts, *noise))


@pytest.mark.parametrize("harm", ["cut", "gone", "emptied"])
def test_a_torn_folder_is_made_anew(copied: Path, whole: Tokenizer, harm: str) -> None:
    assert few_pieces(copied, "one") is not None
    file = copied.with_name(f"{copied.name}-pieces-1") / "ids.npy"
    size = file.stat().st_size
    if harm == "gone":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[: size // 2 if harm == "cut" else 0])
    made = few_pieces(copied, "one")
    assert made is not None
    assert same(made, whole, ["追查 tracing"])
    assert file.stat().st_size == size


def test_without_a_tokenizer_to_read_there_is_none(tmp_path: Path) -> None:
    assert few_pieces(tmp_path / "model", "one") is None


def test_an_engine_counts_alike_before_and_after_there_is_much_to_read(source: Path, whole: Tokenizer) -> None:
    engine = BundledEngine(source, NumpyLayers(source), "float32", once=True)
    text = "枪支 firearms " * (FEW_CHARACTERS // 60)
    counted = [engine.counts([text]) for _ in range(6)]
    assert counted == [[len(whole.encode(text).ids)]] * 6
