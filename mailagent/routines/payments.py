"""The payment run: once a week, what is due becomes one file to approve."""

from datetime import timedelta

from mailagent.core.routine import Duty, ProposePayments, Routine, Sight, View


def due(view: View) -> list[Duty]:
    """On its weekday, in the morning of the first person."""
    is_owed = any(booked.bill.to_pay > 0 for booked in view.payable)
    if not view.payments.on or not is_owed or not view.people:
        return []
    now = view.now.astimezone(view.people[0].zone)
    if now.weekday() != view.payments.weekday or now.hour < view.payments.hour:
        return []
    return [ProposePayments(day=now.date(), bills=view.payable)]


ROUTINE = Routine("payments", timedelta(hours=1), due, Sight.PAYABLE)
