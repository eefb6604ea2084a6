"""Rapporteur over the documents it ships with, which it takes with what is known of them (``meta.yaml``)."""

from assistant import Assistant


def open_index(folder, model, home):
    assistant = Assistant.open(home, progress=False)

    def search(question):
        return [(f"{hit.unit.doc_id}.{hit.unit.language}.txt", hit.unit.text) for hit in assistant.search(question)]

    return search
