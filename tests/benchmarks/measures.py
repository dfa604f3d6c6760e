"""What is measured of each contestant: one session with each, which yields several figures."""

from __future__ import annotations

import contextlib
import json
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generated import NEEDLE, Files
from rivals import Rivals
from terminal import POINTER, Answer, Terminal

from kpitui.report import builtin

Measured = dict[str, float]
"""Figures by their names: seconds or bytes."""

_HERE = Path(__file__).parent
_PATIENCE = 600.0
_STILL = 20.0
"""Seconds after which a key to which nothing was written is taken for one that changes nothing."""
_SILENCE = 0.3
"""Seconds without a byte after which a screen has settled; kpitui's detail pane follows its cursor late."""
_LONG_SILENCE = 1.5
"""The same for programs that work in the background and say so now and then."""
_SHOWN = 7
"""Digits of a number that VisiData's columns show at least."""
_IDLE = 3.0
_MOVES = 20
_PRESSES = 7
_FIRST = "推1 "
"""What the built-in report's first row begins with."""
_LOADING = r"読み込|読んで"
_HEAD_OF_ACTUAL = "実績"
_COLUMNS = 12
_SORTED = rf"{_HEAD_OF_ACTUAL} ▾"


@dataclass(frozen=True)
class Session:
    """A contestant on some rows, and the work that yields its figures; each is prefixed by the session's name."""

    name: str
    work: Callable[[], Measured]


@dataclass(frozen=True)
class Place:
    """Where contestants run: their environment, the programs beside this Python, and the rivals."""

    env: Mapping[str, str]
    rivals: Rivals

    @property
    def kpitui(self) -> list[str]:
        """The program as a reader starts it."""
        return [str(Path(sys.executable).with_name("kpitui")), "--lang", "ja"]

    # Start-up

    def commands(self) -> list[Session]:
        """Programs that write their answer and end."""
        python, program = sys.executable, self.kpitui[0]
        return [
            self._command("pass", [python, "-c", "pass"]),
            self._command("import polars", [python, "-c", "import polars"]),
            self._command("--version", [program, "--version"]),
            self._command("--help", [program, "--help"]),
            self._command("json", [program, "kpis", "--format", "json"]),
        ]

    def _command(self, name: str, words: Sequence[str]) -> Session:
        def work() -> Measured:
            began = time.perf_counter()
            subprocess.run(words, env=self.env, stdout=subprocess.DEVNULL, check=True)
            return {"seconds": time.perf_counter() - began}

        return Session(name, work)

    def starts(self) -> list[Session]:
        """The built-in report's rows in every contestant."""
        rows = builtin.folder() / "projects.csv"
        return [
            self._start("floor", [sys.executable, str(_HERE / "floor.py")], "row 01"),
            self._start("floor with polars", [sys.executable, str(_HERE / "floor.py"), "--polars"], "row 01"),
            self._start("visidata", self.rivals.visidata(rows), r"promotion-1\b"),
            self._start("dataframe-textual", self.rivals.dataframe_textual(rows), r"promotion-1\b"),
            Session("kpitui", self._again),
            Session("kpitui anew", self._anew),
            Session("kpitui at once", self._at_once),
        ]

    def _again(self) -> Measured:
        """Every start but the first, where nothing has changed since."""
        self._kept()
        return self._reading(self.kpitui, _FIRST, before="3")

    def _kept(self) -> None:
        """Read once to the end, so that the first screen is kept as it is for whoever has been here before."""
        with Terminal(self.kpitui, self.env) as terminal:
            terminal.until(_FIRST, _PATIENCE)
            terminal.settled(_LONG_SILENCE, _PATIENCE)
            terminal.leave("q")

    def _anew(self) -> Measured:
        """The first start of all, or the first after anything has changed: nothing is kept of the first screen."""
        with Terminal(self.kpitui, {**self.env, "KPITUI_GLIMPSE": "0"}) as terminal:
            return _started(terminal, _FIRST)

    def _at_once(self) -> Measured:
        """From the command to the answer to a key that is pressed as soon as rows stand."""
        self._kept()
        with Terminal(self.kpitui, self.env) as terminal:
            terminal.until(_FIRST, _PATIENCE)
            terminal.send("3")
            return {"answer": terminal.until(r"推1\.1 ", _PATIENCE) - terminal.started}

    def _start(self, name: str, command: Sequence[str], awaited: str) -> Session:
        def work() -> Measured:
            with Terminal(command, self.env) as terminal:
                found = _started(terminal, awaited)
                found["arrow bytes"] = float(terminal.press("down", _SILENCE, _SILENCE).written)
                found["page bytes"] = float(terminal.press("pagedown", _SILENCE, _SILENCE).written)
                return found

        return Session(name, work)

    # Reading

    def sizes(self, files: Files) -> list[Session]:
        """The same rows in kpitui, in its rivals and in polars alone; rivals are tried up to a million."""
        size = f"{files.rows}"
        found = [
            Session(f"kpitui {size}", lambda: self._large(files)),
            Session(f"polars {size}", lambda: self._limits(files)),
            Session(f"frame {size}", lambda: self._judged(files)),
        ]
        if files.rows <= 1_000_000:
            found.append(Session(f"visidata {size}", lambda: self._visidata(files)))
            found.append(Session(f"dataframe-textual {size}", lambda: self._dataframe_textual(files)))
        return found

    def _reading(self, command: Sequence[str], awaited: str, before: str = "") -> Measured:
        """From the command on: the first screen, its bytes, what idling and the pointer cost, and the usual keys."""
        with Terminal(command, self.env) as terminal:
            found = _started(terminal, awaited)
            found |= _at_rest(terminal)
            if before:
                terminal.press(before, _SILENCE, _STILL)
            return found | _keys(terminal) | {"memory": float(terminal.memory())}

    def _large(self, files: Files) -> Measured:
        """What `_reading` measures, then a sort, a filter with facets on screen, and a search."""
        with Terminal([*self.kpitui, str(files.parquet)], self.env) as terminal:
            found = _started(terminal, r"1\.1 +\S", _LOADING)
            found |= _at_rest(terminal) | _keys(terminal)
            found |= _shaped(terminal) | _searched(terminal, rf"\b{files.hits():,} / {files.rows:,}件")
            return found | {"memory": float(terminal.memory())}

    def _limits(self, files: Files) -> Measured:
        return {name: float(value) for name, value in json.loads(self._said("limits.py", files)).items()}

    def _judged(self, files: Files) -> Measured:
        return {"bytes": float(self._said("judged.py", files))}

    def _said(self, script: str, files: Files) -> str:
        words = [sys.executable, str(_HERE / script), str(files.parquet)]
        return subprocess.run(words, env=self.env, capture_output=True, text=True, check=True).stdout

    def _visidata(self, files: Files) -> Measured:
        """Its first rows, all rows, and its sort of a column that it has been told is of numbers."""
        with Terminal(self.rivals.visidata(files.csv), self.env) as terminal:
            first = terminal.until(r"promotion-1\.1\b", _PATIENCE) - terminal.started
            loaded = terminal.until(rf"\b{files.rows} rows", _PATIENCE) - terminal.started
            for keys in ("c", "actual\r", "%"):
                terminal.press(keys, _LONG_SILENCE, _STILL)
            pressed = terminal.send("]")
            on_top = str(files.greatest())[:_SHOWN]  # silence would not tell: it is silent now and then while it sorts
            sort = terminal.until(rf"↓actual[^\n]*\n[^\n]*│ {on_top}", _PATIENCE) - pressed
            terminal.settled(_LONG_SILENCE, _PATIENCE)
            found = {"first": first, "loaded": max(first, loaded), "sort": sort}
            return found | _keys(terminal) | {"memory": float(terminal.memory())}

    def _dataframe_textual(self, files: Files) -> Measured:
        with Terminal(self.rivals.dataframe_textual(files.parquet), self.env) as terminal:
            found = _started(terminal, r"promotion-1\.1\b")
            for _ in range(8):
                terminal.press("right", _SILENCE, _SILENCE)
            found["sort"] = terminal.press("]", _LONG_SILENCE, _STILL).seconds
            return found | _keys(terminal) | {"memory": float(terminal.memory())}


def _started(terminal: Terminal, awaited: str, loading: str = "") -> Measured:
    """Seconds to the first rows and to rest, the bytes until then; where a line says "loading", when it does."""
    found: Measured = {}
    if loading:
        said = terminal.until(f"{loading}|{awaited}", _PATIENCE) - terminal.started
        found |= {"loading": said} if re.search(loading, terminal.text) else {}
    first = terminal.until(awaited, _PATIENCE)
    rest = max(first, terminal.settled(_SILENCE, _PATIENCE) or first)
    return found | {
        "first": first - terminal.started,
        "rest": rest - terminal.started,
        "first bytes": float(terminal.written),
    }


def _at_rest(terminal: Terminal) -> Measured:
    """Bytes while nobody does anything, and while the pointer wanders."""
    terminal.settled(_LONG_SILENCE, _PATIENCE)
    before = terminal.written
    with contextlib.suppress(TimeoutError):
        terminal.settled(_IDLE, _IDLE)
    idle = terminal.written - before
    for step in range(_MOVES):
        terminal.send(POINTER.format(column=10 + step, row=5 + step % 8))
    terminal.settled(_SILENCE, _PATIENCE)
    return {"idle bytes": float(idle), "pointer bytes": float(terminal.written - before - idle)}


def _keys(terminal: Terminal) -> Measured:
    """Arrow and PageDown at the top and some pages further down, End, and the arrow there."""
    found = _pressed(terminal, "down", "arrow") | _pressed(terminal, "pagedown", "page")
    found["arrow middle"] = _pressed(terminal, "down", "arrow")["arrow"]
    found |= _pressed(terminal, "end", "end", presses=1)
    found["arrow end"] = _pressed(terminal, "up", "arrow")["arrow"]
    terminal.press("home", _SILENCE, _SILENCE)
    return found


def _pressed(terminal: Terminal, key: str, name: str, presses: int = _PRESSES) -> Measured:
    answers: list[Answer] = [terminal.press(key, _SILENCE, _SILENCE) for _ in range(presses)]
    return {
        name: statistics.median(each.seconds for each in answers),
        f"{name} bytes": statistics.median(each.written for each in answers),
    }


def _shaped(terminal: Terminal) -> Measured:
    """A column of numbers sorted from the highest down; then, with the facets on screen, a value of one taken in."""
    _go_to(terminal, _HEAD_OF_ACTUAL)
    terminal.press("s", _LONG_SILENCE, _STILL)
    found = {"sort": terminal.press("s", _LONG_SILENCE, _STILL).seconds}
    terminal.until(_SORTED, _PATIENCE)
    for key in ("u", "u", "f"):
        terminal.press(key, _LONG_SILENCE, _STILL)
    found["filter"] = terminal.press(" ", _LONG_SILENCE, _STILL, _but_detail).seconds
    for key in ("u", "escape"):
        terminal.press(key, _LONG_SILENCE, _STILL)
    return found


def _but_detail(text: str) -> str:
    """Rows and facets with their counts: all of a screen but the pane that follows the cursor, at its lower right."""
    above, _, below = text.partition("|----")
    return "\n".join([above, *(line.partition("|")[0] for line in below.splitlines())])


def _searched(terminal: Terminal, counted: str) -> Measured:
    """From a word's last letter to the count of its hits; what is typed into may blink, so that no rest is awaited.

    The screen is drawn here only once all may have come, for that takes one of two processors from the program.
    """
    for key in ("/", *NEEDLE[:-1]):
        terminal.press(key, _SILENCE, _STILL)
    sent = terminal.send(NEEDLE[-1])
    time.sleep(_LONG_SILENCE)
    return {"search": terminal.until(counted, _PATIENCE) - sent}


def _go_to(terminal: Terminal, head: str) -> None:
    """Move the cursor to the right until the head of its column holds a word."""
    for _ in range(_COLUMNS):
        if head in terminal.underlined:
            return
        terminal.press("right", _SILENCE, _SILENCE)
    raise TimeoutError(f"no column {head} to the right of the cursor")
