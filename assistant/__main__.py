"""``python -m assistant``: ask a question, or search, from the command line."""

from __future__ import annotations

import json
import logging
import sys
from enum import StrEnum
from typing import Annotated

import typer

from assistant.answer import Answer, Citation
from assistant.engine import Assistant
from assistant.question import check_question
from corpus.commands import command_line, run
from corpus.records import Language

application = command_line("assistant", "Questions over the library, answered with citations.")

Question = Annotated[str, typer.Argument(help="What is asked, in Chinese or English.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
Documents = Annotated[list[str] | None, typer.Option("--doc", help="Keep to this document; may be given again.")]


class _Reader(StrEnum):
    zh = "zh"
    en = "en"


@application.command()
def ask(
    question: Question,
    as_json: AsJson = False,
    language: Annotated[_Reader | None, typer.Option(help="Language of labels; the question's own by default.")] = None,
    doc: Documents = None,
) -> None:
    """Answer a question in sentences cited to their paragraphs, or say that the documents do not."""
    check_question(question)
    reader: Language | None = None if language is None else ("zh" if language is _Reader.zh else "en")
    answer = _open().ask(question, language=reader, documents=doc or ())
    if as_json:
        typer.echo(json.dumps(answer.to_dict(), ensure_ascii=False, indent=2))
    else:
        _print(answer)


@application.command()
def search(
    question: Question,
    as_json: AsJson = False,
    k: Annotated[int, typer.Option("-k", min=1, max=1000, help="How many anchors.")] = 10,
    doc: Documents = None,
) -> None:
    """List the anchors that fit a question best, one hit an anchor, best first."""
    check_question(question)
    hits = _open().search(question, k, doc or ())
    if as_json:
        typer.echo(json.dumps({"hits": [hit.to_dict() for hit in hits]}, ensure_ascii=False, indent=2))
        return
    for hit in hits:
        typer.echo(f"{hit.score:.3f}  {hit.anchor}  {' '.join(hit.unit.text.split())[:100]}")


def _open() -> Assistant:
    # Loading the model takes seconds; a person at a terminal wants to know, a program does not.
    if sys.stderr.isatty():
        typer.echo("Opening the library and the model ...", err=True)
    return Assistant.open()


def _print(answer: Answer) -> None:
    if answer.abstained:
        typer.echo(answer.reason)
        typer.echo("可参阅的段落（不是答案）：" if answer.language == "zh" else "Leads, not an answer:")
        for lead in answer.leads:
            _print_source(lead)
        return
    for sentence in answer.sentences:
        typer.echo(sentence.text + "".join(f" [{n}]" for n in sentence.citations))
    typer.echo()
    for citation in answer.citations:
        _print_source(citation)


def _print_source(citation: Citation) -> None:
    symbol = f" {citation.document.symbol} ({citation.document.symbol_status})" if citation.document.symbol else ""
    typer.echo(f"[{citation.n}] {citation.document.title}{symbol}, {citation.label}  {citation.anchor}")
    for note in citation.standing:
        typer.echo(f"    {note}")


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    run(application, "assistant")
