"""What the reader can settle for good, as one table; `kpitui.config` reads the three places where it is said."""

from __future__ import annotations

from kpitui.text.wording import Both

TYPE_CHECKING = False  # see `kpitui.text.wording`
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Literal

    Kind = Literal["choice", "switch", "folders"]
    """One of a few words; true or false; paths, parted by the system's separator in an environment variable."""


class Option:
    """Something that can be settled: its key in the file, what it is without that, and what it is for."""

    __slots__ = ("choices", "default", "help", "key", "kind")

    def __init__(
        self, key: str, kind: Kind, default: str | bool | tuple[Path, ...], words: Both, choices: tuple[str, ...] = ()
    ) -> None:
        self.key = key
        self.kind = kind
        self.default = default
        self.help = words
        self.choices = choices

    @property
    def variable(self) -> str:
        """The environment variable that settles it."""
        return f"KPITUI_{self.key.upper()}"


OPTIONS: tuple[Option, ...] = (
    Option(
        "lang",
        "choice",
        "auto",
        Both("表示の言語 (auto は LANG に従う)", "language of the interface (auto: as LANG says)"),
        ("auto", "ja", "en"),
    ),
    Option(
        "theme",
        "choice",
        "terminal",
        Both("配色 (terminal は端末の16色)", "colours (terminal: the terminal's own sixteen)"),
        ("terminal", "dark", "light", "contrast"),
    ),
    Option("mouse", "switch", True, Both("マウスを使う", "use the mouse")),
    Option(
        "ascii",
        "switch",
        False,
        Both("幅の曖昧な文字 (①、→、…) を使わない", "no characters of ambiguous width (①, →, …)"),
    ),
    Option(
        "ambiguous_width",
        "choice",
        "1",
        Both(
            "端末が幅の曖昧な文字に使う桁数 (auto は端末に一度たずねる)",
            "cells that the terminal gives characters of ambiguous width (auto: ask it once)",
        ),
        ("1", "2", "auto"),
    ),
    Option(
        "clipboard",
        "choice",
        "auto",
        Both(
            "写す方法 (auto は tmux の中では tmux、ほかは osc52)",
            "how to copy (auto: tmux inside tmux, else osc52)",
        ),
        ("auto", "tmux", "osc52", "file"),
    ),
    Option(
        "views",
        "folders",
        (),
        Both("ビューを置くフォルダ。最初のものに保存する", "folders of saved views; the first one is saved to"),
    ),
)
"""All that can be settled, besides the keys of commands."""


def option(key: str) -> Option:
    """The option of that key."""
    return next(each for each in OPTIONS if each.key == key)
