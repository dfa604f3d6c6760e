import tomllib
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpitui.errors import InputError, KpituiError
from kpitui.report.column import Column
from kpitui.report.columns import registry
from kpitui.report.model import Report, Table
from kpitui.views.check import differences
from kpitui.views.reader import read
from kpitui.views.saved import SavedView, dump, record
from kpitui.views.search import searchable
from kpitui.views.spec import WIDEST, Filter, Scalar, Sort, ViewSpec

FELL_SHORT = ViewSpec("kpis", filters=(Filter("status", ("missed", "worsened")),))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "odd.toml"


def rows_of(report: Report, kpi_id: str, *columns: str) -> object:
    spec = ViewSpec("kpis", filters=(Filter("id", (kpi_id,)),), columns=columns)
    (row,) = record(report, spec, "one").rows
    return row


def test_a_saved_view_holds_the_view_and_what_it_selected(report: Report) -> None:
    spec = ViewSpec("kpis", filters=(Filter("status", ("worsened",)),), sorts=(Sort("gap", descending=True),))
    view = record(report, spec, "悪化", note="議会で問われた二件")
    assert tomllib.loads(dump(view)) == {
        "schema": 1,
        "name": "悪化",
        "note": "議会で問われた二件",
        "report": {"id": "yamaguchi-r3", "sha256": report.fingerprint},
        "view": {"table": "kpis", "search": "", "where": ""},
        "filter": [{"column": "status", "values": ["worsened"]}],
        "sort": [{"column": "gap", "descending": True}],
        "columns": {"shown": [], "pins": ["id", "name"], "widths": {}},
        "expect": {"rows": 2, "ids": ["promotion-22.1", "promotion-6.3"]},
        "row": [
            {
                "id": "promotion-22.1",
                "project": "デジタル技術を活用したローカルO2O戦略の推進による地域経済活性化",
                "name": "意識して県産品を購入する人の割合",
                "baseline": 40.7,
                "target": 43,
                "actual": -0.6,
                "unit": "%",
                "status": "worsened",
                "progress": -0.2609,
            },
            {
                "id": "promotion-6.3",
                "project": "担い手の減少・高齢化に立ち向かう農林水産業技術イノベーション実現プロジェクト",
                "name": "農業中核経営体の園芸品目の作付増加面積",
                "baseline": 0,
                "target": 20,
                "actual": -22,
                "unit": "ha",
                "status": "worsened",
                "progress": -1.1,
            },
        ],
    }


def test_saving_twice_gives_the_same_bytes(report: Report) -> None:
    first, second = (dump(record(report, FELL_SHORT, "short")).encode() for _ in range(2))
    assert first == second
    assert len(tomllib.loads(first.decode())["row"]) == 30


def test_a_missing_value_has_no_key(report: Report) -> None:
    row = rows_of(report, "promotion-6.1", "target", "actual", "attainment", "progress", "gap", "change", "aim")
    assert row == {
        "id": "promotion-6.1",
        "project": "担い手の減少・高齢化に立ち向かう農林水産業技術イノベーション実現プロジェクト",
        "target": 5,
        "aim": "increase",
    }


def test_ratios_are_rounded_down_to_four_decimals(report: Report) -> None:
    short = rows_of(report, "promotion-16.1", "attainment")
    over = rows_of(report, "promotion-7.2", "attainment")
    fallen = rows_of(report, "promotion-22.1", "attainment", "progress")
    assert isinstance(short, dict)
    assert isinstance(over, dict)
    assert isinstance(fallen, dict)
    assert short["attainment"] == 0.9962  # 787 / 790 = 0.99620...
    assert over["attainment"] == 1.0337  # 9.2 / 8.9 = 1.03370...
    assert (fallen["attainment"], fallen["progress"]) == (0.9325, -0.2609)  # 0.93255..., -0.26086...


def test_whole_numbers_are_integers(report: Report) -> None:
    row = rows_of(report, "promotion-20.3", "baseline", "target", "actual", "progress", "gap", "cost")
    assert isinstance(row, dict)
    found = [row[key] for key in ("baseline", "target", "actual", "progress", "gap", "cost")]
    assert found == [0, 2300, 2300, 1, 0, 24847]
    assert {type(value) for value in found} == {int}


def test_rows_are_left_out_where_there_are_more_than_wanted(report: Report) -> None:
    assert len(record(report, FELL_SHORT, "short", most_rows=30).rows) == 30
    without = record(report, FELL_SHORT, "short", most_rows=29)
    assert (len(without.ids), without.rows) == (30, ())
    assert "[[row]]" not in dump(without)


def test_the_missing_are_a_key_of_their_own(file: Path, report: Report) -> None:
    spec = ViewSpec("kpis", filters=(Filter("rating", (None,), negated=True),))
    written = tomllib.loads(dump(SavedView("rated", spec)))
    assert written["filter"] == [{"column": "rating", "values": [], "missing": True, "negated": True}]
    file.write_text(dump(SavedView("rated", spec)), "utf-8")
    assert read(file, report).spec == spec


def test_what_a_file_leaves_out_is_as_usual(file: Path, report: Report) -> None:
    file.write_text("schema = 1\n", "utf-8")
    assert read(file, report) == SavedView("odd", ViewSpec())


TABLES: tuple[Table, ...] = ("projects", "kpis", "audit")
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
ends = st.none() | st.floats(allow_nan=False, allow_infinity=False)


def values(report: Report, table: Table, column: Column) -> st.SearchStrategy[Scalar]:
    """What a filter on that column may hold."""
    dtype = report.frame(table)[column.key].dtype
    if isinstance(dtype, pl.Enum):
        return st.sampled_from(dtype.categories.to_list())
    if column.values:
        return st.sampled_from([value.code for value in column.values])
    if column.kind == "integer":
        return st.integers(-(2**63), 2**63 - 1)
    return st.floats(allow_nan=False, allow_infinity=False) if column.numeric else texts


@st.composite
def filters(draw: st.DrawFn, report: Report, table: Table) -> Filter:
    column = draw(st.sampled_from([each for each in registry(table) if not each.nested]))
    if column.numeric and draw(st.booleans()):
        low, high = draw(st.tuples(ends, ends).filter(any))
        return Filter(column.key, negated=draw(st.booleans()), low=low, high=high)
    some = tuple(draw(st.lists(values(report, table, column), max_size=3)))
    missing: tuple[Scalar, ...] = (None,) if draw(st.booleans()) else ()
    return Filter(column.key, some + missing, draw(st.booleans()))


@st.composite
def specs(draw: st.DrawFn, report: Report) -> ViewSpec:
    table = draw(st.sampled_from(TABLES))
    keys = st.sampled_from([column.key for column in registry(table)])
    some = st.lists(keys, max_size=4, unique=True).map(tuple)
    return ViewSpec(
        table=table,
        search=draw(texts),
        search_in=draw(st.sampled_from(["", *searchable(table)])),
        where=draw(texts),
        filters=tuple(draw(st.lists(filters(report, table), max_size=3))),
        sorts=tuple(draw(st.lists(st.builds(Sort, keys, st.booleans()), max_size=3))),
        columns=draw(some),
        widths=tuple(draw(st.dictionaries(keys, st.integers(1, WIDEST), max_size=3)).items()),
        pins=draw(some),
        marks=tuple(draw(st.lists(st.tuples(texts, texts), max_size=2))),
    )


@given(st.data())
def test_what_is_saved_reads_as_the_same(report: Report, data: st.DataObject) -> None:
    view = SavedView(data.draw(texts), data.draw(specs(report)), data.draw(texts), ids=("promotion-1",))
    with TemporaryDirectory() as place:
        path = Path(place) / "view.toml"
        path.write_bytes(dump(view).encode())
        again = read(path, report)
    assert again == view
    assert dump(again) == dump(view)


@pytest.mark.parametrize("table", TABLES)
def test_a_view_that_shows_every_column_reads_as_it_was_recorded(report: Report, file: Path, table: Table) -> None:
    # The audit's readings are tables in tables, with keys such as left_out/any; the unrated facility's hold nothing.
    view = record(report, ViewSpec(table, columns=tuple(each.key for each in registry(table))), "all")
    file.write_text(dump(view), "utf-8")
    again = read(file, report)
    assert again == view
    assert [each.changed for each in differences(again, report, "en")] == [False]


@pytest.mark.parametrize(
    ("text", "key", "nearest"),
    [
        ("vieww = 1", "vieww", "'view'"),
        ("[view]\ntabel = 'kpis'", "view.tabel", "'table'"),
        ("[view]\ntable = 'kpi'", "view.table", "'kpis'"),
        ("[[filter]]\ncolum = 'status'", "filter.colum", "'column'"),
        ("[[filter]]\ncolumn = 'ratin'\nvalues = []", "filter.column", "'rating'"),
        ("[[filter]]\ncolumn = 'grant'\nvalues = ['promotio']", "filter.values of grant", "'promotion'"),
        (
            "[[filter]]\ncolumn = 'rating'\nvalues = ['地方創生に効果がなかった。']",
            "filter.values of rating",
            "なかった'",
        ),
        ("[view]\ntable = 'kpis'\n[[filter]]\ncolumn = 'status'\nvalues = ['mised']", "of status", "'missed'"),
        ("[[sort]]\ncolumn = 'costt'", "sort.column", "'cost'"),
        ("[columns]\nshown = ['nam']", "columns.shown", "'name'"),
        ("[columns]\npins = ['nam']", "columns.pins", "'name'"),
        ("[columns.widths]\nnam = 3", "columns.widths", "'name'"),
        ("[expect]\nrow = 3", "expect.row", "'rows'"),
    ],
)
def test_an_unknown_name_is_an_error_that_says_where_and_what_was_meant(
    report: Report, file: Path, text: str, key: str, nearest: str
) -> None:
    file.write_text(f"schema = 1\n{text}\n", "utf-8")
    with pytest.raises(KpituiError) as caught:
        read(file, report)
    message = str(caught.value)
    assert message.startswith(str(file))
    assert key in message
    assert nearest in message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("schema = 2", "schema: is 2"),
        ("name = 'x'", "schema: is None"),
        ("schema = 1\nname = 3", "name: is 3, not a text"),
        ("schema = 1\nfilter = [3]", "filter: is not a table"),
        ("schema = 1\nsort = 'cost'", "sort: is 'cost', not a list"),
        ("schema = 1\n[[filter]]\ncolumn = 'cost'\nvalues = ['much']", "filter.values of cost: cannot be 'much'"),
        ("schema = 1\n[[filter]]\ncolumn = 'name'\nvalues = [3]", "filter.values of name: cannot be 3"),
        ("schema = 1\n[[filter]]\ncolumn = 'cost'\nvalues = [inf]", "filter.values of cost: is inf"),
        ("schema = 1\n[[filter]]\ncolumn = 'cost'\nlow = nan", "filter.low: is nan"),
        ("schema = 1\n[[filter]]\ncolumn = 'cost'\nhigh = -inf", "filter.high: is -inf"),
        ("schema = 1\n[view]\ntable = 'audit'\n[[filter]]\ncolumn = 'admitted'\nvalues = ['1']", "filter: admitted: "),
        ("schema = 1\n[view]\ntable = 'audit'\n[[filter]]\ncolumn = 'kpis'\nmissing = true", "filter: kpis: its cells"),
        ("schema = 1\n[columns]\nshown = ['id', 'cost', 'id']", "columns.shown: 'id' stands twice"),
        ("schema = 1\n[columns]\npins = ['id', 'id']", "columns.pins: 'id' stands twice"),
        ("schema = 1\n[columns.widths]\nname = 0", "columns.widths.name: is 0"),
        ("schema = 1\n[expect]\nids = [1]", "expect.ids: is not a list of texts"),
        ("schema = 1\n[[row]]\nname = 'x'", "row: has an entry without an id"),
        ("schema = 1\nname = \n", "Invalid value (at line 2"),
    ],
)
def test_a_damaged_view_is_refused_by_file_and_key(report: Report, file: Path, text: str, message: str) -> None:
    file.write_text(text, "utf-8")
    with pytest.raises(KpituiError) as caught:
        read(file, report)
    assert str(caught.value).startswith(f"{file}: {message}")
    assert caught.value.exit_code == 1


@pytest.mark.parametrize(
    "text",
    [
        f"note = {'[' * 5000}",
        "[[filter]]\ncolumn = 'cost'\nvalues = [1.5]",
        f"[[filter]]\ncolumn = 'cost'\nvalues = [{2**70}]",
        "[[filter]]\ncolumn = 'name'\nlow = 1",
    ],
    ids=["nested", "fraction", "huge", "range of names"],
)
def test_no_view_that_reads_fails_when_it_is_opened(report: Report, file: Path, text: str) -> None:
    file.write_text(f"schema = 1\n{text}\n", "utf-8")
    with suppress(KpituiError):
        record(report, read(file, report).spec, "odd")


def test_filters_sorts_and_rows_are_tables_in_their_order(report: Report) -> None:
    spec = ViewSpec("kpis", filters=(Filter("status", ("worsened",)),), sorts=(Sort("gap"),), columns=("gap",))
    heads = [line for line in dump(record(report, spec, "v")).splitlines() if line.startswith("[")]
    assert heads == [
        *("[report]", "[view]", "[[filter]]", "[[sort]]", "[columns]", "[columns.widths]", "[expect]"),
        *("[[row]]", "[[row]]"),
    ]


@pytest.mark.parametrize(("id_", "ratio"), [("promotion-19.3", 4.4575), ("promotion-21.2", 4.02)])
def test_a_ratio_of_four_decimals_is_written_as_it_is(report: Report, id_: str, ratio: float) -> None:
    row = rows_of(report, id_, "attainment")
    assert isinstance(row, dict)
    assert row["attainment"] == ratio


def test_a_view_that_is_no_text_is_refused(report: Report, file: Path) -> None:
    file.write_bytes("name = '悪化'".encode("cp932"))
    with pytest.raises(KpituiError, match=r"odd\.toml: 'utf-8' codec"):
        read(file, report)


def test_a_missing_view_is_an_input_error(report: Report, file: Path) -> None:
    with pytest.raises(InputError, match=r"odd\.toml: No such file"):
        read(file, report)


@given(st.binary(max_size=40), st.integers(0, 700))
def test_a_damaged_byte_ends_in_a_view_or_in_a_sentence(report: Report, junk: bytes, at: int) -> None:
    whole = dump(record(report, ViewSpec("kpis", filters=(Filter("status", ("worsened",)),)), "v")).encode()
    with TemporaryDirectory() as place:
        path = Path(place) / "view.toml"
        path.write_bytes(whole[:at] + junk + whole[at + len(junk) :])
        try:
            said = f"{path}: {read(path, report).spec.table}"
        except KpituiError as error:
            said = str(error)
    assert said.startswith(f"{path}: ")
