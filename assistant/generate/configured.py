"""The writer that the environment asks for, loaded only where it asks for one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from assistant.generate.settings import MODEL, Settings
from corpus.errors import LanguageModelError

if TYPE_CHECKING:
    from assistant.generate.writing import Writer


def configured_writer(environment: Mapping[str, str]) -> Writer | None:
    """What words the answers; None where the environment names no language model.

    Raises:
        LanguageModelError: it names one that cannot be used.
    """
    settings = Settings.of(environment)
    if settings is None:
        return None
    from assistant.generate.writing import Writer

    return Writer(settings)


def none_configured() -> LanguageModelError:
    """What is wrong where a language model is to write, and the environment names none."""
    return LanguageModelError(
        "no language model to word the note",
        f"one in the environment, as {MODEL}=openai:gpt-5-mini",
        "set one up (docs/language-model.md), or have the note without",
        zh=f"没有配置语言模型，无法由其行文；应在环境变量{MODEL}中指定一个；请先配置，或不用语言模型生成参阅件",
    )
