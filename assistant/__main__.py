"""``python -m assistant``: ask a question, or search, from the command line."""

from __future__ import annotations

import json
import logging
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.alignment.command import register as register_compare
from assistant.answer import Answer, Citation
from assistant.briefing.command import register as register_brief
from assistant.citing import OFFICIAL, UNOFFICIAL
from assistant.generate.saying import REWRITTEN, about_the_model
from assistant.ledger.command import register as register_ledger
from assistant.question import check_question
from assistant.schedule import read_out
from corpus.commands import command_line, run
from corpus.garbage import collect_seldom
from corpus.records import LANGUAGES, Language

if TYPE_CHECKING:
    from assistant.engine import Assistant

application = command_line("assistant", "Questions over the library, answered with citations.")


class _Language(StrEnum):
    zh = "zh"
    en = "en"


Question = Annotated[str, typer.Argument(help="What is asked, in Chinese or English.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
Documents = Annotated[list[str] | None, typer.Option("--doc", help="Keep to this document; may be given again.")]

TextLanguages = Annotated[
    list[_Language] | None,
    typer.Option("--text-language", help="Keep to texts in this language; may be given again, for both."),
]

UNDERSTOOD: dict[Language, str] = {"zh": "问题理解为：", "en": "Understood as: "}
NAMES: dict[Language, dict[Language, str]] = {
    "zh": {"zh": "中文", "en": "英文"},
    "en": {"zh": "Chinese", "en": "English"},
}


@application.command()
def ask(
    question: Question,
    as_json: AsJson = False,
    language: Annotated[
        _Language | None, typer.Option(help="Language of labels; the question's own by default.")
    ] = None,
    doc: Documents = None,
    text_language: TextLanguages = None,
    both: Annotated[bool, typer.Option("--both", help="Show each cited paragraph in both languages.")] = False,
    after: Annotated[
        list[str] | None,
        typer.Option(metavar="QUESTION", help="An earlier question, which this one follows up; may be given again."),
    ] = None,
) -> None:
    """Answer a question in sentences cited to their paragraphs, or say that the documents do not.

    Earlier questions are given oldest first.
    """
    for each in (*(after or ()), question):
        check_question(each)
    reader: Language | None = None if language is None else _code(language)
    texts = [_code(each) for each in text_language or ()]
    assistant = _open()
    history: list[tuple[str, Answer]] = []
    for earlier in after or ():
        history.append((earlier, assistant.ask(earlier, history, reader, doc or (), texts)))
    answer = assistant.ask(question, history, reader, doc or (), texts)
    if as_json:
        typer.echo(json.dumps(answer.to_dict(), ensure_ascii=False, indent=2))
    else:
        _print(answer)
        for citation in (answer.citations or answer.leads) if both else ():
            _print_both(assistant, citation, answer.language)


@application.command()
def search(
    question: Question,
    as_json: AsJson = False,
    k: Annotated[int, typer.Option("-k", min=1, max=1000, help="How many anchors.")] = 10,
    doc: Documents = None,
    text_language: TextLanguages = None,
) -> None:
    """List the anchors that fit a question best, one hit an anchor, best first."""
    check_question(question)
    hits = _open().search(question, k, doc or (), languages=[_code(each) for each in text_language or ()])
    if as_json:
        typer.echo(json.dumps({"hits": [hit.to_dict() for hit in hits]}, ensure_ascii=False, indent=2))
        return
    for hit in hits:
        typer.echo(f"{hit.score:.3f}  {hit.anchor}  {' '.join(hit.unit.text.split())[:100]}")


register_compare(application)
register_brief(application)
register_ledger(application)


def _code(language: _Language) -> Language:
    return "zh" if language is _Language.zh else "en"


def _open() -> Assistant:
    # It is loaded where it is opened: other commands have no use for it.
    from assistant.engine import Assistant

    # Loading the model takes seconds; a person at a terminal wants to know, a program does not.
    if sys.stderr.isatty():
        typer.echo("Opening the library and the model ...", err=True)
    return Assistant.open(once=True)


def _print(answer: Answer) -> None:
    if answer.understood:
        typer.echo(f"{UNDERSTOOD[answer.language]}{answer.understood}\n")
    if answer.rewritten:
        typer.echo(f"{REWRITTEN.get(answer.language)}{answer.rewritten}\n")
    if answer.abstained:
        for line in (answer.reason, *answer.notes):
            typer.echo(line)
        typer.echo("可参阅的段落（不是答案）：" if answer.language == "zh" else "Leads, not an answer:")
        for lead in answer.leads:
            _print_source(lead, answer.language)
        return
    for sentence in answer.sentences:
        language = next((c.language for c in answer.citations if c.n in sentence.citations), answer.language)
        typer.echo(read_out(sentence.text, language) + "".join(f" [{n}]" for n in sentence.citations))
    for note in (*about_the_model(answer), *answer.notes):
        typer.echo(f"\n{note}")
    typer.echo()
    for citation in answer.citations:
        _print_source(citation, answer.language)


def _print_source(citation: Citation, reader: Language) -> None:
    symbol = f" {citation.document.symbol} ({citation.document.symbol_status})" if citation.document.symbol else ""
    typer.echo(f"[{citation.n}] {citation.document.title}{symbol}, {citation.label}  {citation.anchor}")
    for note in citation.standing:
        typer.echo(f"    {note}")
    if not citation.official:
        typer.echo(f"    {UNOFFICIAL.get(reader)}")


def _print_both(assistant: Assistant, citation: Citation, reader: Language) -> None:
    """The whole cited paragraph in each language it exists in, and which of them is official."""
    for language in LANGUAGES:
        evidence = assistant.evidence(citation.anchor, language, reader)
        if evidence.unit.language == language:
            status = OFFICIAL.get(reader) if evidence.official else UNOFFICIAL.get(reader)
            typer.echo(f"\n[{citation.n}] {NAMES[reader][language]} ({status})\n{evidence.unit.text}")


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    collect_seldom()
    run(application, "assistant")
