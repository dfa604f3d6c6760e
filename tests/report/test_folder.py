import hashlib
import os
import re
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpitui.errors import InputError, KpituiError
from kpitui.report import folder
from kpitui.report.model import Fact, Grant, Metadata, Override
from kpitui.report.sheet import Field

BUILT_IN = Path(__file__).parents[2] / "data" / "yamaguchi-r3"
FILES = ("report.toml", "projects.csv", "kpis.csv")

Row = dict[str, object]

METADATA = Metadata(
    id="r",
    title=Fact("実績", "実績", 1),
    publisher="山口県",
    fiscal_year=Fact(2021, "令和3年度", 2),
    as_of=Fact("2022-03", "R4.3", 3),
    source_file="source.txt",
    source_sha256="",
    grants=(Grant("promotion", "推進交付金", "推"),),
)
PROJECT: Row = {"id": "promotion-1", "grant": "promotion", "name": "事業"}
KPI: Row = {"id": "promotion-1.1", "project_id": "promotion-1", "name": "件数"}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BUILT_IN, tmp_path / "report"))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def written(kpi: Row) -> str:
    """The second line of kpis.csv for that KPI."""
    with TemporaryDirectory() as name:
        folder.write(Path(name), METADATA, [PROJECT], [KPI | kpi])
        return (Path(name) / "kpis.csv").read_bytes().decode().split("\n", 1)[1]


def test_the_built_in_folder_holds_22_and_1_projects_and_79_and_3_kpis() -> None:
    tables = folder.read(BUILT_IN)
    assert tables.projects["grant"].to_list() == ["promotion"] * 22 + ["facility"]
    assert tables.kpis["project_id"].str.starts_with("promotion-").to_list() == [True] * 79 + [False] * 3


def test_the_columns_stand_in_their_order_with_their_types() -> None:
    tables = folder.read(BUILT_IN)
    numbers = {"no": pl.Int64, "cost": pl.Int64, "source_line": pl.Int64}
    assert tables.projects.columns == [
        *("id", "grant", "no", "no_raw", "name", "name_raw", "department", "summary", "summary_raw"),
        *("cost", "cost_raw", "rating", "rating_text", "rating_raw", "direction", "direction_raw"),
        *("direction_reason", "direction_reason_raw", "source_line"),
    ]
    assert {name: dtype for name, dtype in tables.projects.schema.items() if dtype != pl.String} == numbers
    assert tables.kpis.columns == [
        *("id", "project_id", "no", "name", "name_raw", "baseline", "baseline_raw", "target", "target_raw"),
        *("unit", "unit_raw", "actual", "actual_raw", "aim", "source_line"),
        *("target_text", "target_date", "published", "published_raw"),
    ]
    assert {name for name, dtype in tables.kpis.schema.items() if dtype == pl.Float64} == {
        "baseline",
        "target",
        "actual",
    }


def test_an_empty_cell_is_null_but_an_empty_raw_cell_is_an_empty_text() -> None:
    project = folder.read(BUILT_IN).projects.row(0, named=True)
    assert project["department"] is None
    assert project["direction_reason"] is None
    assert project["direction_reason_raw"] == ""


def test_the_fingerprint_is_of_the_three_files_in_order() -> None:
    data = b"".join((BUILT_IN / name).read_bytes() for name in FILES)
    assert folder.read(BUILT_IN).fingerprint == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("value", "cell"),
    [(1839000.0, "1839000"), (10.1, "10.1"), (2300.0, "2300"), (-0.6, "-0.6"), (0.0, "0"), (1e300, "1e+300")],
)
def test_a_number_is_written_as_short_as_it_reads_back(value: float, cell: str) -> None:
    assert written({"target": value}) == f"promotion-1.1,promotion-1,,件数,,,,{cell},,,,,,,\n"


def test_a_cell_is_quoted_only_where_it_must_be() -> None:
    assert written({"target": 1839000.0, "target_raw": "1,839,000", "unit": '"円"', "unit_raw": "a\rb\nc"}) == (
        'promotion-1.1,promotion-1,,件数,,,,1839000,"1,839,000","""円""","a\rb\nc",,,,\n'
    )


def test_a_column_of_no_schema_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no such column: colour"):
        folder.write(tmp_path, METADATA, [PROJECT | {"colour": "red"}], [])
    assert list(tmp_path.iterdir()) == []


def values(field: Field) -> st.SearchStrategy[object]:
    texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
    if field.dtype == pl.Int64:
        return st.none() | st.integers(-(2**63), 2**63 - 1)
    if field.dtype == pl.Float64:
        return st.none() | st.floats(allow_nan=False, allow_infinity=False)
    return texts if field.raw else texts.map(lambda text: text or (None if not field.filled else "名"))


def rows(schema: tuple[Field, ...], fixed: Row) -> st.SearchStrategy[Row]:
    free = {field.name: values(field) for field in schema if field.name not in fixed}
    return st.fixed_dictionaries({**free, **{name: st.just(value) for name, value in fixed.items()}})


@given(
    rows(folder.PROJECTS, {"id": "promotion-1", "grant": "promotion"}),
    rows(folder.KPIS, {"id": "promotion-1.1", "project_id": "promotion-1", "aim": "decrease", "published": "met"}),
)
def test_what_is_written_reads_as_the_same(project: Row, kpi: Row) -> None:
    with TemporaryDirectory() as name:
        folder.write(Path(name), METADATA, [project], [kpi])
        tables = folder.read(Path(name))
    assert tables.metadata == METADATA
    assert tables.projects.to_dicts() == [project]
    assert tables.kpis.to_dicts() == [kpi]


def test_a_report_without_kpis_keeps_its_columns_and_types(tmp_path: Path) -> None:
    folder.write(tmp_path, METADATA, [PROJECT], [])
    tables = folder.read(tmp_path)
    assert tables.kpis.is_empty()
    assert tables.kpis.schema["target"] == pl.Float64


def test_the_aim_column_may_be_absent(tmp_path: Path) -> None:
    folder.write(tmp_path, METADATA, [PROJECT], [KPI])
    edit(tmp_path / "kpis.csv", "aim,", "")
    edit(tmp_path / "kpis.csv", "件数,,,,,,,,,,", "件数,,,,,,,,,")
    assert folder.read(tmp_path).kpis["aim"].to_list() == [None]


def test_ratings_and_directions_outside_the_scale_are_kept(copy: Path) -> None:
    old = "地方創生に相当程度効果があった,地方創生に相当程度効果があった"
    edit(copy / "projects.csv", old, "S,S")
    edit(copy / "projects.csv", "当初予定通り事業を終了する(した)", "廃止")
    project = folder.read(copy).projects.row(0, named=True)
    assert (project["rating"], project["direction"]) == ("S", "廃止")


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("kpis.csv", ",35000,", ",3x,", "kpis.csv:5, column baseline: '3x' is not a number"),
        ("kpis.csv", ",35000,", ',"35,000",', "kpis.csv:5, column baseline: '35,000' is not a number"),
        ("kpis.csv", ",35000,", ",nan,", "kpis.csv:5, column baseline: 'nan' is not a number"),
        ("kpis.csv", ",35000,", ",1e999,", "kpis.csv:5, column baseline: '1e999' is not a number"),
        ("kpis.csv", ",35000,", ",３,", "kpis.csv:5, column baseline: '３' is not a number"),
        ("kpis.csv", "promotion-1,1,", "promotion-1,1.0,", "column no: '1.0' is not a whole number"),
        ("kpis.csv", "promotion-1,1,", f"promotion-1,{2**63},", "is not a whole number"),
        ("kpis.csv", "baseline,", "baselin,", "column baselin: unknown; the nearest known is 'baseline'"),
        ("kpis.csv", "baseline,baseline_raw,", "baseline_raw,", "kpis.csv:1, column baseline: missing"),
        ("kpis.csv", "unit,unit_raw", "unit,unit", "kpis.csv:1, column unit: stands twice"),
        ("kpis.csv", "社,社,38,38,,51", "社,社,38,38,51", "kpis.csv:4: 14 cells where the head has 15"),
        ("kpis.csv", "promotion-1.2", "promotion-1.1", "'promotion-1.1' already stands on line 2"),
        ("kpis.csv", "promotion-1.2", "", "kpis.csv:3, column id: empty"),
        ("kpis.csv", ",promotion-22,", ",promotion-23,", "'promotion-23' is not a project of projects.csv"),
        ("kpis.csv", "社,社,38,38,,51", "社,社,38,38,up,51", "column aim: 'up' is not an aim"),
        ("kpis.csv", "promotion-1.2", '"promotion-1.2', "kpis.csv:3: "),
        ("kpis.csv", "promotion-1.2", "a\0b", "kpis.csv:3:2: a NUL byte"),
        ("kpis.csv", ",35000,", ",\x1b[2J,", "column baseline: '�[2J' is not a number"),
        ("projects.csv", "promotion-2,promotion", "promotion-2,promo", "'promo' is not a grant of report.toml"),
        ("projects.csv", "promotion-2,", "promotion-1,", "projects.csv:3, column id: 'promotion-1' already"),
        ("report.toml", 'publisher = "', 'publishr = "', "report.toml: key 'publishr' is unknown"),
    ],
)
def test_bad_data_are_refused_by_file_line_and_column(copy: Path, file: str, old: str, new: str, message: str) -> None:
    edit(copy / file, old, new)
    with pytest.raises(KpituiError, match=re.escape(message)) as caught:
        folder.read(copy)
    assert caught.value.exit_code == 1


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("kpis.csv", ",35000,", ",3x,", "kpis.csv:5、列 baseline: '3x' は数値ではありません"),
        ("kpis.csv", "promotion-1,1,", "promotion-1,1.0,", "列 no: '1.0' は整数ではありません"),
        ("kpis.csv", "baseline,", "baselin,", "列 baselin: 不明な列です。近いもの: 'baseline'"),
        ("kpis.csv", "社,社,38,38,,51", "社,社,38,38,51", "kpis.csv:4: 見出しの15列に対しセルが14個あります"),
        ("kpis.csv", "promotion-1.2", "promotion-1.1", "'promotion-1.1' は2行目に既にあります"),
        ("kpis.csv", "promotion-1.2", '"promotion-1.2', "kpis.csv:3: CSVとして読めません: "),
        ("kpis.csv", "promotion-1.2", "a\0b", "kpis.csv:3:2: NULバイトがあり、"),
        (
            "projects.csv",
            "promotion-2,promotion",
            "promotion-2,promo",
            "'promo' はreport.tomlの交付金ではありません。近い",
        ),
        ("report.toml", 'publisher = "', 'publishr = "', "report.toml: キー 'publishr' は不明です"),
    ],
)
def test_bad_data_are_refused_in_japanese_too(copy: Path, file: str, old: str, new: str, message: str) -> None:
    edit(copy / file, old, new)
    with pytest.raises(KpituiError) as caught:
        folder.read(copy)
    assert message in caught.value.say("ja")


def test_lines_are_those_of_the_file_where_a_cell_holds_several(tmp_path: Path) -> None:
    above: Row = {"unit_raw": "三\n行\nの単位"}
    folder.write(tmp_path, METADATA, [PROJECT], [KPI | above, KPI | {"id": "promotion-1.2", "target": 7.5}])
    edit(tmp_path / "kpis.csv", ",7.5,", ",7.5%,")
    with pytest.raises(KpituiError, match=r"kpis\.csv:5, column target: '7\.5%' is not a number"):
        folder.read(tmp_path)


def test_an_override_of_no_kpi_is_refused(copy: Path) -> None:
    with (copy / "report.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[override]]\nkpi = "promotion-22.5"\nnote = "…"\n')
    with pytest.raises(KpituiError, match=r"key 'override\[1\]\.kpi' is 'promotion-22\.5', which is no KPI") as caught:
        folder.read(copy)
    assert "キー 'override[1].kpi' の 'promotion-22.5' はkpis.csvのKPIではありません。近い" in caught.value.say("ja")


def test_an_override_of_a_kpi_is_read(copy: Path) -> None:
    with (copy / "report.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[override]]\nkpi = "promotion-22.1"\nnote = "増減"\nbasis = "change"\n')
    assert folder.read(copy).metadata.overrides == (Override("promotion-22.1", "増減", basis="change"),)


def test_a_line_that_is_not_utf8_is_named(copy: Path) -> None:
    data = (copy / "kpis.csv").read_bytes().splitlines(keepends=True)
    data[6] = "達成\n".encode("cp932")
    (copy / "kpis.csv").write_bytes(b"".join(data))
    with pytest.raises(KpituiError, match=r"kpis\.csv:7:1: not UTF-8"):
        folder.read(copy)


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(copy: Path) -> None:
    before = folder.read(copy).kpis
    data = (copy / "kpis.csv").read_bytes()
    (copy / "kpis.csv").write_bytes(b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"))
    assert folder.read(copy).kpis.equals(before)


def test_an_empty_file_lacks_its_columns(copy: Path) -> None:
    (copy / "kpis.csv").write_bytes(b"")
    with pytest.raises(KpituiError, match=r"kpis\.csv:1, column id: missing"):
        folder.read(copy)


def test_a_missing_folder_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="none: no such report folder") as caught:
        folder.read(tmp_path / "none")
    assert caught.value.exit_code == 3
    assert caught.value.say("ja").endswith("none: 報告フォルダがありません")


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_an_input_error(copy: Path, name: str) -> None:
    (copy / name).unlink()
    with pytest.raises(InputError, match=f"{re.escape(name)}: cannot be read: No such file") as caught:
        folder.read(copy)
    assert "読めません: No such file" in caught.value.say("ja")


@pytest.mark.parametrize("name", FILES)
def test_a_folder_in_a_files_place_is_an_input_error(copy: Path, name: str) -> None:
    (copy / name).unlink()
    (copy / name).mkdir()
    with pytest.raises(InputError, match=f"{re.escape(name)}: cannot be read: Is a directory"):
        folder.read(copy)


def test_a_file_in_the_folders_place_is_an_input_error(copy: Path) -> None:
    with pytest.raises(InputError, match="Not a directory"):
        folder.read(copy / "kpis.csv")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_is_an_input_error(copy: Path) -> None:
    (copy / "kpis.csv").chmod(0)
    with pytest.raises(InputError, match=r"kpis\.csv: cannot be read: Permission denied"):
        folder.read(copy)


def test_a_file_in_the_way_of_the_folder_is_an_input_error(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(InputError, match="taken: cannot be made a report folder"):
        folder.write(tmp_path / "taken", METADATA, [], [])


@given(st.sampled_from(FILES), st.binary(max_size=200))
def test_junk_in_any_file_is_refused_without_a_traceback(name: str, junk: bytes) -> None:
    with TemporaryDirectory() as place:
        target = Path(shutil.copytree(BUILT_IN, Path(place) / "report"))
        (target / name).write_bytes(junk)
        with pytest.raises(KpituiError, match=re.escape(name)):
            folder.read(target)
