"""Times in words, in several languages: `next Tuesday after 3`, `in acht Tagen`, `du 13 au 18`."""

from parsers.values.when.find import find_times, spoken_in
from parsers.values.when.model import When
from parsers.values.when.weekdays import weekday_in, weekdays_in

__all__ = ["When", "find_times", "spoken_in", "weekday_in", "weekdays_in"]
