"""What each verb takes."""

from __future__ import annotations

from kpitui.cli.arguments import Arguments, view_options
from kpitui.cli.importing import import_options
from kpitui.cli.rows import filter_options, output_options, rows_options, table_options


def taken_by(verb: str) -> Arguments:
    """What the verb takes."""
    taken = Arguments(verb)
    if verb not in _WITHOUT_REPORT:
        _report_option(taken)
    _OPTIONS[verb](taken)
    return taken


def _report_option(parser: Arguments) -> None:
    parser.option(
        "--report",
        "報告フォルダまたはKPIの表 (複数可: 一緒に読む)",
        "report folder or table of KPIs (repeatable: read together)",
        metavar="REPORT",
        action="append",
        default=[],
    )


def _facet_options(parser: Arguments) -> None:
    parser.option("column", "列のキー", "key of a column", metavar="COLUMN")
    parser.option("--table", "表 (既定: kpis)", "which table (default: kpis)", choices=("kpis", "projects"))
    view_options(parser)
    filter_options(parser)
    rows_options(parser)


def _show_options(parser: Arguments) -> None:
    parser.option(
        "id", "識別名。例 promotion-6 または promotion-6.3", "e.g. promotion-6 or promotion-6.3", metavar="ID"
    )
    output_options(parser, ("text", "json"))


def _overview_options(parser: Arguments) -> None:
    parser.option(
        "--rollup",
        "事業を達成と数える条件",
        "when a project counts as a success",
        choices=("all", "majority", "any"),
        default="all",
    )
    parser.option(
        "--plain", "棒や表を使わない (読み上げ用)", "no bars or grids, for a screen reader", action="store_true"
    )
    output_options(parser, ("text", "json"))


def _audit_options(parser: Arguments) -> None:
    table_options(parser)
    parser.option(
        "--fail-on",
        "この判定の事業があれば終了コード1 (カンマ区切り)",
        "exit code 1 if a project has this verdict (comma-separated)",
        metavar="VERDICT",
    )


def _compare_options(parser: Arguments) -> None:
    from kpitui.report.difference import CODES  # noqa: PLC0415 - no other verb compares

    parser.option(
        "earlier",
        "前の報告書: 報告フォルダ、またはKPIの表 (csv, tsv, parquet, json, ndjson, xlsx)",
        "the earlier report: a report folder, or a table of KPIs (csv, tsv, parquet, json, ndjson, xlsx)",
        metavar="A",
    )
    parser.option("later", "後の報告書: 同様", "the later report, likewise", metavar="B")
    parser.option(
        "--fail-on",
        f"この種類の違いがあれば終了コード1 (カンマ区切り): {' '.join(CODES)}",
        f"exit code 1 if there is such a difference (comma-separated): {' '.join(CODES)}",
        metavar="KIND",
    )
    rows_options(parser, ("table", "md", "json", "ndjson", "csv", "tsv", "xlsx"))


def _views_options(parser: Arguments) -> None:
    parser.option(
        "action",
        "list、show、check または questions",
        "list, show, check or questions",
        nargs="?",
        choices=("list", "show", "check", "questions"),
        default="list",
    )
    parser.option("names", "ビューの名前またはファイル", "views, by name or file", nargs="*", metavar="NAME|FILE")
    parser.option("--views", "ビューを置くフォルダ", "a folder of views", metavar="DIR", action="append", default=[])


def _config_options(parser: Arguments) -> None:
    parser.option("action", "show または path", "show or path", nargs="?", choices=("show", "path"), default="show")
    parser.option("--format", "形式", "format", choices=("table", "json"), default="table")


def _completion_options(parser: Arguments) -> None:
    parser.option("shell", "シェル", "the shell", choices=("bash", "zsh", "fish"))


def _no_options(_: Arguments) -> None:
    """Of a verb that takes what everything takes."""


_OPTIONS = {
    "projects": table_options,
    "kpis": table_options,
    "overview": _overview_options,
    "audit": _audit_options,
    "checks": rows_options,
    "compare": _compare_options,
    "show": _show_options,
    "facets": _facet_options,
    "views": _views_options,
    "import": import_options,
    "config": _config_options,
    "completion": _completion_options,
    "man": _no_options,
}
_WITHOUT_REPORT = ("compare", "import", "config", "completion", "man")
