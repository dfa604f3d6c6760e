"""What --help says, made of what is taken: argparse would take as long for it as Python does for itself.

Widths are counted in cells, so that Japanese stays within the terminal. Our own words have only letters of one cell
and wide ones, which can be told apart here without the tables of `kpitui.text.cells`.
"""

from __future__ import annotations

import os
import sys

from kpitui.cli.words import description
from kpitui.text.wording import Both

TYPE_CHECKING = False  # see `kpitui.text.wording`
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kpitui.cli.arguments import Argument, Arguments
    from kpitui.text.wording import Lang

_USAGE = Both("使い方: ", "usage: ")
_HEADS = Both("引数", "arguments"), Both("オプション", "options")
_MARGIN = 2
_WORDS_AT = 24
"""The column where the words on an option begin."""
_NARROWEST = 20
"""Cells that words have at the least."""
_NEVER_FIRST = "、。)）」：…ー・々ぁぃぅぇぉっゃゅょァィゥェォッャュョ "
"""What no line begins with."""
_NEVER_LAST = "(（「"


def text(taken: Arguments, lang: Lang) -> str:
    """All of it: usage, what it is for, arguments, options."""
    sections = zip(_HEADS, (taken.places, taken.options), strict=True)
    listed = [_section(head.say(lang), found, lang) for head, found in sections if found]
    return "\n".join([usage(taken, lang), f"{description(taken.verb, lang)}\n", *listed])


def usage(taken: Arguments, lang: Lang) -> str:
    """How it is called, options before arguments."""
    head = f"{_USAGE.say(lang)}{taken.program} "
    options, places = list(map(called, taken.options)), list(map(called, taken.places))
    room = max(_width() - _cells(head), _NARROWEST)
    whole = " ".join([*options, *places])
    lines = [whole] if len(whole) <= room else [*_filled(options, room), *_filled(places, room)]
    return head + _under(_cells(head), lines)


def called(argument: Argument) -> str:
    """An option or argument as it is called: in brackets where it can be left out."""
    if not argument.is_option:
        return {"?": f"[{argument.value}]", "*": f"[{argument.value} ...]"}.get(
            argument.settings.get("nargs", ""), argument.value
        )
    name = _with_value(argument.names[0], argument)
    return name if argument.settings.get("required") else f"[{name}]"


def entry(argument: Argument) -> str:
    """An option with all its names, an argument by its value."""
    names = argument.names if argument.is_option else ("",)
    return ", ".join(_with_value(name, argument) for name in names).strip()


def _with_value(name: str, argument: Argument) -> str:
    return f"{name} {argument.value}" if argument.has_value else name


def _section(head: str, found: Sequence[Argument], lang: Lang) -> str:
    return "".join([f"{head}:\n", *(_entry(each, lang) for each in found)])


def _entry(argument: Argument, lang: Lang) -> str:
    """An option, and beside it what it is for; below it where the option is long."""
    said = f"  {entry(argument)}"
    words = _under(_WORDS_AT, _filled(_pieces(argument.words.say(lang)), max(_width() - _WORDS_AT, _NARROWEST), ""))
    return f"{said:{_WORDS_AT}}{words}" if len(said) <= _WORDS_AT - 2 else f"{said}\n{' ' * _WORDS_AT}{words}"


def _under(margin: int, lines: Sequence[str]) -> str:
    """The lines under each other, all but the first after a margin."""
    return f"\n{' ' * margin}".join(lines) + "\n"


def _filled(pieces: Iterable[str], room: int, between: str = " ") -> list[str]:
    """As many pieces in each line as have room there."""
    lines: list[str] = []
    for piece in pieces:
        longer = f"{lines[-1]}{between}{piece}" if lines else ""
        if longer and _cells(longer.rstrip()) <= room:
            lines[-1] = longer
        else:
            lines.append(piece)
    return [line.rstrip() for line in lines]


def _pieces(text: str) -> Iterator[str]:
    """The text in pieces between which a line may end."""
    begun = 0
    for at in range(1, len(text)):
        if _may_part(text[at - 1], text[at]):
            yield text[begun:at]
            begun = at
    yield text[begun:]


def _may_part(before: str, after: str) -> bool:
    """Whether a line may end between two letters: after a blank, and beside a wide letter."""
    if after in _NEVER_FIRST or before in _NEVER_LAST:
        return False
    return before == " " or _is_wide(before) or _is_wide(after)


def _is_wide(letter: str) -> bool:
    return letter >= "\u2e80"


def _cells(text: str) -> int:
    return len(text) + sum(map(_is_wide, text))


def _width() -> int:
    """The cells of a line: two less than COLUMNS says, else than the terminal has; 80 where neither tells."""
    return _columns() - _MARGIN


def _columns() -> int:
    said = os.environ.get("COLUMNS", "")
    if said.isdecimal() and int(said):
        return int(said)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or 80  # type: ignore[union-attr]
    except (AttributeError, ValueError, OSError):
        return 80
