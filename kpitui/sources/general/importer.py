"""Any publisher's document into a report folder, or an account of how it would be read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath

from kpitui.atomic import write_text
from kpitui.report import folder as report_folder
from kpitui.report import years
from kpitui.report.model import Metadata
from kpitui.report.sheet import render
from kpitui.sources.general import mapping
from kpitui.sources.general.options import Options
from kpitui.sources.general.understand import Understanding, understand
from kpitui.sources.general.units import YEN
from kpitui.sources.importer import check_overrides, copy_source
from kpitui.sources.raw.read import parse, read, read_input
from kpitui.textfile import decode, read_bytes

_STEM = "source"


def options_of(said: Options, map_file: Path | None) -> Options:
    """What the command line says over what a map says, if one is named."""
    if map_file is None:
        return said
    return mapping.over(said, mapping.parse(decode(read_bytes(map_file), map_file), map_file))


def look(source: str, options: Options) -> Understanding:
    """Understand a document and write nothing; "-" is standard input."""
    path = None if source == "-" else Path(source)
    return understand(read(path, sheet=options.sheet, encoding=options.encoding), options)


def import_general(source: str, folder: Path, options: Options) -> Understanding:
    """Understand a document and write it, with the map that was used, into a report folder.

    Raises InputError where a file cannot be read or written, KpituiError where the document is not understood or
    where the folder holds a curator's overrides.
    """
    if source == "-":
        return _from_standard_input(folder, options)
    found = look(source, options)
    write(found, read_bytes(Path(source)), source, folder, options)
    return found


def _from_standard_input(folder: Path, options: Options) -> Understanding:
    """Standard input can be read but once, so its bytes are held for the copy."""
    data = read_input()
    found = understand(parse(data, "-", sheet=options.sheet, encoding=options.encoding), options)
    write(found, data, "-", folder, options)
    return found


def write(found: Understanding, data: bytes, source: str, folder: Path, options: Options) -> None:
    """Write what was understood, the source itself, and the map, into a report folder."""
    name = _STEM + (PurePath(source).suffix.lower() if source != "-" else ".txt")
    check_overrides(folder)
    copy_source(Path(source), data, folder, name)
    report_folder.write(folder, _metadata(found, name, data), found.projects, found.kpis)
    write_text(folder / mapping.FILE, mapping.dump(found, options))
    _write_years(folder / years.FILE, found.years)


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


def _write_years(path: Path, rows: Sequence[Mapping[str, object]]) -> None:
    """The values of all years; a file of an earlier import does not outlive them."""
    if rows:
        write_text(path, render(years.FIELDS, rows))
    else:
        path.unlink(missing_ok=True)
