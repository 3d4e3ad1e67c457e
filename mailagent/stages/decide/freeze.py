"""Failed attempts with a draft's own token: after five of them the draft is frozen."""

from mailagent.core.audit import AuditEntry, Entry
from mailagent.core.case import Case
from mailagent.core.draft import MOST_FAILURES, Draft
from mailagent.core.letter import Letter, Notice, NoticeLetter
from mailagent.core.people import Person
from mailagent.core.post import Thread, envelope
from mailagent.ports import Office, Transaction
from mailagent.stages.decide.hear import Heard


async def freezes(office: Office, tx: Transaction, heard: Heard) -> bool:
    """Counts the attempt; True: it was the last one, nobody can answer this draft any more."""
    candidate, owner = heard.verdicts.candidate, heard.verdicts.owner
    if not heard.verdicts.suspicious or candidate is None or owner is None:
        return False
    draft = candidate.draft
    if await tx.fail_draft(draft.id) < MOST_FAILURES:
        return False
    await tx.freeze_draft(draft.id)
    details = {"draft": draft.id, "person": draft.person, "version": draft.version}
    await tx.audit(Entry(actor="agent", what="draft.frozen", case=draft.case, details=details))
    await _tell(office, tx, owner, draft, await tx.case(draft.case))
    return True


async def _tell(office: Office, tx: Transaction, owner: Person, draft: Draft, case: Case) -> None:
    about = f"frozen/{draft.id}"

    def write(head: AuditEntry) -> Letter:
        thread = Thread(subject="A draft is frozen", ref=draft.ref)
        now = office.clock.now()
        return NoticeLetter(
            envelope=envelope(office.company, owner, thread, head, now, about=about),
            notice=Notice.FROZEN,
            facts=(("draft", case.title), ("unfreeze", f"mailagent unfreeze {draft.ref}")),
        )

    await tx.post(about, case.id, write)
