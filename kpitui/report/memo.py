"""What was worked out of a report once and may be asked for again; it lives and dies with the report."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

_T = TypeVar("_T")


class Memo:
    """Results by kind and key, of each kind the latest few, since some are as long as the report.

    A report never changes, so nothing in here can be out of date. Threads may share it: two that ask for the same
    thing at once may both work it out, and neither waits for the other.
    """

    def __init__(self) -> None:
        self._kept: dict[str, OrderedDict[object, Any]] = {}
        self._lock = Lock()

    def get(self, kind: str, key: object, work: Callable[[], _T], most: int = 64) -> _T:
        """The result of that kind and (hashable) key, worked out unless it is kept; errors are not kept."""
        with self._lock:
            kept = self._kept.setdefault(kind, OrderedDict())
            if key in kept:
                kept.move_to_end(key)
                found: _T = kept[key]
                return found
        made = work()
        with self._lock:
            kept[key] = made
            while len(kept) > most:
                kept.popitem(last=False)
        return made

    def kept(self, kind: str, key: object) -> Any:
        """The result of that kind and key if it is kept, else None."""
        with self._lock:
            kept = self._kept.get(kind)
            return None if kept is None else kept.get(key)

    def latest(self, kind: str) -> tuple[Any, Any] | None:
        """The key and the result of that kind that were used last, if there are any."""
        with self._lock:
            kept = self._kept.get(kind)
            return next(reversed(kept.items())) if kept else None
