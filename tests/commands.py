"""A command line run in the process of the tests: the exit code and the output that a person would have.

Starting Python takes half a second, and eight with torch and the model; that each command works in a process of its
own is shown once for each.
"""

from __future__ import annotations

import io
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
import typer

from corpus.commands import run


def run_here(application: typer.Typer, name: str, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """What ``python -m name arguments`` gives with that home, by way of the same function."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    with pytest.MonkeyPatch.context() as process, redirect_stdout(out), redirect_stderr(err):
        process.setenv("RAPPORTEUR_HOME", str(home))
        process.setattr(sys, "argv", [name, *arguments])
        try:
            run(application, name)
        except SystemExit as left:
            code = int(left.code or 0)
    return subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())
