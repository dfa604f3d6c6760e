"""The configuration as `kpitui config show` gives it: every option with its value and where that comes from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from kpitui.config import KEYS, OPTIONS, Config
from kpitui.text.cells import fit, safe, width
from kpitui.text.wording import Both, Lang

_HEADS = (Both("設定", "option"), Both("値", "value"), Both("由来", "from"))
_SWITCH = {True: "true", False: "false"}


class Setting(NamedTuple):
    """One line of it: `value` is a text, true or false, or a list of texts."""

    option: str
    value: Any
    origin: Both


def settings(config: Config) -> Iterator[Setting]:
    """Every option in the order of the table, then the commands that have other keys."""
    for option in OPTIONS:
        value = getattr(config, option.key)
        yield Setting(
            option.key, list(map(str, value)) if isinstance(value, tuple) else value, config.origin(option.key)
        )
    for command, keys in config.keys.items():
        yield Setting(f"{KEYS}.{command}", list(keys), config.origin(KEYS))


def render(config: Config, form: str, lang: Lang) -> str:
    """All settings, as a table or as JSON; JSON is in English."""
    return _json(config) if form == "json" else _table(config, lang)


def _json(config: Config) -> str:
    found = [{"option": each.option, "value": each.value, "origin": each.origin.en} for each in settings(config)]
    return f"{json.dumps(found, ensure_ascii=False, indent=2)}\n"


def _table(config: Config, lang: Lang) -> str:
    heads = tuple(head.say(lang) for head in _HEADS)
    rows = [heads, *((each.option, _shown(each.value), each.origin.say(lang)) for each in settings(config))]
    rows = [tuple(map(safe, row)) for row in rows]
    widths = [max(map(width, texts)) for texts in zip(*rows, strict=True)]
    lines = ("  ".join(map(fit, row, widths)).rstrip() for row in rows)
    return "".join(f"{line}\n" for line in lines)


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value) or "-"
    return _SWITCH[value] if isinstance(value, bool) else str(value)


def described(lang: Lang) -> str:
    """What each option is for, its choices and its variable: the text of `kpitui config --help`."""
    lines = (f"  {fit(each.key, 17)}{fit(_choices(each.choices), 28)}{each.help.say(lang)}" for each in OPTIONS)
    return "\n".join(lines)


def _choices(choices: tuple[str, ...]) -> str:
    return " | ".join(choices)
