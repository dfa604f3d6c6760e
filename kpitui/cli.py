"""The command line: what was asked for. What is done about it lies in `kpitui.verbs` and `kpitui.tui`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from kpitui import __version__
from kpitui.errors import KpituiError, UsageError
from kpitui.output.names import FORMATS
from kpitui.text.wording import Both, Lang, language

_EXAMPLES = Both(
    """例:
  kpitui                                          内蔵の報告書を開く (山口県 令和3年度)
  kpitui kpis --status missed,worsened            目標に届かなかったKPI
  kpitui kpis --status missed,worsened --format json
  kpitui projects --rating 3 --sort -cost         「効果があった」事業を金額の大きい順に
  kpitui show promotion-6.3                       一つの数値の根拠と出典行
  kpitui --view underperforming                   保存したビューで開く

動詞 (動詞なしは画面での閲覧):
  projects    事業の表
  kpis        KPIの表
  overview    交付金、状況別の件数、評価 × 今後
  show ID     一件の全文、原文のセル、出典行、計算の根拠
  facets 列   値と件数
  views       保存したビューの一覧、表示 (show)、照合 (check)
  import      公表文書を報告フォルダにする

動詞ごとの説明は kpitui 動詞 --help
終了コード: 0 正常、1 照合で相違または不正なデータ、2 使い方の誤り、3 入力がない・読めない、130 中断""",
    """Examples:
  kpitui                                          open the built-in report (Yamaguchi, fiscal 2021)
  kpitui kpis --status missed,worsened            the KPIs that fell short
  kpitui kpis --status missed,worsened --format json
  kpitui projects --rating 3 --sort -cost         projects rated third, most expensive first
  kpitui show promotion-6.3                       the working and the source line behind one figure
  kpitui --view underperforming                   open with a saved view

Verbs (without one, the browser opens):
  projects      the table of projects
  kpis          the table of KPIs
  overview      grants, counts by status, rating × direction
  show ID       one record in full, with raw cells, source lines and working
  facets COLUMN values with counts
  views         saved views: list, show, check
  import        a published document into a report folder

Every verb has its own --help.
Exit codes: 0 fine, 1 a check found something or the data are bad, 2 usage, 3 input missing or unreadable,
130 interrupted""",
)
_HELP = {
    "projects": Both("事業の表", "the table of projects"),
    "kpis": Both("KPIの表", "the table of KPIs"),
    "overview": Both("報告書の概要", "the report at a glance"),
    "show": Both("一件の全文と根拠", "one record in full, with its working"),
    "facets": Both("列の値と件数 (欠けている値も数える)", "a column's values with counts, missing ones too"),
    "views": Both("保存したビュー", "saved views"),
    "import": Both("公表文書を報告フォルダにする", "a published document into a report folder"),
}
VERBS = tuple(_HELP)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; argparse leaves with 2 by SystemExit."""
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        return _run(words)
    except KpituiError as error:
        print(f"kpitui: {error.say(_language(words))}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(words: list[str]) -> int:
    lang = _language(words)
    if words and words[0] in VERBS:
        from kpitui import verbs  # noqa: PLC0415 - polars takes 0.2 s, which --help need not wait for

        args = _verb_parser(words[0], lang).parse_args(words[1:])
        return verbs.RUN[words[0]](args)
    args = _browser_parser(lang).parse_args(words)
    return _browse(args)


def _browse(args: argparse.Namespace) -> int:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("no terminal here; for tables without a screen: kpitui projects, kpis, overview, show ID")
    if len(args.report) > 1:
        raise UsageError("one report at a time")
    from kpitui.tui.app import run  # noqa: PLC0415 - textual takes 0.2 s, which no other verb needs

    return run(args)


def _language(words: Sequence[str]) -> Lang:
    """The language of --help itself, which argparse prints before it has parsed anything."""
    for place, word in enumerate(words):
        chosen = word.removeprefix("--lang=") if word.startswith("--lang=") else ""
        if word == "--lang" and place + 1 < len(words):
            chosen = words[place + 1]
        if chosen in ("ja", "en"):
            return "ja" if chosen == "ja" else "en"
    return language()


class _Parser(argparse.ArgumentParser):
    """An argument parser whose own words follow the language, too."""

    def __init__(self, prog: str, lang: Lang, description: str) -> None:
        formatter = argparse.RawDescriptionHelpFormatter
        super().__init__(prog, description=description, formatter_class=formatter, add_help=False, allow_abbrev=False)
        self.lang = lang
        self._optionals.title = Both("オプション", "options").say(lang)
        self._positionals.title = Both("引数", "arguments").say(lang)
        self.option("-h", "--help", "この説明", "this help", action="help")
        self.option(
            "--lang",
            "表示の言語 (既定: LANG)",
            "language of the interface (default: LANG)",
            choices=("ja", "en"),
        )
        self.set_defaults(lang=lang)

    def option(self, *words: str, **settings: object) -> None:
        """Add an option or argument; the last two words are its help in Japanese and in English."""
        *names, ja, en = words
        self.add_argument(*names, help=Both(ja, en).say(self.lang), **settings)  # type: ignore[arg-type]

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n{self.format_usage()}")


def _browser_parser(lang: Lang) -> argparse.ArgumentParser:
    parser = _Parser("kpitui", lang, _EXAMPLES.say(lang))
    parser.option(
        "report",
        "報告フォルダ (既定: 内蔵の報告書)",
        "report folder (default: the built-in report)",
        nargs="*",
        metavar="REPORT",
    )
    parser.add_argument("--version", action="version", version=f"kpitui {__version__}")
    _view_options(parser)
    parser.option("--no-mouse", "マウスを使わない", "leave the mouse to the terminal", action="store_true")
    return parser


def _view_options(parser: _Parser) -> None:
    parser.option("--view", "ビューの名前またはファイル", "a saved view, by name or file", metavar="NAME|FILE")
    parser.option(
        "--views",
        "ビューを置くフォルダ (複数可)",
        "a folder of views (repeatable)",
        metavar="DIR",
        action="append",
        default=[],
    )


def _verb_parser(verb: str, lang: Lang) -> argparse.ArgumentParser:
    parser = _Parser(f"kpitui {verb}", lang, _HELP[verb].say(lang))
    if verb == "import":
        _import_options(parser)
        return parser
    parser.option("--report", "報告フォルダ", "report folder", metavar="FOLDER")
    _OPTIONS[verb](parser)
    return parser


def _import_options(parser: _Parser) -> None:
    parser.option("source", "公表文書のテキスト", "the published document's text", metavar="SOURCE")
    parser.option("--to", "書き出すフォルダ", "the folder to write", metavar="FOLDER", required=True)
    parser.option("--publisher", "公表者 (既定: 本文から推定)", "who published it (default: inferred)", metavar="NAME")
    parser.option("--id", "報告書の識別名 (既定: 推定)", "the report's id (default: inferred)", metavar="ID")


def _table_options(parser: _Parser) -> None:
    _view_options(parser)
    _filter_options(parser)
    parser.option("--sort", "並べ替え。例 -progress,name (- は降順)", "sort keys, e.g. -progress,name (- = descending)")
    parser.option("--columns", "列 (カンマ区切り)", "columns, comma-separated")
    parser.option("--limit", "最大の行数", "at most so many rows", type=_count)
    _output_options(parser)


def _filter_options(parser: _Parser) -> None:
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


_FILTERS = (
    ("status", "状況: met missed worsened unmeasured", "status: met missed worsened unmeasured"),
    ("rating", "評価: 語または順位 1–4", "rating: words or rank 1–4"),
    ("direction", "今後: 語", "direction: words"),
    ("grant", "交付金: promotion facility", "grant: promotion facility"),
    ("unit", "単位", "unit"),
)


def _output_options(parser: _Parser, formats: Sequence[str] = FORMATS) -> None:
    parser.option("--format", "形式", "format", choices=formats, default=formats[0])
    parser.option("--output", "標準出力の代わりに書くファイル", "write to this file instead of stdout", metavar="FILE")
    parser.option("--force", "既存のファイルを置き換える", "replace an existing file", action="store_true")


def _facet_options(parser: _Parser) -> None:
    parser.option("column", "列のキー", "key of a column", metavar="COLUMN")
    parser.option("--table", "表 (既定: kpis)", "which table (default: kpis)", choices=("kpis", "projects"))
    _view_options(parser)
    _filter_options(parser)
    _output_options(parser)


def _show_options(parser: _Parser) -> None:
    parser.option(
        "id", "識別名。例 promotion-6 または promotion-6.3", "e.g. promotion-6 or promotion-6.3", metavar="ID"
    )
    _output_options(parser, ("text", "json"))


def _overview_options(parser: _Parser) -> None:
    _output_options(parser, ("text", "json"))


def _views_options(parser: _Parser) -> None:
    parser.option(
        "action",
        "list、show または check",
        "list, show or check",
        nargs="?",
        choices=("list", "show", "check"),
        default="list",
    )
    parser.option("names", "ビューの名前またはファイル", "views, by name or file", nargs="*", metavar="NAME|FILE")
    parser.option("--views", "ビューを置くフォルダ", "a folder of views", metavar="DIR", action="append", default=[])


_OPTIONS = {
    "projects": _table_options,
    "kpis": _table_options,
    "overview": _overview_options,
    "show": _show_options,
    "facets": _facet_options,
    "views": _views_options,
}


def _count(text: str) -> int:
    count = int(text)
    if count < 0:
        raise ValueError(text)
    return count


if __name__ == "__main__":
    sys.exit(main())
