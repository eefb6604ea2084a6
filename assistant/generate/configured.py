"""The writer that the environment asks for, loaded only where it asks for one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from assistant.generate.settings import Settings

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
