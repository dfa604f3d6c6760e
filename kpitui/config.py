"""What the reader has settled for good: the command line over the environment over config.toml over defaults."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from kpitui.errors import KpituiError
from kpitui.options import OPTIONS, Option
from kpitui.spoken import file, lang_of
from kpitui.text.nearest import nearest, shown
from kpitui.text.wording import Both, Lang

if TYPE_CHECKING:
    from kpitui.options import Kind

NO_COLOR = "NO_COLOR"
"""Non-empty: no colour codes at all, which only the terminal's own theme can do."""


KEYS = "keys"
"""The table of the file that gives commands other keys: a command's id, and a key or a list of keys."""

COMMAND_LINE = Both("コマンドライン", "command line")
DEFAULT = Both("既定", "default")

_PLACE = r"(?s)(?P<reason>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)"
_NOT_TOML = Both("{path}:{line}:{column}: TOMLとして読めません: {error}", "{path}:{line}:{column}: not TOML: {error}")
_UNKNOWN_KEY = Both("{path}: キー '{key}' は不明です{hint}", "{path}: key '{key}' is unknown{hint}")
_FILE_KEY = Both("{path}: キー '{key}'", "{path}: key '{key}'")
_UNKNOWN_VALUE = Both("{where} の値 {value!r} は不明です{hint}", "{where} is {value!r}, which is unknown{hint}")
_NOT_A_SWITCH = Both(
    "{where} の値 {value!r} は true または false のはずです", "{where} is {value!r}: it should be true or false"
)
_NOT_FOLDERS = Both("{where} はフォルダのリストのはずです", "{where} should be a list of folders")
_NOT_KEYS = Both("{where} はキーまたはキーのリストのはずです", "{where} should be a key or a list of keys")
_NO_TABLE = Both("{where} は [keys] のようなテーブルのはずです", "{where} should be a table, [keys]")
_SWITCHES = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}


class Config(NamedTuple):
    """What holds for this run, and of each option where that comes from.

    `keys` maps ids of commands to keys as the reader wrote them; `kpitui.tui.keymap` judges them. `path` is
    the file that was, or would have been, read.
    """

    lang: str
    theme: str
    mouse: bool
    ascii: bool
    ambiguous_width: str
    clipboard: str
    views: tuple[Path, ...]
    keys: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    path: Path | str = ""
    origins: Mapping[str, Both] = MappingProxyType({})

    @property
    def language(self) -> Lang:
        """The language of the interface."""
        return lang_of(self.lang)

    @property
    def wide(self) -> bool:
        """Whether text is laid out for a terminal that draws characters of ambiguous width two cells wide."""
        return self.ambiguous_width == "2" and not self.ascii

    def origin(self, key: str) -> Both:
        """Where an option's value comes from: the command line, a variable, the file, or the default."""
        return self.origins.get(key, DEFAULT)


DEFAULTS = Config(**{option.key: option.default for option in OPTIONS})  # type: ignore[arg-type]
"""What holds where nothing was settled."""


def location(environ: Mapping[str, str] = os.environ) -> Path:
    """The file that is read; nothing is ever written into it."""
    return _paths([file(environ)])[0]


def _paths(texts: Iterable[str]) -> tuple[Path, ...]:
    return tuple(Path(os.path.expanduser(text)) for text in texts)  # noqa: PTH111 - it leaves a home that nobody has


def load(given: Mapping[str, Any] | None = None, environ: Mapping[str, str] = os.environ) -> Config:
    """Settle every option; `given` is what the command line says of them, None where it is silent.

    Raises KpituiError naming the file or variable, the key and the nearest known one; InputError where the
    file cannot be read. A file that does not exist settles nothing.
    """
    path = location(environ)
    settled = _from_file(path) | _from_environment(environ) | _from_command_line(given or {})
    if environ.get(NO_COLOR):
        settled["theme"] = "terminal", _same(NO_COLOR)
    values = {key: value for key, (value, _) in settled.items()}
    origins = {key: origin for key, (_, origin) in settled.items()}
    return Config(**{option.key: option.default for option in OPTIONS} | values, path=path, origins=origins)


# The three places. Each gives values with their origin.

_Settled = dict[str, tuple[Any, Both]]


def _from_command_line(given: Mapping[str, Any]) -> _Settled:
    found = {key: value for key, value in given.items() if value not in (None, [])}
    return {key: (tuple(map(Path, value)) if key == "views" else value, COMMAND_LINE) for key, value in found.items()}


def _from_environment(environ: Mapping[str, str]) -> _Settled:
    """What variables say; an empty one says nothing."""
    return {
        option.key: (_FROM_TEXT[option.kind](option, environ[option.variable]), _same(option.variable))
        for option in OPTIONS
        if environ.get(option.variable)
    }


def _from_file(path: Path) -> _Settled:
    document = _read(path)
    known = [*(option.key for option in OPTIONS), KEYS]
    for key in document:
        if key not in known:
            raise KpituiError(_UNKNOWN_KEY.format(path=path, key=shown(key), hint=nearest(key, known)))
    found = {
        option.key: _FROM_VALUE[option.kind](option, document[option.key], path)
        for option in OPTIONS
        if option.key in document
    }
    keys = _keys(document.get(KEYS, {}), path)
    origin = _same(str(path))
    return {key: (value, origin) for key, value in found.items()} | ({KEYS: (keys, origin)} if keys else {})


def _read(path: Path) -> dict[str, Any]:
    if _is_missing(path):
        return {}
    import tomllib  # noqa: PLC0415 - 8 ms, which only those with a file need wait for

    from kpitui.textfile import decode, read_bytes  # noqa: PLC0415

    text = decode(read_bytes(path), path)
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise KpituiError(_not_toml(path, text, str(error))) from None


def _is_missing(path: Path) -> bool:
    """Whether there is no such file; one that cannot be looked at is told by what reads it."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def _not_toml(path: Path, text: str, error: str) -> Both:
    """Where the text stops being TOML; its end where the parser does not say."""
    place = re.fullmatch(_PLACE, error)
    line, column = (place["line"], place["column"]) if place else (None, None)
    return _NOT_TOML.format(
        path=path,
        line=line or text.count("\n") + 1,
        column=column or len(text) - text.rfind("\n"),
        error=place["reason"] if place else error,
    )


# Values


def _chosen(option: Option, value: object, where: Both) -> str:
    """A word of the option's; a whole number stands for its digits."""
    text = str(value) if type(value) is int else value
    if text not in option.choices:
        hint = nearest(str(value), option.choices)
        raise KpituiError(_UNKNOWN_VALUE.format(where=where, value=shown(str(value)), hint=hint))
    return str(text)


def _choice_from_file(option: Option, value: object, path: Path) -> str:
    return _chosen(option, value, _in_file(path, option.key))


def _switch_from_file(option: Option, value: object, path: Path) -> bool:
    if not isinstance(value, bool):
        raise KpituiError(_NOT_A_SWITCH.format(where=_in_file(path, option.key), value=shown(str(value))))
    return value


def _folders_from_file(option: Option, value: object, path: Path) -> tuple[Path, ...]:
    """Folders as they lie from the file's own."""
    texts = _texts(value)
    if texts is None:
        raise KpituiError(_NOT_FOLDERS.format(where=_in_file(path, option.key)))
    return tuple(path.parent / each for each in _paths(texts))


def _switch_from_text(option: Option, text: str) -> bool:
    if text.casefold() not in _SWITCHES:
        raise KpituiError(_NOT_A_SWITCH.format(where=option.variable, value=shown(text)))
    return _SWITCHES[text.casefold()]


def _folders_from_text(_: Option, text: str) -> tuple[Path, ...]:
    return _paths(part for part in text.split(os.pathsep) if part)


def _keys(value: object, path: Path) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise KpituiError(_NO_TABLE.format(where=_in_file(path, KEYS)))
    return {command: _keys_of(command, keys, path) for command, keys in value.items()}


def _keys_of(command: str, value: object, path: Path) -> tuple[str, ...]:
    texts = _texts(value)
    if texts is None:
        raise KpituiError(_NOT_KEYS.format(where=_in_file(path, f"{KEYS}.{shown(command)}")))
    return texts


def _texts(value: object) -> tuple[str, ...] | None:
    """A text or a list of texts, as several; None where it is neither."""
    texts = [value] if isinstance(value, str) else value
    return tuple(texts) if isinstance(texts, list) and all(isinstance(each, str) for each in texts) else None


def _in_file(path: Path, key: str) -> Both:
    return _FILE_KEY.format(path=path, key=key)


def _same(text: str) -> Both:
    return Both(text, text)


_FROM_VALUE: Mapping[Kind, Callable[[Option, object, Path], Any]] = {
    "choice": _choice_from_file,
    "switch": _switch_from_file,
    "folders": _folders_from_file,
}
_FROM_TEXT: Mapping[Kind, Callable[[Option, str], Any]] = {
    "choice": lambda option, text: _chosen(option, text, _same(option.variable)),
    "switch": _switch_from_text,
    "folders": _folders_from_text,
}
