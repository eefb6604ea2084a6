"""Search beside LangChain's retrievers: the same model, the same words, the same questions, in one run.

    python benchmarks/retrieval.py DIR_ZH DIR_EN [--queries even|odd|all] [--parts]

The folders hold one data set in BEIR form in two languages, such as XQuAD. LangChain's FAISS store and its
BM25Retriever are given each task's passages, and its EnsembleRetriever fuses the two as it does by default. Of both
languages in one index ("pooled") they know nothing of versions, so each passage is counted by its better one; the last
column is not so kind and wants both versions found, as a search that fuses by identity always has them. Asked for all
questions, it prints the halves as well.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from langchain_classic.retrievers import EnsembleRetriever
from langchain_community.retrievers import BM25Retriever
from langchain_community.vectorstores import FAISS
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever

from corpus.words import segmenter
from embeddings.model import Encoder
from eval.beir.aligned import read_aligned
from eval.beir.corpus import BeirCorpus
from eval.beir.run import score_parts, score_search, score_task
from eval.beir.scores import DEPTH, TaskScores
from eval.beir.search import BeirSearch
from eval.beir.tasks import POOLED, Task, tasks_of
from eval.metrics import average_precision, mean

OURS = "Rapporteur"
METRICS = {"recall@1": "R@1", "recall@5": "R@5", "recall@10": "R@10", "mrr@10": "MRR@10", "map": "mAP"}


class ProjectEmbeddings(Embeddings):
    """The project's encoder as LangChain wants a model; texts are encoded once, however many stores hold them."""

    def __init__(self, encoder: Encoder) -> None:
        self._query = encoder.encode_queries
        self._passage = cache(lambda text: encoder.encode_passages([text])[0].tolist())

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self._passage(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return list(map(float, self._query([text])[0]))


@dataclass(frozen=True)
class Row:
    """One system on one task; ``versions`` are all texts it found for each query, versions told apart."""

    system: str
    scores: TaskScores
    versions: tuple[tuple[str, ...], ...] | None = None

    def half(self, which: str) -> Row:
        """The same over every second question, counted from 0, or over all of them."""
        kept = {"even": slice(0, None, 2), "odd": slice(1, None, 2), "all": slice(None)}[which]
        scores = self.scores
        return Row(
            self.system,
            replace(
                scores,
                task=replace(scores.task, queries=scores.task.queries[kept]),
                rankings=scores.rankings[kept],
                seconds=scores.seconds[kept],
            ),
            self.versions and self.versions[kept],
        )

    @property
    def versions_map(self) -> float | None:
        """Mean average precision where every version of a relevant passage is to be found; only of pooled tasks."""
        task = self.scores.task
        if task.text_language != POOLED:
            return None
        if self.versions is None:
            return self.scores.metrics["map"]
        gains = [{f"{i} {lang}": g for i, g in q.gains.items() for lang in task.languages} for q in task.queries]
        return mean(map(average_precision, self.versions, gains))


def documents(corpora: Sequence[BeirCorpus]) -> list[Document]:
    """The passages as LangChain holds them, each version on its own."""
    return [
        Document(passage.text, metadata={"passage": passage.id, "version": f"{passage.id} {corpus.text_language}"})
        for corpus in corpora
        for passage in corpus.passages
    ]


def retrievers(texts: list[Document], embeddings: Embeddings) -> dict[str, BaseRetriever]:
    """The three retrievers of LangChain over the same texts."""
    faiss = FAISS.from_documents(texts, embeddings).as_retriever(search_kwargs={"k": DEPTH})
    bm25 = BM25Retriever.from_documents(texts, preprocess_func=segmenter().words, k=DEPTH)
    ensemble = EnsembleRetriever(retrievers=[faiss, bm25], weights=[0.5, 0.5], id_key="version")
    return {"LangChain FAISS": faiss, "LangChain BM25": bm25, "LangChain Ensemble": ensemble}


def compare(corpora: Sequence[BeirCorpus], search: BeirSearch, encoder: Encoder) -> list[Row]:
    """Every system on every task."""
    embeddings = ProjectEmbeddings(encoder)
    rows = []
    for task in tasks_of(corpora):
        texts = documents([corpus for corpus in corpora if corpus.text_language in task.languages])
        rows += [score_retriever(task, name, found) for name, found in retrievers(texts, embeddings).items()]
        rows.append(Row(OURS, score_search(search, task, name=OURS)))
    return rows


def score_retriever(task: Task, name: str, retriever: BaseRetriever) -> Row:
    """A retriever of LangChain on one task; each passage is ranked once, by its better version."""
    scores = score_task(task, lambda text: [str(d.metadata["version"]) for d in retriever.invoke(text)], name=name)
    once = (dict.fromkeys(version.rsplit(" ", 1)[0] for version in found) for found in scores.rankings)
    return Row(name, replace(scores, rankings=tuple(map(tuple, once))), scores.rankings)


def systems_table(rows: Sequence[Row]) -> str:
    """A line a task and system, as Markdown."""
    lines = []
    for row in rows:
        metrics = [cell(row.scores.metrics[name]) for name in METRICS]
        median = f"{row.scores.latency_ms['p50']:.1f}"
        lines.append([name_of(row.scores.task), row.system, *metrics, median, cell(row.versions_map)])
    return markdown(["questions → texts", "system", *METRICS.values(), "median ms", "mAP of both versions"], lines)


def parts_table(rows: Sequence[Row]) -> str:
    """A line a part of the scoring, a column a task: R@1, and MRR@10 in brackets."""
    names = list(dict.fromkeys(row.system for row in rows))
    lines = [
        [
            name,
            *(
                f"{cell(m['recall@1'])} ({cell(m['mrr@10'])})"
                for m in [r.scores.metrics for r in rows if r.system == name]
            ),
        ]
        for name in names
    ]
    return markdown(["scoring", *dict.fromkeys(name_of(row.scores.task) for row in rows)], lines)


def name_of(task: Task) -> str:
    return f"{task.query_language} → {task.text_language}"


def cell(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def markdown(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    return "\n".join("| " + " | ".join(line) + " |" for line in [head, ["---"] * len(head), *lines])


def print_under(title: str, table: Callable[[Sequence[Row]], str], rows: Sequence[Row]) -> None:
    number = len(rows[0].scores.task.queries)
    print(f"## {title.capitalize()} questions ({number:,})\n\n{table(rows)}\n", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs=2, type=Path, help="one data set in two languages")
    parser.add_argument("--queries", default="all", choices=["even", "odd", "all"], help="which half of the questions")
    parser.add_argument("--parts", action="store_true", help="also tables of the parts of the scoring")
    options = parser.parse_args()
    corpora = read_aligned(options.folders)
    if options.queries != "all":
        start = 0 if options.queries == "even" else 1
        corpora = tuple(replace(corpus, queries=corpus.queries[start::2]) for corpus in corpora)
    encoder = Encoder.load()
    halves = {half: half for half in ("all", "even", "odd")} if options.queries == "all" else {options.queries: "all"}
    with TemporaryDirectory() as home:
        search = BeirSearch.store(Path(home), corpora, encoder)
        rows = compare(corpora, search, encoder)
        for title, half in halves.items():
            print_under(title, systems_table, [row.half(half) for row in rows])
        if options.parts:
            quick = search.remembering()
            ours = [score_parts(quick, row.scores) for row in rows if row.system == OURS]
            parts = [Row(name, part) for each in ours for name, part in (each.parts or {}).items()]
            for title, half in halves.items():
                print_under(title, parts_table, [row.half(half) for row in parts])
        search.close()


if __name__ == "__main__":
    main()
