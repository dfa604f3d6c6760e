"""Where a reader was, as a small file: the report, and for each tab the trail of places with the cursor in them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast, get_args

from platformdirs import user_state_path

from kpitui import atomic
from kpitui.dataclass import dataclass
from kpitui.errors import InputError, KpituiError
from kpitui.report.model import Report
from kpitui.text.toml import dumps
from kpitui.text.wording import Both
from kpitui.views.history import TABS, Page, Place, Reading, Tab
from kpitui.views.reader import read_spec
from kpitui.views.saved import spec_tables
from kpitui.views.spec import ViewSpec

SCHEMA = 1
MOST = 1_000_000
"""Bytes of the file at the most; marks without number are for saved views."""
_MOST_PLACES = 100

_NOTHING = Both(
    "続ける所がありません ({path})。kpitui で始めてください",
    "there is nothing to resume ({path}); begin with kpitui",
)
_UNREADABLE = Both("{path}: 読めません: {error}", "{path}: {error}")
_DAMAGED = Both(
    "{path}: 続きを読めません: {error}。kpitui で始めてください",
    "{path}: what was kept cannot be read: {error}; begin with kpitui",
)
_CHANGED = Both("報告書は前回から変わっています", "the report has changed since then")
_IN_PART = Both(
    "報告書が変わり、前回の表示の一部は戻せません", "the report has changed, and not all that was shown can come back"
)


@dataclass(frozen=True)
class Kept:
    """What was kept: paths of the reports that were open (none = the built-in one), their fingerprint, the reading.

    Read back, `tables` hold the places as the file does, since only an open report can tell what they mean.
    """

    reports: tuple[str, ...]
    sha256: str
    tab: Tab
    tables: tuple[Mapping[str, Any], ...]

    @classmethod
    def of(cls, reading: Reading, report: Report, reports: Sequence[str]) -> Kept:
        """What there is to keep of a reading."""
        trails = zip(TABS, reading.trails, strict=True)
        tables = tuple(_table(tab, place) for tab, trail in trails for place in trail)
        return cls(tuple(reports), report.fingerprint, reading.tab, tables)

    def reading(self, report: Report, path: Path) -> tuple[Reading, Both | None]:
        """Where the reader was, and what must be said of it; what the report no longer has is left out."""
        places = [(table.get("tab"), _place(table, path, report)) for table in self.tables[:_MOST_PLACES]]
        trails = {tab: _whole([place for at, place in places if at == tab]) for tab in TABS}
        usual = Reading.start(ViewSpec())
        found = tuple(trails[tab] or usual.at(tab).trail for tab in TABS)
        lost = sum(map(len, trails.values())) < len(self.tables)
        changed = _CHANGED if self.sha256 != report.fingerprint else None
        return Reading(self.tab, found), _IN_PART if lost else changed


def location() -> Path:
    """The one file: the last session to write it wins."""
    return user_state_path("kpitui") / "resume.toml"


def write(kept: Kept, path: Path) -> None:
    """Replace the file, for its owner's eyes only; InputError where it cannot be written."""
    document = {
        "schema": SCHEMA,
        "tab": kept.tab,
        "report": {"paths": list(kept.reports), "sha256": kept.sha256},
        "place": list(kept.tables),
    }
    text = dumps(document)
    if len(text.encode("utf-8", "replace")) <= MOST:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        atomic.write_text(path, text, private=True)


def read(path: Path) -> Kept:
    """What was kept last; InputError where nothing was, KpituiError where it is damaged."""
    try:
        with path.open("rb") as file:
            document = tomllib.loads(file.read(MOST + 1).decode("utf-8"))
        return _kept(document)
    except FileNotFoundError:
        raise InputError(_NOTHING.format(path=path)) from None
    except OSError as error:
        raise InputError(_UNREADABLE.format(path=path, error=error.strerror or error)) from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise KpituiError(_DAMAGED.format(path=path, error=error)) from None


def _kept(document: Mapping[str, Any]) -> Kept:
    if document["schema"] != SCHEMA or document["tab"] not in TABS:
        raise ValueError("schema")
    report, places = document["report"], document.get("place", [])
    paths = tuple(report["paths"])
    if not all(isinstance(each, str) for each in paths) or not all(isinstance(each, dict) for each in places):
        raise ValueError("report")
    return Kept(paths, str(report["sha256"]), cast("Tab", document["tab"]), tuple(places))


def _table(tab: Tab, place: Place) -> dict[str, Any]:
    cursor = {"row": place.row_id, "column": place.column, "top": place.top, "label": place.label}
    tables = {key: value for key, value in spec_tables(place.spec).items() if value != []}
    return {"tab": tab, "page": place.page, **cursor, **tables}


_OWN = {"tab": str, "page": str, "row": str, "column": str, "top": int, "label": str}


def _place(table: Mapping[str, Any], path: Path, report: Report) -> Place | None:
    """The place, or None where the report, or this program, has no such place."""
    if any(not isinstance(table.get(key), kind) for key, kind in _OWN.items()) or table["page"] not in get_args(Page):
        return None
    try:
        spec = read_spec({key: value for key, value in table.items() if key not in _OWN}, path, report)
    except KpituiError:
        return None
    place = Place(spec, table["page"], table["row"], table["column"], max(table["top"], 0), table["label"])
    return place if _stands(place, report) else None


def _stands(place: Place, report: Report) -> bool:
    """Whether the report still has the record that a page shows."""
    return place.page not in ("record", "source") or place.row_id in report.frame(place.spec.table)["id"]


def _whole(trail: Sequence[Place | None]) -> tuple[Place, ...]:
    """The trail as far as it leads without a gap."""
    lost = list(trail).index(None) if None in trail else len(trail)
    return cast("tuple[Place, ...]", tuple(trail[:lost]))
