"""The reader's own clipboard, from wherever kpitui runs: tmux's way inside tmux, else the terminal's."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

from platformdirs import user_state_path

from kpitui import atomic
from kpitui.errors import KpituiError
from kpitui.text.wording import Both

if TYPE_CHECKING:
    from textual.app import App

MOST = 100_000
"""Bytes that are sent at the most; terminals drop longer ones without a word."""
_TOO_LONG = Both("長すぎるため写せません ({size}バイト)", "too long to copy ({size} bytes)")
_TMUX = Both("tmux経由で端末のクリップボードへ送りました", "sent to the terminal's clipboard by way of tmux")
_OSC_52 = Both(
    "端末のクリップボードへ送りました (端末が受け付けたかは分かりません)",
    "sent to the terminal's clipboard (whether it took it cannot be known)",
)

_NO_TMUX = Both("tmux が受け付けなかったため写せません", "not copied: tmux did not take it")
_FILE = Both("ファイルに書きました: {path}", "written to the file {path}")
_NO_FILE = Both("{path}: 書き込めません: {error}", "{path}: {error}; not copied")


def copy(text: str, app: App[int], way: str = "auto") -> Both:
    """Send the text by a way of the configuration's and return what can honestly be said of it.

    `auto` is tmux's way inside tmux, where that works, else `osc52`; `file` leaves the text in a file.
    """
    if way == "file":
        return _by_file(text)
    size = len(text.encode())
    if size > MOST:
        return _TOO_LONG.format(size=size)
    if way == "tmux" or (way == "auto" and os.environ.get("TMUX")):
        if _by_tmux(text):
            return _TMUX
        if way == "tmux":
            return _NO_TMUX
    app.copy_to_clipboard(text)
    return _OSC_52


def _by_file(text: str) -> Both:
    path = user_state_path("kpitui") / "clipboard.txt"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        atomic.write_text(path, text)
    except KpituiError as error:
        return error.sentence
    except OSError as error:
        return _NO_FILE.format(path=path, error=error.strerror or error)
    return _FILE.format(path=path)


def _by_tmux(text: str) -> bool:
    """Hand the text to tmux, which passes it on; an older tmux without -w refuses."""
    tmux = shutil.which("tmux")
    if tmux is None:
        return False
    command = [tmux, "load-buffer", "-w", "-"]
    try:
        return subprocess.run(command, input=text.encode(), capture_output=True, timeout=2, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False
