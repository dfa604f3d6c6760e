"""The next hit is the one that a reader who looks through all cells by eye comes to."""

from __future__ import annotations

import pytest

from kpitui.output.display import Display
from kpitui.report.columns import registry
from kpitui.report.model import Report, Table
from kpitui.text.fold import find, fold
from kpitui.text.wording import Lang
from kpitui.tui.hits import Seen, next_hit
from kpitui.views.query import select
from kpitui.views.spec import Sort, ViewSpec

_NEEDLES = (
    "推6",
    "6.3",
    "推",
    "-",
    "1,",
    "50%",
    "達成",
    "met",
    "0",
    "売上",
    "ｶﾌｪ",
    "(",
    "1/",
    "①",
    "事業",
    "zzz",
    "20.5",
)
_SPECS = (ViewSpec("kpis", sorts=(Sort("name"),)), ViewSpec("projects"), ViewSpec("audit", where="cost > 20000"))


def _by_eye(seen: Seen, row: int, place: int, direction: int) -> tuple[int, int] | None:
    rows = seen.report.frame(seen.rowset.table)[seen.rowset.rows].rows(named=True)
    wide = len(seen.columns)
    start = row * wide + place
    steps = (divmod((start + direction * step) % (len(rows) * wide), wide) for step in range(1, len(rows) * wide + 1))
    shown = ((at, of, seen.display.cell(seen.columns[of], rows[at])) for at, of in steps)
    return next(((at, of) for at, of, text in shown if find(text, seen.needle)), None)


@pytest.mark.parametrize("needle", _NEEDLES)
@pytest.mark.parametrize("spec", _SPECS, ids=lambda spec: spec.table)
@pytest.mark.parametrize(("lang", "plain"), [("ja", False), ("en", True)])
def test_every_column_is_looked_through(report: Report, spec: ViewSpec, needle: str, lang: Lang, plain: bool) -> None:
    columns = tuple(each for each in registry(spec.table) if each.kind != "used")
    seen = Seen(select(report, spec), columns, Display(report, lang, plain), fold(needle))
    last = len(seen.rowset) - 1
    for row, place in ((0, 0), (last, len(columns) - 1), (last // 2, 3)):
        for direction in (1, -1):
            assert next_hit(seen, row, place, direction) == _by_eye(seen, row, place, direction)


def _names(report: Report, table: Table, needle: str) -> Seen:
    columns = tuple(each for each in registry(table) if each.key in ("id", "name"))
    return Seen(select(report, ViewSpec(table)), columns, Display(report, "ja"), fold(needle))


def test_hits_come_one_after_the_other_and_begin_again_after_the_last(report: Report) -> None:
    seen = _names(report, "kpis", "輸出")
    ids = report.kpis["id"]
    first = next_hit(seen, 0, 0, 1)
    assert first is not None
    second = next_hit(seen, *first, 1)
    assert second is not None
    assert [ids[row] for row, _ in (first, second)] == ["promotion-3.4", "promotion-11.1"]
    assert next_hit(seen, *second, 1) == first
    assert next_hit(seen, *first, -1) == second


def test_the_only_hit_is_also_the_next_one(report: Report) -> None:
    seen = _names(report, "kpis", "推11.1")
    found = next_hit(seen, 5, 0, 1)
    assert found is not None
    assert next_hit(seen, *found, 1) == found
    assert next_hit(seen, *found, -1) == found


def test_there_is_no_hit_in_columns_that_are_not_on_the_grid(report: Report) -> None:
    seen = _names(report, "kpis", "そらへ羽ばたけ")
    assert len(select(report, ViewSpec("kpis", search="そらへ羽ばたけ"))) > 0
    assert next_hit(seen, 0, 0, 1) is None
