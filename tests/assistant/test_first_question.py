"""On a new machine all is made ready before the first question, and none waits for a dictionary to be written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from corpus.home import cache_folder
from tests.patience import PROCESS

ROOT = Path(__file__).parents[2]
# Words that no term of the glossary is made of, so that they are looked up.
QUESTIONS = ("关于玩具枪有什么规矩？", "Did anybody complain about the weather?")
ASKS = """
import json, sys
from pathlib import Path
from assistant import Assistant
cache = Path(sys.argv[1])
written = lambda: sorted([each.name, each.stat().st_mtime_ns] for each in cache.iterdir())
assistant = Assistant.open(progress=False)
opened = written()
for question in sys.argv[2:]:
    assistant.ask(question)
print(json.dumps([opened, written()]))
"""


def test_the_first_question_writes_nothing(built_home: Path, tmp_path: Path) -> None:
    cache = tmp_path / "rapporteur"
    cache.mkdir()
    for made in cache_folder().iterdir():
        if not made.name.startswith("dictionary"):
            (cache / made.name).symlink_to(made)
    done = subprocess.run(
        [sys.executable, "-c", ASKS, str(cache), *QUESTIONS],
        cwd=ROOT, env={**os.environ, "RAPPORTEUR_HOME": str(built_home), "XDG_CACHE_HOME": str(tmp_path)},
        capture_output=True, text=True, timeout=PROCESS, check=True,
    )  # fmt: skip
    opened, asked = json.loads(done.stdout)
    assert any(name.startswith("dictionary") for name, _ in opened)
    assert asked == opened
