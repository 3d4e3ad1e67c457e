"""Cases in shadow, as the store keeps them."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement

from mailagent.core.shadow import Compared, Foreseen
from mailagent.store.scope import Scope
from mailagent.store.tables import shadows

_LONG = timedelta(days=120)  # what nobody did by then is compared with nothing any more


class Shadows(Scope):
    """One company's."""

    async def foresee(self, one: Foreseen) -> None:
        """Kept until it is seen what its owner did."""
        values = {
            "message_id": one.message_id,
            "uid": one.uid,
            "body": one.model_dump(mode="json"),
            "since": self._clock.now(),
            "waits": True,
        }
        await self.run(self.add_or_change(shadows, ["case"], case=one.case, **values))

    async def foreseen(
        self, *, message_ids: Sequence[str] = (), uid: str = ""
    ) -> Sequence[Foreseen]:
        """What was not compared yet: of these mails, of this invitation, or all of it."""
        where: list[ColumnElement[bool]] = [shadows.c.waits.is_(True)]
        if message_ids:
            where.append(shadows.c.message_id.in_(message_ids))
        elif uid:
            where.append(shadows.c.uid == uid)
        else:
            where.append(shadows.c.since >= self._clock.now() - _LONG)
        found = await self.all(self.rows(shadows, *where).order_by(shadows.c.case))
        return [Foreseen.model_validate(row.body) for row in found]

    async def keep_compared(self, case: int, found: Compared) -> bool:
        """Once; False: it was compared before."""
        mine = (shadows.c.case == case, shadows.c.waits.is_(True))
        values = {"waits": False, "found": found.model_dump(mode="json")}
        return bool((await self.run(self.change(shadows, *mine).values(values))).rowcount)
