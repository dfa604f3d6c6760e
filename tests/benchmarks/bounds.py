"""What each figure may be at most, and the table that says what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

Figures = Mapping[str, float]
"""Medians by session and figure: "kpitui 1000000: sort"."""

_UNITS: Mapping[str, Callable[[float], str]] = {
    "s": lambda value: f"{value * 1000:,.0f} ms" if value < 10 else f"{value:,.1f} s",
    "B": lambda value: f"{value:,.0f} B" if value < 10_000 else f"{value / 1000:,.1f} KB",
    "MB": lambda value: f"{value / 1e6:,.0f} MB",
}
_EMPTY = "-"
_LARGE = 1_000_000
"""Rows from which on work on the whole table must keep up with polars; below, nothing of it can be felt."""


@dataclass(frozen=True)
class Bound:
    """A figure, what it is held against, and how many times that it may be.

    `against` names figures that are added up, each with its factor; without any, `limit` is in the figure's unit.
    `at_least` turns it round: the reference must be so many times the figure.
    """

    what: str
    figure: str
    limit: float
    against: tuple[tuple[float, str], ...] = ()
    unit: str = "s"
    at_least: bool = False

    def reference(self, figures: Figures) -> float:
        """What the figure is held against; KeyError names the figure that is not there."""
        return sum(factor * figures[name] for factor, name in self.against) if self.against else 1.0

    def ratio(self, figures: Figures) -> float:
        """How many times the reference the figure is, or the other way round."""
        figure, reference = figures[self.figure], self.reference(figures)
        return reference / max(figure, 1e-9) if self.at_least else figure / max(reference, 1e-9)

    def kept(self, figures: Figures) -> bool:
        """Whether the bound is kept."""
        ratio = self.ratio(figures)
        return ratio >= self.limit if self.at_least else ratio <= self.limit


def table(bounds: Sequence[Bound], figures: Figures, absent: Mapping[str, str]) -> Iterator[str]:
    """The bounds as lines of a Markdown table; what could not be measured says why, or that it is not there yet."""
    yield "| what | kpitui | against | ratio | bound | |"
    yield "|---|---:|---|---:|---:|---|"
    for bound in bounds:
        yield f"| {' | '.join([bound.what, *_cells(bound, figures, absent)])} |"


def worded(name: str, value: float) -> str:
    """A figure in the unit that its name tells."""
    unit = "MB" if name.endswith("memory") or name.startswith("frame") else "B" if name.endswith("bytes") else "s"
    return _UNITS[unit](value)


def _cells(bound: Bound, figures: Figures, absent: Mapping[str, str]) -> list[str]:
    show = _UNITS[bound.unit]
    limit = _limit(bound, show)
    try:
        ratio = bound.ratio(figures)
    except KeyError as missing:
        session = str(missing.args[0]).partition(":")[0]
        return [_EMPTY, _against(bound), _EMPTY, limit, absent.get(session, "not yet")]
    verdict = "ok" if bound.kept(figures) else "over"
    reference = f"{_against(bound)} ({show(bound.reference(figures))})" if bound.against else ""
    return [show(figures[bound.figure]), reference, f"{ratio:.2f}" if bound.against else "", limit, verdict]


def _against(bound: Bound) -> str:
    return " + ".join(f"{factor:g} × {name}" if factor != 1 else name for factor, name in bound.against)


def _limit(bound: Bound, show: Callable[[float], str]) -> str:
    sign = "≥" if bound.at_least else "≤"
    return f"{sign} {bound.limit:g} ×" if bound.against else f"{sign} {show(bound.limit)}"


def startup() -> list[Bound]:
    """What holds for the built-in report and for commands without a screen."""
    first, python, polars = "kpitui: first", "pass: seconds", "import polars: seconds"
    return [
        Bound("built-in report, first rows", first, 1.0, ((1, "visidata: first"),)),
        Bound("built-in report, first rows", first, 1.7, ((1, "floor: first"),)),
        Bound("the same, nothing kept", "kpitui anew: first", 1.0, ((1, "visidata: first"),)),
        Bound("the same, nothing kept", "kpitui anew: first", 1.7, ((1, "floor: first"),)),
        Bound("the same, nothing kept", "kpitui anew: first", 1.0, ((1, "floor with polars: first"),)),
        Bound("the same, a key pressed at once answered", "kpitui at once: answer", 1.7, ((1, "floor: first"),)),
        Bound("`kpis --format json`", "json: seconds", 1.3, ((1, polars),)),
        Bound("`--help`", "--help: seconds", 3.0, ((1, python),)),
        Bound("`--version`", "--version: seconds", 3.0, ((1, python),)),
        Bound("bytes, first screen", "kpitui: first bytes", 12_000, unit="B"),
        *_bytes("kpitui"),
    ]


def _bytes(session: str) -> list[Bound]:
    limits = {"arrow": 600, "page": 4_000, "idle": 0, "pointer": 0}
    return [Bound(f"bytes, {name}", f"{session}: {name} bytes", limit, unit="B") for name, limit in limits.items()]


def of_size(rows: int, smallest: int) -> list[Bound]:
    """What holds for a report of so many rows, next to the smallest of the generated ones."""
    me, raw = f"kpitui {rows}", f"polars {rows}"
    keys = [_same(name, me, smallest) for name in ("arrow", "arrow middle", "arrow end", "page", "end")]
    said = [
        Bound("first rows", f"{me}: first", 1.0, ((1, "kpitui anew: first"), (2, f"{raw}: read"))),
        Bound('a line says "loading"', f"{me}: loading", 1.0, ((1, "kpitui anew: first"),)),
        Bound("sort", f"{me}: sort", 3.0, ((1, f"{raw}: sort"),)),
        Bound("sort, faster than VisiData", f"{me}: sort", 30.0, ((1, f"visidata {rows}: sort"),), at_least=True),
        Bound("filter with facets", f"{me}: filter", 3.0, ((1, f"{raw}: filter"),)),
        Bound("filter with facets, seen", f"{me}: filter", 0.15),
        Bound("search, last letter", f"{me}: search", 2.0, ((1, f"{raw}: search"),)),
        Bound("memory", f"{me}: memory", 1.0, ((1.6, f"frame {rows}: bytes"), (1, "kpitui: memory")), "MB"),
    ]
    held = (said if rows >= _LARGE else []) + (keys if rows != smallest else [])
    return [_sized(bound, rows) for bound in held]


def _same(name: str, me: str, smallest: int) -> Bound:
    return Bound(f"{name}, the same at any size", f"{me}: {name}", 1.2, ((1, f"kpitui {smallest}: {name}"),))


def _sized(bound: Bound, rows: int) -> Bound:
    return Bound(
        f"{rows:,} rows: {bound.what}", bound.figure, bound.limit, bound.against, bound.unit, at_least=bound.at_least
    )
