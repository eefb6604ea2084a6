"""Virtual environments for systems that are measured and are no part of the project."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Mapping
from pathlib import Path


class NotMadeError(Exception):
    """An environment cannot be made here; says in a few words why."""


def environment(requirements: Path, folder: Path, pythons: Mapping[str, str], gpu_packages: bool = False) -> Path:
    """The interpreter of an environment that holds what a file of requirements pins; made if it is not there yet.

    Args:
        requirements: what to install. Its first line is a comment such as ``# Python 3.12``: what it needs to run on.
        folder: where it goes.
        pythons: interpreters by version; that of another version is called as is usual, ``python3.13`` for one.
        gpu_packages: whether it may hold builds for GPUs, several GB; on a machine where torch comes as a build for
            processors alone there are none.

    Raises:
        NotMadeError: the interpreter is of another version, or what is pinned cannot be installed.
    """
    text = requirements.read_text(encoding="utf-8")
    made = folder / "bin" / "python"
    mark = folder / "made"
    digest = hashlib.sha256(text.encode()).hexdigest()
    if mark.exists() and mark.read_text(encoding="ascii") == digest:
        return made
    wanted = text.partition("\n")[0].removeprefix("# Python ")
    python = pythons.get(wanted, f"python{wanted}")
    _expect_version(python, wanted)
    _said(python, "-m", "venv", "--clear", str(folder))
    install = (str(made), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(requirements))
    planned = json.loads(_said(*install, "--dry-run", "--report", "-"))["install"]
    gpu = sorted(each["metadata"]["name"] for each in planned if each["metadata"]["name"].startswith("nvidia-"))
    if gpu and not gpu_packages:
        raise NotMadeError(f"its packages bring {len(gpu)} builds for GPUs ({gpu[0]} …)")
    _said(*install)
    mark.write_text(digest, encoding="ascii")
    return made


def _expect_version(python: str, wanted: str) -> None:
    try:
        found = _said(python, "-c", "import sys; print(*sys.version_info[:2], sep='.')").strip()
    except (OSError, NotMadeError):
        found = "none"
    if found != wanted:
        raise NotMadeError(f"needs Python {wanted}, {python} is {found}")


def _said(*command: str) -> str:
    """What a command printed."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotMadeError((done.stderr.strip().splitlines() or ["it ended without a word"])[-1][:200])
    return done.stdout
