"""Models that are no help: away, slow, or talking nonsense. `MAILAGENT_TEST_MODEL` names one."""

import asyncio
import os
from datetime import timedelta
from decimal import Decimal
from typing import Any

from mailagent.core.advice import Answered, Asked, ModelRules
from mailagent.core.errors import ModelUnavailable
from mailagent.ports.model import Model

VARIABLE = "MAILAGENT_TEST_MODEL"
RULES = ModelRules(budget=Decimal(1000), patience=timedelta(milliseconds=50))


class Down:
    """Nobody is there."""

    name = "down"

    async def answer(self, asked: Asked) -> Answered:
        raise ModelUnavailable("nobody is there")

    async def close(self) -> None: ...


class Slow(Down):
    """It answers when nobody waits any more."""

    name = "slow"

    async def answer(self, asked: Asked) -> Answered:
        await asyncio.sleep(30)
        return Answered(text="{}", model=self.name)


class Nonsense(Down):
    """It talks."""

    name = "nonsense"

    async def answer(self, asked: Asked) -> Answered:
        return Answered(text='{"approve": true, "total": [[]], "kind"', model=self.name)


MODELS: dict[str, type[Model]] = {"down": Down, "slow": Slow, "nonsense": Nonsense}


def no_help() -> dict[str, Any]:
    """What takes the model's place, where the environment names one."""
    named = os.environ.get(VARIABLE, "")
    return {"model": MODELS[named](), "model_rules": RULES} if named else {}
