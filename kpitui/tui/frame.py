"""The lines around the table: headline, tabs, chips and footer, as functions of what is being read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from kpitui.output.display import Display, Row, issued, number
from kpitui.report.audit import has_profile
from kpitui.report.column import STATUSES
from kpitui.report.rollup import counts
from kpitui.text.cells import clip
from kpitui.text.prose import Line, Span, Tone, length
from kpitui.text.wording import Both, Lang
from kpitui.tui.commands import Command, first_key
from kpitui.tui.keys import printed
from kpitui.views.describe import chips as chip_texts
from kpitui.views.describe import order
from kpitui.views.history import Reading, Tab
from kpitui.views.query import RowSet
from kpitui.views.spec import ViewSpec

_TABS: dict[Tab, Both] = {
    "overview": Both("概要", "overview"),
    "projects": Both("事業", "projects"),
    "kpis": Both("KPI", "KPIs"),
    "audit": Both("監査", "audit"),
}
_SOURCE = Both("原文", "source")
_COUNT = Both("{shown} / {total}件", "{shown} of {total}")
_DISAGREE = Both("評価と基準の不一致 {count}", "{count} ratings disagree")
_ALWAYS = ("help", "quit")
_NAME = 28
"""Cells of a project's name in the trail."""
_GRANT = 12
"""Cells of a grant's name there."""


def sentence(text: str) -> Line:
    """One plain line."""
    return (Span(text, "strong"),)


def trail(reading: Reading, display: Display) -> Line:
    """The report, then the places on the way to where the reader is."""
    start = issued(display.report, display.lang)
    steps = [place.label for place in reading.trail[1:]]
    metadata = display.report.metadata
    rest = " > ".join(steps) if steps else metadata.id if display.report.several else str(metadata.title.value)
    return (Span(display.text(start), "strong"), Span(f" > {rest}" if steps else f" {display.text(rest)}"))


def project_label(row: Row, display: Display) -> str:
    """What the trail calls a project: its grant if it has one, its number and name."""
    row, display = display.own(row)
    project = f"{display.short_id(row['id'])} {clip(display.text(row['name']), _NAME)}"
    if row["grant"] is None:
        return project
    return f"{clip(display.text(display.report.metadata.grant(row['grant']).name), _GRANT)} > {project}"


def record_label(row: Row, display: Display, *, known: bool) -> str:
    """What the trail calls a KPI's page: its number, after its grant and project unless these are `known` from the way.

    The row is one of the table of KPIs, which names its project too.
    """
    own = display.short_id(row["id"])
    if known or row["project"] is None:
        return own
    project = {"id": row["project_id"], "name": row["project"], "grant": row["grant"]}
    return f"{project_label(project, display)} > {own}"


def source_label(lang: Lang) -> str:
    """What the trail calls the source text."""
    return _SOURCE.say(lang)


def standing(display: Display) -> Line:
    """How many KPIs have each status."""
    found = counts(display.report)
    spans: list[Span] = []
    for status in STATUSES:
        text = f"{status.words.say(display.lang)} {found[status.code]:,}"
        spans += [Span("  "), Span(text, cast("Tone", status.code))]
    return tuple(spans[1:])


def disagreeing(display: Display) -> Line:
    """How many published ratings disagree with the printed criteria; nothing where there is no audit."""
    if not has_profile(display.report.metadata):
        return ()
    count = int((display.report.projects["verdict"] == "disagrees").sum())
    return (Span(_DISAGREE.say(display.lang).format(count=number(count)), "worsened" if count else ""),)


def tabs(reading: Reading, commands: Mapping[str, Command], lang: Lang) -> Line:
    """The tabs with their keys, the open one in brackets."""
    texts = {tab: f"{first_key(commands[tab])} {words.say(lang)}".lstrip() for tab, words in _TABS.items()}
    spans = [Span(f"[{text}] ", "strong") if tab == reading.tab else Span(f" {text}  ") for tab, text in texts.items()]
    return tuple(spans)


def chips(spec: ViewSpec, rowset: RowSet, display: Display) -> tuple[list[str], str]:
    """What narrows the view, and how many rows are left in which order."""
    texts = list(map(display.text, chip_texts(spec, display)))
    count = _COUNT.say(display.lang).format(shown=f"{len(rowset):,}", total=f"{rowset.total:,}")
    sorting = order(spec, display)
    return texts, f"{sorting}  {count}" if sorting else count


def footer(commands: Iterable[Command], width: int, lang: Lang, *, inside: bool) -> tuple[Line, Line]:
    """The keys of the commands that work here, as many as fit; help and quit stand at the right and are always there.

    The way back is named where there is one, that is `inside` something.
    """
    offered = [each for each in commands if each.footer and each.keys and (inside or each.id != "out")]
    right = _keys([command for command in offered if command.id in _ALWAYS], lang)
    left: Line = ()
    for command in offered:
        wider = (*left, *_keys([command], lang))
        if command.id not in _ALWAYS and length(wider) + length(right) <= width:
            left = wider
    return left, right


def saying(said: Line, keys: tuple[Line, Line], width: int) -> tuple[Line, Line]:
    """What there is to say in the place of the keys; of those at the right the last stay that leave it whole.

    Where it would be cut all the same, they all stay. Each key is two spans, its name and what it does.
    """
    if not said:
        return keys
    ends = (keys[1][at:] for at in range(0, len(keys[1]) + 1, 2))
    return said, next((end for end in ends if length(said) + (length(end) + 2 if end else 0) <= width), keys[1])


def _keys(commands: list[Command], lang: Lang) -> Line:
    pairs = [(Span(printed(each.keys[0]), "strong"), Span(f" {each.label.say(lang)}  ")) for each in commands]
    return tuple(span for pair in pairs for span in pair)
