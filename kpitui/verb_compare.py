"""`kpitui compare A B`: what differs between an earlier and a later report."""

from __future__ import annotations

import shutil
from argparse import Namespace
from pathlib import Path

from kpitui import deliver
from kpitui.errors import UsageError
from kpitui.output.comparison import pages, table
from kpitui.output.display import Display
from kpitui.output.files import Extract
from kpitui.report.compare import Comparison, compare
from kpitui.report.difference import CODES
from kpitui.report.open import open_report
from kpitui.text.nearest import unknown
from kpitui.text.prose import plain
from kpitui.text.wording import Both

_KIND = Both("違いの種類", "kind of difference")
_WIDEST = 120


def run(args: Namespace) -> int:
    """Compare two reports; 1 if a kind of difference to fail on is among what was found."""
    fatal = _fatal(args.fail_on)
    found = compare(open_report(Path(args.earlier)), open_report(Path(args.later)))
    code = _tell(found, args)
    return 1 if any(found.of(kind) for kind in fatal) else code


def _fatal(asked: str | None) -> list[str]:
    kinds = [each.strip() for each in asked.split(",")] if asked else []
    for kind in kinds:
        if kind not in CODES:
            raise UsageError(unknown(_KIND, kind, CODES))
    return kinds


def _tell(found: Comparison, args: Namespace) -> int:
    """A page for people; for programs a row for each difference."""
    if args.format not in ("table", "md"):
        return _rows(found, args)
    deliver.style(args)
    if args.format == "md":
        return deliver.data(pages.markdown(found, args.lang).encode(), args)
    width = min(shutil.get_terminal_size((80, 24)).columns, _WIDEST)
    lines = pages.page(found, args.lang, width, ascii_=bool(args.ascii))
    return deliver.data(f"{plain(lines)}\n".encode(), args)


def _rows(found: Comparison, args: Namespace) -> int:
    rows = table.table(found)
    source = None if args.no_meta else table.provenance(found, rows.height)
    return deliver.rows(Extract(rows, table.COLUMNS, Display(found.b, args.lang), source), args)
