"""``python -m eval``: how good search and answers are, measured on questions whose answers are known."""

from __future__ import annotations

import json
import logging
import os
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from assistant import Assistant
from assistant.generate.settings import MODEL
from corpus.commands import command_line, run
from corpus.errors import RapporteurError
from corpus.feedback import all_feedback
from corpus.home import BUNDLED_DATA, home_folder
from corpus.library import Library
from embeddings.model import Encoder
from eval import alignment, briefs, claims, ledger
from eval.baseline import BASELINE, Baseline
from eval.beir.aligned import read_aligned
from eval.beir.run import run_beir
from eval.beir.table import tables
from eval.briefs_apart import HALVES, apart, total
from eval.calibrate import calibrate_models, calibration_table, write_models
from eval.errors import DatasetError
from eval.figures import BY_KIND
from eval.from_feedback import question_lines, questions_from_feedback, write_new
from eval.gate import GATE, Gate, GateRow, hold, hold_part, read_gate
from eval.parts import PARTS
from eval.questions import QUESTIONS, TO_CHECK, read_questions
from eval.report.github import workflow_commands
from eval.report.summary import RELEASED, SUMMARY, Measured, summary, write_summary
from eval.report.table import by_kind, by_language, gate_rows, of_part
from eval.report.write import write_report
from eval.run import Run, judge_all
from eval.split import split_file
from eval.texts import texts_of_folder, texts_of_library


class _Mode(StrEnum):
    extractive = "extractive"
    llm = "llm"


application = command_line("eval", "Questions with known answers, asked and scored.")


@application.command("run")
def run_questions(
    gate: Annotated[bool, typer.Option("--gate", help="Fail where a figure is below its floor or fell.")] = False,
    questions: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Your own questions, about the documents of your library.")
    ] = None,
    report: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder for report.html, report.json and junit.xml.")
    ] = None,
    mode: Annotated[
        _Mode, typer.Option(help="Who words the answers: nobody, or the language model that RAPPORTEUR_LLM names.")
    ] = _Mode.extractive,
) -> None:
    """Ask every question of the evaluation set, score the answers, and write a report.

    The page of the application shows the figures of the project's own questions from then on, if they are quoted.
    """
    if gate and questions is not None:
        raise typer.BadParameter("found --gate with --questions; expected the project's own questions for the gate")
    if gate and mode is _Mode.llm:
        raise typer.BadParameter("found --gate with --mode llm; expected quotations, which the baseline is of")
    if mode is _Mode.llm and not os.environ.get(MODEL):
        raise typer.BadParameter(f"found --mode llm without {MODEL}; expected a model there (docs/language-model.md)")
    held = (Baseline.read(BASELINE), read_gate(GATE)) if gate else None
    done, measured = _ask(questions, worded=mode is _Mode.llm)
    if held:
        done = replace(done, gate=(*hold(done.judged, *held), *_held_parts(done, held[1])))
    splits = dict.fromkeys(each.outcome.question.split for each in done.judged)
    tables = [part for split in splits for part in (by_language(done, split), by_kind(done, split, BY_KIND))]
    tables += [of_part(name, figures) for name, figures in done.parts.items()]
    typer.echo("\n\n".join(tables))
    if report is not None:
        write_report(done, report)
        typer.echo(f"The report is in {report}", err=True)
    if questions is None and mode is _Mode.extractive:
        # The page shows how good the project is on its own questions, all of them: a file of other ones, or of a part
        # of them, says something else.
        _keep(done, measured)
    if held:
        typer.echo("\n" + (gate_rows(done.fallen) if done.fallen else "The gate passes."))
    if os.environ.get("GITHUB_ACTIONS") == "true":
        typer.echo("\n".join(workflow_commands(done)))
    if done.fallen:
        raise typer.Exit(1)


@application.command()
def accept() -> None:
    """Ask the project's own questions and make their figures the ones that later changes are held against.

    The page of the application shows them, as those of the release, where nobody ran the evaluation.
    """
    done, measured = _ask(None)
    gate = read_gate(GATE)
    rows = (*hold(done.judged, Baseline.of(done.judged), gate), *_held_parts(done, gate))
    done = replace(done, gate=rows)
    if done.fallen:
        typer.echo(gate_rows(done.fallen))
        raise typer.Exit(1)
    Baseline.of(each for each in done.judged if each.outcome.question.split == "test").write(BASELINE)
    write_summary(summary(done, replace(measured, origin="release")), RELEASED)
    typer.echo(by_language(done, "test"))


@application.command()
def split(
    questions: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Your own questions instead of the project's.")
    ] = None,
) -> None:
    """Put each question that is in no half yet into development or test, so that the halves are alike."""
    path = questions or QUESTIONS
    try:
        added = split_file(path)
    except DatasetError as error:
        raise _wrong_usage(error) from error
    typer.echo(f"{_questions(added)} of {path.name} put into a half")


@application.command()
def from_feedback(
    output: Annotated[
        Path | None, typer.Option("-o", metavar="FILE", help="A new file to write to instead of standard output.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Write also those whose gold a person must still set.")
    ] = False,
) -> None:
    """Make questions of what delegates said of answers, in the form that run --questions reads."""
    library = Library.open()
    found = questions_from_feedback(all_feedback(library), texts_of_library(library))
    written = [question for question in found if everything or question.kind != TO_CHECK]
    if not found:
        typer.echo("There is no feedback in the library yet, so there is nothing to write", err=True)
    if output is None:
        typer.echo(question_lines(written), nl=False)
    elif written:
        try:
            write_new(output, question_lines(written))
        except DatasetError as error:
            raise _wrong_usage(error) from error
        typer.echo(f"{_questions(len(written))} written to {output}", err=True)
    if left := len(found) - len(written):
        typer.echo(f"{_questions(left)} still to be checked left out; --all writes all", err=True)


@application.command("briefs")
def briefing_notes() -> None:
    """Write notes on the topics that thresholds are set on; show what each lacks and what is off topic."""
    assistant = Assistant.open(worded=False)
    for half in HALVES:
        found = list(apart(assistant, half))
        typer.echo("\n".join([half, *(each.line for each in found), total(found), ""]))


@application.command()
def beir(
    folders: Annotated[
        list[Path],
        typer.Argument(
            metavar="DIR", help="Folder with corpus.jsonl, queries.jsonl and qrels; or two, one a language."
        ),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
    parts: Annotated[bool, typer.Option("--parts", help="Score also with fewer parts of the scoring.")] = False,
    unanswerable: Annotated[
        bool,
        typer.Option("--unanswerable", help="Score abstention too: each query with its passages, and without them."),
    ] = False,
) -> None:
    """Score retrieval on a data set in BEIR form; on two folders with the same ids, within and across languages."""
    if len(folders) > 2:
        raise typer.BadParameter(f"found {len(folders)} folders; expected one, or two of the same ids")
    try:
        corpora = read_aligned(folders)
    except DatasetError as error:
        raise _wrong_usage(error) from error
    scores = run_beir(corpora, with_parts=parts, with_unanswerable=unanswerable)
    typer.echo(json.dumps(scores.to_dict(), ensure_ascii=False, indent=2) if as_json else tables(scores))


@application.command()
def calibrate(
    folders: Annotated[
        list[Path],
        typer.Argument(
            metavar="DIR", help="Two folders of one data set in BEIR form with the same ids, one a language."
        ),
    ],
) -> None:
    """Fit what says whether the documents answer anew, on development questions and a data set; show how well."""
    if len(folders) != 2:
        raise typer.BadParameter(f"found {len(folders)} folders; expected two of the same ids, one a language")
    try:
        corpora = read_aligned(folders)
    except DatasetError as error:
        raise _wrong_usage(error) from error
    fitted = calibrate_models(corpora)
    write_models({name: each.model for name, each in fitted.items()})
    typer.echo(calibration_table(fitted))


def _held_parts(done: Run, gate: Gate) -> list[GateRow]:
    floors = {"alignment": gate.alignment, "ledger": gate.ledger, "briefs": gate.briefs, "claims": gate.claims}
    return [row for name in PARTS for row in hold_part(done.parts.get(name, ()), floors[name])]


def _ask(own: Path | None, worded: bool = False) -> tuple[Run, Measured]:
    """Every question of a person's own file, or of the project's, asked of the library; and what was measured by it."""
    library = Library.open()
    try:
        # The project's questions are held against its documents before anything slow begins; a person's may be about
        # documents that only the library has.
        text_of = texts_of_folder(BUNDLED_DATA) if own is None else texts_of_library(library)
        question_set = read_questions(own or QUESTIONS, text_of)
        checked = question_set.checked()
    except DatasetError as error:
        raise _wrong_usage(error) from error
    if unknown := len(question_set.questions) - len(checked.questions):
        typer.echo(f"{_questions(unknown)} of {checked.path.name} still to be checked and not asked", err=True)
    assistant = Assistant.open(worded=worded)
    done = judge_all(assistant, checked, text_of)
    if own is None:
        parts = {
            "alignment": alignment.alignment_figures(assistant, alignment.read_gold()),
            "ledger": ledger.ledger_figures(assistant, ledger.read_gold()),
            "briefs": briefs.brief_figures(assistant, briefs.read_gold()),
            "claims": claims.claim_figures(library, Encoder.load(), claims.read_gold()),
        }
        done = replace(done, parts=parts)
    return done, Measured("run", assistant.model, len(library.documents()))


def _keep(done: Run, measured: Measured) -> None:
    """Leaves the summary that the page shows in the library's home; the run stands without it."""
    try:
        write_summary(summary(done, measured), home_folder() / SUMMARY)
    except RapporteurError as error:
        typer.echo(f"eval: {' '.join(str(error).split())}", err=True)


def _questions(count: int) -> str:
    return f"{count} question{'' if count == 1 else 's'}"


def _wrong_usage(error: DatasetError) -> typer.Exit:
    """The file is an argument, so that one which cannot be used is wrong usage."""
    typer.echo(f"eval: {' '.join(str(error).split())}", err=True)
    return typer.Exit(2)


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    run(application, "eval")
