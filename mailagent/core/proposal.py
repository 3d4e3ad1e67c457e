"""What a person is shown and approves, and the digest that binds the two."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from mailagent.core.appointment import DayPlan
from mailagent.core.capability import Payload, Weight, contents, weight_of
from mailagent.core.fraud import STOP_TITLES, STOPPING
from mailagent.core.reading import Check, Reading
from mailagent.core.revision import Edit, Heard
from mailagent.core.said import Said
from mailagent.core.value import Value, canonical, sha256


class Purpose(StrEnum):
    """What approving a proposal means."""

    DO = "do"
    UNDO = "undo"  # its actions are the reverses of what a receipt reports
    ASK = "ask"  # nothing can be done yet: the owner is asked


class Action(Value):
    """One effect, as shown under its number."""

    number: int
    payload: Payload

    @property
    def weight(self) -> Weight:
        """Heavy belongs to the action, not to the document."""
        return weight_of(self.payload)


class Alternative(Value):
    """One of several ways that were shown; a word for it approves that one alone."""

    label: str  # what is answered: fri 10
    actions: tuple[Action, ...]  # numbered after those that happen in any case


class Proposal(Value):
    """One version of what will happen if the person says so."""

    case: int
    version: int
    task: str
    purpose: Purpose = Purpose.DO
    title: str  # the subject line says this
    reading: Reading
    checks: tuple[Check, ...] = ()
    actions: tuple[Action, ...] = ()
    alternatives: tuple[Alternative, ...] = ()  # of which one is chosen
    notes: tuple[Said | str, ...] = ()
    changes: tuple[Edit, ...] = ()  # what the owner changed in this version
    you_wrote: str = ""  # above the document, when they sent it in
    heard: Heard = Heard.NOT_UNDERSTOOD  # what became of that
    writer: str = ""  # whose words these are, by name
    question: Said | str = ""
    plan: DayPlan | None = None  # the day around a meeting
    alone: bool = False  # somebody has to open it: never covered by "rest ok"
    unasked: bool = False  # nobody waits for it: it comes with the morning's brief
    undoes: int = 0  # of an undo: the version whose effects it reverses
    after: str = ""  # and the digest of that version: the rest of it may still be settled

    @property
    def failed_checks(self) -> tuple[Check, ...]:
        """What a person has to look at first."""
        return tuple(check for check in self.checks if not check.ok)

    @property
    def heavy(self) -> bool:
        """Whether the word alone is not enough."""
        return any(action.weight is Weight.HEAVY for action in self.all_actions)

    @property
    def pays(self) -> bool:
        """Whether approving it releases money."""
        return any(a.payload.capability == "payments.release" for a in self.all_actions)

    @property
    def all_actions(self) -> tuple[Action, ...]:
        """Whatever may come of it, whichever alternative is chosen."""
        return (*self.actions, *(a for one in self.alternatives for a in one.actions))

    def chosen(self, label: str) -> "Proposal":
        """What happens when this alternative is the one; without a choice, what was shown alone."""
        if not label:
            return self
        one = next(one for one in self.alternatives if one.label == label)
        return self.model_copy(
            update={"actions": (*self.actions, *one.actions), "alternatives": ()}
        )

    def contents(self) -> frozenset[str]:
        """The blobs that its actions speak of."""
        return frozenset(h for action in self.all_actions for h in contents(action.payload))


def digest(company: str, proposal: Proposal, found: Mapping[str, str] | None = None) -> str:
    """The fingerprint of all that will happen; of each alternative as if it were chosen.

    `found` maps a content's name to the hash its bytes have now; a file that was changed on
    disk changes the digest with it.
    """
    return sha256(
        canonical(
            {
                "company": company,
                "case": proposal.case,
                "version": proposal.version,
                "purpose": proposal.purpose,
                "actions": [action.model_dump(mode="json") for action in proposal.actions],
                **({"after": proposal.after} if proposal.after else {}),
                **_alternatives(company, proposal, found),
                "contents": {h: (found or {}).get(h, h) for h in sorted(proposal.contents())},
            }
        )
    )


def _alternatives(
    company: str, proposal: Proposal, found: Mapping[str, str] | None
) -> dict[str, dict[str, str]]:
    if not proposal.alternatives:
        return {}
    labels = [one.label for one in proposal.alternatives]
    return {"alternatives": {n: digest(company, proposal.chosen(n), found) for n in labels}}


# Another account than before or than on the page, and a stranger who looks like somebody known.
STOPS = frozenset({"bank_account", "page_account", "look_alike", "not_our_domain"}) | STOPPING


def stops(proposal: Proposal) -> bool:
    """Somebody may be cheating: nothing that makes approving easy."""
    return any(check.name in STOPS for check in proposal.failed_checks)


# A sign that a bill's own tests have told already, and better.
_SAME = {
    "sender_alike": frozenset({"look_alike", "not_our_domain"}),
    "account_told_anew": frozenset({"bank_account"}),
}


def suspect(proposal: Proposal, found: Sequence[Check], language: str) -> Proposal:
    """With the signs of fraud before everything else, also in what its subject says."""
    failed = {check.name for check in proposal.failed_checks}
    found = [check for check in found if not failed & _SAME.get(check.name, frozenset())]
    if not found:
        return proposal
    stop = next((check.name for check in found if check.name in STOP_TITLES), "")
    said = STOP_TITLES[stop][language] if stop and not stops(proposal) else ""
    title = f"{said}: {proposal.title}" if said else proposal.title
    return proposal.model_copy(update={"checks": (*found, *proposal.checks), "title": title[:300]})
