"""A question, sentences on what answers it, and how what is shown is held against what it cites."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise

from assistant import Answer
from tests.llm_server import Asked, Reply, Script

QUESTION = "2012年5月销毁了多少支枪支？"
#: Words of the paragraph that answers it, of another that is found with it, and a sentence that each supports.
DESTROYED, JOINED = "1,045", "109"
TRUE = "毒品和犯罪问题办公室于2012年5月参加了1,045支枪支的销毁工作。"
ALSO_TRUE = "缔约国数量又增加了18个，达到109个。"

Ask = Callable[..., list[Answer]]


def written(*sentences: tuple[str, str], form: bool = False) -> Script:
    """An answer of sentences; each cites the paragraph that holds some words, a number that is none, or nothing."""

    def number(asked: Asked, of: str) -> list[int]:
        return [asked.number(of)] if of in (DESTROYED, JOINED) else [int(of)] if of else []

    def script(asked: Asked) -> Reply:
        cited = [(text, number(asked, of)) for text, of in sentences]
        if form:
            return Reply(json.dumps({"sentences": [{"text": text, "citations": n} for text, n in cited]}))
        return Reply("\n".join(f"{text}{n or ''}" for text, n in cited))

    return script


def texts(answer: Answer) -> list[str]:
    return [sentence.text for sentence in answer.sentences]


def check_shown(answers: list[Answer], *allowed: str) -> None:
    """Every sentence of every answer is allowed or verbatim what it cites; every quote stands in its paragraph.

    What was shown once stays as it is while more comes.
    """
    for before, after in pairwise(answers):
        assert after.sentences[: len(before.sentences)] == before.sentences
        assert after.citations[: len(before.citations)] == before.citations
    for answer in answers:
        quotes = {citation.n: citation for citation in answer.citations}
        assert {n for sentence in answer.sentences for n in sentence.citations} == set(quotes)
        assert all(c.text[c.start : c.end] == c.quote and c.quote for c in answer.citations)
        for sentence in answer.sentences:
            assert sentence.citations
            assert sentence.text in allowed or any(sentence.text in quotes[n].quote for n in sentence.citations)
