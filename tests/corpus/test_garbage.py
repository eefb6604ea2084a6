"""Garbage is looked for seldom while a program loads, and later in what came since."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from corpus.garbage import COLLECTED_AFTER
from tests.patience import PROCESS

ROOT = Path(__file__).parents[2]
# In a process of its own: what is kept there is kept for good.
CODE = """
import gc
from corpus.garbage import collect_seldom, keep_what_is_there
usual = gc.get_threshold()
collect_seldom()
print(gc.get_threshold()[0])
keep_what_is_there()
print(gc.get_threshold() == usual, gc.get_freeze_count() > 1000)
class Ring: pass
for _ in range(2 * usual[0]):
    ring = Ring(); ring.itself = ring
del ring
gc.collect()
print(sum(isinstance(each, Ring) for each in gc.get_objects()))
"""


def test_what_is_there_is_kept_and_what_comes_later_is_collected() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CODE], cwd=ROOT, capture_output=True, text=True, timeout=PROCESS, check=True
    )
    seldom, kept, left = done.stdout.splitlines()
    assert int(seldom) == COLLECTED_AFTER
    assert kept == "True True"
    assert left == "0"
