"""The judgements of a BEIR folder: rows of query id, passage id and gain, parted by tabs, with or without a header."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from eval.errors import DatasetError, at_line
from eval.lines import read_lines

_GAIN = re.compile(r"[+-]?\d{1,9}")


@dataclass(frozen=True)
class Judgements:
    """``evaluated``: the gain of each judged passage by query, of the split that is evaluated; ``judged``: of any."""

    evaluated: Mapping[str, Mapping[str, int]]
    judged: frozenset[str]


def read_judgements(folder: Path, queries: Collection[str], passages: Collection[str]) -> Judgements:
    """The judgements of ``qrels.tsv``; else of ``qrels/test.tsv``; else of all ``qrels/*.tsv`` together.

    Raises:
        DatasetError: there are none, a row is malformed or repeats one, or names what is in no other file.
    """
    whole, splits = folder / "qrels.tsv", sorted((folder / "qrels").glob("*.tsv"))
    files = [whole] if whole.exists() else splits
    if not files:
        raise DatasetError(f"{folder} holds no qrels", "qrels.tsv, qrels/test.tsv or other qrels/*.tsv", "add the file")
    evaluated = [path for path in files if path.name == "test.tsv"] or files
    gains: dict[str, dict[str, int]] = {}
    judged: set[str] = set()
    for path in files:
        rows = gains if path in evaluated else {}
        _add_rows(rows, path, queries, passages)
        judged |= rows.keys()
    if not gains:
        names = ", ".join(str(path) for path in evaluated)
        raise DatasetError(f"{names} holds no judgements", "a row a judgement", "add some")
    return Judgements(gains, frozenset(judged))


def _add_rows(rows: dict[str, dict[str, int]], path: Path, queries: Collection[str], passages: Collection[str]) -> None:
    for at, (number, line) in enumerate(read_lines(path, "judgements in the BEIR form")):
        fields = line.split("\t")
        if len(fields) != 3:
            raise DatasetError(
                f"{at_line(path, number)} has {len(fields)} of its 3 columns",
                "query id, passage id and score, tabs between", "mend the line",
            )  # fmt: skip
        query_id, passage_id, gain = fields
        if at == 0 and query_id not in queries and not _GAIN.fullmatch(gain.strip()):
            continue
        for kind, found, known in (("query", query_id, queries), ("passage", passage_id, passages)):
            if found not in known:
                raise DatasetError(
                    f"{at_line(path, number)} names the {kind} {found!r}, which is in no other file",
                    f"an id of one of the {len(known):,}", "add it or take the row out",
                )  # fmt: skip
        if not _GAIN.fullmatch(gain.strip()):
            raise DatasetError(f"{at_line(path, number)} has the score {gain!r}", "a whole number", "mend the line")
        if passage_id in rows.setdefault(query_id, {}):
            raise DatasetError(
                f"{at_line(path, number)} judges {passage_id!r} for {query_id!r} again", "one row a pair", "remove one"
            )
        rows[query_id][passage_id] = int(gain)
