"""Marked rows as questions with citations, in Markdown."""

from pathlib import Path

import pytest

from kpitui.cli import main
from kpitui.output.display import Display
from kpitui.output.questions import questions
from kpitui.report.load import load
from kpitui.report.model import Report
from kpitui.text.wording import Lang
from kpitui.views.saved import record
from kpitui.views.spec import ViewSpec
from kpitui.views.store import Store

LAND, FUNDS = "promotion-6.3", "promotion-9.4"


def _lines(report: Report, *marks: tuple[str, str], title: str = "六月", lang: Lang = "ja") -> list[str]:
    return questions(ViewSpec("kpis", marks=marks), title, Display(report, lang)).split("\n")


def test_each_mark_is_a_numbered_question_with_its_record_and_where_it_is_printed(report: Report) -> None:
    heading, _, question, record_, source, *_ = _lines(report, (LAND, "なぜ減ったのか"))
    assert heading == "# 質問: 六月"
    assert question == "1. なぜ減ったのか"
    assert record_ == "   - 推6.3 農業中核経営体の園芸品目の作付増加面積"
    # Line 70 of source.txt: 0, 20, ha, -22.
    assert source.startswith("   - 出典: 山口県(推定) 令和3年度「地方創生推進交付金")
    assert "70行目" in source
    assert "「0 / 20 / ha / -22」" in source


def test_questions_stand_in_the_order_they_were_marked(report: Report) -> None:
    found = [line for line in _lines(report, (FUNDS, "後"), (LAND, "先")) if line[:1].isdigit()]
    assert found == ["1. 後", "2. 先"]


def test_a_mark_without_a_note_says_that_none_is_written(report: Report) -> None:
    assert _lines(report, (LAND, ""))[2] == "1. (質問未記入)"
    assert _lines(report, (LAND, ""), lang="en")[2] == "1. (no question written)"


def test_a_mark_of_a_row_that_the_report_no_longer_has_is_left_out(report: Report) -> None:
    found = [line for line in _lines(report, ("promotion-99.1", "gone"), (LAND, "here")) if line[:1].isdigit()]
    assert found == ["1. here"]


def test_a_project_can_be_asked_about_too(report: Report) -> None:
    spec = ViewSpec("projects", marks=(("facility-1", "いつ完成するか"),))
    text = questions(spec, "", Display(report, "ja"))
    assert "1. いつ完成するか" in text
    assert "拠1 農林業の知と技の拠点連携・交流館整備事業" in text


def test_markup_and_line_breaks_in_a_note_are_only_text(report: Report) -> None:
    found = _lines(report, (LAND, "a\n# b [x](y) <i> | c"))
    assert found[2] == "1. a \\# b \\[x\\](y) \\<i\\> \\| c"


def test_hostile_names_are_shown_harmlessly(hostile: Path) -> None:
    text = "\n".join(_lines(load(hostile), (LAND, "\x1b[2J"), title="\x1b]0;taken\x07"))
    assert [char for char in text if not char.isprintable() and char != "\n"] == []
    assert "[red]" not in text.replace("\\[", "")


def test_the_command_line_writes_the_questions_of_a_saved_view(
    report: Report, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = ViewSpec("kpis", marks=((LAND, "なぜ減ったのか"),))
    path = store.save(record(report, spec, "asked", "for June"), replace=False)
    assert main(["views", "questions", str(path), "--lang", "en"]) == 0
    told = capsys.readouterr().out
    assert "1. なぜ減ったのか" in told
    assert "Source: " in told
    assert "line 70" in told


def test_the_command_line_names_an_unknown_view(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["views", "questions", "worsend", "--lang", "en"]) == 3
    assert "worsened" in capsys.readouterr().err
