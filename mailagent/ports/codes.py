"""A mail with a code came: its owner hears that it lies here, and never what it says."""

import re

from mailagent.core.audit import AuditEntry
from mailagent.core.letter import Letter, Notice, NoticeLetter
from mailagent.core.message import Message
from mailagent.core.post import Thread, envelope, owner_of
from mailagent.ports.office import Office
from mailagent.ports.store import Transaction

_CODE = re.compile(r"\w*\d[\w-]*(?:[ -]\d+)*")  # a word with a digit in it, and digits after it
_MINUTES = 10  # so long a flood of codes is one notice


async def tell_of_code(office: Office, tx: Transaction, message: Message) -> None:
    """At once, for codes end soon; sent on is nothing of it, and no link of it is followed."""
    person, now = owner_of((), await tx.people(), ""), office.clock.now()
    if person is None:
        return
    about = f"code/{now:%Y-%m-%dT%H}/{now.minute // _MINUTES}"

    def write(head: AuditEntry) -> Letter:
        thread = Thread(subject="")
        return NoticeLetter(
            envelope=envelope(office.company, person, thread, head, now, about=about),
            notice=Notice.CODE,
            facts=(
                ("from", message.sender_address or "?"),
                ("subject", _CODE.sub("\u2026", message.subject[:200])),
            ),
        )

    await tx.post(about, None, write)
