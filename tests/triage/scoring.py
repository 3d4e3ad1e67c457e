"""How many mails are sorted rightly. `python -m tests.triage [--errors] [--set words]`"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from mailagent.core.cover import cover_of
from mailagent.core.document import Origin
from mailagent.core.errors import Unreadable
from mailagent.core.message import Message
from mailagent.core.reading import UNREADABLE, Kind, Reading
from mailagent.core.triage import Look, is_set_aside, mail_kind, settled
from mailagent.ports import contents_of
from parsers.kinds import read_document
from parsers.mail.mime import read_message
from parsers.triage.look import look_at
from tests.triage.mails import Labelled


class Sorted(NamedTuple):
    """What became of a mail."""

    mail: Labelled
    look: Look
    kind: Kind
    aside: bool
    asks: bool  # it stays unclear: a model, or its owner

    @property
    def right(self) -> bool:
        return self.kind.value == self.mail.kind

    @property
    def topic_right(self) -> bool:
        return not self.mail.topic or self.mail.topic == (self.look.topic or "")


def sort_mail(mail: Labelled) -> Sorted:
    """The way that the stages go, without a store."""
    message = read_message(mail.raw)
    look = look_at(mail.raw, message)
    found = contents_of(message)
    attached = [f for f in found if f.document.origin is Origin.ATTACHMENT]
    aside = not mail.ours and not attached and is_set_aside(look)
    readings = [_read(f.content, f.document.origin, message, look) for f in found]
    kind = look.kind if aside else mail_kind(look, readings)
    asks = not attached and not look.is_sure
    return Sorted(mail, look, kind, aside, asks)


def _read(content: bytes, origin: Origin, message: Message, look: Look) -> Reading:
    try:
        reading = read_document(content, cover=cover_of(message))
    except Unreadable:
        reading = UNREADABLE
    return settled(reading, look, origin)


class Score(NamedTuple):
    """The figures."""

    n: int
    right: int
    lost: list[Sorted]  # of value, and set aside
    wrong: list[Sorted]
    unclear: int
    table: dict[str, Counter[str]]

    def __str__(self) -> str:
        kinds = sorted(self.table)
        right, unclear = self.right / self.n, self.unclear / self.n
        lines = [
            f"{self.right} of {self.n} kinds right ({right:.3f})",
            f"{len(self.lost)} of value set aside; {self.unclear} stay unclear ({unclear:.3f})",
            *(f"  {kind:20} {_row(kind, self.table[kind])}" for kind in kinds),
        ]
        return "\n".join(lines)


def _row(kind: str, seen: Counter[str]) -> str:
    others = ", ".join(f"{name} {n}" for name, n in seen.most_common() if name != kind)
    return f"{seen[kind]:4} of {seen.total():4}" + (f"   as {others}" if others else "")


def score(mails: Iterable[Labelled]) -> Score:
    """Sorts them all."""
    table: dict[str, Counter[str]] = defaultdict(Counter)
    found = [sort_mail(mail) for mail in mails]
    for one in found:
        table[one.mail.kind][one.kind.value] += 1
    return Score(
        n=len(found),
        right=sum(one.right for one in found),
        lost=[one for one in found if one.aside and one.mail.valuable],
        wrong=[one for one in found if not one.right],
        unclear=sum(one.asks for one in found),
        table=table,
    )
