"""Rapporteur over passages, a file each, as ``python -m eval beir`` takes them."""

from embeddings.model import Encoder
from eval.beir.corpus import BeirCorpus, BeirPassage
from eval.beir.search import BeirSearch


def open_index(folder, model, home):
    passages = tuple(BeirPassage(path.name, "", path.read_text("utf-8")) for path in sorted(folder.glob("*.txt")))
    search = BeirSearch.store(home, [BeirCorpus(folder, passages, ())], Encoder.load(), progress=False)
    return lambda question: [(name, "") for name in search.rank(question, 10)]
