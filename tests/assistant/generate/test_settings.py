"""The environment to settings: what is taken, what is refused, and where a key may go."""

from __future__ import annotations

import pytest

from assistant.generate.settings import Limits, Settings
from corpus.errors import LanguageModelError
from tests.llm_server import SECRET

LOCAL = "http://127.0.0.1:8080/v1"


def test_without_a_model_there_are_no_settings() -> None:
    assert Settings.of({}) is None
    assert Settings.of({"OPENAI_API_KEY": SECRET, "RAPPORTEUR_HOME": "x"}) is None
    assert Settings.of({"RAPPORTEUR_LLM": "  ", "RAPPORTEUR_LLM_BASE_URL": LOCAL}) is None


def test_a_model_with_the_key_of_its_provider() -> None:
    settings = Settings.of({"RAPPORTEUR_LLM": "openai:gpt-5-mini", "OPENAI_API_KEY": SECRET})
    assert settings == Settings("openai:gpt-5-mini", key=SECRET)
    assert (settings.provider, settings.local, settings.judge, settings.rewrite) == ("openai", False, False, False)


def test_a_server_of_ones_own_is_never_sent_the_key_of_the_provider() -> None:
    given = {"RAPPORTEUR_LLM": "openai:qwen3:8b", "RAPPORTEUR_LLM_BASE_URL": f"{LOCAL}/", "OPENAI_API_KEY": SECRET}
    settings = Settings.of(given)
    assert settings is not None
    assert (settings.base_url, settings.key, settings.local) == (LOCAL, "", True)
    named = Settings.of({**given, "RAPPORTEUR_LLM_KEY": "of this server"})
    assert named is not None
    assert named.key == "of this server"


def test_what_the_model_is_to_do_besides() -> None:
    switches = {"RAPPORTEUR_LLM_JUDGE": "1", "RAPPORTEUR_LLM_REWRITE": "0", "RAPPORTEUR_LLM_CONTEXT": "900"}
    settings = Settings.of({"RAPPORTEUR_LLM": "ollama:qwen3:8b", **switches})
    assert settings is not None
    assert (settings.judge, settings.rewrite, settings.limits) == (True, False, Limits(context_tokens=900))


def test_the_limits_are_those_that_are_promised() -> None:
    limits = Limits()
    assert (limits.connect_s, limits.total_s, limits.retries) == (5, 60, 2)
    assert (limits.failures, limits.rest_s) == (5, 30)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"RAPPORTEUR_LLM": "gpt-5-mini"}, "RAPPORTEUR_LLM='gpt-5-mini'"),
        ({"RAPPORTEUR_LLM": "openai:"}, "RAPPORTEUR_LLM='openai:'"),
        ({"RAPPORTEUR_LLM": "openai:x"}, "without a key"),
        ({"RAPPORTEUR_LLM_URL": LOCAL}, "RAPPORTEUR_LLM_URL in the environment"),
        ({"RAPPORTEUR_LLM_JUDGE": "yes"}, "RAPPORTEUR_LLM_JUDGE='yes'"),
        ({"RAPPORTEUR_LLM_CONTEXT": "12"}, "RAPPORTEUR_LLM_CONTEXT='12'"),
        ({"RAPPORTEUR_LLM_CONTEXT": "many"}, "RAPPORTEUR_LLM_CONTEXT='many'"),
        *(
            ({"RAPPORTEUR_LLM_BASE_URL": url}, "no plain address")
            for url in (
                "127.0.0.1:8080", "ftp://host/v1", "http://", f"https://user:{SECRET}@host/v1",
                f"https://host/v1?key={SECRET}", "http://host:99999/v1", "http://[::1/v1",
            )
        ),
    ],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_without_saying_a_secret(wrong: dict[str, str], said: str) -> None:
    with pytest.raises(LanguageModelError) as refused:
        Settings.of({"RAPPORTEUR_LLM": "openai:x" if "RAPPORTEUR_LLM" in wrong else "ollama:x", **wrong})
    assert said in str(refused.value)
    assert SECRET not in str(refused.value)


def test_settings_shown_hold_no_key() -> None:
    assert SECRET not in repr(Settings("openai:x", key=SECRET))
