"""A company's desk for tests of store, engine and stages: real store, everything else a fake.

A mail here is the JSON of what a reader makes of it, and a document the JSON of its reading, so
that a test says what was read without writing MIME or PDF.
"""

from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from connectors.calendar.desk import CalendarDesk, Meetings, Plan
from connectors.files.local import LocalFiles
from connectors.files.register import FilingRegister
from connectors.mail.outsiders import Outsiders
from mailagent.bootstrap import STAGES, TASKS, shipped_verbs
from mailagent.core.audit import AuditEntry, Entry, first_break
from mailagent.core.case import Case
from mailagent.core.cover import BARE, Cover
from mailagent.core.document import Document
from mailagent.core.errors import Unreadable
from mailagent.core.job import Job
from mailagent.core.lesson import Lesson, PagePlace
from mailagent.core.letter import DraftLetter, Letter, OutgoingMail, OutsideLetter
from mailagent.core.message import Arrival, Attachment, Message
from mailagent.core.people import NOBODY, Company, Person, Us
from mailagent.core.reading import Kind, Reading
from mailagent.core.reply import Reply, ServerResult, ServerVerdict, Signature
from mailagent.core.said import Said
from mailagent.core.value import sha256
from mailagent.engine.embedded import EmbeddedEngine
from mailagent.ports import Office
from mailagent.routines import ROUTINES
from mailagent.stages.ingest import ingest
from mailagent.stages.park import park
from mailagent.store.board import SqlJobBoard
from mailagent.store.calendar import embedded_calendar
from mailagent.store.ledger import EmbeddedLedger
from mailagent.store.policy import EmbeddedPolicy
from mailagent.store.reminders import EmbeddedReminders
from mailagent.store.store import SqlStore, SqlTransaction
from mailagent.testing import FakeClock, FakeKeys, FakeMailbox, FakePost
from tests.blank import blank_database
from tests.values import COMPANY, NOW, person, reading

_LETTER: TypeAdapter[Letter] = TypeAdapter(Letter)
VERBS = shipped_verbs()


class MemoryBlobs:
    """Contents in a dictionary."""

    def __init__(self) -> None:
        self.contents: dict[str, bytes] = {}

    @contextmanager
    def begin(self) -> Iterator["_Coming"]:
        yield _Coming(self)

    async def put_many(self, contents: Iterable[bytes]) -> list[str]:
        given = list(contents)
        names = [sha256(content) for content in given]
        for name, content in zip(names, given, strict=True):
            self.contents.setdefault(name, content)
        return names

    async def get(self, sha256: str) -> bytes:
        if sha256 not in self.contents:
            raise FileNotFoundError(sha256)
        return self.contents[sha256]


class _Coming:
    """Pieces in a list."""

    def __init__(self, blobs: MemoryBlobs) -> None:
        self._blobs, self._pieces = blobs, list[bytes]()

    def write(self, piece: bytes) -> None:
        self._pieces.append(piece)

    async def keep(self) -> str:
        (name,) = await self._blobs.put_many([b"".join(self._pieces)])
        return name


GOOD = "good"  # the key record of a domain whose signatures hold


def _signed(key: str) -> Signature:
    selector, _, domain = key.partition("._domainkey.")
    return Signature(
        domain=domain,
        selector=selector,
        valid=True,
        covered=("from",),
        has_length=False,
        algorithm="rsa-sha256",
        key_bits=2048,
        key_record=GOOD,
    )


class JsonReader:
    """Reads JSON; dies over what is in `deadly`."""

    def __init__(self) -> None:
        self.deadly: set[bytes] = set()
        self.before_picture: Callable[[], Any] | None = None
        self.checked: list[Mapping[str, str]] = []

    async def open(self, raw: bytes) -> Message:
        return Message.model_validate_json(self._alive(raw))

    async def read(
        self,
        content: bytes,
        document: Document,
        *,
        us: Us = NOBODY,
        cover: Cover = BARE,
        as_kind: Kind | None = None,
    ) -> Reading:
        return Reading.model_validate_json(self._alive(content))

    async def unpack(self, content: bytes, name: str) -> tuple[Attachment, ...]:
        return (Attachment(name=name, media_type="text/plain", content=self._alive(content)),)

    async def words(self, content: bytes) -> str:
        return self._alive(content).decode("utf-8", "replace")

    async def pages(self, content: bytes) -> tuple[str, ...]:
        return (self._alive(content).decode("utf-8", "replace"),)

    async def reply(self, arrival: Arrival) -> Reply:
        said = Reply.model_validate_json(_below_head(self._alive(arrival.raw)))
        return said.model_copy(update={"arrived_at": arrival.received_at})

    async def signatures(self, raw: bytes, keys: Mapping[str, str]) -> tuple[Signature, ...]:
        self.checked.append(keys)
        return tuple(_signed(name) for name, record in keys.items() if record == GOOD)

    async def places(
        self,
        content: bytes,
        document: Document,
        wanted: Mapping[str, str],
        before: Reading,
        marks: Sequence[str],
    ) -> tuple[PagePlace, ...]:
        self._alive(content)
        return ()

    async def recall(
        self, content: bytes, document: Document, reading: Reading, lessons: Sequence[Lesson]
    ) -> Reading:
        return reading

    async def picture(self, content: bytes, document: Document, reading: Reading) -> bytes | None:
        if self.before_picture:
            await self.before_picture()
        self._alive(content)
        return None

    async def close(self) -> None: ...

    def _alive(self, content: bytes) -> bytes:
        if content in self.deadly:
            raise Unreadable("the reader died over it")
        return content


def _below_head(raw: bytes) -> bytes:
    """A request is known by its sender before it is read: it has a head like a mail."""
    return raw.partition(b"\r\n\r\n")[2] if raw.startswith(b"From:") else raw


class JsonRenderer:
    """A mail is the letter itself."""

    def __call__(self, letter: Letter) -> OutgoingMail:
        return OutgoingMail(
            kind=letter.says,
            recipient=letter.envelope.person.main_address,
            message_id=letter.envelope.message_id,
            raw=letter.model_dump_json().encode() + b"\r\n",
        )

    def phrase(self, what: Said, _person: Person, _at: datetime) -> str:
        return what.in_short()

    def outside(self, letter: OutsideLetter) -> OutgoingMail:
        return OutgoingMail(
            kind="outside",
            recipient=letter.to,
            message_id=letter.message_id,
            raw=letter.model_dump_json().encode() + b"\r\n",
        )


@dataclass
class Probe:
    """Dies at a commit point when told to, as a killed process would."""

    seen: list[str] = field(default_factory=list)
    deadly: str = ""

    def __call__(self, point: str) -> None:
        self.seen.append(point)
        if point == self.deadly:
            raise Killed(point)


class Killed(BaseException):
    """kill -9: no handler of ours runs."""


@dataclass
class Desk:
    """An office with its fakes, and an engine that runs its jobs."""

    office: Office
    store: SqlStore
    engine: EmbeddedEngine
    clock: FakeClock
    mailbox: FakeMailbox
    post: FakePost
    keys: FakeKeys
    blobs: MemoryBlobs
    reader: JsonReader
    probe: Probe
    files: Path

    def begin(self) -> Any:
        return self.store.begin(self.office.company.id)

    async def take_in(self, *mails: bytes) -> None:
        """Mails arrive, and all is done that is due."""
        for raw in mails:
            self.mailbox.arrive(raw)
        await ingest(self.office)
        await self.engine.drain()

    def letters(self, kind: str = "") -> list[Any]:
        """What was sent, as it was meant."""
        ours = [mail for mail in self.post.sent if mail.kind != "outside"]
        said = [_LETTER.validate_json(mail.raw) for mail in ours]
        return [letter for letter in said if not kind or letter.says == kind]

    def draft(self) -> DraftLetter:
        """The newest one."""
        found: DraftLetter = self.letters("draft")[-1]
        return found

    async def cases(self) -> list[Case]:
        async with self.begin() as tx:
            shown = [*await tx.queue(), *await tx.queue(ended=True)]
        return sorted((queued.case for queued in shown), key=lambda case: case.id)

    async def case(self) -> Case:
        """The only one."""
        (found,) = await self.cases()
        return found

    async def entries(self, what: str = "") -> list[AuditEntry]:
        async with self.begin() as tx:
            found = await tx.entries()
        assert first_break(found) is None
        return [entry for entry in found if entry.what.startswith(what)]

    async def jobs(self) -> list[Job]:
        """All that is on the board, due or not."""
        everything = await SqlJobBoard(self.store).due(NOW.replace(year=9999), 1000, ())
        return [waiting.job for waiting in everything]


@asynccontextmanager
async def open_desk(
    folder: Path,
    *,
    company: Company = COMPANY,
    people: tuple[Person, ...] = (person(),),
    busy_ms: int = 200,
    **instead: Any,
) -> AsyncIterator[Desk]:
    """A desk with people at it."""
    clock, blobs, reader = FakeClock(NOW), MemoryBlobs(), JsonReader()
    renderer, ledger, probe = JsonRenderer(), EmbeddedLedger(), Probe()
    mailbox, post, keys = FakeMailbox(clock=clock), FakePost(), FakeKeys()
    blank_database(folder / "mailagent.db")
    url = f"sqlite+aiosqlite:///{folder / 'mailagent.db'}"
    store = SqlStore(url, clock=clock, blobs=blobs, renderer=renderer, busy_ms=busy_ms)
    calendars = CalendarDesk(Plan("own", "own"), embedded_calendar, {}, clock)
    mail = Outsiders(store, post, clock, company=company)
    systems = {
        "ledger": ledger,
        "files": FilingRegister(store, LocalFiles(folder / "files", blobs), blobs, reader),
        "reminders": EmbeddedReminders(),
        "mail": mail,
        "calendar": Meetings(calendars, mail),
        "policy": EmbeddedPolicy(),
    }
    given: dict[str, Any] = {
        "company": company,
        "store": store,
        "blobs": blobs,
        "mailbox": mailbox,
        "post": post,
        "reader": reader,
        "renderer": renderer,
        "keys": keys,
        "clock": clock,
        "systems": systems,
        "ledger": ledger,
        "calendars": calendars,
        "tasks": TASKS,
        "routines": ROUTINES,
        "approvers": {},
        "rules": (),
        "verbs": VERBS,
        "probe": probe,
    }
    office = Office(**{**given, **instead})
    engine = engine_of(store, office)
    await store.open()
    try:
        async with store.begin(company.id) as tx:
            await enrol(tx, *people)
        yield Desk(
            office,
            store,
            engine,
            clock,
            mailbox,
            post,
            keys,
            blobs,
            reader,
            probe,
            folder / "files",
        )
    finally:
        await store.close()


def engine_of(store: SqlStore, office: Office) -> EmbeddedEngine:
    """As bootstrap wires it."""

    async def handle(_company: str, job: Job) -> None:
        await STAGES[job.stage](office, job)

    async def set_aside(_company: str, job: Job, trace: str) -> None:
        await park(office, job, trace)

    return EmbeddedEngine(SqlJobBoard(store), office.clock, handle, set_aside)


async def enrol(tx: SqlTransaction, *people: Person) -> None:
    for one in people:
        await tx.save_person(one, Entry(actor="test", what="person.known"))


def bill_mail(
    what: Reading | None = None, *, sender: str = "bills@acme.test", **changes: Any
) -> bytes:
    """A mail with one document in it."""
    document = (what or reading()).model_dump_json().encode()
    given = {
        "subject": "Your bill",
        "sender": f"Acme <{sender}>",
        "sender_address": sender,
        "message_id": "<bill-1@acme.test>",
        "attachments": (
            Attachment(name="bill.pdf", media_type="application/pdf", content=document),
        ),
    }
    return Message(**{**given, **changes}).model_dump_json().encode()


def reply_mail(letter: Letter, own: str = "approve", **changes: Any) -> bytes:
    """What a person answers to a mail of ours, vouched for by the receiving server."""
    envelope = letter.envelope
    sender = changes.pop("sender", envelope.person.main_address)
    name = sha256(f"{envelope.message_id}{own}{changes}".encode())[:12]
    header = f"From: {sender}\r\nDate: today\r\nMessage-ID: <{name}@mail.test>\r\n\r\n".encode()
    dmarc = ServerResult(method="dmarc", result="pass", properties=(("header.from", "corp.test"),))
    given = {
        "header": header,
        "size": 1000,
        "folder": "INBOX",
        "arrived_at": NOW,
        "fields": (("in-reply-to", f"<{envelope.message_id}>"),),
        "sender": sender,
        "subject": f"Re: {envelope.subject} [ops {envelope.ref}]",
        "date": envelope.at,
        "message_id": f"{name}@mail.test",
        "routing": (envelope.reply_to, f"<{envelope.message_id}>"),
        "claims": (),
        "server": ServerVerdict(authserv_id="mx.corp.test", results=(dmarc,)),
        "media_type": "text/plain",
        "own": own,
        "own_html": None,
    }
    return Reply(**{**given, **changes}).model_dump_json().encode()


def request_mail(own: str, now: datetime, address: str = "ann@corp.test", **changes: Any) -> bytes:
    """A mail of one of our people that answers nothing, vouched for by the receiving server."""
    name = sha256(f"{own}{address}{now}{changes}".encode())[:12]
    dmarc = ServerResult(method="dmarc", result="pass", properties=(("header.from", "corp.test"),))
    auth = ServerResult(method="auth", result="pass", properties=(("smtp.auth", address),))
    given = {
        "header": f"From: {address}\r\nDate: x\r\nMessage-ID: <{name}@x.test>\r\n\r\n".encode(),
        "size": 1000,
        "folder": "INBOX",
        "arrived_at": now,
        "fields": (("to", "ops@corp.test"),),
        "sender": address,
        "subject": "",
        "date": now,
        "message_id": f"{name}@x.test",
        "routing": (),
        "claims": (),
        "server": ServerVerdict(authserv_id="mx.corp.test", results=(dmarc, auth)),
        "media_type": "text/plain",
        "own": own,
        "own_html": None,
    }
    said = Reply(**{**given, **changes})
    return said.header + said.model_dump_json().encode()
