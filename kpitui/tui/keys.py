"""Keys by the names that readers and Textual have for them, and which of them reach a program over SSH."""

from __future__ import annotations

import re
import string
import unicodedata

from kpitui.text.nearest import nearest, shown
from kpitui.text.wording import Both

_RENAMED = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
"""Where Textual's name of a sign is not Unicode's."""
_CAPS = {
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "tab": "Tab",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "backspace": "Backspace",
    "insert": "Ins",
    "delete": "Del",
    "down": "Down",
    "up": "Up",
    "left": "Left",
    "right": "Right",
    "home": "Home",
    "end": "End",
    **{f"f{number}": f"F{number}" for number in range(1, 13)},
}
"""What stands on the caps of keys that write no character."""
_MODIFIERS = re.compile(r"((?:ctrl|control|shift|alt|meta|super|hyper)[+-])(?=.)", re.IGNORECASE)
_SAME_AS = {"h": "Backspace", "i": "Tab", "m": "Enter"}

_SAME = Both("端末では {same} と区別できません", "a terminal cannot tell it from {same}")
_TAKEN = Both("中断のためのキーです", "it is the key to interrupt")
_WITH_ALT = Both("SSHでは Esc に続く文字として届きます", "over SSH it arrives as Esc and a letter")
_UPPER = Both("大文字をそのまま書いてください: {upper}", "write the capital letter itself: {upper}")
_LOST = Both(
    "SSHでは届かないことがあります。使えるのは文字、数字、記号、F1からF12、矢印、Ctrlと英字",
    "it may never arrive over SSH; letters, digits, signs, F1 to F12, arrows, and Ctrl with a letter do",
)
_UNKNOWN = Both("そのようなキーはありません{hint}", "there is no such key{hint}")


def _sign(character: str) -> str:
    """Textual's name of a character: itself if it is a letter or digit."""
    if character.isalnum():
        return character
    name = unicodedata.name(character, "").lower().replace("-", "_").replace(" ", "_")
    return _RENAMED.get(name, name)


_SIGNS = {_sign(character): character for character in string.punctuation}
_NAMES = {cap.casefold(): name for name, cap in _CAPS.items()} | {name: name for name in (*_CAPS, *_SIGNS)}
_NAMES |= {"return": "enter", "pgdown": "pagedown"}


def printed(key: str) -> str:
    """A key as a reader knows it: `/` for slash, `Ctrl-r` for ctrl+r."""
    *modifiers, name = key.split("+")
    cap = _CAPS.get(name) or _SIGNS.get(name, name)
    return "".join(f"{modifier.capitalize()}-" for modifier in modifiers) + cap


def named(text: str) -> str:
    """Textual's name of a key, from that name or from what is printed; what is no key stays as it is."""
    modifiers = _MODIFIERS.match(text)
    if modifiers:
        modifier = "ctrl" if modifiers[1][:-1].casefold() == "control" else modifiers[1][:-1].casefold()
        rest = named(text[modifiers.end() :])
        return f"{modifier}+{rest.lower() if modifier == 'ctrl' else rest}"
    if len(text) == 1:
        return _sign(text) or text
    return _NAMES.get(text.casefold(), text)


def refusal(key: str) -> Both | None:
    """Why no command can have a key of that name; None where one can."""
    *modifiers, name = key.split("+")
    if name not in _NAMES and len(name) != 1 and not _is_sign(name):
        return _UNKNOWN.format(hint=nearest(shown(key), _NAMES))
    return _modified(modifiers, name) if modifiers and key != "shift+tab" else None


def _modified(modifiers: list[str], name: str) -> Both | None:
    if modifiers == ["shift"] and len(name) == 1 and name.isalpha():
        return _UPPER.format(upper=name.upper())
    if modifiers == ["alt"] and len(name) == 1:
        return _WITH_ALT
    if modifiers != ["ctrl"] or name not in string.ascii_lowercase:
        return _LOST
    if name == "c":
        return _TAKEN
    return _SAME.format(same=_SAME_AS[name]) if name in _SAME_AS else None


def _is_sign(name: str) -> bool:
    """Whether a character that is neither letter nor digit has this name."""
    try:
        return bool(unicodedata.lookup(name.replace("_", " ")))
    except KeyError:
        return False
