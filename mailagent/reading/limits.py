"""What a child may use. The parsers' worst inputs are sent on purpose."""

import json
import resource
import signal
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Limits:
    """Limits of one child. Memory is address space: libraries and all; of it, `data` is its own."""

    memory: int = 1024 * 1024 * 1024
    data: int = 560 * 1024 * 1024
    cpu_seconds: int = 20  # for one input
    wall_seconds: float = 30.0  # for one input; the agent kills the child then
    jobs: int = 200  # after which a child is replaced: leaks end with it
    open_files: int = 64

    def to_json(self) -> str:
        """As a child is told them."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Limits":
        """As a child hears them."""
        return cls(**json.loads(text))


def confine(limits: Limits) -> None:
    """For the child's whole life. It can write no file, start no process and leave no core."""
    _lower(resource.RLIMIT_AS, limits.memory)
    _lower(resource.RLIMIT_DATA, min(limits.data, limits.memory))
    _lower(resource.RLIMIT_FSIZE, 0)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_NPROC, 0)
    _lower(resource.RLIMIT_NOFILE, limits.open_files)
    _lower(resource.RLIMIT_CPU, limits.cpu_seconds * (limits.jobs + 1))


def allow_one_job(limits: Limits) -> None:
    """A fresh allowance of CPU time; and an end by itself if the agent died meanwhile."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + 1 + limits.cpu_seconds
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (min(seconds, hard), hard))
    signal.setitimer(signal.ITIMER_REAL, limits.wall_seconds * 2)


def _lower(what: int, value: int) -> None:
    _, hard = resource.getrlimit(what)
    bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(what, (bound, bound))
