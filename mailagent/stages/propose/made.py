"""What a task makes of a case: as it was read, as its owner changed it, as they wrote above it."""

from collections.abc import Mapping, Sequence

from mailagent.core.audit import Entry
from mailagent.core.case import Case, State
from mailagent.core.decision import Shown, shown_fields
from mailagent.core.decision.above import heard_above
from mailagent.core.errors import OutsideItsTask
from mailagent.core.inquiry import told
from mailagent.core.people import Person
from mailagent.core.proposal import Action, Proposal, suspect
from mailagent.core.question import Answer, about
from mailagent.core.reading import KIND_BY_MODEL, Check, Reading
from mailagent.core.revision import Above, Edit, Heard, Revision, revised
from mailagent.core.task import Task, Work
from mailagent.ports import (
    KeptMessage,
    Office,
    Transaction,
    looked_before,
    suspected,
)


async def hear_above(office: Office, tx: Transaction, case: Case, kept: KeptMessage) -> None:
    """What its sender typed above the document makes the first version, once."""
    said = await tx.above(case.message) if case.state is State.READ and not case.version else None
    if said is None or await tx.revisions(case.id):
        return
    writer = await tx.person(said.person)
    if writer is None:
        return
    heard, edits = await _edits(office, tx, case, kept, said, writer)
    revision = Revision(
        case=case.id,
        version=1,
        person=writer.id,
        words=said.words,
        by=kept.sha256,
        edits=edits,
        above=heard,
    )
    await tx.save_revision(revision)
    changed = {edit.field: {"before": edit.before, "after": edit.value} for edit in edits}
    details = {"heard": heard, "unproved": said.unproved, "edits": changed}
    await tx.audit(Entry(actor=writer.id, what="case.above", case=case.id, details=details))


async def _edits(
    office: Office, tx: Transaction, case: Case, kept: KeptMessage, said: Above, writer: Person
) -> tuple[Heard, tuple[Edit, ...]]:
    """Read against the version that there would be without these words."""
    if said.unproved:
        return Heard.UNPROVED, ()
    task = office.tasks[case.task]
    proposal = task.propose(await _work(office, tx, case, kept, writer))
    names = (*(person.name for person in await tx.people()), office.company.assistant_name)
    shown = Shown(
        ref=case.ref,
        names=names,
        fields=shown_fields(task.shown(proposal), office.verbs),
        now=said.at,
        locale=writer.locale,
        timezone=writer.timezone,
    )
    heard, wanted = heard_above(said.words, said.html, shown, office.verbs)
    edits, faults = task.fitting(proposal, wanted)
    return (Heard.NOT_UNDERSTOOD, ()) if faults else (heard, edits)


async def make(
    office: Office, tx: Transaction, case: Case, kept: KeptMessage, person: Person
) -> Proposal:
    task = office.tasks[case.task]
    revisions = await tx.revisions(case.id)
    proposal = task.propose(await _work(office, tx, case, kept, person))
    outside = {a.payload.capability for a in proposal.all_actions} - task.may
    if outside:
        raise OutsideItsTask(f"task {task.name} proposed {', '.join(sorted(outside))}")
    names = {person.id: person.name for person in await tx.people()}
    asked = [told(inquiry) for inquiry in await tx.inquiries_about(case.id)]
    notes = (*proposal.notes, *proposal.reading.remarks, *filter(None, asked))
    checks = (*_in_doubt(proposal), *proposal.checks)
    proposal = proposal.model_copy(update={"notes": notes, "checks": checks})
    proposal = suspect(proposal, await suspected(office, tx, kept), person.language)
    return _as_changed(proposal, case, revisions, names)


def _in_doubt(proposal: Proposal) -> list[Check]:
    """That a model chose the kind is said whatever the task makes of it."""
    found = [check for check in proposal.reading.checks if check.name == KIND_BY_MODEL]
    return [check for check in found if check not in proposal.checks]


async def _work(
    office: Office, tx: Transaction, case: Case, kept: KeptMessage, person: Person
) -> Work:
    task = office.tasks[case.task]
    revisions = await tx.revisions(case.id)
    reading = revised(await tx.reading(case.id), revisions)
    return Work(
        company=office.company,
        person=person,
        case=case,
        version=case.version + 1,
        reading=reading,
        edits=frozenset(edit.field for revision in revisions for edit in revision.edits),
        answers=await _answers(office, tx, task, case, kept, reading),
        sender=kept.sender,
        signed_by=kept.signed_by,
        subject=kept.subject,
        look=await looked_before(tx, kept.id),
        message_id=kept.message_id,
        today=office.clock.now().astimezone(person.zone).date(),
        filing=office.filing,
        remind_before=office.remind_before,
        replies=office.replies,
    )


def _as_changed(
    proposal: Proposal, case: Case, revisions: Sequence[Revision], names: Mapping[str, str]
) -> Proposal:
    """Without what was left out, its changes marked, under the subject that the case has."""
    gone = {name for revision in revisions for name in revision.left_out}
    kept = [action for action in proposal.actions if action.payload.capability not in gone]
    made_by = next((r for r in revisions if r.version == proposal.version), None)
    above = made_by.above if made_by else None
    return proposal.model_copy(
        update={
            "actions": _numbered(kept, 1),
            "alternatives": tuple(
                one.model_copy(update={"actions": _numbered(one.actions, len(kept) + 1)})
                for one in proposal.alternatives
            ),
            "changes": made_by.edits if made_by else (),
            "notes": (*(made_by.why if made_by else ()), *proposal.notes),
            **(
                {"you_wrote": made_by.words, "heard": above, "writer": names.get(made_by.person)}
                if made_by and above
                else {}
            ),
            "title": case.title if case.version else proposal.title,
        }
    )


def _numbered(actions: Sequence[Action], first: int) -> tuple[Action, ...]:
    return tuple(a.model_copy(update={"number": n}) for n, a in enumerate(actions, first))


async def _answers(
    office: Office, tx: Transaction, task: Task, case: Case, kept: KeptMessage, reading: Reading
) -> tuple[Answer, ...]:
    asked = task.questions(reading, office.company)
    signed, ours = kept.signed_by, office.company.domain
    questions = [about(question, case, signed, ours, kept.sender) for question in asked]
    return tuple([await office.answer(tx, question) for question in questions])
