"""Views kept and opened, questions, the report read again, help, palette, leaving."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kpitui.errors import KpituiError
from kpitui.output.display import number
from kpitui.output.questions import questions as questions_text
from kpitui.text.prose import line, paragraph
from kpitui.text.wording import Both
from kpitui.tui.actions.kind import Action, copy_text
from kpitui.tui.actions.shaping import NO_MARKS
from kpitui.tui.dialogs.choose import ChooseDialog
from kpitui.tui.dialogs.reading import ReadingDialog
from kpitui.tui.dialogs.save import SaveDialog
from kpitui.tui.help import help_lines
from kpitui.tui.way import UNDO_HINT
from kpitui.views import saved
from kpitui.views.builtin import BUILTIN
from kpitui.views.describe import chips

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpitui.tui.browse import Browse
    from kpitui.views.saved import SavedView
    from kpitui.views.spec import ViewSpec

_SAVED = Both("保存しました: {path}", "saved: {path}")
TAKEN = Both("終了後にこの端末に表示します: {path}", "shown in this terminal after you leave: {path}")
_RELOADED = Both("報告書を読み直しました", "the report was read again")
_VIEWS = Both("ビューを開く", "open a view")
_CHOOSE_KEYS = Both("Enter 開く   Esc やめる", "Enter open   Esc leave")
_ROWS = Both("{chips} ({count}行)", "{chips} ({count} rows)")
_ALL = Both("全ての行", "all rows")
_NO_SHELL = Both(
    "戻り先のシェルがないため中断できません。終えるには {key[quit]}",
    "there is no shell to go back to; {key[quit]} leaves",
)
_COPY = Both(
    "y で写す。保存したビューからは: kpitui views questions ビュー名",
    "y copies; from a saved view: kpitui views questions NAME",
)


def save(browse: Browse) -> None:
    """Ask for a name and write the view."""

    def done(path: Path | None) -> None:
        if path is not None:
            browse.announce(_SAVED if browse.takings is None else TAKEN, path=path)

    if browse.reading.place.page == "table":
        large = browse.answers.large
        note = partial(_note, browse)
        write = partial(_save, browse, browse.reading.place.spec)
        dialog = SaveDialog(write, summary(browse), note, browse.lang, threaded=large)
        browse.app.push_screen(dialog, done)


def _note(browse: Browse, name: str) -> str:
    """The note to begin with under a name: the opened view's, where it is what shows or is the one being changed."""
    opened = browse.opened
    return opened.note if opened is not None and name and name == opened.name else browse.note


def _save(browse: Browse, spec: ViewSpec, name: str, note: str, replace: bool, ready: Callable[[], None]) -> Path:
    """Write what was shown as a view, a guest's for afterwards; `ready` is called before. Raises what cannot be done.

    Rows that come while the dialog stands are not those that it told of.
    """
    view = saved.record(browse.report, spec, name, note)
    ready()
    if browse.takings is None:
        return browse.store.save(view, replace=replace)
    named = Path(browse.store.path(name).name)
    browse.takings.add(str(named), saved.dump(view))
    return named


def summary(browse: Browse) -> str:
    """What is about to be saved, in words."""
    told = " / ".join(chips(browse.reading.place.spec, browse.display_)) or _ALL.say(browse.lang)
    return _ROWS.format(chips=told, count=number(len(browse.answers.rowset))).say(browse.lang)


def open_(browse: Browse) -> None:
    """Choose a view to open; the built-in ones stand first."""
    names = dict.fromkeys([*(view.name for view in BUILTIN), *browse.store.names()])
    choices = [(name, browse.store.note(name, browse.lang)) for name in names]

    def done(place: int | None) -> None:
        if place is not None:
            _open(browse, choices[place][0])

    shown = [(browse.display_.text(name), note) for name, note in choices]
    browse.app.push_screen(ChooseDialog(_VIEWS.say(browse.lang), shown, _CHOOSE_KEYS.say(browse.lang)), done)


def _open(browse: Browse, name: str) -> None:
    """Show a view; a damaged one is complained of, and the screen stays."""
    try:
        view = browse.store.find(name, browse.report, browse.lang)
        browse.way.open(view.spec, lambda: _opened(browse, view))
    except KpituiError as error:
        browse.complain(error)


def _opened(browse: Browse, view: SavedView) -> None:
    browse.opened = view
    browse.tell(UNDO_HINT)


def questions(browse: Browse) -> None:
    """The marked rows as questions with citations; `y` copies them."""
    spec = browse.reading.place.spec
    if not spec.marks:
        browse.tell(NO_MARKS)
        return
    text = questions_text(spec, browse.note or str(browse.report.metadata.title.value), browse.display_.exact)
    shown = browse.display_.plain(text)
    hint = _COPY.say(browse.lang)
    page = ReadingDialog(
        lambda width: [*paragraph(shown, width), line(""), *paragraph(hint, width, "dim")],
        lambda: copy_text(browse, text),
    )
    browse.app.push_screen(page)


def reload(browse: Browse) -> None:
    """Read the report again and keep the view."""
    browse.reload(lambda: browse.tell(_RELOADED))


def help_(browse: Browse) -> None:
    """The help page for where the reader is."""
    commands, context, table = browse.commands.values(), browse.context, browse.reading.place.spec.table
    browse.app.push_screen(ReadingDialog(lambda width: help_lines(commands, context, table, browse.display_, width)))


def palette(browse: Browse) -> None:
    """Find a command by name."""
    browse.app.action_command_palette()


def suspend(browse: Browse) -> None:
    """Stop until the shell's fg, where there is a shell."""
    from kpitui.tui.driver import has_shell  # noqa: PLC0415 - the system may have no termios

    if has_shell():
        browse.app.action_suspend_process()
    else:
        browse.tell(_NO_SHELL)


def quit_(browse: Browse) -> None:
    """Leave kpitui."""
    browse.app.exit(0)


ACTIONS: dict[str, Action] = {
    "save": save,
    "open": open_,
    "questions": questions,
    "reload": reload,
    "help": help_,
    "palette": palette,
    "suspend": suspend,
    "quit": quit_,
}
