"""What the browser takes, the verb that has no name."""

from __future__ import annotations

from kpitui import __version__
from kpitui.cli.arguments import Arguments, view_options
from kpitui.cli.numbers import at_least, minutes
from kpitui.options import option

_LEAST_MEMORY = 256
"""Megabytes that kpitui can begin in."""
_GUEST_LIMITS: tuple[tuple[str, str, str, dict[str, object]], ...] = (
    (
        "--guest-idle",
        "客がキーを押さずにいられる分数 (既定: 15)",
        "minutes that a guest may be idle (default: 15)",
        {"metavar": "MINUTES", "type": minutes, "default": 15.0},
    ),
    (
        "--guest-memory",
        "客一人のメモリーの上限MB (既定: 1024)",
        "megabytes of memory that a guest may use (default: 1024)",
        {"metavar": "MB", "type": at_least(_LEAST_MEMORY, "megabytes"), "default": 1024},
    ),
    (
        "--guest-cpu",
        "客一人の計算時間の上限秒 (既定: 600)",
        "seconds of computing that a guest may use (default: 600)",
        {"metavar": "SECONDS", "type": at_least(1, "seconds"), "default": 600},
    ),
)
"""What a guest may use: option, its help in Japanese and in English, and what argparse is to know of it."""


def taken() -> Arguments:
    """What the browser takes."""
    parser = Arguments()
    _report_options(parser)
    view_options(parser)
    _screen_options(parser)
    _guest_options(parser)
    return parser


def _report_options(parser: Arguments) -> None:
    parser.option(
        "report",
        "報告フォルダまたはKPIの表 (csv, tsv, parquet, json, ndjson, xlsx)。複数は一つの報告書として読む "
        "(既定: 内蔵の報告書)",
        "report folder or table of KPIs (csv, tsv, parquet, json, ndjson, xlsx); several are read as one (default: the "
        "built-in report)",
        nargs="*",
        metavar="REPORT",
    )
    version = f"kpitui {__version__}"
    parser.option(
        "--version", "版を表示して終了", "show program's version number and exit", action="version", version=version
    )


def _screen_options(parser: Arguments) -> None:
    off = {"dest": "mouse", "action": "store_false", "default": None}
    parser.option("--no-mouse", "マウスを使わない", "leave the mouse to the terminal", **off)
    parser.option(
        "--resume",
        "前回の続きから (終えた時も切れた時も)",
        "go on where the last session ended, or was cut off",
        action="store_true",
    )
    parser.option("--theme", "配色", "colours", choices=option("theme").choices)


def _guest_options(parser: Arguments) -> None:
    parser.option(
        "--guest",
        "客として読ませる (sshdのForceCommand用): サーバーのファイルを読み書きしない",
        "for guests, as sshd's ForceCommand: no file of the server is read or written for them",
        action="store_true",
    )
    for name, ja, en, settings in _GUEST_LIMITS:
        parser.option(name, ja, en, **settings)
