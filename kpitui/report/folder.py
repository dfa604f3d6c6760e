"""The report folder: a publication as report.toml, projects.csv and kpis.csv, written and read with care."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from kpitui import changeover
from kpitui.atomic import encoded
from kpitui.dataclass import dataclass
from kpitui.errors import InputError, KpituiError
from kpitui.report import metadata as toml
from kpitui.report.column import AIMS, PUBLISHED
from kpitui.report.model import Metadata
from kpitui.report.sheet import Field, Sheet, render
from kpitui.text.nearest import nearest, shown
from kpitui.text.wording import Both
from kpitui.textfile import decode, unreadable

FILES = ("report.toml", "projects.csv", "kpis.csv")

_NO_FILE = Both("{folder}: ファイルがありません", "{folder}: no such file")
_NO_FOLDER = Both("{folder}: 報告フォルダがありません", "{folder}: no such report folder")
_GRANT = Both("report.tomlの交付金", "a grant of report.toml")
_PROJECT = Both("projects.csvの事業", "a project of projects.csv")
_AIM = Both("目指す向き", "an aim")
_PUBLISHED = Both("公表された達成状況", "a published achievement")
_NO_KPI = Both(
    "{path}: キー 'override[{number}].kpi' の {kpi!r} はkpis.csvのKPIではありません{hint}",
    "{path}: key 'override[{number}].kpi' is {kpi!r}, which is no KPI of kpis.csv{hint}",
)

PROJECTS = (
    Field("id", pl.String, filled=True),
    Field("grant", pl.String, filled=True),
    Field("no", pl.Int64),
    Field("no_raw", pl.String),
    Field("name", pl.String, filled=True),
    Field("name_raw", pl.String),
    Field("department", pl.String),
    Field("summary", pl.String),
    Field("summary_raw", pl.String),
    Field("cost", pl.Int64),
    Field("cost_raw", pl.String),
    Field("rating", pl.String),
    Field("rating_text", pl.String),
    Field("rating_raw", pl.String),
    Field("direction", pl.String),
    Field("direction_raw", pl.String),
    Field("direction_reason", pl.String),
    Field("direction_reason_raw", pl.String),
    Field("source_line", pl.Int64),
)
KPIS = (
    Field("id", pl.String, filled=True),
    Field("project_id", pl.String, filled=True),
    Field("no", pl.Int64),
    Field("name", pl.String, filled=True),
    Field("name_raw", pl.String),
    Field("baseline", pl.Float64),
    Field("baseline_raw", pl.String),
    Field("target", pl.Float64),
    Field("target_raw", pl.String),
    Field("unit", pl.String),
    Field("unit_raw", pl.String),
    Field("actual", pl.Float64),
    Field("actual_raw", pl.String),
    Field("aim", pl.String, required=False),
    Field("source_line", pl.Int64),
    Field("target_text", pl.String, required=False, sparse=True),
    Field("target_date", pl.String, required=False, sparse=True),
    Field("published", pl.String, required=False, sparse=True),
    Field("published_raw", pl.String, required=False, sparse=True),
)
"""`target_text` is a target in words or of another year, `target_date` when it is to be reached where that is
another year.

`published` is what the report itself says of the target: met or not_met, null where it says neither for sure.
"""


@dataclass(frozen=True, eq=False)
class Tables:
    """What a report folder holds, as it stands there: nothing judged.

    `fingerprint` is the SHA-256, in hexadecimal, of the bytes of report.toml, projects.csv and kpis.csv.
    """

    metadata: Metadata
    projects: pl.DataFrame
    kpis: pl.DataFrame
    fingerprint: str


def rendered(
    metadata: Metadata, projects: Sequence[Mapping[str, object]], kpis: Sequence[Mapping[str, object]]
) -> dict[str, bytes]:
    """The files of a report folder by name; columns that a row lacks are left empty.

    Raises InputError where a text is not Unicode, ValueError where a row has a column of no schema.
    """
    texts = (toml.dump(metadata), render(PROJECTS, projects), render(KPIS, kpis))
    return {name: encoded(Path(name), text) for name, text in zip(FILES, texts, strict=True)}


def write(
    folder: Path,
    metadata: Metadata,
    projects: Sequence[Mapping[str, object]],
    kpis: Sequence[Mapping[str, object]],
) -> None:
    """Write a report folder, all its files at once; errors as `rendered`, and InputError where it cannot be written."""
    files = rendered(metadata, projects, kpis)
    changeover.replace(folder, lambda: changeover.Change(files))


def read(folder: Path) -> Tables:
    """Read and check a report folder.

    Raises InputError where the folder or one of its files is missing or unreadable, KpituiError where the
    data are bad; the message names the file, and the line and column or the key. Ratings and directions
    outside the report's own lists are no error: they are what was published.
    """
    _check_there(folder)
    return parse(folder, changeover.read(folder, FILES))


def _check_there(folder: Path) -> None:
    try:
        folder.lstat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise InputError((_NO_FILE if folder.suffix else _NO_FOLDER).format(folder=folder)) from None
    except OSError as error:
        raise unreadable(folder, error) from None


def parse(folder: Path, files: Mapping[str, bytes]) -> Tables:
    """Check the files of a report folder, which are given by name; errors as `read`."""
    data = [files[name] for name in FILES]
    report, projects, kpis = (
        (folder / name, decode(content, folder / name)) for name, content in zip(FILES, data, strict=True)
    )
    metadata = toml.parse(report[1], report[0])
    sheets = Sheet.read(*projects, PROJECTS), Sheet.read(*kpis, KPIS)
    _check_references(report[0], metadata, *sheets)
    return Tables(metadata, sheets[0].frame, sheets[1].frame, hashlib.sha256(b"".join(data)).hexdigest())


def _check_references(path: Path, metadata: Metadata, projects: Sheet, kpis: Sheet) -> None:
    projects.check_distinct("id")
    kpis.check_distinct("id")
    projects.check_known("grant", {grant.key for grant in metadata.grants}, _GRANT)
    kpis.check_known("project_id", set(projects.frame["id"]), _PROJECT)
    kpis.check_known("aim", {aim.code for aim in AIMS}, _AIM)
    kpis.check_known("published", {each.code for each in PUBLISHED}, _PUBLISHED)
    ids = set(kpis.frame["id"])
    for number, override in enumerate(metadata.overrides, start=1):
        if override.kpi not in ids:
            hint = nearest(override.kpi, ids)
            raise KpituiError(_NO_KPI.format(path=path, number=number, kpi=shown(override.kpi), hint=hint))
