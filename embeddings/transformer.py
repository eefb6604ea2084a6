"""What stands for a transformer in sentence-transformers where the project runs the layers itself."""

from __future__ import annotations

import json
import os
from abc import abstractmethod
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules.input_module import InputModule
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling
from transformers import PreTrainedTokenizerFast

#: What the layers take and give: (texts, tokens) twice, and (texts, tokens, dimension).
INPUTS, OUTPUT = ("input_ids", "attention_mask"), "token_embeddings"

Ids = NDArray[np.int64]


class FolderTransformer(InputModule):
    """The states of tokens, of a tokenizer and weights in a folder. It encodes and cannot be trained.

    Each pass runs on one thread, and as many passes at a time as there are cores: threads that share one pass wait for
    each other in each of its layers (docs/benchmarks.md).
    """

    config_keys = ["max_seq_length"]  # noqa: RUF012

    def __init__(self, folder: Path) -> None:
        """Reads the tokenizer of the folder."""
        super().__init__()  # type: ignore[no-untyped-call]
        tokenizer: Any = PreTrainedTokenizerFast.from_pretrained(str(folder), local_files_only=True)
        self.tokenizer = tokenizer
        self.max_seq_length = int(tokenizer.model_max_length)
        self.at_once = cores()
        self._threads = ThreadPoolExecutor(self.at_once, thread_name_prefix="encoding")

    def preprocess(self, inputs: Sequence[Any], prompt: str | None = None, **_: Any) -> dict[str, Any]:
        """Token ids and mask of texts, (texts, tokens), padded to the longest and cut at what the model reads."""
        texts = self._prepend_prompt(list(inputs), prompt) if prompt else list(inputs)
        tokenizer: Any = self.tokenizer
        return dict(
            tokenizer(texts, padding=True, truncation=True, max_length=self.max_seq_length, return_tensors="pt")
        )

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Adds the last hidden states, (texts, tokens, dimension); zero where a text is padded."""
        ids, mask = (features[name].numpy().astype(np.int64, copy=False) for name in INPUTS)
        lengths = mask.sum(axis=1)
        passes = self._passes(lengths)
        given = [(ids[rows, : lengths[rows].max()], lengths[rows]) for rows in passes]
        found = list(self._threads.map(self._run, given)) if len(given) > 1 else [self._run(each) for each in given]
        states = np.zeros((*ids.shape, found[0].shape[2]), np.float32)
        for rows, of in zip(passes, found, strict=True):
            states[rows, : of.shape[1]] = of
        features[OUTPUT] = torch.from_numpy(states)
        return features

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """Refused: what it was made of is saved, not what was made."""
        raise NotImplementedError("a model that was made for speed is made anew from its source")

    @abstractmethod
    def _passes(self, lengths: NDArray[np.int64]) -> list[NDArray[np.intp]]:
        """Which texts, of these lengths in tokens, are read in one pass."""

    @abstractmethod
    def _run(self, given: tuple[Ids, NDArray[np.int64]]) -> NDArray[np.float32]:
        """The states (texts, tokens, dimension) of token ids (texts, tokens) and their lengths; zero beyond those."""


def model_of(transformer: FolderTransformer, source: Path) -> SentenceTransformer:
    """A transformer with the bundled model's pooling (the mean of the states), and the prompts of its folder."""
    prompts = json.loads((source / "config_sentence_transformers.json").read_text("utf-8"))["prompts"]
    dimension = json.loads((source / "config.json").read_text("utf-8"))["hidden_size"]
    return SentenceTransformer(modules=[transformer, Pooling(dimension), Normalize()], prompts=prompts)


def cores() -> int:
    """How many cores this process may use: those it is given, or fewer where OMP_NUM_THREADS says so."""
    given = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    asked = os.environ.get("OMP_NUM_THREADS", "")
    return max(1, min(given, int(asked))) if asked.isdecimal() else given
