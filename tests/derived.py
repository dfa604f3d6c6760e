"""Reports made of the built-in one by known changes, to be read together with it."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from kpitui.report import builtin
from kpitui.report.columns import registry
from kpitui.report.load import load

NEXT_YEAR = {
    "report.toml": {
        'id = "yamaguchi-r3"': 'id = "yamaguchi-r4"',
        "value = 2021": "value = 2022",
        "令和3年度 地方創生推進交付金事業": "令和4年度 地方創生推進交付金事業",
    },
    # The sales of start-ups reach their target of 1,839,000: missed becomes met, and all KPIs of project 1 are met.
    "kpis.csv": {'千円,千円,434000,"434,000",,49': '千円,千円,1839000,"1,839,000",,49'},
    "projects.csv": {",43840,": ",43841,"},
    "source.txt": {"1,839,000\t千円\t434,000": "1,839,000\t千円\t1,839,000"},
}
"""Changes that make next year's report: one KPI more is met, and project 1 costs 1 thousand yen more."""


def derived(to: Path, changes: Mapping[str, Mapping[str, str]]) -> Path:
    """The built-in report's folder with texts of its files replaced wherever they stand; each stands somewhere."""
    shutil.copytree(builtin.folder(), to)
    for name, pairs in changes.items():
        text = (to / name).read_text("utf-8")
        for old, new in pairs.items():
            assert old in text, (name, old)
            text = text.replace(old, new)
        (to / name).write_text(text, "utf-8")
    return to


def renamed(to: Path, name: str) -> Path:
    """The built-in report under another id."""
    return derived(to, {"report.toml": {'id = "yamaguchi-r3"': f'id = "{name}"'}})


def bare(to: Path) -> Path:
    """The built-in report's KPIs as a bare table, which has no cost, no rating and no criteria."""
    kept = [each.key for each in registry("kpis") if each.key not in ("cost", "rating", "rating_rank")]
    frame = load(builtin.folder()).kpis.select(kept)
    if to.suffix == ".csv":
        frame.drop("notes").write_csv(to)
    else:
        frame.write_parquet(to)
    return to
