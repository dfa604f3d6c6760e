"""Where saved views lie, and how they are found, listed and written without losing anything."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from platformdirs import user_data_path

from kpitui import atomic
from kpitui.dataclass import dataclass
from kpitui.errors import InputError, KpituiError, UsageError
from kpitui.report.model import Report
from kpitui.text.nearest import unknown
from kpitui.text.wording import Both, Lang
from kpitui.textfile import is_file, is_there, read_bytes
from kpitui.views.builtin import BUILTIN, builtin
from kpitui.views.saved import SavedView, dump

_LONGEST = 200
"""Bytes of a view's name; with the ending it must fit a file name of 255."""

_NO_NAME = Both("{name!r} はビューの名前にできません", "a view cannot be named {name!r}")
_TOO_LONG = Both("ビューの名前は最大{most}バイトです", "a view's name has at most {most} bytes")
_TAKEN = Both("{path}: 同じ名前で内容の異なるビューがあります", "{path}: a different view of that name exists")
_BUILT_IN = Both("{name}: 同じ名前の組み込みのビューがあります", "{name}: a view of that name comes with kpitui")
_UNWRITTEN = Both("{path}: 何も書き込んでいません: {error}", "{path}: {error}; nothing was written")
_VIEW = Both("ビュー", "view")


class NameTakenError(KpituiError):
    """A different view of that name exists; it was left as it is."""


@dataclass(frozen=True)
class Store:
    """The folders that hold views, the first one written to; then come the built-in views."""

    folders: tuple[Path, ...]

    @classmethod
    def usual(cls, extra: Sequence[Path] = ()) -> Store:
        """The folders named by the reader, else the reader's own data folder."""
        return cls((*extra, user_data_path("kpitui") / "views"))

    def path(self, name: str) -> Path:
        """Where a view of that name is written; UsageError for a name that cannot be a file's."""
        if not name.strip() or name.startswith(".") or not name.isprintable() or set(name) & set('/\\:*?"<>|'):
            raise UsageError(_NO_NAME.format(name=name))
        if len(name.encode()) > _LONGEST:
            raise UsageError(_TOO_LONG.format(most=_LONGEST))
        return self.folders[0] / f"{name.removesuffix('.toml')}.toml"

    def names(self) -> list[str]:
        """The names of all views that can be opened, saved ones first."""
        saved = sorted({path.stem for folder in self.folders for path in _kept_in(folder)})
        return [*saved, *(view.name for view in BUILTIN if view.name not in saved)]

    def find(self, name: str, report: Report, lang: Lang = "en") -> SavedView:
        """The view of that name or at that path, checked against the report.

        A path is what has a separator or ends in .toml. Raises InputError where there is no such view.
        """
        from kpitui.views.reader import read  # noqa: PLC0415 - most starts open no view

        if os.sep in name or (name.endswith(".toml") and is_there(Path(name))):
            return read(Path(name), report)
        name = name.removesuffix(".toml")
        if saved := self._saved(name):
            return read(saved, report)
        view = builtin(name)
        if view is None:
            raise InputError(unknown(_VIEW, name, self.names()))
        return SavedView(view.name, view.spec(report.metadata), view.note.say(lang))

    def note(self, name: str, lang: Lang) -> str:
        """What the view that opens under that name is for; nothing where its file does not say or is damaged."""
        from kpitui.views.reader import note  # noqa: PLC0415 - as above

        if saved := self._saved(name):
            return note(saved)
        view = builtin(name)
        return view.note.say(lang) if view else ""

    def _saved(self, name: str) -> Path | None:
        """Where a view of that name, without ending, is saved; the first folder's goes before the others'."""
        paths = (folder / f"{name}.toml" for folder in self.folders)
        return next((path for path in paths if is_file(path)), None)

    def save(self, view: SavedView, *, replace: bool = False) -> Path:
        """Write the view; an existing one of another content, a built-in one among them, only gives way when asked.

        Raises NameTakenError, or InputError where the folder cannot be written; what was there stays whole.
        """
        path, data = self.path(view.name), atomic.encoded(self.path(view.name), dump(view))
        if builtin(path.stem) and not replace and not self._saved(path.stem):
            raise NameTakenError(_BUILT_IN.format(name=path.stem))
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            atomic.write_all({path: data}, replace=replace)
        except atomic.ExistsError:  # another reader may have saved it a moment ago
            if read_bytes(path) != data:
                raise NameTakenError(_TAKEN.format(path=path)) from None
        except OSError as error:
            raise InputError(_UNWRITTEN.format(path=path, error=error.strerror or error)) from None
        return path


def _kept_in(folder: Path) -> list[Path]:
    """The files of views in a folder; none where it is not there or cannot be looked into."""
    try:
        return list(folder.glob("*.toml"))
    except OSError:
        return []
