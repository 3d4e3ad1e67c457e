"""When somebody can meet: the rules, what is taken already, and the search between them. Pure."""

from mailagent.core.availability.index import BusyIndex
from mailagent.core.availability.rules import Availability, Clock, Hours, Never, Preferred
from mailagent.core.availability.slots import Found, Rejection, Wish, objection, search

__all__ = [
    "Availability",
    "BusyIndex",
    "Clock",
    "Found",
    "Hours",
    "Never",
    "Preferred",
    "Rejection",
    "Wish",
    "objection",
    "search",
]
