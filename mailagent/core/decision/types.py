"""What was shown to a person, and what their answer to it means."""

from datetime import datetime, tzinfo
from enum import StrEnum
from typing import Literal
from zoneinfo import ZoneInfo

from mailagent.core.proposal import Purpose
from mailagent.core.said import Said
from mailagent.core.value import Value


class Verb(StrEnum):
    """The words that release something."""

    APPROVE = "approve"
    REJECT = "reject"
    UNDO = "undo"


class Execute(Value):
    """Do what was shown: all of it, less what is left out by number."""

    says: Literal["execute"] = "execute"
    verb: Verb
    reason: str = ""  # of a reject, as it was written
    code: str = ""  # six digits
    left_out: tuple[int, ...] = ()  # numbers of the shown actions that stay as they are
    choice: str = ""  # the alternative that was chosen, as it was shown


class Revise(Value):
    """A change: a new version, never an execution."""

    says: Literal["revise"] = "revise"
    text: str  # the words as they were written
    # by the name of the field: ISO dates, decimal strings, accounts without blanks, else text
    edits: dict[str, str] = {}
    left_out: tuple[int, ...] = ()
    code: str = ""  # who is known by a code alone proves a change with it as well
    pointed: bool = False  # a model said which of the words mean it


class Command(Value):
    """Something else than a decision: why, later, ask ..."""

    says: Literal["command"] = "command"
    name: str
    argument: str = ""  # an address, a question, what to find, an item's number; as written
    when: datetime | None = None  # of later and away; None: no day was said
    code: str = ""


class Unclear(Value):
    """Not understood: nothing happens, and the person is asked with two answers ready."""

    says: Literal["unclear"] = "unclear"
    why: Said
    likely: tuple[str, str]


One = Execute | Revise | Command | Unclear


class Items(Value):
    """An answer to a brief: a decision for each item that was named, and one for the rest."""

    says: Literal["items"] = "items"
    items: dict[str, One]  # by the number under which it was shown
    rest: Execute | None = None
    covered: tuple[str, ...] = ()  # the items that the rest means: ready, light, not named
    code: str = ""  # one code covers one reply

    def by_number(self) -> dict[str, One]:
        """The decision of every item that has one."""
        rest = {number: self.rest for number in self.covered if self.rest}
        return {**rest, **self.items}


Decision = Execute | Revise | Command | Unclear | Items


class ShownAs(StrEnum):
    """The kinds of mail that can be answered."""

    DRAFT = "draft"
    BRIEF = "brief"
    RECEIPT = "receipt"
    REQUEST = "request"  # nothing was shown: the person writes of their own accord


class FieldType(StrEnum):
    """How what is typed for a field is read."""

    AMOUNT = "amount"
    DATE = "date"
    ACCOUNT = "account"  # an IBAN or another number of a bank account
    NUMBER = "number"  # of a bill, an order, a book account: one word with a digit in it
    NAME = "name"
    TEXT = "text"


class ShownField(Value):
    """A value that can be changed."""

    value: str  # in its one spelling: ISO dates, decimal strings
    type: FieldType


class ShownItem(Value):
    """A line of a brief."""

    ready: bool = True  # "rest" and "all" may mean it: light, and no check failed
    heavy: bool = False
    alternatives: tuple[str, ...] = ()  # fri 10, fri 15:30
    purpose: Purpose = Purpose.DO
    spot: bool = False  # it was done before, and is shown again: right or wrong


class Shown(Value):
    """What the person had before them when they answered."""

    kind: ShownAs = ShownAs.DRAFT
    purpose: Purpose = Purpose.DO
    ref: str  # 4F7Q
    numbers: tuple[int, ...] = ()  # of the actions
    heavy: bool = False  # the word alone is not enough: a code is expected
    names: tuple[str, ...] = ()  # who signs with them: the person's own, and the assistant's
    text: str = ""  # the plain part as it was sent: what is quoted is compared with it
    html: str = ""  # the words of the HTML part, its cells two blanks apart
    letter: str = ""  # a mail to somebody outside, word by word
    fields: dict[str, ShownField] = {}
    alternatives: tuple[str, ...] = ()  # of a draft: fri 10, fri 15:30
    items: dict[str, ShownItem] = {}  # of a brief, by number
    locale: str = "en_GB"  # amounts and dates are read in it
    timezone: str = "UTC"
    sent_at: datetime | None = None
    now: datetime | None = None  # when the answer was written; days are counted from it

    @property
    def zone(self) -> tzinfo:
        """Where the person lives."""
        return ZoneInfo(self.timezone)

    @property
    def is_receipt(self) -> bool:
        """Whether `undo` is what can be answered."""
        return self.kind is ShownAs.RECEIPT or self.purpose is Purpose.UNDO
