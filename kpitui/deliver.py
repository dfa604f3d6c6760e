"""What a verb answers, to stdout or into a file, as the command line asks for it."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from kpitui import atomic, outlet
from kpitui.errors import KpituiError, UsageError
from kpitui.output import files
from kpitui.output.files import Extract
from kpitui.output.names import BINARY, DELIMITED, WORDED, Style
from kpitui.text.wording import Both

_EXISTS = Both("{path} は既にあります。--force で置き換えます", "{path} exists; --force replaces it")
_NOT_FOR = Both("{option} を使える形式は {forms} です", "{option} is for {forms}")
_NO_MARK = Both("cp932 に BOM はありません: --bom か --encoding のどちらかを", "cp932 has no BOM: --bom or --encoding")
_NOT_BOTH = Both("--safe と --raw は同時に使えません", "--safe or --raw, not both")
_TO_TERMINAL = Both(
    "{form} は端末に表示できません。--output でファイルに書き出します",
    "{form} is nothing for a terminal; --output writes it to a file",
)


def rows(extract: Extract, args: Namespace) -> int:
    """Write rows in the format asked for; texts that a spreadsheet would run are made safe in files."""
    chosen = style(args)
    if not args.output:
        if args.format in BINARY and sys.stdout and sys.stdout.isatty():
            raise UsageError(_TO_TERMINAL.format(form=args.format))
        return data(extract.render(args.format, chosen), args)
    try:
        files.save(extract, Path(args.output), args.format, chosen, replace=args.force)
    except atomic.ExistsError as error:
        raise KpituiError(_EXISTS.format(path=error.path)) from None
    return 0


def data(answer: bytes, args: Namespace) -> int:
    """Write to stdout, or to a file that is not there yet unless replacing it was asked for."""
    if not args.output:
        outlet.write(answer, getattr(args, "encoding", "utf-8"))
        return 0
    try:
        atomic.write_all({Path(args.output): answer}, replace=args.force)
    except atomic.ExistsError as error:
        raise KpituiError(_EXISTS.format(path=error.path)) from None
    return 0


def style(args: Namespace) -> Style:
    """What the options ask for; UsageError where the format has no use for one of them."""
    asked = {"--bom": args.bom, "--encoding": args.encoding != "utf-8", "--safe": args.safe, "--raw": args.raw}
    _only_for(DELIMITED, asked, args.format)
    _only_for(WORDED, {"--words": args.words}, args.format)
    if args.bom and args.encoding != "utf-8":
        raise UsageError(_NO_MARK)
    if args.safe and args.raw:
        raise UsageError(_NOT_BOTH)
    in_file = bool(args.output) and not args.raw
    return Style(args.bom, args.encoding, args.safe or in_file, args.words)


def _only_for(forms: tuple[str, ...], asked: dict[str, bool], form: str) -> None:
    wrong = [option for option, is_asked in asked.items() if is_asked and form not in forms]
    if wrong:
        raise UsageError(_NOT_FOR.format(option=wrong[0], forms=", ".join(forms)))
