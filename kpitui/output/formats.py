"""Rows as text or bytes: for people a table, for programs the registry's keys, ratios and null for missing."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import polars as pl

from kpitui.errors import UsageError
from kpitui.output.display import Display
from kpitui.report.columns import Column
from kpitui.text.cells import fit, width
from kpitui.text.wording import Both

_NO_XLSX = Both(
    "xlsx には追加のインストールが必要です: pip install 'kpitui[excel]'",
    "xlsx needs the extra: pip install 'kpitui[excel]'",
)


def render(frame: pl.DataFrame, columns: Sequence[Column], form: str, display: Display) -> bytes:
    """The columns of the frame in one of `names.FORMATS`; text is UTF-8. UsageError where xlsx lacks its library."""
    if form == "table":
        return _table(frame, columns, display).encode()
    if form == "md":
        return _markdown(frame, columns, display).encode()
    data = frame.select(each.key for each in columns)
    return _MACHINE[form](data)


def _table(frame: pl.DataFrame, columns: Sequence[Column], display: Display) -> str:
    """Columns aligned by cells, two blanks between them, heads first."""
    cells = _cells(frame, columns, display)
    heads = [each.label.say(display.lang) for each in columns]
    widths = [max(map(width, texts)) for texts in zip(heads, *cells, strict=True)]
    lines = (
        "  ".join(fit(text, wide, each.align) for text, wide, each in zip(row, widths, columns, strict=True)).rstrip()
        for row in [heads, *cells]
    )
    return "".join(f"{line}\n" for line in lines)


def _markdown(frame: pl.DataFrame, columns: Sequence[Column], display: Display) -> str:
    heads = [each.label.say(display.lang) for each in columns]
    rule = ["---:" if each.align == "right" else "---" for each in columns]
    rows = [heads, rule, *_cells(frame, columns, display)]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |\n" for row in rows)


def _cells(frame: pl.DataFrame, columns: Sequence[Column], display: Display) -> list[list[str]]:
    return [[display.cell(each, row) for each in columns] for row in frame.iter_rows(named=True)]


def _json(frame: pl.DataFrame) -> bytes:
    lines = ",\n".join(f"  {line}" for line in _json_lines(frame))
    return f"[\n{lines}\n]\n".encode() if lines else b"[]\n"


def _ndjson(frame: pl.DataFrame) -> bytes:
    return "".join(f"{line}\n" for line in _json_lines(frame)).encode()


def _json_lines(frame: pl.DataFrame) -> Iterable[str]:
    return (json.dumps(row, ensure_ascii=False) for row in frame.iter_rows(named=True))


def _separated(separator: str) -> Callable[[pl.DataFrame], bytes]:
    def write(frame: pl.DataFrame) -> bytes:
        buffer = io.StringIO()
        writer = csv.writer(buffer, delimiter=separator, lineterminator="\n")
        writer.writerow(frame.columns)
        writer.writerows([_flat(value) for value in row] for row in frame.iter_rows())
        return buffer.getvalue().encode()

    return write


def _flat(value: Any) -> Any:
    """Codes parted by blanks; what is nested deeper as JSON."""
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return " ".join(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


def _toml(frame: pl.DataFrame) -> bytes:
    """Rows as [[row]]; TOML has no null, so a missing value has no key."""
    import tomli_w  # noqa: PLC0415 - only this format needs it

    rows = [{key: value for key, value in row.items() if value is not None} for row in frame.iter_rows(named=True)]
    return tomli_w.dumps({"row": rows}).encode()


def _parquet(frame: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.write_parquet(buffer)
    return buffer.getvalue()


def _without_nesting(frame: pl.DataFrame) -> pl.DataFrame:
    nested = [name for name, dtype in frame.schema.items() if dtype.is_nested()]
    return frame.with_columns(pl.Series(name, [_flat(value) for value in frame[name]], pl.String) for name in nested)


def _xlsx(frame: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    try:
        _without_nesting(frame).write_excel(buffer, freeze_panes=(1, 0))
    except ModuleNotFoundError:
        raise UsageError(_NO_XLSX) from None
    return buffer.getvalue()


_MACHINE: dict[str, Callable[[pl.DataFrame], bytes]] = {
    "csv": _separated(","),
    "tsv": _separated("\t"),
    "json": _json,
    "ndjson": _ndjson,
    "toml": _toml,
    "parquet": _parquet,
    "xlsx": _xlsx,
}
