"""The store as the stages see it: transactions, each bound to one company.

All that is read or written through a transaction belongs to its company. `advance` and
`dispose` are the only writes of state; each writes its audit entry and the next jobs with it.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import date, datetime
from typing import NamedTuple, Protocol

from mailagent.core.audit import AuditEntry, Entry
from mailagent.core.authenticator import Authenticator
from mailagent.core.books import Booked
from mailagent.core.capability import Outcome, Payload
from mailagent.core.case import Case, State
from mailagent.core.document import Document
from mailagent.core.effect import Effect, EffectState
from mailagent.core.forgery import Stripped
from mailagent.core.inquiry import Inquiry
from mailagent.core.job import Job
from mailagent.core.letter import Held, Letter, OutgoingMail, OutsideLetter
from mailagent.core.message import Arrival, Disposition, Message, Place
from mailagent.core.people import Arriving, Person
from mailagent.core.policy import Judgement
from mailagent.core.proposal import Proposal
from mailagent.core.question import AskVendor, KnownCorrespondent, KnownVendor
from mailagent.core.reading import Reading
from mailagent.core.revision import Above, Revision
from mailagent.core.routine import Counts, Pause, Reminder, Snooze
from mailagent.core.said import Said
from mailagent.core.value import Value
from mailagent.ports.advised import Advised
from mailagent.ports.away import Absences
from mailagent.ports.briefs import Briefs
from mailagent.ports.calendars import KeepsAppointments
from mailagent.ports.drafts import Drafts
from mailagent.ports.figures import Counting
from mailagent.ports.filing import Filings
from mailagent.ports.handovers import Handovers
from mailagent.ports.lessons import Lessons
from mailagent.ports.orders import AllOrders
from mailagent.ports.owed import OwedBills
from mailagent.ports.papers import VendorPapers
from mailagent.ports.policies import Policies
from mailagent.ports.senders import Senders
from mailagent.ports.series import AllSeries
from mailagent.ports.shadows import Shadows
from mailagent.ports.spots import Spots
from mailagent.ports.stories import Stories
from mailagent.ports.watching import Watching


class Watermark(NamedTuple):
    """Everything in the INBOX up to here is kept."""

    uidvalidity: int = 0
    uid: int = 0


class KeptMessage(Value):
    """A message as the store knows it."""

    id: int
    mailbox: str
    place: Place
    sha256: str
    message_id: str = ""
    subject: str = ""
    sender: str = ""
    signed_by: str = ""  # the domain that signed, where it is the sender's own
    references: tuple[str, ...] = ()
    received_at: datetime
    disposition: Disposition


class KeptMail(Value):
    """A mail of ours in the outbox."""

    id: int
    case: int | None
    mail: OutgoingMail
    sent: bool
    urgent: bool = False  # a STOP
    state: str = ""
    at: datetime | None = None  # it was written, or its state changed


class Waiting(NamedTuple):
    """A case that is not at its end, as the queue shows it, and why it stands."""

    case: Case
    sender: str
    received_at: datetime
    asked: tuple[str, ...] = ()  # people who can answer
    spoken: tuple[str, ...] = ()  # people whose word is kept until a second one speaks
    put_off: Snooze | None = None
    inquiry: Inquiry | None = None  # somebody outside was asked
    paused: bool = False
    for_brief: tuple[str, ...] = ()  # people whose next brief brings it
    in_briefs: tuple[str, ...] = ()  # where it stands: "B-31, 4"; empty for a mail of its own
    frozen: tuple[str, ...] = ()  # people whose draft is frozen
    lost: tuple[str, ...] = ()  # mails of ours that did not arrive
    aside: tuple[str, ...] = ()  # answers that nobody was told of, and why

    @property
    def waits(self) -> str:
        """All of it on one line."""
        first = ", ".join(self.spoken)
        asked = ", ".join(self.asked)
        off = self.put_off
        said = [
            f"{asked} ({first} approved)" if first else asked,
            f"put off until {off.until:%d %b %Y %H:%M} UTC by {off.person}" if off else "",
            *(f"in brief {one}" for one in self.in_briefs if one),
            f"in the next brief of {', '.join(self.for_brief)}" if self.for_brief else "",
            _outside(self.inquiry),
            f"paused: mailagent resume {self.case.task}" if self.paused else "",
            *(f"frozen, {one}: mailagent unfreeze {self.case.ref}" for one in self.frozen),
            *self.lost,
            *self.aside,
        ]
        return "; ".join(filter(None, said))


def _outside(inquiry: Inquiry | None) -> str:
    if inquiry is None or not inquiry.address:
        return ""
    if inquiry.until is None:
        return f"a question to {inquiry.address} is drafted"
    return f"{inquiry.address} was asked, until {inquiry.until:%d %b %Y}"


class Stale(Exception):
    """Somebody else has already taken this step; there is nothing left to do."""


class Transaction(
    Lessons,
    Handovers,
    AllSeries,
    AllOrders,
    OwedBills,
    Senders,
    Filings,
    VendorPapers,
    Absences,
    Counting,
    Spots,
    KeepsAppointments,
    Advised,
    Policies,
    Watching,
    Stories,
    Shadows,
    Drafts,
    Briefs,
    Protocol,
):
    """One unit of work for one company; commits when its block ends without an error."""

    company: str

    # -- the chain
    async def audit(self, entry: Entry) -> AuditEntry: ...
    async def head(self) -> AuditEntry | None: ...

    # -- messages
    async def watermark(self, mailbox: str) -> Watermark: ...
    async def keep(
        self, mailbox: str, arrivals: Sequence[tuple[Arrival, str, Job]], mark: Watermark | None
    ) -> list[int]:
        """Keeps arrivals (with their content's hash and who sorts them); the ids of the new ones.

        The job's subject is filled in with the message's id. The same place twice is one
        arrival; the same content under another UIDVALIDITY only moves the message.
        """

    async def begin(self, what: str, slot: int, sha256: str, subject: str) -> int | None:
        """Work that no mail brought: a routine's, once per slot. None: it was begun already."""

    async def message(self, message: int) -> KeptMessage: ...
    async def describe(self, message: int, said: Message) -> None:
        """Notes what people look for: subject, sender, Message-ID, references."""

    async def dispose(
        self, message: int, to: Disposition, entry: Entry, *jobs: Job, cases: Sequence[Case] = ()
    ) -> None:
        """An arrived message becomes what it is; Stale when it already did."""

    async def moved(self, message: int, place: Place) -> None: ...
    async def case_states(self, message: int) -> list[State]: ...
    async def documents(self, message: int) -> list[Document]: ...

    # -- cases
    async def open_case(self, message: int, document: Document, task: str, title: str) -> Case: ...
    async def case(self, case: int) -> Case: ...
    async def case_by_ref(self, ref: str) -> Case | None: ...
    async def advance(
        self,
        case: Case,
        to: State,
        entry: Entry,
        *jobs: Job,
        version: int | None = None,
        title: str | None = None,
        task: str | None = None,
    ) -> Case:
        """Moves a case; Stale when it is not where the caller believes it to be."""

    async def save_reading(self, case: int, reading: Reading) -> None: ...
    async def reading(self, case: int) -> Reading: ...
    async def save_revision(self, revision: Revision) -> None: ...
    async def revisions(self, case: int) -> list[Revision]:
        """All that was changed in a case, in order."""

    async def save_above(self, message: int, said: Above) -> None: ...
    async def above(self, message: int) -> Above | None:
        """What a person typed above the documents that a message brought."""

    async def save_proposal(
        self, proposal: Proposal, digest: str, judgement: Judgement
    ) -> None: ...
    async def proposal(self, case: int, version: int) -> tuple[Proposal, str, Judgement]:
        """A version, its stored digest and the policy's judgement on it."""

    # -- decisions
    async def note_decision(
        self, message: int, draft: int | None, verdicts: dict[str, str], outcome: str
    ) -> None: ...

    async def is_decided(self, message: int) -> bool: ...
    async def answered_document(self, message: int) -> str:
        """The content of the case that a message answered; empty: it answered none."""

    # -- effects
    async def effects(self, case: int, version: int) -> dict[int, Effect]: ...
    async def intend(self, effect: Effect) -> None: ...
    async def settle(
        self,
        key: str,
        state: EffectState,
        outcome: Outcome | None,
        detail: str,
        entry: Entry,
        why: Said | None = None,
    ) -> None: ...

    # -- mail of ours
    async def post(
        self, about: str, case: int | None, write: Callable[[AuditEntry], Letter]
    ) -> bool:
        """Puts a letter into the outbox, once per `about`; False when it already was there.

        `write` is given the head of the audit chain, which stands in every mail of ours.
        """

    async def mail(self, mail: int) -> KeptMail: ...
    async def mail_sent(self, mail: int) -> None: ...
    async def mail_refused(self, mail: int, why: str) -> None: ...
    async def mail_undelivered(
        self, message_id: str, why: str, *, delayed: bool = False
    ) -> None: ...
    async def is_ours(self, message_id: str) -> bool: ...
    async def sent_as(self, message_id: str) -> bytes | None:
        """The bytes of a mail of ours, by its Message-ID."""

    async def send_again(self, about: str) -> None: ...
    async def was_posted(self, about: str) -> bool: ...

    # -- people
    async def people(self) -> list[Person]: ...
    async def person(self, person: str) -> Person | None: ...
    async def save_person(self, person: Person, entry: Entry) -> None: ...
    async def remove_person(self, person: str, entry: Entry) -> None: ...

    async def authenticator(self, person: str) -> Authenticator | None: ...
    async def save_authenticator(self, person: str, app: Authenticator, entry: Entry) -> None: ...
    async def use_code(self, person: str, step: int) -> None: ...
    async def mute(self, sender: str, until: datetime) -> None: ...
    async def is_muted(self, sender: str) -> bool: ...
    async def open_enrolment(self, code: str, address: str, until: datetime) -> None: ...
    async def meet_enrolment(self, header: str, message: int) -> bool:
        """Whether a header carries a code that is waited for; its first message is noted."""

    async def awaited_code(self, header: str) -> str:
        """The code in a header that is still waited for; empty: there is none."""

    async def enrolment_mail(self, code: str) -> KeptMessage | None: ...

    # -- whether proofs still hold
    async def note_stripped(self, outcome: Stripped, entry: Entry) -> None:
        """What came of forging a server's marks takes the place of the last attempt."""

    async def stripped(self) -> list[Stripped]: ...
    async def note_proof(self, address: str, missing: str) -> None:
        """A mail of this address came with its pinned proof; `missing` says why it did not."""

    async def proofs(self) -> list[Arriving]: ...

    # -- the world outside
    async def keep_outside(self, about: str, case: int, letter: OutsideLetter) -> None:
        """The very bytes of a mail to somebody outside, before it is sent; once per `about`."""

    async def outside(self, about: str) -> KeptMail | None: ...
    async def outside_became(self, about: str, state: str) -> None: ...
    async def arrived(self, message_id: str) -> bool:
        """Whether a mail of this name reached our own mailbox."""

    async def save_inquiry(self, inquiry: Inquiry) -> None: ...
    async def inquiry(self, case: int) -> Inquiry | None:
        """The question that this case sends."""

    async def inquiries_about(self, case: int) -> list[Inquiry]: ...
    async def open_inquiry(self, case: int) -> Inquiry | None:
        """What is being asked about a case at the moment."""

    async def inquiry_of(self, message_ids: Sequence[str]) -> Inquiry | None:
        """The question that one of these mails was."""

    async def unanswered(self, now: datetime) -> list[Inquiry]: ...
    async def correspondent(self, address: str) -> KnownCorrespondent: ...
    async def note_correspondent(self, address: str) -> None: ...

    # -- why something waits, who else decides it, and what went wrong
    async def snooze(self, snooze: Snooze) -> None: ...
    async def snoozes(self, *, until: datetime | None = None) -> list[Snooze]: ...
    async def wake(self, case: int) -> None: ...
    async def delegate(self, case: int, person: str, by: str) -> None: ...
    async def delegates(self, case: int) -> list[str]: ...
    async def pause(self, task: str, person: str) -> None: ...
    async def resume(self, task: str) -> int:
        """Lifts the pause and has proposed what waited; how many that were."""

    async def pauses(self) -> dict[str, Pause]:
        """What is paused; under an empty name: every task."""

    async def note_incident(self, case: int, version: int, person: str, words: str) -> None: ...
    async def queue(self, *, ended: bool = False) -> Sequence[Waiting]:
        """Cases that are not at their end, newest first; with `ended`, the latest that are."""

    async def waiting_from(self, task: str, sender: str) -> Sequence[Case]:
        """The task's cases that wait for a word, of mails of this sender."""

    async def about_meeting(self, uid: str, message: int) -> Sequence[Case]:
        """Cases of a calendar object's UID, also those that are over, in the mails of whoever wrote
        this message.
        """

    async def held(self) -> Sequence[Held]:
        """Answers that wait until DNS says whether they are genuine, an hour at most."""

    async def troubles(self) -> Sequence[str]:
        """What does not go as it should at the moment, the latest first."""

    async def counts_since(self, moment: datetime) -> dict[str, int]:
        """How often each thing happened since then, by the audit log."""

    # -- jobs
    async def defer(self, *jobs: Job) -> None: ...
    async def strike_off(self, job: Job) -> None: ...

    async def bills(self, since: date | None = None, until: date | None = None) -> list[Booked]:
        """The books in the order they were written, the void ones as well."""

    # -- what the clock looks at
    async def payable(self, until: date) -> Sequence[Booked]:
        """Recorded bills due by then and credit notes, in no payment run."""

    async def due_reminders(self, day: str) -> list[Reminder]: ...
    async def reminder_sent(self, reminder: int) -> None: ...
    async def standing(self, before: datetime) -> Counts: ...
    async def reconcile(self, before: datetime) -> Counts:
        """Messages and cases by what became of them, and what stands still since `before`."""


class Store(Protocol):
    """Where everything is kept."""

    def begin(self, company: str) -> AbstractAsyncContextManager[Transaction]:
        """A transaction. It takes hold of the database with its first statement."""


class System(Protocol):
    """Something that actions are done in: a ledger, a file tree, a calendar.

    `key` is the same for the same action for ever. An embedded system writes through `tx`, so
    its effect commits together with its outcome; a vendor's connector leaves `tx` alone.
    """

    async def perform(
        self, tx: Transaction, case: int, action: Payload, key: str, /
    ) -> Outcome: ...

    async def find(self, tx: Transaction, action: Payload, key: str, /) -> Outcome | None:
        """What an earlier attempt left behind; None: certainly nothing. Raises OutcomeUnknown."""


class Ledger(System, Protocol):
    """The books."""

    async def vendor(self, tx: Transaction, question: AskVendor) -> KnownVendor: ...
