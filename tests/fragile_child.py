"""A reading child like any other, but for the documents that kill it.

Run as `python -m tests.fragile_child`, in the place of mailagent.reading.child.
"""

import os
import signal
from collections.abc import Mapping
from typing import Any

from mailagent.reading.carried import Packed
from mailagent.reading.child import serve
from mailagent.reading.work import WORK, Work

KILLER = b"%PDF-1.7 whoever reads this dies"


def _fragile(work: Work) -> Work:
    def wary(job: Any, content: bytes) -> bytes | Packed:
        if content.startswith(KILLER):
            os.kill(os.getpid(), signal.SIGKILL)
        return work(job, content)

    return wary


FRAGILE: Mapping[type, Work] = {job: _fragile(work) for job, work in WORK.items()}

if __name__ == "__main__":
    serve(FRAGILE)
