"""What a person says of a case that was done and is shown again: it is kept, and counted."""

from mailagent.core.audit import Entry
from mailagent.core.brief import Answered
from mailagent.core.decision import Command, One
from mailagent.core.letter import About, Ending
from mailagent.core.spot import Found, SpotCheck
from mailagent.ports import Office, Transaction
from mailagent.ports.standing import overridden
from mailagent.stages.decide.answer import answer_in_full
from mailagent.stages.decide.hear import Answer, Heard

_LONGEST = 1000


async def checked(
    office: Office, tx: Transaction, heard: Heard, answer: Answer, spot: SpotCheck, said: One
) -> None:
    """Right or wrong; `why` is answered in a mail of its own."""
    if heard.brief is None or not isinstance(said, Command):
        return
    if said.name == "why":
        await _why(office, tx, heard, answer, spot)
    else:
        found, words = Found(said.name), said.argument[:_LONGEST]
        await tx.note_spot(heard.brief.draft.id, spot.number, found)
        details = {
            "by": heard.kept.sha256,
            "digest": heard.brief.draft.ref,
            "number": spot.number,
            "before": spot.found,
        }
        person = answer.person.id
        await tx.audit(Entry(actor=person, what=f"spot.{found}", case=spot.case, details=details))
        if found is Found.WRONG and (spot.found is not Found.WRONG or words):
            await _incident(office, tx, heard, person, spot, words)
    await tx.note_answer(
        Answered(
            message=heard.kept.id,
            brief=heard.brief.draft.id,
            number=spot.number,
            draft=0,
            outcome=Ending.ANSWERED if said.name == "why" else Ending(said.name),
            detail=said.argument[:_LONGEST],
        )
    )


async def _incident(
    office: Office, tx: Transaction, heard: Heard, person: str, spot: SpotCheck, words: str
) -> None:
    """As if the receipt had been answered with `wrong`."""
    version = await _version(tx, spot)
    await tx.note_incident(spot.case, version, person, words)
    await overridden(office, tx, spot.case, "incident")
    details = {"by": heard.kept.sha256, "words": words, "version": str(version)}
    await tx.audit(Entry(actor=person, what="incident.opened", case=spot.case, details=details))


async def _why(
    office: Office, tx: Transaction, heard: Heard, answer: Answer, spot: SpotCheck
) -> None:
    proposal, _, judgement = await tx.proposal(spot.case, await _version(tx, spot))
    shown = {"proposal": proposal, "judgement": judgement}
    await answer_in_full(office, tx, heard, answer, About.WHY, spot.number, **shown)


async def _version(tx: Transaction, spot: SpotCheck) -> int:
    """What was done: the newest version says how to take that back."""
    proposal, _, _ = await tx.proposal(spot.case, spot.version)
    return proposal.undoes or spot.version
