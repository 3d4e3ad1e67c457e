"""Failed attempts with a draft's own token: after five of them the draft is frozen."""

from mailagent.core.audit import AuditEntry, Entry
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
    if heard.brief:  # who knows its token knows what stands in it
        for item in heard.brief.items:
            await tx.freeze_draft(item.draft.id)
    details = {"draft": draft.id, "person": draft.person, "version": draft.version}
    case = draft.case or None
    await tx.audit(Entry(actor="agent", what="draft.frozen", case=case, details=details))
    title = heard.brief.title if heard.brief else (await tx.case(draft.case)).title
    await _tell(office, tx, owner, draft, title)
    return True


async def _tell(office: Office, tx: Transaction, owner: Person, draft: Draft, title: str) -> None:
    about = f"frozen/{draft.id}"

    def write(head: AuditEntry) -> Letter:
        thread = Thread(subject="", ref=draft.ref)
        now = office.clock.now()
        return NoticeLetter(
            envelope=envelope(office.company, owner, thread, head, now, about=about),
            notice=Notice.FROZEN,
            facts=(("draft", title), ("unfreeze", f"mailagent unfreeze {draft.ref}")),
        )

    await tx.post(about, draft.case or None, write)
