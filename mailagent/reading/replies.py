"""Replies in files: how they would be understood, without a store and without any proof."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from email.utils import parseaddr
from pathlib import Path
from typing import Any, Literal

from pydantic import ConfigDict

from mailagent.core.decision import (
    Decision,
    Shown,
    ShownAs,
    ShownItem,
    Verbs,
    blank,
    shown_fields,
    told,
    understand,
)
from mailagent.core.errors import Unreadable
from mailagent.core.gates.shape import misshapen
from mailagent.core.message import Arrival, Place
from mailagent.core.reply import Reply
from mailagent.core.value import Value
from mailagent.reading.files import content_of
from mailagent.reading.pool import Pool

_PLACE = Place(folder="INBOX", uidvalidity=1, uid=1)


class SentItem(Value):
    """A line of the brief that was sent."""

    model_config = ConfigDict(extra="ignore")
    ready: bool = True
    heavy: bool = False
    alternatives: tuple[str, ...] = ()


class Sent(Value):
    """What was sent to the person, as a file says it."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)
    kind: ShownAs = ShownAs.DRAFT
    reference: str = ""
    weight: Literal["light", "heavy"] = "light"
    text: str = ""
    fields: dict[str, str | None] = {}
    actions: dict[str, str] = {}
    items: dict[str, SentItem] = {}
    sent_at: datetime | None = None
    locale: str = "en_GB"
    zone: str = "UTC"
    names: tuple[str, ...] = ()

    def shown(self, now: datetime | None, verbs: Verbs) -> Shown:
        """As the grammar takes it; a draft has at most the alternatives of its one item."""
        items = {number: ShownItem(**dict(item)) for number, item in self.items.items()}
        is_brief = self.kind is ShownAs.BRIEF
        one = () if is_brief else tuple(a for item in items.values() for a in item.alternatives)
        return Shown(
            kind=self.kind,
            ref=self.reference,
            numbers=tuple(int(n) for n in self.actions if n.isdecimal()),
            heavy=self.weight == "heavy",
            names=self.names,
            text=self.text,
            fields=shown_fields({n: v for n, v in self.fields.items() if v}, verbs),
            alternatives=one,
            items=items if is_brief else {},
            locale=self.locale.replace("-", "_"),
            timezone=self.zone,
            sent_at=self.sent_at,
            now=now or self.sent_at,
        )


async def read_replies(
    pool: Pool, paths: Sequence[Path], sent: Sent, at: datetime | None, verbs: Verbs
) -> AsyncIterator[dict[str, Any]]:
    """One object for each file, in their order; an unreadable one has an `error`."""
    for path in paths:
        try:
            reply = await pool.reply(_arrival(content_of(path), at))
        except OSError as error:
            yield {"path": str(path), "error": error.strerror or type(error).__name__}
        except Unreadable as error:
            yield {"path": str(path), "error": error.what}
        else:
            yield {"path": str(path), **heard(reply, sent, at, verbs)}


def _arrival(raw: bytes, at: datetime | None) -> Arrival:
    """A file that knows only LF was stored so: on the wire its lines ended in CRLF."""
    if b"\r\n" not in raw:
        raw = raw.replace(b"\n", b"\r\n")
    return Arrival(place=_PLACE, raw=raw, received_at=at or datetime.fromtimestamp(0, UTC))


def heard(reply: Reply, sent: Sent, at: datetime | None, verbs: Verbs) -> dict[str, Any]:
    """What the gates that need no proof (G2, G3, G9) make of a reply."""
    if reply.automatic:
        return blank("automatic", reply.automatic)
    why = misshapen(reply.header)
    if why:
        return blank("unclear", why)
    shown = sent.shown(at or reply.date, verbs)
    shown = shown.model_copy(update={"names": (*shown.names, _display_name(reply))})
    return told(understood(reply, shown, verbs), shown)


def _display_name(reply: Reply) -> str:
    """How the person signs, as far as the mail tells: by their first or whole name."""
    sender = next((value for name, value in reply.fields if name == "from"), "")
    return parseaddr(sender)[0][:100]


def understood(reply: Reply, shown: Shown, verbs: Verbs) -> Decision:
    """G9 alone."""
    return understand(reply.own, reply.own_html, shown, verbs, reply.aside)
