"""What cannot be used as it is set: the operator reads one line and no traceback."""

from __future__ import annotations

import os
from pathlib import Path


class UnusableError(Exception):
    """`str()` names the setting and says what to do."""


def check_data_dir(folder: Path) -> None:
    """Makes it and writes in it once. Raises UnusableError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".probe.{os.getpid()}"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise UnusableError(f"DATA_DIR {folder} cannot be written: {reason_of(error)}") from None


def reason_of(error: BaseException) -> str:
    """The heart of an error's text, short: without the driver's class, the statement and its hints."""
    if isinstance(error, OSError) and error.errno is not None and error.errno > 0:
        return os.strerror(error.errno)
    text = str(getattr(error, "orig", None) or error) or type(error).__name__
    return text.rpartition("'>: ")[2].splitlines()[0][:200]
