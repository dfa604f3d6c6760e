"""A published document into a report folder: what `kpitui import` does."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from kpitui import changeover
from kpitui.errors import KpituiError
from kpitui.report import folder as report_folder
from kpitui.report import metadata as toml
from kpitui.report import package, years
from kpitui.report.model import Metadata
from kpitui.sources import prefectures, publication
from kpitui.sources.eras import fiscal_year
from kpitui.sources.lines import LineKind, Remark
from kpitui.sources.publication import Publication
from kpitui.text.wording import Both
from kpitui.textfile import decode, is_file, read_bytes

SOURCE = "source.txt"
MAP = "map.toml"
"""What says of a report folder how the columns of its source were understood."""
_STEM = PurePath(SOURCE).stem

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


@dataclass(frozen=True)
class Source:
    """A document, and the name under which a report folder keeps a copy of it."""

    path: Path
    data: bytes
    name: str


@dataclass(frozen=True)
class _Names:
    """A report's id and its publisher; `inferred` are the keys of what nobody stated."""

    id: str
    publisher: str
    inferred: tuple[str, ...]


def import_document(
    source: Path,
    folder: Path,
    *,
    publisher: str | None = None,
    report_id: str | None = None,
    described: bool = False,
) -> ImportSummary:
    """Read a document and write it, with what it says, into a report folder.

    The files depend on the document's bytes and the two arguments alone. Publisher and id are inferred unless
    given. An older report there is replaced at once and whole; `described` as for `keep`. Raises
    InputError where a file cannot be read or written, KpituiError where the document is not understood, or where
    the folder holds a curator's overrides, which an import would drop.
    """
    document = Source(source, read_bytes(source), SOURCE)
    text = decode(document.data, source)
    found = publication.read(text, source)
    metadata = _metadata(found, document, _names(found, text, source, publisher=publisher, report_id=report_id))
    check_overrides(folder)
    keep(folder, report_folder.rendered(metadata, found.projects, found.kpis), document, described=described)
    return ImportSummary(metadata, len(found.projects), len(found.kpis), found.lines, found.remarks)


def _names(found: Publication, text: str, source: Path, *, publisher: str | None, report_id: str | None) -> _Names:
    """Publisher and id as stated; what is not is inferred, the id from the publisher."""
    stated = {"id": report_id, "publisher": publisher}
    inferred = tuple(key for key, value in stated.items() if not value)
    publisher = publisher or _publisher(text, source)
    return _Names(report_id or _id(publisher, found, source), publisher, inferred)


def _metadata(found: Publication, document: Source, names: _Names) -> Metadata:
    return Metadata(
        id=names.id,
        title=found.title,
        publisher=names.publisher,
        fiscal_year=found.fiscal_year,
        as_of=found.as_of,
        source_file=document.name,
        source_sha256=hashlib.sha256(document.data).hexdigest(),
        inferred=(*names.inferred, *found.inferred),
        evaluation=found.evaluation,
        grants=found.grants,
        ratings=found.ratings,
        directions=found.directions,
    )


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
    name = report_folder.FILES[0]
    found = changeover.read(folder, (), (name,)).get(name, b"")
    if _OVERRIDES.search(decode(found, folder / name)):
        raise KpituiError(_HAS_OVERRIDES.format(path=folder / name))


def keep(folder: Path, files: Mapping[str, bytes], source: Source, *, described: bool = False) -> None:
    """Put all that an import writes into the folder at once, in place of what an earlier import wrote.

    `described`, or a description that is there already, has the folder described anew as a data package.
    """
    changeover.replace(folder, lambda: _change(folder, files, source, described=described))


def _change(folder: Path, files: Mapping[str, bytes], source: Source, *, described: bool) -> changeover.Change:
    """The files of an import with its source and description, and without what only an earlier one wrote."""
    every = dict(files) if _is_there(folder, source) else {**files, source.name: source.data}
    if described or package.is_in(folder):
        every[package.FILE] = package.rendered(folder, every)
    older = {years.FILE, MAP, *_older_source(folder)} - {*every, source.name}
    return changeover.Change(every, [name for name in sorted(older) if is_file(changeover.current(folder, name))])


def _is_there(folder: Path, source: Source) -> bool:
    """Whether the document lies in the folder already, under the name it would get."""
    target = changeover.current(folder, source.name)
    try:
        return target.exists() and target.samefile(source.path)
    except OSError:
        return False


def _older_source(folder: Path) -> set[str]:
    """The copy of the document that an earlier import has put there, if it is still that."""
    name = report_folder.FILES[0]
    try:
        metadata = toml.parse(decode(changeover.read(folder, (name,))[name], folder / name), folder / name)
        copy = metadata.source_file
        ours = copy == f"{_STEM}{PurePath(copy).suffix}"
        data = changeover.read(folder, (copy,))[copy] if ours else b""
    except KpituiError:
        return set()
    return {copy} if hashlib.sha256(data).hexdigest() == metadata.source_sha256 else set()
