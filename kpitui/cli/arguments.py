"""What a verb takes, as data: --help is made of it, and the parser, which --help alone need not wait for."""

from __future__ import annotations

from kpitui.options import option
from kpitui.text.wording import Both

TYPE_CHECKING = False  # see `kpitui.text.wording`
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

FREES_TO = "frees --to"
"""The action of a flag that frees --to from being required: nothing is imported, or it need not be."""
_WITH_VALUE = ("store", "append")
"""The actions of options that have a value."""


class Argument:
    """One option or argument: its names, what it is for, and what argparse is to know of it."""

    __slots__ = ("names", "settings", "words")

    def __init__(self, names: tuple[str, ...], words: Both, settings: Mapping[str, Any]) -> None:
        self.names = names
        self.words = words
        self.settings = settings

    @property
    def is_option(self) -> bool:
        """Whether it is said by its name rather than by its place."""
        return self.names[0].startswith("-")

    @property
    def has_value(self) -> bool:
        """Whether it is more than a flag."""
        return self.settings.get("action", "store") in _WITH_VALUE

    @property
    def choices(self) -> tuple[str, ...]:
        """The only values that it may have; none where it may have others."""
        return tuple(self.settings.get("choices", ()))

    @property
    def value(self) -> str:
        """How its value is written in help: its own word, the choices, or its name."""
        named: str = self.settings.get("metavar", "")
        chosen = f"{{{','.join(self.choices)}}}" if self.choices else ""
        return named or chosen or self.names[-1].lstrip("-").upper().replace("-", "_")


class Arguments:
    """The options and arguments of one verb, or of the browser, in the order of help."""

    def __init__(self, verb: str = "") -> None:
        self.verb = verb
        self.taken: list[Argument] = []
        self.defaults: dict[str, object] = {}
        _of_all(self)

    @property
    def program(self) -> str:
        """The words that call it."""
        return f"kpitui {self.verb}".rstrip()

    @property
    def options(self) -> list[Argument]:
        """Those that are said by name."""
        return [each for each in self.taken if each.is_option]

    @property
    def places(self) -> list[Argument]:
        """Those that are said by their place."""
        return [each for each in self.taken if not each.is_option]

    def option(self, *words: str, **settings: object) -> None:
        """Add an option or argument; the last two words are its help in Japanese and in English."""
        *names, ja, en = words
        self.taken.append(Argument(tuple(names), Both(ja, en), settings))

    def set_defaults(self, **defaults: object) -> None:
        """Add what the parsed arguments hold without being said."""
        self.defaults |= defaults


def _of_all(parser: Arguments) -> None:
    """The options that everything takes."""
    parser.option("-h", "--help", "この説明", "this help", action="help")
    parser.option(
        "--lang",
        "表示の言語 (既定: LANG)",
        "language of the interface (default: LANG)",
        choices=("ja", "en", "auto"),
    )
    parser.option(
        "--ascii",
        "幅の曖昧な文字を使わない (丸数字は (1)、矢印は ->、置き換えのない文字は ?)",
        "no characters of ambiguous width: (1) for a circled 1, -> for an arrow, ? for what has no likeness",
        action="store_true",
        default=None,
    )
    parser.option(
        "--ambiguous-width",
        "端末が幅の曖昧な文字に使う桁数 (auto は端末にたずねる)",
        "cells that the terminal gives such characters (auto: ask it)",
        choices=option("ambiguous_width").choices,
    )


def view_options(parser: Arguments) -> None:
    """The options that name a view."""
    parser.option("--view", "ビューの名前またはファイル", "a saved view, by name or file", metavar="NAME|FILE")
    parser.option(
        "--views",
        "ビューを置くフォルダ (複数可)",
        "a folder of views (repeatable)",
        metavar="DIR",
        action="append",
        default=[],
    )
