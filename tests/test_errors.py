import ast
import importlib
import json
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import kpitui
from kpitui.cli import main
from kpitui.errors import KpituiError
from kpitui.text.wording import Both

PACKAGE = Path(kpitui.__file__).parent
SOURCE = PACKAGE.parent / "data" / "yamaguchi-r3" / "source.txt"


def calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Every call of a plain or dotted name in the package: where it stands, the name, the call."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                yield f"{path.relative_to(PACKAGE)}:{node.lineno}", name, node


def error_names() -> set[str]:
    for module in pkgutil.walk_packages(kpitui.__path__, "kpitui."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    found, fresh = {KpituiError}, {KpituiError}
    while fresh := {under for error in fresh for under in error.__subclasses__()}:
        found |= fresh
    return {error.__name__ for error in found}


def is_bare_text(node: ast.expr) -> bool:
    """A text in one language: a literal, an f-string, texts added, or a text's own format."""
    if isinstance(node, ast.BinOp):
        return is_bare_text(node.left) or is_bare_text(node.right)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.attr in ("say", "join") or is_bare_text(node.func.value)
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def fields(text: str) -> set[tuple[str, str | None]]:
    return {(name, conversion) for _, name, _, conversion in Formatter().parse(text) if name is not None}


def constants() -> Iterator[tuple[str, str, str]]:
    """Every Both that is written out in the package: where it stands, and its halves."""
    for where, name, call in calls():
        halves = [half.value for half in call.args if isinstance(half, ast.Constant) and isinstance(half.value, str)]
        if name == "Both" and len(call.args) == len(halves) == 2:
            yield where, halves[0], halves[1]


CONSTANTS = list(constants())


def test_no_error_is_raised_in_one_language() -> None:
    names = error_names()
    assert {"KpituiError", "UsageError", "InputError", "NameTakenError"} <= names
    errors = [(where, call) for where, name, call in calls() if name in names]
    assert len(errors) > 30
    assert [where for where, call in errors if any(map(is_bare_text, call.args))] == []


def test_every_constant_says_something_in_both_languages_or_nothing_in_either() -> None:
    assert len(CONSTANTS) > 200
    assert [where for where, ja, en in CONSTANTS if bool(ja) != bool(en)] == []


def test_both_halves_of_a_constant_have_the_same_fields() -> None:
    assert [where for where, ja, en in CONSTANTS if fields(ja) != fields(en)] == []


def test_a_part_in_both_languages_gives_each_its_own_half() -> None:
    outer, inner = Both("外 {what} {n!r}", "outer {what} {n!r}"), Both("内 {x}", "inner {x}")
    assert outer.format(what=inner.format(x="{y}"), n="1") == Both("外 内 {y} '1'", "outer inner {y} '1'")


@pytest.fixture
def bad_report(tmp_path: Path) -> Path:
    assert main(["import", str(SOURCE), "--to", str(tmp_path / "report")]) == 0
    kpis = tmp_path / "report" / "kpis.csv"
    kpis.write_text(kpis.read_text("utf-8").replace(",35000,", ',"1,2x",', 1), "utf-8")
    return tmp_path / "report"


def told(words: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """The exit code, and what was written to stderr."""
    capsys.readouterr()
    try:
        code: int | str | None = main(words)
    except SystemExit as end:
        code = end.code
    assert isinstance(code, int)
    return code, capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["show", "promotion-99"], 2, "kpitui: 識別名 'promotion-99' はありません。近いもの: 'promotion-9'\n"),
        (["kpis", "--columns", "statu"], 2, "kpitui: kpisの列 'statu' はありません。近いもの: 'status'\n"),
        (
            ["kpis", "--status", "x"],
            2,
            "kpitui: status: 値 'x' はありません。あるもの: worsened, missed, met, unmeasured, null\n",
        ),
        (["kpis", "--where", "x+"], 2, "kpitui: 式: "),
        (["kpis", "--report", "none"], 3, "kpitui: none: 報告フォルダがありません\n"),
        (["kpis", "--report", "none.xlsx"], 3, "kpitui: none.xlsx: ファイルがありません\n"),
        (["views", "show"], 2, "kpitui: views show: ビューを一つ以上指定してください\n"),
        (["projects", "--view", "worsened"], 2, "kpitui: ビュー 'worsened' は表 kpis のものです: "),
        (["overview", "--output", "."], 1, "kpitui: . は既にあります。--force で置き換えます\n"),
        (["overview", "--output", ".", "--force"], 3, "kpitui: .: 書き込めません: Is a directory\n"),
        (["import", "none.txt", "--to", "out"], 3, "kpitui: none.txt: 読めません: No such file or directory\n"),
    ],
)
def test_errors_are_told_in_japanese(
    words: list[str], code: int, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told(["--lang", "ja", *words], capsys)[0] == code
    assert told(["--lang", "ja", *words], capsys)[1].startswith(message)
    assert told([*words, "--lang=ja"], capsys)[1].startswith(message)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["kpis", "--nope"], "kpitui kpis: 不明な引数: --nope\n使い方: kpitui kpis "),
        (["import"], "kpitui import: 引数が足りません: SOURCE, --to\n使い方: "),
        (["kpis", "--limit"], "kpitui kpis: --limit: 値を一つ指定してください\n使い方: "),
        (["kpis", "--limit", "x"], "kpitui kpis: --limit: 値 'x' は正しくありません\n使い方: "),
        (["kpis", "--force=1"], "kpitui kpis: --force: 値 '1' は指定できません\n使い方: "),
        (["kpis", "--format", "x"], "kpitui kpis: --format: 'x' は選べません。選べるもの: "),
        (["kpis", "--lang", "x"], "kpitui kpis: --lang: 'x' は選べません。選べるもの: "),
        (["--nope"], "kpitui: 不明な引数: --nope\n使い方: kpitui "),
    ],
)
def test_a_wrong_command_line_is_told_in_japanese(
    words: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, text = told(["--lang=ja", *words], capsys)
    assert code == 2
    assert text.startswith(message)


def test_a_wrong_command_line_is_told_in_english(capsys: pytest.CaptureFixture[str]) -> None:
    code, text = told(["--lang", "en", "kpis", "--nope"], capsys)
    assert code == 2
    assert text.startswith("kpitui kpis: unrecognized arguments: --nope\nusage: kpitui kpis ")


def test_the_last_language_named_counts_before_and_after_the_verb(capsys: pytest.CaptureFixture[str]) -> None:
    assert "は表 kpis のものです" in told(["--lang", "en", "projects", "--view", "worsened", "--lang", "ja"], capsys)[1]
    assert "is of the table kpis" in told(["--lang", "ja", "projects", "--view", "worsened", "--lang=en"], capsys)[1]


def test_a_language_before_the_verb_is_the_tables_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "ja", "kpis", "--columns", "status", "--limit", "1", "--format", "md"]) == 0
    assert capsys.readouterr().out.startswith("| 状況 |")
    assert main(["--lang=en", "kpis", "--columns", "status", "--limit", "1", "--format", "md"]) == 0
    assert capsys.readouterr().out.startswith("| status |")


@pytest.mark.parametrize("words", [["--lang", "ja"], ["kpis", "--lang", "ja"], ["import", "--lang=ja"]])
def test_help_in_japanese_has_no_words_of_argparse(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([*words, "--help"])
    shown = capsys.readouterr().out
    assert shown.startswith("使い方: kpitui")
    assert not {"usage", "options", "positional", "show", "exit"} & {word.strip(":") for word in _prose(shown)}


def _prose(shown: str) -> list[str]:
    """The words of the help, without the examples, which name the verb show."""
    return [
        word for line in shown.splitlines() if "kpitui " not in line and "show" not in line for word in line.split()
    ]


def test_a_bad_cell_is_told_by_line_and_column_in_japanese(
    bad_report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, text = told(["--lang", "ja", "kpis", "--report", str(bad_report)], capsys)
    assert code == 1
    assert text == f"kpitui: {bad_report}/kpis.csv:5、列 baseline: '1,2x' は数値ではありません\n"


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ("schema = 2", "schema: 2 です。このプログラムが読むのは 1 です"),
        ("schema = 1\nnam = 1", "nam: キー 'nam' はありません。近いもの: 'name'"),
        ("schema = 1\nname = 1", "name: 1 は文字列ではありません"),
        ('schema = 1\n[view]\ntable = "kpi"', "view.table: 値 'kpi' はありません。近いもの: 'kpis'"),
        ("schema = 1\nrow = [{}]", "row: id のない項目があります"),
        ("schema =", "TOMLとして読めません: "),
    ],
)
def test_a_damaged_view_is_told_in_japanese(
    tmp_path: Path, document: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.toml"
    path.write_text(document, "utf-8")
    code, text = told(["--lang", "ja", "views", "check", str(path)], capsys)
    assert code == 1
    assert text.startswith(f"kpitui: {path}: {message}")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["kpis", "--report", "no\nsuch"], "kpitui: no␊such: no such report folder\n"),
        (["kpis", "--report", "no\r\nsuch"], "kpitui: no␊such: no such report folder\n"),
        (["kpis", "--ascii", "--report", "no\u2028such"], "kpitui: no␊such: no such report folder\n"),
        (["kpis", "--view", "no/such\n.toml"], "kpitui: no/such␊.toml: No such file or directory\n"),
        (["import", "no\nsuch", "--to", "q"], "kpitui: no␊such: cannot be read: No such file or directory\n"),
        (["kpis", "--no\nsuch"], "kpitui kpis: unrecognized arguments: --no␊such\nusage: kpitui kpis "),
    ],
)
def test_a_line_end_in_a_name_does_not_break_the_sentence(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told([*words, "--lang", "en"], capsys)[1].startswith(said)


def test_what_is_told_of_a_document_keeps_to_its_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a\nb.csv"
    path.write_text("事業,指標,目標,実績\nx,y,1,2\nx,z,3,4\n", "utf-8")
    assert main(["import", str(path), "--dry-run", "--lang", "en"]) == 0
    assert capsys.readouterr().out.startswith(f"document: {tmp_path}/a␊b.csv\n")


def test_an_expression_is_still_pointed_at_below(capsys: pytest.CaptureFixture[str]) -> None:
    lines = told(["kpis", "--where", "progress <", "--lang", "en"], capsys)[1].splitlines()
    assert lines == ["kpitui: where: cannot be read from here on", "progress <", "        ^"]


def test_an_import_is_told_in_either_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(SOURCE.read_text("utf-8").replace("\t434,000\t", "\t約434,000\t", 1), "utf-8")
    words = ["import", str(tmp_path / "a.txt"), "--to", str(tmp_path / "out")]
    japanese, english = (told(["--lang", lang, *words], capsys)[1].splitlines() for lang in ("ja", "en"))
    assert japanese[1].startswith("原文155行: 空行 31, ")
    assert "繰り返しの見出し 5" in japanese[1]
    assert japanese[2].endswith("a.txt:49: 実績値が数値ではありません: 約434,000")
    assert english[1].startswith("155 source lines: 31 blank, ")
    assert "5 repeated_head" in english[1]
    assert english[2].endswith("a.txt:49: actual is not a number: 約434,000")


def test_what_is_for_programs_does_not_depend_on_the_language(capsys: pytest.CaptureFixture[str]) -> None:
    texts = []
    for lang in ("ja", "en"):
        assert main(["--lang", lang, "kpis", "--limit", "2", "--format", "json"]) == 0
        texts.append(capsys.readouterr().out)
    assert texts[0] == texts[1]
    assert len(json.loads(texts[0])) == 2
