"""The embedded reminders."""

from mailagent.core.capability import CancelReminder, Outcome, Payload, SetReminder
from mailagent.ports import Transaction
from mailagent.store.scope import Scope, embedded
from mailagent.store.tables import reminders


class EmbeddedReminders:
    """Sets and cancels; a routine mails them on their day."""

    async def perform(self, tx: Transaction, case: int, action: Payload, key: str) -> Outcome:
        """Sets or cancels a reminder."""
        scope = embedded(tx)
        match action:
            case SetReminder():
                return await self._set(scope, case, action, key)
            case CancelReminder():
                return await self._cancel(scope, action, key)
            case _:
                raise TypeError(f"reminders do not know {action.capability}")

    async def find(self, tx: Transaction, action: Payload, key: str) -> Outcome | None:
        """Looks an earlier attempt up by its key."""
        scope = embedded(tx)
        cancels = isinstance(action, CancelReminder)
        column = reminders.c.cancelled_by if cancels else reminders.c.key
        row = await scope.one(scope.rows(reminders, column == key))
        return Outcome(reference=str(row.id)) if row else None

    async def _set(self, scope: Scope, case: int, wanted: SetReminder, key: str) -> Outcome:
        result = await scope.run(
            scope.add(
                reminders,
                key=key,
                person=wanted.person,
                case=case,
                day=wanted.day.isoformat(),
                text=wanted.text,
                state="set",
            )
        )
        (number,) = result.inserted_primary_key or (0,)
        return Outcome(reference=str(number))

    async def _cancel(self, scope: Scope, wanted: CancelReminder, key: str) -> Outcome:
        row = await scope.one(scope.rows(reminders, reminders.c.id == int(wanted.reminder)))
        if row is None:
            raise LookupError(f"no reminder {wanted.reminder}")
        was_sent = row.state == "sent"
        await scope.run(
            scope.change(reminders, reminders.c.id == row.id).values(
                state="sent" if was_sent else "cancelled", cancelled_by=key
            )
        )
        return Outcome(reference=wanted.reminder, detail="already sent" if was_sent else "")
