"""The jobs of a child: each takes the input and gives the answer's body.

Only children import this: it loads the native libraries.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from pydantic import TypeAdapter

from mailagent.core.document import Origin
from mailagent.core.message import Arrival
from mailagent.core.reply import Signature
from mailagent.reading import jobs
from mailagent.reading.carried import Packed, emptied, unloaded
from parsers.kinds import read_document
from parsers.meeting.calendar import EVENTS
from parsers.searchable import searchable

Work = Callable[[Any, bytes], bytes | Packed]
_SIGNATURES: TypeAdapter[tuple[Signature, ...]] = TypeAdapter(tuple[Signature, ...])

_TEXTS: TypeAdapter[tuple[str, ...]] = TypeAdapter(tuple[str, ...])


def warm_up() -> None:
    """Loads what reading a page does not need: as much again."""
    import mailagent.reading.picture  # noqa: F401 - loading it is all
    import parsers.mail.archives
    import parsers.mail.dkim
    import parsers.mail.mime
    import parsers.mail.reply_facts
    import parsers.meeting.objects
    import parsers.triage.look  # noqa: F401


def _open(_: jobs.OpenMail, raw: bytes) -> Packed:
    from parsers.mail.mime import read_message
    from parsers.triage.look import looked_at

    message, contents = unloaded(looked_at(raw, read_message(raw)))
    return Packed(message.model_dump_json().encode(), contents)


def _read(job: jobs.ReadDocument, raw: bytes) -> bytes:
    reading = read_document(
        raw,
        page_text_only=job.page_text_only,
        as_kind=job.as_kind,
        part=job.document.part,
        us=job.us,
        cover=job.cover.on(job.document.name, is_mail=job.document.origin is Origin.BODY),
    )
    return reading.model_dump_json().encode()


def _words(_: jobs.ReadWords, raw: bytes) -> bytes:
    return searchable(raw).encode("utf-8", "replace")


def _unpack(job: jobs.OpenArchive, raw: bytes) -> Packed:
    from parsers.mail.archives import taken_out

    attached, contents = emptied(taken_out(raw, job.name))
    return Packed(jobs.ATTACHMENTS.dump_json(attached), contents)


def _reply(job: jobs.ReadReply, raw: bytes) -> bytes:
    from parsers.mail.reply_facts import reply_facts

    arrival = Arrival(place=job.place, raw=raw, received_at=job.received_at)
    return reply_facts(arrival).model_dump_json().encode()


def _signatures(job: jobs.CheckSignatures, raw: bytes) -> bytes:
    from parsers.mail.dkim import check_signatures

    return _SIGNATURES.dump_json(check_signatures(raw, job.keys))


def _picture(job: jobs.DrawPicture, raw: bytes) -> bytes:
    from mailagent.reading.picture import draw

    return draw(raw, job.reading) or b""


def _learn(job: jobs.LearnPlaces, raw: bytes) -> bytes:
    from parsers.memory.recall import places

    part = job.document.part
    return jobs.PLACES.dump_json(places(raw, job.wanted, job.before, marks=job.marks, part=part))


def _recall(job: jobs.Recall, raw: bytes) -> bytes:
    from parsers.memory.recall import recall

    made = recall(raw, job.reading, job.lessons, part=job.document.part)
    return made.model_dump_json().encode()


def _calendars(job: jobs.ReadCalendars, raw: bytes) -> bytes:
    from parsers.meeting.whole import read_calendars

    return EVENTS.dump_json(read_calendars(json.loads(raw), job.home, job.first, job.last))


def _pages(job: jobs.ReadPages, raw: bytes) -> bytes:
    from parsers.pages import pages_of

    return _TEXTS.dump_json(tuple(pages_of(raw, job.most)))


WORK: Mapping[type, Work] = {
    jobs.OpenMail: _open,
    jobs.ReadDocument: _read,
    jobs.ReadWords: _words,
    jobs.OpenArchive: _unpack,
    jobs.ReadReply: _reply,
    jobs.CheckSignatures: _signatures,
    jobs.DrawPicture: _picture,
    jobs.LearnPlaces: _learn,
    jobs.Recall: _recall,
    jobs.ReadCalendars: _calendars,
    jobs.ReadPages: _pages,
}
