import os
from pathlib import Path

import pytest

from kpitui.errors import InputError, KpituiError, UsageError
from kpitui.report.model import Report
from kpitui.views.saved import SavedView, dump
from kpitui.views.spec import Filter, ViewSpec
from kpitui.views.store import NameTakenError, Store

WORSENED = ViewSpec("kpis", filters=(Filter("status", ("worsened",)),))
MINE = SavedView("mine", WORSENED, note="今年の宿題")


def test_views_lie_in_the_readers_data_folder(own_surroundings: Path) -> None:
    assert Store.usual().folders == (own_surroundings / "data" / "kpitui" / "views",)


def test_a_folder_that_the_reader_names_goes_first(tmp_path: Path) -> None:
    assert Store.usual([tmp_path]).path("mine") == tmp_path / "mine.toml"


def test_a_view_is_saved_and_found_again(store: Store, report: Report) -> None:
    path = store.save(MINE)
    assert path == store.folders[0] / "mine.toml"
    assert path.read_bytes() == dump(MINE).encode()
    assert store.find("mine", report) == store.find(str(path), report) == MINE


def test_saving_the_same_again_changes_nothing(store: Store) -> None:
    assert store.save(MINE) == store.save(MINE)
    assert [path.name for path in store.folders[0].iterdir()] == ["mine.toml"]


def test_a_different_view_of_that_name_stays_unless_it_may_be_replaced(store: Store, report: Report) -> None:
    store.save(MINE)
    other = SavedView("mine", ViewSpec("projects"))
    with pytest.raises(NameTakenError, match=r"mine\.toml"):
        store.save(other)
    assert store.find("mine", report) == MINE
    store.save(other, replace=True)
    assert store.find("mine", report) == other


@pytest.mark.parametrize("name", ["worsened", "worsened.toml"])
def test_a_built_in_view_stays_unless_it_may_be_replaced(store: Store, report: Report, name: str) -> None:
    own = SavedView(name, ViewSpec("kpis"), note="全部")
    with pytest.raises(NameTakenError, match="worsened"):
        store.save(own)
    assert store.find("worsened", report).spec == WORSENED
    store.save(own, replace=True)
    assert store.find("worsened", report) == own
    store.save(own)
    with pytest.raises(NameTakenError, match=r"worsened\.toml"):
        store.save(SavedView(name, ViewSpec("projects")))


def test_a_view_is_told_of_by_the_note_of_what_opens_under_its_name(store: Store) -> None:
    assert store.note("worsened", "en") == "KPIs below where they began"
    store.save(SavedView("worsened", WORSENED, note="mine\n[now]"), replace=True)
    store.save(MINE)
    store.path("damaged").write_text("note = [", "utf-8")
    store.path("numbered").write_text("note = 1", "utf-8")
    store.path("binary").write_bytes(b"note = '\xff'")
    told = {name: store.note(name, "en") for name in ("worsened", "mine", "damaged", "numbered", "binary", "none")}
    assert told == {
        "worsened": "mine\n[now]",
        "mine": "今年の宿題",
        "damaged": "",
        "numbered": "",
        "binary": "",
        "none": "",
    }


@pytest.mark.parametrize(
    "name",
    [
        *("", " ", "../x", ".x", ".", "..", "a/b", "/tmp/x", "a\\b", "a\nb", "a\0b", "a:b", "a*", "\ud800"),
        *("a" * 201, "達" * 67),
    ],
)
def test_a_name_that_could_lead_elsewhere_is_refused(store: Store, tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="a view"):
        store.save(SavedView(name, WORSENED))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a", "悪化した KPI", "R3 (2021)", "a.b", "a" * 200, "達" * 66])
def test_any_other_name_will_do(store: Store, report: Report, name: str) -> None:
    view = SavedView(name, WORSENED)
    store.save(view)
    assert store.find(name, report) == view


def test_a_file_in_the_folders_place_is_an_input_error(tmp_path: Path) -> None:
    (tmp_path / "views").write_text("mine")
    with pytest.raises(InputError, match="views"):
        Store((tmp_path / "views",)).save(MINE)
    assert (tmp_path / "views").read_text() == "mine"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_an_input_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(InputError, match="Permission denied"):
        Store((tmp_path,)).save(MINE)


def test_a_read_only_file_system_leaves_the_old_view_whole(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    path = store.save(MINE)

    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(InputError, match=r"mine\.toml.*Read-only file system"):
        store.save(SavedView("mine", ViewSpec()), replace=True)
    assert path.read_bytes() == dump(MINE).encode()
    assert [each.name for each in path.parent.iterdir()] == ["mine.toml"]


def test_saved_views_are_listed_before_the_built_in_ones(store: Store) -> None:
    store.save(SavedView("zeal", WORSENED))
    store.save(SavedView("care", WORSENED))
    listed = store.names()
    assert listed[:2] == ["care", "zeal"]
    assert {"underperforming", "worsened", "unmeasured"} <= set(listed[2:])


@pytest.mark.parametrize(
    ("name", "statuses"),
    [
        ("underperforming", {"missed", "worsened"}),
        ("worsened", {"worsened"}),
        ("unmeasured", {"unmeasured"}),
    ],
)
def test_built_in_views_can_be_opened(store: Store, report: Report, name: str, statuses: set[str]) -> None:
    view = store.find(name, report, "ja")
    (chosen,) = view.spec.filters
    assert (view.spec.table, chosen.column, set(chosen.values)) == ("kpis", "status", statuses)
    assert "KPI" in view.note


def test_a_saved_view_hides_a_built_in_one_of_that_name(store: Store, report: Report) -> None:
    own = SavedView("worsened", ViewSpec("projects"))
    store.save(own, replace=True)
    assert store.find("worsened", report) == own
    assert store.names().count("worsened") == 1


def test_the_first_folder_that_has_a_view_answers(tmp_path: Path, report: Report) -> None:
    first, second = tmp_path / "1", tmp_path / "2"
    Store((second,)).save(SavedView("mine", ViewSpec("projects")))
    Store((first,)).save(MINE)
    assert Store((first, second)).find("mine", report) == MINE


def test_an_unknown_view_is_answered_with_the_nearest(store: Store, report: Report) -> None:
    with pytest.raises(InputError, match=r"'underperformin'.*'underperforming'"):
        store.find("underperformin", report)


def test_a_path_is_read_from_where_it_says_and_nowhere_else(store: Store, tmp_path: Path, report: Report) -> None:
    store.save(MINE)
    with pytest.raises(InputError, match=r"elsewhere/mine\.toml: No such file"):
        store.find(str(tmp_path / "elsewhere" / "mine.toml"), report)


def test_a_damaged_view_in_the_folder_is_named(store: Store, report: Report) -> None:
    store.save(MINE).write_text("schema = 1\nnaem = 'x'\n")
    with pytest.raises(KpituiError, match=r"mine\.toml: naem.*'name'"):
        store.find("mine", report)
