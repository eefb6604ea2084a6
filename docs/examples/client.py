"""Ask, follow up, show what is cited, list the documents: python docs/examples/client.py [ADDRESS]

Where there is a login: name and password in RAPPORTEUR_NAME and RAPPORTEUR_PASSWORD.
"""

import base64
import os
import sys

# Before the client is imported: it would otherwise tell its makers that it is used.
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"

from gradio_client import Client

address = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:7860/"
headers = {}
if name := os.environ.get("RAPPORTEUR_NAME"):
    said = f"{name}:{os.environ['RAPPORTEUR_PASSWORD']}"
    headers["authorization"] = "Basic " + base64.b64encode(said.encode()).decode()
# Nothing is downloaded, so the client needs no folder.
client = Client(address, verbose=False, download_files=False, headers=headers)


def show(answer: dict) -> None:
    """Prints an answer with its citations, or why there is none."""
    print(answer.get("understood", answer["question"]))
    if answer["abstained"]:
        print("  no answer:", answer["reason"])
    for sentence in answer["sentences"]:
        print(" ", sentence["text"], sentence["citations"])
    for citation in answer["citations"]:
        official = "" if citation["official"] else " (unofficial translation)"
        print(f"  [{citation['n']}] {citation['document']['title']}, {citation['label']}{official}")
        for note in citation["standing"]:
            print("     ", note)


first = client.predict(question="What does discussion point 10 of the report say?", api_name="/ask")
show(first)

# A follow-up takes the earlier results as they came.
second = client.predict(question="And the next point?", history=[first], api_name="/ask")
show(second)

cited = second["citations"][0]["anchor"]
unit = client.predict(anchor=cited, language="zh", before=0, after=0, api_name="/show_unit")
print(unit["label"], unit["text"])

for document in client.predict(language="en", api_name="/list_documents")["documents"]:
    print(document["id"], document["date"], document["title"], sep=" | ")

client.close()
