"""What the columns of a report folder's files are called and hold, for readers who have only the data package."""

from __future__ import annotations

from kpitui.report.declared import KPIS, PROJECTS
from kpitui.text.wording import Both

_OWN = {
    "id": (Both("識別名", "id"), Both("報告フォルダの中で一つしかない名", "the one row of that name in the folder")),
    "kpis.no": (Both("番号", "number"), Both("事業内の番号", "number within the project")),
    "project_id": (Both("事業の番号", "project"), Both("事業 (projects の id)", "the project, by its id in projects")),
    "kpi_id": (Both("KPIの番号", "KPI"), Both("KPI (kpis の id)", "the KPI, by its id in kpis")),
    "aim": (
        Both("目指す向き", "aim"),
        Both(
            "指標をどちらへ動かすか。報告書がKPIごとに記す場合だけ",
            "which way the KPI is meant to move, where the report says so for each KPI",
        ),
    ),
    "rating_text": (
        Both("評価欄の文", "text of the rating cell"),
        Both("評価でないもの (状態など) もある", "it may be a state and no rating"),
    ),
    "target_text": (
        Both("目標 (文)", "target in words"),
        Both("数値でない目標か、別の年の目標", "a target that is no number, or of another year"),
    ),
    "target_date": (
        Both("目標の期日", "date of the target"),
        Both("目標が別の年のものであるときの期日", "when the target is to be reached, where that is another year"),
    ),
    "published": (
        Both("公表された達成状況", "published achievement"),
        Both("報告書自身が記す達成の有無", "what the report itself says of the target"),
    ),
    "year": (Both("年度", "fiscal year"), Both("年度 (始まりの西暦)", "fiscal year, by the year in which it begins")),
    "label": (Both("見出し", "head"), Both("値の列の見出し", "head of the values' column")),
}
_PRINTED = Both("{what}(原文)", "{what} as printed")
_AS_PRINTED = Both(
    "印字のままの文。欠測の印もそのまま",
    "the text exactly as printed, marks of what is missing among them",
)


def told(table: str, name: str) -> tuple[Both, Both]:
    """The title and the description of a column of projects, kpis or years."""
    own = _OWN.get(f"{table}.{name}") or _OWN.get(name)
    if own:
        return own
    known = {each.key: each for each in ((*KPIS, *PROJECTS) if table == "projects" else (*PROJECTS, *KPIS))}
    if name in known:
        return known[name].label, known[name].help
    what, _ = told(table, name.removesuffix("_raw"))
    return _PRINTED.format(what=what), _AS_PRINTED
