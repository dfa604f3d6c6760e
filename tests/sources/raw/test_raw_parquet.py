import datetime as dt
import io
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_documents import is_read_or_refused, read_bytes, rows, said

from kpitui.errors import KpituiError, UsageError
from kpitui.sources.raw import apart
from kpitui.sources.raw.kinds import Kind


def parquet(frame: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.write_parquet(buffer)
    return buffer.getvalue()


DATA = parquet(
    pl.DataFrame(
        {
            "事業名": ["観光", None],
            "値": [1000.0, 0.1 + 0.2],
            "日": [dt.date(2022, 3, 31)] * 2,
            "可": [True, False],
            "列": [["a", "b"], None],
            "像": [b"\x00", None],
        }
    )
)


def test_names_are_the_first_row_and_values_are_text(tmp_path: Path) -> None:
    document = read_bytes(tmp_path, DATA)
    assert rows(document) == [
        ("事業名", "値", "日", "可", "列", "像"),
        ("観光", "1000", "2022-03-31", "TRUE", '["a", "b"]', ""),
        ("", "0.3", "2022-03-31", "FALSE", "", ""),
    ]
    assert [row.line for row in document.tables[0].rows] == [1, 2, 3]
    assert "columns of bytes are left blank: 像" in said(document)


def test_too_many_rows_are_refused_before_they_are_read(tmp_path: Path) -> None:
    data = parquet(pl.DataFrame({"a": pl.repeat("x", 5_000_000, eager=True)}))
    assert len(data) < 100_000
    with pytest.raises(KpituiError, match="more than 3,000,000 cells"):
        read_bytes(tmp_path, data)


def test_one_text_repeated_is_refused(tmp_path: Path) -> None:
    data = parquet(pl.DataFrame({"a": pl.repeat("x" * 100_000, 20_000, eager=True)}))
    with pytest.raises(KpituiError, match=r"too large|characters in all|broke off"):
        read_bytes(tmp_path, data)


def test_it_has_no_sheets(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="has no sheets"):
        read_bytes(tmp_path, DATA, sheet="x")


@settings(max_examples=20, deadline=None)
@given(
    damage=st.lists(st.tuples(st.integers(4, 100_000), st.integers(0, 255)), min_size=1, max_size=20),
    length=st.integers(4, len(DATA)),
)
def test_a_damaged_file_is_read_or_refused(damage: list[tuple[int, int]], length: int) -> None:
    data = bytearray(DATA[:length])
    for place, value in damage:
        data[4 + place % max(len(data) - 4, 1) : 5 + place % max(len(data) - 4, 1)] = bytes([value])
    is_read_or_refused(apart.read, Kind.PARQUET, bytes(data), "x", None)
