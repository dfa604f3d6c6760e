"""Judge KPIs: on which basis the values stand, whether the target was reached, and how far the way was gone.

Everything is a polars expression over one row (and its project, for mixed bases), so a report of ten million
rows is judged like one of eighty. Values are compared as printed, never as rounded rates; only sums and
differences are rounded, to nine decimals, to shed what binary floats add to printed decimals.
"""

from __future__ import annotations

import polars as pl

from kpitui.report.columns import AIMS, BASES, CHANGES, STATUSES, Value

_DECIMALS = 9
_BASELINE, _TARGET, _ACTUAL = pl.col("baseline"), pl.col("target"), pl.col("actual")
_SIGN = pl.when(pl.col("aim").is_in(["decrease", "maintain_below"])).then(-1.0).otherwise(1.0)
_MAINTAIN = pl.col("aim").is_in(["maintain_above", "maintain_below"])
_ON_LEVELS = pl.col("basis").is_in(["level", "change"])


def judge(kpis: pl.DataFrame) -> pl.DataFrame:
    """Add aim, basis, status, attainment, progress, gap, change and notes to KPI rows.

    Needs baseline, target, actual (Float64), unit, project_id, and the strings aim_stated (what a column or the
    table's head says) and basis_declared (a curator's ruling), null where nothing is said.
    """
    return (
        kpis.lazy()
        .with_columns(aim=_aim())
        .with_columns(basis=_basis())
        .with_columns(reached=_reached())
        .with_columns(status=_status(), attainment=_attainment(), progress=_progress(), gap=_gap(), change=_change())
        .with_columns(notes=_notes())
        .with_columns(enum(key, values) for key, values in _ENUMS.items())
        .drop("reached", "aim_stated", "basis_declared")
        .collect()
    )


_ENUMS = {"aim": AIMS, "basis": BASES, "status": STATUSES, "change": CHANGES}


def enum(key: str, values: tuple[Value, ...]) -> pl.Expr:
    """A column cast to the order of its registered values."""
    return pl.col(key).cast(pl.Enum([value.code for value in values]))


def _aim() -> pl.Expr:
    """What the report says the KPI is meant to do; where it says nothing, a target below baseline means decrease."""
    inferred = pl.when(_TARGET < _BASELINE).then(pl.lit("decrease")).otherwise(pl.lit("increase"))
    return pl.coalesce("aim_stated", inferred)


def _basis() -> pl.Expr:
    """On which basis the three values stand; the first reason that applies decides."""
    printed_as_change = (_ACTUAL < 0) & (_BASELINE >= 0) & (_TARGET >= 0)
    return (
        pl.when(pl.col("basis_declared").is_not_null())
        .then("basis_declared")
        .when(_BASELINE.fill_null(0) == 0)
        .then(pl.lit("zero"))
        .when(~_MAINTAIN & (_SIGN * _TARGET < _SIGN * _BASELINE))
        .then(pl.lit("increment"))
        .when(~_MAINTAIN & (_TARGET == _BASELINE))
        .then(pl.lit("ambiguous"))
        .when(printed_as_change)
        .then(pl.lit("change"))
        .otherwise(pl.lit("level"))
    )


def _reached() -> pl.Expr:
    """The actual on the basis of the target: where it was printed as a change, the level it led to."""
    led_to = (_BASELINE + _ACTUAL).round(_DECIMALS)
    return pl.when(pl.col("basis") == "change").then(led_to).otherwise(_ACTUAL)


def _status() -> pl.Expr:
    """Unmeasured, met, worsened (not met and below where it began) or missed."""
    reached = _SIGN * pl.col("reached")
    began = pl.when(_ON_LEVELS).then(_SIGN * _BASELINE).otherwise(0.0)
    return (
        pl.when(pl.col("reached").is_null() | _TARGET.is_null())
        .then(pl.lit("unmeasured"))
        .when(reached >= _SIGN * _TARGET)
        .then(pl.lit("met"))
        .when(reached < began)
        .then(pl.lit("worsened"))
        .otherwise(pl.lit("missed"))
    )


def _ratio(numerator: pl.Expr, denominator: pl.Expr) -> pl.Expr:
    """A quotient of 1.0 = 100%; null where the denominator is 0, a value is missing, or no number can hold it."""
    quotient = numerator / denominator
    return pl.when((denominator != 0) & quotient.is_finite()).then(quotient)


def _attainment() -> pl.Expr:
    return _ratio(pl.col("reached"), _TARGET)


def _progress() -> pl.Expr:
    """The share of the way from baseline to target.

    Nothing on an ambiguous basis, where the way is unknown, nor where a level is to be maintained and the target
    is on the safe side of it, so that there is no way to go.
    """
    gone, way = (pl.col("reached") - _BASELINE).round(_DECIMALS), (_TARGET - _BASELINE).round(_DECIMALS)
    on_increments = pl.col("basis").is_in(["increment", "zero"])
    return (
        pl.when(_ON_LEVELS & ~(_MAINTAIN & (_SIGN * way < 0)))
        .then(_ratio(gone, way))
        .when(on_increments)
        .then(_ratio(_ACTUAL, _TARGET))
    )


def _gap() -> pl.Expr:
    return (pl.col("reached") - _TARGET).round(_DECIMALS)


def _change() -> pl.Expr:
    """Up, flat or down from the baseline; where an increment or a change was printed, by its own sign."""
    moved = pl.when(pl.col("basis") == "level").then((_ACTUAL - _BASELINE).round(_DECIMALS)).otherwise(_ACTUAL)
    return (
        pl.when(moved > 0).then(pl.lit("up")).when(moved < 0).then(pl.lit("down")).when(moved == 0).then(pl.lit("flat"))
    )


def _mixed() -> pl.Expr:
    """The KPI's project prints some KPIs as levels and others as increments, and this is one of them."""
    increment = pl.col("basis") == "increment"
    both = _ON_LEVELS.any().over("project_id") & increment.any().over("project_id")
    return both & (_ON_LEVELS | increment)


def _notes() -> pl.Expr:
    """The codes of what a reader should mind, as a list in the registry's order."""
    inferred = pl.col("aim_stated").is_null()
    conditions = {
        "target_equals_baseline": _TARGET == _BASELINE,
        "target_below_baseline": (_TARGET < _BASELINE) & (pl.col("aim") == "increase") & ~inferred,
        "mixed_bases": _mixed(),
        "actual_as_change": pl.col("basis") == "change",
        "no_target": _TARGET.is_null(),
        "no_unit": pl.col("unit").is_null(),
        "aim_inferred": inferred,
        "declared": pl.col("basis_declared").is_not_null(),
    }
    return pl.concat_list(
        pl.when(condition).then(pl.lit(code)) for code, condition in conditions.items()
    ).list.drop_nulls()
