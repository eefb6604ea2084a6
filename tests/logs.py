"""What a test hears of the log: that of its own part alone, since a thread that an earlier test left may log too."""

from __future__ import annotations

import logging

import pytest


def told(caplog: pytest.LogCaptureFixture, *names: str) -> list[logging.LogRecord]:
    """The records of loggers of these names, and of what is below them."""
    return [record for record in caplog.records if f"{record.name}.".startswith(tuple(f"{name}." for name in names))]
