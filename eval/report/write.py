"""The report folder of a run."""

from __future__ import annotations

import json
from pathlib import Path

from eval.errors import DatasetError
from eval.report.junit import junit
from eval.report.page import page
from eval.run import Run


def write_report(run: Run, folder: Path) -> None:
    """Writes ``report.html``, ``report.json`` and ``junit.xml`` into a folder, which is made if need be.

    Raises:
        DatasetError: the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "report.html").write_text(page(run), encoding="utf-8")
        (folder / "report.json").write_text(
            json.dumps(run.to_dict(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
        (folder / "junit.xml").write_bytes(junit(run))
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise DatasetError(
            f"the report cannot be written to {folder}: {reason}", "a folder that can be written", "name another one"
        ) from error
