"""Rapporteur over text files that a delegate adds (``python -m corpus add``); nothing is known but what they say."""

from assistant import Assistant
from corpus.library import Library
from corpus.shelf.batch import add_each
from corpus.shelf.masthead import Given, description_of
from embeddings.build import ensure_index
from embeddings.model import Encoder


def open_index(folder, model, home):
    library, encoder = Library.open(home), Encoder.load()
    for path in sorted(folder.glob("*.txt")):
        given = Given(path.name.split(".")[0], None, None, None, None)
        add_each(
            library,
            [str(path)],
            None,
            lambda reading, _, name, of=given: description_of(reading, name, of, confirmed=True),
        )
    assistant = Assistant(library, encoder, ensure_index(library, encoder, progress=False))

    def search(question):
        return [(f"{hit.unit.doc_id}.{hit.unit.language}.txt", hit.unit.text) for hit in assistant.search(question)]

    return search
