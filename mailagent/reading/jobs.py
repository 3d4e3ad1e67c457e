"""What a child can be asked to do, and how it answers."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from mailagent.core.cover import BARE, Cover
from mailagent.core.document import Document
from mailagent.core.lesson import Lesson, PagePlace
from mailagent.core.message import Attachment, Place
from mailagent.core.people import NOBODY, Us
from mailagent.core.reading import Kind, Reading
from mailagent.core.value import Value


class OpenMail(Value):
    """The body is a raw mail; the answer is a Message."""

    job: Literal["open"] = "open"


class ReadDocument(Value):
    """The body is a document; the answer is a Reading."""

    job: Literal["read"] = "read"
    document: Document
    page_text_only: bool = False
    as_kind: Kind | None = None
    us: Us = NOBODY
    cover: Cover = BARE


class ReadWords(Value):
    """The body is a document; the answer is its text."""

    job: Literal["words"] = "words"


class OpenArchive(Value):
    """The body is an archive; the answer is a tuple of Attachments."""

    job: Literal["unpack"] = "unpack"
    name: str


ATTACHMENTS: TypeAdapter[tuple[Attachment, ...]] = TypeAdapter(tuple[Attachment, ...])


class ReadReply(Value):
    """The body is a raw mail; the answer is a Reply."""

    job: Literal["reply"] = "reply"
    place: Place
    received_at: datetime


class CheckSignatures(Value):
    """The body is a raw mail; the answer is a tuple of Signatures."""

    job: Literal["signatures"] = "signatures"
    keys: dict[str, str]


class DrawPicture(Value):
    """The body is a document; the answer is a PNG, empty where there is no page."""

    job: Literal["picture"] = "picture"
    document: Document
    reading: Reading


class LearnPlaces(Value):
    """The body is a document; the answer is a tuple of Places."""

    job: Literal["learn"] = "learn"
    document: Document
    wanted: dict[str, str]
    before: Reading
    marks: tuple[str, ...]


class Recall(Value):
    """The body is a document; the answer is its Reading with what lessons read in it."""

    job: Literal["recall"] = "recall"
    document: Document
    reading: Reading
    lessons: tuple[Lesson, ...]


class ReadCalendars(Value):
    """The body is a list of calendar objects; the answer is their events.

    With a first and a last moment every date between them, otherwise the events as they stand.
    """

    job: Literal["calendars"] = "calendars"
    home: str
    first: datetime | None = None
    last: datetime | None = None


PLACES: TypeAdapter[tuple[PagePlace, ...]] = TypeAdapter(tuple[PagePlace, ...])


class ReadPages(Value):
    """The body is a document; the answer is the text of its first pages, a tuple."""

    job: Literal["pages"] = "pages"
    most: int = 40


Job = Annotated[
    OpenMail
    | ReadDocument
    | ReadWords
    | OpenArchive
    | ReadReply
    | CheckSignatures
    | DrawPicture
    | LearnPlaces
    | Recall
    | ReadCalendars
    | ReadPages,
    Field(discriminator="job"),
]
JOB: TypeAdapter[Job] = TypeAdapter(Job)


class Answer(Value):
    """The head of an answer; the body is the value, and behind it what attachments hold."""

    ok: bool
    why: str = ""  # what the reader said against the input
    advice: str | None = None
    spent: bool = False  # the child is in no state to go on
    contents: tuple[int, ...] = ()  # the sizes of what follows the value
