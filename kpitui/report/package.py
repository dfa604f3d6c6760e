"""A report folder as a Frictionless Tabular Data Package (version 1), for open-data portals: datapackage.json.

It describes the folder's own csv files and copies none of them. An empty cell is missing, and nothing else is: a
printed mark such as a dash stays a text in the raw columns, and a zero stays a zero.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath

import polars as pl
from polars.datatypes import DataTypeClass

from kpitui import changeover
from kpitui.atomic import encoded
from kpitui.errors import KpituiError
from kpitui.report import folder as report_folder
from kpitui.report import years
from kpitui.report.column import AIMS, PUBLISHED
from kpitui.report.columns import column
from kpitui.report.model import Metadata
from kpitui.report.package_words import told
from kpitui.report.sheet import Field
from kpitui.text.wording import Both
from kpitui.textfile import decode, is_file

FILE = "datapackage.json"

_TYPES: Mapping[DataTypeClass, str] = {pl.String: "string", pl.Int64: "integer", pl.Float64: "number"}
_TITLES = {
    "projects": Both("事業", "projects"),
    "kpis": Both("KPI", "KPIs"),
    "years": Both("年度ごとの値", "values by year"),
}
_DESCRIPTIONS = {
    "projects": Both("一行一事業。公表された評価と今後を含む", "a row for each project, with its published rating"),
    "kpis": Both("一行一KPI。値の単位は行ごと", "a row for each KPI; values are in the row's own unit"),
    "years": Both("公表文にある全ての年度の値", "the values of every year that the publication tells"),
}
_DESCRIPTION = Both(
    "公表文から読み取った事業とKPI。値の隣に印字のままの文と原文の行番号がある。空のセルは欠測で、0ではない",
    "projects and KPIs as read from a publication, the text as printed and its line beside each value; an empty cell "
    "is missing, and no zero",
)
_REFERENCES = {
    "kpis": ("project_id", "projects"),
    "years": ("kpi_id", "kpis"),
}
_NOT_OURS = Both(
    "{path}: データパッケージの記述 (JSONのオブジェクト) ではないため、書き換えません",
    "{path}: is no description of a data package (an object of JSON), and is left as it is",
)

Entry = dict[str, object]


def write(folder: Path) -> Path:
    """Write datapackage.json into a report folder, the same bytes for the same folder; returns its path.

    What a curator added to the package itself (licenses, keywords and the like) is kept. Errors as reading the
    folder has them; KpituiError where a file of that name is something else, InputError where it cannot be written.
    """
    report_folder.read(folder)
    changeover.replace(folder, lambda: _change(folder))
    return folder / FILE


def _change(folder: Path) -> changeover.Change:
    files = changeover.read(folder, report_folder.FILES, (years.FILE,))
    return changeover.Change({FILE: rendered(folder, files)})


def rendered(folder: Path, files: Mapping[str, bytes]) -> bytes:
    """The description of a folder that has or will have those files; errors as `write`."""
    stated = describe(folder, files)
    added = _added(_present(folder), stated)
    return encoded(folder / FILE, f"{json.dumps(stated | added, ensure_ascii=False, indent=2)}\n")


def _added(present: Mapping[str, object], stated: Entry) -> Entry:
    """What a curator added; the publisher of another report, which lay in the folder before, is none of it."""
    own = {*stated} if _report(present) == _report(stated) else {*stated, "contributors"}
    return {key: value for key, value in present.items() if key not in own}


def _report(package: Mapping[str, object]) -> object:
    """The report that a package says it is of."""
    printed = package.get("kpitui")
    return printed.get("report") if isinstance(printed, dict) else None


def is_in(folder: Path) -> bool:
    """Whether the folder has a file of that name."""
    return is_file(changeover.current(folder, FILE))


def _present(folder: Path) -> Mapping[str, object]:
    """What the file says as it is; nothing where there is none."""
    if not is_in(folder):
        return {}
    path = folder / FILE
    try:
        found = json.loads(decode(changeover.read(folder, (FILE,))[FILE], path))
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise KpituiError(_NOT_OURS.format(path=path))
    return found


def describe(folder: Path, files: Mapping[str, bytes]) -> Entry:
    """The package of a report folder, whose files are checked first; errors as `folder.parse`."""
    tables = report_folder.parse(folder, files)
    metadata = tables.metadata
    schemas: list[tuple[str, str, Sequence[Field]]] = [
        ("projects", "projects.csv", report_folder.PROJECTS),
        ("kpis", "kpis.csv", report_folder.KPIS),
    ]
    of_years = years.parse(folder, files.get(years.FILE, b""))
    if of_years.height:
        schemas.append(("years", years.FILE, years.FIELDS))
    return {
        "profile": "tabular-data-package",
        "name": _name(metadata.id, tables.fingerprint),
        "title": str(metadata.title.value),
        "description": _both(_DESCRIPTION),
        **_contributors(metadata),
        "sources": [_source(metadata, beside=_has(folder, files, metadata.source_file))],
        "resources": [
            _resource(table, file, files[file], schema, metadata, _key(table, of_years))
            for table, file, schema in schemas
        ],
        "kpitui": _printed(metadata),
    }


def _name(report: str, fingerprint: str) -> str:
    """The report's id in the letters that a package's name may have; one that has none of them is named by its data."""
    name = re.sub(r"[^a-z0-9._-]+", "-", report.lower()).strip("-._")
    return name or f"report-{fingerprint[:12]}"


def _contributors(metadata: Metadata) -> Entry:
    """The publisher, where it is known: one that was concluded from the name of a file alone is none."""
    publisher, title = metadata.publisher, str(metadata.title.value)
    named_by_file = "publisher" in metadata.inferred and publisher in (title, Path(metadata.source_file).stem)
    known = publisher and not named_by_file
    return {"contributors": [{"title": publisher, "role": "publisher"}]} if known else {}


def _has(folder: Path, files: Mapping[str, bytes], name: str) -> bool:
    """Whether a file of that name lies in the folder, or will."""
    plain = bool(name) and PurePath(name).name == name
    return name in files or (plain and is_file(changeover.current(folder, name)))


def _source(metadata: Metadata, *, beside: bool) -> Entry:
    """The publication; its file by name only where it lies in the folder, and with the hash of what was read."""
    return {
        "title": str(metadata.title.value),
        **({"path": metadata.source_file} if beside else {}),
        **({"hash": f"sha256:{metadata.source_sha256}"} if metadata.source_sha256 else {}),
    }


def _printed(metadata: Metadata) -> Entry:
    """What the publication says of itself and of its scales, which the csv files have no place for."""
    facts: Entry = {
        "report": metadata.id,
        "fiscal_year": metadata.fiscal_year and metadata.fiscal_year.value,
        "as_of": metadata.as_of and metadata.as_of.value,
        "inferred": list(metadata.inferred),
        "grants": [{"key": each.key, "name": each.name} for each in metadata.grants],
        "ratings": [
            {"rank": each.rank, "text": each.text, "criterion": each.criterion and each.criterion.value}
            for each in metadata.ratings
        ],
        "directions": [each.text for each in metadata.directions],
    }
    return {key: value for key, value in facts.items() if value not in (None, [])}


# Resources


def _key(table: str, of_years: pl.DataFrame) -> str | list[str] | None:
    """The columns that tell the rows of a table apart; of years none, where a curator repeats one or leaves it out."""
    if table != "years":
        return "id"
    key = of_years.select("kpi_id", "year")
    whole = key.null_count().sum_horizontal().item() == 0 and key.is_unique().all()
    return key.columns if whole else None


def _resource(
    table: str, file: str, data: bytes, schema: Sequence[Field], metadata: Metadata, key: str | list[str] | None
) -> Entry:
    return {
        "profile": "tabular-data-resource",
        "name": table,
        "path": file,
        "title": _both(_TITLES[table]),
        "description": _both(_DESCRIPTIONS[table]),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "dialect": _dialect(data),
        "schema": _schema(table, _heads(decode(data, Path(file))), schema, metadata, key),
    }


def _dialect(data: bytes) -> Entry:
    return {
        "delimiter": ",",
        "lineTerminator": "\r\n" if b"\r\n" in data else "\n",
        "quoteChar": '"',
        "doubleQuote": True,
        "skipInitialSpace": False,
        "header": True,
        "caseSensitiveHeader": True,
    }


def _heads(text: str) -> list[str]:
    return next(csv.reader(io.StringIO(text, newline="")))


def _schema(
    table: str, heads: Sequence[str], schema: Sequence[Field], metadata: Metadata, key: str | list[str] | None
) -> Entry:
    """The columns in the file's own order, what tells rows apart, and where they point to."""
    known = {each.name: each for each in schema}
    own: Entry = {
        "fields": [_field(table, known[name], metadata) for name in heads],
        "missingValues": [""],
    }
    if key:
        own["primaryKey"] = key
    if table in _REFERENCES:
        fields, resource = _REFERENCES[table]
        own["foreignKeys"] = [{"fields": fields, "reference": {"resource": resource, "fields": "id"}}]
    return own


def _field(table: str, field: Field, metadata: Metadata) -> Entry:
    title, description = told(table, field.name)
    constraints = _constraints(field, metadata)
    unit = _money(metadata) if field.name == "cost" else None
    return {
        "name": field.name,
        "type": _TYPES[field.dtype],
        "title": _both(title),
        "description": _both(description),
        **({"unit": _both(unit)} if unit else {}),
        **({"constraints": constraints} if constraints else {}),
    }


def _money(metadata: Metadata) -> Both:
    """Thousands of yen, or of the report's own currency."""
    currency = metadata.currency
    return Both(f"千{currency}", f"k{currency}") if currency else column("projects", "cost").unit


def _constraints(field: Field, metadata: Metadata) -> Entry:
    """Whether cells must be filled, and the values of the closed lists; ratings and directions never are one."""
    closed: dict[str, Sequence[str]] = {
        "grant": [grant.key for grant in metadata.grants],
        "aim": [each.code for each in AIMS],
        "published": [each.code for each in PUBLISHED],
    }
    return {
        **({"required": True} if field.filled else {}),
        **({"enum": list(closed[field.name])} if closed.get(field.name) else {}),
    }


def _both(words: Both) -> str:
    """Words in both languages, since the format has a place for one."""
    return words.ja if words.ja == words.en else f"{words.ja} / {words.en}"
