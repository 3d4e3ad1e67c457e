"""Meetings: what a calendar object or a mail asks for, and when."""

from parsers.meeting.kind import KIND

__all__ = ["KIND"]
