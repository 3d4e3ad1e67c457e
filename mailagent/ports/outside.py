"""The outside world as the stages see it.

Each port has one fake in `testing.py` and one contract suite that runs against the fake and the
real thing alike.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import NamedTuple, Protocol

from mailagent.core.cover import BARE, Cover
from mailagent.core.document import Document
from mailagent.core.lesson import Lesson, PagePlace
from mailagent.core.letter import Letter, OutgoingMail, OutsideLetter
from mailagent.core.message import Arrival, Attachment, Message, Place
from mailagent.core.people import NOBODY, Person, Us
from mailagent.core.reading import Kind, Reading
from mailagent.core.reply import Reply, Signature
from mailagent.core.said import Said


class Clock(Protocol):
    """The time, aware, in UTC."""

    def now(self) -> datetime: ...


SWEPT = 1_000  # headers that one sweep brings: a pile's are never held all at once


class Header(NamedTuple):
    """What a sweep sees of a mail before its body is fetched."""

    place: Place
    header: bytes
    size: int
    received_at: datetime


class Mailbox(Protocol):
    """One mailbox on a server. Raises MailboxUnavailable (Transient) or MailboxRefused."""

    name: str

    async def wait(self, seconds: float) -> None:
        """Returns when something may have arrived, at the latest after `seconds`."""

    async def newest(self) -> tuple[int, int]:
        """The INBOX's UIDVALIDITY and the UID below the next; beside all other work."""

    async def sweep(
        self, uidvalidity: int, after: int, *, below: int = 0, urgent: bool = False
    ) -> tuple[int, Sequence[Header]]:
        """The INBOX's UIDVALIDITY and the headers of what is new, newest first.

        New is every UID above `after`; everything, if `uidvalidity` is not the folder's. At most
        `SWEPT` of them: of more, the next are those `below` the last UID. What is urgent waits
        for nothing else that is done in the mailbox.
        """

    async def fetch(self, places: Sequence[Place], *, urgent: bool = False) -> Sequence[Arrival]:
        """The mails at these places, whole; those that are gone are left out."""

    async def pour(
        self, place: Place, write: Callable[[bytes], object], *, urgent: bool = False
    ) -> bool:
        """One mail in pieces, given to `write` in a thread of its own; False: it is gone."""

    async def move(self, place: Place, folder: str, message_id: str = "") -> Place | None:
        """Moves a mail, creating the folder if need be; None when it is not there any more.

        If the place is stale and a Message-ID is given, the mail is looked for in the INBOX and
        in the Ops folders.
        """

    async def since(self, folder: str, day: date) -> Sequence[Header]:
        """The headers of what came into a folder since a day, oldest first; nothing is changed.

        The name is with / between its parts; where there is no such folder, nothing.
        """

    async def strays(self, people: Collection[str]) -> Sequence[str]:
        """What of ours lies in Junk: for each mail the address of the one of our people.

        `TO_US` stands for an answer to the agent by anybody else. Only headers are looked at, and
        nothing in Junk ever decides.
        """

    async def close(self) -> None: ...


class Post(Protocol):
    """The way out for mail.

    Raises SendingUnavailable (nothing was sent, try later), RecipientRefused or MailRefused
    (never will be), OutcomeUnknown (the connection broke after the content went out).
    """

    async def send(self, mail: OutgoingMail, sender: str) -> None: ...

    async def close(self) -> None: ...


class Reader(Protocol):
    """The only place where foreign bytes are opened: limited child processes.

    Raises Unreadable when a child refused, hung, grew too large or died over its input.
    """

    async def open(self, raw: bytes) -> Message: ...

    async def read(
        self,
        content: bytes,
        document: Document,
        *,
        us: Us = NOBODY,
        cover: Cover = BARE,
        as_kind: Kind | None = None,
    ) -> Reading:
        """What stands in a document; `cover` is the mail that it came in.

        `as_kind`: what it is taken for, where its readers do not agree.
        """

    async def unpack(self, content: bytes, name: str) -> tuple[Attachment, ...]:
        """What is in an archive, or in a mail that came as a file; nothing where that is none."""

    async def words(self, content: bytes) -> str:
        """All that can be read in a document, in the order it stands there, up to a bound."""

    async def pages(self, content: bytes) -> tuple[str, ...]:
        """The text of its first pages."""

    async def reply(self, arrival: Arrival) -> Reply: ...

    async def signatures(self, raw: bytes, keys: Mapping[str, str]) -> tuple[Signature, ...]: ...

    async def places(
        self,
        content: bytes,
        document: Document,
        wanted: Mapping[str, str],
        before: Reading,
        marks: Sequence[str],
    ) -> tuple[PagePlace, ...]:
        """Where on its pages these values stand, that were read otherwise before.

        `marks` is what may name the vendor there. What is not to be found has no place.
        """

    async def recall(
        self, content: bytes, document: Document, reading: Reading, lessons: Sequence[Lesson]
    ) -> Reading:
        """The reading with what lessons read on this very page."""

    async def picture(self, content: bytes, document: Document, reading: Reading) -> bytes | None:
        """The page as PNG, the read values boxed and numbered; None where there is no page."""

    async def close(self) -> None: ...


class Keys(Protocol):
    """DKIM keys from DNS. Raises KeysUnavailable when DNS does not answer in time."""

    async def record(self, name: str) -> str | None:
        """The TXT record under a name; None when DNS says that there is none."""


class Sink(Protocol):
    """A content that comes in pieces: nobody holds it whole."""

    def write(self, piece: bytes) -> object:
        """The next piece; from one thread at a time."""

    async def keep(self) -> str:
        """Makes it durable under its hash, which is returned."""


class Blobs(Protocol):
    """Contents by their hash, kept for good."""

    def begin(self) -> AbstractContextManager[Sink]:
        """A content to come; at the end of the context it is forgotten unless it was kept."""

    async def put_many(self, contents: Iterable[bytes]) -> list[str]:
        """Keeps them all, durable when it returns; their hashes in the same order."""

    async def get(self, sha256: str) -> bytes: ...


class Renderer(Protocol):
    """Turns what is to be said into the mail that says it."""

    def __call__(self, letter: Letter) -> OutgoingMail: ...

    def outside(self, letter: OutsideLetter) -> OutgoingMail:
        """The same for a mail to somebody outside."""

    def phrase(self, what: Said, person: Person, at: datetime) -> str:
        """A phrase that is read elsewhere than in a mail of ours, in this person's language."""
