"""The library as a LangChain retriever, without a server: PYTHONPATH=. python docs/examples/langchain_retriever.py"""

from assistant import Assistant
from assistant.langchain import LibraryRetriever

retriever = LibraryRetriever(assistant=Assistant.open(), k=3)
for document in retriever.invoke("Which paragraph mentions cryptocurrencies?"):
    print(document.id, document.metadata["language"], document.page_content, sep=" | ")
