"""What `kpitui import` takes."""

from __future__ import annotations

from kpitui.cli.arguments import FREES_TO, Arguments
from kpitui.cli.numbers import year


def import_options(parser: Arguments) -> None:
    """A document and a folder, and how to read the one and write the other."""
    parser.option(
        "source",
        "公表文書 (txt, csv, tsv, xlsx, xls, parquet, pdf)。- は標準入力",
        "the published document (txt, csv, tsv, xlsx, xls, parquet, pdf); - is standard input",
        metavar="SOURCE",
    )
    parser.option("--to", "書き出すフォルダ", "the folder to write", metavar="FOLDER", required=True)
    _writing_options(parser)
    _map_options(parser)
    _reading_options(parser)
    _naming_options(parser)


def _writing_options(parser: Arguments) -> None:
    parser.option(
        "--dry-run",
        "書き出さず、列と行の読み方と確かでないことを表示",
        "write nothing: say how columns and rows are read, and what is uncertain",
        action=FREES_TO,
        nargs=0,
        default=False,
    )
    parser.option(
        "--datapackage",
        "フォルダに datapackage.json も書く。SOURCEが報告フォルダなら、その中にそれだけを書く",
        "write datapackage.json into the folder, too; if SOURCE is a report folder, only that, into it",
        action=FREES_TO,
        nargs=0,
        default=False,
    )


def _map_options(parser: Arguments) -> None:
    parser.option("--map", "列の対応表を読む", "read what the columns hold from a map", metavar="FILE")
    parser.option("--map-to", "列の対応表を編集用に書き出す", "write such a map, to be edited", metavar="FILE")


def _reading_options(parser: Arguments) -> None:
    parser.option(
        "--year",
        "読む年度 (既定: 実績のある最新の年度)",
        "the fiscal year to read (default: the latest with actuals)",
        metavar="YEAR",
        type=year,
    )
    parser.option("--sheet", "読むシート (既定: 全て)", "the sheet to read (default: all)", metavar="NAME")
    parser.option(
        "--encoding", "文字コード (既定: 推定)", "encoding of a text (default: told by its bytes)", metavar="NAME"
    )
    parser.option("--transpose", "行と列を入れ替える", "swap rows and columns", action="store_true")


def _naming_options(parser: Arguments) -> None:
    parser.option("--title", "題名 (既定: 表の上の文)", "the title (default: the text above the table)", metavar="TEXT")
    parser.option("--publisher", "公表者 (既定: 本文から推定)", "who published it (default: inferred)", metavar="NAME")
    parser.option("--id", "報告書の識別名 (既定: 推定)", "the report's id (default: inferred)", metavar="ID")
