"""The draft of an answer to a common request, made by the task itself from a shipped template."""

from datetime import date

from mailagent.core.people import Company, Person
from mailagent.core.proposal import Proposal
from mailagent.core.reading import Evidence, Field, Kind, Reading, Source
from mailagent.core.replies import ReplyRules
from mailagent.core.task import Work
from mailagent.core.triage import Look, Topic, because
from mailagent.settings.replies import templates_in
from mailagent.shipped import shipped
from mailagent.tasks.replies import TASK
from tests.values import case

_FACTS = {"opening_hours": "Mon to Fri, 9 to 17", "address": "12 Mill Lane, Leeds"}


def _read(value: str) -> Field:
    return Field(value=value, confidence=1, source=Source.TEXT, evidence=Evidence(quote=value))


def reply(company: Company, person: Person, subject: str = "Saturday?") -> Proposal:
    """To somebody who asks when the shop is open."""
    fields = {"recipient": _read("jo@shop.example"), "subject": _read(subject)}
    told = {"kind": Kind.REQUEST, "confidence": 0.9, "topic": Topic.OPENING_HOURS}
    seen = {**told, "language": person.language, **because("words", "\u201copen\u201d")}
    work = Work(
        company=company,
        person=person,
        case=case(task=TASK.name),
        version=1,
        reading=Reading(kind=Kind.REQUEST, confidence=0.9, fields=fields),
        subject=subject,
        look=Look.model_validate(seen),
        today=date(2026, 11, 28),
        replies=ReplyRules(templates=templates_in(shipped("templates") / "replies"), facts=_FACTS),
    )
    return TASK.propose(work)
