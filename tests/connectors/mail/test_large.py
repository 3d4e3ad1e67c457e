"""A mail of 50 MB, from the server to the disk and opened: what the agent itself takes."""

import asyncio
import base64
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mailagent.bootstrap import build
from mailagent.core.job import Job, Stage
from mailagent.settings import read_settings
from mailagent.settings.passwords import Passwords
from mailagent.stages.ingest import ingest
from mailagent.stages.sort import sort
from tests.cli.homes import home_on
from tests.servers import PASSWORD, MailServers

pytestmark = [pytest.mark.slow, pytest.mark.servers, pytest.mark.timeout(150)]
_MEGABYTE = 1_000_000


def large() -> bytes:
    content = base64.encodebytes(b"%PDF-1.7\n" + os.urandom(37 * _MEGABYTE)).replace(b"\n", b"\r\n")
    return (
        b"From: vendor@elsewhere.test\r\nTo: ops@corp.test\r\nSubject: Plans\r\n"
        b"Message-ID: <large@elsewhere.test>\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: application/pdf; name="plans.pdf"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n" + content
    )


def test_fifty_megabytes_stay_under_250(tmp_path: Path, real_servers: MailServers) -> None:
    raw = large()
    assert 49 * _MEGABYTE < len(raw) < 52_428_800
    with real_servers.client("ops") as client:
        client.append("INBOX", raw)
    home = home_on(tmp_path / "home", real_servers)
    ran = subprocess.run(
        [sys.executable, __file__, str(home)],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    megabytes = int(ran.stdout.split()[-1]) / 1024
    assert megabytes < 250


async def _take_in(home: Path) -> None:
    passwords = Passwords.model_validate({"mailbox": PASSWORD, "smtp": PASSWORD})
    app = build(read_settings(home), passwords)
    async with app.opened():
        assert await ingest(app.office) == 1
        await sort(app.office, Job(stage=Stage.SORT, subject=1))
        async with app.office.store.begin(app.office.company.id) as tx:
            (document,) = await tx.documents(1)
    assert document.size > 37 * _MEGABYTE


if __name__ == "__main__":
    asyncio.run(_take_in(Path(sys.argv[1])))
    # Not `getrusage`: its peak is that of whoever started this process, too.
    status = Path("/proc/self/status").read_text()
    print(status.partition("VmHWM:")[2].split()[0])  # noqa: T201 - what the test reads
