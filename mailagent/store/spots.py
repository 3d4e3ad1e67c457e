"""What a weekly digest shows again, and what was said of it."""

from collections.abc import Sequence
from datetime import datetime

from mailagent.core.case import State
from mailagent.core.spot import Found, SpotCheck
from mailagent.store.scope import Scope
from mailagent.store.tables import cases, spot_checks

_NEWEST = 500  # cases that three are drawn of


class Spots(Scope):
    """One company's."""

    async def ended_since(self, moment: datetime) -> Sequence[SpotCheck]:
        """Cases that were done, of the newest ones."""
        found = self.rows(cases, cases.c.state == State.DONE, cases.c.changed_at >= moment)
        newest = await self.all(found.order_by(cases.c.changed_at.desc()).limit(_NEWEST))
        return [
            SpotCheck(
                case=row.id, version=row.version, task=row.task or "", ref=row.ref, title=row.title
            )
            for row in newest
        ]

    async def keep_spots(self, brief: int, checks: Sequence[SpotCheck]) -> None:
        """They can be answered under the token of this digest."""
        for one in checks:
            shown = one.model_dump(exclude={"found"})
            await self.run(self.add(spot_checks, brief=brief, **shown))

    async def spots(self, brief: int) -> tuple[SpotCheck, ...]:
        """Those of a digest, as far as they are answered."""
        found = self.rows(spot_checks, spot_checks.c.brief == brief)
        fields = SpotCheck.model_fields
        return tuple(
            SpotCheck.model_validate({name: getattr(row, name) for name in fields})
            for row in await self.all(found.order_by(spot_checks.c.number))
        )

    async def note_spot(self, brief: int, number: int, found: Found) -> None:
        """The last word counts."""
        this = (spot_checks.c.brief == brief, spot_checks.c.number == number)
        said = {"found": found, "at": self._clock.now()}
        await self.run(self.change(spot_checks, *this).values(**said))
