"""Rapporteur over text files that a delegate adds (``python -m corpus add``); nothing is known but what they say."""

from assistant import Assistant
from corpus.library import Library
from corpus.shelf.batch import add_each
from corpus.shelf.masthead import Given, description_of


def open_index(folder, model, home):
    library = Library.open(home / "library")
    for path in sorted(folder.glob("*.txt")):
        given = Given(path.name.split(".")[0], None, None, None, None)
        add_each(
            library,
            [str(path)],
            None,
            lambda reading, _, name, of=given: description_of(reading, name, of, confirmed=True),
        )
    (home / "none").mkdir()
    assistant = Assistant.open(home / "library", progress=False, data=home / "none")

    def search(question):
        return [(f"{hit.unit.doc_id}.{hit.unit.language}.txt", hit.unit.text) for hit in assistant.search(question)]

    return search
