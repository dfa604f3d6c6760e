from hypothesis import given
from hypothesis import strategies as st

from kpitui.views.history import History, Place, Reading, kpis_of
from kpitui.views.spec import Filter, ViewSpec

KPIS = ViewSpec("kpis")
FIRST = Reading.start(KPIS)
MISSED = Place(KPIS.toggle("status", "missed"))
WORSENED = Place(KPIS.toggle("status", "worsened"))


def test_a_reading_starts_at_the_table_of_its_view() -> None:
    chosen = KPIS.toggle("status", "missed")
    reading = Reading.start(chosen)
    assert (reading.tab, reading.place.spec, len(reading.trail)) == ("kpis", chosen, 1)
    assert reading.at("projects").place.spec == ViewSpec("projects")
    assert reading.at("overview").place.page == "overview"


def test_going_in_and_out_leads_back() -> None:
    project = kpis_of("promotion-6", "推6")
    inside = FIRST.into(project).into(Place(project.spec, page="record", row_id="promotion-6.3"))
    assert [place.page for place in inside.trail] == ["table", "table", "record"]
    assert inside.out().place == project
    assert inside.out().out() == FIRST


def test_going_out_of_the_first_place_leads_nowhere() -> None:
    assert FIRST.out() == FIRST


def test_each_tab_is_left_as_it_was() -> None:
    deep = FIRST.into(MISSED)
    assert deep.at("overview").at("kpis") == deep
    assert len(deep.at("projects").trail) == 1


def test_where_the_cursor_stands_replaces_the_present_place() -> None:
    moved = FIRST.into(MISSED).here(Place(MISSED.spec, row_id="promotion-1.1", top=3))
    assert (moved.place.row_id, moved.place.top, len(moved.trail)) == ("promotion-1.1", 3, 2)
    assert moved.out() == FIRST


def test_an_opened_view_begins_the_trail_of_its_own_tab() -> None:
    deep = FIRST.into(MISSED)
    opened = deep.opened(ViewSpec("projects", search="移住"))
    assert (opened.tab, opened.place.spec.search, len(opened.trail)) == ("projects", "移住", 1)
    assert opened.at("kpis").trail == deep.trail


def test_the_kpis_of_a_project_are_a_place() -> None:
    place = kpis_of("facility-1", "拠1")
    assert (place.page, place.label) == ("table", "拠1")
    assert place.spec == ViewSpec("kpis", filters=(Filter("project_id", ("facility-1",)),))


def test_nothing_to_undo_or_redo_at_first() -> None:
    assert History().undo(FIRST) is None
    assert History().redo(FIRST) is None


def test_undo_names_the_command_and_gives_back_what_was_before() -> None:
    now = FIRST.here(MISSED)
    undone = History().changed("filter", FIRST).undo(now)
    assert undone is not None
    command, reading, history = undone
    assert (command, reading) == ("filter", FIRST)
    assert history.undo(reading) is None
    assert history.redo(reading) == ("filter", now, History().changed("filter", FIRST))


def test_a_new_change_forgets_what_was_undone() -> None:
    undone = History().changed("filter", FIRST).undo(FIRST.here(MISSED))
    assert undone is not None
    _, reading, history = undone
    assert history.changed("sort", reading).redo(FIRST.here(WORSENED)) is None


@given(st.lists(st.sampled_from(["missed", "worsened", "met"]), min_size=1, max_size=6))
def test_undoing_all_and_redoing_all_comes_back_to_the_same(values: list[str]) -> None:
    now, history = FIRST, History()
    for value in values:
        history, now = history.changed(value, now), now.here(Place(now.place.spec.toggle("status", value)))
    last, whole = now, history
    commands = []
    while step := history.undo(now):
        command, now, history = step
        commands.append(command)
    assert (now, commands) == (FIRST, values[::-1])
    while step := history.redo(now):
        _, now, history = step
    assert (now, history) == (last, whole)
