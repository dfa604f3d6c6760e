"""Dataclasses that are made in a third of the time: for what is loaded before the first screen stands.

The standard library's decorator writes each class methods of its own and compiles them: 1 ms for each of some fifty
classes. Here, too, a class is a dataclass to `dataclasses.replace`, `fields`, `asdict` and to type checkers; but only
`__init__` is compiled, and the other methods are the same functions for all classes.
"""

from __future__ import annotations

import dataclasses
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # noqa: PLC0414 - this is what checkers shall take it for
else:

    def dataclass(cls: type | None = None, /, *, frozen: bool = False, eq: bool = True) -> Any:
        """A class with what `dataclasses.dataclass` gives it; no other options are known here."""
        if cls is None:
            return lambda each: dataclass(each, frozen=frozen, eq=eq)
        made = dataclasses.dataclass(repr=False, eq=False)(cls)
        _give(made, __repr__=_repr)
        if eq:
            made.__compared__ = _compared(made)
            _give(made, __eq__=_eq, __hash__=_hash if frozen else None)
        if frozen:
            _give(made, __setattr__=_set_once, __delattr__=_never_delete)
        return made


def _give(cls: type, **methods: Any) -> None:
    """Methods to a class that does not define them itself."""
    for name, method in methods.items():
        if name not in cls.__dict__:
            setattr(cls, name, method)


def _compared(cls: Any) -> Any:
    """What takes from an instance the values by which it is equal to another one."""
    names = [each.name for each in dataclasses.fields(cls) if each.compare]
    return attrgetter(*names) if names else type


def _repr(self: Any) -> str:
    told = (f"{each.name}={getattr(self, each.name)!r}" for each in dataclasses.fields(self) if each.repr)
    return f"{type(self).__qualname__}({', '.join(told)})"


def _eq(self: Any, other: Any) -> Any:
    return self.__compared__(self) == self.__compared__(other) if type(other) is type(self) else NotImplemented


def _hash(self: Any) -> int:
    return hash(self.__compared__(self))


def _set_once(self: Any, name: str, value: object) -> None:
    """A field is set by `__init__` and never again; what is no field is not set at all."""
    if name in self.__dict__ or name not in self.__dataclass_fields__:
        raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")
    object.__setattr__(self, name, value)


def _never_delete(self: Any, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
