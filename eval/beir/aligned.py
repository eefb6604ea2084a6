"""One data set, or the same one in two languages: their passages go by the same ids."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from eval.beir.corpus import CORPUS_FILE, BeirCorpus, read_beir
from eval.errors import DatasetError


def read_aligned(folders: Sequence[Path]) -> tuple[BeirCorpus, ...]:
    """The data sets of one folder, or of two whose passages have the same ids and are in different languages.

    Raises:
        DatasetError: a folder holds no sound data set, or the two do not belong together.
    """
    corpora = tuple(read_beir(folder) for folder in folders)
    for first, second in pairwise(corpora):
        _refuse_other_ids(first, second)
        _refuse_other_ids(second, first)
        for what, languages in (
            ("passages", {first.text_language, second.text_language}),
            ("queries", {first.query_language, second.query_language}),
        ):
            if len(languages) == 1:
                raise DatasetError(
                    f"the {what} of {first.folder} and {second.folder} are in the same language ({languages.pop()})",
                    "one folder in Chinese and one in English", "name the other, or one folder alone",
                )  # fmt: skip
    return corpora


def _refuse_other_ids(corpus: BeirCorpus, other: BeirCorpus) -> None:
    known = {passage.id for passage in other.passages}
    strange = [passage.id for passage in corpus.passages if passage.id not in known]
    if strange:
        raise DatasetError(
            f"{corpus.folder / CORPUS_FILE} has {len(strange):,} passages (first {strange[0]!r}) that"
            f" {other.folder / CORPUS_FILE} lacks",
            "the same ids in both folders", "add what is missing, or name one folder alone",
        )  # fmt: skip
