"""The Reader: a few warm children that open foreign bytes, replaced when they die or are spent."""

import asyncio
import contextlib
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from mailagent.core.cover import BARE, Cover
from mailagent.core.document import Document
from mailagent.core.errors import Transient, Unreadable
from mailagent.core.lesson import Lesson, PagePlace
from mailagent.core.message import Arrival, Attachment, Message
from mailagent.core.people import NOBODY, Us
from mailagent.core.reading import Kind, Reading
from mailagent.core.reply import Reply, Signature
from mailagent.core.value import Value
from mailagent.reading.begun import PROGRAM, Begun
from mailagent.reading.carried import Packed, filled, loaded
from mailagent.reading.jobs import (
    ATTACHMENTS,
    PLACES,
    CheckSignatures,
    DrawPicture,
    Job,
    LearnPlaces,
    OpenArchive,
    OpenMail,
    ReadCalendars,
    ReadDocument,
    ReadPages,
    ReadReply,
    ReadWords,
    Recall,
)
from mailagent.reading.limits import Limits
from mailagent.reading.process import Child
from mailagent.turns import Turns
from parsers.meeting.calendar import EVENTS, Event

_SIGNATURES: TypeAdapter[tuple[Signature, ...]] = TypeAdapter(tuple[Signature, ...])
_TEXTS: TypeAdapter[tuple[str, ...]] = TypeAdapter(tuple[str, ...])
_V = TypeVar("_V", bound=Value)
_DOCUMENTS = (ReadDocument, DrawPicture, LearnPlaces, Recall)
_PNG = b"\x89PNG\r\n\x1a\n"


class Pool:
    """Implements ports.Reader. To be used in one event loop, and closed there."""

    def __init__(
        self,
        size: int = 2,
        limits: Limits | None = None,
        *,
        program: str = PROGRAM,
        begun: Sequence[Begun] = (),
    ) -> None:
        self.size = size
        self._limits = limits or Limits()
        self._program = program
        self._turns = Turns(size)
        # What was started before all this was imported.
        self._idle = [Child(self._limits, program, each) for each in begun]
        self._busy: set[Child] = set()
        self._closed = False

    def start(self) -> None:
        """Starts the children, so that the first mail finds them warm."""
        while len(self._idle) + len(self._busy) < self.size:
            self._idle.append(self._hire())

    async def open(self, raw: bytes) -> Message:
        """The mail as a Message."""
        made = await self._packed(OpenMail(), raw)
        return _whole(lambda: loaded(_valid(Message, made.value), iter(made.contents)))

    async def read(
        self,
        content: bytes,
        document: Document,
        *,
        page_text_only: bool = False,
        as_kind: Kind | None = None,
        us: Us = NOBODY,
        cover: Cover = BARE,
    ) -> Reading:
        """What stands in a document."""
        job = ReadDocument(
            document=document,
            page_text_only=page_text_only,
            as_kind=as_kind,
            us=us,
            cover=cover,
        )
        return _valid(Reading, await self._ask(job, content))

    async def unpack(self, content: bytes, name: str) -> tuple[Attachment, ...]:
        """What is in an archive, or in a mail that came as a file."""
        made = await self._packed(OpenArchive(name=name), content)
        bare = _all_valid(ATTACHMENTS, made.value)
        return _whole(lambda: filled(bare, iter(made.contents)))

    async def words(self, content: bytes) -> str:
        """All that can be read in a document, up to a bound."""
        return (await self._ask(ReadWords(), content)).decode("utf-8", "replace")

    async def pages(self, content: bytes) -> tuple[str, ...]:
        """The text of its first pages."""
        value = await self._ask(ReadPages(), content)
        try:
            return _TEXTS.validate_json(value)
        except ValidationError as error:
            raise _senseless(error) from None

    async def reply(self, arrival: Arrival) -> Reply:
        """The facts of a mail that may be a decision."""
        job = ReadReply(place=arrival.place, received_at=arrival.received_at)
        return _valid(Reply, await self._ask(job, arrival.raw, urgent=True))

    async def signatures(self, raw: bytes, keys: Mapping[str, str]) -> tuple[Signature, ...]:
        """The mail's DKIM signatures, checked against these keys."""
        value = await self._ask(CheckSignatures(keys=dict(keys)), raw, urgent=True)
        return _all_valid(_SIGNATURES, value)

    async def places(
        self,
        content: bytes,
        document: Document,
        wanted: Mapping[str, str],
        before: Reading,
        marks: Sequence[str],
    ) -> tuple[PagePlace, ...]:
        """Where values stand that were read otherwise before."""
        job = LearnPlaces(document=document, wanted=dict(wanted), before=before, marks=tuple(marks))
        return _all_valid(PLACES, await self._ask(job, content))

    async def recall(
        self, content: bytes, document: Document, reading: Reading, lessons: Sequence[Lesson]
    ) -> Reading:
        """The reading with what lessons read on the page."""
        job = Recall(document=document, reading=reading, lessons=tuple(lessons))
        return _valid(Reading, await self._ask(job, content))

    async def picture(self, content: bytes, document: Document, reading: Reading) -> bytes | None:
        """The page with the read values boxed and numbered, as PNG."""
        picture = await self._ask(DrawPicture(document=document, reading=reading), content)
        if picture and not picture.startswith(_PNG):
            raise Unreadable("the picture of the page is none")
        return picture or None

    async def calendars(
        self, contents: Sequence[bytes], home: str, first: datetime | None, last: datetime | None
    ) -> tuple[Event, ...]:
        """The events of calendars of our own; what strangers sent stands in them."""
        texts = json.dumps([content.decode("utf-8", "replace") for content in contents])
        job = ReadCalendars(home=home, first=first, last=last)
        value = await self._ask(job, texts.encode())
        try:
            return EVENTS.validate_json(value)
        except ValidationError as error:
            raise _senseless(error) from None

    async def close(self) -> None:
        """Ends all children; jobs under way end with Transient: they can be done again."""
        self._closed = True
        children = [*self._idle, *self._busy]
        self._idle.clear()
        await asyncio.gather(*(child.gone() for child in children))

    async def _ask(self, job: Job, body: bytes, *, urgent: bool = False) -> bytes:
        return (await self._packed(job, body, urgent=urgent)).value

    async def _packed(self, job: Job, body: bytes, *, urgent: bool = False) -> Packed:
        async with self._turns.turn(urgent=urgent):
            child = self._take(_document_of(job))
            try:
                return await child.ask(job, body)
            except Unreadable:
                if self._closed:  # it was killed for that, not over its input
                    raise _stopping() from None
                raise
            finally:
                self._busy.discard(child)
                await self._give_back(child)

    def _take(self, document: str) -> Child:
        """The one that read the same document before: it still knows what was on its pictures."""
        if self._closed:
            raise _stopping()
        knows = (at for at, child in enumerate(self._idle) if document and child.knows == document)
        child = self._idle.pop(next(knows, -1)) if self._idle else self._hire()
        if not child.usable:  # it died while it waited
            child.end()
            child = self._hire()
        child.knows = document or child.knows
        self._busy.add(child)
        return child

    async def _give_back(self, child: Child) -> None:
        """A spent one is replaced at once: the fresh one warms up before its first job."""
        if child.usable and not self._closed:
            self._idle.append(child)
            return
        await child.gone()
        if not self._closed:
            with contextlib.suppress(Transient):  # the next job tries again, and says so
                self._idle.append(self._hire())

    def _hire(self) -> Child:
        try:
            return Child(self._limits, self._program)
        except OSError as error:
            raise Transient(
                f"no reading process can be started ({error.strerror})",
                advice="The machine is out of memory or processes; the agent tries again.",
            ) from None


def _document_of(job: Job) -> str:
    """The content that a job is about; empty where it is no document."""
    return job.document.sha256 if isinstance(job, _DOCUMENTS) else ""


def _stopping() -> Transient:
    return Transient("mailagent is stopping", advice="It is read at the next start.")


def _valid(kind: type[_V], value: bytes) -> _V:
    try:
        return kind.model_validate_json(value)
    except ValidationError as error:
        raise _senseless(error) from None


_T = TypeVar("_T")


def _all_valid(kind: TypeAdapter[_T], value: bytes) -> _T:
    try:
        return kind.validate_json(value)
    except ValidationError as error:
        raise _senseless(error) from None


def _whole(fill: Callable[[], _T]) -> _T:
    try:
        return fill()
    except ValueError:
        raise Unreadable("a reader's answer lacks a content that it names") from None


def _senseless(error: ValidationError) -> Unreadable:
    return Unreadable(f"a reader's answer makes no sense ({error.error_count()} errors)")
