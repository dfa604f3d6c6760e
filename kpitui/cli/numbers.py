"""Values that options take as numbers; argparse says that a value is wrong where one of these raises ValueError."""

from __future__ import annotations

TYPE_CHECKING = False  # see `kpitui.text.wording`
if TYPE_CHECKING:
    from collections.abc import Callable


def minutes(text: str) -> float:
    """A time longer than none."""
    number = float(text)
    if not 0 < number < float("inf"):
        raise ValueError(text)
    return number


def at_least(low: int, name: str) -> Callable[[str], int]:
    """Reads a whole number that is no smaller; `name` is what argparse calls it where it is not one."""

    def number(text: str) -> int:
        found = int(text)
        if found < low:
            raise ValueError(text)
        return found

    number.__name__ = name
    return number


def year(text: str) -> int:
    """A fiscal year: 2021, R3, 令和3年度."""
    from kpitui.sources.general.dates import whole  # noqa: PLC0415 - no other verb reads years

    found = whole(text)
    if found is None:
        raise ValueError(text)
    return found.year
