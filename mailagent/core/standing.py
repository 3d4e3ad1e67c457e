"""Standing approvals: what a person's word, given beforehand, covers, and what it never does."""

from collections.abc import Iterable, Sequence

from mailagent.core.audit import AuditEntry
from mailagent.core.bill_number import is_one_number
from mailagent.core.capability import CATALOGUE, RecordBill, Weight
from mailagent.core.circumstances import Circumstances
from mailagent.core.meetings.slots import ENTERS
from mailagent.core.modes import Mode, Ruled, Scope
from mailagent.core.money import exceeds
from mailagent.core.payloads.policy import WidenPolicy
from mailagent.core.people import Person
from mailagent.core.policy import amounts, is_new
from mailagent.core.proposal import Proposal, Purpose, stops
from mailagent.core.vendor import is_one_vendor

# Whatever somebody approves: money that leaves, promises, and the policy itself are asked.
NEVER = frozenset({"agendas", "payments", "contracts", "packs", "questions", "other", "policy"})
# What money hangs on, and what has to be read once more outside at the moment it is booked.
_ALWAYS_ASKED = ("payments.", "policy.", "orders.", "calendar.", "reminders.cancel")
# Of meetings one thing: entering a time that was offered with approval, and is held.
_TALKS = "meetings"
# A value that is less sure than this is looked at by a person.
SURE = 0.8
HOLD_HOURS = 4
A_DAY = 10


def can_stand(capability: str) -> bool:
    """Light, and a word takes it back."""
    row = CATALOGUE.get(capability)
    return bool(
        row
        and row.weight is Weight.LIGHT
        and row.reverse is not None
        and not capability.startswith(_ALWAYS_ASKED)
    )


def scope_of(proposal: Proposal) -> Scope:
    """What a mode has to be about to hold for it."""
    return Scope(task=proposal.task, kind=proposal.reading.kind)


def standable(task: str, may: Iterable[str]) -> tuple[str, ...]:
    """Of what a task may do, what a standing approval can cover; empty: nothing."""
    if task in NEVER:
        return ()
    return tuple(sorted(name for name in may if _can_stand(task, name)))


def _can_stand(task: str, capability: str) -> bool:
    return capability in ENTERS if task == _TALKS else can_stand(capability)


def hindrance(
    row: Ruled,
    proposal: Proposal,
    found: Circumstances,
    person: Person,
    used: int,
    slot: str = "",
) -> str:
    """Why this row does not cover it, in a word; empty: it does.

    `used`: how many it did today. `slot`: the answer that enters a time which was offered with
    approval (core/meetings/slots.py). What the table of rules says is not looked at here: the
    strictest of all wins.
    """
    if proposal.task == _TALKS and not slot:
        return "slot"
    told = _tests(row, proposal.chosen(slot), found, person, used)
    return next((why for why, holds in told if holds), "")


def _tests(
    row: Ruled, proposal: Proposal, found: Circumstances, person: Person, used: int
) -> Iterable[tuple[str, bool]]:
    task, money = proposal.task, amounts(proposal)
    yield "scope", row.mode is not Mode.STANDING or row.scope.task != task or task in NEVER
    yield "kind", row.scope.kind not in (None, proposal.reading.kind)
    yield "person", row.person != person.id or found.person != person.id
    yield "capability", not _only_these(row, proposal)
    yield "vendor", bool(row.vendor) and _vendors(proposal) != {row.vendor.casefold()}
    yield "sender", not found.signed_by or row.signed_by not in ("", found.signed_by)
    yield "check", bool(proposal.failed_checks) or stops(proposal)
    yield "question", _asks(proposal)
    # Every answer in a talk makes a version; what its owner changed themselves is asked.
    later = proposal.version != 1 and task != _TALKS
    yield "changed", later or bool(proposal.changes or proposal.you_wrote)
    yield "new", is_new(proposal)
    yield "confidence", _least_sure(proposal) < SURE
    yield "sensitive", bool(proposal.reading.sensitive)
    yield "amount", bool(money) and (row.most is None or exceeds(money, row.most))
    yield "limit", bool(money) and person.limit is not None and exceeds(money, person.limit)
    yield "many", used >= row.a_day


def _only_these(row: Ruled, proposal: Proposal) -> bool:
    names = [action.payload.capability for action in proposal.all_actions]
    light = not proposal.heavy and all(_can_stand(proposal.task, name) for name in names)
    return bool(names) and light and set(names) <= set(row.capabilities)


def _asks(proposal: Proposal) -> bool:
    plain_do = proposal.purpose is Purpose.DO and not proposal.question
    return not plain_do or bool(proposal.alternatives) or proposal.alone


def _vendors(proposal: Proposal) -> set[str]:
    """As it was read, and as it is booked."""
    names = (
        proposal.reading.text("seller_name"),
        *(bill.vendor for bill in bills_in(proposal)),
    )
    return {name.casefold() for name in names}


def _least_sure(proposal: Proposal) -> float:
    fields = proposal.reading.fields.values()
    return min([proposal.reading.confidence, *(field.confidence for field in fields)])


def bills_in(proposal: Proposal) -> list[RecordBill]:
    """What would be booked."""
    return [a.payload for a in proposal.actions if isinstance(a.payload, RecordBill)]


def has_twin(bills: Sequence[RecordBill], booked: Sequence[RecordBill]) -> bool:
    """Whether one of them is among those already, however its number is spelled."""
    return any(
        is_one_vendor((one.vendor, one.vendor_vat), (other.vendor, other.vendor_vat))
        and is_one_number(one.number, other.number)
        for one in bills
        for other in booked
    )


def is_what_was_approved(row: Ruled, approved: Proposal) -> bool:
    """The row says what its version says: nobody wrote it wider in the store since."""
    given = [a.payload for a in approved.actions if isinstance(a.payload, WidenPolicy)]
    return len(given) == 1 and covering(given[0]) == covering(row)


def is_in_force(row: Ruled, story: Iterable[AuditEntry]) -> bool:
    """What the log of its case says: the effect with its key made it, and nothing ended it."""
    given = False
    for entry in story:
        said = entry.details
        if entry.what == "policy.ended" and said.get("row") == row.name:
            return False
        made = entry.what == "effect.done" and said.get("capability") == "policy.widen"
        given |= made and (said.get("key"), said.get("reference")) == (row.key, str(row.number))
    return given


def covering(given: WidenPolicy | Ruled) -> dict[str, object]:
    """All that says how far it goes."""
    names = ("scope", "mode", "vendor", "signed_by", "most", "a_day", "hold_hours", "capabilities")
    return {name: getattr(given, name) for name in names}
