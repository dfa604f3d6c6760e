"""The rows of the view into a file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from kpitui.errors import InputError, KpituiError, UsageError
from kpitui.output.files import Extract
from kpitui.output.files import save as save_rows
from kpitui.report.columns import column, written
from kpitui.text.wording import Both
from kpitui.tui.actions.files import summary
from kpitui.tui.actions.kind import Action
from kpitui.tui.dialogs.export import Choice, ExportDialog, Write
from kpitui.views.provenance import provenance
from kpitui.views.query import gather

if TYPE_CHECKING:
    from kpitui.tui.browse import Browse

_WRITTEN = Both("書き出しました: {paths}", "exported: {paths}")
_NO_NAME = Both("ファイルの名前を入れてください", "give the file a name")
_FOLDER = Both("{path} はフォルダです。ファイルの名前を続けてください", "{path} is a folder; add a file's name")
_UNFIT = re.compile(r"[^\w.-]+")
"""What does not belong into a file's name that we propose."""


def export(browse: Browse) -> None:
    """Ask for format, file and columns, and write the rows that show."""

    def done(paths: tuple[Path, ...] | None) -> None:
        if paths:
            browse.announce(_WRITTEN, paths="\n".join(map(str, paths)))

    spec, name = browse.reading.place.spec, _view_name(browse)
    stem = _UNFIT.sub("-", f"{browse.report.metadata.id}-{name or spec.table}").lstrip(".-")
    counts = len(spec.shown), len(written(browse.report, spec.table))
    write = _writer(browse, name)
    browse.app.push_screen(ExportDialog(write, stem, summary(browse), counts, browse.lang), done)


def _writer(browse: Browse, name: str) -> Write:
    """Writes the rows that show now, in their order."""
    report, spec, rowset = browse.report, browse.reading.place.spec, browse.rowset

    def write(choice: Choice, replace: bool) -> tuple[Path, ...]:
        keys = [each.key for each in written(browse.report, spec.table)] if choice.all_columns else spec.shown
        columns = [column(spec.table, key) for key in keys]
        source = provenance(report, spec, len(rowset), name)
        extract = Extract(gather(report, rowset), columns, browse.display_.exact, source)
        return save_rows(extract, _path(choice.name), choice.form, choice.style, replace=replace)

    return write


def _path(name: str) -> Path:
    """The file of that name, from the folder in which kpitui was started."""
    if not name:
        raise UsageError(_NO_NAME)
    try:
        path = Path(name).expanduser().absolute()
    except RuntimeError:  # a home that nobody has
        path = Path(name).absolute()
    if path.is_dir():
        raise InputError(_FOLDER.format(path=path))
    return path


def _view_name(browse: Browse) -> str:
    """The name under which the view as it shows is saved or built in; nothing if it is not."""
    for name in browse.store.names():
        try:
            view = browse.store.find(name, browse.report, browse.lang)
        except KpituiError:
            continue
        if view.spec == browse.reading.place.spec:
            return name
    return ""


ACTIONS: dict[str, Action] = {"export": export}
