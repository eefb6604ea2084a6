"""Embeds what a library lacks on a Ray cluster; this process alone reads and writes the library."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import numpy as np

from corpus.errors import ClusterError
from corpus.library import Library
from embeddings.embed import PassageEncoder, missing, unrefined
from embeddings.model import Encoder
from embeddings.progress import Progress, reporting
from embeddings.workers.cluster import LOCAL, cluster
from embeddings.workers.encoding import SPAN, EncodeUnits
from embeddings.workers.keeping import keep_encoded

# Units of one run of Ray Data, whose texts are held in memory on the way, some 100 MB; and those of one call of a
# worker, which are also those of one transaction here.
_UNITS_A_RUN, UNITS_A_BATCH = 100_000, 64


def embed_on_ray(
    library: Library, encoder: PassageEncoder, address: str, progress: bool | Progress = True, *,
    load: Callable[[], PassageEncoder] = Encoder.load, workers: int | None = None, batch: int = UNITS_A_BATCH,
) -> int:  # fmt: skip
    """Embeds on a cluster the units of a library that have no vectors of a model, or not of all sentences.

    A batch is a transaction, so that what stops it, here or there, leaves what is done; what a worker that died had in
    hand is encoded by another, and written once, since rows have keys.

    Args:
        library: what is embedded, all of it.
        encoder: the model as it is here, which the workers' must be the same as.
        address: see :func:`embeddings.workers.cluster.cluster`.
        progress: whether to show on standard error how far it is, or what to tell it.
        load: loads the model in a worker; it is sent there.
        workers: how many encode at once; as many as there are processors where None.
        batch: units of one call of a worker.

    Returns:
        How many units were embedded.

    Raises:
        ClusterError: no cluster answers there, or its workers fail.
        ModelError: a worker's model is another one than this process's.
        HomeError: the library cannot be written.
    """
    due = [*missing(library, encoder), *unrefined(library, encoder)]
    if not due:
        return 0
    done = 0
    with cluster(address, workers if address == LOCAL else None), reporting(progress, len(due)) as report:
        for rows in _runs(library, due):
            for encoded in _encoded(rows, load, workers, batch):
                keep_encoded(library, encoder.fingerprint, encoded)
                done += int(encoded["units"])
                report(done)
    return len(due)


def _runs(library: Library, due: Iterable[tuple[int, str, str]]) -> Iterator[list[dict[str, Any]]]:
    """The units as workers take them, some at a time."""
    left = iter(due)
    while some := list(islice(left, _UNITS_A_RUN)):
        yield [
            {"unit_id": unit_id, "context": context, "text": text, "spans": _spans(library, unit_id)}
            for unit_id, context, text in some
        ]


def _spans(library: Library, unit_id: int) -> bytes:
    spans = library.connection.execute(
        "SELECT position, start, end FROM sentences WHERE unit_id = ? ORDER BY position", (unit_id,)
    ).fetchall()
    return np.array(spans, SPAN).tobytes()


def _encoded(
    rows: Sequence[Mapping[str, Any]], load: Callable[[], PassageEncoder], workers: int | None, batch: int
) -> Iterator[Mapping[str, Any]]:
    """What the workers make of units, as it comes."""
    import ray
    from ray.data import ActorPoolStrategy, DataContext, from_items

    DataContext.get_current().enable_progress_bars = False
    size = workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
    size = min(size, -(-len(rows) // batch))
    units = from_items(list(rows), override_num_blocks=-(-len(rows) // batch))
    # What it says of its plans and of what failed is in its own files; what matters of it is in the error.
    logging.getLogger("ray.data").setLevel(logging.CRITICAL)
    found = units.map_batches(
        EncodeUnits, fn_constructor_args=(load,), batch_size=batch, compute=ActorPoolStrategy(size=size),
        batch_format="numpy", num_cpus=1,
    )  # fmt: skip
    try:
        yield from found.iter_rows()
    except ray.exceptions.RayError as error:
        reason = _reason(error)
        raise ClusterError(
            f"the workers of the cluster failed ({reason})", "workers that encode",
            "see the cluster's own logs; what was done is kept",
            zh=f"集群的工作进程失败（{reason}）；应能进行编码；请查看集群日志；已完成的部分已保存",
        ) from error  # fmt: skip


def _reason(error: BaseException) -> str:
    """The last line of what was at the root of an error, which Ray wraps several times."""
    causes: list[BaseException] = [error]
    while (cause := causes[-1].__cause__) is not None:
        causes.append(cause)
    texts = [str(each).split("The above exception was the direct cause")[0] for each in causes]
    lines = [line.strip() for text in texts for line in text.splitlines() if line.strip()]
    return (lines or [type(error).__name__])[-1][:160]
