"""Asking the model: within its budget, never the same twice, and never in the way of the rest.

Whatever goes wrong with it, what was read without it stands, and the case says so. Only the stages
that read documents and replies may ask (a contract in pyproject.toml).
"""

import asyncio
import json
from collections.abc import Callable
from typing import Any, TypeVar

from mailagent.core.advice import Advice, Answered, Asked
from mailagent.core.audit import Entry
from mailagent.core.errors import ModelNonsense, ModelRefused, ModelUnavailable
from mailagent.ports.model import Model
from mailagent.ports.office import Office

_T = TypeVar("_T")
OFF = Advice(silent="off")


async def consult(
    office: Office,
    asked: Asked,
    document: str,
    believed: Callable[[dict[str, Any]], _T],
    *,
    case: int | None = None,
) -> tuple[_T | None, Advice]:
    """What is believed of the answer, and what came of asking; None: there is none to believe.

    `believed` raises ValueError for what makes no sense.
    """
    if office.model is None:
        return None, OFF
    advice = await _advice(office, office.model, asked, document, case)
    if advice.silent:
        return None, advice
    try:
        return believed(advice.said), advice
    except ValueError as error:
        return None, await _silent(office, asked, case, "nonsense", str(error))


async def _advice(
    office: Office, model: Model, asked: Asked, document: str, case: int | None
) -> Advice:
    """So many at a time, and each looks at the budget first: it is exceeded by few questions."""
    async with office.asking:
        key = asked.key(document, model.name)
        async with office.store.begin(office.company.id) as tx:
            known = await tx.advice(key)
            spent = await tx.spent_on_advice(office.clock.now().date())
        if known is not None:
            return Advice(said=known)
        if spent >= office.model_rules.budget:
            return await _silent(office, asked, case, "budget", f"{spent} was spent today")
        try:
            async with asyncio.timeout(office.model_rules.patience.total_seconds()):
                answered = await model.answer(asked)
        except (TimeoutError, ModelUnavailable, ModelRefused, ModelNonsense) as error:
            return await _silent(office, asked, case, _WHY[type(error)], str(error) or "no answer")
        return await _kept(office, asked, key, answered, case)


_WHY: dict[type[Exception], str] = {
    TimeoutError: "unavailable",
    ModelUnavailable: "unavailable",
    ModelRefused: "refused",
    ModelNonsense: "nonsense",
}


async def _kept(
    office: Office, asked: Asked, key: str, answered: Answered, case: int | None
) -> Advice:
    """The answer and its cost, in one transaction; nonsense is paid for as well."""
    cost = office.model_rules.cost(answered)
    said = _parsed(answered.text)
    details = {
        "prompt": f"{asked.prompt}/{asked.version}",
        "model": answered.model,
        "tokens": {
            "read": answered.read,
            "cached": answered.cached,
            "kept": answered.kept,
            "written": answered.written,
        },
        "cost": f"{cost} {office.model_rules.currency}",
    }
    async with office.store.begin(office.company.id) as tx:
        await tx.spend_on_advice(office.clock.now().date(), cost)
        if said is not None:
            await tx.keep_advice(key, said)
        await tx.audit(Entry(actor="agent", what="model.answered", case=case, details=details))
    if said is None:
        return await _silent(office, asked, case, "nonsense", "it is no JSON object")
    tokens = answered.read + answered.cached + answered.kept + answered.written
    return Advice(said=said, cost=cost, tokens=tokens)


def _parsed(text: str) -> dict[str, Any] | None:
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


async def _silent(office: Office, asked: Asked, case: int | None, why: str, what: str) -> Advice:
    details = {"prompt": f"{asked.prompt}/{asked.version}", "why": why, "what": what[:300]}
    async with office.store.begin(office.company.id) as tx:
        await tx.audit(Entry(actor="agent", what="model.silent", case=case, details=details))
    return Advice(silent=why)
