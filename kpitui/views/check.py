"""Compare what a view selected when it was saved with what it selects now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kpitui.report.model import Report
from kpitui.text.wording import Both, Lang
from kpitui.views.matching import match
from kpitui.views.saved import SavedView, record, rows_of


@dataclass(frozen=True)
class Finding:
    """One line of a comparison; `changed` unless it says that nothing did."""

    text: str
    changed: bool = True

    def __str__(self) -> str:
        return self.text


_LEFT = Both("{name}: {id} は外れた", "{name}: {id} left")
_CAME = Both("{name}: {id} が加わった", "{name}: {id} came")
_CHANGED = Both("{name}: {id} の {key}: {old} -> {new}", "{name}: {id} {key}: {old} -> {new}")
_UNCLEAR = Both("{name}: {id} はどれか決まらない: {ids}", "{name}: {id} may be any of {ids}")
_NAMES = ("report", "id", "project_id")
_UNRECORDED = Both("{name}: 記録なし、今は{rows}行", "{name}: nothing recorded; {rows} rows now")
_SAME = Both("{name}: 記録された{rows}行のまま", "{name}: the same {rows} rows as recorded")


def differences(view: SavedView, report: Report, lang: Lang) -> list[Finding]:
    """Which rows left, came or changed; one finding that says so where none did.

    Values are compared where the file holds the rows themselves.
    """
    now = record(report, view.spec, view.name, most_rows=0)
    if not view.report_id:
        return [Finding(_UNRECORDED.say(lang).format(name=view.name, rows=len(now.ids)), changed=False)]
    matches = match(view, report)
    selected, unsure, accounted = set(now.ids), matches.unsure(), matches.accounted()
    unclear = [_finding(_UNCLEAR, lang, view, id=each, ids=", ".join(some)) for each, some in matches.doubtful.items()]
    gone = (each for each in view.ids if each not in unsure and matches.ids.get(each) not in selected)
    left = [_finding(_LEFT, lang, view, id=each) for each in gone]
    came = [_finding(_CAME, lang, view, id=each) for each in now.ids if each not in accounted]
    rows = rows_of(report, view.spec, set(matches.ids.values())) if view.rows else ()
    changed = _changed(view, {row["id"]: row for row in rows}, matches.ids, lang)
    same = Finding(_SAME.say(lang).format(name=view.name, rows=len(now.ids)), changed=False)
    return [*unclear, *left, *came, *changed] or [same]


def _finding(words: Both, lang: Lang, view: SavedView, **parts: object) -> Finding:
    return Finding(words.say(lang).format(name=view.name, **parts))


def _changed(
    view: SavedView, now: Mapping[str, Mapping[str, Any]], ids: Mapping[str, str], lang: Lang
) -> list[Finding]:
    """Cells that differ; ids and the report's name do not count where a row is only called otherwise now."""
    found = []
    for old in view.rows:
        row = now.get(ids.get(old["id"], ""), {})
        named = _NAMES if row and row["id"] != old["id"] else ()
        keys = [key for key in dict.fromkeys((*old, *row)) if key not in named] if row else []
        found += [
            _finding(_CHANGED, lang, view, id=row["id"], key=key, old=old.get(key, "-"), new=row.get(key, "-"))
            for key in keys
            if old.get(key) != row.get(key)
        ]
    return found
