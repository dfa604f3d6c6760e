"""What differs between two reports, in words: a page in sections, Markdown, and a table for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from kpitui.output import money, people, words
from kpitui.output.display import MISSING, Display, Row, issued, number
from kpitui.output.markup import escaped
from kpitui.output.provenance import Provenance
from kpitui.report import likeness
from kpitui.report.columns import KPIS, PROJECTS, STATUSES, Column, Value, column
from kpitui.report.compare import Comparison, tells_scale
from kpitui.report.difference import KINDS, Difference, Kind
from kpitui.report.model import Report
from kpitui.report.pairing import SURE
from kpitui.text.cells import safe
from kpitui.text.prose import Line, line, paragraph
from kpitui.text.wording import Both, Lang

_ARROW = " -> "
_PAIRED = Both(
    "{what} {all}件中{paired}件を対応づけ (うち確実{sure}件)", "{paired} of {all} {what} paired ({sure} surely)"
)
_UNEQUAL = Both("{a}件・{b}", "{a} and {b}")
_ALONE = {"dropped": Both("なくなった{what}", "{what} dropped"), "new": Both("新しい{what}", "{what} new")}
_AND = Both("と", " and ")
_NOTHING = Both("違いなし", "nothing differs")
_EARLIER, _LATER = Both("前", "earlier"), Both("後", "later")
_SILENT = Both("一方の報告書に値がないため比べていない列: {columns}", "not compared, since one report has no {columns}")
_YEARS = Both("両方にあるため比べた実績の年度: {years}", "actuals compared, since both reports tell them: {years}")
_NO_YEARS = Both(
    "両方に実績のある年度がないため、同じ年の実績の訂正は調べていない",
    "no year's actuals stand in both reports, so none could be found restated",
)
_TARGET_YEARS = Both(
    "両方にあるため比べた目標の年度: {years}", "yearly targets compared, since both tell them: {years}"
)
_OF_YEAR = {
    "actual": Both("{year}年度の実績", "actual of {year}"),
    "target": Both("{year}年度の目標", "target of {year}"),
}
_TARGET_DATE = Both("目標の期日", "date of the target")
_SAME_SCALE = Both("評価の尺度に違いはない", "the rating scales do not differ")
_SAME_LEVELS = Both(
    "評価の尺度は、付けられた評価の順位だけを比べ、違いはない (尺度そのものを示さない報告書がある)",
    "rating scales compared by the ranks of ratings given alone, which do not differ (not both reports tell a scale)",
)
_NO_SCALE = Both("評価の尺度は、一方にないため比べていない", "rating scales not compared, since one report has none")
_UNCERTAIN = Both("対応づけが確実でないもの", "pairs that are not certain")
_RENAMED = Both("対応づけが確実でないもの (名称の変更を含む)", "pairs that are not certain, changed names among them")
_SURE = Both("確かさ {sure}", "sure {sure}")
_LINE = Both("{line}行目", "line {line}")
_WITH = Both("{name} (その{kpis}とも: {statuses})", "{name} (with {kpis}: {statuses})")
_COMMA = Both("、", ", ")
_OF = Both("{actual} / 目標 {target}", "{actual} of {target}")
_IN_UNIT = Both(
    "{unit} (開始 {baseline}、目標 {target}、実績 {actual})",
    "{unit} (baseline {baseline}, target {target}, actual {actual})",
)
_RECOUNTED = Both("単位が変わった", "in another unit")
_BACKWARDS = Both(
    "注意: 前として指定された報告書の方が新しい年度のもの。順を入れ替えるには kpitui compare B A",
    "mind: the report named first is of the later year; kpitui compare B A sets them the right way round",
)
_READ_AS = Both("{value} (基準: {basis})", "{value} (basis: {basis})")
_FIGURES = ("unit", "basis", "baseline", "target", "actual", "status")
_HEADS = (
    Both("番号", "no"),
    Both("名称", "name"),
    Both("前", "earlier"),
    Both("後", "later"),
    Both("出典行", "lines"),
    Both("確かさ", "sure"),
)


def _column(key: str, ja: str, en: str, *, text: bool = True) -> Column:
    return Column(key, Both(ja, en), "text" if text else "number", 40, Both("", ""))


COLUMNS = (
    replace(_column("kind", "違い", "difference"), values=tuple(Value(kind.code, kind.heading) for kind in KINDS)),
    _column("table", "表", "table"),
    _column("id_a", "前の番号", "earlier no"),
    _column("id_b", "後の番号", "later no"),
    _column("name_a", "前の名称", "earlier name"),
    _column("name_b", "後の名称", "later name"),
    _column("sure", "確かさ", "sure", text=False),
    _column("column", "列", "column"),
    _column("value_a", "前", "earlier"),
    _column("value_b", "後", "later"),
    _column("line_a", "前の出典行", "earlier line", text=False),
    _column("line_b", "後の出典行", "later line", text=False),
)


def table(comparison: Comparison) -> pl.DataFrame:
    """A row for each difference, in the columns of COLUMNS; values as texts, numbers among them in full."""
    schema: dict[str, type[pl.DataType]] = dict.fromkeys((each.key for each in COLUMNS), pl.String)
    schema |= {"sure": pl.Float64, "line_a": pl.Int64, "line_b": pl.Int64}
    rows = [
        {**vars(each), "value_a": _exact(each.value_a), "value_b": _exact(each.value_b)}
        for each in comparison.differences
    ]
    return pl.DataFrame(rows, schema=schema)


def _exact(value: object) -> str | None:
    return None if value is None else str(value).removesuffix(".0")


def provenance(comparison: Comparison, rows: int) -> Provenance:
    """Where the differences come from: both reports, the earlier one first."""
    reports = comparison.a, comparison.b
    return Provenance(
        report=_ARROW.join(each.metadata.id for each in reports),
        title=_ARROW.join(str(each.metadata.title.value) for each in reports),
        publisher=_ARROW.join(dict.fromkeys(each.metadata.publisher for each in reports if each.metadata.publisher)),
        sha256=_ARROW.join(each.fingerprint for each in reports),
        table="compare",
        rows=rows,
        inferred=any("publisher" in each.metadata.inferred for each in reports),
    )


# Sections


@dataclass(frozen=True)
class _Entry:
    """One difference as it reads: numbers, name, both values, source lines, and how sure, "" where it is sure."""

    ids: str
    name: str
    a: str
    b: str
    lines: str
    sure: str = ""


@dataclass(frozen=True)
class _Section:
    heading: str
    entries: Sequence[_Entry]


class _Words:
    """The words for a comparison in one language."""

    def __init__(self, comparison: Comparison, lang: Lang, *, ascii_: bool) -> None:
        self.comparison = comparison
        self.lang: Lang = lang
        self._displays = Display(comparison.a, lang, ascii_), Display(comparison.b, lang, ascii_)
        self._kpis = tuple(
            _by_id(report, {each for each in ids if each})
            for report, ids in (
                (comparison.a, (each.id_a for each in comparison.differences if each.table == "kpis")),
                (comparison.b, (each.id_b for each in comparison.differences if each.table == "kpis")),
            )
        )
        self._names = tuple(
            dict(zip(report.projects["id"], report.projects["name"], strict=True))
            for report in (comparison.a, comparison.b)
        )

    def plain(self, text: str) -> str:
        """Text in ASCII mode where that is asked for."""
        return self._displays[0].text(text)

    def sections(self) -> Iterator[_Section]:
        """A section for each kind of which there is one, then the pairs to be looked at, with changed names."""
        for kind in KINDS:
            found = self.comparison.of(kind.code) if kind.code != "renamed" else []
            entries = self._alone(found) if kind.code in _ALONE else [self._entry(each) for each in found]
            if found:
                yield _Section(f"{kind.heading.say(self.lang)} ({len(found):,})", entries)
        uncertain = list(self._uncertain())
        if uncertain:
            heading = _RENAMED if self.comparison.of("renamed") else _UNCERTAIN
            yield _Section(f"{heading.say(self.lang)} ({len(uncertain):,})", uncertain)

    def _entry(self, found: Difference) -> _Entry:
        name = found.name_b or found.name_a or ""
        what = _RECOUNTED if found.kind == "status" and self._recounted(found) else _what(found)
        return _Entry(
            self._ids(found.id_a, found.id_b),
            self.plain(f"{name}: {what.say(self.lang)}" if what else name),
            self._value(found, 0),
            self._value(found, 1),
            self._lines(*_lines_of(found)),
            f"{found.sure:.2f}" if found.sure is not None and found.sure < SURE else "",
        )

    def _ids(self, *ids: str | None) -> str:
        """Both numbers, or the one if they are the same or alone."""
        told = [display.short_id(each) for display, each in zip(self._displays, ids, strict=True) if each]
        return self.plain(_ARROW.join(dict.fromkeys(told)))

    def _lines(self, *lines: int | None) -> str:
        return " / ".join(MISSING if each is None else str(each) for each in lines) if any(lines) else ""

    def _value(self, found: Difference, side: int) -> str:
        value = (found.value_a, found.value_b)[side]
        if value is None:
            return MISSING
        return self.plain(self._worded(found, side, value))

    def _worded(self, found: Difference, side: int, value: Any) -> str:
        display = self._displays[side]
        match found.kind:
            case "rating" | "direction":
                gloss = display.gloss(value)
                return f"{display.short(value)} ({gloss})" if gloss else display.short(value)
            case "spend":
                return f"{number(value)} {money.long(display.report.metadata).say(self.lang)}"
            case "aim":
                return column("kpis", "aim").word(value, self.lang)
            case "moved":
                return f"{display.short_id(value)} {self._names[side].get(value, '')}"
            case "status" | "target" | "restated" | "unit":
                return self._of_kpi(found, side, value)
        return str(value)

    def _of_kpi(self, found: Difference, side: int, value: Any) -> str:
        rows = self._rows(found)
        row = rows[side]
        if found.kind == "status":
            return self._status(row)
        if found.kind == "unit":
            told = {each: _counted(row[each], None) for each in ("baseline", "target", "actual")}
            return _IN_UNIT.format(unit=value, **told).say(self.lang)
        told_value = _counted(value, row["unit"]) if found.column != "target_date" else str(value)
        if found.kind != "target" or len({each["basis"] for each in rows}) == 1:
            return told_value
        basis = column("kpis", "basis").word(row["basis"], self.lang)
        return _READ_AS.format(value=told_value, basis=basis).say(self.lang)

    def _rows(self, found: Difference) -> list[Row]:
        """The KPI in both reports, or in the one that has it."""
        return [known[key] for known, key in zip(self._kpis, (found.id_a, found.id_b), strict=True) if key]

    def _recounted(self, found: Difference) -> bool:
        return len({likeness.key(row["unit"] or "") for row in self._rows(found)}) > 1

    def _status(self, row: Row) -> str:
        told = _OF.format(actual=_counted(row["actual"], None), target=_counted(row["target"], row["unit"]))
        return f"{column('kpis', 'status').word(row['status'], self.lang)} ({told.say(self.lang)})"

    def _alone(self, found: Sequence[Difference]) -> list[_Entry]:
        """Dropped or new rows; the KPIs of a project that is one itself are counted beside it."""
        side = 0 if found and found[0].id_a else 1
        projects = {(each.id_a or each.id_b): each for each in found if each.table == "projects"}
        inner: dict[str, list[str]] = {key: [] for key in projects if key}
        others = []
        for each in found:
            kpi = self._kpis[side][each.id_a or each.id_b or ""] if each.table == "kpis" else {}
            if kpi.get("project_id") in inner:
                inner[kpi["project_id"]].append(kpi["status"])
            elif each.table == "kpis":
                others.append(self._with_status(each, side))
        return [*(self._project(each, inner[key]) for key, each in projects.items() if key), *others]

    def _with_status(self, found: Difference, side: int) -> _Entry:
        """A KPI of one report only, with how it stood there: one that fell short may be missed by its absence."""
        told = self.plain(self._status(self._rows(found)[0]))
        return replace(self._entry(found), a="" if side else told, b=told if side else "")

    def _project(self, found: Difference, statuses: Sequence[str]) -> _Entry:
        entry = self._entry(found)
        counted = _several(len(statuses), "KPI", "KPI")
        if not counted:
            return entry
        each = Counter(statuses)
        told = [f"{known.words.say(self.lang)} {each[known.code]}" for known in STATUSES if each[known.code]]
        name = _WITH.format(name=entry.name, kpis=counted, statuses=_COMMA.say(self.lang).join(told))
        return replace(entry, name=name.say(self.lang))

    def _uncertain(self) -> Iterator[_Entry]:
        """The pairs that are not certain, the least certain first."""
        a, b = self.comparison.a, self.comparison.b
        for pairs, ours, theirs in (
            (self.comparison.pairs.projects, a.projects, b.projects),
            (self.comparison.pairs.kpis, a.kpis, b.kpis),
        ):
            for row_a, row_b, sure in pairs.filter(pl.col("sure") < SURE).sort("sure", "b").iter_rows():
                yield self._pair(ours.row(row_a, named=True), theirs.row(row_b, named=True), sure)

    def _pair(self, a: Row, b: Row, sure: float) -> _Entry:
        lines = self._lines(a["source_line"], b["source_line"])
        names = self.plain(a["name"]), self.plain(b["name"])
        return _Entry(self._ids(a["id"], b["id"]), "", *names, lines, f"{sure:.2f}")

    def summary(self) -> str:
        """How many were paired, and how much of each kind differs, in one sentence."""
        comparison = self.comparison
        pairs = comparison.pairs
        told = [
            *_share(words.PROJECTS, comparison.a.projects, comparison.b.projects, pairs.projects, self.lang),
            *_share(words.KPIS, comparison.a.kpis, comparison.b.kpis, pairs.kpis, self.lang),
            *(self._counted(kind) for kind in KINDS if comparison.of(kind.code)),
        ]
        if not comparison.differences:
            told.append(_NOTHING.say(self.lang))
        return _COMMA.say(self.lang).join(told)

    def _counted(self, kind: Kind) -> str:
        found = self.comparison.of(kind.code)
        if kind.code not in _ALONE:
            return (kind.one if len(found) == 1 else kind.many).format(count=number(len(found))).say(self.lang)
        projects = sum(each.table == "projects" for each in found)
        counts = _several(projects, "事業", "project"), _several(len(found) - projects, "KPI", "KPI")
        told = _AND.say(self.lang).join(each.say(self.lang) for each in counts if each)
        return _ALONE[kind.code].format(what=told).say(self.lang)

    def circumstances(self) -> list[tuple[str, str]]:
        """Which reports these are, and what could not be compared, each with a label or none."""
        comparison = self.comparison
        reports = [
            (label.say(self.lang), self.plain(_report(report, self.lang)))
            for label, report in ((_EARLIER, comparison.a), (_LATER, comparison.b))
        ]
        told = (*self._order(), *self._scale(), *self._years(), *self._silent())
        return [*reports, *(("", each.say(self.lang)) for each in told)]

    def _order(self) -> list[Both]:
        a, b = (each.metadata.fiscal_year for each in (self.comparison.a, self.comparison.b))
        return [_BACKWARDS] if a and b and int(a.value) > int(b.value) else []

    def _scale(self) -> list[Both]:
        reports = self.comparison.a, self.comparison.b
        scales = [each.metadata.ratings for each in reports]
        if not any(scales) or self.comparison.of("scale"):
            return []
        if not all(scales):
            return [_NO_SCALE]
        return [_SAME_SCALE if all(map(tells_scale, reports)) else _SAME_LEVELS]

    def _years(self) -> list[Both]:
        actuals, targets = (", ".join(map(str, each)) for each in (self.comparison.years, self.comparison.target_years))
        told = _YEARS.format(years=actuals) if actuals else _NO_YEARS
        return [told, _TARGET_YEARS.format(years=targets)] if targets else [told]

    def _silent(self) -> list[Both]:
        silent = self.comparison.silent
        return [_SILENT.format(columns=", ".join(_label(each).say(self.lang) for each in silent))] if silent else []


def _what(found: Difference) -> Both | None:
    """Which of the KPI's figures differs, where the section's heading does not say it."""
    column, _, year = (found.column or "").partition(" ")
    if year:
        return _OF_YEAR[column].format(year=year)
    return _label(column) if found.kind == "restated" or column == "target_date" else None


def _label(key: str) -> Both:
    """What a compared column is called."""
    return next((each.label for each in (*PROJECTS, *KPIS) if each.key == key), _TARGET_DATE)


def _lines_of(found: Difference) -> list[int | None]:
    """Both source lines, or the one where there is but one row."""
    alone = found.value_a is None or found.value_b is None if found.kind == "scale" else found.kind in _ALONE
    lines = [found.line_a, found.line_b]
    return [each for each in lines if each is not None] if alone else lines


def _by_id(report: Report, ids: set[str]) -> Mapping[str, Row]:
    known = pl.col("id").cast(pl.String).is_in(list(ids))
    rows = report.kpis.filter(known).select("id", "project_id", *_FIGURES)
    return {row["id"]: row for row in rows.iter_rows(named=True)}


def _counted(value: Any, unit: str | None) -> str:
    """A number with its unit; a target in words as it is."""
    try:
        told = MISSING if value is None else number(float(value))
    except (ValueError, OverflowError):
        return str(value)
    return f"{told} {unit}" if unit and value is not None else told


def _several(count: int, ja: str, en: str) -> Both | None:
    """So many of something; None where there are none."""
    return Both(f"{ja} {count:,}件", f"{count:,} {en}{'' if count == 1 else 's'}") if count else None


def _share(what: Both, ours: pl.DataFrame, theirs: pl.DataFrame, pairs: pl.DataFrame, lang: Lang) -> list[str]:
    """How many of both reports' rows were paired, and how many of them surely; nothing where there are no rows."""
    unequal = ours.height != theirs.height
    a, b = number(ours.height), number(theirs.height)
    every: Both | str = _UNEQUAL.format(a=a, b=b) if unequal else a
    sure = int((pairs["sure"] == SURE).sum())
    told = _PAIRED.format(what=what, all=every, paired=number(pairs.height), sure=number(sure)).say(lang)
    return [told] if ours.height or theirs.height else []


def _report(report: Report, lang: Lang) -> str:
    metadata = report.metadata
    return " ".join(part for part in (issued(report, lang), str(metadata.title.value), f"({metadata.id})") if part)


# Pages


def page(comparison: Comparison, lang: Lang, width: int, *, ascii_: bool = False) -> list[Line]:
    """The whole comparison as lines of at most `width` cells, the summary first; `?` marks an uncertain pair."""
    told = _Words(comparison, lang, ascii_=ascii_)
    lines = paragraph(told.summary(), width, "strong")
    for label, text in told.circumstances():
        lines += paragraph(text, width, label=label)
    for section in told.sections():
        lines += [line(""), *paragraph(section.heading, width, "strong")]
        lines += [each for entry in section.entries for each in _lines(entry, lang, width)]
    return lines


def _lines(entry: _Entry, lang: Lang, width: int) -> list[Line]:
    """An entry: what it is about, and below it both values with their source lines."""
    head = paragraph(" ".join(filter(None, (entry.ids, entry.name))), width, label="?" if entry.sure else "-")
    facts = [_LINE.format(line=entry.lines).say(lang)] if entry.lines else []
    facts += [_SURE.format(sure=entry.sure).say(lang)] if entry.sure else []
    values = "" if entry.a == entry.b == MISSING else _ARROW.join(filter(None, (entry.a, entry.b)))
    told = " ".join(filter(None, (values, f"({', '.join(facts)})" if facts else "")))
    if not entry.ids:
        return paragraph(told, width, label="-")
    return [*head, *(paragraph(told, width, indent=4) if told else ())]


def markdown(comparison: Comparison, lang: Lang) -> str:
    """The same as Markdown: a heading and a table for each section."""
    told = _Words(comparison, lang, ascii_=False)
    circumstances = [": ".join(filter(None, each)) for each in told.circumstances()]
    head = [escaped(_line(told.summary())), *(f"- {escaped(_line(each))}" for each in circumstances)]
    parts = [f"{head[0]}\n\n" + "".join(f"{each}\n" for each in head[1:])]
    parts += [f"## {escaped(section.heading)}\n\n{_grid(section, comparison, lang)}" for section in told.sections()]
    parts.append(f"{escaped(provenance(comparison, len(comparison.differences)).sentence(lang))}\n")
    return "\n".join(parts)


def _line(text: str) -> str:
    return " ".join(safe(text).split())


def _grid(section: _Section, comparison: Comparison, lang: Lang) -> str:
    keys = ("ids", "name", "a", "b", "lines", "sure")
    columns = [Column(key, head, "text", 40, Both("", "")) for key, head in zip(keys, _HEADS, strict=True)]
    frame = pl.DataFrame([vars(each) for each in section.entries], schema=dict.fromkeys(keys, pl.String))
    filled = [each for each in columns if frame[each.key].n_unique() > 1 or frame[each.key][0] not in ("", MISSING)]
    return people.markdown(frame, filled, Display(comparison.b, lang), None)
