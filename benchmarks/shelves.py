"""Folders of plain text files with questions about them, as any system can be given them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.overlap import anchors_of
from corpus.home import BUNDLED_DATA
from corpus.meta import read_meta
from corpus.parse.document import parse_version
from eval.beir.corpus import BeirCorpus
from eval.questions import QUESTIONS, read_questions


@dataclass(frozen=True)
class Asked:
    """A question and the anchors that are right to show for it."""

    id: str
    text: str
    language: str
    kind: str
    right: frozenset[str]


@dataclass(frozen=True)
class Shelf:
    """A folder of text files and what is asked of it.

    ``units`` holds the texts by anchor, for each file; where there are none, a file is an anchor itself.
    """

    name: str
    folder: Path
    asked: tuple[Asked, ...]
    units: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def anchors(self, file: str, text: str) -> list[str]:
        """What a result stands for, that with which it shares most first."""
        return anchors_of(text, self.units[file]) if self.units else [file]

    def write_questions(self, path: Path) -> None:
        """Id and text of each question, a line each."""
        lines = [json.dumps({"id": each.id, "text": each.text}, ensure_ascii=False) for each in self.asked]
        path.write_text("\n".join(lines), encoding="utf-8")


def documents_shelf(folder: Path) -> Shelf:
    """The project's documents in both languages, and what is answerable, asked on its own, of their test questions."""
    folder.mkdir()
    units: dict[str, dict[str, str]] = {}
    for meta in sorted(BUNDLED_DATA.glob("*/meta.yaml")):
        document = read_meta(meta)
        for version in document.versions:
            data = (meta.parent / version.file).read_bytes()
            file = f"{document.doc_id}.{version.language}.txt"
            (folder / file).write_bytes(data)
            units[file] = {unit.anchor_id: unit.text for unit in parse_version(document, version.language, data).units}
    asked = tuple(
        Asked(each.id, each.question, each.language, each.kind, each.relevant)
        for each in read_questions(QUESTIONS, None).questions
        if each.split == "test" and each.answerable and not each.history
    )
    return Shelf("documents", folder, asked, units)


def passages_shelf(folder: Path, corpus: BeirCorpus, asking: Sequence[BeirCorpus], every: int) -> Shelf:
    """The passages of one data set, a file each, and every so manieth question of each of several sets, from the first.

    All of ``asking`` judge by the ids of ``corpus``; a question's ``kind`` is its direction, such as ``zh→en``.
    """
    folder.mkdir()
    for passage in corpus.passages:
        (folder / f"{passage.id}.txt").write_text(passage.text, encoding="utf-8")
    asked = tuple(
        Asked(
            f"{each.query_language} {query.id}",
            query.text,
            each.query_language,
            f"{each.query_language}→{corpus.text_language}",
            frozenset(f"{passage}.txt" for passage, gain in query.gains.items() if gain > 0),
        )
        for each in asking
        for query in each.queries[::every]
    )
    return Shelf(f"passages-{corpus.text_language}", folder, asked)
