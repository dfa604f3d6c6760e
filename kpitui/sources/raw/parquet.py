"""The table of a Parquet file: the names of its columns as row 1, then its rows."""

from __future__ import annotations

import io

from kpitui.errors import KpituiError, UsageError
from kpitui.sources.raw import archive, cellvalue, limits, sheets
from kpitui.sources.raw.limits import Allowance
from kpitui.sources.raw.model import Document, RawTable
from kpitui.text.wording import Both

_NAMES = Both("列名を1行目としました", "the names of the columns are row 1")
_BYTES = Both("文字でない列は空欄としました: {names}", "columns of bytes are left blank: {names}")
_LARGE = Both(
    "{path}: 展開すると大きすぎます ({size:,}バイト、{most:,}まで)",
    "{path}: too large when unpacked ({size:,} bytes, of {most:,})",
)


def read(data: bytes, path: str, sheet: str | None = None) -> Document:
    """The rows, a null as blank. Raises KpituiError where the file is damaged or too large."""
    if sheet is not None:
        raise UsageError(sheets.NO_SHEETS.format(path=path))
    import polars as pl  # noqa: PLC0415 - 0.2 s, in a process that may be here for something else

    try:
        lazy = pl.scan_parquet(io.BytesIO(data))
        schema = lazy.collect_schema()
        Allowance(path).check_size(lazy.select(pl.len()).collect().item() + 1, len(schema))
        frame = lazy.collect()
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        raise archive.damaged(path, error) from error
    _check_bytes(int(frame.estimated_size()), path)
    allowance = Allowance(path)
    rows = [allowance.row(1, [cellvalue.clean(name) for name in frame.columns])]
    rows += [allowance.row(line, list(map(cellvalue.text, row))) for line, row in enumerate(frame.iter_rows(), start=2)]
    binary = [name for name, kind in schema.items() if kind == pl.Binary]
    told = (_NAMES, _BYTES.format(names=", ".join(binary))) if binary else (_NAMES,)
    return Document(path, (RawTable("", tuple(rows)),), told)


def _check_bytes(size: int, path: str) -> None:
    if size > limits.MOST_UNPACKED:
        raise KpituiError(_LARGE.format(path=path, size=size, most=limits.MOST_UNPACKED))
