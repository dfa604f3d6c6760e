"""Any publisher's document into a report folder, or an account of how it would be read."""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePath

from kpitui import changeover
from kpitui.atomic import encoded
from kpitui.report import folder as report_folder
from kpitui.report import years
from kpitui.report.model import Metadata
from kpitui.report.sheet import render
from kpitui.sources.general import mapping
from kpitui.sources.general.options import Options
from kpitui.sources.general.refusal import check_map
from kpitui.sources.general.understand import Understanding, understand
from kpitui.sources.general.units import YEN
from kpitui.sources.importer import Source, check_overrides, keep
from kpitui.sources.raw.model import Document
from kpitui.sources.raw.read import parse, read, read_input
from kpitui.textfile import decode, read_bytes

_STEM = "source"


def options_of(said: Options, map_file: Path | None) -> Options:
    """What the command line says over what a map says, if one is named."""
    if map_file is None:
        return said
    data = read_bytes(changeover.current(map_file.parent, map_file.name), called=map_file)
    return mapping.over(said, mapping.parse(decode(data, map_file), map_file))


def look(source: str, options: Options) -> Understanding:
    """Understand a document and write nothing; "-" is standard input."""
    path = None if source == "-" else Path(source)
    return _understood(read(path, sheet=options.sheet, encoding=options.encoding), options)


def _understood(document: Document, options: Options) -> Understanding:
    found = understand(document, options)
    check_map(document.path, found.fitting, options)
    return found


def import_general(source: str, folder: Path, options: Options, *, described: bool = False) -> Understanding:
    """Understand a document and write it, with the map that was used, into a report folder; `described` as for `keep`.

    Raises InputError where a file cannot be read or written, KpituiError where the document is not understood or
    where the folder holds a curator's overrides.
    """
    if source == "-":
        return _from_standard_input(folder, options, described=described)
    found = look(source, options)
    write(found, read_bytes(Path(source)), source, folder, options, described=described)
    return found


def _from_standard_input(folder: Path, options: Options, *, described: bool) -> Understanding:
    """Standard input can be read but once, so its bytes are held for the copy."""
    data = read_input()
    found = _understood(parse(data, "-", sheet=options.sheet, encoding=options.encoding), options)
    write(found, data, "-", folder, options, described=described)
    return found


def write(
    found: Understanding, data: bytes, source: str, folder: Path, options: Options, *, described: bool = False
) -> None:
    """Write what was understood, the source itself, and the map, into a report folder; all at once, as `keep` does."""
    name = _STEM + (PurePath(source).suffix.lower() if source != "-" else ".txt")
    check_overrides(folder)
    files = report_folder.rendered(_metadata(found, name, data), found.projects, found.kpis)
    files[mapping.FILE] = encoded(folder / mapping.FILE, mapping.dump(found, options))
    if found.years:
        files[years.FILE] = encoded(folder / years.FILE, render(years.FIELDS, found.years))
    keep(folder, files, Source(Path(source), data, name), described=described)


def _metadata(found: Understanding, name: str, data: bytes) -> Metadata:
    facts, scale = found.facts, found.scale
    inferred = (*facts.inferred, *(("ratings",) if scale and not scale.sure else ()))
    return Metadata(
        id=facts.id,
        title=facts.title,
        publisher=facts.publisher,
        fiscal_year=facts.fiscal_year,
        as_of=facts.as_of,
        source_file=name,
        source_sha256=hashlib.sha256(data).hexdigest(),
        inferred=inferred,
        grants=found.grants,
        ratings=found.ratings,
        directions=found.directions,
        currency=None if found.currency == YEN else found.currency,
    )
