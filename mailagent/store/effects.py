"""The ledger of effects."""

from mailagent.core.audit import Entry
from mailagent.core.capability import Outcome
from mailagent.core.effect import OVER, STUCK, Effect, EffectState
from mailagent.core.record import effected
from mailagent.core.said import Said
from mailagent.ports import Stale
from mailagent.store.chain import Chain
from mailagent.store.tables import effects, streaks


class Effects(Chain):
    """What was intended, and how it ended."""

    async def effects(self, case: int, version: int) -> dict[int, Effect]:
        """The effects of a version by the number of their action."""
        found = await self.all(
            self.rows(effects, effects.c.case == case, effects.c.version == version)
        )
        fields = Effect.model_fields
        made = [Effect.model_validate({n: getattr(row, n) for n in fields}) for row in found]
        return {effect.number: effect for effect in made}

    async def intend(self, effect: Effect) -> None:
        """Committed before the call is made."""
        await self.run(
            self.add(
                effects,
                **effect.model_dump(mode="json"),
                intended_at=self._clock.now(),
            )
        )
        await self.audit(
            Entry(
                actor="agent",
                what="effect.intended",
                case=effect.case,
                details={
                    "key": effect.key,
                    **effected(effect.payload),
                    "action": effect.payload.model_dump(mode="json"),
                },
            )
        )

    async def count_call(self, capability: str, *, worked: bool) -> None:
        """In a row: one that worked begins anew."""
        row = await self.one(self.rows(streaks, streaks.c.capability == capability))
        before = int(row.failures) if row else 0
        after = 0 if worked else before + 1
        if after != before:
            values = {"capability": capability, "failures": after}
            await self.run(self.add_or_change(streaks, ["capability"], **values))

    async def settle(
        self,
        key: str,
        state: EffectState,
        outcome: Outcome | None,
        detail: str,
        entry: Entry,
        why: Said | None = None,
    ) -> None:
        """How it ended, once. What is unknown or failed may be settled later, by its owner."""
        result = await self.run(
            self.change(
                effects,
                effects.c.key == key,
                effects.c.state.not_in(OVER),
            ).values(
                state=state,
                outcome=outcome.model_dump(mode="json") if outcome else None,
                detail=detail,
                why=why.model_dump(mode="json") if why else None,
                settled_at=self._clock.now(),
            )
        )
        if result.rowcount != 1:
            raise Stale(f"effect {key} is settled already")
        capability = str(entry.details.get("capability", ""))
        if capability and state in (EffectState.DONE, *STUCK):  # what is skipped says nothing of it
            await self.count_call(capability, worked=state is EffectState.DONE)
        await self.audit(entry)
