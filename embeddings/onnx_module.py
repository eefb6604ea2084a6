"""A transformer that ONNX Runtime runs, as a module of sentence-transformers: the rest sees a model like any other."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import torch
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

    def preprocess(self, inputs: Sequence[Any], prompt: str | None = None, **_: Any) -> dict[str, Any]:
        """Token ids and mask of texts, (texts, tokens), padded to the longest and cut at what the model reads."""
        texts = self._prepend_prompt(list(inputs), prompt) if prompt else list(inputs)
        tokenizer: Any = self.tokenizer
        return dict(
            tokenizer(texts, padding=True, truncation=True, max_length=self.max_seq_length, return_tensors="pt")
        )

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Adds the last hidden states, (texts, tokens, dimension)."""
        given = {name: features[name].numpy().astype(np.int64, copy=False) for name in INPUTS}
        features[OUTPUT] = torch.from_numpy(self._session.run([OUTPUT], given)[0])
        return features

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """Refused: what it was made of is saved, not what was made."""
        raise NotImplementedError("a quantised model is made anew from its source")


def open_graph(path: Path) -> onnxruntime.InferenceSession:
    """A session on all cores of this process, whose threads wait asleep: spinning ones take the cores from others."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 0
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Texts come in all lengths, and an arena keeps the memory of the longest for good.
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
