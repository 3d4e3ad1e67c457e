"""A task: one entry of the list of work the agent takes over."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from mailagent.core.case import Case
from mailagent.core.errors import OutsideItsTask
from mailagent.core.filing import FilingRules, KnownFiled
from mailagent.core.people import Company, Person
from mailagent.core.proposal import Proposal
from mailagent.core.question import Answer, Question
from mailagent.core.reading import Check, Kind, Reading
from mailagent.core.replies import ReplyRules
from mailagent.core.revision import Edit
from mailagent.core.said import Said, say
from mailagent.core.triage import Look
from mailagent.core.value import Value


class Work(Value):
    """All that a task is given to make a proposal of."""

    company: Company
    person: Person  # who will be asked
    case: Case
    version: int
    reading: Reading  # with the edits put over it
    edits: frozenset[str] = frozenset()  # the fields that their owner changed
    answers: tuple[Answer, ...] = ()
    sender: str = ""
    signed_by: str = ""  # the domain that signed for the mail, where it is its sender's own
    subject: str = ""
    look: Look = Look()  # what the mail seems to be
    message_id: str = ""  # of the mail, with its brackets
    today: date
    filing: FilingRules = FilingRules()
    remind_before: tuple[int, ...] = (90, 30, 7)  # days before notice, or before an end
    replies: ReplyRules = ReplyRules()

    @property
    def filed(self) -> KnownFiled:
        """What the register of filed documents answered."""
        return next((one for one in self.answers if isinstance(one, KnownFiled)), KnownFiled())

    @property
    def typed_folder(self) -> str:
        """Where its owner wants it; empty: nothing was said."""
        return self.reading.text("folder") if "folder" in self.edits else ""


def _none(_proposal: Proposal, _answers: tuple[Answer, ...]) -> tuple[Check, ...]:
    return ()


class Task(NamedTuple):
    """What a module in tasks/ exports as TASK."""

    name: str
    kinds: frozenset[Kind]
    may: frozenset[str]  # capabilities; anything else fails closed
    asks: Callable[[Reading, Company], tuple[Question, ...]]
    propose: Callable[[Work], Proposal]
    # what its owner may change, and how what was typed is spelled; ValueError: it cannot be that
    edits: Mapping[str, Callable[[str], str]] = {}

    # what was asked outside is asked again at approval: the tests that hang on it, as they are now
    doubts: Callable[[Proposal, tuple[Answer, ...]], tuple[Check, ...]] = _none

    # of what its owner may change: what is found again on the vendor's next page, and what is done
    # the same way the next time
    places: frozenset[str] = frozenset()
    prefers: frozenset[str] = frozenset()
    by_party: bool = False  # what is preferred is kept for a party's papers, not for a vendor

    # what it may ask of books and calendars, by the names of questions; None: all that it asks
    sources: frozenset[str] | None = None

    def questions(self, reading: Reading, company: Company) -> tuple[Question, ...]:
        """What it asks; one that it may not ask fails closed."""
        asked = self.asks(reading, company)
        outside = {one.asks for one in asked} - (self.sources or frozenset())
        if self.sources is not None and outside:
            raise OutsideItsTask(f"task {self.name} asked {', '.join(sorted(outside))}")
        return asked

    def shown(self, proposal: Proposal) -> dict[str, str]:
        """The values that can be changed, as they were shown."""
        return {name: _shown(proposal, name) for name in self.edits}

    def fitting(
        self, proposal: Proposal, wanted: Mapping[str, str]
    ) -> tuple[tuple[Edit, ...], list[Said]]:
        """The changes in one spelling, less those that change nothing; why others cannot be."""
        shown = self.shown(proposal)
        edits, faults = [], []
        for field, typed in wanted.items():
            spelled = self.edits.get(field)
            if spelled is None:
                faults.append(say("unclear.not_here", field=field))
                continue
            try:
                edits.append(Edit(field=field, value=spelled(typed), before=shown[field]))
            except ValueError:
                kind = spelled.__name__.strip("_")
                faults.append(say(f"unclear.no_{kind}", field=field, typed=typed[:60]))
        return tuple(edit for edit in edits if edit.value != edit.before), faults


def _shown(proposal: Proposal, name: str) -> str:
    """As it was read; what no document says is in an action."""
    said = [getattr(action.payload, name, "") for action in proposal.actions]
    return proposal.reading.text(name) or next((str(value) for value in said if value), "")
