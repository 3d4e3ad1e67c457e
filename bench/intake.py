"""A backlog is taken in: against a bare socket, mbsync and imap-tools, on the same server.

    python bench/intake.py --count 10000

Of the mails 70 % have 4 KB, 25 % a PDF of 80 KB, 5 % have 2 MB: 1.3 GB at 10,000. Ours is done when
every mail is durable: in the blobs and in the store, with its job and its link of the audit chain.
"""

import argparse
import asyncio
import base64
import os
import random
import resource
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bench.home import write_settings

if TYPE_CHECKING:  # what only the servers need is no part of what is measured
    from tests.servers import MailServers

_SIZES = ((0.70, 4_000), (0.25, 80_000), (0.05, 2_000_000))
_WINDOW = 200


class At(NamedTuple):
    """Where the mailbox is, and who may open it."""

    imap: int
    smtp: int
    ca: str
    user: str
    password: str


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--count", type=int, default=1_000)
    ask.add_argument("--child", choices=sorted(WAYS), help=argparse.SUPPRESS)
    ask.add_argument("--at", default="", help=argparse.SUPPRESS)
    given = ask.parse_args()
    if given.child:
        _child(given.child, given.at, given.count)
        return
    from bench.scene import real_servers

    with real_servers() as servers:
        size = fill(servers, given.count)
        print(f"{given.count:,} mails, {size / 1e6:,.0f} MB, over TLS")
        base = 0.0
        for name in ("raw", "raw", "ours", "raw", "ours", "mbsync", "imap-tools"):
            seconds, megabytes = measured(name, servers, given.count)
            base = base or seconds  # the first warms the cache of the server's files
            base = min(base, seconds) if name == "raw" else base
            print(f"{name:12} {seconds:7.2f} s  {seconds / base:5.2f} x  {megabytes:5.0f} MB RSS")


def fill(servers: "MailServers", count: int) -> int:
    """Puts the mails into the mailbox; how many bytes that is."""
    chance, total = random.Random(1), 0
    with servers.client("ops") as client:
        for number in range(count):
            drawn, size = chance.random(), _SIZES[-1][1]
            for share, bytes_ in _SIZES:
                drawn -= share
                if drawn < 0:
                    size = bytes_
                    break
            raw = mail(number, size, chance)
            client.append("INBOX", raw)
            total += len(raw)
    return total


def mail(number: int, size: int, chance: random.Random) -> bytes:
    """A mail of about this size, each with another content."""
    head = (
        f"From: billing{number % 200}@vendor.example\r\nTo: ops@corp.test\r\n"
        f"Subject: Invoice {number}\r\n"
        f"Date: Fri, 20 Nov 2026 12:00:00 +0000\r\nMessage-ID: <{number}@vendor.example>\r\n"
        "MIME-Version: 1.0\r\n"
    )
    if size < 10_000:
        text = f"Please find our invoice {number} below.\r\n" * (size // 45)
        return (head + "Content-Type: text/plain\r\n\r\n" + text).encode()
    content = b"%PDF-1.7\n" + chance.randbytes(size * 3 // 4)
    return (
        head.encode()
        + b'Content-Type: application/pdf; name="bill.pdf"\r\n'
        + b"Content-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(content).replace(b"\n", b"\r\n")
    )


def measured(name: str, servers: "MailServers", count: int) -> tuple[float, float]:
    """Seconds and peak memory of one way, in a process of its own."""
    from bench.scene import OPS
    from tests.servers import PASSWORD

    at = f"{servers.imap_port},{servers.smtp_port},{servers.ca},{OPS},{PASSWORD}"
    words = [sys.executable, __file__, "--child", name, "--at", at, "--count", str(count)]
    here = str(Path(__file__).parent.parent)
    ran = subprocess.run(
        words, env=os.environ | {"PYTHONPATH": here}, capture_output=True, text=True, check=False
    )
    if ran.returncode:
        raise SystemExit(f"{name}: {ran.stderr[-2000:]}")
    seconds, kilobytes = ran.stdout.split()[-2:]
    return float(seconds), int(kilobytes) / 1024


def _child(name: str, at: str, count: int) -> None:
    imap, smtp, ca, user, password = at.split(",")
    where = At(int(imap), int(smtp), ca, user, password)
    with tempfile.TemporaryDirectory(prefix="mailagent-intake-") as folder:
        seconds = WAYS[name](where, Path(folder), count)
    # Not `getrusage`: its peak is that of whoever started this process, too.
    own = int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
    below = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(seconds, below if name == "mbsync" else own)


def raw(at: At, _folder: Path, count: int) -> float:
    """A socket, two windows of questions on their way, and nothing made of the answers."""
    began = time.monotonic()
    plain = socket.create_connection(("localhost", at.imap))
    line = plain.makefile("rb")
    line.readline()
    plain.sendall(b"a STARTTLS\r\n")
    line.readline()
    secure = ssl.create_default_context(cafile=at.ca).wrap_socket(
        plain, server_hostname="localhost"
    )
    line = secure.makefile("rb")

    def until(tag: bytes) -> None:
        while not (answer := line.readline()).startswith(tag):
            if answer.endswith(b"}\r\n"):
                line.read(int(answer[answer.rindex(b"{") + 1 : -3]))
            if not answer:
                raise ConnectionError("the server hung up")

    secure.sendall(f"b LOGIN {at.user} {at.password}\r\nc SELECT INBOX\r\n".encode())
    until(b"c ")
    starts = list(range(1, count + 1, _WINDOW))
    for number, start in enumerate(starts):
        end = min(count, start + _WINDOW - 1)
        ask = b"f%d FETCH %d:%d (UID INTERNALDATE BODY.PEEK[])\r\n" % (number, start, end)
        secure.sendall(ask)
        if number:
            until(b"f%d " % (number - 1))
    until(b"f%d " % (len(starts) - 1))
    return time.monotonic() - began


def ours(at: At, folder: Path, count: int) -> float:
    """`ingest`, as the agent calls it: all is in the store and in the blobs, durable."""
    from mailagent.bootstrap import build
    from mailagent.settings import read_settings
    from mailagent.settings.passwords import Passwords
    from mailagent.stages.ingest import ingest

    write_settings(folder, at.user, at.imap, at.smtp, at.ca)
    set_up = get_context("spawn").Process(target=_set_up, args=(folder,))  # as `init` does, before
    set_up.start()
    set_up.join()
    passwords = Passwords.model_validate({"mailbox": at.password, "smtp": at.password})

    async def go() -> float:
        app = build(read_settings(folder), passwords)
        async with app.opened():
            began = time.monotonic()
            kept = await ingest(app.office)
            seconds = time.monotonic() - began
        if kept != count:
            raise SystemExit(f"{kept} of {count} were kept")
        return seconds

    return asyncio.run(go())


def _set_up(folder: Path) -> None:
    from mailagent.settings import read_settings
    from mailagent.store.migrate import migrate

    migrate(f"sqlite:///{read_settings(folder).database}")


def mbsync(at: At, folder: Path, _count: int) -> float:
    if not shutil.which("mbsync"):
        return float("nan")
    config = folder / "mbsyncrc"
    (folder / "m").mkdir()
    config.write_text(
        f"IMAPAccount a\nHost localhost\nPort {at.imap}\nUser {at.user}\nPass {at.password}\n"
        f"SSLType STARTTLS\nCertificateFile {at.ca}\nPipelineDepth 50\n\n"
        f"IMAPStore far\nAccount a\n\nMaildirStore near\nPath {folder}/m/\nInbox {folder}/i\n\n"
        "Channel c\nFar :far:\nNear :near:\nPatterns INBOX\nCreate Near\nSync Pull\n"
        "SyncState *\n"
    )
    began = time.monotonic()
    subprocess.run(["mbsync", "-q", "-c", str(config), "c"], check=True)
    return time.monotonic() - began


def imap_tools(at: At, folder: Path, count: int) -> float:
    try:
        from imap_tools import MailBoxStartTls
    except ImportError:
        return float("nan")
    began = time.monotonic()
    context = ssl.create_default_context(cafile=at.ca)
    with MailBoxStartTls("localhost", at.imap, ssl_context=context).login(
        at.user, at.password
    ) as box:
        found = 0
        for message in box.fetch(mark_seen=False, bulk=50):
            (folder / str(found)).write_bytes(message.obj.as_bytes())
            found += 1
    if found != count:
        raise SystemExit(f"imap-tools found {found} of {count}")
    return time.monotonic() - began


Way = Callable[[At, Path, int], float]
WAYS: dict[str, Way] = {"raw": raw, "ours": ours, "mbsync": mbsync, "imap-tools": imap_tools}

if __name__ == "__main__":
    main()
