"""Rapporteur beside other systems, in one run: the same texts, the same model, the same questions.

    python benchmarks/peers.py DIR_ZH DIR_EN [--rounds 2] [--every 4] [--python312 PATH] [--only NAME]… [--json FILE]

Each system reads the bundled documents as text files, then the passages of a data set in BEIR form in two languages,
such as XQuAD, with what it takes by default. It runs in an environment of its own, made once under ``--scratch`` from
``benchmarks/peers/…/requirements.txt``, and in a process of its own; the systems take turns. Linux only.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import statistics
import sys
import tokenize
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from platformdirs import user_cache_path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.shelves import documents_shelf, passages_shelf
from benchmarks.turns import PEERS, Answered, Peer, Run, Turns, embedding_server
from embeddings.bundled import bundled_model_folder
from eval.beir.aligned import read_aligned
from eval.metrics import percentile

DIRECTIONS = ("zh→zh", "en→en", "zh→en", "en→zh")


SYSTEMS = (
    Peer("Rapporteur", "", "rapporteur/system.py", "rapporteur/passages.py"),
    Peer("Rapporteur, files added", "", "rapporteur/added.py"),
    Peer("LangChain, FAISS", "langchain", "langchain/system.py", "langchain/system.py"),
    Peer("LlamaIndex, retriever", "llama_index", "llama_index/retriever.py", "llama_index/retriever.py"),
    Peer("LlamaIndex, citation engine", "llama_index", "llama_index/citations.py"),
    Peer("txtai", "txtai", "txtai/system.py", "txtai/system.py"),
    Peer("haiku.rag", "haiku_rag", "haiku_rag/system.py", "haiku_rag/system.py", served=True),
)


def hit_rate(given: Iterable[Answered], anchors: int | None = None) -> float:
    """The share of questions whose first result stands for a right anchor, among so many that it stands for."""
    given = list(given)
    return sum(not each.asked.right.isdisjoint(each.anchors[:anchors]) for each in given) / len(given)


def lines_of(path: Path) -> int:
    """Lines of a file that hold code: no blank ones, comments or docstring of the module."""
    source = path.read_text(encoding="utf-8").partition('"""\n')[2]
    apart = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return len(
        {line for token in tokens if token.type not in apart for line in range(token.start[0], token.end[0] + 1)}
    )


def documents_table(runs: dict[Peer, list[Run]], refused: dict[str, str]) -> str:
    """A line a system over the documents."""
    head = ["system", "index s", "of the processor, s", "p50 ms", "p95 ms", "peak MB", "lines", "characters shown"]
    head += ["hit@1 zh", "hit@1 en", "hit@1", "without references", "first anchor alone"]
    lines = []
    for peer, of in runs.items():
        if peer.name in refused:
            lines.append([peer.name, f"not run: {refused[peer.name]}", *[""] * (len(head) - 2)])
            continue
        ms = [each.ms for run in of for each in run.answered]
        given = of[0].answered
        rates = [hit_rate(each for each in given if each.asked.language == language) for language in ("zh", "en")]
        rates += [hit_rate(given), hit_rate(each for each in given if each.asked.kind != "reference")]
        lines.append([
            peer.name, f"{statistics.median(run.index_s for run in of):.1f}",
            f"{statistics.median(run.index_cpu_s for run in of):.1f}",
            f"{percentile(ms, 50):.0f}", f"{percentile(ms, 95):.0f}", f"{max(run.peak_mb for run in of):.0f}",
            str(lines_of(PEERS / peer.documents)), f"{statistics.median(len(each.text) for each in given):.0f}",
            *(f"{rate:.3f}" for rate in (*rates, hit_rate(given, 1))),
        ])  # fmt: skip
    return markdown(head, lines)


def passages_table(runs: dict[Peer, list[Run]]) -> str:
    """A line a system over the passages: R@1 in each direction, and how long a question took."""
    lines = []
    for peer, of in runs.items():
        given = [each for run in of for each in run.answered]
        if given:
            rates = [hit_rate(each for each in given if each.asked.kind == kind) for kind in DIRECTIONS]
            ms = [each.ms for each in given]
            timed = [f"{percentile(ms, 50):.0f}", f"{percentile(ms, 95):.0f}", f"{sum(run.index_s for run in of):.1f}"]
            lines.append([peer.name, *(f"{rate:.3f}" for rate in rates), *timed])
    return markdown(["system", *DIRECTIONS, "p50 ms", "p95 ms", "index s, both languages"], lines)


def markdown(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    return "\n".join("| " + " | ".join(line) + " |" for line in [head, ["---"] * len(head), *lines])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs=2, type=Path, help="one data set in two languages")
    parser.add_argument("--rounds", type=int, default=2, help="times that the systems take turns over the documents")
    parser.add_argument("--every", type=int, default=4, help="ask every so manieth question of the data set")
    parser.add_argument("--python312", default="python3.12", help="the interpreter for systems that need Python 3.12")
    parser.add_argument("--scratch", type=Path, default=user_cache_path("rapporteur", appauthor=False) / "peers")
    parser.add_argument("--only", action="append", help="a system to run, as the table names it; all without")
    parser.add_argument("--gpu-packages", action="store_true", help="also install what brings builds for GPUs")
    parser.add_argument("--what", choices=["documents", "passages"], help="only these texts; both without")
    parser.add_argument(
        "--threads", type=int, help="threads of arithmetic a process; what each takes by itself without"
    )
    parser.add_argument("--json", type=Path, help="write what each run measured")
    options = parser.parse_args()
    if options.threads:
        os.environ["OMP_NUM_THREADS"] = str(options.threads)
    corpora = read_aligned(options.folders)
    systems = [peer for peer in SYSTEMS if not options.only or peer.name in options.only]
    model = str(bundled_model_folder())
    print(f"Load averages before: {loads()}.\n")
    with TemporaryDirectory(prefix="peers-") as folder, embedding_server(model) as server:
        pythons = {f"3.{sys.version_info.minor}": sys.executable, "3.12": options.python312}
        turns = Turns(options.scratch, pythons, model, server, options.gpu_packages)
        documents = documents_shelf(Path(folder) / "documents")
        shelves = [
            passages_shelf(Path(folder) / str(n), corpus, corpora, options.every) for n, corpus in enumerate(corpora)
        ]
        read = {peer: list[Run]() for peer in systems}
        searched = {peer: list[Run]() for peer in systems if peer.passages}
        plan = [(read, documents, "documents")] * options.rounds + [(searched, shelf, "passages") for shelf in shelves]
        plan = [step for step in plan if options.what in (None, step[2])]
        for into, shelf, adapter in plan:
            for peer, runs in into.items():
                if run := turns.run(peer, getattr(peer, adapter), shelf):
                    runs.append(run)
                    if options.json:
                        keep(options.json, {"documents": read, "passages": searched})
                    print(f"{peer.name}, {shelf.name}: {loads()}", file=sys.stderr)
    if options.what != "passages":
        print(f"{len(documents.asked)} questions on the documents, {options.rounds} rounds:\n")
        print(documents_table(read, turns.refused), end="\n\n")
    if options.what != "documents":
        print(f"{sum(len(shelf.asked) for shelf in shelves)} questions on the passages:\n")
        print(passages_table(searched), end="\n\n")
    print(f"Load averages after: {loads()}.")


def keep(path: Path, measured: dict[str, dict[Peer, list[Run]]]) -> None:
    """Writes what there is by now, without questions and texts."""
    kept = {
        what: {peer.name: [figures(run) for run in runs] for peer, runs in each.items()}
        for what, each in measured.items()
    }
    path.write_text(json.dumps(kept, indent=1), encoding="utf-8")


def figures(run: Run) -> dict[str, Any]:
    """A run as JSON: of each question its kind, language, milliseconds, and whether its first result is right."""
    asked = [
        {
            "kind": each.asked.kind, "language": each.asked.language, "ms": each.ms, "characters": len(each.text),
            "hit": hit_rate([each]), "first_anchor": hit_rate([each], 1),
        }
        for each in run.answered
    ]  # fmt: skip
    return {**{key: value for key, value in vars(run).items() if key != "answered"}, "asked": asked}


def loads() -> str:
    return " ".join(f"{load:.1f}" for load in os.getloadavg())


if __name__ == "__main__":
    main()
