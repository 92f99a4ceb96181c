"""A process on a core of its own, and what it has cost so far."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Self

ROOT = Path(__file__).resolve().parent.parent
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
STOP_SECONDS = 10.0


class Process:
    """`python -m <module> <arguments>`, all its threads on one core, stopped by SIGTERM on leaving."""

    def __init__(
        self,
        module: str,
        arguments: Sequence[str] = (),
        *,
        core: int,
        environment: Mapping[str, str] | None = None,
        log: Path | None = None,
    ) -> None:
        self._log = log.open("ab") if log else None
        self._popen = subprocess.Popen(
            ["taskset", "-c", str(core), sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            env=_clean(environment or {}),
            stdout=subprocess.PIPE,
            stderr=self._log or subprocess.DEVNULL,
        )
        self.pid = self._popen.pid

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def line(self) -> bytes:
        """The next line of its standard output."""
        return self._output().readline()

    def stop(self) -> None:
        self._popen.send_signal(signal.SIGTERM)
        try:
            self._popen.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._popen.kill()
            self._popen.wait()
        self._output().close()
        if self._log:
            self._log.close()

    def cpu(self) -> float:
        """Seconds of CPU, user and system, of all its threads."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def rss(self) -> float:
        """Resident memory in MB (10⁶ bytes)."""
        return int(Path(f"/proc/{self.pid}/statm").read_text().split()[1]) * PAGE / 1e6

    def _output(self) -> IO[bytes]:
        assert self._popen.stdout is not None
        return self._popen.stdout


def _clean(extra: Mapping[str, str]) -> dict[str, str]:
    """This environment without the settings of a bot somebody runs here."""
    kept = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")
    return {name: os.environ[name] for name in kept if name in os.environ} | dict(extra)
