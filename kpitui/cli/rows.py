"""The options of verbs that select and write rows."""

from __future__ import annotations

from collections.abc import Sequence

from kpitui.cli.arguments import Arguments, view_options
from kpitui.cli.numbers import at_least
from kpitui.output.names import ENCODINGS, FORMATS

_FILTERS = (
    ("verdict", "監査: consistent depends disagrees unrated", "audit: consistent depends disagrees unrated"),
    ("status", "状況: met missed worsened unmeasured", "status: met missed worsened unmeasured"),
    ("rating", "評価: 語または順位 1–4", "rating: words or rank 1–4"),
    ("direction", "今後: 語", "direction: words"),
    ("grant", "交付金: promotion facility", "grant: promotion facility"),
    ("unit", "単位", "unit"),
)


def table_options(parser: Arguments) -> None:
    """The options of a whole table: which rows, in what order, which columns, and how they are written."""
    view_options(parser)
    filter_options(parser)
    parser.option("--sort", "並べ替え。例 -progress,name (- は降順)", "sort keys, e.g. -progress,name (- = descending)")
    parser.option("--columns", "列 (カンマ区切り)", "columns, comma-separated")
    parser.option("--limit", "最大の行数", "at most so many rows", type=at_least(0, "count"))
    rows_options(parser)


def filter_options(parser: Arguments) -> None:
    """The options that narrow rows."""
    for key, ja, en in _FILTERS:
        parser.option(
            f"--{key}",
            f"{ja} (カンマ区切り、複数可)",
            f"{en} (comma-separated, repeatable)",
            action="append",
            default=[],
        )
    parser.option("--search", "語を含む行", "rows that hold this text")
    parser.option(
        "--where",
        "polars SQLの式。例 'progress < 0.5'",
        "polars SQL expression, e.g. 'progress < 0.5'",
        metavar="EXPR",
    )


def output_options(parser: Arguments, formats: Sequence[str] = FORMATS) -> None:
    """The options of whatever writes something."""
    parser.option(
        "--format",
        f"形式 (既定: --output の拡張子、なければ {formats[0]})",
        f"format (default: by the ending of --output, else {formats[0]})",
        choices=formats,
    )
    parser.set_defaults(formats=formats)
    parser.option("--output", "標準出力の代わりに書くファイル", "write to this file instead of stdout", metavar="FILE")
    parser.option("--force", "既存のファイルを置き換える", "replace an existing file", action="store_true")


def rows_options(parser: Arguments, formats: Sequence[str] = FORMATS) -> None:
    """The options of whatever writes rows."""
    output_options(parser, formats)
    parser.option(
        "--bom", "csv・tsvの先頭にBOMを置く (Excel用)", "a BOM before csv and tsv, for Excel", action="store_true"
    )
    parser.option(
        "--encoding",
        "csv・tsvの文字コード (既定: utf-8)",
        "encoding of csv and tsv (default: utf-8)",
        choices=ENCODINGS,
        default=ENCODINGS[0],
    )
    _cell_options(parser)
    parser.option(
        "--no-meta",
        "出典 (FILE.meta.toml など) を書かない",
        "do not write where the rows come from (FILE.meta.toml and the like)",
        action="store_true",
    )


def _cell_options(parser: Arguments) -> None:
    parser.option(
        "--words",
        "csv・tsv・xlsxの見出しと符号を画面の言葉で",
        "heads and codes of csv, tsv and xlsx in words, as on screen",
        action="store_true",
    )
    parser.option(
        "--safe",
        "表計算が数式とみなす文の前に ' を置く (csv・tsv。ファイルでは既定)",
        "a ' before texts that a spreadsheet would run (csv, tsv; in files the default)",
        action="store_true",
    )
    parser.option(
        "--raw",
        "ファイルでも文をそのまま書く (csv・tsv)",
        "texts as they are in files, too (csv, tsv)",
        action="store_true",
    )
