"""A case that waited for somebody outside goes on: with their answer, or without one."""

from mailagent.core.asking import worth_asking
from mailagent.core.audit import Entry
from mailagent.core.case import Case, State
from mailagent.core.document import Document, Origin
from mailagent.core.inquiry import Inquiry
from mailagent.core.job import Job, Stage
from mailagent.core.letter import Notice, Original
from mailagent.core.people import Person
from mailagent.core.post import Thread
from mailagent.core.proposal import Proposal, Purpose
from mailagent.core.value import sha256
from mailagent.ports.notify import Note, notify
from mailagent.ports.office import Office
from mailagent.ports.store import Transaction

_LONGEST = 2000  # characters of a question


def suggested(office: Office, proposal: Proposal, person: Person) -> str:
    """What its failed checks suggest to ask, in the language of whoever will approve it."""
    asked = worth_asking(proposal, office.company.name)
    now = office.clock.now()
    return "\n\n".join(office.renderer.phrase(each, person, now) for each in asked)


async def begin_inquiry(
    office: Office,
    tx: Transaction,
    about: Case,
    person: Person,
    words: str,
    *,
    unbidden: bool = False,
) -> Case:
    """The mail to whoever sent it is drafted in a case of its own, for this person."""
    words = words[:_LONGEST]
    content = words.encode()
    await office.blobs.put_many([content])
    document = Document(
        name="question",
        media_type="text/plain",
        sha256=sha256(content),
        size=len(content),
        origin=Origin.BODY,
    )
    asked = await tx.open_case(about.message, document, "questions", about.title)
    inquiry = Inquiry(
        case=asked.id, about=about.id, person=person.id, words=words, unbidden=unbidden
    )
    await tx.save_inquiry(inquiry)
    await tx.delegate(asked.id, person.id, person.id)
    await tx.defer(Job(stage=Stage.INQUIRE, subject=asked.id))
    return asked


async def come_back(office: Office, tx: Transaction, inquiry: Inquiry) -> None:
    """Its next version says what came of the question; one that is over only tells its owner."""
    await tx.save_inquiry(inquiry)
    case = await tx.case(inquiry.about)
    details = {"inquiry": inquiry.case, "became": inquiry.state, "by": inquiry.answered_by}
    if not _asks_itself(inquiry, case) and not await is_open(tx, case):
        await tx.audit(Entry(actor="agent", what="inquiry.over", case=case.id, details=details))
        await tell(office, tx, inquiry, Notice.OUTSIDE)
        return
    await tx.supersede_drafts(case.id)
    await tx.wake(case.id)
    entry = Entry(actor="agent", what="case.informed", details=details)
    job = Job(stage=Stage.PROPOSE, subject=case.id, version=case.version + 1)
    await tx.advance(case, State.READ, entry, job)


def _asks_itself(inquiry: Inquiry, case: Case) -> bool:
    """Times were offered: what was approved is done, and their answer makes the next version."""
    return inquiry.case == inquiry.about and case.state in (State.DONE, State.PROPOSED)


async def is_open(tx: Transaction, case: Case) -> bool:
    """Whether it waits for a word, and nothing of what it proposes was begun."""
    if case.state not in (State.PROPOSED, State.NEEDS_OWNER) or not case.version:
        return False
    proposal, _, _ = await tx.proposal(case.id, case.version)
    return proposal.purpose is not Purpose.UNDO and not await tx.effects(case.id, case.version)


async def tell(
    office: Office,
    tx: Transaction,
    inquiry: Inquiry,
    notice: Notice,
    original: Original | None = None,
) -> None:
    """A notice to whoever asked; the mail itself comes with it."""
    person = await tx.person(inquiry.person)
    case = await tx.case(inquiry.about)
    facts = {
        "draft": case.title,
        "from": inquiry.answered_by or inquiry.address,
        "text": inquiry.answer,
    }
    await notify(
        office,
        tx,
        person,
        Note(
            notice,
            f"inquiry/{inquiry.case}/{inquiry.state}",
            [(name, said) for name, said in facts.items() if said],
            thread=Thread(subject=case.title, ref=case.ref),
            case=case.id,
            original=original,
        ),
    )
