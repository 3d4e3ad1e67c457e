"""Contracts: file them, and remind in time before notice has to be given. No legal opinion."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mailagent.core import revision
from mailagent.core.appointment import Appointment
from mailagent.core.capability import CancelReminder, Payload, SetReminder, StoreFile
from mailagent.core.filing import AMENDS, AskFiled, Paper, notes, place
from mailagent.core.payloads.meetings import PutAppointment
from mailagent.core.people import Company
from mailagent.core.proposal import Action, Proposal
from mailagent.core.question import AskWhereEntered, Question, WhereEntered
from mailagent.core.reading import Check, Kind, Reading, tested
from mailagent.core.said import Said, say
from mailagent.core.spelling import spell_day
from mailagent.core.task import Task, Work
from mailagent.core.vendor import plain

_AMENDS = re.compile(
    r"\b(?:amend(?:ment|ed)|addendum|renewal|extension|supplement|nachtrag|\u00e4nderung|"
    r"verl\u00e4ngerung|avenant|adenda|proroga|addendo|aditamento)",
    re.IGNORECASE,
)
# What its signature lines say where somebody has not signed.
_UNSIGNED = frozenset({"not signed", "signed in part"})
_QUOTED = 300  # letters of a clause in a calendar
_NOTICE = {"en": "Notice by {day}, {who}", "de": "Kündigen bis {day}, {who}"}
_ENDS = {"en": "Ends {day}, {who}", "de": "Endet {day}, {who}"}


def asks(reading: Reading, company: Company) -> tuple[Question, ...]:
    """What is on file: all else that is proposed follows from the paper."""
    filed = AskFiled(
        party=other_party(reading, company),
        kind=reading.kind,
        changes=reading.date("amends_date"),
        overtakes=_changes_another(reading),
    )
    return (filed, AskWhereEntered())


def propose(work: Work) -> Proposal:
    """Nothing is signed, accepted or sent; somebody opens it before they answer."""
    return Proposal(
        case=work.case.id,
        version=work.version,
        task=TASK.name,
        title=_title(work),
        reading=work.reading,
        checks=_checks(work),
        actions=_numbered(_filing(work), *_entering(work), *_taking_back(work), *_reminding(work)),
        notes=_notes(work),
        alone=True,
    )


def other_party(reading: Reading, company: Company) -> str:
    """With whom it is: the first party that is not us."""
    names = _several(reading, "parties")
    ours = plain(company.name)
    others = [name for name in names if ours not in plain(name)]
    return (others or names or [""])[0]


def _who(work: Work) -> str:
    named = other_party(work.reading, work.company) or work.reading.text("document_name")
    return named or work.case.document.name


def _title(work: Work) -> str:
    day, words = _last_day(work)
    if day is not None:
        return _dated(words, day, work)
    name = work.reading.text("document_name")
    return f"{name}, {_who(work)}" if name and name != _who(work) else _who(work)


def _dated(words: Mapping[str, str], day: date, work: Work) -> str:
    spelled = spell_day(day, work.today, work.person.locale)
    return words[work.person.language].format(day=spelled, who=_who(work))


def _filing(work: Work) -> StoreFile:
    document = work.case.document
    paper = Paper(
        group="contracts",
        kind=work.reading.kind,
        party=other_party(work.reading, work.company),
        day=work.reading.date("agreement_date") or work.today,
        title=work.reading.text("document_name"),
        file_name=document.name,
        media_type=document.media_type,
        content=document.sha256,
        tags=_tags(work),
    )
    return place(work.filing, paper, work.filed, work.typed_folder)


def _last_day(work: Work) -> tuple[date | None, Mapping[str, str]]:
    """The day that must not be missed, and what is said of it."""
    notice, ends = work.reading.date("last_notice_day"), work.reading.date("expiration_date")
    for day, words in ((notice, _NOTICE), (ends, _ENDS)):
        if day is not None and day >= work.today:
            return day, words
    return None, {}


def _entering(work: Work) -> tuple[PutAppointment, ...]:
    """It stands in the calendar, where it takes nobody's time."""
    where = next((one for one in work.answers if isinstance(one, WhereEntered)), None)
    day, words = _last_day(work)
    if where is None or day is None:
        return ()
    midnight = datetime.combine(day, time(), ZoneInfo(where.zone))
    old = work.filed.entered
    before = old.appointment if old and old.calendar == where.calendar else None
    own = f"{work.case.ref.lower()}-{work.case.id}-ends@{work.company.domain}"
    entry = Appointment(
        uid=before.uid if before else own,
        sequence=before.sequence + 1 if before else work.version,
        start=midnight,
        end=midnight + timedelta(days=1),
        all_day=True,
        zone=where.zone,
        title=_dated(words, day, work),
        notes=_counted(work.reading),
        free=True,
    )
    return (PutAppointment(calendar=where.calendar, appointment=entry, before=before),)


def _counted(reading: Reading) -> str:
    """How the day was come to, and the clause it stands in."""
    found = map(reading.fields.get, ("last_notice_day", "expiration_date"))
    field = next((one for one in found if one is not None), None)
    if field is None:
        return ""
    quote = field.evidence.quote[:_QUOTED] if field.evidence else ""
    return "\n".join(filter(None, (field.rule, quote and f"\u201c{quote}\u201d")))


def _taking_back(work: Work) -> tuple[CancelReminder, ...]:
    """What reminds of a day that an amendment has changed."""
    if _last_day(work)[0] is None:
        return ()
    return tuple(
        CancelReminder(reminder=one.reminder, text=one.text, person=one.person, day=one.day)
        for one in work.filed.reminded
    )


def _reminding(work: Work) -> tuple[SetReminder, ...]:
    last, _ = _last_day(work)
    if last is None:
        return ()
    days = [last - timedelta(days=before) for before in work.remind_before]
    return tuple(
        SetReminder(person=work.person.id, day=day, text=_title(work))
        for day in days
        if day > work.today
    )


def _numbered(*payloads: Payload) -> tuple[Action, ...]:
    return tuple(Action(number=n, payload=payload) for n, payload in enumerate(payloads, 1))


def _checks(work: Work) -> tuple[Check, ...]:
    reading = work.reading
    made = [tested("signed", ok=reading.text("signatures") not in _UNSIGNED)]
    if missing := _several(reading, "missing_annexes"):
        made.append(tested("annexes_there", ok=False, missing=", ".join(missing)))
    notice, ends = reading.date("last_notice_day"), reading.date("expiration_date")
    if last := notice or ends:
        made.append(tested("in_time", ok=last >= work.today, day=last))
    if not _is_ordered(reading.date("effective_date"), ends):
        made.append(tested("term_makes_sense", ok=False))
    return tuple(made)


def _tags(work: Work) -> tuple[str, ...]:
    """An amendment is found with the contract that it changes."""
    known = work.filed
    is_linked = _changes_another(work.reading) and known.before_case
    return (f"{AMENDS}{known.before_case}",) if is_linked else ()


def _several(reading: Reading, name: str) -> tuple[str, ...]:
    field = reading.fields.get(name)
    found = field.value if field is not None and not isinstance(field.value, str) else ()
    return tuple(one for one in found if isinstance(one, str))


def _changes_another(reading: Reading) -> bool:
    """An amendment or a renewal: it says nothing without the contract it changes."""
    return bool(_AMENDS.search(reading.text("document_name")))


def _is_ordered(starts: date | None, ends: date | None) -> bool:
    return starts is None or ends is None or starts < ends


def _notes(work: Work) -> tuple[Said, ...]:
    said = [say("contract.not_done")]
    if work.reading.text("last_notice_day"):
        said.append(say("contract.earliest"))
    elif work.reading.text("expiration_date"):
        said.append(say("contract.no_notice"))
    else:
        said.append(say("contract.no_end"))
    if work.reading.text("signatures") in _UNSIGNED or _several(work.reading, "missing_annexes"):
        said.append(say("contract.ask_for_it"))
    if _changes_another(work.reading) and work.filed.before:
        said.append(say("contract.belongs", path=work.filed.before, ref=work.filed.before_case))
    elif changed := work.reading.text("amends"):
        day = work.reading.text("amends_date")
        said.append(say("contract.not_on_file", name=changed, day=day))
    return (*said, *notes(work.filed, work.typed_folder))


TASK = Task(
    name="contracts",
    kinds=frozenset({Kind.CONTRACT}),
    may=frozenset({"files.store", "calendar.put", "reminders.set", "reminders.cancel"}),
    asks=asks,
    propose=propose,
    edits={
        **dict.fromkeys(
            ("last_notice_day", "expiration_date", "effective_date", "agreement_date"), revision.day
        ),
        "document_name": revision.words,
        "folder": revision.folder,
    },
    prefers=frozenset({"folder"}),
    by_party=True,
)
