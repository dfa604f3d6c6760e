"""The arguments by argparse, whose own words follow the language, too."""

from __future__ import annotations

import argparse
import re
import sys
from typing import TYPE_CHECKING, NoReturn

from kpitui.cli import help as told
from kpitui.cli.arguments import FREES_TO, Arguments
from kpitui.streams import StandardOutput
from kpitui.text.wording import Lang

if TYPE_CHECKING:
    from collections.abc import Sequence

    from _typeshed import SupportsWrite

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


def parsed(taken: Arguments, words: Sequence[str], lang: Lang, *, ascii_only: bool) -> argparse.Namespace:
    """What the words ask for; leaves by SystemExit, with help or with what is wrong in the words."""
    return _Parser(taken, lang, ascii_only).parse_args(words)


class _Parser(argparse.ArgumentParser):
    """An argument parser whose own words follow the language, too."""

    def __init__(self, taken: Arguments, lang: Lang, ascii_only: bool) -> None:
        super().__init__(taken.program, formatter_class=_unmeasured, add_help=False, allow_abbrev=False)
        self.taken, self.lang, self.ascii = taken, lang, ascii_only
        self.register("action", FREES_TO, _WithoutTo)
        for each in taken.taken:
            self.add_argument(*each.names, **each.settings)
        self.set_defaults(**taken.defaults)

    def format_usage(self) -> str:
        return told.usage(self.taken, self.lang)

    def format_help(self) -> str:
        return told.text(self.taken, self.lang)

    def error(self, message: str) -> NoReturn:
        from kpitui.outlet import told  # noqa: PLC0415 - what needs no error needs no cells

        said = told(_in_japanese(message) if self.lang == "ja" else message, ascii_only=False)
        self.exit(2, f"{self.prog}: {said}\n{self.format_usage()}")

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        said = _plain(message) if self.ascii else message
        if file is not sys.stdout:
            super()._print_message(said, file)
            return
        with StandardOutput() as out:
            out.write(said)


def _plain(message: str) -> str:
    from kpitui.text.cells import plain_ascii  # noqa: PLC0415 - --version need not wait for it

    return plain_ascii(message)


def _unmeasured(prog: str) -> argparse.HelpFormatter:
    """argparse's own, which checks names of arguments only; unless told, it imports shutil to ask for the width."""
    return argparse.HelpFormatter(prog, width=80)


def _in_japanese(message: str) -> str:
    """What argparse says, in Japanese where it is one of the usual things."""
    found = ((re.fullmatch(pattern, message, re.DOTALL), japanese) for pattern, japanese in _IN_JAPANESE)
    return next((match.expand(japanese) for match, japanese in found if match), message)


class _WithoutTo(argparse.Action):
    """A flag that frees --to from being required: nothing is imported, or it need not be."""

    def __call__(self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, *_: object) -> None:
        setattr(namespace, self.dest, True)
        for action in parser._actions:  # argparse checks what is required after all flags are read
            if action.dest == "to":
                action.required = False
