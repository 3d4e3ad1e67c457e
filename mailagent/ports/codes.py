"""A mail with a code came: its owner hears that it lies here, and never what it says."""

import re

from mailagent.core.letter import Notice
from mailagent.core.message import Message
from mailagent.ports.notify import Note, notify_owner
from mailagent.ports.office import Office
from mailagent.ports.store import Transaction

_CODE = re.compile(r"\w*\d[\w-]*(?:[ -]\d+)*")  # a word with a digit in it, and digits after it
_MINUTES = 10  # so long a flood of codes is one notice


async def tell_of_code(office: Office, tx: Transaction, message: Message) -> None:
    """At once, for codes end soon; sent on is nothing of it, and no link of it is followed."""
    now = office.clock.now()
    about = f"code/{now:%Y-%m-%dT%H}/{now.minute // _MINUTES}"
    subject = _CODE.sub("\u2026", message.subject[:200])
    facts = (("from", message.sender_address or "?"), ("subject", subject))
    await notify_owner(office, tx, Note(Notice.CODE, about, facts))
