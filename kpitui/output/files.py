"""Rows into a file of their own, and beside it where they come from, if the format has no place for that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from kpitui import atomic
from kpitui.output.display import Display
from kpitui.output.formats import render
from kpitui.output.names import BESIDE, Style
from kpitui.output.provenance import Provenance, beside
from kpitui.report.column import Column


@dataclass(frozen=True, eq=False)
class Extract:
    """Rows to be written, their columns in order, and where they come from; `source` None leaves that unsaid."""

    frame: pl.DataFrame
    columns: Sequence[Column]
    display: Display
    source: Provenance | None

    def render(self, form: str, style: Style) -> bytes:
        """The rows in that format; errors as `formats.render`."""
        return render(self.frame, self.columns, form, self.display, style, self.source)


def beside_path(path: Path) -> Path:
    """The file that says where the rows of another come from."""
    return path.with_name(f"{path.name}.meta.toml")


def save(
    extract: Extract, path: Path, form: str, style: Style, *, replace: bool, ready: Callable[[], None] = lambda: None
) -> tuple[Path, ...]:
    """Write the rows to a file, with the file beside it where the format needs one; returns what was written.

    `ready` is called when all is worked out and nothing is written yet; what it raises ends it there.

    Raises ExistsError if either exists and may not be replaced, InputError where one cannot be written; then
    nothing is.
    """
    data = extract.render(form, style)
    files = {path: data}
    if extract.source and form in BESIDE and not atomic.is_stream(path):
        files[beside_path(path)] = beside(extract.source, path.name, data)
    ready()
    atomic.write_all(files, replace=replace)
    return tuple(files)
