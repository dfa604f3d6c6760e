from collections import Counter
from decimal import Decimal

from expected import KPIS, PROJECTS, ExpectedKpi

# How many KPIs the report prints under each project, counted on the page.
PROMOTION_SIZES = (3, 4, 4, 4, 4, 4, 4, 3, 4, 4, 3, 4, 3, 3, 4, 2, 4, 4, 3, 3, 4, 4)
FACILITY_SIZES = (3,)


def _project_of(kpi: ExpectedKpi) -> str:
    return kpi.id.partition(".")[0]


def test_every_kpi_and_project_has_one_entry_in_printed_order() -> None:
    sizes = {f"promotion-{number}": size for number, size in enumerate(PROMOTION_SIZES, 1)}
    sizes |= {f"facility-{number}": size for number, size in enumerate(FACILITY_SIZES, 1)}
    assert [project.id for project in PROJECTS] == list(sizes)
    assert [kpi.id for kpi in KPIS] == [f"{id_}.{n}" for id_, size in sizes.items() for n in range(1, size + 1)]
    assert len(PROJECTS) == len({project.id for project in PROJECTS}) == 23
    assert len(KPIS) == len({kpi.id for kpi in KPIS}) == 79 + 3


def test_totals_of_each_status() -> None:
    assert Counter(kpi.status for kpi in KPIS) == {"met": 50, "missed": 28, "worsened": 2, "unmeasured": 2}


def test_project_counts_are_the_sums_of_their_kpis() -> None:
    counted = Counter((_project_of(kpi), kpi.status) for kpi in KPIS)
    for project in PROJECTS:
        assert project.met == counted[project.id, "met"], project.id
        assert project.missed == counted[project.id, "missed"], project.id
        assert project.worsened == counted[project.id, "worsened"], project.id
        assert project.unmeasured == counted[project.id, "unmeasured"], project.id


def test_a_gap_below_zero_is_what_separates_underperforming_from_met() -> None:
    for kpi in KPIS:
        if kpi.gap is None:
            assert kpi.status == "unmeasured", kpi.id
        else:
            assert (Decimal(kpi.gap) >= 0) == (kpi.status == "met"), kpi.id


def test_an_unmeasured_kpi_has_no_derived_value() -> None:
    for kpi in KPIS:
        if kpi.status == "unmeasured":
            assert (kpi.change, kpi.attainment, kpi.progress, kpi.gap) == (None, None, None, None), kpi.id
        else:
            assert kpi.change is not None, kpi.id


def test_attainment_and_progress_reach_one_exactly_when_met() -> None:
    for kpi in KPIS:
        for rate in (kpi.attainment, kpi.progress):
            assert rate is None or (rate >= 1) == (kpi.status == "met"), kpi.id


def test_rates_coincide_where_the_baseline_plays_no_part() -> None:
    for kpi in KPIS:
        if kpi.basis in {"zero", "increment"}:
            assert kpi.attainment == kpi.progress, kpi.id
        elif kpi.basis == "ambiguous":
            assert kpi.progress is None, kpi.id


def test_notes_fit_their_basis() -> None:
    for kpi in KPIS:
        assert ("target_below_baseline" in kpi.notes) == (kpi.basis == "increment"), kpi.id
        assert ("actual_as_change" in kpi.notes) == (kpi.basis == "change"), kpi.id


def test_mixed_bases_is_noted_on_levels_and_increments_that_share_a_project() -> None:
    bases: dict[str, set[str]] = {project.id: set() for project in PROJECTS}
    for kpi in KPIS:
        bases[_project_of(kpi)].add("level" if kpi.basis == "change" else kpi.basis)
    for kpi in KPIS:
        mixed = bases[_project_of(kpi)] >= {"level", "increment"}
        noted = mixed and kpi.basis in {"level", "change", "increment"}
        assert ("mixed_bases" in kpi.notes) == noted, kpi.id


def test_readings_part_only_where_something_worsened_or_was_not_measured() -> None:
    for project in PROJECTS:
        if len(set(project.admitted)) > 1:
            assert project.verdict == "depends", project.id
            assert project.worsened or project.unmeasured, project.id
        else:
            assert project.verdict != "depends", project.id


def test_verdict_totals() -> None:
    assert Counter(project.verdict for project in PROJECTS) == {
        "consistent": 17,
        "depends": 3,
        "disagrees": 2,
        "unrated": 1,
    }
