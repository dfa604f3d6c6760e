"""Our quick dataclasses behave as the standard library's do."""

from __future__ import annotations

import dataclasses
from dataclasses import field
from typing import Any

import pytest

from kpitui import dataclass as quick


def made(decorator: Any) -> tuple[Any, Any, Any]:
    """The same three classes by either decorator."""

    @decorator(frozen=True)
    class Point:
        x: int
        y: int = 2
        seen: list[int] = field(default_factory=list, compare=False, repr=False)

        @property
        def total(self) -> int:
            return self.x + self.y

    @decorator
    class Loose:
        name: str = ""

    @decorator(frozen=True, eq=False)
    class Alone:
        x: int = 0

        def __post_init__(self) -> None:
            object.__setattr__(self, "x", self.x + 1)

    return Point, Loose, Alone


BOTH = pytest.mark.parametrize("decorator", [dataclasses.dataclass, quick.dataclass], ids=["library", "ours"])


@BOTH
def test_equal_are_those_of_one_class_with_the_same_values(decorator: Any) -> None:
    point, loose, alone = made(decorator)
    assert (point(1), hash(point(1))) == (point(1, 2, [9]), hash(point(1, 2, [9])))
    assert point(1) != point(2)
    assert point(1) != made(decorator)[0](1)
    assert point(1) != (1, 2)
    assert loose("a") == loose("a")
    assert alone(1) != alone(1)


@BOTH
def test_what_is_frozen_can_be_neither_set_nor_deleted_but_replaced(decorator: Any) -> None:
    point, loose, _ = made(decorator)
    one = point(1)
    for name in ("x", "total", "new"):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(one, name, 5)
    with pytest.raises(dataclasses.FrozenInstanceError):
        del one.x
    assert (dataclasses.replace(one, x=5).total, one.x) == (7, 1)
    free = loose("a")
    free.name = "b"
    assert free == loose("b")


@BOTH
def test_only_what_is_frozen_or_equal_to_itself_alone_has_a_hash(decorator: Any) -> None:
    _, loose, alone = made(decorator)
    with pytest.raises(TypeError):
        hash(loose())
    assert len({alone(), alone()}) == 2


@BOTH
def test_a_dataclass_is_told_by_its_fields_and_made_into_a_dictionary(decorator: Any) -> None:
    point, loose, alone = made(decorator)
    assert repr(point(1)).rpartition(".")[2] == "Point(x=1, y=2)"
    assert dataclasses.asdict(point(1, seen=[3])) == {"x": 1, "y": 2, "seen": [3]}
    assert [each.name for each in dataclasses.fields(loose)] == ["name"]
    assert alone(4).x == 5


@BOTH
def test_methods_that_a_class_defines_itself_stay(decorator: Any) -> None:
    @decorator(frozen=True)
    class Told:
        x: int

        def __repr__(self) -> str:
            return "told"

        def __hash__(self) -> int:
            return 7

    told: Any = Told
    assert (repr(told(1)), hash(told(1))) == ("told", 7)
