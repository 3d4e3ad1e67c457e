"""The two weeks as people can read them."""

import re
from collections.abc import Mapping
from datetime import date, datetime

from mailagent.core.letter import OutgoingMail
from tests.clients import Mail
from tests.fortnight.mails import ZONE, Arriving
from tests.fortnight.people import Someone

_ANCHOR = re.compile(r"\baudit \d+:[0-9a-f]{16}")
_WIDE = 96


class Transcript:
    """Everything that came in and went out, by the clock; mails to people with all their words."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._said: list[str] = []

    @property
    def text(self) -> str:
        return "\n".join(self._said) + "\n"

    def day(self, day: date) -> None:
        self._said += ["", f"=== {day:%A} {day.day} {day:%B %Y} ".ljust(_WIDE, "="), ""]

    def arrives(self, mail: Arriving) -> None:
        read = Mail(mail.raw)
        sender = read["From"].partition("<")[0].strip()
        line = f"{mail.at:%H:%M}  {mail.kind:<12}  {sender}: {read.subject}"
        self._said.append(line[:_WIDE].rstrip())

    def says(self, person: Someone, own: str, to: Mail | None) -> None:
        at = person.clock.now().astimezone(ZONE)
        about = f'answers "{to.subject}"' if to else "writes"
        self._said += ["", f"{at:%H:%M}  {person.name.split()[0]} {about}"]
        self._said += [f"    > {line}".rstrip() for line in own.splitlines()]

    def sent(self, one: OutgoingMail, mail: Mail, at: datetime) -> None:
        at = at.astimezone(ZONE)
        to = self._names.get(one.recipient, one.recipient)
        self._said += ["", f"{at:%H:%M}  --> {to}: {mail.subject}"]
        text = _ANCHOR.sub("audit ...", mail.written)
        self._said += [f"    | {line}".rstrip() for line in text.rstrip().splitlines()]
        self._said.append("")

    def counted(self, by: Mapping[str, int], trouble: str) -> None:
        told = ", ".join(f"{n} {name}" for name, n in sorted(by.items()))
        self._said += ["", f"23:59  counted: {told}", f"       {trouble or 'nothing is lost'}"]
