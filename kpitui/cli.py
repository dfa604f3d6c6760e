"""The command line: what was asked for. What is done about it lies in `kpitui.verbs` and `kpitui.tui`."""

from __future__ import annotations

import argparse
import gc
import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NoReturn

from kpitui import __version__, config, terminal
from kpitui.errors import KpituiError, UsageError
from kpitui.output.names import ENCODINGS, FORMATS
from kpitui.text.wording import Both, Lang

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

_EXAMPLES = Both(
    """例:
  kpitui                                          内蔵の報告書を開く (山口県 令和3年度)
  kpitui kpis --status missed,worsened            目標に届かなかったKPI
  kpitui kpis --status missed,worsened --format json
  kpitui projects --rating 3 --sort -cost         「効果があった」事業を金額の大きい順に
  kpitui audit --fail-on disagrees                評価が基準と一致しない事業があれば終了コード1
  kpitui show promotion-6.3                       一つの数値の根拠と出典行
  kpitui --view underperforming                   保存したビューで開く
  kpitui --resume                                 前回の続きから (回線が切れた後など)

動詞 (動詞なしは画面での閲覧):
  projects    事業の表
  kpis        KPIの表
  overview    状況別の件数、一致しない評価、評価 × 今後、支出、点検、交付金
  audit       公表された評価と、印字された基準が認める評価
  compare A B 前の報告書と後の報告書の違い
  checks      報告書そのものの点検
  show ID     一件の全文、原文のセル、出典行、計算の根拠
  facets 列   値と件数
  views       保存したビューの一覧、表示 (show)、照合 (check)
  import      公表文書を報告フォルダにする
  config      設定の値と由来 (show)、設定ファイルの場所 (path)

動詞ごとの説明は kpitui 動詞 --help
終了コード: 0 正常、1 照合で相違または不正なデータ、2 使い方の誤り、3 入力がない・読めない、130 中断""",
    """Examples:
  kpitui                                          open the built-in report (Yamaguchi, fiscal 2021)
  kpitui kpis --status missed,worsened            the KPIs that fell short
  kpitui kpis --status missed,worsened --format json
  kpitui projects --rating 3 --sort -cost         projects rated third, most expensive first
  kpitui audit --fail-on disagrees                exit code 1 if a rating disagrees with the printed criteria
  kpitui show promotion-6.3                       the working and the source line behind one figure
  kpitui --view underperforming                   open with a saved view
  kpitui --resume                                 go on where the last session ended, or was cut off

Verbs (without one, the browser opens):
  projects      the table of projects
  kpis          the table of KPIs
  overview      counts by status, what disagrees, rating × direction, spend, checks, grants
  audit         published ratings against what the printed criteria admit
  compare A B   what differs between an earlier and a later report
  checks        the report against itself
  show ID       one record in full, with raw cells, source lines and working
  facets COLUMN values with counts
  views         saved views: list, show, check
  import        a published document into a report folder
  config        settings and where they come from (show), the file's path (path)

Every verb has its own --help.
Exit codes: 0 fine, 1 a check found something or the data are bad, 2 usage, 3 input missing or unreadable,
130 interrupted""",
)
_HELP = {
    "projects": Both("事業の表", "the table of projects"),
    "kpis": Both("KPIの表", "the table of KPIs"),
    "overview": Both("報告書の概要", "the report at a glance"),
    "audit": Both("公表された評価と印字された基準の照合", "published ratings against the printed criteria"),
    "checks": Both(
        "報告書そのものの点検 (見つかれば終了コード1)", "the report against itself (exit code 1 if anything is found)"
    ),
    "compare": Both(
        "前の報告書と後の報告書の違い。事業とKPIは名称で対応づける",
        "what differs between an earlier and a later report; projects and KPIs are paired by name",
    ),
    "show": Both("一件の全文と根拠", "one record in full, with its working"),
    "facets": Both("列の値と件数 (欠けている値も数える)", "a column's values with counts, missing ones too"),
    "views": Both("保存したビュー", "saved views"),
    "import": Both("公表文書を報告フォルダにする", "a published document into a report folder"),
    "config": Both("設定の値と由来", "settings, and where each comes from"),
}
VERBS = tuple(_HELP)
_RESUME_ALONE = Both(
    "--resume は報告書、--view、--guest と一緒には使えません。前回の報告書をその続きから開きます",
    "--resume goes without a report, --view or --guest: it opens the last report where it was left",
)
_LEAST_MEMORY = 256
"""Megabytes that kpitui can begin in."""
_VALUED = ("--lang", "--ambiguous-width")
"""Options that every verb takes, with a value."""
_IN_JAPANESE = (
    (r"unrecognized arguments: (.+)", r"不明な引数: \1"),
    (r"the following arguments are required: (.+)", r"引数が足りません: \1"),
    (r"argument (.+?): expected one argument", r"\1: 値を一つ指定してください"),
    (r"argument (.+?): expected at least one argument", r"\1: 値を一つ以上指定してください"),
    (r"argument (.+?): ignored explicit argument (.+)", r"\1: 値 \2 は指定できません"),
    (r"argument (.+?): invalid choice: (.+) \(choose from (.+)\)", r"\1: \2 は選べません。選べるもの: \3"),
    (r"argument (.+?): invalid \w+ value: (.+)", r"\1: 値 \2 は正しくありません"),
)
"""What argparse says, as patterns, and the same in Japanese."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; argparse leaves with 2 by SystemExit."""
    words = list(sys.argv[1:] if argv is None else argv)
    served = "--guest" in words
    if served:
        from kpitui import guest  # noqa: PLC0415 - no other run has limits

        guest.begin()
    try:
        return _run(words)
    except KpituiError as error:
        from kpitui.outlet import told  # noqa: PLC0415 - what needs no error needs no cells

        said = _sayable(error, _language(words))
        said = guest.without_folders(said) if served else said
        print(f"kpitui: {told(said, ascii_only=_ascii(words))}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _sayable(error: KpituiError, lang: Lang) -> str:
    """The sentence in that language, in English where the locale has no letters for it."""
    said = error.say(lang)
    try:
        said.encode(sys.stderr.encoding)
    except UnicodeEncodeError:
        return error.say("en")
    return said


def _run(words: list[str]) -> int:
    lang, (verb, others) = _language(words), _parted(_with_minus(words))
    if not verb:
        return _browse(_settled(_parsed(_browser_parser(lang), others)))
    args = _settled(_parsed(_verb_parser(verb, lang), others))
    if getattr(args, "format", "") is None:
        args.format = _format_of(args.output, args.formats)
    return _verb(verb)(args)


def _verb(name: str) -> Callable[[argparse.Namespace], int]:
    """What does the verb's work; loading it takes 40 of 260 ms less where nothing that stays is looked at for waste."""
    gc.disable()
    from kpitui import verbs  # noqa: PLC0415 - polars takes 0.2 s, which --help need not wait for

    gc.freeze()
    gc.enable()
    return verbs.RUN[name]


def _parsed(parser: _Parser, words: list[str]) -> argparse.Namespace:
    """What the words ask for; what the parser itself says of them is in ASCII mode where that is asked for."""
    parser.ascii = _ascii(words)
    return parser.parse_args(words)


def _with_minus(words: list[str]) -> list[str]:
    """`--sort -cost` as `--sort=-cost`: argparse takes a word that begins with a minus for an option."""
    joined: list[str] = []
    for word in words:
        if joined and joined[-1] == "--sort" and word[:1] == "-":
            joined[-1] = f"--sort={word}"
        else:
            joined.append(word)
    return joined


def _settled(args: argparse.Namespace) -> argparse.Namespace:
    """The arguments with the configuration, and with what it says where the command line is silent."""
    given = {option.key: getattr(args, option.key, None) for option in config.OPTIONS}
    args.config = config.load(given)
    args.lang, args.ascii, args.views = args.config.language, args.config.ascii, args.config.views
    return args


def _format_of(output: str | None, formats: Sequence[str]) -> str:
    """The format that a file's ending names, else the usual one."""
    ending = os.path.splitext(output or "")[1].removeprefix(".").lower()  # noqa: PTH122 - pathlib is not imported for it
    return ending if ending in formats else formats[0]


def _parted(words: list[str]) -> tuple[str, list[str]]:
    """The verb, which only what every verb takes may stand before, and the other words; "" where there is no verb."""
    at = 0
    while at < len(words) and words[at].partition("=")[0] in ("--ascii", *_VALUED):
        at += 2 if words[at] in _VALUED else 1
    if at < len(words) and words[at] in VERBS:
        return words[at], [*words[:at], *words[at + 1 :]]
    return "", words


def _browse(args: argparse.Namespace) -> int:
    terminal.check(guest=args.guest)
    if args.resume and (args.report or args.view or args.guest):
        raise UsageError(_RESUME_ALONE)
    if args.guest:
        from kpitui import guest  # noqa: PLC0415

        args.guest = guest.Guest(args.guest_idle, args.guest_memory, args.guest_cpu)
        return guest.watched(lambda: _screen(args), args.guest, args.lang)
    return _screen(args)


def _screen(args: argparse.Namespace) -> int:
    gc.disable()  # until the first screen stands; 40 of 430 ms went into looking at what was being loaded
    from kpitui.tui.start import run  # noqa: PLC0415 - textual takes 0.2 s, which no other verb needs

    return run(args)


def _ascii(words: Sequence[str]) -> bool:
    """Whether ASCII mode is asked for, whether or not anything else can be read."""
    return "--ascii" in words or config.plainly()


def _language(words: Sequence[str]) -> Lang:
    """The language of --help itself, which argparse prints before it has parsed anything; the last --lang counts."""
    for before, word in reversed(list(pairwise(["", *words]))):
        chosen = f"--lang={word}" if before == "--lang" else word
        if chosen in ("--lang=ja", "--lang=en", "--lang=auto"):
            return config.spoken(chosen.removeprefix("--lang="))
    return config.spoken()


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help as wide as the terminal; argparse would import shutil, 2 ms, to ask how wide that is."""

    def __init__(self, prog: str, **settings: Any) -> None:
        super().__init__(prog, **{"width": _width() - 2, **settings})


class _JapaneseHelp(_Help):
    """Help whose usage is headed in Japanese."""

    def add_usage(
        self, usage: str | None, actions: Iterable[argparse.Action], groups: Any, prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, "使い方: " if prefix is None else prefix)


def _width() -> int:
    """What COLUMNS says, else what the terminal does; 80 where neither tells."""
    said = os.environ.get("COLUMNS", "")
    if said.isdecimal() and int(said):
        return int(said)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or 80  # type: ignore[union-attr]
    except (AttributeError, ValueError, OSError):
        return 80


class _Parser(argparse.ArgumentParser):
    """An argument parser whose own words follow the language, too."""

    def __init__(self, prog: str, lang: Lang, description: str) -> None:
        formatter = _JapaneseHelp if lang == "ja" else _Help
        super().__init__(prog, description=description, formatter_class=formatter, add_help=False, allow_abbrev=False)
        self.lang = lang
        self.ascii = False
        self._optionals.title = Both("オプション", "options").say(lang)
        self._positionals.title = Both("引数", "arguments").say(lang)
        self.option("-h", "--help", "この説明", "this help", action="help")
        self.option(
            "--lang",
            "表示の言語 (既定: LANG)",
            "language of the interface (default: LANG)",
            choices=("ja", "en", "auto"),
        )
        self.option(
            "--ascii",
            "幅の曖昧な文字を使わない (丸数字は (1)、矢印は ->、置き換えのない文字は ?)",
            "no characters of ambiguous width: (1) for a circled 1, -> for an arrow, ? for what has no likeness",
            action="store_true",
            default=None,
        )
        self.option(
            "--ambiguous-width",
            "端末が幅の曖昧な文字に使う桁数 (auto は端末にたずねる)",
            "cells that the terminal gives such characters (auto: ask it)",
            choices=config.option("ambiguous_width").choices,
        )

    def option(self, *words: str, **settings: object) -> None:
        """Add an option or argument; the last two words are its help in Japanese and in English."""
        *names, ja, en = words
        self.add_argument(*names, help=Both(ja, en).say(self.lang), **settings)  # type: ignore[arg-type]

    def error(self, message: str) -> NoReturn:
        from kpitui.text.cells import safe  # noqa: PLC0415

        told = safe(_in_japanese(message) if self.lang == "ja" else message)
        self.exit(2, f"{self.prog}: {told}\n{self.format_usage()}")

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        super()._print_message(_plain_ascii(message) if self.ascii else message, file)


def _plain_ascii(message: str) -> str:
    from kpitui.text.cells import plain_ascii  # noqa: PLC0415 - help need not wait for it

    return plain_ascii(message)


def _in_japanese(message: str) -> str:
    """What argparse says, in Japanese where it is one of the usual things."""
    found = ((re.fullmatch(pattern, message, re.DOTALL), japanese) for pattern, japanese in _IN_JAPANESE)
    return next((match.expand(japanese) for match, japanese in found if match), message)


def _browser_parser(lang: Lang) -> _Parser:
    parser = _Parser("kpitui", lang, _EXAMPLES.say(lang))
    parser.option(
        "report",
        "報告フォルダまたはKPIの表 (csv、parquet)。複数は一つの報告書として読む (既定: 内蔵の報告書)",
        "report folder or table of KPIs (csv, parquet); several are read as one (default: the built-in report)",
        nargs="*",
        metavar="REPORT",
    )
    parser.option(
        "--version",
        "版を表示して終了",
        "show program's version number and exit",
        action="version",
        version=f"kpitui {__version__}",
    )
    _view_options(parser)
    parser.option(
        "--no-mouse",
        "マウスを使わない",
        "leave the mouse to the terminal",
        dest="mouse",
        action="store_false",
        default=None,
    )
    parser.option(
        "--resume",
        "前回の続きから (終えた時も切れた時も)",
        "go on where the last session ended, or was cut off",
        action="store_true",
    )
    parser.option("--theme", "配色", "colours", choices=config.option("theme").choices)
    _guest_options(parser)
    return parser


def _guest_options(parser: _Parser) -> None:
    parser.option(
        "--guest",
        "客として読ませる (sshdのForceCommand用): サーバーのファイルを読み書きしない",
        "for guests, as sshd's ForceCommand: no file of the server is read or written for them",
        action="store_true",
    )
    parser.option(
        "--guest-idle",
        "客がキーを押さずにいられる分数 (既定: 15)",
        "minutes that a guest may be idle (default: 15)",
        metavar="MINUTES",
        type=minutes,
        default=15.0,
    )
    parser.option(
        "--guest-memory",
        "客一人のメモリーの上限MB (既定: 1024)",
        "megabytes of memory that a guest may use (default: 1024)",
        metavar="MB",
        type=_at_least(_LEAST_MEMORY, "megabytes"),
        default=1024,
    )
    parser.option(
        "--guest-cpu",
        "客一人の計算時間の上限秒 (既定: 600)",
        "seconds of computing that a guest may use (default: 600)",
        metavar="SECONDS",
        type=_at_least(1, "seconds"),
        default=600,
    )


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


def _verb_parser(verb: str, lang: Lang) -> _Parser:
    parser = _Parser(f"kpitui {verb}", lang, _description(verb, lang))
    if verb in _WITHOUT_REPORT:
        _WITHOUT_REPORT[verb](parser)
        return parser
    parser.option(
        "--report",
        "報告フォルダまたはKPIの表 (複数可: 一緒に読む)",
        "report folder or table of KPIs (repeatable: read together)",
        metavar="REPORT",
        action="append",
        default=[],
    )
    _OPTIONS[verb](parser)
    return parser


def _description(verb: str, lang: Lang) -> str:
    if verb != "config":
        return _HELP[verb].say(lang)
    from kpitui.output.settings import described  # noqa: PLC0415 - rich takes a while, and no other help needs it

    return f"{_HELP[verb].say(lang)}\n\n{described(lang)}"


class _WithoutTo(argparse.Action):
    """A flag that frees --to from being required: nothing is imported, or it need not be."""

    def __call__(self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, *_: object) -> None:
        setattr(namespace, self.dest, True)
        for action in parser._actions:  # argparse checks what is required after all flags are read
            if action.dest == "to":
                action.required = False


def _import_options(parser: _Parser) -> None:
    parser.option(
        "source",
        "公表文書 (txt, csv, tsv, xlsx, xls, parquet, pdf)。- は標準入力",
        "the published document (txt, csv, tsv, xlsx, xls, parquet, pdf); - is standard input",
        metavar="SOURCE",
    )
    parser.option("--to", "書き出すフォルダ", "the folder to write", metavar="FOLDER", required=True)
    parser.option(
        "--dry-run",
        "書き出さず、列と行の読み方と確かでないことを表示",
        "write nothing: say how columns and rows are read, and what is uncertain",
        action=_WithoutTo,
        nargs=0,
        default=False,
    )
    parser.option(
        "--datapackage",
        "フォルダに datapackage.json も書く。SOURCEが報告フォルダなら、その中にそれだけを書く",
        "write datapackage.json into the folder, too; if SOURCE is a report folder, only that, into it",
        action=_WithoutTo,
        nargs=0,
        default=False,
    )
    parser.option("--map", "列の対応表を読む", "read what the columns hold from a map", metavar="FILE")
    parser.option("--map-to", "列の対応表を編集用に書き出す", "write such a map, to be edited", metavar="FILE")
    parser.option(
        "--year",
        "読む年度 (既定: 実績のある最新の年度)",
        "the fiscal year to read (default: the latest with actuals)",
        metavar="YEAR",
        type=_year,
    )
    parser.option("--sheet", "読むシート (既定: 全て)", "the sheet to read (default: all)", metavar="NAME")
    parser.option(
        "--encoding", "文字コード (既定: 推定)", "encoding of a text (default: told by its bytes)", metavar="NAME"
    )
    parser.option("--transpose", "行と列を入れ替える", "swap rows and columns", action="store_true")
    parser.option("--title", "題名 (既定: 表の上の文)", "the title (default: the text above the table)", metavar="TEXT")
    parser.option("--publisher", "公表者 (既定: 本文から推定)", "who published it (default: inferred)", metavar="NAME")
    parser.option("--id", "報告書の識別名 (既定: 推定)", "the report's id (default: inferred)", metavar="ID")


def _year(text: str) -> int:
    """A fiscal year: 2021, R3, 令和3年度."""
    from kpitui.sources.general.dates import whole  # noqa: PLC0415 - no other verb reads years

    found = whole(text)
    if found is None:
        raise ValueError(text)
    return found.year


def _table_options(parser: _Parser) -> None:
    _view_options(parser)
    _filter_options(parser)
    parser.option("--sort", "並べ替え。例 -progress,name (- は降順)", "sort keys, e.g. -progress,name (- = descending)")
    parser.option("--columns", "列 (カンマ区切り)", "columns, comma-separated")
    parser.option("--limit", "最大の行数", "at most so many rows", type=_at_least(0, "count"))
    _rows_options(parser)


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
    ("verdict", "監査: consistent depends disagrees unrated", "audit: consistent depends disagrees unrated"),
    ("status", "状況: met missed worsened unmeasured", "status: met missed worsened unmeasured"),
    ("rating", "評価: 語または順位 1–4", "rating: words or rank 1–4"),
    ("direction", "今後: 語", "direction: words"),
    ("grant", "交付金: promotion facility", "grant: promotion facility"),
    ("unit", "単位", "unit"),
)


def _output_options(parser: _Parser, formats: Sequence[str] = FORMATS) -> None:
    parser.option(
        "--format",
        f"形式 (既定: --output の拡張子、なければ {formats[0]})",
        f"format (default: by the ending of --output, else {formats[0]})",
        choices=formats,
    )
    parser.set_defaults(formats=formats)
    parser.option("--output", "標準出力の代わりに書くファイル", "write to this file instead of stdout", metavar="FILE")
    parser.option("--force", "既存のファイルを置き換える", "replace an existing file", action="store_true")


def _rows_options(parser: _Parser, formats: Sequence[str] = FORMATS) -> None:
    """The options of whatever writes rows."""
    _output_options(parser, formats)
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
    parser.option(
        "--no-meta",
        "出典 (FILE.meta.toml など) を書かない",
        "do not write where the rows come from (FILE.meta.toml and the like)",
        action="store_true",
    )


def _facet_options(parser: _Parser) -> None:
    parser.option("column", "列のキー", "key of a column", metavar="COLUMN")
    parser.option("--table", "表 (既定: kpis)", "which table (default: kpis)", choices=("kpis", "projects"))
    _view_options(parser)
    _filter_options(parser)
    _rows_options(parser)


def _show_options(parser: _Parser) -> None:
    parser.option(
        "id", "識別名。例 promotion-6 または promotion-6.3", "e.g. promotion-6 or promotion-6.3", metavar="ID"
    )
    _output_options(parser, ("text", "json"))


def _overview_options(parser: _Parser) -> None:
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
    _output_options(parser, ("text", "json"))


def _audit_options(parser: _Parser) -> None:
    _table_options(parser)
    parser.option(
        "--fail-on",
        "この判定の事業があれば終了コード1 (カンマ区切り)",
        "exit code 1 if a project has this verdict (comma-separated)",
        metavar="VERDICT",
    )


def _compare_options(parser: _Parser) -> None:
    from kpitui.report.difference import CODES  # noqa: PLC0415 - no other verb compares

    parser.option(
        "earlier",
        "前の報告書: 報告フォルダ、またはKPIの表 (csv, parquet)",
        "the earlier report: a report folder, or a table of KPIs (csv, parquet)",
        metavar="A",
    )
    parser.option("later", "後の報告書: 同様", "the later report, likewise", metavar="B")
    parser.option(
        "--fail-on",
        f"この種類の違いがあれば終了コード1 (カンマ区切り): {' '.join(CODES)}",
        f"exit code 1 if there is such a difference (comma-separated): {' '.join(CODES)}",
        metavar="KIND",
    )
    _rows_options(parser, ("table", "md", "json", "ndjson", "csv", "tsv", "xlsx"))


def _views_options(parser: _Parser) -> None:
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


def _config_options(parser: _Parser) -> None:
    parser.option("action", "show または path", "show or path", nargs="?", choices=("show", "path"), default="show")
    parser.option("--format", "形式", "format", choices=("table", "json"), default="table")


_WITHOUT_REPORT = {"compare": _compare_options, "import": _import_options, "config": _config_options}
_OPTIONS = {
    "projects": _table_options,
    "kpis": _table_options,
    "overview": _overview_options,
    "audit": _audit_options,
    "checks": _rows_options,
    "show": _show_options,
    "facets": _facet_options,
    "views": _views_options,
}


def minutes(text: str) -> float:
    """A time longer than none."""
    number = float(text)
    if not 0 < number < float("inf"):
        raise ValueError(text)
    return number


def _at_least(low: int, name: str) -> Callable[[str], int]:
    """Reads a whole number that is no smaller; `name` is what argparse calls it where it is not one."""

    def number(text: str) -> int:
        found = int(text)
        if found < low:
            raise ValueError(text)
        return found

    number.__name__ = name
    return number


if __name__ == "__main__":
    sys.exit(main())
