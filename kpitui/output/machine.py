"""Rows for programs: JSON, one JSON object a line, TOML and Parquet."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

import polars as pl

from kpitui.output.provenance import Provenance
from kpitui.text.escaped import escaped, json_text


def json_list(frame: pl.DataFrame) -> bytes:
    """A list of objects, one a line; it has no place for more than the rows."""
    lines = ",\n".join(f"  {line}" for line in _json_lines(frame))
    return f"[\n{lines}\n]\n".encode() if lines else b"[]\n"


def json_lines(frame: pl.DataFrame) -> bytes:
    """One object a line."""
    return "".join(f"{line}\n" for line in _json_lines(frame)).encode()


def _json_lines(frame: pl.DataFrame) -> Iterable[str]:
    return (json_text(row) for row in frame.iter_rows(named=True))


def toml(frame: pl.DataFrame, source: Provenance | None) -> bytes:
    """[source], then rows as [[row]]; TOML has no null, so a missing value has no key."""
    import tomli_w  # noqa: PLC0415 - only this format needs it

    about = {"source": source.entries()} if source else {}
    rows = [_present(row) for row in frame.iter_rows(named=True)]
    return escaped(tomli_w.dumps({**about, "row": rows})).encode()


def _present(value: Any) -> Any:
    """Without keys whose value is missing, at any depth."""
    if isinstance(value, dict):
        return {key: _present(inner) for key, inner in value.items() if inner is not None}
    return [_present(inner) for inner in value] if isinstance(value, list) else value


def parquet(frame: pl.DataFrame, source: Provenance | None) -> bytes:
    """The frame with its types; where it comes from stands in the file's key-value metadata, as kpitui.*."""
    buffer = io.BytesIO()
    frame.write_parquet(buffer, metadata=source.texts() if source else None)
    return buffer.getvalue()
