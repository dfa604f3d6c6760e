"""Measure and cut text by terminal cells, and make strangers' text harmless to draw."""

from typing import Literal

from rich.cells import cell_len, split_graphemes

from kpitui.text.marks import LEFT_OUT, few_marks
from kpitui.text.substitutes import FOR_AMBIGUOUS, FOR_HARMFUL

ELLIPSIS = LEFT_OUT
_SHORT = 64
"""Characters beyond which it is worth not to look at all of a text."""
LINE_END = "\N{SYMBOL FOR LINE FEED}"
"""What stands for a line end of a text from elsewhere where a line must not break."""
CUT = "~"
"""The mark of a cut where an ellipsis might be two cells wide."""


def width(text: str) -> int:
    """Count the terminal cells that text takes: 2 for a kanji, 0 for a combining mark or a control."""
    return cell_len(text)


def fits(text: str, width: int) -> bool:
    """Whether text takes at most `width` cells; of a long one, its beginning tells."""
    return cell_len(text[: max(width, 0) + _SHORT]) <= width and cell_len(text) <= width


def clip(text: str, width: int, mark: str = ELLIPSIS) -> str:
    """Shorten text to at most `width` cells.

    A cut always ends with the mark. A wide character that would be cut in half is left out, so the result may
    be one cell short. A mark that does not fit is itself cut; a width below 1 gives "".
    """
    begun = _begun(text, width)
    if len(begun) == len(text) and cell_len(text) <= width:
        return text
    room = width - cell_len(mark)
    return _head(mark, width) if room < 0 else _head(begun, room) + mark


def _begun(text: str, width: int) -> str:
    """A beginning of the text that is surely wider than `width`, or all of it: a cell may hold a million characters."""
    long = max(width, _SHORT) * 4
    while len(text) > long and cell_len(text[:long]) <= width + _SHORT:
        long *= 4
    return text[:long]


def clip_start(text: str, width: int, mark: str = ELLIPSIS) -> str:
    """Shorten text to at most `width` cells from its start, the mark before what is left; no mark stands twice."""
    if cell_len(text) <= width:
        return text
    room = width - cell_len(mark)
    return _head(mark, width) if room < 0 else mark + _tail(text, room).removeprefix(mark)


def fit(text: str, width: int, align: Literal["left", "right"] = "left", mark: str = ELLIPSIS) -> str:
    """Clip text, then pad it with blanks to exactly `width` cells; a width below 1 gives ""."""
    clipped = clip(text, width, mark)
    padding = " " * (width - cell_len(clipped))
    return padding + clipped if align == "right" else clipped + padding


def one_line(text: str, mark: str = ELLIPSIS) -> str:
    """Show the first line that says something, with the mark when more follow.

    Each tab and ideographic space becomes one blank; blank lines before and after the text do not count.
    """
    first, *more = text.strip("\r\n").splitlines() or [""]
    line = first.replace("\t", " ").replace("\u3000", " ")
    return line.rstrip() + mark if more else line


def safe(text: str) -> str:
    """Make text from elsewhere harmless to a terminal; do it once, when the text comes in.

    Newlines and tabs are kept, and every other line end becomes a newline. C0 controls and DEL turn into
    their pictures (ESC into ␛); C1 controls, bidi controls, lone surrogates and non-characters into U+FFFD.
    What has no width and no look of its own (zero-width blanks and joiners, variation selectors, soft
    hyphens, tags) is dropped. Private-use characters stay: ministries use them for rare kanji. Of marks heaped on
    one character the first few are kept, with an ellipsis for the rest.
    """
    if text.isascii() and text.isprintable():
        return text
    return few_marks(text.replace("\r\n", "\n").translate(FOR_HARMFUL))


def plain_ascii(text: str) -> str:
    """Replace every character of ambiguous East Asian width, for terminals that draw those two cells wide.

    Japanese stays. The width may change (① becomes (1)), so this goes before `clip` and `fit`, and the mark
    handed to those is "~". What has no likeness becomes "?".
    """
    return text if text.isascii() else text.translate(FOR_AMBIGUOUS)


def grapheme_before(text: str, at: int) -> int:
    """Where the character that ends at `at` begins, its marks included; 0 at the start."""
    return max((start for start, _, _ in split_graphemes(text[:at])[0]), default=0)


def grapheme_after(text: str, at: int) -> int:
    """Where the character that begins at `at` ends, its marks included; the text's length at its end."""
    return next((at + end for _, end, _ in split_graphemes(text[at:])[0]), len(text))


def _tail(text: str, room: int) -> str:
    """Return the longest end of text, in whole characters with their marks, of at most `room` cells."""
    used, begin = 0, len(text)
    for span_begin, _, cells in reversed(split_graphemes(text)[0]):
        used += cells
        if used > room:
            break
        begin = span_begin
    return text[begin:]


def _head(text: str, room: int) -> str:
    """Return the longest beginning of text, in whole characters with their marks, of at most `room` cells."""
    used = end = 0
    for _, span_end, cells in split_graphemes(text)[0]:
        used += cells
        if used > room:
            break
        end = span_end
    return text[:end]
