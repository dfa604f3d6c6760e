"""The verbs that need no screen: each answers on stdout and returns the exit code.

What only one of them needs is imported in it, so that a table waits for nothing else.
"""

from __future__ import annotations

import dataclasses
import os
import shutil
from argparse import Namespace
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from kpitui import ambiguous, deliver, outlet
from kpitui.errors import KpituiError, UsageError
from kpitui.output.display import Display
from kpitui.output.files import Extract
from kpitui.output.provenance import Provenance
from kpitui.report.audit import has_profile
from kpitui.report.column import Column
from kpitui.report.columns import column, registry, written
from kpitui.report.model import Report, Table
from kpitui.report.open import open_reports
from kpitui.text.cells import plain_ascii
from kpitui.text.escaped import json_text
from kpitui.text.nearest import unknown
from kpitui.text.wording import Both
from kpitui.views.counted import facet
from kpitui.views.meaning import meant
from kpitui.views.provenance import of_report, provenance
from kpitui.views.query import gather, select
from kpitui.views.spec import Sort, ViewSpec

if TYPE_CHECKING:
    from kpitui.sources.general.dispatch import Answer, Request
    from kpitui.sources.importer import ImportSummary
    from kpitui.views.store import Store

FILTER_FLAGS = ("verdict", "status", "rating", "direction", "grant", "unit")
_DRAWN = ("table", "text")
_FOR_PEOPLE = ("table", "md")
_IMPORTED = Both("{to}: 事業 {projects}件、KPI {kpis}件", "{to}: {projects} projects, {kpis} KPIs")
_LINES = Both("原文{total}行: {kinds}", "{total} source lines: {kinds}")
_KIND = Both("{kind} {count}", "{count} {kind}")
_OTHER_TABLE = Both(
    "ビュー {view!r} は表 {table} のものです: kpitui {table} --view {view}",
    "view {view!r} is of the table {table}: kpitui {table} --view {view}",
)
_COLUMN = Both("{table}の列", "column in {table}")
_ID = Both("識別名", "id")
_WHICH = Both("{id} は複数の報告書にあります: {ids}", "{id} is in more than one report: {ids}")
_NO_VIEW = Both("views {action}: ビューを一つ以上指定してください", "views {action}: name at least one view")
_FIRST = Both("先頭の{count}行", "the first {count} rows")
_COUNTED = Both("{column} の値ごとの件数", "counts by {column}")


def report_of(args: Namespace) -> Report:
    """The report that the command line names, several as one, or the built-in report."""
    return open_reports([Path(each) for each in args.report])


def view_of(args: Namespace, report: Report, table: Table) -> ViewSpec:
    """The saved view that was named, else the whole table; then what the flags add to it."""
    spec = ViewSpec(table)
    if args.view:
        spec = store(args).find(args.view, report, args.lang).spec
        if spec.table != table:
            raise UsageError(_OTHER_TABLE.format(view=args.view, table=spec.table))
    for key in FILTER_FLAGS:
        values = _flag_values(table, key, getattr(args, key), report)
        spec = spec.only(key, values) if values else spec
    if args.search:  # in all columns, also where the view looked for another text in one
        spec = dataclasses.replace(spec, search=args.search, search_in="")
    return dataclasses.replace(spec, where=args.where or spec.where)


def store(args: Namespace) -> Store:
    """The folders of views that the reader named, and the usual one."""
    from kpitui.views.store import Store  # noqa: PLC0415

    return Store.usual([Path(folder) for folder in args.views])


def _flag_values(table: Table, key: str, given: Sequence[str], report: Report) -> tuple[Any, ...]:
    """The values of one flag: whole if there is such a value, else split at commas."""
    if not given:
        return ()
    _known_column(table, key)
    found = [value for text in given for value in _split(table, key, text, report)]
    return tuple(dict.fromkeys(found))


def _split(table: Table, key: str, text: str, report: Report) -> list[Any]:
    try:
        return meant(table, key, text, report)
    except UsageError:
        if "," not in text:
            raise
    return [value for part in text.split(",") for value in meant(table, key, part.strip(), report)]


def _known_column(table: Table, key: str) -> Column:
    known = [each.key for each in registry(table, several=True)]
    if key not in known:
        raise UsageError(unknown(_COLUMN.format(table=table), key, known))
    return column(table, key)


def _sorts(table: Table, text: str) -> tuple[Sort, ...]:
    keys = [part.strip() for part in text.split(",")]
    return tuple(Sort(_known_column(table, key.removeprefix("-")).key, key.startswith("-")) for key in keys)


def _display(report: Report, args: Namespace) -> Display:
    """How cells read; ASCII mode and wide characters are for what a terminal draws, not for documents and data."""
    if args.format not in _DRAWN:
        return Display(report, args.lang)
    return Display(report, args.lang, args.ascii, outlet.is_wide(args))


def _table(table: Table) -> Callable[[Namespace], int]:
    def run(args: Namespace) -> int:
        report = report_of(args)
        spec = view_of(args, report, table)
        if args.sort:
            spec = dataclasses.replace(spec, sorts=_sorts(table, args.sort))
        selected = select(report, spec)
        frame = gather(report, selected, 0, args.limit)
        more = [_FIRST.format(count=len(frame))] if len(frame) < len(selected) else []
        source = provenance(report, spec, len(frame), _name(args, report, spec), more)
        return _send(frame, _columns(report, args, spec), args, _display(report, args), source)

    return run


def _audit(args: Namespace) -> int:
    """The audit's table, worst verdicts first unless it or its view is sorted; 1 if a verdict to fail on is in it."""
    from kpitui.output import audit  # noqa: PLC0415

    report = report_of(args)
    if not has_profile(report.metadata):
        raise KpituiError(audit.NO_PROFILE)
    fatal = _split("audit", "verdict", args.fail_on, report) if args.fail_on else []
    spec = view_of(args, report, "audit")
    args.sort = args.sort or ("" if spec.sorts else "verdict,met_share")
    code = _table("audit")(args)
    found = gather(report, select(report, spec))
    return 1 if found["verdict"].is_in(fatal).any() else code


def _checks(args: Namespace) -> int:
    """What was found, heaviest first; 1 if that is more than agreement."""
    from kpitui.output import findings  # noqa: PLC0415

    report = report_of(args)
    found = findings.table(report, args.lang)
    machine = args.format not in _FOR_PEOPLE
    columns = [*([findings.WEIGHT] if machine else []), *findings.columns(report)]
    told = found if machine else findings.shortened(found)
    _send(told, columns, args, _display(report, args), of_report(report, "checks", len(found)))
    return 1 if (found["weight"] > 0).any() else 0


def _columns(report: Report, args: Namespace, spec: ViewSpec) -> list[Column]:
    """Those asked for, else the view's own; a table for people has the usual ones, a machine format all."""
    table = spec.table
    if args.columns:
        return [_known_column(table, key.strip()) for key in dict.fromkeys(args.columns.split(","))]
    if spec.columns or args.format in _FOR_PEOPLE:
        return [column(table, key) for key in spec.shown_in(report)]
    return list(written(report, table))


def _facets(args: Namespace) -> int:
    from kpitui.output.tally import COUNT, read_alike, value_of  # noqa: PLC0415

    report = report_of(args)
    table: Table = args.table or (
        "kpis" if args.column in {each.key for each in registry("kpis", several=True)} else "projects"
    )
    chosen = _known_column(table, args.column)
    spec = view_of(args, report, table)
    counted = facet(report, spec, chosen.key)
    frame = pl.DataFrame({"value": [each.value for each in counted], "count": [each.count for each in counted]})
    shown = value_of(chosen)
    display = _display(report, args)
    frame = read_alike(frame, shown, display) if args.format in _FOR_PEOPLE else frame
    source = provenance(report, spec, len(frame), more=[_COUNTED.format(column=chosen.label)])
    return _send(frame, [shown, COUNT], args, display, source)


def _show(args: Namespace) -> int:
    from kpitui.output import audit, record  # noqa: PLC0415
    from kpitui.text.prose import plain  # noqa: PLC0415

    report = report_of(args)
    table, row = _find(report, args.id)
    if args.format == "json":
        return deliver.data(_json(row if report.several else _without(row, "report")), args)
    display = _display(report, args)
    lines = [*record.record(table, row, display, _width())]
    if table != "kpis":
        lines += [(), *audit.working(row, display, _width())]
    return deliver.data(f"{display.drawn(plain(lines))}\n".encode(), args)


def _find(report: Report, wanted: str) -> tuple[Table, dict[str, Any]]:
    """The record of that id, as commands or as tables write it; UsageError if there is none, or one in each report."""
    tables: tuple[Table, Table] = ("projects", "kpis")
    ids = Display(report, "ja").long_ids(wanted)
    for table in tables:
        rows = report.frame(table).filter(pl.col("id").is_in(ids)).rows(named=True)
        if len({row["report"] for row in rows}) > 1:
            raise UsageError(_WHICH.format(id=wanted, ids=", ".join(row["id"] for row in rows)))
        if rows:
            return table, rows[0]
    known = [*report.projects["id"], *report.kpis["id"]]
    raise UsageError(unknown(_ID, wanted, known))


def _without(row: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != key}


def _overview(args: Namespace) -> int:
    from kpitui.output import overview  # noqa: PLC0415
    from kpitui.text.prose import plain  # noqa: PLC0415

    display = _display(report_of(args), args)
    if args.format == "json":
        return deliver.data(_json(overview.data(display.report)), args)
    lines = overview.overview(display, _width(), args.rollup, plain=args.plain)
    return deliver.data(f"{display.drawn(plain(lines))}\n".encode(), args)


def _views(args: Namespace) -> int:
    from kpitui.output.questions import questions  # noqa: PLC0415
    from kpitui.views.check import differences  # noqa: PLC0415
    from kpitui.views.saved import dump  # noqa: PLC0415

    if args.action == "list":
        return outlet.say(store(args).names(), args)
    if not args.names:
        raise UsageError(_NO_VIEW.format(action=args.action))
    report = report_of(args)
    found = [store(args).find(name, report, args.lang) for name in args.names]
    if args.action == "show":
        return _document(dump(view).rstrip("\n") for view in found)
    if args.action == "questions":
        display = Display(report, args.lang)
        return _document(questions(view.spec, view.note or view.name, display) for view in found)
    told = [each for view in found for each in differences(view, report, args.lang)]
    outlet.say(told, args)
    return 1 if any(each.changed for each in told) else 0


def _import(args: Namespace) -> int:
    """Make a report folder of a document; a dry run says on stdout how it would be read, and writes only a map."""
    from kpitui import verb_package  # noqa: PLC0415
    from kpitui.sources.general import dispatch  # noqa: PLC0415

    if verb_package.is_meant(args):
        return verb_package.describe(Path(args.source), args)
    answer = dispatch.run(_import_request(args))
    if args.dry_run:
        read = (*answer.told, *_looked(answer, args), *dispatch.printed(answer))
        return outlet.say((each.say(args.lang) for each in read), args)
    if answer.publication:
        told = _told(answer.publication, args)
    else:
        told = [f"{args.to}:", *(each.say(args.lang) for each in dispatch.said(answer))]
    outlet.say(told, args, aside=True)
    return verb_package.tell(Path(args.to), args)


def _import_request(args: Namespace) -> Request:
    from kpitui.sources.general.dispatch import Request  # noqa: PLC0415
    from kpitui.sources.general.options import Options  # noqa: PLC0415

    said = Options(args.year, args.sheet, args.transpose, args.title, args.publisher, args.id, encoding=args.encoding)
    map_file, map_to = (Path(name) if name else None for name in (args.map, args.map_to))
    return Request(args.source, None if args.dry_run else Path(args.to), said, map_file, map_to, args.datapackage)


def _looked(answer: Answer, args: Namespace) -> list[Both]:
    """What a dry run says of a grant publication, whose reader counts lines and knows its columns."""
    told = _told(answer.publication, args)[1:] if answer.publication else []
    return [Both(each, each) for each in told]


def _told(summary: ImportSummary, args: Namespace) -> list[str]:
    """How much was imported, how its lines were read, and each that was not understood."""
    lang = args.lang
    told = _IMPORTED.format(to=args.to, projects=summary.projects, kpis=summary.kpis)
    counted = (_KIND.format(kind=kind.words, count=count).say(lang) for kind, count in summary.lines.items())
    lines = _LINES.format(total=sum(summary.lines.values()), kinds=", ".join(counted))
    remarks = [f"{args.source}:{each.line}: {each.why.say(lang)}: {each.text}" for each in summary.remarks]
    return [told.say(lang), lines.say(lang), *remarks]


def _config(args: Namespace) -> int:
    """Every setting, once the keys are sound too; or the file's path."""
    from kpitui.output import settings  # noqa: PLC0415
    from kpitui.tui.keymap import remapped  # noqa: PLC0415

    if args.action == "path":
        outlet.write(os.fsencode(args.config.path) + b"\n")
        return 0
    remapped(args.config.keys, args.config.path)
    asks = args.config.ambiguous_width == ambiguous.AUTO and args.format == "table" and ambiguous.can_ask()
    answer = ambiguous.cells(ambiguous.AUTO, keep_typed=True) if asks else None
    shown = settings.render(args.config, args.format, args.lang, answer)
    outlet.write((plain_ascii(shown) if args.ascii and args.format == "table" else shown).encode())
    return 0


def _document(texts: Iterable[str]) -> int:
    """Write what is a file's content, and end its last line."""
    for each in texts:
        outlet.write(f"{each}\n".encode())
    return 0


def _json(value: Any) -> bytes:
    return f"{json_text(value, indent=2)}\n".encode()


def _width() -> int:
    return min(shutil.get_terminal_size((80, 24)).columns, 120)


def _send(frame: pl.DataFrame, columns: Sequence[Column], args: Namespace, display: Display, source: Provenance) -> int:
    """Write rows where and as the command line asks, with where they come from unless it says not to."""
    return deliver.rows(Extract(frame, columns, display, None if args.no_meta else source), args)


def _name(args: Namespace, report: Report, spec: ViewSpec) -> str:
    """The name of the saved view that was asked for, if nothing was added to it."""
    found = store(args).find(args.view, report, args.lang) if args.view else None
    return found.name if found and found.spec == spec else ""


def _compare(args: Namespace) -> int:
    from kpitui import verb_compare  # noqa: PLC0415

    return verb_compare.run(args)


RUN: dict[str, Callable[[Namespace], int]] = {
    "projects": _table("projects"),
    "kpis": _table("kpis"),
    "overview": _overview,
    "audit": _audit,
    "checks": _checks,
    "compare": _compare,
    "show": _show,
    "facets": _facets,
    "views": _views,
    "import": _import,
    "config": _config,
}
