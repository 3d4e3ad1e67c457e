"""One place where mails are sent and waited for, so that each is kept and shown."""

from dataclasses import dataclass, field
from email.message import EmailMessage
from time import perf_counter

from mailagent.demo import cast
from mailagent.demo.client import MailClient, answer, parsed, written
from mailagent.demo.record import Record, Way
from mailagent.demo.screen import Screen
from mailagent.demo.world import World


@dataclass
class Scene:
    """What the story is told with."""

    world: World
    record: Record
    screen: Screen
    unread: list[bytes] = field(default_factory=list)
    _sent_at: float = 0.0

    def chapter(self, title: str) -> None:
        """Opens one."""
        self.record.open_chapter(title)
        self.screen.chapter(title)

    def remark(self, text: str) -> None:
        """Something without a mail."""
        self.record.remark(text)
        self.screen.remark(text)

    async def arrives(self, raw: bytes) -> None:
        """Somebody outside writes to the agent."""
        await self._send(self.world.outside, Way.OUTSIDE, raw, cast.OPS)

    async def ann_writes(self, mail: EmailMessage) -> None:
        """Ann starts a conversation."""
        await self._send(self.world.ann, Way.OWNER, written(mail), cast.OPS)

    async def ann_answers(self, to: EmailMessage, words: str) -> None:
        """Ann answers a mail of the agent."""
        await self._answer(self.world.ann, Way.OWNER, to, words)

    async def stranger_answers(self, to: EmailMessage, words: str) -> None:
        """The very same mail, by somebody who is not logged in as Ann."""
        await self._answer(self.world.outside, Way.FORGED, to, words)

    async def ann_gets(self, what: str, about: str, lines: int = 0) -> EmailMessage:
        """Waits for the agent's mail whose Subject has `about` in it."""

        async def look() -> bytes | None:
            self.unread += await self.world.ann.new_mails()
            return next((m for m in self.unread if about in str(parsed(m)["Subject"])), None)

        raw = await self.world.until(what, look)
        self.unread.remove(raw)
        self.screen.mail(self.record.keep(Way.AGENT, raw, perf_counter() - self._sent_at), lines)
        return parsed(raw)

    async def _answer(self, client: MailClient, way: Way, to: EmailMessage, words: str) -> None:
        mail = answer(to, words, f"Ann Lee <{cast.ANN}>", self.world.now)
        await self._send(client, way, written(mail), str(mail["To"]))

    async def _send(self, client: MailClient, way: Way, raw: bytes, recipient: str) -> None:
        self.screen.mail(self.record.keep(way, raw))
        self._sent_at = perf_counter()
        await client.send(raw, recipient)
