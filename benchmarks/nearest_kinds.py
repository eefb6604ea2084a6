"""Kinds of FAISS index over the unit vectors of one snapshot with lists, for ``benchmarks/scale.py --kinds``."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import faiss
import numpy as np

from embeddings.model import Encoder
from embeddings.nearest import UNIT_ROWS, Floats, Ints

# Rows turned into float32 at once, and how many are asked for: as the assistant does.
_PART, _LIMIT = 1 << 16, 200


def compare_kinds(folder: Path, questions: Sequence[str], encoder: Encoder) -> str:
    """A line a kind and width of search over the larger language's vectors, as Markdown.

    Seconds of processor time to build, megabytes in memory, the share of the 10 and 200 nearest that are found after
    refining, and milliseconds of processor time a question, the refining included.
    """
    rows, languages = np.load(folder / UNIT_ROWS, mmap_mode="r"), np.load(folder / "unit_languages.npy")
    chosen = np.flatnonzero(languages == np.bincount(languages).argmax())
    vectors = np.stack([encoder.encode_question(question).vector for question in questions]).astype(np.float32)
    true = _exact(rows, chosen, vectors)
    lines = ["| rows | kind | searched | built (s) | MB | recall@10 | recall@200 | ms |", "|" + "---|" * 8]
    for kind, widths, refined in _kinds(len(chosen)):
        index, seconds = _build(kind, rows, chosen)
        megabytes = len(faiss.serialize_index(index)) / 1e6
        for width in widths:
            recalls, milliseconds = _search(index, rows, chosen, vectors, true, width, refined)
            lines.append(
                f"| {len(chosen):,} | {kind}, refined of {refined}× | {width} | {seconds:.0f} | {megabytes:.0f}"
                f" | {recalls[0]:.3f} | {recalls[1]:.3f} | {milliseconds:.1f} |"
            )
            print(lines[-1], flush=True)
    return "\n".join(lines)


def _kinds(rows: int) -> Iterator[tuple[str, tuple[int, ...], int]]:
    lists = max(1, min(round(2 * rows**0.5), rows // 39))
    yield "Flat", (0,), 1
    yield f"IVF{lists},SQ8", (128, 256, 320), 2
    for bits in ("", 2, 4):
        yield f"IVF{lists},RaBitQfs{bits}", (128, 256, 320), 4
    yield f"IVF{lists},PQ192x4fs", (256,), 8
    yield "HNSW32,SQ8", (400, 800), 2


def _build(kind: str, rows: Any, chosen: Ints) -> tuple[Any, float]:
    started = time.process_time()
    index = faiss.index_factory(rows.shape[1], kind, faiss.METRIC_INNER_PRODUCT)
    if kind.startswith("IVF"):
        index.cp.niter, index.cp.max_points_per_centroid = 6, 40
    sample = chosen[np.linspace(0, len(chosen) - 1, min(len(chosen), 200_000)).astype(np.int64)]
    index.train(rows[sample].astype(np.float32))
    for first in range(0, len(chosen), _PART):
        index.add(rows[chosen[first : first + _PART]].astype(np.float32))
    return index, time.process_time() - started


def _search(
    index: Any, rows: Any, chosen: Ints, vectors: Floats, true: Ints, width: int, refined: int
) -> tuple[tuple[float, float], float]:
    found, seconds = [], 0.0
    parameters = None
    if isinstance(index, faiss.IndexIVF):
        parameters = faiss.SearchParametersIVF(nprobe=width)
    elif isinstance(index, faiss.IndexHNSW):
        parameters = faiss.SearchParametersHNSW(efSearch=width)
    for vector in vectors:
        started = time.process_time()
        _, near = index.search(vector[None], _LIMIT * refined, params=parameters)
        at = np.sort(chosen[near[0][near[0] >= 0]])
        scores = rows[at].astype(np.float32) @ vector
        found.append(at[np.argsort(-scores)[:_LIMIT]])
        seconds += time.process_time() - started
    shares = [
        float(np.mean([len(set(t[:k].tolist()) & set(f[:k].tolist())) / k for t, f in zip(true, found, strict=True)]))
        for k in (10, _LIMIT)
    ]
    return (shares[0], shares[1]), seconds / len(vectors) * 1000


def _exact(rows: Any, chosen: Ints, vectors: Floats) -> Ints:
    scores = np.concatenate(
        [vectors @ rows[chosen[first : first + _PART]].astype(np.float32).T for first in range(0, len(chosen), _PART)],
        axis=1,
    )
    top = np.argpartition(-scores, _LIMIT, axis=1)[:, :_LIMIT]
    order = np.argsort(-np.take_along_axis(scores, top, axis=1), axis=1)
    return np.asarray(chosen[np.take_along_axis(top, order, axis=1)])
