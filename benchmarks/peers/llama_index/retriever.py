"""LlamaIndex's vector index with what it takes by default, and its retriever."""

from llama_index.core import SimpleDirectoryReader, VectorStoreIndex
from llama_index.embeddings.huggingface import HuggingFaceEmbedding


def open_index(folder, model, home):
    embedding = HuggingFaceEmbedding(model_name=model, query_instruction="query: ", text_instruction="passage: ")
    documents = SimpleDirectoryReader(str(folder)).load_data()
    retriever = VectorStoreIndex.from_documents(documents, embed_model=embedding).as_retriever()

    def search(question):
        return [(found.metadata["file_name"], found.text) for found in retriever.retrieve(question)]

    return search
