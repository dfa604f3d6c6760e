"""Tables at random, of words that mean something: they are understood with every row accounted for, or refused."""

from hypothesis import given, settings
from hypothesis import strategies as st
from invented_tables import LAYOUTS, rows

from kpitui.errors import KpituiError
from kpitui.sources.general.explain import explain
from kpitui.sources.general.mapping import dump
from kpitui.sources.general.options import Options
from kpitui.sources.general.understand import understand
from kpitui.sources.raw.model import Document, RawRow, RawTable

_WORDS = [
    *(
        "事業名",
        "指標",
        "目標値",
        "実績値",
        "基準値",
        "単位",
        "評価",
        "区分",
        "目標",
        "実績",
        "No",
        "R4",
        "令和5年度",
        "合計",
    ),
    *(
        "1,200",
        "▲5",
        "-",
        "",
        "",
        "85%以上",
        "9億円",
        "甲",
        "来客 目標 3人(R6) 実績 4人(R6)",
        "A",
        "ア 目標",
        "£5m",
        "\x1b[2J",
    ),
]
_CELLS = st.sampled_from(_WORDS) | st.text(max_size=8)
_ROWS = st.lists(st.lists(_CELLS, min_size=1, max_size=8), min_size=1, max_size=10)


def is_accounted_for_or_refused(tables: tuple[RawTable, ...], options: Options) -> None:
    try:
        found = understand(Document("any.csv", tables, ()), options)
    except KpituiError:
        return
    assert sum(found.counts.values()) == sum(len(table.rows) for table in tables) or options.transpose
    assert all("\x1b" not in line.ja + line.en for line in explain(found))
    assert dump(found, options)


@given(_ROWS, st.booleans())
def test_a_table_at_random_is_accounted_for_or_refused(cells: list[list[str]], transpose: bool) -> None:
    table = RawTable("", tuple(RawRow(number, tuple(row)) for number, row in enumerate(cells, start=1)))
    is_accounted_for_or_refused((table,), Options(transpose=transpose))


@settings(max_examples=60)
@given(st.sampled_from(sorted(LAYOUTS)), st.data())
def test_a_layout_with_cells_exchanged_is_accounted_for_or_refused(name: str, data: st.DataObject) -> None:
    cells = [list(row.cells) for row in rows(LAYOUTS[name])]
    for _ in range(data.draw(st.integers(1, 6))):
        row = data.draw(st.sampled_from(cells))
        row[data.draw(st.integers(0, len(row) - 1))] = data.draw(_CELLS)
    table = RawTable("", tuple(RawRow(number, tuple(row)) for number, row in enumerate(cells, start=1)))
    is_accounted_for_or_refused((table,), Options())
