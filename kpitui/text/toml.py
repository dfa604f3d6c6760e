"""TOML with every table under its own head, in the order given: tomli-w puts short ones on one line, out of order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kpitui.text.escaped import escaped, json_text


def dumps(document: Mapping[str, object]) -> str:
    """The document as TOML: a table's own values before the tables in it; what is None or () is left out."""
    return escaped("".join(_render("", "", document)).lstrip("\n"))


def _render(name: str, head: str, table: Mapping[str, object]) -> Iterator[str]:
    import tomli_w  # noqa: PLC0415 - only what writes needs it

    stated = {key: value for key, value in table.items() if value is not None and value != ()}
    parts = {key: list(_tables(value)) for key, value in stated.items()}
    yield f"\n{head}\n" if head else ""
    yield tomli_w.dumps({key: value for key, value in stated.items() if not parts[key]})
    for key, inner in parts.items():
        path = f"{name}.{_key(key)}" if name else _key(key)
        for part in inner:
            yield from _render(path, f"[{path}]" if isinstance(stated[key], Mapping) else f"[[{path}]]", part)


def _key(key: str) -> str:
    """A key as it stands in a head: quoted, as JSON quotes a text, unless it is of letters that may stand bare."""
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else json_text(key)


def _tables(value: object) -> Iterator[Mapping[str, object]]:
    """The tables that a value is or lists; an empty one counts only where it is the value itself."""
    several = isinstance(value, Sequence) and not isinstance(value, str)
    for part in value if several else (value,):  # type: ignore[attr-defined]
        if isinstance(part, Mapping):
            yield part
