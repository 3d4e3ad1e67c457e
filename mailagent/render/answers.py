"""How a mail of ours is answered: its subject, and answers that are ready to send."""

import re
from typing import Literal, NamedTuple
from urllib.parse import quote

from mailagent.core.letter import Envelope
from mailagent.render.foreign import clean, without_accounts

_REFERENCE = re.compile(r"\[\s*ops", re.IGNORECASE)


class Button(NamedTuple):
    """A `mailto:` link with the answer written. Never a web address: scanners open those."""

    label: str
    href: str
    weight: Literal["first", "second"]


def subject(envelope: Envelope, *, reply: bool = False) -> str:
    """What the subject line says; only ours is a reference in it."""
    said = _REFERENCE.sub("(ops", clean(without_accounts(envelope.subject), 150))
    before = "Re: " if reply and not said.startswith("Re: ") else ""
    return f"{before}{said} [ops {envelope.ref}]" if envelope.ref else f"{before}{said}"


def buttons(envelope: Envelope, *answers: tuple[str, str]) -> tuple[Button, ...]:
    """A button for each label and word, where plus-addressing was measured to work.

    The first of several stands out.
    """
    if not envelope.reply_to:
        return ()
    return tuple(
        Button(label, _mailto(envelope, word), "second" if at or len(answers) == 1 else "first")
        for at, (label, word) in enumerate(answers)
    )


def _mailto(envelope: Envelope, word: str) -> str:
    address = quote(envelope.reply_to, safe="@")
    line = quote(subject(envelope, reply=True), safe="")
    return f"mailto:{address}?subject={line}&body={quote(word, safe='')}"
