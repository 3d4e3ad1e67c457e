"""What the clock starts. Pure: each module says how often, and what is due in what it is shown."""

from mailagent.core.routine import Routine
from mailagent.routines import (
    agendas,
    away,
    brief,
    calendar,
    copies,
    expiry,
    figures,
    handovers,
    holds,
    inquiries,
    packs,
    papers,
    payments,
    proofs,
    reconciliation,
    reminders,
    shadow,
    sign_in,
    snoozes,
    standing,
    thresholds,
    undecided,
    widening,
)

ROUTINES: dict[str, Routine] = {
    routine.name: routine
    for routine in (
        brief.ROUTINE,
        away.ROUTINE,
        reminders.ROUTINE,
        expiry.ROUTINE,
        snoozes.ROUTINE,
        holds.ROUTINE,
        calendar.ROUTINE,
        copies.ROUTINE,
        payments.ROUTINE,
        packs.ROUTINE,
        papers.ROUTINE,
        agendas.ROUTINE,
        inquiries.ROUTINE,
        handovers.ROUTINE,
        reconciliation.ROUTINE,
        proofs.ROUTINE,
        sign_in.ROUTINE,
        figures.ROUTINE,
        shadow.ROUTINE,
        standing.ROUTINE,
        thresholds.ROUTINE,
        undecided.ROUTINE,
        widening.ROUTINE,
    )
}
