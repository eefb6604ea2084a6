"""The bundled model's layers with weights of a byte, run by ONNX Runtime."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime

from embeddings.engine import Floats
from embeddings.layers.sharing import cores

WEIGHTS_FILE = "model.onnx"
#: What the graph takes and gives: (texts, tokens) twice, and (texts, tokens, dimension).
INPUTS, OUTPUT = ("input_ids", "attention_mask"), "token_embeddings"


class OnnxLayers:
    """The layers of a graph in a folder.

    Each text has a pass of its own. The scales of activations are those of a pass, so that among others a text would
    have other vectors (at a cosine of .9995), which hang on what it happens to be encoded with.
    """

    def __init__(self, folder: Path) -> None:
        """Open the graph ``model.onnx``; raises what ONNX Runtime raises for a file that it does not take."""
        self._session = open_graph(folder / WEIGHTS_FILE)
        self._threads = ThreadPoolExecutor(cores(), thread_name_prefix="encoding")

    def states(self, texts: Sequence[Sequence[int]]) -> list[Floats]:
        """See :meth:`embeddings.bundled_engine.Layers.states`."""
        return list(self._threads.map(self._states, texts)) if len(texts) > 1 else [self._states(ids) for ids in texts]

    def _states(self, ids: Sequence[int]) -> Floats:
        given = np.array([ids], np.int64)
        (found,) = self._session.run([OUTPUT], dict(zip(INPUTS, (given, np.ones_like(given)), strict=True)))
        return np.asarray(found[0], np.float32)


def open_graph(path: Path) -> onnxruntime.InferenceSession:
    """A session that runs on the thread that calls it."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    # Texts come in all lengths, and an arena keeps the memory of the longest for good.
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
