"""A real sshd set up as the README says: guests read the report, and every way out of it is refused."""

import os
import re
import shlex
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import pytest
from probe import KPITUI, PATIENCE
from ssh import AVAILABLE, Sshd, free_port, logged_in

pytestmark = pytest.mark.skipif(
    not AVAILABLE and not os.environ.get("KPITUI_REQUIRE"), reason="there is no sshd, and KPITUI_REQUIRE is not set"
)

FIRST = "23 of 23"
NEEDS_A_TERMINAL = "connect from one with ssh -t"
README = (Path(__file__).resolve().parents[2] / "README.md").read_text("utf-8")
LAX = "AcceptEnv *\nX11Forwarding yes\nAllowTcpForwarding yes\nPermitTunnel yes\nGatewayPorts yes\n"
"""What sshd allows outside of the stanza."""
_BANNER = b"SSH-2.0"
_COMMAND = "/opt/kpitui/bin/kpitui --guest --guest-memory 512 /srv/reports/x"


def stanza() -> str:
    """The README's."""
    (found,) = re.findall(r"^```\n((?:(?!```).*\n)*Match User kpi\n(?:.+\n)*)```$", README, re.MULTILINE)
    assert isinstance(found, str)
    return found


class Guests(Sshd):
    """A server with the README's stanza for this user; `seen` tells what each session's command was given."""

    def __init__(self, folder: Path, *words: str) -> None:
        self.seen = folder / "seen"
        program = folder / "kpitui"
        program.write_text(
            f"#!/bin/sh\n(echo pid=$$; env) > {shlex.quote(str(self.seen))}\n"
            f"export PYTHONPATH={shlex.quote(os.environ.get('PYTHONPATH', ''))}\n"
            f'exec {shlex.join(KPITUI)} "$@"\n'
        )
        program.chmod(0o755)
        user = subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout.strip()
        told = stanza().replace("Match User kpi", f"Match User {user}")
        command = shlex.join([str(program), "--guest", "--guest-memory", "512", *words])
        super().__init__(folder, LAX + told.replace(_COMMAND, command))

    def processes(self) -> tuple[int, int]:
        """Those of the last session: the one outside, and the one that reads."""
        told = re.search(r"^pid=(\d+)$", self.seen.read_text(), re.MULTILINE)
        assert told is not None
        parent = int(told[1])
        return parent, int(Path(f"/proc/{parent}/task/{parent}/children").read_text("ascii"))


@pytest.fixture(scope="module")
def lax(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sshd]:
    """A server as it would be without the stanza: what is tried below works there."""
    running = Sshd(tmp_path_factory.mktemp("lax"), LAX)
    yield running
    running.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guests]:
    running = Guests(tmp_path_factory.mktemp("guests"))
    yield running
    running.close()


def test_the_stanza_is_the_one_that_is_tried() -> None:
    assert stanza().count(_COMMAND) == 1
    assert stanza().count("Match User kpi\n") == 1


# Sessions in a terminal


def test_a_guest_reads_and_leaves(server: Guests) -> None:
    with logged_in(server, "") as running:
        running.wait_for(FIRST, "q quit")
        running.press("3")
        running.wait_for("82 of 82")
        running.press("q")
        assert running.wait_for_end() == 0
        assert running.is_restored


@pytest.mark.parametrize("words", ["sh", "cat /etc/passwd", "kpitui config show", "'; sh; '", "$(sh)", "x --resume"])
def test_another_command_opens_the_report_all_the_same(server: Guests, words: str) -> None:
    with logged_in(server, words) as running:
        running.wait_for(FIRST, "q quit")
        running.press("q")
        assert running.wait_for_end() == 0
        assert "root:" not in running.written.decode()


def test_keys_that_signal_lead_to_no_shell(server: Guests) -> None:
    with logged_in(server, "") as running:
        running.wait_for(FIRST)
        running.press("\x1a", "\x1c", "3")
        running.wait_for("82 of 82")
        running.press("\x03")
        assert running.wait_for_end() == 130
        assert running.is_restored


@pytest.mark.parametrize("term", ["../../x", "/etc/passwd", "dumb"])
def test_a_terminal_that_is_a_path_or_none_is_refused(server: Guests, term: str) -> None:
    with logged_in(server, "", (120, 24), term) as running:
        assert running.wait_for_end() == 2
        assert NEEDS_A_TERMINAL in running.text


HOSTILE = {
    "KPITUI_CONFIG": "/tmp/evil.toml",
    "XDG_CONFIG_HOME": "/tmp",
    "TEXTUAL_DRIVER": "os:system",
    "PYTHONPATH": "/tmp",
    "PYTHONINSPECT": "1",
    "PYTHONWARNINGS": "all:0:antigravity.x:0:0",
    "LD_PRELOAD": "/tmp/x.so",
    "BASH_ENV": "/tmp/rc",
    "ENV": "/tmp/rc",
    "EDITOR": "/tmp/edit",
    "VISUAL": "/tmp/edit",
    "PAGER": "/tmp/page",
    "LESSOPEN": "|/tmp/open %s",
    "BROWSER": "/tmp/browse",
    "NO_COLOR": "1",
    "KPITUI_ASCII": "1",
    "KPITUI_LANG": "ja",
    "XDG_CACHE_HOME": "/tmp",
    "XDG_DATA_HOME": "/tmp",
    "XDG_STATE_HOME": "/tmp",
    "TMPDIR": "/tmp/there",
}
SEND = tuple(word for name in (*HOSTILE, "LC_*") for word in ("-o", f"SendEnv={name}"))


def test_variables_do_not_arrive(server: Guests, lax: Sshd) -> None:
    local = {name: value for name, value in HOSTILE.items() if name != "LD_PRELOAD"}
    assert "PYTHONINSPECT=1" in _said(lax.command("env", *SEND, terminal=False), local)
    with logged_in(server, "", more=SEND, env={**local, "LC_ALL": "/tmp/locale"}) as running:
        running.wait_for(FIRST)
        running.press("q")
        assert running.wait_for_end() == 0
    names = {line.partition("=")[0] for line in server.seen.read_text().splitlines()}
    assert "LC_ALL" in names
    assert not set(HOSTILE) & names


def test_what_a_guest_says_chooses_the_language_and_nothing_else(server: Guests) -> None:
    local = {name: value for name, value in HOSTILE.items() if name != "LD_PRELOAD"}
    with logged_in(server, "", more=SEND, env={**local, "LC_ALL": "ja_JP.UTF-8"}) as running:
        running.wait_for("23 / 23件", "q 終了", "…")  # in ASCII mode there is none of the last
        assert re.search(rb"\x1b\[[0-9;]*3[1-6]m", running.written)  # without colours there is none
        running.press("q")
        assert running.wait_for_end() == 0


def test_a_command_line_of_a_hundred_thousand_letters_opens_the_report_all_the_same(server: Guests) -> None:
    with logged_in(server, "x" * 100_000) as running:
        running.wait_for(FIRST, "q quit")
        running.press("q")
        assert running.wait_for_end() == 0
        assert b"xxx" not in running.written


def test_an_idle_guest_is_logged_out_and_told_so(tmp_path: Path) -> None:
    server = Guests(tmp_path, "--guest-idle", "0.1")
    try:
        with logged_in(server, "") as running:
            running.wait_for(FIRST)
            processes = server.processes()
            assert running.wait_for_end() == 0
            assert "left after 0.1 minutes without a key" in running.text
            assert running.is_restored
            _wait_until(lambda: all(map(_is_gone, processes)))
    finally:
        server.close()


# Without a terminal


@pytest.mark.parametrize("words", ["", "sh", "cat /etc/passwd", "scp -f /etc/passwd"])
def test_without_a_terminal_a_sentence_says_so(server: Guests, words: str) -> None:
    done = _run(server.command(words, terminal=False))
    assert done.returncode == 2
    assert NEEDS_A_TERMINAL in done.stderr.decode()
    assert done.stdout == b""


def test_no_file_is_fetched_or_left(server: Guests, lax: Sshd, tmp_path: Path) -> None:
    def fetched(from_: Sshd, *more: str) -> bool:
        target = tmp_path / "fetched"
        target.unlink(missing_ok=True)
        command = from_.command("", *more, program="scp")
        _run([*command, f"{from_.where}:/etc/passwd", str(target)])
        return target.exists()

    assert fetched(lax)
    assert not fetched(server)
    assert not fetched(server, "-O")
    left = tmp_path / "left"
    _run([*server.command("", program="scp"), "/etc/passwd", f"{server.where}:{left}"])
    assert not left.exists()


def test_sftp_is_not_there(server: Guests, lax: Sshd) -> None:
    asked = b"get /etc/passwd /dev/null\n"
    assert _run([*lax.command("", program="sftp"), lax.where], asked).returncode == 0
    assert _run([*server.command("", program="sftp"), server.where], asked).returncode != 0


# Forwarding


def _through_local(server: Sshd) -> bytes:
    port = free_port()
    with _forwarding(server, "-L", f"127.0.0.1:{port}:127.0.0.1:{server.port}"):
        return _heard(port)


def _through_dynamic(server: Sshd) -> bytes:
    port = free_port()
    asked = b"\x05\x01\x00", b"\x05\x01\x00\x01\x7f\x00\x00\x01" + server.port.to_bytes(2, "big")
    with _forwarding(server, "-D", f"127.0.0.1:{port}"):
        return _heard(port, *asked)


def _through_remote(server: Sshd) -> bytes:
    port = free_port()
    with _forwarding(server, "-o", "ExitOnForwardFailure=yes", "-R", f"{port}:127.0.0.1:{server.port}"):
        return _heard(port)


def _through_a_pipe(server: Sshd) -> bytes:
    command = server.command("", "-W", f"127.0.0.1:{server.port}", terminal=False)
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as client:
        assert client.stdout is not None
        try:
            return client.stdout.readline()  # the other end's first words, or none, once the client has given up
        finally:
            client.kill()


@pytest.mark.parametrize("way", [_through_local, _through_dynamic, _through_remote, _through_a_pipe])
def test_nothing_is_forwarded(server: Guests, lax: Sshd, way: Callable[[Sshd], bytes]) -> None:
    assert _BANNER in way(lax)
    assert _BANNER not in way(server)


def test_neither_agent_nor_display_is_forwarded(server: Guests, lax: Sshd, tmp_path: Path) -> None:
    path = tmp_path / "agent"
    with subprocess.Popen(["ssh-agent", "-D", "-a", str(path)], stdout=subprocess.DEVNULL) as agent:
        try:
            _wait_until(path.exists)
            asked, env = ("-A", "-Y"), {"SSH_AUTH_SOCK": str(path), "DISPLAY": ":9"}
            assert "SSH_AUTH_SOCK=" in _said(lax.command("env", *asked, terminal=False), env)
            with logged_in(server, "", more=asked, env=env) as running:
                running.wait_for(FIRST)
        finally:
            agent.terminate()
    assert not re.search("^(SSH_AUTH_SOCK|DISPLAY)=", server.seen.read_text(), re.MULTILINE)


# Ends


def _is_gone(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):  # before it was opened, or between that and its being read
        return True


def test_a_line_that_drops_leaves_no_process(server: Guests) -> None:
    with logged_in(server, "") as running:
        running.wait_for(FIRST)
        processes = server.processes()
        running.hang_up()
        _wait_until(lambda: all(map(_is_gone, processes)))


def test_a_kill_leaves_no_process(server: Guests) -> None:
    with logged_in(server, "") as running:
        running.wait_for(FIRST)
        parent, child = server.processes()
        os.kill(parent, signal.SIGKILL)
        _wait_until(lambda: _is_gone(child))
        assert running.wait_for_end() != 0
        assert running.is_restored


@contextmanager
def _forwarding(server: Sshd, *more: str) -> Iterator[None]:
    """A client that forwards, once it is logged in or has given up."""
    command = server.command("", "-N", "-v", *more, terminal=False)
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE) as client:
        assert client.stderr is not None
        for line in client.stderr:
            if (b"remote forward success" if "-R" in more else b"Entering interactive session") in line:
                break
        try:
            yield
        finally:
            client.kill()  # a mere request can be missed between two looks at the line


def _heard(port: int, *words: bytes) -> bytes:
    """What is heard at a port after saying something; nothing where nobody listens, or nobody speaks."""
    heard = b""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as line:
            for each in words:
                line.sendall(each)
                heard += line.recv(4096)
            while _BANNER not in heard and (more := line.recv(4096)):
                heard += more
    except OSError:
        return heard
    return heard


def _run(command: list[str], given: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(command, input=given, capture_output=True, check=False, timeout=PATIENCE)


def _said(command: list[str], env: dict[str, str]) -> str:
    done = subprocess.run(
        command, env={**os.environ, **env}, stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE, check=False
    )
    return done.stdout.decode()


def _wait_until(condition: Callable[[], bool]) -> None:
    end = monotonic() + PATIENCE
    while not condition():
        assert monotonic() < end, "it never came"
        sleep(0.05)
