"""haiku.rag with what it takes by default; vectors come from a service as OpenAI's, tokens from the model's folder."""

import asyncio
import os
from pathlib import Path

from haiku.rag.client import HaikuRAG
from haiku.rag.config import AppConfig


def open_index(folder, model, home):
    embeddings = {
        "provider": "openai",
        "name": "multilingual-e5-small",
        "vector_dim": 384,
        "base_url": os.environ["EMBEDDINGS_URL"],
        "api_key": "none",
        "query_prefix": "query: ",
        "document_prefix": "passage: ",
    }
    config = AppConfig(embeddings={"model": embeddings}, processing={"chunking_tokenizer": model})
    run = asyncio.Runner().run
    client = run(HaikuRAG(home / "documents.lancedb", config=config, create=True).__aenter__())
    for path in sorted(folder.glob("*.txt")):
        run(client.create_document_from_source(path))

    def search(question):
        return [(Path(found.document_uri).name, found.content) for found in run(client.search(question))]

    return search
