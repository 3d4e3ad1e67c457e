"""What would have been proposed in shadow, beside what its owner did without it."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum

from mailagent.core.appointment import PartStat
from mailagent.core.capability import RecordBill
from mailagent.core.payloads.meetings import AnswerInvitation
from mailagent.core.proposal import Proposal
from mailagent.core.value import Value
from mailagent.core.vendor import letters_of, plain

# A number that is shorter says nothing in the text of a payment.
_TELLING = 4


class Way(StrEnum):
    """Where it was seen what the owner did."""

    BOOKS = "books"  # an export of the books
    BANK = "bank"  # an export of the bank account
    INVITATION = "invitation"  # answered from their own calendar, ops in copy
    CALENDAR = "calendar"  # answered there, and seen in the calendar itself
    COPY = "copy"  # their own mail in the thread, ops in copy


class Foreseen(Value):
    """One case that nobody was asked about."""

    case: int
    task: str
    message_id: str = ""  # of the mail that it is about
    uid: str = ""  # of an invitation
    answers: tuple[str, ...] = ()  # to it, the best first
    vendor: str = ""
    number: str = ""
    issued: date | None = None
    total: Decimal | None = None
    currency: str = ""
    account: str = ""
    book_to: str = ""


class Did(Value):
    """One thing that the owner did."""

    way: Way
    vendor: str = ""
    number: str = ""
    issued: date | None = None
    total: Decimal | None = None
    currency: str = ""
    account: str = ""
    book_to: str = ""
    purpose: str = ""  # the text of a payment
    answer: str = ""  # to an invitation


class Compared(Value):
    """How the two stand to each other."""

    way: Way
    differs: tuple[str, ...] = ()
    told: bool = True  # False: it was answered, and the words are not compared

    @property
    def outcome(self) -> str:
        """same, other, or seen."""
        return ("other" if self.differs else "same") if self.told else "seen"


def foreseen(proposal: Proposal, message_id: str) -> Foreseen:
    """What is kept of a proposal to be compared."""
    bill = next((a.payload for a in proposal.actions if isinstance(a.payload, RecordBill)), None)
    known = {} if bill is None else {name: getattr(bill, name) for name in _OF_BILLS}
    if bill is not None:
        known["account"] = bill.iban
    return Foreseen(
        case=proposal.case,
        task=proposal.task,
        message_id=message_id,
        uid=proposal.reading.text("uid"),
        answers=tuple(_answers(proposal)),
        **known,
    )


_OF_BILLS = ("vendor", "number", "issued", "total", "currency", "book_to")


# What an invitation can be answered with.
ANSWERED = frozenset({PartStat.ACCEPTED, PartStat.DECLINED, PartStat.TENTATIVE})


def _answers(proposal: Proposal) -> Iterable[str]:
    ways = [one.actions for one in proposal.alternatives] or [proposal.actions]
    for actions in ways:
        for payload in (action.payload for action in actions):
            if isinstance(payload, AnswerInvitation):
                guests = payload.itip.appointment.guests
                yield from (str(g.answer) for g in guests if g.answer in ANSWERED)


def meant(did: Did, open_: Sequence[Foreseen]) -> Foreseen | None:
    """The one case that this is about; several or none: nothing is compared."""
    by_number = [one for one in open_ if _same_bill(did, one)]
    found = by_number or [one for one in open_ if did.way is Way.BANK and _same_sum(did, one)]
    return found[0] if len(found) == 1 else None


def _same_bill(did: Did, one: Foreseen) -> bool:
    number = letters_of(one.number)
    if did.way is Way.BANK:
        return len(number) >= _TELLING and number in letters_of(did.purpose)
    same_vendor = bool(one.vendor) and plain(one.vendor) == plain(did.vendor)
    return same_vendor and bool(number) and number == letters_of(did.number)


def _same_sum(did: Did, one: Foreseen) -> bool:
    """A payment that names no bill: the same sum to the same account, or to the same name."""
    same = bool(one.total) and _same_money(did, one)
    account = bool(did.account) and letters_of(did.account) == letters_of(one.account)
    return same and (account or plain(did.vendor) == plain(one.vendor))


def compared(did: Did, one: Foreseen) -> Compared:
    """What was other than foreseen; what one of both does not say is not compared."""
    if did.way is Way.COPY:
        return Compared(way=did.way, told=False)
    if did.way in (Way.INVITATION, Way.CALENDAR):
        same = did.answer == next(iter(one.answers), "")
        return Compared(way=did.way, differs=() if same else ("answer",))
    tests = {
        "total": _same_money(did, one),
        "account": _same(letters_of(did.account), letters_of(one.account)),
        "issue_date": did.way is Way.BANK or _same(did.issued, one.issued),
        "book_to": _same(plain(did.book_to), plain(one.book_to)),
    }
    return Compared(way=did.way, differs=tuple(name for name, same in tests.items() if not same))


def _same(one: object, other: object) -> bool:
    return not one or not other or one == other


def _same_money(did: Did, one: Foreseen) -> bool:
    if did.total is None or one.total is None:
        return True
    return abs(did.total) == abs(one.total) and _same(did.currency, one.currency)
