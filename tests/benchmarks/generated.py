"""Reports of any size, made up but always the same ones: Japanese names, units, ratings, missing actuals."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from kpitui.report import builtin, folder
from kpitui.report.model import Metadata

SEED = 20220331
EDITION = 1
"""Counted up when other rows come out, so that files of an older edition are not taken for these."""
HIGHEST = 9_999_999_999.0
"""The highest actual of any report, which one row has: the first of a descending sort."""
NEEDLE = "宇宙"
"""A word that about one name in forty holds."""

_PER_PROJECT = 4
_PLACES = "札幌 函館 青森 盛岡 仙台 秋田 山形 福島 水戸 宇都宮 前橋 熊谷 千葉 横浜 新潟 富山 金沢 福井"
_FIELDS = (
    "水素 宇宙 航空機 林業 水産 観光 移住 子育て 医療 介護 教育 農業 食品 物流 防災 交通 商店街 空き家 文化財 港湾 "
    "酒造 陶芸 製薬 半導体 自動車 造船 繊維 温泉 自転車 図書館 公園 下水道 電力 通信 演劇 音楽 競技 学校 保育 起業"
)
_MEASURES = (
    ("売上額", "千円"),
    ("新規雇用者数", "人"),
    ("参画企業数", "社"),
    ("事業化件数", "件"),
    ("利用者の満足度", "％"),
    ("年間来訪者数", "千人"),
    ("相談の受付件数", "件"),
    ("参加団体数", "社・団体"),
)


@dataclass(frozen=True)
class Files:
    """One report as files; `table` are the rows that both hold."""

    rows: int
    parquet: Path
    csv: Path

    def hits(self) -> int:
        """How many rows hold the needle in the text that a reader sees."""
        text = pl.concat_str("project", "name", separator="\n")
        rows = pl.scan_parquet(self.parquet, glob=False)
        return int(rows.select(text.str.contains(NEEDLE, literal=True).sum()).collect().item())

    def greatest(self) -> int:
        """The greatest actual, without its fraction: what stands on top once they are sorted downwards."""
        return int(pl.scan_parquet(self.parquet, glob=False).select(pl.col("actual").max()).collect().item())


def files(cache: Path, rows: int, seed: int = SEED) -> Files:
    """The report of so many KPIs as Parquet and CSV, written unless they are already there."""
    stem = f"kpis-{rows}-{seed}-{EDITION}"
    found = Files(rows, cache / f"{stem}.parquet", cache / f"{stem}.csv")
    if not (found.parquet.exists() and found.csv.exists()):
        frame = table(rows, seed)
        frame.write_csv(found.csv)
        frame.write_parquet(found.parquet)
    return found


def table(rows: int, seed: int = SEED) -> pl.DataFrame:
    """KPI rows with the columns that a reader of such a file needs; what is judged is left to the reader."""
    metadata = _metadata()
    drawn = pl.DataFrame({"row": pl.int_range(rows, dtype=pl.UInt64, eager=True)}).with_columns(
        project=pl.col("row") // _PER_PROJECT, measure=_draw(seed, 1, len(_MEASURES))
    )
    return drawn.lazy().with_columns(_project(seed, metadata)).select(_kpi(seed, rows)).collect()


def write_folder(path: Path, rows: int, seed: int = SEED) -> Path:
    """The same KPIs as a report folder, whose scales are those of the built-in report."""
    frame = table(rows, seed)
    kpis = frame.select("id", "project_id", "name", "baseline", "target", "actual", "unit", "source_line")
    projects = frame.group_by("project_id", maintain_order=True).first()
    kept = projects.select("grant", "rating", "direction", "cost", id="project_id", no="project_no", name="project")
    folder.write(path, _metadata(), list(kept.iter_rows(named=True)), list(kpis.iter_rows(named=True)))
    return path


def _metadata() -> Metadata:
    return dataclasses.replace(folder.read(builtin.folder()).metadata, overrides=())


def _project(seed: int, metadata: Metadata) -> list[pl.Expr]:
    """What a project's KPIs have in common: every draw is of the project's number, not the row's."""
    ratings, directions = metadata.ratings, [each.text for each in metadata.directions]
    rank = _draw(seed, 2, len(ratings), "project")
    return [
        (pl.col("project") % 23 == 22).replace_strict({True: "facility", False: "promotion"}).alias("grant"),
        rank.replace_strict({at: each.text for at, each in enumerate(ratings)}).alias("rating"),
        rank.replace_strict({at: each.rank for at, each in enumerate(ratings)}).alias("rating_rank"),
        _word(seed, 3, directions, "project").alias("direction"),
        (_draw(seed, 4, 90_000, "project") + 1_000).cast(pl.Int64).alias("cost"),
        pl.format(
            "{}の{}による地域活性化事業",
            _word(seed, 5, _PLACES.split(), "project"),
            _word(seed, 6, _FIELDS.split(), "project"),
        ).alias("title"),
    ]


def _kpi(seed: int, rows: int) -> list[pl.Expr]:
    no, project_id = pl.col("project") + 1, pl.format("{}-{}", "grant", pl.col("project") + 1)
    place, field = _word(seed, 7, _PLACES.split()), _word(seed, 8, _FIELDS.split())
    measure, phase = _chosen([name for name, _ in _MEASURES]), _draw(seed, 9, 400) + 1
    return [
        pl.format("{}.{}", project_id, pl.col("row") % _PER_PROJECT + 1).alias("id"),
        project_id.alias("project_id"),
        pl.col("grant"),
        no.cast(pl.Int64).alias("project_no"),
        pl.col("title").alias("project"),
        pl.format("{}における{}分野の{}（第{}期）", place, field, measure, phase).alias("name"),
        *_values(seed, rows),
        _chosen([unit for _, unit in _MEASURES]).alias("unit"),
        *(pl.col(key) for key in ("rating", "rating_rank", "direction", "cost")),
        (pl.col("row") + 1).cast(pl.Int64).alias("source_line"),
    ]


def _values(seed: int, rows: int) -> list[pl.Expr]:
    """Baselines, a fifth of them 0; targets above them; actuals around those, one in twenty missing."""
    baseline = pl.when(_draw(seed, 10, 5) > 0).then(_draw(seed, 11, 10_000)).otherwise(0).cast(pl.Float64)
    target = baseline + _draw(seed, 12, 5_000).cast(pl.Float64) + 1
    measured = (target + _draw(seed, 13, 6_000).cast(pl.Float64) - 3_000).clip(0)
    highest = pl.col("row") == rows * 3 // 5
    actual = pl.when(highest).then(HIGHEST).when(_draw(seed, 14, 20) > 0).then(measured)
    return [baseline.alias("baseline"), target.alias("target"), actual.alias("actual")]


def _word(seed: int, salt: int, words: Sequence[str], of: str = "row") -> pl.Expr:
    return _draw(seed, salt, len(words), of).replace_strict(dict(enumerate(words)))


def _chosen(words: Sequence[str]) -> pl.Expr:
    return pl.col("measure").replace_strict(dict(enumerate(words)))


def _draw(seed: int, salt: int, below: int, of: str = "row") -> pl.Expr:
    """A number from 0 up to `below`, drawn from a row's or a project's number alone (the mixer of splitmix64)."""
    mixed = pl.col(of) * _u64(0x9E3779B97F4A7C15) + _u64((seed * 1_000_003 + salt) * 0xD1342543DE82EF95 % (1 << 64))
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = mixed.xor(mixed // _u64(1 << shift)) * _u64(factor)
    return mixed.xor(mixed // _u64(1 << 31)) % _u64(below)


def _u64(number: int) -> pl.Expr:
    return pl.lit(number, pl.UInt64)
