"""What was handed to an accounting tool by mail, and what is known of it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement

from mailagent.core.handover import OPEN, Handed, HandedState
from mailagent.store.chain import Chain
from mailagent.store.tables import handovers

_MOST = 200  # that are looked through for the one that an answer names


class Handovers(Chain):
    """One company's."""

    async def save_handed(self, handed: Handed) -> None:
        """A new one, or how it stands now."""
        body = handed.model_dump(mode="json")
        said = {"state": handed.state, "message_id": handed.message_id, "until": handed.until}
        await self.run(
            self.add_or_change(
                handovers, ["effect"], effect=handed.key, case=handed.case, body=body, **said
            )
        )

    async def handed(self, message_ids: Sequence[str]) -> list[Handed]:
        """Those that these mails of ours were."""
        bare = [name for one in message_ids if (name := one.strip().strip("<>"))]
        return await self._handed(handovers.c.message_id.in_(bare)) if bare else []

    async def handed_open(self) -> list[Handed]:
        """The latest whose fate nobody told."""
        return await self._handed(handovers.c.state.in_(OPEN))

    async def unheard(self, until: datetime | None = None) -> list[Handed]:
        """Whose time is over by then; without a day, those that were silent."""
        if until is None:
            return await self._handed(handovers.c.state == HandedState.SILENT)
        late = handovers.c.until <= until
        return await self._handed(handovers.c.state == HandedState.WAITING, late)

    async def _handed(self, *where: ColumnElement[bool]) -> list[Handed]:
        found = self.rows(handovers, *where).order_by(handovers.c.until.desc()).limit(_MOST)
        return [Handed.model_validate(row.body) for row in await self.all(found)]
