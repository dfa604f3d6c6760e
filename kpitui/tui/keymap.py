"""The reader's own keys: the table of commands with other keys in it, once nothing speaks against them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from kpitui.errors import KpituiError
from kpitui.text.nearest import shown, unknown
from kpitui.text.wording import Both
from kpitui.tui.commands import COMMANDS, Command
from kpitui.tui.importing.commands import OWN, SHARED
from kpitui.tui.keys import named, printed, refusal

NEEDED = ("quit", "help")
"""Commands without which a reader may be lost."""
LAST_RESORT = "ctrl+q"
"""Always leaves kpitui, whatever else is bound."""

_COMMAND = Both("命令", "command")
_IN_KEYS = Both("{path}: [keys] {why}", "{path}: [keys] {why}")
_REFUSED = Both("{label} ({id}) にキー {key} は使えません。{why}", "{label} ({id}) cannot have the key {key}: {why}")
_LAST_RESORT = Both("いつでもkpituiを終えるキーです", "it always leaves kpitui")
_TWICE = Both(
    "キー {key} が二つの命令にあります: {one} ({one_id}) と {other} ({other_id})",
    "the key {key} is bound twice: to {one} ({one_id}) and to {other} ({other_id})",
)
_KEYLESS = Both("{label} ({id}) にはキーが一つ以上必要です", "{label} ({id}) must keep at least one key")


def remapped(keys: Mapping[str, Sequence[str]], path: Path | str = "") -> tuple[Command, ...]:
    """The table of commands, with these keys for these ids; names as printed or as Textual has them.

    Ids of the import screen's own commands are judged, too; `importing` has their keys. Raises KpituiError naming the
    file and what is wrong: an unknown command and the nearest known one, a key that does not arrive over SSH, a key
    with two commands in one place, no key for help or for leaving.
    """
    try:
        _check_known(keys)
        commands = _with_keys(COMMANDS, keys)
        _check_needed(commands)
        _check_clashes(commands)
        _check_clashes((*importing(keys), *_shared(commands)))
    except KpituiError as error:
        raise KpituiError(_IN_KEYS.format(path=path, why=error.sentence)) from None
    return commands


def importing(keys: Mapping[str, Sequence[str]]) -> tuple[Command, ...]:
    """The import screen's own commands with these keys for their ids.

    A key that the reader gave to a command of the browser that works there, too, is no longer that of a command of
    which nothing was said.
    """
    taken = {key for each in _shared(_with_keys(COMMANDS, keys)) if each.id in keys for key in each.keys}
    return tuple(
        each if each.id in keys else dataclasses.replace(each, keys=tuple(key for key in each.keys if key not in taken))
        for each in _with_keys(OWN, keys)
    )


def _shared(commands: Iterable[Command]) -> list[Command]:
    return [command for command in commands if command.id in SHARED]


def dispatch(commands: Iterable[Command]) -> dict[str, tuple[str, ...]]:
    """The ids of the commands that each key may mean, depending on where the reader is."""
    found: dict[str, tuple[str, ...]] = {}
    for command in commands:
        for key in command.keys:
            found[key] = (*found.get(key, ()), command.id)
    return found


def _check_known(keys: Iterable[str]) -> None:
    known = [command.id for command in (*COMMANDS, *OWN)]
    for id_ in keys:
        if id_ not in known:
            raise KpituiError(unknown(_COMMAND, shown(id_), known))


def _with_keys(commands: Iterable[Command], keys: Mapping[str, Sequence[str]]) -> tuple[Command, ...]:
    return tuple(_with(command, keys[command.id]) if command.id in keys else command for command in commands)


def _with(command: Command, texts: Sequence[str]) -> Command:
    keys = tuple(dict.fromkeys(map(named, texts)))
    for key in keys:
        why = _LAST_RESORT if key == LAST_RESORT and command.id != "quit" else refusal(key)
        if why:
            raise KpituiError(_REFUSED.format(label=command.label, id=command.id, key=shown(printed(key)), why=why))
    return dataclasses.replace(command, keys=keys)


def _check_needed(commands: Iterable[Command]) -> None:
    for command in commands:
        if command.id in NEEDED and not command.keys:
            raise KpituiError(_KEYLESS.format(label=command.label, id=command.id))


def _check_clashes(commands: Sequence[Command]) -> None:
    """No key may have two commands that work in the same place."""
    by_id = {command.id: command for command in commands}
    for key, (first, *others) in dispatch(commands).items():
        for other in others:
            if set(by_id[first].where) & set(by_id[other].where):
                raise KpituiError(_clash(key, by_id[first], by_id[other]))


def _clash(key: str, one: Command, other: Command) -> Both:
    return _TWICE.format(key=printed(key), one=one.label, one_id=one.id, other=other.label, other_id=other.id)
