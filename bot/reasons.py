"""Coded reasons that officers choose from: for refusing a report, and for closing one without a photo."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pydantic import Field

from bot.content.fields import Bilingual, BilingualLabel, Code, Entry, repeated
from bot.content.files import ContentError, read_yaml


class Reason(Entry):
    """`label` is the officer's button, `text` what the citizen reads."""

    code: Code
    label: BilingualLabel
    text: Bilingual


class RejectReason(Reason):
    """`where` is where to go instead; the officer may edit it before it is sent."""

    where: Bilingual


class _File(Entry):
    reject: tuple[RejectReason, ...] = Field(min_length=1)
    no_photo: tuple[Reason, ...] = Field(min_length=1)


class Reasons:
    """Both lists, in the order of their buttons."""

    def __init__(self, reject: Sequence[RejectReason], no_photo: Sequence[Reason]) -> None:
        self.reject = tuple(reject)
        self.no_photo = tuple(no_photo)
        self._reject = {reason.code: reason for reason in reject}
        self._no_photo = {reason.code: reason for reason in no_photo}

    def rejecting(self, code: str) -> RejectReason:
        """Raises KeyError."""
        return self._reject[code]

    def without_photo(self, code: str) -> Reason:
        """Raises KeyError."""
        return self._no_photo[code]


def load_reasons(content_dir: Path) -> Reasons:
    """Reads reasons.yaml. Raises ContentError."""
    document = read_yaml(content_dir / "reasons.yaml")
    file = document.validate(_File)
    faults = repeated(document, [reason.code for reason in file.reject], "reject")
    faults += repeated(document, [reason.code for reason in file.no_photo], "no_photo")
    if faults:
        raise ContentError(faults)
    return Reasons(file.reject, file.no_photo)
