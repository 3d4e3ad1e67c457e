"""All that is known when a meeting is to be answered."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from email.utils import parseaddr
from typing import NamedTuple

from mailagent.core.appointment import Appointment, Guest, PartStat, Span, utc
from mailagent.core.availability import BusyIndex, Clock, Rejection, Wish, objection
from mailagent.core.availability.rules import Availability
from mailagent.core.meeting import Attendee, CalendarObject, Meeting, Use, meeting_of
from mailagent.core.meetings.letters import Writer
from mailagent.core.question import KnownCalendars, KnownCorrespondent, KnownMeeting
from mailagent.core.spelling import spell_day
from mailagent.core.task import Work

_PRECISE = frozenset({"minute", "hour"})
_WEEKDAYS = {
    "en": ("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
    "de": ("mo", "di", "mi", "do", "fr", "sa", "so"),
}
_MONTHS = {
    "en": ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
    "de": ["jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez"],
}


class Scene(NamedTuple):
    """A meeting, our calendars, and what came before."""

    work: Work
    meeting: Meeting
    known: KnownCalendars
    past: KnownMeeting
    met: frozenset[str]  # addresses that we wrote to before
    busy: BusyIndex  # without this meeting itself, and what is held for it

    @property
    def rules(self) -> Availability:
        """When the person can be met."""
        return self.known.rules

    @property
    def now(self) -> datetime:
        """When this is looked at."""
        return self.known.now

    @property
    def invitation(self) -> CalendarObject:
        """The calendar object that it is about."""
        if self.meeting.object is None:
            raise ValueError("this meeting was told in words")
        return self.meeting.object

    @property
    def series(self) -> Appointment | None:
        """What repeats, of which the calendar object changes a date, where we entered it."""
        kept = self.past.kept
        return kept.appointment if kept and kept.appointment.repeats and not kept.until else None

    @property
    def title(self) -> str:
        """What it is about."""
        told = self.work.reading.text("topic") or self.meeting.topic or self.work.subject
        return " ".join(told.split())[:150] or "Meeting"

    @property
    def length(self) -> timedelta:
        """How long it is to be."""
        changed = self.work.reading.text("duration")
        minutes = int(changed) if changed.isdecimal() else None
        return self.rules.length(minutes or self.meeting.minutes)

    @property
    def asker(self) -> Attendee:
        """Whom an answer goes to; where one of us asks in a talk, the first of the others."""
        if self.meeting.by_us and (guests := self._guests(self.meeting.attendees)):
            return guests[0]
        one = self.meeting.organizer if self.meeting.object else self.meeting.requester
        return one if one.address else self.meeting.requester

    @property
    def me(self) -> Guest:
        """As which of our addresses we are invited."""
        person, ops = self.work.person, self.work.company.ops_address
        invited = (one.address for one in self.meeting.attendees)
        mine = next((one for one in invited if person.address(one) or one == ops), "")
        return Guest(address=mine or person.main_address, name=person.name)

    @property
    def others(self) -> tuple[Attendee, ...]:
        """Everybody else who takes part."""
        return self._guests((*self.meeting.attendees, self.asker))

    def _guests(self, people: Iterable[Attendee]) -> tuple[Attendee, ...]:
        """Who is none of us."""
        ours = {self.me.address, self.work.company.ops_address}
        found = {one.address: one for one in people if one.address}
        person = self.work.person
        return tuple(
            one for address, one in found.items()
            if address not in ours and not person.address(address)
        )  # fmt: skip

    @property
    def writer(self) -> Writer:
        """Who writes the mails about it."""
        told = self.work.reading.text("language")
        return Writer(
            language=told or self.work.person.language,
            person=self.work.person.name,
            company=self.work.company.name,
            zone=self.rules.zone,
            theirs=_iana(self.meeting.zone),
        )

    def is_first(self, address: str) -> bool:
        """Whether writing to them is something new.

        Whoever wrote to us, or was sent in by one of us, asked for an answer: a fixed text to the
        very address that asks is not what the first-mail rule is there to stop.
        """
        sender = parseaddr(self.work.sender)[1].lower()
        domain = self.work.company.domain
        signed = sender.endswith(f"@{domain}") and self.work.signed_by == domain
        ours = self.work.person.address(sender) is not None or signed
        return address not in self.met and not ours and address != sender

    def wish(self) -> Wish:
        """What the others asked for."""
        windows = [
            (t.start, t.end) for t in self.meeting.told(Use.OFFERED) if t.grain not in _PRECISE
        ]
        bounds = [_opened(t.start, t.bound) for t in self.meeting.told(Use.OFFERED)
                  if t.grain in _PRECISE and t.bound]  # fmt: skip
        excluded = [(t.start, t.end) for t in self.meeting.told(Use.EXCLUDED)]
        zone = _iana(self.meeting.zone)
        return Wish(
            length=self.length,
            windows=tuple(windows + bounds),
            excluded=tuple(excluded),
            theirs=(Clock(zone=zone),) if zone else (),
            at_a_place=bool(self.meeting.place) and not self.meeting.link,
        )

    def named(self) -> tuple[tuple[datetime, datetime], ...]:
        """The exact times that they named, each as long as the meeting is to be."""
        exact = [t for t in self.meeting.told(Use.OFFERED) if t.is_exact and t.is_clear]
        return tuple((t.start, self.until(t.start)) for t in exact if t.start > self.now)

    def until(self, start: datetime) -> datetime:
        """The end of a meeting that starts then."""
        return (start.astimezone(UTC) + self.length).astimezone(start.tzinfo)

    def objection(self, start: datetime, end: datetime) -> Rejection | None:
        """What speaks against a time that they named: by our calendars and rules."""
        wish = Wish(length=end - start, at_a_place=self.wish().at_a_place)
        loose = self.rules.model_copy(
            update={"notice": timedelta(), "horizon": timedelta(days=3660)}
        )
        return objection(start, end, wish, loose, self.busy, self.now)

    def label(self, start: datetime) -> str:
        """What is answered for a time: fri 10, fri 15:30; with its date from next week on."""
        here = start.astimezone(self.rules.tz)
        language = self.work.person.language
        day = _WEEKDAYS[language][here.weekday()]
        if (here.date() - self.work.today).days > 6:
            day = f"{day} {here.day} {_MONTHS[language][here.month - 1]}"
        return f"{day} {here:%H:%M}".replace(" 0", " ").removesuffix(":00")

    def spelled(self, start: datetime, *, clock: bool = True) -> str:
        """Thu 3 Dec 14:00, as the person writes it."""
        here = start.astimezone(self.rules.tz)
        day = spell_day(here.date(), self.work.today, self.work.person.locale)
        week = _WEEKDAYS[self.work.person.language][here.weekday()].title()
        return f"{week} {day} {here:%H:%M}" if clock else f"{week} {day}"

    def appointment(self, start: datetime, end: datetime, **changes: object) -> Appointment:
        """This meeting at that time, as it stands in a calendar."""
        given: dict[str, object] = {
            "start": start,
            "end": end,
            "zone": self.rules.zone,
            "title": self.title,
            "place": self.work.reading.text("place") or self.meeting.place,
            "link": self.meeting.link,
        }
        return Appointment.model_validate(given | changes)

    def hold_until(self) -> datetime:
        """Until when a time is held: the end of a day."""
        last = self.work.today + self.rules.hold_for
        return datetime.combine(last, time(23, 59), self.rules.tz)

    def spans(self, day: datetime, wanted: list[Span]) -> tuple[Span, ...]:
        """Everything on the day of this moment."""
        here = day.astimezone(self.rules.tz)
        first = datetime.combine(here.date(), time(), self.rules.tz)
        last = datetime.combine(here.date() + timedelta(days=1), time(), self.rules.tz)
        taken = [
            Span(
                start=max(one.start, first),
                end=min(one.end, last),
                what=one.what,
                kind="tentative" if one.tentative else "busy",
            )
            for one in self.busy.between(first, last)
        ]
        here_too = [one for one in wanted if first <= one.start < last]
        return tuple(sorted([*taken, *here_too], key=lambda one: utc(one.start)))


def scene_of(work: Work) -> Scene:
    """Put together from what was asked."""
    known = next(one for one in work.answers if isinstance(one, KnownCalendars))
    past = next((one for one in work.answers if isinstance(one, KnownMeeting)), KnownMeeting())
    met = {one.address for one in work.answers if isinstance(one, KnownCorrespondent) and one.mails}
    meeting = meeting_of(work.reading)
    own = {kept.appointment.uid for kept in past.held}
    own |= {meeting.object.uid} if meeting.object and meeting.object.uid else set()
    busy = BusyIndex(known.busy).without(frozenset(own))
    return Scene(work, meeting, known, past, frozenset(met), busy)


def guest_of(attendee: Attendee, answer: PartStat | None = None) -> Guest:
    """Somebody who was told of, as they stand in an entry."""
    known = {one.value for one in PartStat}
    told = PartStat(attendee.answer) if attendee.answer in known else PartStat.NEEDS_ACTION
    return Guest(address=attendee.address, name=attendee.name, answer=answer or told)


def _iana(zone: str) -> str:
    """A zone with a name; a bare offset says nothing of next week."""
    return zone if "/" in zone else ""


def _opened(start: datetime, bound: str) -> tuple[datetime, datetime]:
    """`after 3`: until the end of that day; `before 3`: from its beginning."""
    tz = start.tzinfo
    day = start.date()
    if bound == "before":
        return datetime.combine(day, time(), tz), start
    return start, datetime.combine(day + timedelta(days=1), time(), tz)
