"""From words to an exit code."""

from __future__ import annotations

import os
import sys

from kpitui.cli.early import ascii_only, is_help, language, parted, with_minus
from kpitui.errors import KpituiError, UsageError
from kpitui.start import loaded
from kpitui.streams import StandardOutput, silence, to_stderr
from kpitui.text.wording import Both

TYPE_CHECKING = False  # see `kpitui.text.wording`
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Sequence
    from typing import NoReturn

    from kpitui.cli.arguments import Arguments
    from kpitui.glimpse import Glimpse
    from kpitui.text.wording import Lang

_RESUME_ALONE = Both(
    "--resume は報告書、--view、--guest と一緒には使えません。前回の報告書をその続きから開きます",
    "--resume goes without a report, --view or --guest: it opens the last report where it was left",
)
_OF_TEXT = ("txt", "text", "log")
_NO_FORMAT = Both(
    "{output}: .{ending} という形式はありません。形式は {formats} です。--format を付ければどんな名前でもかまいません",
    "{output}: no format is called .{ending}; there are {formats}; with --format any name will do",
)


def main(argv: Sequence[str] | None = None, seen: Glimpse | None = None) -> int:
    """Run the command line and return its exit code; help and usage errors leave by SystemExit.

    `seen` is what is already shown of the first screen.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    if "--guest" in words:
        from kpitui import guest  # noqa: PLC0415 - no other run has limits

        guest.begin()
    try:
        return _left(words, seen)
    except KpituiError as error:
        tell(error, words)
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        silence(sys.stdout)
        return 0


def tell(error: KpituiError, words: Sequence[str]) -> None:
    """Say what is wrong, to guests without the names of folders."""
    from kpitui.outlet import told  # noqa: PLC0415 - what needs no error needs no cells

    said = _sayable(error, language(words))
    if "--guest" in words:
        from kpitui import guest  # noqa: PLC0415

        said = guest.without_folders(said)
    to_stderr(f"kpitui: {told(said, ascii_only=ascii_only(words), in_lines=error.in_lines)}")


def _sayable(error: KpituiError, lang: Lang) -> str:
    """The sentence in that language, in English where the locale has no letters for it."""
    said = error.say(lang)
    try:
        said.encode(sys.stderr.encoding if sys.stderr else "utf-8")
    except UnicodeEncodeError:
        return error.say("en")
    return said


def _left(words: list[str], seen: Glimpse | None) -> int:
    """The exit code; whatever comes of it, the terminal is given back before anything is said of it."""
    try:
        return _run(words, seen)
    finally:
        if seen is not None:
            seen.leave()


def _run(words: list[str], seen: Glimpse | None) -> int:
    verb, others = parted(with_minus(words))
    args = _asked(_taken(verb), others, language(words))
    if not verb:
        args.seen = seen
        return _browse(args)
    if getattr(args, "format", "") is None:
        args.format = _format_of(args.output, args.formats)
    return _work(verb)(args)


def _taken(verb: str) -> Arguments:
    """What the verb takes; without one, what the browser takes."""
    if verb:
        from kpitui.cli.verbs import taken_by  # noqa: PLC0415 - see `_asked`

        return taken_by(verb)
    from kpitui.cli.browser import taken  # noqa: PLC0415

    return taken()


def _asked(taken: Arguments, words: Sequence[str], lang: Lang) -> Namespace:
    """What the words ask for, with the configuration; help by itself waits neither for that nor for argparse."""
    if is_help(words):
        _help(taken, lang, ascii_only(words))
    from kpitui.cli.parse import parsed  # noqa: PLC0415

    return _settled(parsed(taken, words, lang, ascii_only=ascii_only(words)))


def _help(taken: Arguments, lang: Lang, plain: bool) -> NoReturn:
    from kpitui.cli.help import text  # noqa: PLC0415

    said = text(taken, lang)
    if plain:
        from kpitui.text.cells import plain_ascii  # noqa: PLC0415 - rich takes a while

        said = plain_ascii(said)
    with StandardOutput() as out:
        out.write(said)
    sys.exit(0)


def _work(verb: str) -> Callable[[Namespace], int]:
    """What does the verb's work."""
    if verb in ("completion", "man"):
        from kpitui.cli import about  # noqa: PLC0415

        return about.RUN[verb]
    from kpitui import verbs  # noqa: PLC0415 - polars takes 0.2 s, which --help need not wait for

    loaded()
    return verbs.RUN[verb]


def _settled(args: Namespace) -> Namespace:
    """The arguments with the configuration, and with what it says where the command line is silent."""
    from kpitui import config  # noqa: PLC0415
    from kpitui.options import OPTIONS  # noqa: PLC0415

    given = {option.key: getattr(args, option.key, None) for option in OPTIONS}
    args.config = config.load(given)
    args.lang, args.ascii, args.views = args.config.language, args.config.ascii, args.config.views
    return args


def _format_of(output: str | None, formats: Sequence[str]) -> str:
    """The format that a file's ending names, else the usual one; UsageError for the ending of another format."""
    ending = os.path.splitext(output or "")[1].removeprefix(".").lower()  # noqa: PTH122 - as text
    if ending in formats:
        return ending
    if ending.isalpha() and ending not in _OF_TEXT:
        raise UsageError(_NO_FORMAT.format(output=output, ending=ending, formats=", ".join(formats)))
    return formats[0]


def _browse(args: Namespace) -> int:
    from kpitui import terminal  # noqa: PLC0415

    terminal.check(guest=args.guest)
    if args.resume and (args.report or args.view or args.guest):
        raise UsageError(_RESUME_ALONE)
    if args.guest:
        from kpitui import guest  # noqa: PLC0415

        args.guest = guest.Guest(args.guest_idle, args.guest_memory, args.guest_cpu)
        return guest.watched(lambda: _screen(args), args.guest, args.lang)
    return _screen(args)


def _screen(args: Namespace) -> int:
    from kpitui.tui.start import run  # noqa: PLC0415 - textual takes 0.2 s, which no other verb needs

    return run(args)
