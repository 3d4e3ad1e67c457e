"""What the agent says, before it has a form: render/ makes the mail."""

from mailagent.core.letter.briefs import (
    DECIDING,
    BriefLetter,
    BriefLine,
    Ending,
    Handback,
    ItemEnd,
    ItemsLetter,
)
from mailagent.core.letter.drafts import DraftLetter, Line, QuestionLetter, ReceiptLetter, Settled
from mailagent.core.letter.envelope import Envelope, Origin, Original
from mailagent.core.letter.outside import OutgoingMail, OutsideLetter
from mailagent.core.letter.told import (
    About,
    AnswerLetter,
    Held,
    Notice,
    NoticeLetter,
    ReminderLetter,
    Status,
    Waits,
    WaitsFor,
)

__all__ = [
    "DECIDING",
    "About",
    "AnswerLetter",
    "BriefLetter",
    "BriefLine",
    "DraftLetter",
    "Ending",
    "Envelope",
    "Handback",
    "Held",
    "ItemEnd",
    "ItemsLetter",
    "Letter",
    "Line",
    "Notice",
    "NoticeLetter",
    "Origin",
    "Original",
    "OutgoingMail",
    "OutsideLetter",
    "QuestionLetter",
    "ReceiptLetter",
    "ReminderLetter",
    "Settled",
    "Status",
    "Waits",
    "WaitsFor",
]

Letter = (
    DraftLetter
    | QuestionLetter
    | ReceiptLetter
    | NoticeLetter
    | ReminderLetter
    | AnswerLetter
    | BriefLetter
    | ItemsLetter
)
