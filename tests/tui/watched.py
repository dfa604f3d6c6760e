"""Frames as Textual writes them, and a terminal that shows what comes of them."""

import itertools

import pyte

COLUMNS, LINES = 14, 4


def piece(line: int, column: int, *spans: tuple[str, str]) -> str:
    """A stretch of a line as Textual writes it: each span with its codes and a reset."""
    drawn = "".join(f"\x1b[{pen}m{text}\x1b[0m" if pen else text for pen, text in spans)
    return f"\x1b[{line};{column}H{drawn}"


def frame(*pieces: str, cursor: tuple[int, int] = (1, 1)) -> str:
    """An update as Textual writes it: its pieces, a line feed after each but the last, and the cursor's place."""
    return "\n".join(pieces) + f"\x1b[{cursor[0]};{cursor[1]}H"


class Watched:
    """A terminal that gets what it is sent; its lines do not wrap, as Textual asks."""

    def __init__(self, columns: int = COLUMNS, lines: int = LINES) -> None:
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.Stream(self.screen)
        self.feed("\x1b[?7l")

    def feed(self, data: str) -> None:
        """Draw."""
        for mode in ("2026", "1049", "25"):
            data = data.replace(f"\x1b[?{mode}h", "").replace(f"\x1b[?{mode}l", "")
        self._stream.feed(data)

    @property
    def looks(self) -> list[list[tuple[object, ...]]]:
        """Each cell as one sees it: the colour of a letter does not show on a blank."""
        return [[seen(self.screen.buffer[y][x]) for x in range(self.screen.columns)] for y in range(self.screen.lines)]

    @property
    def letters(self) -> dict[tuple[int, int], str]:
        """What stands in each cell."""
        places = itertools.product(range(self.screen.lines), range(self.screen.columns))
        return {(y, x): self.screen.buffer[y][x].data for y, x in places}

    @property
    def cursor(self) -> tuple[int, int]:
        """Line and column of the cursor."""
        return self.screen.cursor.y, self.screen.cursor.x


def seen(char: pyte.screens.Char) -> tuple[object, ...]:
    """A cell's looks: a blank without reverse or lines shows nothing but its background."""
    if char.data == " " and not (char.reverse or char.underscore or char.strikethrough):
        return " ", char.bg
    return tuple(char)
