"""What is uncertain about a document, to be asked about before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kpitui.sources.general.legends import Scale
from kpitui.sources.general.missing import is_missing
from kpitui.sources.general.model import Record, Table, Uncertain
from kpitui.sources.general.projects import Money
from kpitui.sources.general.roles import VALUES, Role
from kpitui.sources.general.units import YEN, currency
from kpitui.sources.general.years import Choice, years
from kpitui.text.wording import Both

_PERCENT = set("%％")
_COLUMN = Both("第{place}列 {head}", "column {place} {head}")
_YEAR = Both("年度", "year")
_YEARS = Both(
    "年度が複数あります ({years})。実績のある最新の {year} を読みました (--year で変更)",
    "several years stand side by side ({years}); the latest with actuals, {year}, is read (--year for another)",
)
_TABLES = Both(
    "シートを合わせて読みました: {names} (一つだけ読むには --sheet)",
    "these sheets are read as one report: {names} (--sheet for one of them)",
)
_SHEET = Both("シート", "sheet")
_ORDER = Both("評価の順は{source}: {order}", "ratings are ordered by {source}: {order}")
_STRANGE = Both("尺度にない評価: {values}", "ratings outside the scale: {values}")
_MONEY = Both("金額の単位がないため千円とみなしました", "no unit of money is named: taken for thousand yen")
_NOT_YEN = Both(
    "金額は {unit} で、{currency} ではないため原文だけ残します",
    "the money is in {unit}, not in {currency}, and is kept as printed only",
)
_NAMELESS = Both("指標名が「なし」等である指標: {count}件", "{count} indicators whose name says that there is none")
_SHARES = Both(
    "％の値と並ぶ、％のない1以下の値 ({count}件、例 {value}) は書かれたとおりに読んだ",
    "values of at most 1 without a percent sign beside one with it ({count}, such as {value}) are read as printed",
)
_NO_PROJECT = Both(
    "事業名の列がないため、全ての指標を一つの事業の下に置きました",
    "no column of projects: all indicators are put under one",
)


def doubts(
    tables: Sequence[Table],
    choice: Choice,
    scale: Scale | None,
    money: Money,
    kpis: Sequence[Record],
) -> list[Uncertain]:
    """Everything to ask about: columns first, then years, ratings, money and names."""
    found = [each for table in tables for each in _of_columns(table)]
    if len(there := years(tables)) > 1:
        found.append(Uncertain(_YEAR, _YEARS.format(years=", ".join(map(str, there)), year=choice.year)))
    found += [*_of_sheets(tables), *_of_ratings(scale)]
    found += [each for table in tables for each in _of_money(table, money)]
    nameless = sum(is_missing(str(each["name_raw"])) for each in kpis)
    if nameless:
        found.append(Uncertain(Role.INDICATOR.words, _NAMELESS.format(count=nameless)))
    if shares := [raw for each in kpis for raw in _shares(each)]:
        found.append(Uncertain(Role.UNIT.words, _SHARES.format(count=len(shares), value=shares[0])))
    if any(table.first(Role.PROJECT) is None for table in tables):
        found.append(Uncertain(Role.PROJECT.words, _NO_PROJECT))
    return found


def _shares(kpi: Record) -> list[str]:
    """The values of a KPI, as printed, that may be a share of one where another value is in percent."""
    printed = {role: str(kpi[f"{role}_raw"]) for role in VALUES if kpi[role] is not None}
    bare = {role for role, raw in printed.items() if not _PERCENT & {*raw}}
    if not bare or len(bare) == len(printed):
        return []
    return [printed[role] for role in printed if role in bare and 0 < abs(float(str(kpi[role]))) <= 1]


def _of_columns(table: Table) -> Iterator[Uncertain]:
    for column in table.columns:
        if column.doubt:
            about = _COLUMN.format(place=column.place + 1, head=column.head)
            yield Uncertain(about, column.doubt, weighs=column.left_out)


def _of_sheets(tables: Sequence[Table]) -> Iterator[Uncertain]:
    names = list(dict.fromkeys(table.sheet for table in tables))
    if len(names) > 1 and not all(name.startswith("page ") for name in names):
        yield Uncertain(_SHEET, _TABLES.format(names=", ".join(names)))


def _of_ratings(scale: Scale | None) -> Iterator[Uncertain]:
    if scale and not scale.sure:
        order = " > ".join(rating.text for rating in scale.ratings)
        yield Uncertain(Role.RATING.words, _ORDER.format(source=scale.source, order=order))
    if scale and scale.strange:
        yield Uncertain(Role.RATING.words, _STRANGE.format(values=", ".join(scale.strange)))


def _of_money(table: Table, money: Money) -> Iterator[Uncertain]:
    column = table.first(Role.COST)
    if column is None:
        return
    told = column.unit or money.stated
    if told is None and money.currency == YEN:
        yield Uncertain(Role.COST.words, _MONEY)
    elif told is not None and currency(told) != money.currency:
        yield Uncertain(Role.COST.words, _NOT_YEN.format(unit=told, currency=money.currency))
