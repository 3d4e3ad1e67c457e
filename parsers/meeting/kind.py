"""Meetings as a kind of document: a calendar object, or a mail that asks for one."""

from mailagent.core.reading import Kind, Reading
from parsers.opened import Opened


class MeetingKind:
    """Reads iCalendar objects and bodies of mails; a text in no mail asks nobody for anything."""

    kinds = frozenset({Kind.MEETING_REQUEST})

    def read(self, document: Opened) -> Reading | None:
        """None where nobody asks for a meeting."""
        # Loaded where there is one: most documents are no meeting, and icalendar is large.
        if document.calendar:
            from parsers.meeting.objects import read_object

            return read_object(document.calendar, document.cover, document.part)
        if not document.cover.is_mail or not (document.plain or document.cover.inner):
            return None
        from parsers.meeting.prose import read_mail

        told = document.as_kind is Kind.MEETING_REQUEST
        return read_mail(document.plain, document.cover, told=told)


KIND = MeetingKind()
