"""What the clock starts. Pure: each module says how often, and what is due in what it is shown."""

from mailagent.routines import expiry, reconciliation, reminders

ROUTINES = {
    routine.name: routine for routine in (reminders.ROUTINE, expiry.ROUTINE, reconciliation.ROUTINE)
}
