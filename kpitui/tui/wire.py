"""What goes over the line: of each frame only the cells in which it differs from what the terminal already shows.

Textual (8.2.8) compares no cells. It sends every line of a widget that has been refreshed, each stretch of one style
with its full codes and a reset, and the whole screen more than once while it starts: 12 KB for a first screen of 24
lines, 1.6 KB for an arrow key. This lies between it and the terminal and keeps count of what stands where, which makes
3 KB and 0.6 to 1 KB of that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from kpitui.tui.cells import BLANK, UNKNOWN, Cell, cells, head, is_sure, reach, runs
from kpitui.tui.moved import moved
from kpitui.tui.pencil import Pencil
from kpitui.tui.standing import drawn

OFF = "KPITUI_WIRE"
"""The environment variable that, as 0, has every frame written as Textual made it, to find out whose fault it is."""

_PIECE = re.compile(r"\x1b\[(\d{1,4});(\d{1,4})H((?:[^\x00-\x1f\x7f-\x9f]++|\x1b\[[\d;]*m)*+)(\n?)")
"""A stretch of one line: where it begins, and its text with its pens."""
_BEGIN, _END = "\x1b[?2026h", "\x1b[?2026l"
"""Around what a terminal that can do so shows at once."""
_ENTER = "\x1b[?1049h"
_CLEAR = "\x1b[m\x1b[2J"
_HARMLESS = re.compile(
    r"(?:\x1b\[\?(?:7|25|10(?:0[0-6]|15|16)|2004|2026|2048)[hl]"  # wrapping, cursor, mouse, focus, paste, sizes
    r"|\x1b\[\?\d+\$p|\x1b\[[<>=]\d*u|\x1b\[6n"  # questions, and the protocol of the keyboard
    r"|\x1b\](?:22|52);[^\x00-\x1f\x7f-\x9f]*(?:\x07|\x1b\\)|\x07)*"  # pointer, clipboard, bell
)
"""What changes neither a cell nor the cursor's place."""
_FEW = 3
"""Lines of a frame up to which nothing is looked for that may have moved: most keys redraw two."""
_WORTH_ERASING = 3
"""Blanks from which on erasing the rest of a line is shorter than drawing them."""


class _Piece(NamedTuple):
    """Cells that are to stand in a line from a column on."""

    line: int
    column: int
    cells: Sequence[Cell]


class Wire:
    """Turns what is about to be written into less that leads to the same screen.

    A character whose width terminals do not agree on is followed by a movement of the cursor to where it should be,
    and by all that it may have covered.
    """

    def __init__(self, columns: int = 0, lines: int = 0) -> None:
        self._held = False
        self._entered = False
        self._back: list[list[Cell]] | None = None
        self._left = (0, 0)
        self.resized(columns, lines)

    def resized(self, columns: int, lines: int) -> None:
        """The terminal has, or may just have had, another size, and may show anything."""
        self._columns, self._lines = columns, lines
        self._pencil = Pencil(columns)
        self._back = None
        self.forget()

    def forget(self, to: Cell = UNKNOWN) -> None:
        """Take nothing for granted any more, or every cell to be like one."""
        self._screen = [[to] * self._columns for _ in range(self._lines)]
        self._pencil.lost()

    def thin(self, data: str) -> str:
        """What to write in the place of `data`, a frame or anything else; "" for nothing at all."""
        if data == _BEGIN and not self._held:
            self._held = True
            return ""
        held, pieces = self._held, self._pieces(data)
        self._held = held and pieces is not None
        if pieces is not None:
            changes = self._changes(pieces)
            return f"{_BEGIN}{changes}{_END}" if held and changes else changes
        if held and data == _END:
            return ""
        return f"{_BEGIN if held else ''}{self._passed(data)}"

    def stand(self, picture: str) -> None:
        """The screen was entered and shows a picture; frames are held back until they have come to it, or `release`."""
        self.forget(BLANK)
        for piece in self._pieces(picture) or ():
            self._screen[piece.line] = _laid(self._screen[piece.line], piece)
        self._back = list(self._screen)
        self._entered = True

    def release(self) -> str:
        """What brings the screen to where the frames held back have left it; "" where none were."""
        back, self._back = self._back, None
        for line, fresh in enumerate(back or ()):
            self._draw(line, fresh)
        if back is None:
            return ""
        self._pencil.go(*self._left)
        return self._pencil.take()

    def picture(self) -> str:
        """A frame that draws all of the screen on an empty one; "" where some of it is not known."""
        return drawn(self._screen)

    def _passed(self, data: str) -> str:
        """What is no frame goes as it is; unless it is known to be harmless, the screen is then unknown."""
        if data == _ENTER and self._entered:
            self._entered = False
            return ""
        if data == _ENTER:
            # Some terminals have no other screen to enter, and tmux does not clear it when it is entered twice.
            self.forget(BLANK)
            return data + _CLEAR
        if _HARMLESS.fullmatch(data):
            return data
        held = self.release()
        self.forget()
        return held + data

    def _pieces(self, data: str) -> list[_Piece] | None:
        """A frame in its pieces, the last one empty: where the cursor is left. None where it is no frame."""
        found, end = [], 0
        for match in _PIECE.finditer(data):
            piece = self._piece(*match.groups())
            if match.start() != end or piece is None:
                return None
            found.append(piece)
            end = match.end()
        return found if found and end == len(data) and not found[-1].cells and data[-1] == "H" else None

    def _piece(self, line: str, column: str, text: str, feed: str) -> _Piece | None:
        """A piece that lies on the screen as a whole, and does not scroll it."""
        at, start, drawn = int(line) - 1, int(column) - 1, cells(text)
        inside = 0 <= at < self._lines - len(feed) and 0 <= start < self._columns
        fits = drawn is not None and inside and start + len(drawn) <= self._columns
        return _Piece(at, start, drawn) if fits and drawn is not None else None

    def _changes(self, pieces: Sequence[_Piece]) -> str:
        self._left = pieces[-1].line, pieces[-1].column
        if self._back is not None:
            for piece in pieces[:-1]:
                self._back[piece.line] = _laid(self._back[piece.line], piece)
            return self.release() if self._back == self._screen else ""
        self._move(pieces)
        for piece in pieces[:-1]:
            self._draw(piece.line, _laid(self._screen[piece.line], piece))
        self._pencil.go(*self._left)
        return self._pencil.take()

    def _move(self, pieces: Sequence[_Piece]) -> None:
        """Have the terminal move the lines that only stand elsewhere then, and draw what that leaves to do of them."""
        if len({piece.line for piece in pieces}) <= _FEW:
            return
        fresh = list(self._screen)
        for piece in pieces[:-1]:
            fresh[piece.line] = _laid(fresh[piece.line], piece)
        if (move := moved(self._screen, fresh)) is not None:
            self._screen[move.top : move.bottom + 1] = move.done(self._screen)
            self._pencil.move(move)
            for line in range(move.top, move.bottom + 1):
                self._draw(line, fresh[line])

    def _draw(self, line: int, fresh: list[Cell]) -> None:
        """Have a line look like this."""
        known, self._screen[line] = self._screen[line], fresh
        if known == fresh:
            return
        wanted, blank = _wanted(known, fresh), _blank_from(fresh)
        erased = [each for each in wanted if each >= blank]
        if len(erased) > _WORTH_ERASING:
            wanted = wanted[: -len(erased)]
        for run in runs(wanted):
            begin, end = _whole(fresh, *run)
            self._pencil.draw(line, begin, fresh[begin:end], fresh)
        if len(erased) > _WORTH_ERASING:
            self._pencil.erase(line, erased[0])


def _whole(line: Sequence[Cell], start: int, end: int) -> tuple[int, int]:
    """A run with the other cells of the wide characters at its ends."""
    while end < len(line) and not line[end][0] and line[end] != UNKNOWN:
        end += 1
    return head(line, start), end


def _laid(known: Sequence[Cell], piece: _Piece) -> list[Cell]:
    """A line with a piece laid over it; nobody can tell what a terminal makes of a wide character cut in half."""
    start, end = piece.column, piece.column + len(piece.cells)
    before, rest = list(known[:start]), list(known[end:])
    if piece.cells and known[start] != UNKNOWN and not known[start][0]:
        cut = head(known, start - 1)
        before[cut:] = [UNKNOWN] * (start - cut)
    for at, cell in enumerate(rest):
        if not piece.cells or cell[0]:
            break
        rest[at] = UNKNOWN
    return [*before, *piece.cells, *rest]


def _wanted(known: Sequence[Cell], fresh: Sequence[Cell]) -> list[int]:
    """The columns to be drawn: those that differ, and what a character of open width may have covered, or bared."""
    found: list[int] = []
    open_to = 0
    for at, (old, new) in enumerate(zip(known, fresh, strict=True)):
        if new != UNKNOWN and (new != old or at < open_to):
            found.append(at)
            open_to = max(open_to, at) + max(_open(old[0]), _open(new[0]))
    return found


def _open(letter: str) -> int:
    """Cells that a character may take, if terminals do not agree on them."""
    return 0 if is_sure(letter) else reach(letter)


def _blank_from(line: Sequence[Cell]) -> int:
    """The column from which on a line is blank."""
    at = len(line)
    while at and line[at - 1] == BLANK:
        at -= 1
    return at
