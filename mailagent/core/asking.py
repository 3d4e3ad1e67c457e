"""Which failed checks asking the sender settles, and what is asked then."""

from mailagent.core.proposal import Proposal, Purpose, stops
from mailagent.core.reading import Kind
from mailagent.core.said import Said, say

# A mail may come from whoever changed the account: of that nobody asks by mail.
BY_PHONE = frozenset({"bank_account", "page_account", "payee_as_read", "look_alike"})
# Each has its phrase among those of `asking`; what settles most comes first.
_SETTLED = (
    *("order_known", "order_amount", "order_prices", "order_quantities", "buyer", "buyer_vat"),
    *("signed", "annexes_there", "totals_add_up"),
)
# What a contract lacks is asked for together, and without being told to.
_CHASED = ("signed", "annexes_there")


def worth_chasing(proposal: Proposal) -> bool:
    """Whether its sender is asked for what is missing, in a mail that waits for approval."""
    failed = {check.name for check in proposal.failed_checks}
    whole = proposal.version == 1 and proposal.purpose is Purpose.DO and not stops(proposal)
    return whole and bool(failed.intersection(_CHASED)) and not failed & BY_PHONE


def worth_asking(proposal: Proposal, company: str) -> tuple[Said, ...]:
    """What to ask the sender; nothing where an answer would settle nothing, or could deceive."""
    failed = [check.name for check in proposal.failed_checks]
    if proposal.reading.kind is Kind.UNREADABLE:
        return (say("asking.unreadable", document=proposal.title),)
    if BY_PHONE.intersection(failed):
        return ()
    asked = [name for name in _SETTLED if name in failed]
    together = [name for name in asked if name in _CHASED] or asked[:1]
    read = proposal.reading.text
    gaps = {
        "number": read("invoice_number"),
        "order": read("po_number"),
        "buyer": read("buyer_name"),
        "buyer_vat": read("buyer_vat"),
        "company": company,
        "document": read("document_name") or proposal.title,
        "missing": _missing(proposal),
    }
    return tuple(say(f"asking.{name}", **gaps) for name in together)


def _missing(proposal: Proposal) -> str:
    """As the check says it."""
    whys = (check.why for check in proposal.failed_checks if check.name == "annexes_there")
    return next((why.gaps["missing"] for why in whys if why), "")
