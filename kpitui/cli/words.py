"""The longer texts of --help: examples, and what each verb does."""

from __future__ import annotations

from kpitui.text.wording import Both

TYPE_CHECKING = False  # see `kpitui.text.wording`
if TYPE_CHECKING:
    from kpitui.text.wording import Lang

EXAMPLES = Both(
    """例:
  kpitui                                          内蔵の報告書を開く (山口県 令和3年度)
  kpitui kpis --status missed,worsened            目標に届かなかったKPI
  kpitui kpis --status missed,worsened --format json
  kpitui projects --rating 3 --sort -cost         「効果があった」事業を金額の大きい順に
  kpitui audit --fail-on disagrees                評価が基準と一致しない事業があれば終了コード1
  kpitui show promotion-6.3                       一つの数値の根拠と出典行
  kpitui --view underperforming                   保存したビューで開く
  kpitui --resume                                 前回の続きから (回線が切れた後など)

動詞 (動詞なしは画面での閲覧):
  projects    事業の表
  kpis        KPIの表
  overview    状況別の件数、一致しない評価、評価 × 今後、支出、点検、交付金
  audit       公表された評価と、印字された基準が認める評価
  compare A B 前の報告書と後の報告書の違い
  checks      報告書そのものの点検
  show ID     一件の全文、原文のセル、出典行、計算の根拠
  facets 列   値と件数
  views       保存したビューの一覧、表示 (show)、照合 (check)
  import      公表文書を報告フォルダにする
  config      設定の値と由来 (show)、設定ファイルの場所 (path)
  completion  シェルの補完 (bash、zsh、fish)
  man         マニュアル (kpitui man | man -l -)

動詞ごとの説明は kpitui 動詞 --help
終了コード: 0 正常、1 照合で相違または不正なデータ、2 使い方の誤り、3 入力がない・読めない、
70 kpitui の中の誤り、130 中断""",
    """Examples:
  kpitui                                          open the built-in report (Yamaguchi, fiscal 2021)
  kpitui kpis --status missed,worsened            the KPIs that fell short
  kpitui kpis --status missed,worsened --format json
  kpitui projects --rating 3 --sort -cost         projects rated third, most expensive first
  kpitui audit --fail-on disagrees                exit code 1 if a rating disagrees with the printed criteria
  kpitui show promotion-6.3                       the working and the source line behind one figure
  kpitui --view underperforming                   open with a saved view
  kpitui --resume                                 go on where the last session ended, or was cut off

Verbs (without one, the browser opens):
  projects      the table of projects
  kpis          the table of KPIs
  overview      counts by status, what disagrees, rating × direction, spend, checks, grants
  audit         published ratings against what the printed criteria admit
  compare A B   what differs between an earlier and a later report
  checks        the report against itself
  show ID       one record in full, with raw cells, source lines and working
  facets COLUMN values with counts
  views         saved views: list, show, check
  import        a published document into a report folder
  config        settings and where they come from (show), the file's path (path)
  completion    completion for a shell: bash, zsh, fish
  man           the manual page: kpitui man | man -l -

Every verb has its own --help.
Exit codes: 0 fine, 1 a check found something or the data are bad, 2 usage, 3 input missing or unreadable,
70 an error inside kpitui, 130 interrupted""",
)
HELP = {
    "projects": Both("事業の表", "the table of projects"),
    "kpis": Both("KPIの表", "the table of KPIs"),
    "overview": Both("報告書の概要", "the report at a glance"),
    "audit": Both("公表された評価と印字された基準の照合", "published ratings against the printed criteria"),
    "checks": Both(
        "報告書そのものの点検 (見つかれば終了コード1)", "the report against itself (exit code 1 if anything is found)"
    ),
    "compare": Both(
        "前の報告書と後の報告書の違い。事業とKPIは名称で対応づける",
        "what differs between an earlier and a later report; projects and KPIs are paired by name",
    ),
    "show": Both("一件の全文と根拠", "one record in full, with its working"),
    "facets": Both("列の値と件数 (欠けている値も数える)", "a column's values with counts, missing ones too"),
    "views": Both("保存したビュー", "saved views"),
    "import": Both("公表文書を報告フォルダにする", "a published document into a report folder"),
    "config": Both("設定の値と由来", "settings, and where each comes from"),
    "completion": Both(
        'シェルの補完のスクリプト。例 eval "$(kpitui completion bash)"',
        'a script that completes words in a shell, e.g. eval "$(kpitui completion bash)"',
    ),
    "man": Both(
        "マニュアルをtroffの形式で書く。読むには kpitui man | man -l -",
        "the manual page, for troff; to read it: kpitui man | man -l -",
    ),
}
"""What each verb does."""
VERBS = tuple(HELP)


def description(verb: str, lang: Lang) -> str:
    """What help says of a verb before its options; without a verb, of the program."""
    if verb != "config":
        return HELP.get(verb, EXAMPLES).say(lang)
    from kpitui.output.settings import described  # noqa: PLC0415 - rich takes a while, and no other help needs it

    return f"{HELP[verb].say(lang)}\n\n{described(lang)}"
