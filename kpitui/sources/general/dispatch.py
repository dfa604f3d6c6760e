"""What `kpitui import` does: the reader of grant publications first, if a text has their structure, else this one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from kpitui import changeover
from kpitui.atomic import write_all
from kpitui.errors import InputError, KpituiError
from kpitui.sources import tables
from kpitui.sources.general import explain, mapping
from kpitui.sources.general.importer import import_general, look, options_of
from kpitui.sources.general.options import Options
from kpitui.sources.general.understand import Understanding
from kpitui.sources.importer import ImportSummary, check_overrides, import_document
from kpitui.sources.lines import split
from kpitui.sources.prose import table_title
from kpitui.text.wording import Both
from kpitui.textfile import decode, is_file, read_bytes

_OTHERWISE = Both(
    "交付金の公表文書としては読めないため、一般の表として読みました: {error}",
    "not read as a publication of grant projects but as any table: {error}",
)
_FIXED = Both(
    "交付金の公表文書の形式です。列は固定です。列を選ぶには --map または --map-to を使います",
    "it has the structure of a publication of grant projects, whose columns are known; to choose columns use --map or "
    "--map-to",
)


@dataclass(frozen=True)
class Request:
    """An import as asked for; `folder` is None in a dry run.

    `map_to` is where a map is written; a file that exists is left alone, unless it is the map that was read.
    `described` has the folder described as a data package.
    """

    source: str
    folder: Path | None
    options: Options
    map_file: Path | None = None
    map_to: Path | None = None
    described: bool = False


@dataclass(frozen=True)
class Answer:
    """What was found: by the reader of grant publications, or by the general one, with what led to that."""

    publication: ImportSummary | None = None
    general: Understanding | None = None
    told: tuple[Both, ...] = ()


def run(request: Request) -> Answer:
    """Import a document, or only look at it; KpituiError and InputError as the readers raise them."""
    if request.folder:
        changeover.settle(request.folder)
    told: tuple[Both, ...] = ()
    if _may_be_publication(request):
        try:
            return Answer(publication=_publication(request), told=() if request.folder else (_FIXED,))
        except InputError:
            raise
        except KpituiError as error:
            told = (_OTHERWISE.format(error=error.sentence),)
    options = options_of(request.options, request.map_file)
    source, folder = request.source, request.folder
    found = import_general(source, folder, options, described=request.described) if folder else look(source, options)
    if request.map_to:
        data = mapping.dump(found, options).encode()
        write_all({request.map_to: data}, replace=request.map_to == request.map_file)
    return Answer(general=found, told=told)


def _publication(request: Request) -> ImportSummary:
    """Read by the reader of grant publications; a dry run writes into a folder that is thrown away."""
    said = request.options
    if request.folder:
        return import_document(
            Path(request.source),
            request.folder,
            publisher=said.publisher,
            report_id=said.report_id,
            described=request.described,
        )
    with TemporaryDirectory() as place:
        return import_document(
            Path(request.source), Path(place) / "report", publisher=said.publisher, report_id=said.report_id
        )


def as_publication(path: Path) -> ImportSummary | None:
    """What the reader of grant publications finds in a document; None where it has not their structure.

    Raises KpituiError where it has, and yet cannot be read as one.
    """
    request = Request(str(path), None, Options())
    return _publication(request) if _may_be_publication(request) else None


def _may_be_publication(request: Request) -> bool:
    """Whether nothing was asked that only the general reader knows, and the text has a table titled by a grant."""
    said = request.options
    asked = said.year is not None or said.sheet or said.transpose or said.title or said.encoding
    if asked or request.map_file or request.map_to or request.source == "-" or not is_file(Path(request.source)):
        return False
    if request.folder:
        check_overrides(request.folder)
    path = Path(request.source)
    try:
        text = decode(read_bytes(path), path)
        lines = split(text) if "\t" in text else []  # its tables are parted by tabs
        return any(map(table_title, lines)) and bool(tables.blocks(lines, path)[0])
    except KpituiError:
        return False


def printed(answer: Answer) -> list[Both]:
    """What a dry run prints of the general reader's findings."""
    return explain.explain(answer.general) if answer.general else []


def said(answer: Answer) -> list[Both]:
    """What an import says of the general reader's findings: the counts, and what was not understood."""
    if answer.general is None:
        return list(answer.told)
    return [*answer.told, *explain.summary(answer.general), *explain.remarks(answer.general)]
