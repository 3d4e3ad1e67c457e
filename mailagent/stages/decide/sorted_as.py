"""What a person says that a mail is: it becomes that, and such mails of its sender as well."""

from mailagent.core.audit import Entry
from mailagent.core.case import State
from mailagent.core.decision import Command
from mailagent.core.job import Job, Stage
from mailagent.core.letter import About, Ending
from mailagent.core.proposal import Purpose
from mailagent.core.reading import Kind
from mailagent.core.said import say
from mailagent.core.triage import BULK, Sighting, Teaching
from mailagent.ports import Office, Transaction
from mailagent.ports.answering import with_its_writer
from mailagent.stages.decide.answer import answer_with
from mailagent.stages.decide.hear import Answer, Heard
from mailagent.stages.decide.question import ask_because

_OPEN = (State.PROPOSED, State.NEEDS_OWNER)


async def sorted_as(
    office: Office, tx: Transaction, heard: Heard, answer: Answer, said: Command
) -> str:
    """Learned per sender and per what such mails look like; the mail about which is cited."""
    case = await tx.case(answer.draft.case)
    proposal, _, _ = await tx.proposal(case.id, answer.draft.version)
    if case.state not in _OPEN or proposal.purpose is Purpose.UNDO:
        return await ask_because(office, tx, heard, answer, say("unclear.waits_no_more"))
    sighting = await tx.sighting(case.message)
    kind = _kind(said.argument, sighting)
    if kind is proposal.reading.kind:
        return await ask_because(office, tx, heard, answer, say("unclear.taken_already"))
    sender = sighting.address if sighting else ""
    if sighting is not None and sender and kind is not Kind.REQUEST:  # one answer is no habit
        await _teach(tx, heard, answer, sighting, kind)
    if kind in BULK:
        return await _close(office, tx, heard, answer, kind, sender)
    if kind is Kind.OTHER:
        gaps = {"kind": kind.value, "sender": sender}
        return await answer_with(office, tx, heard, answer, About.TAUGHT, gaps=gaps)
    return await _anew(office, tx, heard, answer, kind)


def _kind(said: str, sighting: Sighting | None) -> Kind:
    """`aside` is whatever it looked like, where that is nothing to look at."""
    if said == "not":
        return Kind.OTHER
    if said != "aside":
        return Kind(said)
    looked = sighting.look.kind if sighting else Kind.NEWSLETTER
    return looked if looked in BULK else Kind.NEWSLETTER


async def _teach(
    tx: Transaction, heard: Heard, answer: Answer, sighting: Sighting, kind: Kind
) -> None:
    teaching = Teaching(
        sender=sighting.address,
        seen=sighting.look.kind,
        kind=kind,
        person=answer.person.id,
        message=sighting.message,
        taught_by=heard.kept.sha256,
    )
    details = teaching.model_dump(mode="json")
    entry = Entry(
        actor=answer.person.id, what="sender.taught", case=answer.draft.case, details=details
    )
    await tx.teach_sender(teaching, entry)


async def _close(
    office: Office, tx: Transaction, heard: Heard, answer: Answer, kind: Kind, sender: str
) -> str:
    """It lies aside from now on; nothing of it is carried out."""
    case = await tx.case(answer.draft.case)
    await tx.supersede_drafts(case.id)
    await tx.wake(case.id)
    details = {"by": heard.kept.sha256, "kind": kind}
    entry = Entry(actor=answer.person.id, what="case.set_aside", case=case.id, details=details)
    to = State.IGNORED if case.state is State.NEEDS_OWNER else State.REJECTED
    await tx.advance(case, to, entry, Job(stage=Stage.SHELVE, subject=case.message))
    gaps = {"kind": kind.value, "sender": sender}
    return await answer_with(office, tx, heard, answer, About.TAUGHT, gaps=gaps)


async def _anew(office: Office, tx: Transaction, heard: Heard, answer: Answer, kind: Kind) -> str:
    """The same paper as what the person says that it is: a new version, for approval."""
    case = await tx.case(answer.draft.case)
    reading = await tx.reading(case.id)
    told = {"kind": kind, "confidence": 1.0, "reason": f"{answer.person.name} said so"}
    told_so = await with_its_writer(tx, case, reading.model_copy(update=told))
    await tx.save_reading(case.id, told_so)
    takers = [t.name for t in office.tasks.values() if kind in t.kinds and t.name != "other"]
    await tx.supersede_drafts(case.id)
    await tx.wake(case.id)
    details = {"by": heard.kept.sha256, "kind": kind}
    entry = Entry(actor=answer.person.id, what="case.told_kind", case=case.id, details=details)
    job = Job(stage=Stage.PROPOSE, subject=case.id, version=case.version + 1)
    await tx.advance(case, State.READ, entry, job, task=takers[0] if takers else "other")
    return await answer.note(tx, heard, Ending.ANSWERED) if answer.item else "kind"
