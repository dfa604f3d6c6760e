"""The built-in report as it might be published a year later, by changes that are known one by one."""

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path

from kpitui.report import builtin

Row = dict[str, str]


def later_report(path: Path) -> Path:
    """A folder made of the built-in report's.

    Projects: 2 and 3 change numbers; 4 is rated 3 instead of 1; 1 continues instead of ending, and cost 50,000 instead
    of 43,840; 5 has a longer name; 20 is gone with its three KPIs; 23 is new, with one KPI.
    KPIs: 1.1's target is 2,000,000 instead of 1,839,000; 1.2 is gone; 1.3's baseline is 17 instead of 16; 2.3, missed
    with 57 of 64, is met with 70; 3.1 counts in 百万円 instead of 千円; 22.1 moved to project 21; 6.5 is new.
    The scale words its fourth level otherwise. The fiscal year is 2022.
    """
    folder = Path(shutil.copytree(builtin.folder(), path))
    _edit(folder / "projects.csv", _projects)
    _edit(folder / "kpis.csv", _kpis)
    toml = folder / "report.toml"
    replaced(toml, 'id = "yamaguchi-r3"', 'id = "yamaguchi-r4"')
    replaced(toml, "value = 2021", "value = 2022")
    replaced(toml, 'text = "地方創生に効果がなかった"', 'text = "地方創生の効果は認められなかった"')
    return folder


def replaced(path: Path, old: str, new: str) -> None:
    """Change a text file in the one place where it says `old`."""
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def _edit(path: Path, change: Callable[[list[Row]], list[Row]]) -> None:
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))
    names = list(rows[0])
    changed = change(rows)
    text = io.StringIO()
    writer = csv.DictWriter(text, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(changed)
    path.write_text(text.getvalue(), "utf-8")


def _projects(rows: list[Row]) -> list[Row]:
    by_id = {row["id"]: row for row in rows}
    by_id["promotion-4"]["rating"] = by_id["promotion-4"]["rating_text"] = "地方創生に効果があった"
    by_id["promotion-1"]["direction"] = "計画通りに事業を継続する"
    by_id["promotion-1"]["cost"] = "50000"
    by_id["promotion-5"]["name"] += "(広域連携)"
    new = {**by_id["promotion-20"], "id": "promotion-23", "no": "23", "name": "県庁舎の省エネ化", "source_line": "134"}
    kept = [_renumbered(row, "id", "no") for row in rows if row["id"] != "promotion-20"]
    return [*kept, new]


def _kpis(rows: list[Row]) -> list[Row]:
    by_id = {row["id"]: row for row in rows}
    by_id["promotion-1.1"]["target"] = "2000000"
    by_id["promotion-1.3"]["baseline"] = "17"
    by_id["promotion-2.3"]["actual"] = "70"
    by_id["promotion-3.1"]["unit"] = "百万円"
    by_id["promotion-22.1"] |= {"id": "promotion-21.5", "project_id": "promotion-21", "no": "5"}
    model = by_id["promotion-6.3"]
    new = {**model, "id": "promotion-6.5", "no": "5", "name": "スマート農機の導入台数", "source_line": "72"}
    other = {**model, "id": "promotion-23.1", "project_id": "promotion-23", "no": "1", "name": "電力使用量の削減率"}
    gone = ("promotion-1.2", "promotion-20.1", "promotion-20.2", "promotion-20.3")
    return [*(_renumbered(row, "project_id", "") for row in rows if row["id"] not in gone), new, other]


def _renumbered(row: Row, key: str, number: str) -> Row:
    """The row with the numbers 2 and 3 of projects exchanged."""
    other = {"promotion-2": "promotion-3", "promotion-3": "promotion-2"}.get(row[key])
    if other is None:
        return row
    changed = {**row, key: other, "id": row["id"].replace(row[key], other)}
    return {**changed, number: other[-1]} if number else changed
