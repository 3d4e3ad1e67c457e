"""What a reading depends on besides the words."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from parsers.values.when.lexicon import Language


@dataclass(frozen=True)
class Context:
    """From when, in which language, and how figures are ordered."""

    at: datetime
    language: Language
    order: str  # MDY or DMY

    @property
    def today(self) -> date:
        """By the clock of `at`."""
        return self.at.date()

    @property
    def zone(self) -> tzinfo | None:
        """Of `at`."""
        return self.at.tzinfo

    def moment(self, day: date, hours: float = 0) -> datetime | None:
        """So many hours into a day; None outside of the calendar."""
        try:
            whole = datetime(day.year, day.month, day.day, tzinfo=self.at.tzinfo)
            return whole + timedelta(hours=hours)
        except (ValueError, OverflowError):
            return None
