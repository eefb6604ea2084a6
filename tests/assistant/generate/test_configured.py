"""The environment decides whether a model words the answers; without one nothing of it is even loaded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from assistant.generate.configured import configured_writer
from corpus.errors import LanguageModelError
from tests.llm_server import SECRET

ROOT = Path(__file__).parents[3]
LOADED = 'import sys, assistant.__main__; print([n for n in sys.modules if n.split(".")[0] in ("langchain", "openai")])'


def test_without_a_model_there_is_no_writer() -> None:
    assert configured_writer({"OPENAI_API_KEY": SECRET}) is None


def test_without_a_model_nothing_of_it_is_loaded() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


def test_a_model_that_cannot_be_used_is_told_before_anything_is_opened() -> None:
    with pytest.raises(LanguageModelError, match="pip install langchain-ollama"):
        configured_writer({"RAPPORTEUR_LLM": "ollama:qwen3:8b", "RAPPORTEUR_LLM_KEY": SECRET})
    assert configured_writer({"RAPPORTEUR_LLM": "openai:x", "RAPPORTEUR_LLM_BASE_URL": "http://127.0.0.1:9/v1"})
