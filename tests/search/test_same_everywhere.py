"""Two copies of the bot answer alike: nothing hangs on the order in which Python keeps a set."""

from __future__ import annotations

import os
import subprocess
import sys

from bot.settings import ROOT
from scripts.questions import read_questions


def test_every_process_answers_the_same() -> None:
    asked = "\n".join(question.text for question in read_questions()[::25])
    told = [
        subprocess.run(
            [sys.executable, "-m", "bot", "sort"],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            input=asked,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert told[0].count("\n") > 100
    assert told[0] == told[1]
