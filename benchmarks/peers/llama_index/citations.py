"""LlamaIndex's citation engine with what it takes by default; a stand-in for the language model, and its sources."""

from llama_index.core import SimpleDirectoryReader, VectorStoreIndex
from llama_index.core.llms import MockLLM
from llama_index.core.query_engine import CitationQueryEngine
from llama_index.embeddings.huggingface import HuggingFaceEmbedding


def open_index(folder, model, home):
    embedding = HuggingFaceEmbedding(model_name=model, query_instruction="query: ", text_instruction="passage: ")
    documents = SimpleDirectoryReader(str(folder)).load_data()
    index = VectorStoreIndex.from_documents(documents, embed_model=embedding)
    engine = CitationQueryEngine.from_args(index, llm=MockLLM())

    def search(question):
        return [(found.metadata["file_name"], found.text) for found in engine.query(question).source_nodes]

    return search
