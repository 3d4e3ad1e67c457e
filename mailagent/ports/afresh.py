"""Whether what was shown is still so at the moment when it counts."""

from mailagent.core.case import Case
from mailagent.core.proposal import Proposal
from mailagent.core.question import about
from mailagent.core.reading import Check
from mailagent.core.value import sha256
from mailagent.ports.office import Office
from mailagent.ports.store import Transaction


async def new_doubt(
    office: Office, tx: Transaction, case: Case, proposal: Proposal, chosen: str = ""
) -> Check | None:
    """A test that passed when it was shown and fails now: its twin was booked meanwhile."""
    task = office.tasks[case.task]
    asked = task.questions(proposal.reading, office.company)
    signed, ours = (await tx.message(case.message)).signed_by, office.company.domain
    questions = [about(question, case, signed, ours) for question in asked]
    answers = tuple([await office.answer(tx, question) for question in questions])
    shown = {check.name for check in proposal.failed_checks}
    found = task.doubts(proposal.chosen(chosen), answers)
    return next((check for check in found if not check.ok and check.name not in shown), None)


async def contents_now(office: Office, proposal: Proposal) -> dict[str, str]:
    """What the contents hash to now; a file that is gone matches nothing."""
    found = {}
    for name in proposal.contents():
        try:
            found[name] = sha256(await office.blobs.get(name))
        except FileNotFoundError:
            found[name] = "gone"
    return found
