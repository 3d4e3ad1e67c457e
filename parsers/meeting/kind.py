"""Meetings as a kind of document: a calendar object, or a mail that asks for one."""

from mailagent.core.reading import Kind, Reading
from parsers.meeting.objects import read_object
from parsers.opened import Opened


class MeetingKind:
    """Reads iCalendar objects."""

    kinds = frozenset({Kind.MEETING_REQUEST})

    def read(self, document: Opened) -> Reading | None:
        """None where nobody asks for a meeting."""
        if document.media_type == "text/calendar":
            return read_object(document.calendar, document.cover, document.part)
        return None


KIND = MeetingKind()
