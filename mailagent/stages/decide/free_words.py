"""Free words to a draft: a model may point at the words that change something.

Only of a reply that passes every other gate and that no rule understands. What it points at is
typed anew by us, field by field, and goes through the one grammar: the outcome is a change that is
shown again for approval, or nothing. It can be no decision, whatever the model says.
"""

from functools import partial
from typing import Any

from mailagent.core.advice import asked_for_edits, edits_in
from mailagent.core.decision import Unclear
from mailagent.core.gates import Gate
from mailagent.core.people import Person
from mailagent.core.proposal import Purpose
from mailagent.ports import Evidence, KeptMessage, Office
from mailagent.ports.advice import consult
from mailagent.stages.decide.hear import Pointed, hear

_PROMPT = "edits"
_MENDED = frozenset({Gate.WORD, Gate.WEIGHT})  # what other words would mend


async def free_words(
    office: Office, kept: KeptMessage, people: tuple[Person, ...], found: Evidence
) -> Pointed:
    """Fields, each with the words of the reply that state its new value."""
    if office.model is None:
        return ()
    async with office.store.begin(office.company.id) as tx:
        heard = await hear(office, tx, kept, people, found)
        answer = heard.answer
        refused = {refusal.gate for refusal in heard.verdicts.refusals}
        if answer is None or heard.brief or not isinstance(heard.decision, Unclear):
            return ()
        if not refused <= _MENDED:
            return ()
        case = await tx.case(answer.draft.case)
        proposal, _, _ = await tx.proposal(case.id, answer.draft.version)
    own, fields = found.reply.own or "", tuple(office.tasks[case.task].shown(proposal))
    if proposal.purpose is Purpose.UNDO or not own.strip() or not fields:
        return ()
    asked = asked_for_edits(office.prompts[_PROMPT], own, fields)
    believed = partial(_pointed, own=own, fields=fields)
    pointed, _advice = await consult(office, asked, kept.sha256, believed, case=case.id)
    return pointed or ()


def _pointed(said: dict[str, Any], own: str, fields: tuple[str, ...]) -> Pointed:
    return tuple((field, " ".join(quote.split())) for field, quote in edits_in(said, own, fields))
