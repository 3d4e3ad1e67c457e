"""The two people: what they answer, from nothing but the words of the mails that they get."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from connectors.server import Security
from mailagent.core.authenticator import Authenticator
from mailagent.ports import Clock
from tests.clients import Client, Mail, Written
from tests.fortnight.mails import OPS
from tests.servers import MailServers

_ITEM = re.compile(r"^ *(\d+)  (\S.*)")
_HEADINGS = ("READY", "LOOK FIRST", "STILL OPEN")
_NOWHERE = MailServers(kind="none", imap_port=0, smtp_port=0, mx_port=0, security=Security.PLAIN)
_HEAVY = "Needs a code"
_DOUBTS = (
    "account changed",
    "Can only be rejected",
    "recorded before",
    "same amount",
    "I do not",
    "I did not",
    "called off",
)
APPS = {
    "ann": Authenticator(secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"),
    "ben": Authenticator(secret="KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU"),
}


class Line(NamedTuple):
    """One decision of a brief, as it is read."""

    number: int
    text: str
    ready: bool


def lines_of(brief: Mail) -> list[Line]:
    """The numbered lines, put together again where they were broken."""
    found: list[Line] = []
    part = ""
    for row in brief.written.splitlines():
        heading = next((one for one in _HEADINGS if row.startswith(one)), "")
        part = heading or ("" if not row.strip() else part)
        if part not in _HEADINGS[:2] or heading:
            continue
        if match := _ITEM.match(row):
            found.append(Line(int(match[1]), match[2], part == "READY"))
        elif row.startswith("     ") and found and not row.strip().startswith("!"):
            found[-1] = found[-1]._replace(text=f"{found[-1].text} {row.strip()}")
    return found


def word_at(line: Line) -> str:
    """What somebody says who looked at it."""
    text = line.text
    if any(doubt in text for doubt in _DOUBTS):
        return "no"
    if text.endswith("?"):
        return _chosen(text)
    return "approve" if _HEAVY in text else "ok"


def _chosen(text: str) -> str:
    """The first that is offered; what does not fit is declined."""
    offered = re.split(r"[:.?] ", text.removesuffix("?"))[-1].split(" or ")
    clashes = "clashes" in text or "outside of your rules" in text
    return offered[-1] if clashes else offered[0]


@dataclass
class Someone:
    """A person at their mail client."""

    id: str
    name: str
    user: str
    clock: Clock
    app: Authenticator | None = None
    got: list[Mail] = field(default_factory=list)
    written: int = 0
    answered: set[str] = field(default_factory=set)

    @property
    def client(self) -> Client:
        return Client(servers=_NOWHERE, user=self.user, clock=self.clock)

    @property
    def address(self) -> str:
        return self.client.address

    def brief(self) -> Mail | None:
        """The last one that asks for something, since nothing was said to it."""
        return next((one for one in reversed(self.got) if lines_of(one)), None)

    def draft(self) -> Mail | None:
        """The oldest in a mail of its own that nothing was said to."""
        drafts = (one for one in self.got if one.written.startswith(("Approve", "File")))
        return next((one for one in drafts if one.message_id not in self.answered), None)

    def words_for(self, brief: Mail, changed: dict[str, str]) -> str:
        """One reply to all of it: by number what is to be looked at, the rest together.

        `changed`: of the first line that has this word in it, what is said instead.
        """
        lines, said = lines_of(brief), dict[int, str]()
        for word, instead in changed.items():
            first = next((o for o in lines if word in o.text and o.number not in said), None)
            if first:
                said[first.number] = instead
        said |= {o.number: word_at(o) for o in lines if not o.ready and o.number not in said}
        parts = [f"{number} {word}" for number, word in sorted(said.items())]
        parts += ["rest ok"] if any(o.ready and o.number not in said for o in lines) else []
        over = "approve" in said.values() or "Together they pass your limit" in brief.text
        return ", ".join(parts) + (f"\n\n{self.code()}" if over else "")

    def word_for(self, draft: Mail) -> str:
        """The first of the words that it offers."""
        offered = draft.text.partition("Reply ")[2].split("\u00b7")[0]
        return offered.strip()

    def code(self) -> str:
        """What their authenticator shows."""
        if self.app is None:
            raise LookupError(f"{self.name} has no authenticator")
        code = self.app.code(int(self.clock.now().timestamp()) // 30)
        return f"{code[:3]} {code[3:]}"

    def answers(self, to: Mail, own: str) -> bytes:
        """A reply, as their client sends it."""
        self.answered.add(to.message_id)
        return self.client.answer(to, own, From=self._sender(), Message_ID=self._name())

    def writes(self, subject: str) -> bytes:
        """A mail of its own to the agent."""
        told = {"From": self._sender(), "To": OPS, "Subject": subject, "Message-ID": self._name()}
        return self.client.compose(told, Written(""))

    def _sender(self) -> str:
        return f"{self.name} <{self.address}>"

    def _name(self) -> str:
        self.written += 1
        return f"<{self.user}.{self.written}@client.test>"
