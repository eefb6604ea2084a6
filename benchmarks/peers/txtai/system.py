"""txtai as its examples have it: texts segmented by paragraph, embedded and stored, searched."""

from txtai import Embeddings
from txtai.pipeline import Segmentation


def open_index(folder, model, home):
    segment = Segmentation(paragraphs=True)
    rows = [
        (f"{path.name} {number}", paragraph, None)
        for path in sorted(folder.glob("*.txt"))
        for number, paragraph in enumerate(segment(path.read_text(encoding="utf-8")))
    ]
    embeddings = Embeddings(path=model, content=True, instructions={"query": "query: ", "data": "passage: "})
    embeddings.index(rows)

    def search(question):
        return [(found["id"].split()[0], found["text"]) for found in embeddings.search(question)]

    return search
