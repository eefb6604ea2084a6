"""The bundled model for a question or two: its weights read where they are needed, without torch.

Loading torch and what stands on it takes longer than a question from the command line. Here the twelve layers are
numpy's, over the same folder, whose tensors are mapped and not read: vectors are those of torch in float32 to six
digits, and so those in bfloat16 to four. It needs the precision and the fingerprint that the whole encoder has on this
machine, which are kept beside the folder once they are known; without them, and for whatever else an encoder does, the
whole one is loaded.
"""

from __future__ import annotations

import importlib.metadata
import json
import math
import os
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import safe_open
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]
from tokenizers import Tokenizer

from embeddings.bundled import bundled_model_folder, find_package, unpacked_identity
from embeddings.folders import is_complete
from embeddings.model import MODEL_VARIABLE, Encoded, Encoder
from embeddings.precision import BFLOAT16, PRECISION_VARIABLE, asked_precision

Floats = NDArray[np.float32]

_PROMPT = "query: "
# What the fingerprint is made of besides the model: its modules say what they are in the manner of these.
_MADE_BY = ("sentence-transformers", "transformers")
_TINY = float(np.finfo(np.float32).tiny)


def load_for_questions() -> Encoder | QuickEncoder:
    """The model for questions of the command line; the whole encoder where it is another or the first time.

    Raises ModelError where it cannot be loaded.
    """
    if os.environ.get(MODEL_VARIABLE) or (package := find_package()) is None:
        return Encoder.load()
    folder = bundled_model_folder(package=package)
    note = fingerprint_note(folder)
    made_by = {"bfloat16": BFLOAT16, **{name: importlib.metadata.version(name) for name in _MADE_BY}}
    try:
        said = json.loads(note.read_text("utf-8"))
        if said["made_by"] == made_by and said["precision"] != "int8" and is_complete(folder, unpacked_identity()):
            return QuickEncoder(folder, str(said["fingerprint"]))
    except (OSError, ValueError, KeyError, TypeError):
        pass
    encoder = Encoder.load()
    _keep(note, {"fingerprint": encoder.fingerprint, "precision": asked_precision(), "made_by": made_by})
    return encoder


def fingerprint_note(folder: Path) -> Path:
    """Where the fingerprint is kept of a folder's model at the precision that the environment asks for, or at none."""
    asked = os.environ.get(PRECISION_VARIABLE, "").strip().lower()
    return folder.with_name(f"{folder.name}.{asked if asked.isalnum() else 'any'}.fingerprint.json")


def _keep(note: Path, said: dict[str, Any]) -> None:
    aside = note.with_name(f"{note.name}.{os.getpid()}")
    try:
        aside.write_text(json.dumps(said), "utf-8")
        aside.replace(note)
    except OSError:
        # Another time it takes as long again.
        aside.unlink(missing_ok=True)


class QuickEncoder:
    """The bundled model; ``fingerprint`` as of :class:`embeddings.model.Encoder`. Threads may share it."""

    def __init__(self, folder: Path, fingerprint: str) -> None:
        """Of the unpacked folder, and what the whole encoder of it has as its fingerprint."""
        self.fingerprint = fingerprint
        self._folder = folder
        sizes = json.loads((folder / "config.json").read_text("utf-8"))
        self.dimension: int = sizes["hidden_size"]
        self._heads: int = sizes["num_attention_heads"]
        self._layers: int = sizes["num_hidden_layers"]
        self._epsilon: float = sizes["layer_norm_eps"]
        self.max_tokens: int = sizes["max_position_embeddings"]
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._open: Any = safe_open(folder / "model.safetensors", "np")
        self._tensors: dict[str, Floats] = {}
        # For a question or two, threads spend their time on waiting for each other. It is so until the process ends.
        self._one_thread = threadpool_limits(limits=1, user_api="blas")

    def encode_question(self, text: str) -> Encoded:
        """A question's vector and the states of its tokens."""
        tokens = self._tokenizer.encode(_PROMPT + text)
        if len(tokens.ids) > self.max_tokens:
            return self._whole.encode_question(text)
        states = self._states(tokens.ids)
        vector = _normalised(states.mean(axis=0)[None])[0]
        own = [
            not mark and end > len(_PROMPT)
            for (_, end), mark in zip(tokens.offsets, tokens.special_tokens_mask, strict=True)
        ]
        return Encoded(vector, _normalised(states[np.array(own, bool)]))

    def encode_units(self, texts: Sequence[str], progress: bool = False) -> list[Encoded]:
        """See :meth:`embeddings.model.Encoder.encode_units`."""
        return self._whole.encode_units(texts, progress)

    def encode_passages(self, texts: Sequence[str], progress: bool = False) -> Floats:
        """See :meth:`embeddings.model.Encoder.encode_passages`."""
        return self._whole.encode_passages(texts, progress)

    def windows(self, text: str, context: str = "") -> tuple[tuple[int, int], ...]:
        """See :meth:`embeddings.model.Encoder.windows`."""
        return self._whole.windows(text, context)

    @cached_property
    def _whole(self) -> Encoder:
        return Encoder.load()

    def _tensor(self, name: str) -> Floats:
        if name not in self._tensors:
            self._tensors[name] = self._open.get_tensor(name)
        return self._tensors[name]

    def _states(self, ids: list[int]) -> Floats:
        """The last hidden state of each token, (tokens, dimension)."""
        words = self._open.get_slice("embeddings.word_embeddings.weight")
        rows = np.concatenate([words[i : i + 1] for i in ids])
        places = self._tensor("embeddings.position_embeddings.weight")[: len(ids)]
        x = self._norm(rows + places + self._tensor("embeddings.token_type_embeddings.weight")[0], "embeddings")
        for layer in range(self._layers):
            x = self._layer(x, f"encoder.layer.{layer}")
        return x

    def _layer(self, x: Floats, layer: str) -> Floats:
        query, key, value = self._attended(x, f"{layer}.attention.self")
        scores = query @ key.transpose(0, 2, 1) / math.sqrt(query.shape[-1])
        shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
        shares /= shares.sum(axis=-1, keepdims=True)
        mixed = (shares @ value).transpose(1, 0, 2).reshape(x.shape)
        x = self._norm(x + self._linear(mixed, f"{layer}.attention.output.dense"), f"{layer}.attention.output")
        inner = _gelu(self._linear(x, f"{layer}.intermediate.dense"))
        return self._norm(x + self._linear(inner, f"{layer}.output.dense"), f"{layer}.output")

    def _attended(self, x: Floats, attention: str) -> Iterator[Floats]:
        """Queries, keys and values, each (heads, tokens, width)."""
        for part in ("query", "key", "value"):
            yield self._linear(x, f"{attention}.{part}").reshape(len(x), self._heads, -1).transpose(1, 0, 2)

    def _linear(self, x: Floats, name: str) -> Floats:
        return x @ self._tensor(f"{name}.weight").T + self._tensor(f"{name}.bias").ravel()

    def _norm(self, x: Floats, name: str) -> Floats:
        mean = x.mean(axis=-1, keepdims=True)
        spread = np.sqrt(x.var(axis=-1, keepdims=True) + np.float32(self._epsilon))
        weight, bias = self._tensor(f"{name}.LayerNorm.weight"), self._tensor(f"{name}.LayerNorm.bias")
        return np.asarray((x - mean) / spread * weight.ravel() + bias.ravel(), dtype=np.float32)


def _gelu(x: Floats) -> Floats:
    """x times the normal distribution's integral up to x, by Abramowitz and Stegun 7.1.26 (error below 1.5e-7)."""
    z = np.abs(x) / np.float32(math.sqrt(2))
    t = 1 / (1 + np.float32(0.3275911) * z)
    series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    erf = np.sign(x) * (1 - series * np.exp(-z * z))
    return np.asarray(0.5 * x * (1 + erf), dtype=np.float32)


def _normalised(vectors: Floats) -> Floats:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, _TINY), dtype=np.float32)
