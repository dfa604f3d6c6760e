import os
from pathlib import Path

import pytest
from made_documents import read_bytes, rows

from kpitui.errors import InputError, KpituiError, UsageError
from kpitui.sources.raw import child, limits, xls
from kpitui.sources.raw.kinds import Kind
from kpitui.sources.raw.model import Document
from kpitui.sources.raw.read import read


@pytest.mark.parametrize("url", ["https://example.jp/report.csv", "ftp://x/y", "file:///etc/passwd", "s3://bucket/x"])
def test_a_url_is_refused_with_what_to_do(url: str) -> None:
    with pytest.raises(UsageError, match="nothing is fetched from a URL; save the file and give its path"):
        read(Path(url))


@pytest.mark.parametrize("name", ["missing.csv", ".", "a\0b", "x" * 5000])
def test_what_cannot_be_opened_is_an_input_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read(tmp_path / name)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device here")
def test_a_file_without_end_is_refused() -> None:
    with pytest.raises(KpituiError, match=r"a file of more than 67,108,864 bytes is not read"):
        read(Path("/dev/zero"))


def test_the_format_is_told_by_the_bytes_not_by_the_name(tmp_path: Path) -> None:
    assert rows(read_bytes(tmp_path, b"a,b\n1,2\n", "x.xlsx")) == [("a", "b"), ("1", "2")]


@pytest.mark.parametrize(
    ("start", "kind"), [(b"\x1f\x8b\x08", "gzip"), (b"\x89PNG\r\n", "PNG"), (b"\x7fELF", "ELF"), (b"{\\rtf1", "RTF")]
)
def test_a_binary_file_named_csv_is_named_for_what_it_is(tmp_path: Path, start: bytes, kind: str) -> None:
    with pytest.raises(KpituiError, match=f"a {kind} file, which is not read as a table"):
        read_bytes(tmp_path, start + os.urandom(100), "x.csv")


def test_a_binary_file_of_no_known_kind_is_no_text(tmp_path: Path) -> None:
    with pytest.raises(KpituiError, match="not a text file"):
        read_bytes(tmp_path, b"a,b\n\x00\x01\x02\x03", "x.csv")


@pytest.mark.parametrize(
    ("raised", "expected"), [(MemoryError(), "of memory; save it in parts"), (IndexError("x"), "not built as xls is")]
)
def test_whatever_a_library_raises_is_one_sentence(
    raised: Exception, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(data: bytes, path: str, sheet: str | None) -> Document:
        raise raised

    monkeypatch.setattr(xls, "read", fail)
    with pytest.raises(KpituiError, match=expected):
        child.read(Kind.XLS, b"", "x", None)


def test_every_limit_is_a_positive_number() -> None:
    found = {name: getattr(limits, name) for name in dir(limits) if name.isupper() and not name.startswith("_")}
    assert all(isinstance(value, int) and value > 0 for value in found.values())
    assert "MOST_BYTES" in found
