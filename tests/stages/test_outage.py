"""Every kind of conversation goes as without a model: with one that is away, slow, or in a fog."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mailagent.bootstrap import shipped_prompts
from mailagent.core.reading import Kind
from mailagent.core.triage import Look, Topic, because
from mailagent.ports.model import Model
from tests.desk import Desk, bill_mail, open_desk, reply_mail
from tests.outage import MODELS, RULES
from tests.stages.test_advice import CLAIMED, FREE, contract, doubtful
from tests.stages.test_replies import RULES as REPLIES
from tests.stages.test_triage import look, text_mail

PATIENCE = RULES.model_copy(update={"patience": timedelta(milliseconds=1)})


def _request() -> bytes:
    told = {"kind": Kind.REQUEST, "confidence": 0.9, "topic": Topic.INVOICE_COPY, "language": "en"}
    return text_mail(Look.model_validate({**told, **because("words", "copy")}), sender="jo@x.test")


def _unsure() -> bytes:
    both = {"rivals": (Kind.NOTICE, Kind.BILL_NOTICE)}
    return text_mail(look(Kind.NOTICE, 0.5).model_copy(update=both))


# What comes in, and what its owner answers to the last mail, in turn.
FAMILIES: dict[str, tuple[bytes | str, ...]] = {
    "approved": (bill_mail(), "approve"),
    "doubtful": (bill_mail(doubtful()), "approve", "total: 119.00", "approve"),
    "rejected": (bill_mail(), "reject wrong entity"),
    "changed": (bill_mail(), "due 15 Dec 2026", "approve"),
    "free words": (bill_mail(), FREE, "approve"),
    "left out": (bill_mail(), "approve not 3"),
    "why, later": (bill_mail(), "why", "later 3d"),
    "undone": (bill_mail(), "approve", "undo"),
    "asked": (bill_mail(), "ask which order is it for?"),
    "delegated": (bill_mail(), "delegate ben@corp.test"),
    "a contract": (bill_mail(contract()), "approve"),
    "two kinds": (bill_mail(CLAIMED), "this is a bill"),
    "a newsletter": (text_mail(look(Kind.NEWSLETTER)),),
    "a code": (text_mail(look(Kind.CODE)),),
    "unsure": (_unsure(), "aside"),
    "a letter": (text_mail(look(Kind.CORRESPONDENCE)), "reject"),
    "a request": (_request(), "answer: It is on its way."),
    "many": (*(bill_mail(message_id=f"<{n}@x>") for n in range(3)), "approve"),
}


async def _gone_through(desk: Desk, steps: tuple[bytes | str, ...]) -> list[Any]:
    """All that came of it: the mails, the states, the effects."""
    for step in steps:
        said = step if isinstance(step, bytes) else reply_mail(desk.letters()[-1], step)
        await desk.take_in(said)
    letters = [(letter.says, getattr(letter, "notice", "")) for letter in desk.letters()]
    states = [(case.state, case.version, case.task) for case in await desk.cases()]
    effects = [entry.what for entry in await desk.entries("effect")]
    return [letters, states, effects, sorted(desk.files.rglob("*")) != []]


@pytest.mark.parametrize("name", FAMILIES)
async def test_it_goes_as_without_a_model(tmp_path: Path, name: str) -> None:
    given: dict[str, Any] = {"prompts": shipped_prompts(), "replies": REPLIES}
    steps = FAMILIES[name]
    (tmp_path / "none").mkdir()
    async with open_desk(tmp_path / "none", **given) as desk:
        wanted = await _gone_through(desk, steps)
    for called, model in MODELS.items():
        (tmp_path / called).mkdir()
        made: Model = model()
        advised = {**given, "model": made, "model_rules": PATIENCE}
        async with open_desk(tmp_path / called, **advised) as desk:
            assert await _gone_through(desk, steps) == wanted, called
