"""The way out for all that a verb says: harmless to a terminal, and drawn as the reader's terminal draws it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable

from kpitui import ambiguous
from kpitui.streams import StandardOutput, to_stderr
from kpitui.text.cells import LINE_END, plain_ascii, safe


def told(text: str, *, ascii_only: bool, in_lines: bool = False) -> str:
    """A sentence with texts from elsewhere in it, as it may be said to anyone: on one line, unless meant otherwise."""
    said = safe(text) if in_lines else safe(text).replace("\n", LINE_END)
    return plain_ascii(said) if ascii_only else said


def say(lines: Iterable[object], args: Namespace, *, aside: bool = False) -> int:
    """Print sentences to standard output, or aside, to standard error; returns exit code 0."""
    texts = [told(str(each), ascii_only=args.ascii) for each in lines]
    if aside:
        for each in texts:
            to_stderr(each)
        return 0
    with StandardOutput() as out:
        out.writelines(f"{each}\n" for each in texts)
    return 0


def write(data: bytes, encoding: str = "utf-8") -> None:
    """Write an answer to standard output: exact for programs and files, on a terminal without what it would obey."""
    with StandardOutput() as out:
        out.flush()
        out.buffer.write(_harmless(data, encoding) if out.isatty() else data)


def _harmless(data: bytes, encoding: str) -> bytes:
    """As `ls` does it: what is piped is what there is, what is shown can be looked at."""
    return safe(data.decode(encoding, "replace")).encode(encoding, "replace")


def is_wide(args: Namespace) -> bool:
    """Whether what is drawn for people is laid out for a terminal with ambiguous characters of two cells."""
    if args.ascii:
        return False
    asked: str = args.config.ambiguous_width
    if asked == "auto" and getattr(args, "output", None):
        return False
    return ambiguous.cells(asked, keep_typed=True).cells == 2
