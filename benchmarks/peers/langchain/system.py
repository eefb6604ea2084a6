"""LangChain as its tutorial on retrieval has it: text loader, recursive splitter (1,000, 200), FAISS, retriever."""

from pathlib import Path

from langchain_community.document_loaders import DirectoryLoader, TextLoader
from langchain_community.vectorstores import FAISS
from langchain_huggingface import HuggingFaceEmbeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter


def open_index(folder, model, home):
    documents = DirectoryLoader(str(folder), glob="*.txt", loader_cls=TextLoader).load()
    chunks = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200).split_documents(documents)
    embeddings = HuggingFaceEmbeddings(
        model_name=model, encode_kwargs={"prompt": "passage: "}, query_encode_kwargs={"prompt": "query: "}
    )
    retriever = FAISS.from_documents(chunks, embeddings).as_retriever()

    def search(question):
        return [(Path(found.metadata["source"]).name, found.page_content) for found in retriever.invoke(question)]

    return search
