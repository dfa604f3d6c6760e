import json
import re
from pathlib import Path
from typing import Any

import frictionless
import pytest
from frictionless.resources import TableResource

from kpitui.cli import main
from kpitui.errors import InputError, KpituiError
from kpitui.report import package
from kpitui.report.declared import KPIS, PROJECTS
from kpitui.report.folder import KPIS as KPI_FIELDS
from kpitui.report.folder import PROJECTS as PROJECT_FIELDS
from kpitui.report.package_words import told
from kpitui.report.sheet import Field

# Marks of what is missing as publishers print them, a zero, and a cell that is empty in print.
IMPORTED = """事業番号,事業名,指標名,単位,開始値,目標値,実績値,評価
1,観光誘客促進事業,観光客数,人,10,20,-,A
1,観光誘客促進事業,宿泊者数,人,0,30,0,A
2,移住相談事業,相談件数,件,…,40,－,B
2,移住相談事業,移住者数,人,,50,,B
"""


def problems(folder: Path) -> list[str]:
    """What the reference implementation finds wrong with the package."""
    report = frictionless.validate(folder / package.FILE)
    return [" ".join(map(str, each)) for each in report.flatten(["type", "note"])]


def rows(folder: Path, name: str) -> list[dict[str, Any]]:
    resource = frictionless.Package(folder / package.FILE).get_resource(name)
    assert isinstance(resource, TableResource)
    return [row.to_dict() for row in resource.read_rows()]


def described(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / package.FILE).read_text("utf-8"))
    return found


def field(folder: Path, resource: str, name: str) -> dict[str, Any]:
    resources = {each["name"]: each for each in described(folder)["resources"]}
    fields: list[dict[str, Any]] = resources[resource]["schema"]["fields"]
    return {each["name"]: each for each in fields}[name]


@pytest.fixture
def builtin_package(copied: Path) -> Path:
    assert main(["import", str(copied), "--datapackage"]) == 0
    return copied


@pytest.fixture
def imported(tmp_path: Path) -> Path:
    source, folder = tmp_path / "table.csv", tmp_path / "folder"
    source.write_text(IMPORTED, "utf-8")
    assert main(["import", str(source), "--to", str(folder), "--datapackage"]) == 0
    return folder


def test_the_built_in_report_is_a_valid_package(builtin_package: Path) -> None:
    assert problems(builtin_package) == []
    assert len(rows(builtin_package, "projects")) == 23
    assert len(rows(builtin_package, "kpis")) == 82


def test_an_imported_table_is_a_valid_package(imported: Path) -> None:
    assert problems(imported) == []
    assert [row["name"] for row in rows(imported, "projects")] == ["観光誘客促進事業", "移住相談事業"]


def test_values_keep_their_types_and_what_was_printed_stays_text(builtin_package: Path) -> None:
    first = rows(builtin_package, "kpis")[0]
    assert (first["id"], first["baseline"], first["target"], first["actual"]) == ("promotion-1.1", 0, 1839000, 434000)
    assert (first["target_raw"], first["unit"], first["source_line"]) == ("1,839,000", "千円", 49)
    assert rows(builtin_package, "projects")[0]["cost"] == 43840


def test_what_is_missing_stays_missing_and_its_mark_stays_a_text(imported: Path) -> None:
    found = [(row["actual"], row["actual_raw"]) for row in rows(imported, "kpis")]
    assert found == [(None, "-"), (0, "0"), (None, "－"), (None, None)]
    assert [(row["baseline"], row["baseline_raw"]) for row in rows(imported, "kpis")] == [
        (10, "10"),
        (0, "0"),
        (None, "…"),
        (None, None),
    ]


def test_an_unmeasured_kpi_of_the_built_in_report_is_null_beside_its_dash(builtin_package: Path) -> None:
    missing = [(row["id"], row["actual_raw"]) for row in rows(builtin_package, "kpis") if row["actual"] is None]
    assert missing == [("promotion-6.1", "-"), ("promotion-18.3", "-")]


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        ("kpis.csv", "promotion-1.2,promotion-1,", "promotion-1.2,promotion-99,", "foreign-key"),
        ("kpis.csv", "promotion-1.2,promotion-1,", "promotion-1.1,promotion-1,", "primary-key"),
        ("kpis.csv", "31,31,,50", "31x,31,,50", "type-error"),
        ("kpis.csv", "31,31,,50", "31,31,upwards,50", "constraint-error"),
        ("projects.csv", "promotion-1,promotion,", "promotion-1,lottery,", "constraint-error"),
        ("projects.csv", "43840,", "43841,", "hash-count"),
        ("projects.csv", "43840,", "438400,", "byte-count"),
    ],
)
def test_what_breaks_the_description_is_found(
    builtin_package: Path, file: str, old: str, new: str, problem: str
) -> None:
    path = builtin_package / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    assert problem in " ".join(problems(builtin_package))


def test_the_package_says_who_published_what_and_where_it_was_read(builtin_package: Path) -> None:
    found = described(builtin_package)
    assert found["profile"] == "tabular-data-package"
    assert found["name"] == "yamaguchi-r3"
    assert found["title"] == "地方創生推進交付金及び地方創生拠点整備交付金活用事業の実績について"
    assert found["contributors"] == [{"title": "山口県", "role": "publisher"}]
    (source,) = found["sources"]
    assert source["path"] == "source.txt"
    assert source["hash"] == "sha256:10819aef4da012f69f4482dc83f09aca13d71a12b7e9f49e4522125efab5abee"
    assert found["kpitui"]["fiscal_year"] == 2021
    assert [each["rank"] for each in found["kpitui"]["ratings"]] == [1, 2, 3, 4]
    assert "created" not in found


def test_columns_are_told_in_both_languages_with_units_and_closed_lists(builtin_package: Path) -> None:
    assert field(builtin_package, "projects", "cost") == {
        "name": "cost",
        "type": "integer",
        "title": "実績額 / cost",
        "description": "③ 実績額。事業ごとの支出 / "
        "③ what was spent on the project, in thousand yen or the report's currency",
        "unit": "千円 / k¥",
    }
    assert field(builtin_package, "kpis", "target_raw")["title"] == "目標(原文) / target as printed"
    assert field(builtin_package, "kpis", "target_raw")["type"] == "string"
    aims = ["increase", "maintain_above", "maintain_below", "decrease"]
    assert field(builtin_package, "kpis", "aim")["constraints"] == {"enum": aims}
    assert field(builtin_package, "projects", "grant")["constraints"]["enum"] == ["promotion", "facility"]
    assert "enum" not in field(builtin_package, "projects", "rating").get("constraints", {})


@pytest.mark.parametrize(("table", "fields"), [("projects", PROJECT_FIELDS), ("kpis", KPI_FIELDS)])
def test_every_column_of_a_folder_has_words_of_its_own(table: str, fields: tuple[Field, ...]) -> None:
    titles = [told(table, each.name)[0] for each in fields]
    assert len({title.en for title in titles}) == len(fields)
    assert len({title.ja for title in titles}) == len(fields)
    known = {column.key for column in (*PROJECTS, *KPIS)}
    assert {each.name for each in fields} & known


def test_keys_tell_how_the_files_belong_together(builtin_package: Path) -> None:
    projects, kpis = (each["schema"] for each in described(builtin_package)["resources"])
    assert projects["primaryKey"] == kpis["primaryKey"] == "id"
    assert kpis["foreignKeys"] == [{"fields": "project_id", "reference": {"resource": "projects", "fields": "id"}}]
    assert projects["missingValues"] == kpis["missingValues"] == [""]


def test_importing_twice_writes_the_same_bytes(imported: Path) -> None:
    first = (imported / package.FILE).read_bytes()
    source = imported.parent / "table.csv"
    assert main(["import", str(source), "--to", str(imported), "--datapackage"]) == 0
    assert (imported / package.FILE).read_bytes() == first


def test_the_values_of_several_years_are_a_resource_of_their_own(tmp_path: Path) -> None:
    head = "事業番号,事業名,成果指標,単位,2020年度 目標値,2020年度 成果実績,2021年度 目標値,2021年度 成果実績\n"
    source, folder = tmp_path / "years.csv", tmp_path / "folder"
    source.write_text(f"{head}1,観光誘客,観光客数,人,10,9,20,\n2,移住相談,相談件数,件,30,31,40,-\n", "utf-8")
    assert main(["import", str(source), "--to", str(folder), "--datapackage"]) == 0
    assert problems(folder) == []
    values = {(row["kpi_id"], row["year"]): (row["target"], row["actual"]) for row in rows(folder, "years")}
    kpis = [row["id"] for row in rows(folder, "kpis")]
    assert values[kpis[0], 2020] == (10, 9)
    assert values[kpis[1], 2021] == (40, None)

    schemas = {each["name"]: each["schema"] for each in described(folder)["resources"]}
    assert schemas["years"]["primaryKey"] == ["kpi_id", "year"]
    assert schemas["years"]["foreignKeys"] == [
        {"fields": "kpi_id", "reference": {"resource": "kpis", "fields": "id"}},
    ]
    path = folder / "years.csv"
    path.write_text(path.read_text("utf-8") + path.read_text("utf-8").splitlines()[-1] + "\n", "utf-8")
    package.write(folder)
    assert problems(folder) == []
    assert "primaryKey" not in described(folder)["resources"][2]["schema"]


def test_a_publisher_known_by_the_name_of_a_file_alone_is_none(imported: Path) -> None:
    assert "contributors" not in described(imported)
    source = imported.parent / "table.csv"
    words = ["import", str(source), "--to", str(imported), "--publisher", "山口市"]
    assert main(words) == 0
    assert described(imported)["contributors"] == [{"title": "山口市", "role": "publisher"}]


def test_costs_in_another_currency_have_its_unit(copied: Path) -> None:
    toml = copied / "report.toml"
    toml.write_text(
        toml.read_text("utf-8").replace('publisher = "山口県"', 'publisher = "山口県"\ncurrency = "£"'), "utf-8"
    )
    package.write(copied)
    assert field(copied, "projects", "cost")["unit"] == "千£ / k£"


def test_no_licence_is_claimed_that_nobody_gave(builtin_package: Path) -> None:
    assert "licenses" not in described(builtin_package)


def test_what_a_curator_added_is_kept_and_what_is_ours_is_renewed(builtin_package: Path) -> None:
    path = builtin_package / package.FILE
    licence = [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}]
    path.write_text(json.dumps({**described(builtin_package), "title": "?", "licenses": licence}), "utf-8")
    package.write(builtin_package)
    assert described(builtin_package)["licenses"] == licence
    assert described(builtin_package)["title"] == "地方創生推進交付金及び地方創生拠点整備交付金活用事業の実績について"
    assert problems(builtin_package) == []


def test_an_import_renews_a_description_that_would_no_longer_be_true(imported: Path) -> None:
    source = imported.parent / "table.csv"
    source.write_text(IMPORTED.replace("観光客数,人,10,20", "観光客数,人,10,25"), "utf-8")
    assert main(["import", str(source), "--to", str(imported)]) == 0
    assert problems(imported) == []


@pytest.mark.parametrize("content", ["[]", "{", "\0", "[" * 100_000])
def test_another_file_of_that_name_is_left_alone(copied: Path, content: str) -> None:
    path = copied / package.FILE
    path.write_text(content, "utf-8")
    with pytest.raises(KpituiError, match=re.escape(package.FILE)):
        package.write(copied)
    assert path.read_text("utf-8") == content


def test_an_id_in_japanese_gives_way_to_a_name_that_a_package_may_have(copied: Path) -> None:
    toml = copied / "report.toml"
    toml.write_text(toml.read_text("utf-8").replace('id = "yamaguchi-r3"', 'id = "山口県"'), "utf-8")
    package.write(copied)
    assert described(copied)["name"].startswith("report-")
    assert problems(copied) == []


def test_a_source_file_outside_the_folder_is_not_pointed_to(copied: Path) -> None:
    toml = copied / "report.toml"
    toml.write_text(toml.read_text("utf-8").replace('"source.txt"', '"../../etc/passwd"'), "utf-8")
    package.write(copied)
    assert "path" not in described(copied)["sources"][0]


def test_what_is_no_report_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        package.write(tmp_path)


def test_a_document_needs_a_folder_and_a_folder_takes_no_options(
    copied: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(copied / "source.txt"), "--datapackage"]) == 2
    assert "--to is missing" in capsys.readouterr().err
    assert main(["import", str(copied), "--to", str(tmp_path / "other"), "--datapackage"]) == 2
    assert "is a report folder" in capsys.readouterr().err
    assert not (tmp_path / "other").exists()


def test_a_dry_run_writes_no_description(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "table.csv"
    source.write_text(IMPORTED, "utf-8")
    assert main(["import", str(source), "--dry-run", "--datapackage"]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["table.csv"]
    assert capsys.readouterr().out
