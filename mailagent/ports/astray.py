"""What of ours the provider took for spam: looked for by headers, and only told."""

from collections import Counter

from mailagent.core.errors import Transient
from mailagent.core.message import TO_US
from mailagent.core.said import Said, say
from mailagent.ports.office import Office


async def astray(office: Office) -> tuple[Said, ...]:
    """A line for each of our people whose mail lies in Junk; what cannot be looked at is left."""
    async with office.store.begin(office.company.id) as tx:
        people = [a.address for person in await tx.people() for a in person.addresses]
    try:
        found = await office.mailbox.strays(people)
    except Transient:  # the brief does not wait for the mail server: the next one looks again
        return ()
    return tuple(
        say("brief.junk_answer", n=number)
        if whose == TO_US
        else say("brief.junk", whose=whose, n=number)
        for whose, number in sorted(Counter(found).items())
    )
