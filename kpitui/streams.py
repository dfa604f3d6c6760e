"""Standard output and standard error, which may be a full disk or nothing at all.

--help waits for this module, so it imports little.
"""

from __future__ import annotations

import os
import sys

from kpitui.errors import InputError
from kpitui.text.wording import Both

TYPE_CHECKING = False  # see `kpitui.text.wording`
if TYPE_CHECKING:
    from types import TracebackType
    from typing import TextIO

_UNWRITABLE = Both("標準出力: 書き込めません: {error}", "standard output: cannot be written: {error}")
_CLOSED = Both("閉じられています", "it is closed")


class StandardOutput:
    """While something is written there: at the end all of it has been, else InputError.

    A reader that has gone away is none of that: BrokenPipeError stays as it is.
    """

    def __enter__(self) -> TextIO:
        if sys.stdout is None:  # as Python has it for a descriptor that was closed before
            raise InputError(_UNWRITABLE.format(error=_CLOSED))
        return sys.stdout

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if error is None:
            error = _unflushed()
        if isinstance(error, BrokenPipeError):
            raise error
        if isinstance(error, OSError):
            silence(sys.stdout)
            raise InputError(_UNWRITABLE.format(error=error.strerror or error)) from error


def _unflushed() -> OSError | None:
    try:
        sys.stdout.flush()
    except OSError as error:
        return error
    return None


def to_stderr(text: str) -> None:
    """Print it there; where there is no place for it, the exit code alone tells."""
    if sys.stderr is None:  # see above
        return
    try:
        print(text, file=sys.stderr, flush=True)
    except OSError:
        silence(sys.stderr)


def silence(stream: TextIO) -> None:
    """Lead a stream that takes nothing any more to nowhere: Python writes the rest of it at the end, and would fail."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
