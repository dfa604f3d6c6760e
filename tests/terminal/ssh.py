"""A real sshd on a loopback port, with keys and configuration of its own, and the way to log in to it."""

import getpass
import os
import shlex
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from probe import KPITUI, PATIENCE, Terminal

_CARRIED = ("PYTHONPATH", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
_POLL = 0.05
_PORTS = 5
"""Ports that are tried: another program may take one between its being found free and its being used."""
_LISTENING = "Server listening on 127.0.0.1"


def found(name: str) -> str | None:
    """Where a program of OpenSSH lies; sshd is seldom on a user's path."""
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


AVAILABLE = all(map(found, ("sshd", "ssh", "ssh-keygen")))


class Sshd:
    """A server that only this user's own key opens; `more` is configuration after the usual one."""

    port: int
    _process: "subprocess.Popen[bytes]"

    def __init__(self, folder: Path, more: str = "") -> None:
        assert AVAILABLE, "KPITUI_REQUIRE is set, and there is no OpenSSH with a server"
        self._folder = folder
        self._more = more
        for name in ("host", "user"):
            _run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name))
        (folder / "authorized_keys").write_text((folder / "user.pub").read_text())
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # where the server's unprivileged part lives
        self._log = (folder / "log").open("wb")
        assert any(self._listens() for _ in range(_PORTS)), f"sshd ended:\n{self._said}"

    def _listens(self) -> bool:
        """Start the server on a free port; False where it ended, as when another has taken the port meanwhile."""
        self.port = free_port()
        public = (self._folder / "host.pub").read_text().split()
        (self._folder / "known_hosts").write_text(f"[127.0.0.1]:{self.port} {public[0]} {public[1]}\n")
        (self._folder / "sshd_config").write_text(self._config())
        # In the foreground: what is started here is what is ended here.
        command = [found("sshd") or "", "-D", "-e", "-f", str(self._folder / "sshd_config")]
        self._process = subprocess.Popen(command, stderr=self._log)
        end = monotonic() + PATIENCE
        while self._process.poll() is None and _LISTENING not in self._said:
            assert monotonic() < end, f"sshd never listened:\n{self._said}"
            sleep(_POLL)
        return self._process.poll() is None

    @property
    def _said(self) -> str:
        return (self._folder / "log").read_text()

    def _config(self) -> str:
        return f"""
            ListenAddress 127.0.0.1
            Port {self.port}
            HostKey {self._folder / "host"}
            AuthorizedKeysFile {self._folder / "authorized_keys"}
            PidFile none
            StrictModes no
            UsePAM no
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            PermitRootLogin prohibit-password
            Subsystem sftp internal-sftp
            {self._more}
        """

    def command(self, remote: str, *more: str, program: str = "ssh", terminal: bool = True) -> list[str]:
        """The words that run a command of the remote shell in a terminal there, with no settings of the user's.

        `more` are options of the client; `scp` and `sftp`, which take the same ones, add where themselves.
        """
        options = {
            "IdentityFile": self._folder / "user",
            "UserKnownHostsFile": self._folder / "known_hosts",
            "IdentitiesOnly": "yes",
            "StrictHostKeyChecking": "yes",
            "BatchMode": "yes",
            **({"EscapeChar": "none"} if program == "ssh" else {}),
        }
        settings = [word for key, value in options.items() for word in ("-o", f"{key}={value}")]
        begin = [found(program) or "", "-F", "none", *settings, "-o", f"Port={self.port}", *more]
        if program != "ssh":
            return begin
        return [*begin, *(["-tt"] if terminal else ["-T"]), self.where, *([remote] if remote else [])]

    @property
    def where(self) -> str:
        """User and host."""
        return f"{getpass.getuser()}@127.0.0.1"

    def close(self) -> None:
        """End the server; what it began ends with its connections."""
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(PATIENCE)
        self._log.close()


def kpitui(*words: str, **more: str) -> str:
    """The shell's command that runs this checkout's kpitui, in the folders and the language of the test."""
    carried = {name: os.environ[name] for name in _CARRIED if name in os.environ}
    settings = {"LC_ALL": "C.UTF-8", **carried, **more}
    told = [f"{name}={value}" for name, value in settings.items()]
    return shlex.join(("env", *told, *KPITUI, "--lang", "ja", *words))


@contextmanager
def logged_in(
    server: Sshd,
    remote: str,
    size: tuple[int, int] = (80, 24),
    term: str = "",
    more: tuple[str, ...] = (),
    env: Mapping[str, str] | None = None,
) -> Iterator[Terminal]:
    """A session of `ssh -tt`, ended in any case."""
    told = {**(env or {}), **({"TERM": term} if term else {})}
    running = Terminal(server.command(remote, *more), size, told)
    try:
        yield running
    finally:
        running.close()


def free_port() -> int:
    """One on which nobody listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _run(*words: str) -> None:
    subprocess.run([found(words[0]) or "", *words[1:]], check=True, capture_output=True, timeout=PATIENCE)
