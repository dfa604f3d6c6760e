"""What a screen says, without one: in the footer and in notes."""

from __future__ import annotations

from typing import Any

import pytest

from kpitui.errors import UsageError
from kpitui.output.display import Display
from kpitui.report.model import Report
from kpitui.text.wording import Both
from kpitui.tui.saying import SORTING, Saying

SAVED = Both("保存しました: {path}", "saved: {path}")


class Footer:
    """A footer that counts how often it was drawn, and the notes beside it."""

    def __init__(self, display: Display) -> None:
        self.drawn = 0
        self.notes: list[tuple[str, dict[str, Any]]] = []
        self.saying = Saying(lambda: display, {"undo": "u"}, self._note, self._draw)

    def _draw(self) -> None:
        self.drawn += 1

    def _note(self, text: str, **settings: Any) -> None:
        self.notes.append((text, settings))

    def text(self, progress: Both | None = None) -> str:
        return "".join(span.text for span in self.saying.now(progress))


@pytest.fixture
def footer(report: Report) -> Footer:
    return Footer(Display(report, "en"))


def test_words_name_the_key_of_a_command(footer: Footer) -> None:
    footer.saying.tell(Both("{key[undo]} で元に戻せます", "{key[undo]} brings it back"))
    assert (footer.text(), footer.drawn) == ("u brings it back", 1)


def test_something_is_said_after_what_was_said_and_taken_away_with_it(footer: Footer) -> None:
    footer.saying.add(Both("一", "one"))
    assert footer.text() == "one"
    footer.saying.add(Both("{what}", "{what}"), what=Both("二", "two"))
    assert footer.text() == "one  two"
    footer.saying.hush()
    assert (footer.text(), footer.drawn) == ("", 3)
    footer.saying.hush()
    assert footer.drawn == 3


def test_what_is_being_worked_out_goes_before_what_was_said(footer: Footer) -> None:
    footer.saying.tell(Both("一", "one"))
    assert footer.text(SORTING) == "sorting… Esc stops"
    assert footer.text() == "one"


def test_what_a_terminal_cannot_show_is_not_said(report: Report) -> None:
    footer = Footer(Display(report, "en", ascii=True))
    footer.saying.tell(SAVED, path="\x1b]0;taken\x07①")
    assert "\x1b" not in footer.text()
    assert footer.text().endswith("(1)")


def test_files_and_troubles_are_told_in_notes(footer: Footer) -> None:
    footer.saying.announce(SAVED, path="a.toml")
    footer.saying.complain(UsageError("no such thing"))
    (saved, usual), (wrong, grave) = footer.notes
    assert saved == "saved: a.toml"
    assert "no such thing" in wrong
    assert (usual.get("severity"), grave.get("severity")) == (None, "error")
    assert usual["markup"] is grave["markup"] is False
    assert footer.text() == ""
