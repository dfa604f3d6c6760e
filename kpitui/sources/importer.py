"""A published document into a report folder: what `kpitui import` does."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kpitui.atomic import write_bytes
from kpitui.errors import InputError, KpituiError
from kpitui.report import folder as report_folder
from kpitui.report.model import Metadata
from kpitui.sources import prefectures, publication
from kpitui.sources.eras import fiscal_year
from kpitui.sources.lines import LineKind, Remark
from kpitui.sources.publication import Publication
from kpitui.text.wording import Both
from kpitui.textfile import decode, read_bytes

SOURCE = "source.txt"

_NO_PUBLISHER = Both(
    "{source}: 都道府県名がないため、公表者の指定 (--publisher) が必要です",
    "{source}: no prefecture is named, so the publisher must be given",
)
_NO_ID = Both(
    "{source}: {publisher} は都道府県ではないため、識別名の指定 (--id) が必要です",
    "{source}: {publisher} is no prefecture, so the report's id must be given",
)
_HAS_OVERRIDES = Both(
    "{path}: 指定 (override) があり、取り込むと失われます。別のフォルダを選んでください",
    "{path}: holds overrides, which an import would drop: choose another folder",
)

_OVERRIDES = re.compile(r"^\s*(\[\[\s*override\s*\]\]|override\s*=)", re.MULTILINE)


@dataclass(frozen=True)
class ImportSummary:
    """What an import found: how much, every line by its kind, and what was not understood.

    The counts in `lines` add up to the number of lines of the source.
    """

    metadata: Metadata
    projects: int
    kpis: int
    lines: Mapping[LineKind, int]
    remarks: tuple[Remark, ...]


def import_document(
    source: Path, folder: Path, *, publisher: str | None = None, report_id: str | None = None
) -> ImportSummary:
    """Read a document and write it, with what it says, into a report folder.

    The files depend on the document's bytes and the two arguments alone. Publisher and id are inferred unless
    given. Raises InputError where a file cannot be read or written, KpituiError where the document is not
    understood, or where the folder holds a curator's overrides, which an import would drop.
    """
    data = read_bytes(source)
    text = decode(data, source)
    found = publication.read(text, source)
    stated = {"id": report_id, "publisher": publisher}
    publisher = publisher or _publisher(text, source)
    metadata = Metadata(
        id=report_id or _id(publisher, found, source),
        title=found.title,
        publisher=publisher,
        fiscal_year=found.fiscal_year,
        as_of=found.as_of,
        source_file=SOURCE,
        source_sha256=hashlib.sha256(data).hexdigest(),
        inferred=(*(key for key, value in stated.items() if not value), *found.inferred),
        evaluation=found.evaluation,
        grants=found.grants,
        ratings=found.ratings,
        directions=found.directions,
    )
    check_overrides(folder)
    copy_source(source, data, folder, SOURCE)
    report_folder.write(folder, metadata, found.projects, found.kpis)
    return ImportSummary(metadata, len(found.projects), len(found.kpis), found.lines, found.remarks)


def _publisher(text: str, source: Path) -> str:
    prefecture = prefectures.most_named(text)
    if prefecture is None:
        raise KpituiError(_NO_PUBLISHER.format(source=source))
    return prefecture.name


def _id(publisher: str, found: Publication, source: Path) -> str:
    prefecture, year = prefectures.named(publisher), fiscal_year(found.fiscal_year.raw)
    if prefecture is None or year is None:
        raise KpituiError(_NO_ID.format(source=source, publisher=publisher))
    return f"{prefecture.slug}-{year.short}"


def check_overrides(folder: Path) -> None:
    """Raise KpituiError where a folder holds a curator's overrides, which an import would drop."""
    path = folder / report_folder.FILES[0]
    if path.is_file() and _OVERRIDES.search(decode(read_bytes(path), path)):
        raise KpituiError(_HAS_OVERRIDES.format(path=path))


def copy_source(source: Path, data: bytes, folder: Path, name: str) -> None:
    """Put the bytes of a document into the folder under that name, unless it lies there already."""
    target = folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        same = target.exists() and target.samefile(source)
    except OSError as error:
        raise InputError(report_folder.UNUSABLE.format(folder=folder, error=error.strerror or error)) from error
    if not same:
        write_bytes(target, data)
