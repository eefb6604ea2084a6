"""What the page loads before it is there, and what it leaves for later or out."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.patience import PROCESS

ROOT = Path(__file__).parents[2]
# Prints how many stubs for editors are opened, and what is loaded then.
LOADING = """
import json, sys
stubs = []
sys.addaudithook(lambda event, given: event == "open" and str(given[0]).endswith(".pyi") and stubs.append(given[0]))
import {module}
loaded = sorted(sys.modules)
import gradio
from web.collation import collated
print(json.dumps({{
    "stubs": len(stubs), "loaded": loaded, "has_events": hasattr(gradio.Textbox, "change"),
    "collated": collated("枪支", "zh"),
}}))
"""


def loading(module: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", LOADING.format(module=module)],
        cwd=ROOT, capture_output=True, text=True, timeout=PROCESS, check=True,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def page() -> dict[str, Any]:
    return loading("web.application")


def test_gradio_makes_no_stubs_for_editors(page: dict[str, Any]) -> None:
    assert (page["stubs"], page["has_events"]) == (0, True)


def test_of_itself_gradio_makes_them() -> None:
    """Else there is nothing to leave out."""
    assert loading("gradio")["stubs"] > 0


def test_how_chinese_is_pronounced_is_loaded_where_something_is_put_in_order(page: dict[str, Any]) -> None:
    """Its tables take a third of a second."""
    assert "web.documents.table" in page["loaded"]
    assert "pypinyin" not in page["loaded"]
    assert page["collated"] == "qiang zhi"
