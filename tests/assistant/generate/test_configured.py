"""The environment decides whether a model words the answers; without one nothing of it is even loaded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from assistant.generate.configured import configured_writer
from corpus.errors import LanguageModelError
from tests.llm_server import SECRET
from tests.patience import PROCESS

ROOT = Path(__file__).parents[3]
LOADED = 'import sys, assistant.__main__; print([n for n in sys.modules if n.split(".")[0] in ("langchain", "openai")])'


def test_without_a_model_there_is_no_writer() -> None:
    assert configured_writer({"OPENAI_API_KEY": SECRET}) is None


def test_without_a_model_nothing_of_it_is_loaded() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED], cwd=ROOT, capture_output=True, text=True, timeout=PROCESS)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


@pytest.mark.parametrize(
    ("provider", "package"),
    [("ollama", "langchain-ollama"), ("anthropic", "langchain-anthropic"), ("bedrock", "langchain-aws")],
)
def test_a_provider_without_its_package_is_told_before_anything_is_opened(provider: str, package: str) -> None:
    """The package is the one that has the provider, whatever the two are called."""
    with pytest.raises(LanguageModelError, match=f"pip install {package},"):
        configured_writer({"RAPPORTEUR_LLM": f"{provider}:x", "RAPPORTEUR_LLM_KEY": SECRET})


def test_a_server_of_ones_own_is_not_asked_until_something_is() -> None:
    assert configured_writer({"RAPPORTEUR_LLM": "openai:x", "RAPPORTEUR_LLM_BASE_URL": "http://127.0.0.1:9/v1"})
