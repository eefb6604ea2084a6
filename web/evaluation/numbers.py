"""Numbers and dates as each language writes them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from babel.dates import format_date, format_time
from babel.numbers import format_decimal, format_percent

from corpus.records import Language

#: The United Nations writes English dates the British way round.
LOCALES: Final[Mapping[Language, str]] = {"zh": "zh_Hans_CN", "en": "en_GB"}


def percent(share: float, language: Language) -> str:
    """A share to a tenth of a percent: ``89.8%``."""
    return str(format_percent(share, "0.0%", locale=LOCALES[language]))


def round_percent(share: float, language: Language) -> str:
    """A share in whole percent, which says 100% of nothing but all, and 0% of nothing but none."""
    shown = min(max(share, 0.01), 0.99) if 0 < share < 1 else share
    return str(format_percent(shown, "0%", locale=LOCALES[language]))


def decimal(value: float, language: Language) -> str:
    """A value to three decimals: ``0.928``."""
    return str(format_decimal(value, "0.000", locale=LOCALES[language]))


def whole(number: float, language: Language) -> str:
    """A number without decimals: ``1,205``."""
    return str(format_decimal(number, "#,##0", locale=LOCALES[language]))


def date(moment: datetime, language: Language) -> str:
    """The day in universal time: ``30 November 2026``."""
    return str(format_date(moment.astimezone(UTC), "long", locale=LOCALES[language]))


def time(moment: datetime, language: Language) -> str:
    """Hour and minute in universal time: ``09:05``."""
    return str(format_time(moment.astimezone(UTC), "HH:mm", locale=LOCALES[language]))
