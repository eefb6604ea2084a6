"""The bundled model as an engine: its tokenizer, its layers as they are best run, and the mean of what they give."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import Protocol, TypeVar

import numpy as np
from tokenizers import Encoding, Tokenizer

from corpus.errors import ModelError
from embeddings.bundled import unpacked_identity
from embeddings.engine import Encoded, Floats, Kind, normalised
from embeddings.few_pieces import Tokens, few_pieces
from embeddings.precision import TAGS, Precision

#: The texts of a batch beyond which loading torch takes less time than doing without it.
FEW = 8
#: The characters beyond which loading the whole tokenizer takes less time than doing without it.
FEW_CHARACTERS = 20_000

_T = TypeVar("_T", int, bool)


class Layers(Protocol):
    """The model's layers."""

    def states(self, texts: Sequence[Sequence[int]]) -> list[Floats]:
        """The last hidden state (tokens, dimension) of each token of each text, given as the ids of its tokens.

        Threads share the layers, and a question has its pass beside those of an index that is built.
        """


class BundledEngine:
    """The bundled model of a folder. ``fingerprint`` names it with the precision; see :mod:`embeddings.precision`.

    Loading sentence-transformers would take three seconds and 200 MB, for a tokenizer, a mean, and layers that are run
    in another way anyhow (docs/benchmarks.md).
    """

    def __init__(self, folder: Path, layers: Layers, precision: Precision, *, once: bool = False) -> None:
        """Of the unpacked folder, and its layers at a precision; ``once`` where it is for a question or two."""
        sizes = json.loads((folder / "config.json").read_text("utf-8"))
        prompts = json.loads((folder / "config_sentence_transformers.json").read_text("utf-8"))["prompts"]
        self.dimension: int = sizes["hidden_size"]
        self.max_tokens: int = sizes["max_position_embeddings"]
        self.prompts: dict[Kind, str] = {"query": prompts["query"], "passage": prompts["document"]}
        settings = json.dumps([unpacked_identity(), TAGS[precision], self.prompts, self.max_tokens], sort_keys=True)
        self.fingerprint = hashlib.sha256(settings.encode()).hexdigest()[:16]
        self._layers = layers
        self._folder, self._starting = folder, Lock()
        self._loading: Future[Tokenizer] | None = None
        self._few, self._left = few_pieces(folder, unpacked_identity()) if once else None, FEW_CHARACTERS
        if self._few is None:
            self._load()

    @property
    def _tokenizer(self) -> Tokenizer:
        return self._load().result()

    def _load(self) -> Future[Tokenizer]:
        with self._starting:
            if self._loading is None:
                # A second of work, which other things that are opened need not wait for.
                loading = ThreadPoolExecutor(1, thread_name_prefix="tokenizer")
                self._loading = loading.submit(_tokenizer, self._folder / "tokenizer.json")
                loading.shutdown(wait=False)
            return self._loading

    def _tokens(self, texts: Sequence[str]) -> Sequence[Encoding | Tokens]:
        """The tokens of each text, special ones included; by few pieces as long as there is little to read."""
        if self._few is not None and self._left > 0:
            self._left -= sum(map(len, texts))
            if self._left > 0:
                return self._few.encode(texts)
        return self._tokenizer.encode_batch(list(texts))

    def counts(self, texts: Sequence[str]) -> list[int]:
        """See :meth:`embeddings.engine.Engine.counts`."""
        return [len(tokens.ids) for tokens in self._tokens(texts)]

    def offsets(self, text: str) -> list[tuple[int, int]]:
        """See :meth:`embeddings.engine.Engine.offsets`."""
        return list(self._tokenizer.encode(text, add_special_tokens=False).offsets)

    def encode(self, texts: Sequence[str], kind: Kind) -> list[Encoded]:
        """See :meth:`embeddings.engine.Engine.encode`."""
        prompt = self.prompts[kind]
        tokens = self._tokens([prompt + text for text in texts])
        found = self._layers.states([self._read(each.ids) for each in tokens])
        return [_encoded(states, self._read(_own(each, prompt))) for states, each in zip(found, tokens, strict=True)]

    def _read(self, tokens: list[_T]) -> list[_T]:
        """What the model reads of a text's tokens: the first of them, and the one that ends all."""
        return tokens if len(tokens) <= self.max_tokens else tokens[: self.max_tokens - 1] + tokens[-1:]


class FewWithoutTorch:
    """Layers for a question or two, which give way to others once there is more."""

    def __init__(self, few: Layers, more: Callable[[], Layers]) -> None:
        """``few`` for batches of at most ``FEW``; ``more`` loads what is for all after the first larger one."""
        self._layers, self._more = few, more
        self._loaded, self._loading = False, Lock()

    def states(self, texts: Sequence[Sequence[int]]) -> list[Floats]:
        """See :meth:`Layers.states`."""
        if len(texts) > FEW:
            with self._loading:
                if not self._loaded:
                    self._layers, self._loaded = self._more(), True
        return self._layers.states(texts)


def _tokenizer(path: Path) -> Tokenizer:
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:
        # The library has no errors of its own.
        raise ModelError(
            f"{path} could not be read ({' '.join(str(error).split())[:200]})", "the tokenizer of the bundled model",
            "remove the folder; it is unpacked anew",
        ) from error  # fmt: skip
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _own(tokens: Encoding | Tokens, prompt: str) -> list[bool]:
    return [
        not mark and end > len(prompt)
        for (_, end), mark in zip(tokens.offsets, tokens.special_tokens_mask, strict=True)
    ]


def _encoded(states: Floats, own: list[bool]) -> Encoded:
    return Encoded(normalised(states.mean(axis=0)[None])[0], normalised(states[np.array(own, bool)]))
