"""How the command lines end: the result on standard output, one line on standard error, exit code 0, 1 or 2."""

from __future__ import annotations

import os
import sys

import typer

from corpus.errors import RapporteurError


def command_line(name: str, help_text: str) -> typer.Typer:
    """A Typer application as every stage's ``__main__`` uses it."""
    return typer.Typer(
        name=name, help=help_text, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]}, rich_markup_mode=None,
    )  # fmt: skip


def run(application: typer.Typer, name: str) -> None:
    """Runs the application; a user's mistake becomes one line and exit code 1, never a traceback."""
    try:
        application(prog_name=f"python -m {name}")
    except RapporteurError as error:
        print(f"{name}: {' '.join(str(error).split())}", file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:
        # The reader of the output went away (… | head); Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
