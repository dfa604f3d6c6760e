"""The rows of the view into a file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from kpitui.errors import InputError, KpituiError, UsageError
from kpitui.output.files import Extract
from kpitui.output.files import save as save_rows
from kpitui.output.names import BESIDE
from kpitui.output.provenance import beside
from kpitui.report.columns import column, written
from kpitui.text.wording import Both
from kpitui.textfile import is_folder
from kpitui.tui.actions.files import TAKEN, summary
from kpitui.tui.actions.kind import Action
from kpitui.tui.dialogs.export import Choice, ExportDialog, Write
from kpitui.tui.takings import Takings
from kpitui.views.provenance import provenance
from kpitui.views.query import gather

if TYPE_CHECKING:
    from collections.abc import Callable

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
            words = _WRITTEN if browse.takings is None else TAKEN
            browse.announce(words, paths="\n".join(map(str, paths)), path=paths[0])

    spec, name = browse.reading.place.spec, _view_name(browse)
    report = browse.report
    about = f"{len(report.parts)}-reports" if report.several else report.metadata.id
    stem = _UNFIT.sub("-", f"{about}-{name or spec.table}").lstrip(".-")
    counts = len(spec.shown_in(report)), len(written(report, spec.table))
    write = _writer(browse, name)
    guest = browse.takings is not None
    dialog = ExportDialog(write, stem, summary(browse), counts, browse.lang, guest=guest, threaded=browse.answers.large)
    browse.app.push_screen(dialog, done)


def _writer(browse: Browse, name: str) -> Write:
    """Writes the rows that show now, in their order."""
    report, spec, rowset = browse.report, browse.reading.place.spec, browse.answers.rowset

    def write(choice: Choice, replace: bool, ready: Callable[[], None]) -> tuple[Path, ...]:
        keys = [each.key for each in written(report, spec.table)] if choice.all_columns else spec.shown_in(report)
        columns = [column(spec.table, key) for key in keys]
        source = provenance(report, spec, len(rowset), name)
        extract = Extract(gather(report, rowset), columns, browse.display_.exact, source)
        if browse.takings is not None:
            return _taken(browse.takings, extract, choice, ready)
        return save_rows(extract, _path(choice.name), choice.form, choice.style, replace=replace, ready=ready)

    return write


def _taken(takings: Takings, extract: Extract, choice: Choice, ready: Callable[[], None]) -> tuple[Path, ...]:
    """Keep the rows for a guest's terminal, and below them where they come from, if the format has no place for it."""
    data = extract.render(choice.form, choice.style._replace(bom=False))
    text = data.decode()
    if extract.source and choice.form in BESIDE:
        text += "\n" + beside(extract.source, choice.name, data).decode()
    ready()
    takings.add(choice.name, text)
    return (Path(choice.name),)


def _path(name: str) -> Path:
    """The file of that name, from the folder in which kpitui was started."""
    if not name:
        raise UsageError(_NO_NAME)
    try:
        path = Path(name).expanduser().absolute()
    except RuntimeError:  # a home that nobody has
        path = Path(name).absolute()
    if is_folder(path):
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
