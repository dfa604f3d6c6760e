"""Fill in what README.md takes from the program: `.venv/bin/python .ci/readme.py`.

That is the table of keys, the example of a saved view, and what the commands in its `console` blocks print.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from kpitui.report import builtin
from kpitui.report.load import load
from kpitui.tui.commands import COMMANDS, Command
from kpitui.tui.importing.commands import OWN
from kpitui.tui.keys import printed
from kpitui.views.saved import dump, record
from kpitui.views.spec import ViewSpec

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"

# The view that the README saves, shows and checks.
_NAME = "shortfall"
_NOTE = "questions for the September session"
_SPEC = ViewSpec("kpis").only("status", ("worsened", "missed"))

_CONSOLE = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
_PROMPT = "$ "
_CONTEXTS = {"table", "facets", "page"}


def main() -> int:
    """Rewrite README.md where it differs from what the program says."""
    README.write_text(filled(README.read_text("utf-8")), "utf-8", newline="\n")
    return 0


def filled(text: str) -> str:
    """The README with its generated parts as they are today."""
    view = saved_view()
    text = _between(text, "keys", keys())
    text = _between(text, "import keys", import_keys())
    text = _between(text, "saved view", f"```toml\n{shortened(view)}```\n")
    with tempfile.TemporaryDirectory() as folder:
        run = _runner(Path(folder), view)
        return _CONSOLE.sub(lambda match: "\n".join(map(run, _commands(match[0]))), text)


def _between(text: str, name: str, content: str) -> str:
    """The text with other content between two HTML comments."""
    start, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->\n"
    before, _, rest = text.partition(start)
    _, found, after = rest.partition(end)
    if not found:
        raise SystemExit(f"{README}: no {start.strip()} with {end.strip()} after it")
    return f"{before}{start}\n{content}\n{end}{after}"


# Keys


def keys() -> str:
    """The table of every command with its keys, in the order of the program's own help."""
    rows = (f"| {_keys(each)} | {each.help.en} | {each.help.ja} | {_where(each)} |\n" for each in COMMANDS)
    return "| Key | What it does | 日本語 | Where |\n|---|---|---|---|\n" + "".join(rows)


def import_keys() -> str:
    """The table of the import screen's own commands with their keys."""
    rows = (f"| {_keys(each)} | {each.help.en} | {each.help.ja} | `{each.id}` |\n" for each in OWN)
    return "| Key | What it does | 日本語 | In `[keys]` |\n|---|---|---|---|\n" + "".join(rows)


def _keys(command: Command) -> str:
    return " ".join(f"`{printed(key)}`" for key in command.keys).replace("|", r"\|")


def _where(command: Command) -> str:
    return "everywhere" if set(command.where) == _CONTEXTS else ", ".join(command.where)


# The saved view


def saved_view() -> str:
    """The file that saving the example writes."""
    return dump(record(load(builtin.folder()), _SPEC, _NAME, _NOTE))


def shortened(view: str) -> str:
    """The file with its first two ids and its first row; comments say what is left out."""
    head, first, *others = view.split("\n[[row]]\n")
    before, start, listed = head.partition("ids = [\n")
    ids = listed.splitlines()[:-1]
    few = "\n".join([*ids[:2], f"    # … {len(ids) - 2} more", "]"])
    return f"{before}{start}{few}\n\n[[row]]\n{first}# … {len(others)} more rows\n"


# What commands print


def _commands(block: str) -> list[str]:
    return [line.removeprefix(_PROMPT) for line in block.splitlines() if line.startswith(_PROMPT)]


def _runner(folder: Path, view: str) -> Callable[[str], str]:
    """Runs commands in a folder of their own, which has the checkout's data and, among its views, the example."""
    (folder / "data").symlink_to(ROOT / "data", target_is_directory=True)
    views = folder / ".share" / "kpitui" / "views"
    views.mkdir(parents=True)
    (views / f"{_NAME}.toml").write_text(view, "utf-8")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    own = {"PATH": path, "LC_ALL": "C.UTF-8", "COLUMNS": "80", "XDG_DATA_HOME": str(folder / ".share")}

    def run(command: str) -> str:
        words = ["bash", "-c", f"exec 2>&1; {command}"]
        done = subprocess.run(words, cwd=folder, env=os.environ | own, stdout=subprocess.PIPE, check=False)
        lines = done.stdout.decode("utf-8").splitlines()
        return "".join(f"{line.rstrip()}\n" for line in [_PROMPT + command, *lines])

    return run


if __name__ == "__main__":
    sys.exit(main())
