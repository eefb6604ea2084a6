"""The JSON of ask and search: exactly the keys of the contract, and values that JSON can hold."""

from __future__ import annotations

import json
from typing import Any

import pytest

from assistant import Assistant

ANSWER = ["question", "language", "mode", "abstained", "reason", "sentences", "citations", "leads", "timings_ms"]
CITATION = [
    "n", "anchor", "language", "label", "quote", "start", "end", "text", "document", "standing", "official", "score",
]  # fmt: skip
DOCUMENT = ["id", "title", "symbol", "symbol_status"]
HIT = ["anchor", "language", "score", "text"]


def check_citation(citation: dict[str, Any]) -> None:
    assert list(citation) == CITATION
    assert list(citation["document"]) == DOCUMENT
    assert citation["anchor"].split("#")[0] == citation["document"]["id"]
    assert citation["text"][citation["start"] : citation["end"]] == citation["quote"]
    assert isinstance(citation["score"], float)
    assert isinstance(citation["official"], bool)
    assert citation["document"]["symbol_status"] in {"confirmed", "inferred", "unknown"}
    assert citation["standing"]
    assert all(isinstance(note, str) for note in citation["standing"])


@pytest.mark.parametrize(
    ("question", "language", "abstained", "noted"),
    [
        ("第八次会议何时开幕？", "zh", False, False),
        # It is told that the paragraph may not answer.
        ("How many tracing requests did South Africa report?", "en", False, True),
        ("讨论要点10", "zh", False, False),
        ("法国的首都是哪里？", "zh", True, False),
        ("discussion point 52", "en", True, False),
    ],
)
def test_ask(assistant: Assistant, question: str, language: str, abstained: bool, noted: bool) -> None:
    answer = assistant.ask(question).to_dict()
    assert json.loads(json.dumps(answer, ensure_ascii=False, allow_nan=False)) == answer
    assert list(answer) == [*ANSWER, *(["notes"] if noted else [])]
    assert all(isinstance(note, str) and note for note in answer.get("notes", ()))
    assert (answer["question"], answer["language"], answer["mode"]) == (question, language, "extractive")
    assert answer["abstained"] is abstained
    assert isinstance(answer["reason"], str) is abstained
    assert bool(answer["citations"]) is bool(answer["sentences"]) is not abstained
    assert bool(answer["leads"]) is abstained
    for sentence in answer["sentences"]:
        assert list(sentence) == ["text", "citations"]
        assert all(isinstance(n, int) for n in sentence["citations"])
    for citation in [*answer["citations"], *answer["leads"]]:
        check_citation(citation)
    assert all(ms >= 0 for ms in answer["timings_ms"].values())


def test_search(assistant: Assistant) -> None:
    hits = [hit.to_dict() for hit in assistant.search("加密货币", 10)]
    assert json.loads(json.dumps(hits, ensure_ascii=False, allow_nan=False)) == hits
    assert [list(hit) for hit in hits] == [HIT] * 10
    assert hits[0]["anchor"] == "cop10-2020-draft-resolution#op14"
    assert "加密货币" in hits[0]["text"]
    assert len({hit["anchor"] for hit in hits}) == 10
    scores = [hit["score"] for hit in hits]
    assert scores == sorted(scores, reverse=True)
