"""Keeps where the reader is, so that nothing is lost with the line: every few seconds, and at every end."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from kpitui.dataclass import dataclass
from kpitui.errors import InputError, KpituiError
from kpitui.report.open import open_reports
from kpitui.text.wording import Both
from kpitui.views import resume

if TYPE_CHECKING:
    from kpitui.report.model import Report
    from kpitui.views.history import Reading

_GONE = Both("前回の報告書を開けません: {error}", "the report read last cannot be opened: {error}")


@dataclass
class Keeper:
    """Writes where the reader is; what cannot be written is no trouble of the reader's.

    `reports` are the paths that are open, none for the built-in report.
    """

    path: Path
    reports: tuple[str, ...]
    _last: tuple[Reading, str] | None = None

    def __post_init__(self) -> None:
        self._lock = Lock()

    @classmethod
    def usual(cls, reports: tuple[str, ...]) -> Keeper:
        """For this reader's state folder; paths count from the folder that kpitui was started in."""
        return cls(resume.location(), tuple(str(Path(each).absolute()) for each in reports))

    def is_new(self, reading: Reading, report: Report) -> bool:
        """Whether there is something to keep."""
        return (reading, report.fingerprint) != self._last

    def keep(self, reading: Reading, report: Report) -> None:
        """Keep it, unless it is what was kept last."""
        with self._lock:
            if not self.is_new(reading, report):
                return
            try:
                resume.write(resume.Kept.of(reading, report, self.reports), self.path)
            except (KpituiError, OSError):
                return
            self._last = (reading, report.fingerprint)


@dataclass(frozen=True)
class Resumed:
    """A session to go on with: its report, where the reader was in it, and what must be said of that."""

    report: Report
    reports: tuple[str, ...]
    reading: Reading
    words: Both | None


def last() -> resume.Kept:
    """What was kept of the last session; InputError where there is none, KpituiError where it is damaged."""
    return resume.read(resume.location())


def resumed(kept: resume.Kept) -> Resumed:
    """The session with its report; InputError where that is gone, KpituiError where what was kept is damaged."""
    report = _opened(kept)
    return Resumed(report, kept.reports, *kept.reading(report, resume.location()))


def _opened(kept: resume.Kept) -> Report:
    try:
        return open_reports([Path(each) for each in kept.reports])
    except KpituiError as error:
        raise InputError(_GONE.format(error=error.sentence)) from None
