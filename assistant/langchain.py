"""The same retrieval for other people's chains: a LangChain retriever over an Assistant."""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from assistant.engine import Assistant


class LibraryRetriever(BaseRetriever):
    """Gives the ``k`` best units for a question as LangChain documents.

    ``page_content`` is the unit's text; ``metadata`` holds ``anchor``, ``language`` and ``score``; its ``id`` is the
    anchor too.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    assistant: Assistant
    k: int = 10

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002
    ) -> list[Document]:
        return [
            Document(
                page_content=hit.unit.text,
                metadata={"anchor": hit.anchor, "language": hit.unit.language, "score": hit.score},
                id=hit.anchor,
            )
            for hit in self.assistant.search(query, self.k)
        ]
