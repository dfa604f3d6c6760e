"""Judge KPIs: on which basis the values stand, whether the target was reached, and how far the way was gone.

Everything is a polars expression over one row (and its project, for mixed bases), so a report of ten million
rows is judged like one of eighty. Values are compared as printed, never as rounded rates; only sums and
differences are rounded, to nine decimals, to shed what binary floats add to printed decimals.
"""

from __future__ import annotations

import polars as pl

from kpitui.report.column import AIMS, BASES, CHANGES, STATUSES, Value
from kpitui.report.compact import same

_DECIMALS = 9
_BASELINE, _TARGET, _ACTUAL = pl.col("baseline"), pl.col("target"), pl.col("actual")
_SIGN = pl.when(pl.col("aim").is_in(["decrease", "maintain_below"])).then(-1.0).otherwise(1.0)
_MAINTAIN = pl.col("aim").is_in(["maintain_above", "maintain_below"])
_ON_LEVELS = pl.col("basis").is_in(["level", "change"])
_NOTES = (
    "target_equals_baseline",
    "target_below_baseline",
    "mixed_bases",
    "actual_as_change",
    "no_target",
    "not_comparable",
    "published_differs",
    "no_unit",
    "aim_inferred",
    "declared",
)
"""What a KPI's own cells can earn, in the order in which its notes list them."""
_PRINTED = ("target_text", "target_date", "published", "published_raw")
_SAID = ("project_id", "unit", "baseline", "target", "actual", "aim_stated", "basis_declared")
"""What is judged by, and what is heard if it is there."""
_HEARD = (*_PRINTED, "declared")
_DROPPED = ("aim_stated", "basis_declared", "declared")
_JUDGED = ("aim", "basis", "status", "attainment", "progress", "gap", "change")


def judge(kpis: pl.DataFrame) -> pl.DataFrame:
    """Add aim, basis, status, attainment, progress, gap, change and notes to KPI rows.

    Needs baseline, target, actual (Float64), unit, project_id, and the strings aim_stated (what a column or the
    table's head says) and basis_declared (a curator's ruling), null where nothing is said; `declared`, if there, is
    whether a curator ruled on anything. target_text (a target in words) and published (met or not_met) are heard if
    they are there.
    """
    said = {*_SAID, *_HEARD}
    # Taken apart and put together by hand: `select` and `drop` copy what they keep.
    judged = _judged(pl.DataFrame([column for column in kpis.iter_columns() if column.name in said]))
    absent = [same(None, pl.String, kpis.height, key) for key in _PRINTED if key not in kpis.columns]
    kept = [column for column in kpis.iter_columns() if column.name not in _DROPPED]
    return pl.DataFrame([*kept, *absent, *judged.iter_columns()])


def _judged(said: pl.DataFrame) -> pl.DataFrame:
    """The judgements alone: names, ids and raw text are as large as all else, and are not copied with every step."""
    said = said.with_columns(pl.lit(None, pl.String).alias(key) for key in _PRINTED if key not in said.columns)
    if "declared" not in said.columns:
        said = said.with_columns(declared=pl.col("basis_declared").is_not_null())
    based = said.lazy().with_columns(aim=_aim()).with_columns(basis=_basis()).collect()
    judged = (
        based.lazy()
        .with_columns(reached=_reached())
        .with_columns(status=_status(), attainment=_attainment(), progress=_progress(), gap=_gap(), change=_change())
        .with_columns(noted=_noted(_mixed_projects(based)))
        .select(*_JUDGED, "noted")
        .collect()
    )
    return judged.with_columns(notes=_lists().gather(judged["noted"])).drop("noted")


def enum(values: tuple[Value, ...]) -> pl.Enum:
    """The type of a column of ours, its values in sort order."""
    return pl.Enum([value.code for value in values])


def _coded(values: tuple[Value, ...], *cases: tuple[pl.Expr, str], otherwise: str | None = None) -> pl.Expr:
    """The code of the first case that is true. Reckoned by number: ten million comparisons of text are felt."""
    codes = [value.code for value in values]
    chain = pl.lit(None if otherwise is None else codes.index(otherwise), pl.UInt8)
    for condition, code in reversed(cases):
        chain = pl.when(condition).then(pl.lit(codes.index(code), pl.UInt8)).otherwise(chain)
    return chain.cat.to(enum(values))


def _aim() -> pl.Expr:
    """What the report says the KPI is meant to do; where it says nothing, a target below baseline means decrease."""
    inferred = _coded(AIMS, (_TARGET < _BASELINE, "decrease"), otherwise="increase")
    return pl.coalesce(pl.col("aim_stated").cast(enum(AIMS)), inferred)


def _basis() -> pl.Expr:
    """On which basis the three values stand; the first reason that applies decides."""
    reasoned = _coded(
        BASES,
        (_BASELINE.fill_null(0) == 0, "zero"),
        (~_MAINTAIN & (_SIGN * _TARGET < _SIGN * _BASELINE), "increment"),
        (~_MAINTAIN & (_TARGET == _BASELINE), "ambiguous"),
        ((_ACTUAL < 0) & (_BASELINE >= 0) & (_TARGET >= 0), "change"),
        otherwise="level",
    )
    return pl.coalesce(pl.col("basis_declared").cast(enum(BASES)), reasoned)


def _reached() -> pl.Expr:
    """The actual on the basis of the target: where it was printed as a change, the level it led to."""
    led_to = (_BASELINE + _ACTUAL).round(_DECIMALS)
    return pl.when(pl.col("basis") == "change").then(led_to).otherwise(_ACTUAL)


def _status() -> pl.Expr:
    """Unmeasured, met, worsened (not met and below where it began) or missed."""
    reached = _SIGN * pl.col("reached")
    began = pl.when(_ON_LEVELS).then(_SIGN * _BASELINE).otherwise(0.0)
    return _coded(
        STATUSES,
        (pl.col("reached").is_null() | _TARGET.is_null(), "unmeasured"),
        (reached >= _SIGN * _TARGET, "met"),
        (reached < began, "worsened"),
        otherwise="missed",
    )


def _ratio(numerator: pl.Expr, denominator: pl.Expr) -> pl.Expr:
    """A quotient of 1.0 = 100%; null where a value is missing or no number can hold it, as where 0 divides."""
    quotient = numerator / denominator
    return pl.when(quotient.is_finite()).then(quotient)


def _attainment() -> pl.Expr:
    return _ratio(pl.col("reached"), _TARGET)


def _progress() -> pl.Expr:
    """The share of the way from baseline to target.

    Nothing on an ambiguous basis, where the way is unknown, nor where a level is to be maintained and the target
    is on the safe side of it, so that there is no way to go.
    """
    gone, way = (pl.col("reached") - _BASELINE).round(_DECIMALS), (_TARGET - _BASELINE).round(_DECIMALS)
    on_increments = pl.col("basis").is_in(["increment", "zero"])
    on_the_way = _ON_LEVELS & ~(_MAINTAIN & (_SIGN * way < 0))
    return pl.when(on_the_way).then(_ratio(gone, way)).when(on_increments).then(_ratio(_ACTUAL, _TARGET))


def _gap() -> pl.Expr:
    return (pl.col("reached") - _TARGET).round(_DECIMALS)


def _change() -> pl.Expr:
    """Up, flat or down from the baseline; where an increment or a change was printed, by its own sign."""
    moved = pl.when(pl.col("basis") == "level").then((_ACTUAL - _BASELINE).round(_DECIMALS)).otherwise(_ACTUAL)
    return _coded(CHANGES, (moved > 0, "up"), (moved < 0, "down"), (moved == 0, "flat"))


def _mixed_projects(based: pl.DataFrame) -> pl.Series:
    """The projects that print some KPIs as levels and others as increments, which few or none do."""
    increments = based.filter(pl.col("basis") == "increment")["project_id"].unique()
    if increments.is_empty():
        return increments
    return based.filter(_ON_LEVELS & pl.col("project_id").is_in(increments.implode()))["project_id"].unique()


def _published_differs() -> pl.Expr:
    """The report says that the target was met and it was not, or the other way round; silent where it is unmeasured."""
    published, status = pl.col("published"), pl.col("status")
    short = (published == "met") & status.is_in(["missed", "worsened"])
    return short | ((published == "not_met") & (status == "met"))


def _noted(mixed: pl.Series) -> pl.Expr:
    """Which of _NOTES apply, a bit for each: there are few combinations, and lists are dear to build one by one."""
    inferred = pl.col("aim_stated").is_null()
    in_mixed = pl.lit(value=False) if mixed.is_empty() else pl.col("project_id").is_in(mixed.implode())
    conditions = {
        "target_equals_baseline": _TARGET == _BASELINE,
        "target_below_baseline": (_TARGET < _BASELINE) & (pl.col("aim") == "increase") & ~inferred,
        "mixed_bases": in_mixed & _ON_LEVELS.or_(pl.col("basis") == "increment"),
        "actual_as_change": pl.col("basis") == "change",
        "no_target": _TARGET.is_null() & pl.col("target_text").is_null(),
        "not_comparable": _TARGET.is_null() & pl.col("target_text").is_not_null(),
        "published_differs": _published_differs(),
        "no_unit": pl.col("unit").is_null(),
        "aim_inferred": inferred,
        "declared": pl.col("declared"),
    }
    bits = [
        pl.when(conditions[code]).then(pl.lit(1 << place, pl.UInt32)).otherwise(pl.lit(0, pl.UInt32))
        for place, code in enumerate(_NOTES)
    ]
    return pl.sum_horizontal(bits)


def _lists() -> pl.Series:
    """The list of codes for every combination of bits, at its own place."""
    joined = [""]
    for code in _NOTES:
        joined += [f"{each} {code}" for each in joined]
    return pl.Series(joined).str.extract_all(r"\S+")  # a thousand lists one by one take longer
