"""Listen: a mail from one of our own people that answers no draft.

It may be a request: then it is answered, if the person is proven. Anything else is sorted like
every mail; what stands above the document that it brings is kept for the proposal.
"""

from mailagent.core.audit import Entry
from mailagent.core.errors import Unreadable
from mailagent.core.job import ENCLOSED, Job, Stage
from mailagent.core.message import Disposition
from mailagent.ports import Office, Stale, Transaction
from mailagent.stages.listen.answer import answer
from mailagent.stages.listen.hear import Heard, hear
from mailagent.stages.listen.refuse import refuse


async def listen(office: Office, job: Job) -> None:
    """Answers a request; hands every other mail on."""
    async with office.store.begin(office.company.id) as tx:
        kept = await tx.message(job.subject)
        people = tuple(await tx.people())
    if kept.disposition is not Disposition.ARRIVED:
        raise Stale(f"message {kept.id} is {kept.disposition}")
    try:
        heard = await hear(office, kept, people)
    except Unreadable:
        heard = None  # sorting it says so as well, and parks it
    async with office.store.begin(office.company.id) as tx:
        if heard is None or heard.said is None:
            if heard is not None and heard.above is not None:
                await tx.save_above(kept.id, heard.above)
            await tx.defer(Job(stage=Stage.SORT, subject=kept.id))
        else:
            await _settle(office, tx, heard)
        office.probe("listen: before commit")
    office.probe("listen: committed")


async def _settle(office: Office, tx: Transaction, heard: Heard) -> None:
    admitted = heard.admission
    if admitted.step is not None and admitted.person:
        await tx.use_code(admitted.person.id, admitted.step)
    outcome = await (answer if admitted.person else refuse)(office, tx, heard)
    await tx.describe(heard.kept.id, heard.described())
    await tx.dispose(heard.kept.id, Disposition.REQUEST, _entry(heard, outcome), *_enclosed(heard))


def _entry(heard: Heard, outcome: str) -> Entry:
    admitted = heard.admission
    said = heard.said
    asked = said if isinstance(said, str) or said is None else said.model_dump(exclude={"code"})
    return Entry(
        actor=admitted.person.id if admitted.person else "unproven",
        what=f"request.{outcome}",
        details={
            "content": heard.kept.sha256,
            "sender": heard.reply.sender,
            "asked": asked,
            "gates": admitted.record(),
        },
    )


def _enclosed(heard: Heard) -> tuple[Job, ...]:
    """A document that came along is not lost."""
    if not heard.reply.encloses:
        return ()
    return (Job(stage=Stage.SORT, subject=heard.kept.id, version=ENCLOSED),)
