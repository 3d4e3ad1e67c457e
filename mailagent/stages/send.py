"""Send: a mail of ours goes out, with the same bytes however often it is tried."""

from mailagent.core.bell import line_of
from mailagent.core.errors import (
    MailboxRefused,
    MailRefused,
    OutcomeUnknown,
    RecipientRefused,
    SendingUnavailable,
)
from mailagent.core.job import Job
from mailagent.ports import Office, Stale


async def send(office: Office, job: Job) -> None:
    """To our own people an uncertain mail is sent again: at least once, counted as one."""
    async with office.store.begin(office.company.id) as tx:
        kept = await tx.mail(job.subject)
    if kept.sent:
        raise Stale(f"mail {kept.id} went out already")
    office.probe(f"send: {kept.mail.kind} before")
    refused = line = ""
    try:
        await office.post.send(kept.mail, office.company.ops_address)
    except (OutcomeUnknown, MailboxRefused) as error:
        # A login that is refused says nothing against the mail: it goes out with the next password.
        raise SendingUnavailable(error.what) from error
    except (RecipientRefused, MailRefused) as error:
        refused = str(error)
    office.probe(f"send: {kept.mail.kind} accepted")
    async with office.store.begin(office.company.id) as tx:
        if refused:
            await tx.mail_refused(kept.id, refused)
        else:
            await tx.mail_sent(kept.id)
            line = line_of(kept.mail.kind, urgent=kept.urgent)
        office.probe(f"send: {kept.mail.kind} before commit")
    office.probe(f"send: {kept.mail.kind} committed")
    if line:
        await office.ring(line)
