"""A bill as it stands in the embedded books."""

from datetime import datetime

from mailagent.core.capability import RecordBill
from mailagent.core.value import Value


class Booked(Value):
    """One recorded bill. A void one stays, so that the books explain themselves."""

    number: int  # in the books
    case: str  # the reference that people know
    bill: RecordBill
    recorded_at: datetime
    void: bool = False

    @property
    def link(self) -> str:
        """What names it in other books."""
        return f"mailagent-{self.number}"
