"""What a screen says: what is being worked out, how a command went, what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from kpitui.errors import KpituiError
from kpitui.text.prose import Line
from kpitui.text.wording import Both, Lang
from kpitui.tui.frame import sentence
from kpitui.views.spec import ViewSpec

SORTING = Both("並べ替え中… Esc で中止", "sorting… Esc stops")
SEARCHING = Both("検索中… Esc で中止", "searching… Esc stops")
FILTERING = Both("絞り込み中… Esc で中止", "filtering… Esc stops")
WORKING_OUT = Both("集計中… Esc で中止", "working out… Esc stops")
READING = Both("読み直し中… Esc で中止", "reading again… Esc stops")
COUNTING = Both("件数を数えています…", "counting values…")
STOPPED = Both("中止しました", "stopped")


def between(shown: ViewSpec, wanted: ViewSpec) -> Both:
    """What has to be done to come from one view to the other."""
    if wanted.table != shown.table:
        return WORKING_OUT
    if (wanted.search, wanted.search_in) != (shown.search, shown.search_in):
        return SEARCHING
    if (wanted.where, wanted.filters) != (shown.where, shown.filters):
        return FILTERING
    return SORTING


class Manner(Protocol):
    """How a screen shows texts: in which language, and made harmless for which terminal."""

    @property
    def lang(self) -> Lang:
        """The reader's language."""
        ...

    def text(self, text: str) -> str:
        """A text that may hold some of a stranger's."""
        ...


class Saying:
    """What there is to say: in the footer, where it stands until the next key, or in a note of its own.

    `manner` is how texts are shown, `keys` are the first keys of commands by id, which words may name as in
    `{key[undo]}`; `note` shows a note, `changed` draws the footer.
    """

    def __init__(
        self,
        manner: Callable[[], Manner],
        keys: Mapping[str, str],
        note: Callable[..., None],
        changed: Callable[[], None],
    ) -> None:
        self._manner = manner
        self._keys = keys
        self._note = note
        self._changed = changed
        self._message: Line = ()

    def now(self, progress: Both | None) -> Line:
        """What the footer says: what is being worked out, if anything is, before any message; nothing if neither."""
        return self._line(progress.say(self._manner().lang)) if progress else self._message

    def tell(self, words: Both, **parts: object) -> None:
        """Say something that is no trouble."""
        self._stand(self._said(words, key=self._keys, **parts))

    def add(self, words: Both, **parts: object) -> None:
        """Say something after what has just been said, if anything was."""
        said, more = "".join(span.text for span in self._message), self._said(words, key=self._keys, **parts)
        self._stand(f"{said}  {more}" if said else more)

    def hush(self) -> None:
        """Take away what was said."""
        if self._message:
            self._message = ()
            self._changed()

    def announce(self, words: Both, **parts: object) -> None:
        """Say something too long for the footer, such as where a file was written."""
        self._note(self._manner().text(self._said(words, **parts)), markup=False, timeout=10)

    def complain(self, error: KpituiError) -> None:
        """Say what went wrong."""
        told = self._manner().text(error.say(self._manner().lang))
        self._note(told, severity="error", markup=False, timeout=10)

    def _said(self, words: Both, **parts: object) -> str:
        return words.format(**parts).say(self._manner().lang)

    def _line(self, text: str) -> Line:
        return sentence(self._manner().text(text))

    def _stand(self, text: str) -> None:
        self._message = self._line(text)
        self._changed()
