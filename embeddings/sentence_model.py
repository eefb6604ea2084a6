"""Any model of sentence-transformers as an engine, with the prompts it was trained with."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from transformers.utils import logging as transformers_logging

from corpus.errors import ModelError
from embeddings.engine import Encoded, Floats, Kind, normalised

#: ``max_tokens`` of a model that reads texts of any length, as static embeddings do.
UNLIMITED = sys.maxsize


class SentenceModel:
    """A model of sentence-transformers. ``fingerprint`` names its weights, tokenizer, prompts, pooling and length.

    Its tokenizer is one thread's at a time. All of it runs on a thread of its own, in the order in which it is asked:
    with a lock, whoever embeds many texts takes it again before whoever waits with a question wakes.
    """

    def __init__(self, model: SentenceTransformer, name: str) -> None:
        """Of a loaded model; of its name it is seen whether it is of a family with prompts."""
        limit = model.get_max_seq_length()
        self.dimension: int = model.get_embedding_dimension() or 0
        self.max_tokens: int = UNLIMITED if limit is None or limit >= UNLIMITED else int(limit)
        self.prompts: dict[Kind, str] = _prompts(model, name)
        self.fingerprint: str = _fingerprint(model, self.prompts, self.max_tokens)
        self._model = model
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sentence-transformers")

    @classmethod
    def load(cls, name: str) -> SentenceModel:
        """The model of a folder, or of a name on the hub; raises what sentence-transformers raises without it."""
        # Its bar for loading weights from disk is over in a moment and tells a reader nothing.
        transformers_logging.disable_progress_bar()
        folder = Path(name).expanduser()
        if folder.is_dir():
            return cls(SentenceTransformer(str(folder), local_files_only=True), name)
        return cls(SentenceTransformer(name), name)

    def counts(self, texts: Sequence[str]) -> list[int]:
        """See :meth:`embeddings.engine.Engine.counts`; of a model that reads any length, characters."""
        if self.max_tokens == UNLIMITED:
            return [len(text) for text in texts]
        tokens = self._thread.submit(
            self._model.tokenizer, list(texts), truncation=False, padding=False, verbose=False
        ).result()
        return [len(ids) for ids in tokens["input_ids"]]

    def offsets(self, text: str) -> list[tuple[int, int]]:
        """See :meth:`embeddings.engine.Engine.offsets`."""
        tokenizer: Any = self._model.tokenizer
        if not getattr(tokenizer, "is_fast", False):
            raise ModelError(
                f"a model whose tokenizer ({type(tokenizer).__name__}) does not say where tokens lie in the text",
                "a fast tokenizer of transformers", "choose another model in RAPPORTEUR_MODEL",
            )  # fmt: skip
        given = self._thread.submit(
            tokenizer, text, add_special_tokens=False, truncation=False, return_offsets_mapping=True, verbose=False
        ).result()
        return list(given["offset_mapping"])

    def encode(self, texts: Sequence[str], kind: Kind) -> list[Encoded]:
        """See :meth:`embeddings.engine.Engine.encode`."""
        return self._thread.submit(self._encode, texts, kind).result()

    def _encode(self, texts: Sequence[str], kind: Kind) -> list[Encoded]:
        # Through these two, a model with a part of its own for queries uses it.
        encode: Callable[..., Any] = self._model.encode_query if kind == "query" else self._model.encode_document
        given, prompt = list(texts), self.prompts[kind]
        rows = encode(given, prompt=prompt, batch_size=len(given), output_value=None, show_progress_bar=False)
        kept = self._text_tokens(given, prompt)
        return [
            Encoded(normalised(_numbers(row["sentence_embedding"])[None])[0], self._states(row, places))
            for row, places in zip(rows, kept, strict=True)
        ]

    def _states(self, row: Any, kept: list[bool]) -> Floats:
        if "token_embeddings" not in row or not kept:
            return np.zeros((0, self.dimension), np.float32)
        states = _numbers(row["token_embeddings"])
        # Some models pad on the left, so the text's tokens are those that are attended to.
        if "attention_mask" in row:
            states = states[row["attention_mask"].cpu().numpy().astype(bool)]
        return normalised(states[kept])

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


def _numbers(tensor: torch.Tensor) -> Floats:
    return np.asarray(tensor.float().cpu().numpy(), np.float32)


def _prompts(model: SentenceTransformer, name: str) -> dict[Kind, str]:
    """The model's own prompts; those of the E5 family for an E5 model that has none; otherwise none."""
    own = {key: prompt for key, prompt in model.prompts.items() if prompt}
    if not own and "e5" in Path(name).name.lower():
        return {"query": "query: ", "passage": "passage: "}
    default = own.get(model.default_prompt_name or "", "")
    passage = next((own[key] for key in ("document", "passage", "corpus") if key in own), default)
    return {"query": own.get("query", default), "passage": passage}


def _fingerprint(model: SentenceTransformer, prompts: dict[Kind, str], max_tokens: int) -> str:
    parts: list[Any] = list(model)
    modules = [[type(part).__name__, part.get_config_dict()] for part in parts if hasattr(part, "get_config_dict")]
    settings = json.dumps([_content(model), prompts, max_tokens, modules], sort_keys=True, default=str)
    return hashlib.sha256(settings.encode()).hexdigest()[:16]


def _content(model: SentenceTransformer) -> str:
    """A hash of the weights and the tokenizer as loaded, the same wherever they were loaded from."""
    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(f"{name}:{tuple(tensor.shape)}:{tensor.dtype}".encode())
        digest.update(tensor.detach().cpu().contiguous().flatten().view(torch.uint8).numpy())
    backend = getattr(model.tokenizer, "backend_tokenizer", model.tokenizer)
    digest.update(backend.to_str().encode() if hasattr(backend, "to_str") else str(backend).encode())
    return digest.hexdigest()
