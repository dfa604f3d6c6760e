"""The configuration as `kpitui config show` gives it: every option with its value and where that comes from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from kpitui.ambiguous import AUTO, Answer
from kpitui.config import KEYS, Config
from kpitui.options import OPTIONS, Option
from kpitui.text.cells import fit, safe, width
from kpitui.text.escaped import json_text
from kpitui.text.wording import Both, Lang

_HEADS = (Both("設定", "option"), Both("値", "value"), Both("由来", "from"))
_PLACES = Both(
    "強い順: コマンドライン、環境変数 KPITUI_THEME など、設定ファイル config.toml の theme など、既定",
    "In this order: the command line, variables such as KPITUI_THEME, keys of config.toml such as theme, defaults",
)
_OF_KEYS = Both(
    '[keys] の表で命令にキーを割り当てる。例: sort = "o"、quit = ["Q", "F10"]',
    'The table [keys] gives commands other keys, e.g. sort = "o" or quit = ["Q", "F10"]',
)
_ASKED_LATER = Both("auto (起動時に端末に尋ねる)", "auto (the terminal is asked at the start)")
_ANSWERED = Both("auto (この端末の答え: {cells}セル)", "auto (this terminal's answer: {cells})")
_NO_ANSWER = Both("auto (この端末は答えないので1セル)", "auto (no answer from this terminal, so 1)")
_WIDTH = "ambiguous_width"
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


def render(config: Config, form: str, lang: Lang, answer: Answer | None = None) -> str:
    """All settings, as a table or as JSON; JSON is in English.

    The table says with `auto` what this terminal's answer to it is, None where there is no terminal to be asked.
    """
    return _json(config) if form == "json" else _table(config, lang, answer)


def _json(config: Config) -> str:
    found = [{"option": each.option, "value": each.value, "origin": each.origin.en} for each in settings(config)]
    return f"{json_text(found, indent=2)}\n"


def _table(config: Config, lang: Lang, answer: Answer | None) -> str:
    heads = tuple(head.say(lang) for head in _HEADS)
    shown = {_WIDTH: _width(answer).say(lang)} if config.ambiguous_width == AUTO else {}
    rows = [
        heads,
        *(
            (each.option, shown.get(each.option) or _shown(each.value), each.origin.say(lang))
            for each in settings(config)
        ),
    ]
    rows = [tuple(map(safe, row)) for row in rows]
    widths = [max(map(width, texts)) for texts in zip(*rows, strict=True)]
    lines = ("  ".join(map(fit, row, widths)).rstrip() for row in rows)
    return "".join(f"{line}\n" for line in lines)


def _width(answer: Answer | None) -> Both:
    """What `auto` comes to for characters of ambiguous width."""
    if answer is None:
        return _ASKED_LATER
    return _ANSWERED.format(cells=answer.cells) if answer.told else _NO_ANSWER


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value) or "-"
    return _SWITCH[value] if isinstance(value, bool) else str(value)


def described(lang: Lang) -> str:
    """What each option of the file and the environment is for, and what it takes: for `kpitui config --help`."""
    options = [f"  {fit(each.key, 16)} {each.help.say(lang)}{_choices(each)}" for each in OPTIONS]
    return "\n".join([_PLACES.say(lang), "", *options, "", _OF_KEYS.say(lang)])


def _choices(option: Option) -> str:
    return f": {' | '.join(option.choices)}" if option.choices else ""
