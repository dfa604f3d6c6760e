"""Which room may import what, tried in fresh interpreters."""

import subprocess
import sys

import pytest

IMPORT_ALL = """
import importlib, pkgutil, sys
package = importlib.import_module(sys.argv[1])
names = [module.name for module in pkgutil.walk_packages(package.__path__, package.__name__ + ".")]
for name in names:
    importlib.import_module(name)
print("imported", len(names))
print("textual" in sys.modules)
"""
RUN_CLI = """
import sys
from kpitui.cli import main
try:
    code = main(sys.argv[1:])
except SystemExit as end:
    code = end.code
print()
print(code or 0, sorted({"textual", "polars"} & set(sys.modules)))
"""


def last_lines(script: str, *words: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", script, *words], capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-2:]


@pytest.mark.parametrize("package", ["report", "sources", "views", "output", "text"])
def test_a_package_without_a_screen_imports_no_textual(package: str) -> None:
    imported, has_textual = last_lines(IMPORT_ALL, f"kpitui.{package}")
    assert imported.startswith("imported ")
    assert imported != "imported 0"
    assert has_textual == "False"


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_and_version_come_without_textual_and_polars(option: str) -> None:
    assert last_lines(RUN_CLI, option)[-1] == "0 []"
