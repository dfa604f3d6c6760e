"""The reader's own clipboard, from wherever kpitui runs: tmux's way inside tmux, else the terminal's."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

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


def copy(text: str, app: App[int]) -> Both:
    """Send the text and return what can honestly be said of it."""
    size = len(text.encode())
    if size > MOST:
        return _TOO_LONG.format(size=size)
    if os.environ.get("TMUX") and _by_tmux(text):
        return _TMUX
    app.copy_to_clipboard(text)
    return _OSC_52


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
