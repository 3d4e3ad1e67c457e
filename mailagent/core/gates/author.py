"""Who really wrote a mail that answers no draft: a request, or the words above a forward."""

from mailagent.core.gates.context import Context, Gate, Refusal, sender
from mailagent.core.gates.proof import g3_person, g4_who, g5_really
from mailagent.core.gates.shape import g1_place, g2_shape
from mailagent.core.gates.weight import is_pinned_to_code
from mailagent.core.people import Address, Person
from mailagent.core.reply import Reply
from mailagent.core.value import Value


class Author(Value):
    """A person who really wrote this mail, by the proof that was pinned for the address."""

    person: Person
    address: Address
    needs_code: bool = False  # pinned to `code`: nothing is proven yet, and only a code will do

    @property
    def proven(self) -> bool:
        """Whether the mail itself proves its author."""
        return not self.needs_code


def author(reply: Reply, context: Context) -> Author | Refusal:
    """The enrolled person who wrote it, or the first of G1 to G5 that says otherwise.

    A proof says who wrote a mail, not to whom nor how often: a genuine mail can be sent to us
    again by anybody who has it. Whatever it asks for has to be harmless when it comes twice.
    """
    found = claimed_author(reply, context)
    if isinstance(found, Refusal):
        return found
    really = g5_really(reply, context)
    return really if isinstance(really, Refusal) else found


def claimed_author(reply: Reply, context: Context) -> Author | Refusal:
    """Whom From names: an enrolled person, in a mail that G1 to G4 let pass. Not proven."""
    before = (g1_place(reply, context), g2_shape(reply), g3_person(reply), g4_who(reply, context))
    refused = next((ruling for ruling in before if isinstance(ruling, Refusal)), None)
    who = sender(reply, context)
    if refused is not None or who is None:
        return refused or Refusal(gate=Gate.WHO, reason="nobody enrolled wrote it")
    person, address = who
    return Author(person=person, address=address, needs_code=is_pinned_to_code(address.pin))
