"""The tokenizer of the bundled model for a few texts: made of those of its pieces alone that stand in them.

Reading all 250,000 pieces takes a second, in which nothing else of Python runs; a question holds some hundred. Which
way of cutting a text is best (the unigram model of Kudo 2018) depends on no piece that is not in it, but for the least
score of all, by which a character that is no piece is scored: a piece that has it is always among them.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from tokenizers import Tokenizer

from embeddings.folders import is_complete, make_folder

logger = logging.getLogger(__name__)

#: Raised whenever what is written below changes, so that folders of an older form are not used.
VERSION = 1
_PIECES, _IDS, _SCORES, _REST = "pieces.npy", "ids.npy", "scores.npy", "rest.json"


class Tokens(NamedTuple):
    """A text's tokens, special ones included: ids, where each lies in the text, and whether it is a special one."""

    ids: list[int]
    offsets: list[tuple[int, int]]
    special_tokens_mask: list[int]


class FewPieces:
    """Tokenizes a few texts as the whole tokenizer does. Threads share it."""

    def __init__(self, folder: Path) -> None:
        """Of a folder that :func:`few_pieces` made; raises what numpy and json raise for one that is torn."""
        self._pieces = np.load(folder / _PIECES, mmap_mode="r")
        self._ids = np.load(folder / _IDS, mmap_mode="r")
        self._scores = np.load(folder / _SCORES, mmap_mode="r")
        self._rest: dict[str, Any] = json.loads((folder / _REST).read_text("utf-8"))
        self._longest = self._pieces.dtype.itemsize // np.dtype("U1").itemsize
        special = [token["content"] for token in self._rest["added_tokens"]]
        self._special = re.compile("|".join(map(re.escape, special)))
        self._always = np.searchsorted(self._pieces, np.array(special, self._pieces.dtype)).tolist()
        self._always.append(int(np.argmin(self._scores)))
        # A text is counted before it is encoded.
        self._made = lru_cache(maxsize=4)(self._make)
        self._rules = self._of(self._always)[0]

    def encode(self, texts: Sequence[str]) -> list[Tokens]:
        """The tokens of each text as it stands."""
        tokenizer, ids = self._made(tuple(texts))
        return [
            Tokens([ids[i] for i in each.ids], each.offsets, each.special_tokens_mask)
            for each in tokenizer.encode_batch(list(texts))
        ]

    def _make(self, texts: Sequence[str]) -> tuple[Tokenizer, list[int]]:
        rules = self._rules
        parts = {
            word[start:end]
            for text in texts
            # What stands beside a special token is a text by itself.
            for part in self._special.split(text)
            for word, _ in rules.pre_tokenizer.pre_tokenize_str(rules.normalizer.normalize_str(part))
            for start in range(len(word))
            for end in range(start + 1, min(start + self._longest, len(word)) + 1)
        }
        wanted = np.array(sorted(parts), dtype=self._pieces.dtype)
        places = np.minimum(np.searchsorted(self._pieces, wanted), len(self._pieces) - 1)
        return self._of([*self._always, *places[self._pieces[places] == wanted].tolist()])

    def _of(self, places: Iterable[int]) -> tuple[Tokenizer, list[int]]:
        """The tokenizer of the pieces at some places, and of each of its ids the one of the whole tokenizer."""
        chosen = list(dict.fromkeys(places))
        ids = [int(self._ids[at]) for at in chosen]
        own = {whole: at for at, whole in enumerate(ids)}
        made = json.loads(json.dumps(self._rest))
        made["model"]["vocab"] = [[str(self._pieces[at]), float(self._scores[at])] for at in chosen]
        made["model"]["unk_id"] = own[made["model"]["unk_id"]]
        for token in made["added_tokens"]:
            token["id"] = own[token["id"]]
        for token in made["post_processor"]["special_tokens"].values():
            token["ids"] = [own[i] for i in token["ids"]]
        return Tokenizer.from_str(json.dumps(made)), ids


def few_pieces(source: Path, identity: str) -> FewPieces | None:
    """The tokenizer of the model in ``source`` for a few texts, over a folder beside it, made if it is not there.

    None where the folder cannot be made or read; the whole tokenizer takes its place.
    """
    whole = f"{identity}-pieces-{VERSION}"
    folder = source.with_name(f"{source.name}-pieces-{VERSION}")
    try:
        if not is_complete(folder, whole):
            make_folder(folder, whole, lambda aside: _write(source / "tokenizer.json", aside))
        return FewPieces(folder)
    except (OSError, ValueError, KeyError, TypeError) as error:
        logger.debug("%s cannot be used: %s", folder, error)
        return None


def _write(tokenizer: Path, aside: Path) -> dict[str, Any]:
    """Write the pieces in their order as text, with ids and scores, and what else a tokenizer is made of."""
    rest = json.loads(tokenizer.read_text("utf-8"))
    vocabulary = rest["model"].pop("vocab")
    pieces = np.array([piece for piece, _ in vocabulary])
    order = np.argsort(pieces)
    np.save(aside / _PIECES, pieces[order])
    np.save(aside / _IDS, order.astype(np.int32))
    np.save(aside / _SCORES, np.array([score for _, score in vocabulary])[order])
    (aside / _REST).write_text(json.dumps(rest), "utf-8")
    return {}
