"""A reading child: it opens foreign bytes, within limits, and answers in JSON.

Started as `python -m mailagent.reading.child FD LIMITS`; it ends when the agent closes FD.
"""

import select
import signal
import socket
import sys
from collections.abc import Mapping

from pydantic import ValidationError

from mailagent.core.errors import MailagentError
from mailagent.reading import frames, jobs
from mailagent.reading.carried import Packed
from mailagent.reading.limits import Limits, allow_one_job, confine
from mailagent.reading.work import WORK, Work, warm_up

_NOTHING = Packed(b"")


def serve(work: Mapping[type, Work]) -> None:
    """Gives up what it may not need, says hello, and works until the agent hangs up."""
    limits = Limits.from_json(sys.argv[2])
    confine(limits)
    with socket.socket(fileno=int(sys.argv[1])) as connection:
        _send(connection, jobs.Answer(ok=True), _NOTHING)
        if not select.select([connection], [], [], 0)[0]:  # nobody waits for an answer yet
            warm_up()
        for _ in range(limits.jobs):
            try:
                head, body = frames.receive_blocking(connection)
            except (frames.Broken, ConnectionError):  # the agent hung up
                return
            allow_one_job(limits)
            answer, value = _answer(work, head, body)
            _send(connection, answer, value)
            signal.setitimer(signal.ITIMER_REAL, 0)
            if answer.spent:
                return


def _send(connection: socket.socket, answer: jobs.Answer, made: Packed) -> None:
    head = answer.model_copy(update={"contents": tuple(len(each) for each in made.contents)})
    for piece in frames.frame(head.model_dump_json().encode(), made.value, *made.contents):
        connection.sendall(piece)


def _answer(work: Mapping[type, Work], head: bytes, body: bytes) -> tuple[jobs.Answer, Packed]:
    try:
        job = jobs.JOB.validate_json(head)
        made = work[type(job)](job, body)
        return jobs.Answer(ok=True), made if isinstance(made, Packed) else Packed(made)
    except MailagentError as refusal:
        return jobs.Answer(ok=False, why=refusal.what, advice=refusal.advice), _NOTHING
    except MemoryError:
        return jobs.Answer(ok=False, why="reading it takes too much memory", spent=True), _NOTHING
    except ValidationError as error:
        why = f"a reader made no sensible value ({error.error_count()} errors)"
        return jobs.Answer(ok=False, why=why), _NOTHING
    except Exception as error:  # noqa: BLE001 - the input is hostile, and the agent must hear of it
        why = f"a reader failed on it ({type(error).__name__})"
        return jobs.Answer(ok=False, why=why, spent=True), _NOTHING


if __name__ == "__main__":
    serve(WORK)
