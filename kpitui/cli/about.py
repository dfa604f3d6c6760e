"""The verbs that tell of the command line itself; they open no report."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable

from kpitui import outlet
from kpitui.text.cells import plain_ascii


def _completion(args: Namespace) -> int:
    from kpitui.cli.completion import script  # noqa: PLC0415 - the manual has no need of it

    outlet.write(script(args.shell, args.lang).encode())
    return 0


def _man(args: Namespace) -> int:
    from kpitui.cli.manual import page  # noqa: PLC0415

    text = page(args.lang)
    outlet.write((plain_ascii(text) if args.ascii else text).encode())
    return 0


RUN: dict[str, Callable[[Namespace], int]] = {"completion": _completion, "man": _man}
