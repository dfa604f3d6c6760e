"""The report against itself: printed totals and counts, numbering, repeated texts, and what to mind in its KPIs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import cast

import polars as pl

from kpitui.dataclass import dataclass
from kpitui.report.check_words import CHECKS, Check
from kpitui.report.model import Fact, Grant, Part, Report
from kpitui.text.wording import Both

KPI_LEVEL = (
    "actual_as_change",
    "mixed_bases",
    "target_below_baseline",
    "target_equals_baseline",
    "no_target",
    "not_comparable",
    "published_differs",
    "no_unit",
)

_ROUNDED = Both(" (端数処理による差)", " (apart by rounding)")
_ONE_BY_ONE = 10_000
"""Numbers left out that are told one by one."""
_TOGETHER = {"duplicated_summary": ("summary",), "number_twice": ("grant", "no"), "mixed_bases": ("project_id",)}


@dataclass(frozen=True)
class Finding:
    """One thing a check found: which check, what exactly, the records concerned and the source lines.

    `report` is the key of the report it was found in, where several are read together.
    """

    check: Check
    detail: Both
    ids: tuple[str, ...]
    lines: tuple[int, ...]
    report: str = ""

    @property
    def weight(self) -> int:
        """3 for what puts figures in doubt, 2 for what changes their reading, 1 for a remark, 0 where all is well."""
        return self.check.weight


def checks(report: Report, most: int | None = None) -> list[Finding]:
    """Everything found, heaviest first; what was compared and agrees comes last, so that it is seen to be checked.

    Of several reports read together each is checked by itself. With `most` only the first so many of each check;
    `tally` says how many there are.
    """
    alone = () if report.several else (*_grants(report), *_noted(report, most))
    found = [*alone, *(each for part in report.parts for each in _within(part, most))]
    return _first(sorted(found, key=lambda finding: -finding.weight), most)


def tally(report: Report) -> Counter[str]:
    """How many findings of each check there are, by its code, without making them."""
    if report.several:
        return sum((tally(part.report) for part in report.parts), Counter[str]())
    noted = {code: _groups(report, code).height for code in CHECKS}
    return Counter(noted) + Counter(finding.check.code for finding in _grants(report))


def _first(found: list[Finding], most: int | None) -> list[Finding]:
    """The first so many of each check, in the order they are in."""
    if most is None:
        return found
    seen: Counter[str] = Counter()
    kept = []
    for finding in found:
        seen[finding.check.code] += 1
        kept += [finding] if seen[finding.check.code] <= most else []
    return kept


def _within(part: Part, most: int | None) -> Iterator[Finding]:
    """What is found in one of several reports, with the ids that tell its records from the others'."""
    for each in checks(part.report, most):
        yield replace(each, ids=tuple(map(part.whole_id, each.ids)), report=part.key)


def _grants(report: Report) -> tuple[Finding, ...]:
    """What the grants' printed figures and their numbering say; kept, for it is both listed and counted."""
    return report.memo.get("checks", "grants", lambda: tuple(_of_grants(report)))


def _of_grants(report: Report) -> Iterator[Finding]:
    for grant in report.metadata.grants:
        rows = report.projects.filter(pl.col("grant").cast(pl.String) == grant.key)
        spent, rounded = int(rows["cost"].sum() or 0), _rounded(rows)
        yield from _compared("total", grant, grant.total, spent, rounded)
        yield from _compared("spend", grant, grant.cost, spent, rounded)
        yield from _compared("count", grant, grant.adopted, rows.height)
        yield from _holes(grant, rows["no"].drop_nulls(), rows["source_line"].drop_nulls().head(1).to_list())


def _compared(what: str, grant: Grant, printed: Fact | None, found: int, rounded: int = 0) -> Iterator[Finding]:
    """A printed figure beside the one that the table comes to, of which so many amounts were rounded."""
    if printed is not None:
        apart = abs(int(printed.value) - found)
        most = (rounded + 1) / 2 if _is_rounded(printed) else 0
        check = CHECKS[f"{what}_agrees" if apart <= most else f"{what}_differs"]
        text = f"{grant.name}: {int(printed.value):,} / {found:,}"
        words = _ROUNDED if 0 < apart <= most else Both("", "")
        yield Finding(check, Both(text + words.ja, text + words.en), (), (printed.line,))


def _is_rounded(printed: Fact) -> bool:
    """Whether another number is printed than is told: yen, of which thousands are told, and not thousands."""
    told = pl.DataFrame({"raw": [printed.raw], "value": [int(printed.value)]})
    return told.filter(_differs("raw", "value")).height > 0


def _rounded(rows: pl.DataFrame) -> int:
    """How many costs are not the number that is printed, and so half a thousand off at the most by rounding."""
    return rows.filter(_differs("cost_raw", "cost")).height if "cost_raw" in rows.columns else 0


def _differs(printed: str, told: str) -> pl.Expr:
    """Whether the digits of a printed amount are not those of the whole number that is told."""
    digits = pl.col(printed).str.normalize("NFKC").str.replace(r"\.0+$", "").str.replace_all("[^0-9]", "")
    return digits != pl.col(told).abs().cast(pl.String)


def _holes(grant: Grant, numbers: pl.Series, lines: Sequence[int]) -> Iterator[Finding]:
    """The numbers that a grant's numbering leaves out; `lines` is the source line that is told, if there is one."""
    last = cast("int | None", numbers.max())
    if last is None:
        return
    missing = list(_left_out(numbers))
    text = f"{grant.name}: {', '.join(missing) or f'1-{last}'}"
    yield Finding(CHECKS["numbers_missing" if missing else "numbers_complete"], Both(text, text), (), tuple(lines))


def _left_out(numbers: pl.Series) -> Iterator[str]:
    """The numbers from 1 on that are not there, ascending; as ranges where they are very many.

    A number may be a code of ten digits: what lies before it cannot be counted one by one.
    """
    known = numbers.filter(numbers > 0).unique().sort()
    holes = pl.DataFrame({"first": known.shift(fill_value=0) + 1, "last": known - 1}).filter(
        pl.col("first") <= pl.col("last")
    )
    many = sum(last - first + 1 for first, last in holes.iter_rows()) > _ONE_BY_ONE
    for first, last in holes.iter_rows():
        yield from (f"{first}-{last}",) if many and first < last else map(str, range(first, last + 1))


def _noted(report: Report, most: int | None) -> Iterator[Finding]:
    """What the notes of projects and then of KPIs say."""
    for code in (*(each for each in CHECKS if each not in KPI_LEVEL), *KPI_LEVEL):
        found = _groups(report, code)
        for told, ids, lines in (found if most is None else found.head(most)).iter_rows():
            yield Finding(CHECKS[code], Both(told, told), tuple(ids), tuple(lines))


def _groups(report: Report, code: str) -> pl.DataFrame:
    """A row for each finding of a check: the names in it as one text, the ids and the source lines.

    Those of one summary, one number or one mixed project are together; else each record is one by itself.
    """
    frame = report.kpis if code in KPI_LEVEL else report.projects
    rows = frame.lazy().filter(pl.col("notes").list.contains(code)).with_row_index("row")
    keys = _TOGETHER.get(code, ("row",))
    told, lines = pl.col("name").cast(pl.String).str.join(" / "), pl.col("source_line").drop_nulls()
    grouped = rows.group_by(keys).agg(pl.col("row").first().alias("first"), told, "id", lines)
    return grouped.sort("first").select("name", "id", "source_line").collect()
