"""What is said back to a command: one mail in the thread of the reply."""

from typing import Any

from mailagent.core.audit import AuditEntry
from mailagent.core.letter import About, AnswerLetter, Ending, Letter
from mailagent.core.post import envelope
from mailagent.ports import Office, Transaction
from mailagent.stages.decide.hear import Answer, Heard

# What takes more than a line is a mail of its own, also where one item of a brief is meant.
_IN_FULL = frozenset({About.WHY, About.HELP})


async def answer_with(
    office: Office, tx: Transaction, heard: Heard, answer: Answer, about: About, **said: Any
) -> str:
    """One answer to one reply; what is answered to it counts for the draft as before."""
    if answer.item and about not in _IN_FULL:
        return await answer.note(tx, heard, about, _in_short(said))
    await answer_in_full(
        office, tx, heard, answer, about, answer.item.number if answer.item else 0, **said
    )
    return await answer.note(tx, heard, Ending.ANSWERED) if answer.item else about


async def answer_in_full(
    office: Office,
    tx: Transaction,
    heard: Heard,
    answer: Answer,
    about: About,
    number: int,
    **said: Any,
) -> None:
    """A mail of its own; the number is that of a brief's line, 0 where there is none."""
    thread = await heard.thread_for(tx, answer.draft)
    name = f"{about}/{heard.kept.id}{f'/{number}' if number else ''}"

    def write(head: AuditEntry) -> Letter:
        now = office.clock.now()
        return AnswerLetter(
            envelope=envelope(
                office.company,
                answer.person,
                thread,
                head,
                now,
                about=name,
                answers=answer.token,
            ),
            about=about,
            number=number,
            **said,
        )

    await tx.post(name, answer.draft.case or None, write)


def _in_short(said: dict[str, Any]) -> str:
    """What the receipt adds: until when, or who."""
    until = said.get("until")
    return until.isoformat() if until else " ".join(said.get("gaps", {}).values())
