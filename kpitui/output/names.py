"""The formats' names and what can be asked of them, which the command line lists before anything heavy is imported."""

from __future__ import annotations

from typing import NamedTuple

FORMATS = ("table", "csv", "tsv", "json", "ndjson", "md", "toml", "parquet", "xlsx")
"""`table` and `md` are for people; the others use the registry's keys and keep missing values missing."""

FILES = ("csv", "xlsx", "md", "tsv", "json", "ndjson", "toml", "parquet")
"""The formats that are worth a file of their own, the most asked for first; each is also its file's ending."""

DELIMITED = ("csv", "tsv")
WORDED = ("csv", "tsv", "xlsx")
"""The formats whose heads and codes can be put into words."""

BINARY = ("parquet", "xlsx")
BESIDE = ("csv", "tsv", "json", "ndjson")
"""The formats with no place for where their rows come from, so that it stands in a file beside them."""

ENCODINGS = ("utf-8", "cp932")


class Style(NamedTuple):
    """How rows are written, where the format leaves a choice.

    `bom` and `encoding` are for csv and tsv. `safe` sets a quotation mark before their texts that a spreadsheet
    would run. `words` puts heads and codes of csv, tsv and xlsx as they read on screen.
    """

    bom: bool = False
    encoding: str = "utf-8"
    safe: bool = False
    words: bool = False


PLAIN = Style()
"""Keys and codes in UTF-8, every text as it is."""
