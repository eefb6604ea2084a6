"""A transformer that ONNX Runtime runs, as a module of sentence-transformers: the rest sees a model like any other."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from embeddings.transformer import INPUTS, OUTPUT, FolderTransformer, Ids

WEIGHTS_FILE = "model.onnx"


class OnnxTransformer(FolderTransformer):
    """The states of tokens, from a graph and a tokenizer in a folder.

    Each text has a pass of its own. The scales of activations are those of a pass, so that among others a text would
    have other vectors (at a cosine of .9995), which hang on what it happens to be encoded with.
    """

    def __init__(self, folder: Path) -> None:
        """Open the graph ``model.onnx``; raises what ONNX Runtime raises for a file that it does not take."""
        super().__init__(folder)
        self._session = open_graph(folder / WEIGHTS_FILE)

    def _passes(self, lengths: NDArray[np.int64]) -> list[NDArray[np.intp]]:
        return [np.array([row]) for row in range(len(lengths))]

    def _run(self, given: tuple[Ids, NDArray[np.int64]]) -> NDArray[np.float32]:
        ids, _ = given
        (found,) = self._session.run([OUTPUT], dict(zip(INPUTS, (ids, np.ones_like(ids)), strict=True)))
        return np.asarray(found, np.float32)


def open_graph(path: Path) -> onnxruntime.InferenceSession:
    """A session that runs on the thread that calls it."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    # Texts come in all lengths, and an arena keeps the memory of the longest for good.
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
