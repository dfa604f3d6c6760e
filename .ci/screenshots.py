"""Draw the pictures in screenshots/ anew: `.venv/bin/python .ci/screenshots.py [FOLDER]`.

Each picture is a view of the built-in report that a fixed sequence of keys leads to. Nothing of the machine
gets into it, so drawing twice gives the same bytes; pictures that are no longer listed are removed.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from textual.pilot import Pilot
from textual.widgets import Input

from kpitui.report import builtin
from kpitui.report.load import load
from kpitui.report.model import Report
from kpitui.text.wording import Lang
from kpitui.tui.app import KpituiApp
from kpitui.tui.picture import unsqueeze
from kpitui.views.saved import SavedView
from kpitui.views.spec import ViewSpec
from kpitui.views.store import Store

FOLDER = Path(__file__).resolve().parents[1] / "screenshots"
HOME = (80, 24)
WIDE = (120, 36)


class Picture(NamedTuple):
    """A picture: its file's stem, the terminal's columns and rows, and the keys pressed, parted by blanks."""

    name: str
    size: tuple[int, int]
    keys: str = ""
    lang: Lang = "ja"


_SIXTH = "down " * 5
_UNDERPERFORMING = "3 f space down space"
PICTURES = (
    Picture("overview", HOME, "1"),
    Picture("projects", HOME),
    Picture("project-kpis", HOME, f"{_SIXTH} enter down down"),
    Picture("kpi", HOME, f"{_SIXTH} enter down down enter"),
    Picture("source", HOME, f"{_SIXTH} enter down down enter enter"),
    Picture("explain", HOME, f"{_SIXTH} enter down down l l l l l l x"),
    Picture("audit", HOME, "4 down"),
    Picture("audit-working", HOME, "4 down x"),
    Picture("facets", WIDE, _UNDERPERFORMING),
    Picture("save", HOME, f"{_UNDERPERFORMING} escape w {' '.join('目標未達')} tab {' '.join('9月議会の質問用')}"),
    Picture("english", WIDE, f"{_UNDERPERFORMING} escape", "en"),
)
"""What is drawn, in no particular order; a new view is one more line here."""

_TITLE = "kpitui"
_STILL = 0.1
"""Seconds between two looks at a screen; the detail pane follows the cursor late."""
_LOOKS = 3
"""Looks in a row that must show the same: of what is due, a busy machine may do nothing between two of them."""
_RANDOM_ID = re.compile(r"terminal-\d+")
_LINE_CLIP = re.compile(r'clip-path="url\(#(?P<id>[\w-]+-line-\d+)\)"')


def main(words: list[str]) -> int:
    """Draw every picture into the folder named, else into screenshots/."""
    folder = Path(words[0]) if words else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for stale in set(folder.glob("*.svg")) - {folder / f"{picture.name}.svg" for picture in PICTURES}:
        stale.unlink()
    report = load(builtin.folder())
    for picture in PICTURES:
        (folder / f"{picture.name}.svg").write_text(asyncio.run(draw(picture, report)), "utf-8", newline="\n")
    return 0


async def draw(picture: Picture, report: Report) -> str:
    """Press the picture's keys in a terminal of its size, and return what then stands there as SVG."""
    with tempfile.TemporaryDirectory() as views:
        app = KpituiApp(report, SavedView("", ViewSpec()), Store((Path(views),)), picture.lang)
        async with app.run_test(size=picture.size) as pilot:
            for key in picture.keys.split():
                await pilot.press(key)
                await pilot.pause()
            return _tidy(await _settled(pilot))


async def _settled(pilot: Pilot[int]) -> str:
    """The screen once it stands still; a blinking cursor stands still, too, and shows."""
    for field in pilot.app.screen.query(Input):
        field.cursor_blink = False
    seen: deque[str] = deque(maxlen=_LOOKS)
    while len(seen) < _LOOKS or len(set(seen)) > 1:
        await pilot.pause(_STILL)
        seen.append(pilot.app.export_screenshot(title=_TITLE, simplify=True))
    return seen[-1]


def _tidy(svg: str) -> str:
    """Japanese in its cells, an id that stays the same, and no reference to a clip that Rich left out."""
    named = _RANDOM_ID.sub("kpitui", unsqueeze(svg))
    missing = set(_references(named)) - set(re.findall(r'<clipPath id="([^"]*)"', named))
    return _LINE_CLIP.sub(lambda match: "" if match["id"] in missing else match[0], named)


def _references(svg: str) -> Iterator[str]:
    return (match["id"] for match in _LINE_CLIP.finditer(svg))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
