"""Everything that can go wrong, in three families, each saying what to do next.

Transient   nothing happened; the same again later may work. Retried as data says (core/retry.py).
Permanent   trying again will not help; somebody has to change something.
NeedsOwner  only a person can tell how to go on.
"""

import re
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # every command imports this module, also where nothing is to be said
    from mailagent.core.said import Said


class MailagentError(Exception):
    """An error that was foreseen: `advice` tells a person the next step."""

    advice = ""

    def __init__(self, what: str, *, advice: str | None = None, why: "Said | None" = None) -> None:
        super().__init__(what)
        self.what = what
        self._why = why
        if advice is not None:
            self.advice = advice

    @property
    def why(self) -> "Said":
        """What a mail says of it; where it has no phrase of its own, that of its kind."""
        from mailagent.core.said import say

        kind = re.sub(r"(?<!^)(?=[A-Z])", "_", type(self).__name__).lower()
        return self._why or say(f"failed.{kind}", what=self.what)

    def __str__(self) -> str:
        return f"{self.what.rstrip('.')}. {self.advice}" if self.advice else self.what


class Transient(MailagentError):
    """It certainly did nothing, and may work later."""

    def __init__(
        self,
        what: str,
        *,
        advice: str | None = None,
        why: "Said | None" = None,
        retry_after: timedelta | None = None,
    ) -> None:
        super().__init__(what, advice=advice, why=why)
        self.retry_after = retry_after


class Permanent(MailagentError):
    """It will not work without a change."""


class NeedsOwner(MailagentError):
    """A person has to say how it goes on."""


class MailboxUnavailable(Transient):
    advice = "The agent keeps trying; check the network and the mail server if this lasts."


class SendingUnavailable(Transient):
    advice = "The mail waits in the outbox and is sent when the server answers."


class StoreBusy(Transient):
    advice = "Another program holds the database; the agent goes on when it is free."


class DiskFull(Transient):
    advice = "Free some space; nothing was lost, and the agent goes on by itself."


class KeysUnavailable(Transient):
    advice = "The signature cannot be checked until DNS answers; the mail is held."


class CalendarReadOnly(Permanent):
    advice = "Name another calendar as `writes` in [calendar], or leave it empty."


class ModelUnavailable(Transient):
    advice = "What is read without it stands; the next document asks again."


class MailboxRefused(Permanent):
    advice = "Check the user name and the password of the mailbox, then run `mailagent doctor`."


class RecipientRefused(Permanent):
    advice = "Check the address."


class MailRefused(Permanent):
    advice = "The server will not take this mail as it is."


class ModelRefused(Permanent):
    advice = "Check the key and the name of the model with `mailagent doctor`."


class ModelNonsense(Permanent):
    advice = "What is read without it stands."


class Unreadable(Permanent):
    advice = "Look at the file yourself."


class ConfigInvalid(Permanent):
    advice = "Correct the line and start again."


class SchemaTooNew(Permanent):
    advice = "This database was written by a newer mailagent; install that version or newer."


class AlreadyRunning(Permanent):
    advice = "Stop the other one first; two must never work on one database."


class IllegalMove(Permanent):
    """A case was asked to go where the table of moves does not allow it."""


class Altered(Permanent):
    advice = "Somebody changed the store; `mailagent audit verify` tells more."


class OutsideItsTask(Permanent):
    """A task proposed a capability that is not on its list."""


class OutcomeUnknown(NeedsOwner):
    advice = "Look at the other system, then answer happened, retry or skip."
