"""Gradio is loaded without the stubs that it would read and write anew at each start."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import PROCESS

ROOT = Path(__file__).parents[3]
# Prints which stubs of Gradio's are opened, and that a component has its events nevertheless.
LOADING = """
import sys
opened = []
sys.addaudithook(lambda event, given: event == "open" and str(given[0]).endswith(".pyi") and opened.append(given[0]))
import {module}
import gradio
print(len(opened), hasattr(gradio.Textbox, "change"))
"""


@pytest.mark.parametrize(("module", "without"), [("web.programs.mount", True), ("gradio", False)])
def test_no_stub_is_opened(module: str, without: bool) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADING.format(module=module)],
        cwd=ROOT, capture_output=True, text=True, timeout=PROCESS, check=True,
    )  # fmt: skip
    opened, has_events = done.stdout.split()
    assert (opened == "0") is without
    assert has_events == "True"
