"""What a reader would take instead, installed where only the benchmark finds it."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

WANTED = ("visidata==3.4", "dataframe-textual==3.3.0")


@dataclass(frozen=True)
class Rivals:
    """Where the rivals' programs lie, and for each that could not be installed why."""

    programs: Path
    missing: dict[str, str]

    def visidata(self, file: Path) -> list[str]:
        """VisiData on a file, without anyone's settings."""
        return [str(self.programs / "vd"), "--config", "/dev/null", str(file)]

    def dataframe_textual(self, file: Path) -> list[str]:
        """dataframe-textual on a file."""
        return [str(self.programs / "dv"), str(file)]


def installed(cache: Path) -> Rivals:
    """The rivals in a venv of their own in the cache folder, made and filled at the first call."""
    venv = cache / f"rivals-{sys.version_info.major}.{sys.version_info.minor}"
    programs = venv / "bin"
    if not (programs / "python").exists():
        subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    told = {wanted.partition("==")[0]: _install(programs, wanted) for wanted in WANTED}
    return Rivals(programs, {name: why for name, why in told.items() if why})


def _install(programs: Path, wanted: str) -> str:
    """Nothing where the package is there, else the last thing that pip said."""
    pip = [str(programs / "python"), "-m", "pip", "--disable-pip-version-check", "--quiet"]
    name, _, version = wanted.partition("==")
    shown = subprocess.run([*pip, "show", name], capture_output=True, text=True, check=False)
    if f"Version: {version}" in shown.stdout.splitlines():
        return ""
    done = subprocess.run([*pip, "install", wanted], capture_output=True, text=True, check=False)
    return done.stderr.strip().splitlines()[-1] if done.returncode else ""
