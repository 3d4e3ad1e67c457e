"""What the person had before them when they answered; the grammar reads their words against it."""

from email import message_from_bytes, policy
from email.message import EmailMessage, Message

from mailagent.core.brief import Brief, BriefKind, shown_item
from mailagent.core.decision import Shown, ShownAs, ShownItem, shown_fields
from mailagent.core.gates import Choice
from mailagent.core.people import Person
from mailagent.core.policy import Verdict
from mailagent.core.proposal import Purpose
from mailagent.core.reply import Reply
from mailagent.core.written import Written
from mailagent.ports import Office, Transaction
from parsers.mail.reply_html import html_lines

# The text stands at the beginning; what is attached is large and of no use here.
_ENOUGH = 200_000


async def shown_to(
    office: Office,
    tx: Transaction,
    choice: Choice | None,
    people: tuple[Person, ...],
    reply: Reply,
    brief: Brief | None = None,
) -> Shown:
    """As it was sent: its values, the numbers of its actions, its text."""
    if choice is None:
        return Shown(ref="")
    draft = choice.candidate.draft
    if brief is not None:
        return await _brief(office, tx, brief, people, reply)
    proposal, _, judgement = await tx.proposal(draft.case, draft.version)
    case = await tx.case(draft.case)
    task = office.tasks.get(case.task)
    text, html = await _parts(tx, reply)
    person = next((p for p in people if p.id == draft.person), None)
    is_draft = proposal.purpose is not Purpose.UNDO
    return Shown(
        kind=ShownAs.DRAFT if is_draft else ShownAs.RECEIPT,
        purpose=proposal.purpose,
        ref=draft.ref,
        numbers=tuple(action.number for action in proposal.actions),
        alternatives=tuple(one.label for one in proposal.alternatives),
        heavy=judgement.verdict >= Verdict.CODE,
        names=(*(p.name for p in people), office.company.assistant_name),
        fields=shown_fields(task.shown(proposal), office.verbs) if task and is_draft else {},
        letter="\n".join(
            f"{one.payload.subject}\n{one.payload.text}"
            for one in proposal.all_actions
            if isinstance(one.payload, Written)
        ),
        text=text,
        html=html,
        sent_at=draft.issued_at,
        now=reply.date,
        locale=person.locale if person else "en_GB",
        timezone=person.timezone if person else "UTC",
    )


async def _brief(
    office: Office, tx: Transaction, brief: Brief, people: tuple[Person, ...], reply: Reply
) -> Shown:
    """Its lines by number; of a receipt for several only the numbers."""
    person = next((p for p in people if p.id == brief.draft.person), None)
    is_receipt = brief.kind is BriefKind.RECEIPT
    text, html = await _parts(tx, reply)
    items = {}
    for item in () if is_receipt else brief.items:
        proposal, _, judgement = await tx.proposal(item.draft.case, item.draft.version)
        items[str(item.number)] = shown_item(proposal, judgement, ready=item.ready)
    items |= {str(one.number): ShownItem(ready=False, spot=True) for one in brief.checks}
    return Shown(
        kind=ShownAs.RECEIPT if is_receipt else ShownAs.BRIEF,
        ref=brief.draft.ref,
        numbers=tuple(item.number for item in brief.items) if is_receipt else (),
        items=items,
        names=(*(p.name for p in people), office.company.assistant_name),
        text=text,
        html=html,
        sent_at=brief.draft.issued_at,
        now=reply.date,
        locale=person.locale if person else "en_GB",
        timezone=person.timezone if person else "UTC",
    )


async def _parts(tx: Transaction, reply: Reply) -> tuple[str, str]:
    """The plain part of the mail of ours that was answered, and the words of its HTML part."""
    answered = dict(reply.fields).get("in-reply-to", "")
    raw = await tx.sent_as(answered) if answered else None
    mail = message_from_bytes(raw[:_ENOUGH], policy=policy.default) if raw else None
    return _part(mail, "plain"), html_lines(_part(mail, "html"))


def _part(mail: Message | None, kind: str) -> str:
    part = mail.get_body((kind,)) if isinstance(mail, EmailMessage) else None
    return str(part.get_content()) if part else ""
