"""A transformer that ONNX Runtime runs, as a module of sentence-transformers: the rest sees a model like any other."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import torch
from numpy.typing import NDArray
from sentence_transformers.base.modules.input_module import InputModule
from transformers import PreTrainedTokenizerFast

WEIGHTS_FILE = "model.onnx"
#: What the graph takes and gives: (texts, tokens) twice, and (texts, tokens, dimension).
INPUTS, OUTPUT = ("input_ids", "attention_mask"), "token_embeddings"


class OnnxTransformer(InputModule):
    """The states of tokens, from a graph and a tokenizer in a folder. It encodes and cannot be trained."""

    config_keys = ["max_seq_length"]  # noqa: RUF012

    def __init__(self, folder: Path) -> None:
        """Open the graph ``model.onnx``; raises what ONNX Runtime raises for a file that it does not take."""
        super().__init__()  # type: ignore[no-untyped-call]
        tokenizer: Any = PreTrainedTokenizerFast.from_pretrained(str(folder), local_files_only=True)
        self.tokenizer = tokenizer
        self.max_seq_length = int(tokenizer.model_max_length)
        self._session = open_graph(folder / WEIGHTS_FILE)
        self._cores = ThreadPoolExecutor(cores(), thread_name_prefix="encoding")

    def preprocess(self, inputs: Sequence[Any], prompt: str | None = None, **_: Any) -> dict[str, Any]:
        """Token ids and mask of texts, (texts, tokens), padded to the longest and cut at what the model reads."""
        texts = self._prepend_prompt(list(inputs), prompt) if prompt else list(inputs)
        tokenizer: Any = self.tokenizer
        return dict(
            tokenizer(texts, padding=True, truncation=True, max_length=self.max_seq_length, return_tensors="pt")
        )

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Adds the last hidden states, (texts, tokens, dimension); zero where a text is padded.

        Each text has a run of its own. The scales of activations are those of a run, so that among others a text would
        have other vectors (at a cosine of .9995), which hang on what it happens to be encoded with.
        """
        ids, mask = (features[name].numpy().astype(np.int64, copy=False) for name in INPUTS)
        lengths = mask.sum(axis=1)
        rows = [(ids[i : i + 1, :length], mask[i : i + 1, :length]) for i, length in enumerate(lengths)]
        found = list(self._cores.map(self._states, rows)) if len(rows) > 1 else [self._states(rows[0])]
        states = np.zeros((*ids.shape, found[0].shape[1]), np.float32)
        for row, of in zip(states, found, strict=True):
            row[: len(of)] = of
        features[OUTPUT] = torch.from_numpy(states)
        return features

    def _states(self, row: tuple[NDArray[np.int64], NDArray[np.int64]]) -> NDArray[np.float32]:
        """The states of one text, (tokens, dimension)."""
        (found,) = self._session.run([OUTPUT], dict(zip(INPUTS, row, strict=True)))
        return np.asarray(found[0], np.float32)

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """Refused: what it was made of is saved, not what was made."""
        raise NotImplementedError("a quantised model is made anew from its source")


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def open_graph(path: Path) -> onnxruntime.InferenceSession:
    """A session that runs on the thread that calls it: several at once use the cores better than several for one."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    # Texts come in all lengths, and an arena keeps the memory of the longest for good.
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
