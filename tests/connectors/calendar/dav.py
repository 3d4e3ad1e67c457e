"""Real CalDAV servers on this machine."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

USER, PASSWORD = "ann", "secret"
_RADICALE = """\
[server]
hosts = 127.0.0.1:{port}
[auth]
type = htpasswd
htpasswd_filename = {folder}/users
htpasswd_encryption = plain
[storage]
filesystem_folder = {folder}/collections
[logging]
level = warning
"""
_MAKE = (
    b'<?xml version="1.0"?><d:mkcol xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:set>'
    b"<d:prop><d:resourcetype><d:collection/><c:calendar/></d:resourcetype></d:prop></d:set>"
    b"</d:mkcol>"
)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def _running(command: list[str], port: int) -> Iterator[None]:
    env = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}
    process = subprocess.Popen(
        command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(200):
            if process.poll() is not None:
                raise RuntimeError(f"{command[2]} ended at once")
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def radicale(folder: Path) -> Iterator[str]:
    """The address of a server that has one calendar of Ann's."""
    port = free_port()
    (folder / "users").write_text(f"{USER}:{PASSWORD}\n")
    (folder / "config").write_text(_RADICALE.format(port=port, folder=folder))
    command = [sys.executable, "-m", "radicale", "--config", str(folder / "config")]
    with _running(command, port):
        root = f"http://127.0.0.1:{port}/"
        auth = (USER, PASSWORD)
        made = httpx.request("MKCOL", f"{root}{USER}/work/", content=_MAKE, auth=auth)
        assert made.status_code == 201, made.text
        yield root


@contextmanager
def xandikos(folder: Path) -> Iterator[str]:
    """The same; it asks nobody who they are."""
    port = free_port()
    command = [sys.executable, "-m", "xandikos", "serve", "-d", str(folder / "data"), "--defaults"]
    command += ["-l", "127.0.0.1", "-p", str(port)]
    command += ["--current-user-principal", "/user/"]
    with _running(command, port):
        yield f"http://127.0.0.1:{port}/"
