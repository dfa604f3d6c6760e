"""Measure kpitui against what there is: `.venv/bin/python tests/benchmarks/run.py [--sizes N,N] [--rounds N]`.

All contestants take turns in every round, so that a busy machine is busy for all of them; the medians of the
rounds are printed as ratios, in Markdown.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import bounds
import generated
import rivals
from measures import Place, Session
from platformdirs import user_cache_path

_SIZES = (82, 100_000, 1_000_000)
_NOBODYS = ("PYTHONDONTWRITEBYTECODE", "NO_COLOR", "_RJEM_MALLOC_CONF")
"""Variables of this session; the last one polars sets where it is imported, as it is here, for all that is started."""
_REST = 2.0
"""Seconds before each session: a processor that has just worked begins faster than one that has waited."""
_SWITCH = 0.0005
"""Seconds after which the thread that notes when bytes arrive gets its turn."""


def main() -> int:
    """Measure what the command line asks for, and print it."""
    args = _arguments()
    sys.setswitchinterval(_SWITCH)
    args.cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        place = Place(_environment(Path(home), args.cache), rivals.installed(args.cache))
        sessions = [each for each in _sessions(place, args.cache, args.sizes) if re.search(args.only, each.name)]
        figures, absent = _measured(sessions, args.rounds, place.rivals.missing)
    print("\n".join(_report(args, figures, absent)))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=_sizes, default=_SIZES, help="rows of the generated reports (%(default)s)")
    parser.add_argument("--rounds", type=int, default=5, help="how often everything is measured (%(default)s)")
    parser.add_argument("--only", default="", metavar="PATTERN", help="only sessions whose name matches this")
    cache = user_cache_path("kpitui-benchmarks")
    parser.add_argument("--cache", type=Path, default=cache, help="folder of data and rivals (%(default)s)")
    return parser.parse_args()


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(",") if part)


def _environment(home: Path, cache: Path) -> dict[str, str]:
    """Nobody's settings, a plain locale, and compiled modules kept, as they are where kpitui was installed."""
    folders = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("DATA", "CONFIG", "CACHE", "STATE")}
    kept = {name: value for name, value in os.environ.items() if name not in _NOBODYS}
    return kept | folders | {"LC_ALL": "C.UTF-8", "PYTHONPYCACHEPREFIX": str(cache / "compiled")}


def _sessions(place: Place, cache: Path, sizes: Sequence[int]) -> Iterator[Session]:
    yield from place.commands()
    yield from place.starts()
    for size in sizes:
        yield from place.sizes(generated.files(cache, size))


def _measured(
    sessions: Sequence[Session], rounds: int, missing: dict[str, str]
) -> tuple[dict[str, float], dict[str, str]]:
    """The medians of all figures after one round that does not count; and why sessions have none.

    Whoever does not want to wait for the rest of the rounds presses Ctrl-C.
    """
    absent = dict(missing)
    found: dict[str, list[float]] = defaultdict(list)
    with contextlib.suppress(KeyboardInterrupt):
        for turn, session in itertools.product(range(rounds + 1), sessions):
            if session.name in absent or session.name.partition(" ")[0] in missing:
                continue
            print(f"\rround {turn} of {rounds}: {session.name:32}", end="", file=sys.stderr, flush=True)
            time.sleep(_REST)
            _take(session, found if turn else defaultdict(list), absent)
    print(file=sys.stderr)
    return {name: statistics.median(values) for name, values in found.items()}, absent


def _take(session: Session, found: dict[str, list[float]], absent: dict[str, str]) -> None:
    try:
        for name, value in session.work().items():
            found[f"{session.name}: {name}"].append(value)
    except (EOFError, TimeoutError, OSError, subprocess.SubprocessError) as error:
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        said = lines[-1] if isinstance(error, EOFError) and lines else "".join(lines[:1])
        absent[session.name] = f"not yet: {said[:70]}"


def _report(args: argparse.Namespace, figures: dict[str, float], absent: dict[str, str]) -> Iterator[str]:
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}"
    yield f"Medians of {args.rounds} rounds, 80×24, {machine}; against {', '.join(rivals.WANTED)}.\n"
    held = bounds.startup()
    for size in args.sizes:
        held += bounds.of_size(size, args.sizes[0])
    yield from bounds.table(held, figures, absent)
    yield "\n| everything measured | |\n|---|---:|"
    for name, value in figures.items():
        yield f"| {name} | {bounds.worded(name, value)} |"
    for name, why in absent.items():
        yield f"| {name} | {why} |"


if __name__ == "__main__":
    sys.exit(main())
