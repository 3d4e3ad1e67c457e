"""The people of a company, with their pinned proofs."""

from datetime import datetime

from mailagent.core.audit import Entry
from mailagent.core.authenticator import Authenticator
from mailagent.core.people import Person
from mailagent.ports import KeptMessage
from mailagent.store.messages import Messages
from mailagent.store.tables import (
    authenticators,
    enrolments,
    muted,
    people,
    used_codes,
)


class People(Messages):
    """Whom the agent listens to."""

    async def people(self) -> list[Person]:
        """Everybody, in the order of the settings."""
        found = await self.all(self.rows(people).order_by(people.c.person))
        everybody = [Person.model_validate(row.body) for row in found]
        return sorted(everybody, key=lambda person: person.place)

    async def person(self, person: str) -> Person | None:
        """One of them."""
        row = await self.one(self.rows(people, people.c.person == person))
        return Person.model_validate(row.body) if row else None

    async def save_person(self, person: Person, entry: Entry) -> None:
        """A new person, or a changed one."""
        body = person.model_dump(mode="json")
        await self.run(self.add_or_change(people, ["person"], person=person.id, body=body))
        await self.audit(entry)

    async def remove_person(self, person: str, entry: Entry) -> None:
        """Somebody who decides nothing any more."""
        await self.run(self.drop(people, people.c.person == person))
        await self.audit(entry)

    async def authenticator(self, person: str) -> Authenticator | None:
        """The person's app, with the steps that it has used up."""
        row = await self.one(self.rows(authenticators, authenticators.c.person == person))
        if row is None:
            return None
        used = await self.all(self.rows(used_codes, used_codes.c.person == person))
        return Authenticator(secret=row.secret, used_steps=frozenset(code.step for code in used))

    async def save_authenticator(self, person: str, app: Authenticator, entry: Entry) -> None:
        """A new app takes the place of the one before."""
        now = self._clock.now()
        values = {"person": person, "secret": app.secret, "enrolled_at": now}
        await self.run(self.add_or_change(authenticators, ["person"], **values))
        await self.audit(entry)

    async def use_code(self, person: str, step: int) -> None:
        """This step of the person's app counts never again."""
        await self.run(self.add(used_codes, person=person, step=step, at=self._clock.now()))

    async def mute(self, sender: str, until: datetime) -> None:
        """Nobody is told of this sender until then."""
        await self.run(self.add_or_change(muted, ["sender"], sender=sender, until=until))

    async def is_muted(self, sender: str) -> bool:
        """Whether people were told of this sender lately."""
        still = (muted.c.sender == sender, muted.c.until > self._clock.now())
        return await self.one(self.rows(muted, *still)) is not None

    async def open_enrolment(self, code: str, address: str, until: datetime) -> None:
        """Waits for a mail with this code."""
        await self.run(self.add(enrolments, code=code, address=address, until=until))

    async def meet_enrolment(self, header: str, message: int) -> bool:
        """Whether a header carries a code that is waited for; its first message is noted."""
        code = await self.awaited_code(header)
        if code:
            noted = self.change(enrolments, enrolments.c.code == code)
            await self.run(noted.values(message=message))
        return bool(code)

    async def awaited_code(self, header: str) -> str:
        """The code in a header that is still waited for; empty: there is none."""
        waiting = self.rows(
            enrolments, enrolments.c.until > self._clock.now(), enrolments.c.message.is_(None)
        )
        found = (row.code for row in await self.all(waiting) if row.code in header.upper())
        return next(found, "")

    async def enrolment_mail(self, code: str) -> KeptMessage | None:
        """What arrived with this code."""
        row = await self.one(self.rows(enrolments, enrolments.c.code == code))
        return await self.message(row.message) if row and row.message else None
