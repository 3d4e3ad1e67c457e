"""The Reader: a few warm children that open foreign bytes, replaced when they die or are spent."""

import asyncio
from collections.abc import Mapping
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from mailagent.core.document import Document
from mailagent.core.errors import Unreadable
from mailagent.core.message import Arrival, Message
from mailagent.core.reading import Kind, Reading
from mailagent.core.reply import Reply, Signature
from mailagent.core.value import Value
from mailagent.reading.jobs import (
    CheckSignatures,
    DrawPicture,
    Job,
    OpenMail,
    ReadDocument,
    ReadReply,
)
from mailagent.reading.limits import Limits
from mailagent.reading.process import Child

_SIGNATURES: TypeAdapter[tuple[Signature, ...]] = TypeAdapter(tuple[Signature, ...])
_V = TypeVar("_V", bound=Value)
_PNG = b"\x89PNG\r\n\x1a\n"


class Pool:
    """Implements ports.Reader. To be used in one event loop, and closed there."""

    def __init__(self, size: int = 2, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self.size = size
        self._children: set[Child] = set()
        self._idle: asyncio.LifoQueue[Child] | None = None
        self._closed = False

    def start(self) -> None:
        """Starts the children, so that the first mail finds them warm. Asking does it too."""
        if self._idle is None:
            self._idle = asyncio.LifoQueue()
            for _ in range(self.size):
                self._idle.put_nowait(self._hire())

    async def open(self, raw: bytes) -> Message:
        """The mail as a Message."""
        return _valid(Message, await self._ask(OpenMail(), raw))

    async def read(
        self,
        content: bytes,
        document: Document,
        *,
        page_text_only: bool = False,
        as_kind: Kind | None = None,
    ) -> Reading:
        """What stands in a document."""
        job = ReadDocument(document=document, page_text_only=page_text_only, as_kind=as_kind)
        return _valid(Reading, await self._ask(job, content))

    async def reply(self, arrival: Arrival) -> Reply:
        """The facts of a mail that may be a decision."""
        job = ReadReply(place=arrival.place, received_at=arrival.received_at)
        return _valid(Reply, await self._ask(job, arrival.raw))

    async def signatures(self, raw: bytes, keys: Mapping[str, str]) -> tuple[Signature, ...]:
        """The mail's DKIM signatures, checked against these keys."""
        value = await self._ask(CheckSignatures(keys=dict(keys)), raw)
        try:
            return _SIGNATURES.validate_json(value)
        except ValidationError as error:
            raise _senseless(error) from None

    async def picture(self, content: bytes, document: Document, reading: Reading) -> bytes | None:
        """The page with the read values boxed and numbered, as PNG."""
        picture = await self._ask(DrawPicture(document=document, reading=reading), content)
        if picture and not picture.startswith(_PNG):
            raise Unreadable("the picture of the page is none")
        return picture or None

    async def close(self) -> None:
        """Ends all children; jobs under way end as unreadable."""
        self._closed = True
        for child in self._children:
            child.end()
        self._children.clear()

    async def _ask(self, job: Job, body: bytes) -> bytes:
        self.start()
        assert self._idle is not None  # noqa: S101 - start made it
        child = await self._idle.get()
        try:
            return await child.ask(job, body)
        finally:
            self._idle.put_nowait(child if child.usable else self._replace(child))

    def _hire(self) -> Child:
        child = Child(self._limits)
        self._children.add(child)
        return child

    def _replace(self, child: Child) -> Child:
        """A fresh one warms up while it waits for its first job."""
        child.end()
        self._children.discard(child)
        return child if self._closed else self._hire()


def _valid(kind: type[_V], value: bytes) -> _V:
    try:
        return kind.model_validate_json(value)
    except ValidationError as error:
        raise _senseless(error) from None


def _senseless(error: ValidationError) -> Unreadable:
    return Unreadable(f"a reader's answer makes no sense ({error.error_count()} errors)")
