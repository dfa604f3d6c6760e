"""Several reports read as one: each judged by itself, then set below each other, ids and scales told apart."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import polars as pl

from kpitui.errors import UsageError
from kpitui.report.model import WITHIN, Direction, Fact, Grant, Metadata, Part, Rating, Report
from kpitui.text.wording import Both

_CURRENCIES = Both(
    "通貨の異なる報告書は一緒に読めません ({found}): 実績額を足すことも並べて比べることもできないためです。"
    "通貨ごとに分けて開いてください",
    "reports in different currencies cannot be read together ({found}), for their costs can be neither added up nor "
    "compared; open those of each currency by themselves",
)
_BETWEEN = " + "
"""What stands between the keys, titles and publishers of the parts."""
_MOST_WORDS = 0.5
"""The share of a column's cells that its different words may be for it to be kept as codes."""


def together(reports: Sequence[Report]) -> Report:
    """One Report of several, in the order given; each keeps its own judgement, ranks, audit and counts.

    The frames share what they can with those of the parts. A column that only some parts have is null in the others.
    """
    parts = tuple(Part(key, report) for key, report in zip(_keys(reports), reports, strict=True))
    metadata = _metadata(parts)
    kpis = _below_each_other(parts, [part.report.kpis for part in parts], metadata)
    return Report(metadata, kpis, _fingerprint(parts), reports[0].folder, lambda: _projects(parts, metadata), parts)


# Keys


def _keys(reports: Sequence[Report]) -> list[str]:
    """A key for each report: its id, and where several have the same one, what else tells them apart."""
    ids = [(report.metadata.id or report.folder.name).replace(WITHIN, "-") for report in reports]
    keys = list(ids)
    for twice in (each for each, count in Counter(ids).items() if count > 1):
        places = [place for place, each in enumerate(ids) if each == twice]
        for place, mark in zip(places, _marks([reports[place] for place in places]), strict=True):
            keys[place] = f"{twice}:{mark}"
    return keys if len(set(keys)) == len(keys) else [f"{key}:{number}" for number, key in enumerate(keys, 1)]


def _marks(reports: Sequence[Report]) -> list[str]:
    """For each report the last name in its path in which all of them differ; its number where there is none."""
    names = [report.folder.resolve().parts[:0:-1] for report in reports]
    for level in zip(*names, strict=False):
        if len(set(level)) == len(level):
            return list(level)
    return [str(number) for number in range(1, len(reports) + 1)]


def _fingerprint(parts: Sequence[Part]) -> str:
    """The SHA-256 of the parts' fingerprints in hexadecimal, one after the other."""
    return hashlib.sha256("".join(part.report.fingerprint for part in parts).encode()).hexdigest()


# Frames


def _projects(parts: Sequence[Part], metadata: Metadata) -> pl.DataFrame:
    frames = [_with_whole_ids_within(part, part.report.projects) for part in parts]
    return _below_each_other(parts, frames, metadata)


def _with_whole_ids_within(part: Part, projects: pl.DataFrame) -> pl.DataFrame:
    """The projects with whole ids in the list of KPIs that their audit used, where there was an audit."""
    if projects["kpis"].null_count() == projects.height:
        return projects
    whole = pl.element().struct.with_fields(id=pl.lit(f"{part.key}{WITHIN}") + pl.field("id"))
    return projects.with_columns(pl.col("kpis").list.eval(whole))


def _below_each_other(parts: Sequence[Part], frames: Sequence[pl.DataFrame], metadata: Metadata) -> pl.DataFrame:
    """The frames as one, without copying the columns that stay as they are."""
    named = [_named(part, frame, [each.key for each in parts]) for part, frame in zip(parts, frames, strict=True)]
    casts = _casts(named, _scales(metadata))
    return pl.concat([_cast(frame, casts) for frame in named], how="diagonal_relaxed")


def _named(part: Part, frame: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    ids = [key for key in ("id", "project_id") if key in frame.columns]
    whole = [(pl.lit(f"{part.key}{WITHIN}") + pl.col(key)).alias(key) for key in ids]
    return frame.with_columns(*whole, pl.lit(part.key, pl.Enum(keys)).alias("report"))


def _scales(metadata: Metadata) -> dict[str, list[str]]:
    return {
        "grant": [grant.key for grant in metadata.grants],
        "rating": [rating.text for rating in metadata.ratings],
        "direction": [direction.text for direction in metadata.directions],
        "unit": [],
    }


def _casts(frames: Sequence[pl.DataFrame], scales: Mapping[str, list[str]]) -> dict[str, pl.DataType]:
    """The type of each column of words that is not of one type in all frames."""
    names = dict.fromkeys(name for frame in frames for name in frame.columns)
    found = {name: [frame[name] for frame in frames if name in frame.columns] for name in names}
    return {
        name: _union(columns, scales.get(name))
        for name, columns in found.items()
        if any(isinstance(each.dtype, pl.Enum) for each in columns) and len({each.dtype for each in columns}) > 1
    }


def _union(columns: Sequence[pl.Series], scale: Iterable[str] | None) -> pl.DataType:
    """An enum of all words, those of a scale in its order and others sorted; text where few words repeat."""
    words = dict.fromkeys([*(scale or ()), *(word for each in columns for word in _words(each))])
    if scale is not None:
        return pl.Enum(list(words))
    many = len(words) > _MOST_WORDS * sum(map(len, columns))
    return pl.String() if many else pl.Enum(sorted(words))


def _words(column: pl.Series) -> Iterable[str]:
    """The list of words that a column has, else those in it."""
    if isinstance(column.dtype, pl.Enum):
        return column.dtype.categories
    return column.drop_nulls().unique(maintain_order=True).to_list()


def _cast(frame: pl.DataFrame, casts: Mapping[str, pl.DataType]) -> pl.DataFrame:
    return frame.with_columns(pl.col(name).cast(dtype) for name, dtype in casts.items() if name in frame.columns)


# Metadata


def _metadata(parts: Sequence[Part]) -> Metadata:
    """What the parts say of themselves where they agree, and their scales united."""
    every = [part.report.metadata for part in parts]
    titles = _BETWEEN.join(dict.fromkeys(str(each.title.value) for each in every))
    return Metadata(
        id=_BETWEEN.join(part.key for part in parts),
        title=Fact(titles, titles, 0),
        publisher=_BETWEEN.join(dict.fromkeys(each.publisher for each in every if each.publisher)),
        fiscal_year=_agreed([each.fiscal_year for each in every]),
        as_of=_agreed([each.as_of for each in every]),
        source_file="",
        source_sha256="",
        inferred=tuple(dict.fromkeys(name for each in every for name in each.inferred)),
        grants=_grants(every),
        ratings=_ratings(every),
        directions=_directions(every),
        currency=_currency(every),
    )


def _currency(every: Sequence[Metadata]) -> str | None:
    """The one currency of all costs; UsageError where there are several, for what is spent could not be added up."""
    found = list(dict.fromkeys(each.currency for each in every))
    if len(found) > 1:
        raise UsageError(_CURRENCIES.format(found=", ".join(each or "円" for each in found)))
    return found[0]


def _agreed(facts: Sequence[Fact | None]) -> Fact | None:
    """The fact if all state the same."""
    return facts[0] if len({fact and fact.value for fact in facts}) == 1 else None


def _grants(every: Sequence[Metadata]) -> tuple[Grant, ...]:
    """Each grant once; one that a report names goes before one of which only the key is known."""
    found: dict[str, Grant] = {}
    for grant in (grant for each in every for grant in each.grants):
        known = found.setdefault(grant.key, grant)
        if known.name == known.key:
            found[grant.key] = grant
    return tuple(found.values())


def _ratings(every: Sequence[Metadata]) -> tuple[Rating, ...]:
    """Each rating once, by rank and then by report; of two ranks it takes the better one's place."""
    found: dict[str, Rating] = {}
    for rating in (rating for each in every for rating in each.ratings):
        known = found.setdefault(rating.text, rating)
        fuller = known if known.short != known.text or known.conditions else rating
        conditions = known.conditions or rating.conditions
        found[rating.text] = replace(fuller, rank=min(known.rank, rating.rank), conditions=conditions)
    return tuple(sorted(found.values(), key=lambda rating: rating.rank))


def _directions(every: Sequence[Metadata]) -> tuple[Direction, ...]:
    """Each direction once, in the words of the first report that says more of it than its text."""
    found: dict[str, Direction] = {}
    for direction in (direction for each in every for direction in each.directions):
        known = found.setdefault(direction.text, direction)
        if known == Direction(known.text, known.text, ""):
            found[direction.text] = direction
    return tuple(found.values())
