"""The people of a company, with their pinned proofs."""

from mailagent.core.audit import Entry
from mailagent.core.people import Person
from mailagent.store.chain import Chain
from mailagent.store.tables import people


class People(Chain):
    """Whom the agent listens to."""

    async def people(self) -> list[Person]:
        """Everybody."""
        found = await self.all(self.rows(people).order_by(people.c.person))
        return [Person.model_validate(row.body) for row in found]

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
