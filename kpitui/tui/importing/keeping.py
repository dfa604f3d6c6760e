"""Going on from the import screen: to the report, kept in a folder or not, and the map of the columns."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from kpitui.atomic import ExistsError
from kpitui.report.folder import FILES
from kpitui.sources.general.trial import save_map
from kpitui.text.wording import Both
from kpitui.textfile import is_there
from kpitui.tui.importing.asking import ask_one, ask_text

if TYPE_CHECKING:
    from kpitui.tui.importing.screen import Importing

_NOT_YET = Both("読み直してから。Esc で中止", "not before it has been read again; Esc stops")
_OPEN = Both("報告書を開く", "open the report")
_ONLY_OPEN = Both("開く (保存しない)", "open it, keep nothing")
_AND_KEEP = Both("フォルダに保存して開く", "save it to a folder and open that")
_AND_KEEP_NOTE = Both(
    "対応表も入るので、来年のファイルは kpitui import --map で読める",
    "with the map, so that next year's file is read by kpitui import --map",
)
_FOLDER = Both("保存するフォルダ", "the folder to save to")
_THERE = Both(
    "{path} には報告書があります。もう一度 Enter で置き換えます", "{path} holds a report: Enter again replaces it"
)
_MAP = Both("対応表のファイル", "the file for the map")
_AGAIN = Both("{path} は既にあります。もう一度 Enter で置き換えます", "{path} exists: Enter again replaces it")
_SAVED = Both("保存しました: {path}", "saved: {path}")


def go(screen: Importing) -> None:
    """Open the report, kept or not."""
    if _is_read_again(screen):
        return
    if screen.trials.now.refused:
        screen.shown = "account"
        screen.complain(screen.trials.now.refused)
        return
    choices = [(_ONLY_OPEN, Both("", "")), (_AND_KEEP, _AND_KEEP_NOTE)]
    ask_one(screen, _OPEN, choices, lambda place: _keep(screen) if place else screen.trials.open(""))


def _keep(screen: Importing) -> None:
    warned: list[str] = []

    def done(text: str) -> bool:
        path = _named(text)
        if text not in warned and any(is_there(path / name) for name in FILES):
            warned.append(text)
            screen.tell(_THERE, path=path)
            return False
        screen.trials.open(str(path))
        return True

    ask_text(screen, _FOLDER, done, screen.trials.now.path.stem)


def save_the_map(screen: Importing) -> None:
    """Write the map of the columns; a file that exists is only replaced when that was said twice."""
    warned: list[str] = []

    def done(text: str) -> bool:
        path = _named(text)
        if _is_read_again(screen):
            return False
        try:
            save_map(screen.trials.now, path, replace=text in warned)
        except ExistsError:
            warned.append(text)
            screen.tell(_AGAIN, path=path)
            return False
        screen.notify(screen.display_.say(_SAVED.format(path=path)), markup=False, timeout=10)
        return True

    ask_text(screen, _MAP, done, "map.toml")


def _named(text: str) -> Path:
    """The path that was typed; a home that nobody has is left as it stands."""
    return Path(os.path.expanduser(text.strip()))  # noqa: PTH111 - Path.expanduser raises for such a home


def _is_read_again(screen: Importing) -> bool:
    """Whether what is shown is about to be replaced, so that it is too soon to go on with it; that is told."""
    if screen.trials.waits:
        screen.tell(_NOT_YET)
    return screen.trials.waits
