"""What is written around a meeting: an agenda the day before, and a word afterwards."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import NamedTuple

from mailagent.core.value import Value, sha256

_MORNING, _EVENING = 7, 20  # nobody is asked at night
_TOO_LATE = timedelta(hours=1)  # before it begins
_OVER = timedelta(minutes=15)
_CAUGHT_UP = timedelta(days=2)  # an agent that was off when it ended
_DAY = timedelta(days=1)
_SATURDAY = 5


class Around(StrEnum):
    """When it is written."""

    AGENDA = "agenda"
    FOLLOW_UP = "follow_up"


class AroundRule(Value):
    """For which meetings, and what stands in it."""

    mail: Around
    guests: tuple[str, ...] = ()  # patterns of addresses, one of them comes; empty: whoever comes
    title: str = ""  # a word of its title; empty: any
    points: tuple[str, ...] = ()


class DatedMeeting(Value):
    """One date of a meeting in our calendar, and who comes from outside."""

    case: int
    uid: str
    start: datetime
    end: datetime
    zone: str
    title: str
    place: str = ""
    guests: tuple[str, ...]
    language: str = ""  # in which they write; empty: not known
    message_id: str = ""  # of the mail that asked for it


class MeetingMail(Value):
    """A mail that is due."""

    mail: Around
    meeting: DatedMeeting
    points: tuple[str, ...] = ()

    @property
    def slot(self) -> int:
        """The same for the same date at the same time, so it is drafted once."""
        said = f"{self.mail}\n{self.meeting.uid}\n{self.meeting.start.isoformat()}"
        return int(sha256(said.encode())[:7], 16)


def mails_due(
    rules: Sequence[AroundRule],
    meetings: Sequence[DatedMeeting],
    now: datetime,
    holidays: frozenset[date],
) -> Iterator[MeetingMail]:
    """By the clock of `now`; of several rules the first one holds."""
    if not _MORNING <= now.hour < _EVENING:
        return
    for meeting in meetings:
        for kind in Around:
            rule = next((r for r in rules if r.mail is kind and _is_for(r, meeting)), None)
            if rule is not None and _is_due(kind, meeting, now, holidays):
                points = rule.points if kind is Around.AGENDA else ()
                yield MeetingMail(mail=kind, meeting=meeting, points=points)


def _is_for(rule: AroundRule, meeting: DatedMeeting) -> bool:
    named = rule.title.casefold() in meeting.title.casefold()
    patterns = [one.casefold() for one in rule.guests]
    comes = any(fnmatchcase(g.casefold(), one) for g in meeting.guests for one in patterns)
    return named and bool(meeting.guests) and (comes or not patterns)


def _is_due(kind: Around, meeting: DatedMeeting, now: datetime, holidays: frozenset[date]) -> bool:
    if kind is Around.FOLLOW_UP:
        return meeting.end + _OVER <= now <= meeting.end + _CAUGHT_UP
    ahead = now + _TOO_LATE < meeting.start
    return ahead and now.date() >= _workday_before(meeting.start, now.tzinfo, holidays)


def _workday_before(start: datetime, zone: tzinfo | None, holidays: frozenset[date]) -> date:
    """Of a Monday the Friday, and no holiday."""
    day = start.astimezone(zone).date() - _DAY
    while day.weekday() >= _SATURDAY or day in holidays:
        day -= _DAY
    return day


class Wording(NamedTuple):
    """One language."""

    subject: dict[Around, str]
    opens: dict[Around, str]
    ends: dict[Around, str]
    noted: str  # above what was agreed, where that is told
    at: str  # where it takes place


_A, _F = Around.AGENDA, Around.FOLLOW_UP
WORDINGS = {
    "en": Wording(
        subject={_A: "Agenda: {title}", _F: "Our meeting: {title}"},
        opens={
            _A: "{person} looks forward to our meeting “{title}”: {when}. To go through:",
            _F: "thank you for the meeting “{title}” ({when}).",
        },
        ends={
            _A: "If anything is missing, please add it in a reply to this mail.",
            _F: "If anything is missing, a reply to this mail is enough.",
        },
        noted="What {person} noted:",
        at="Place: {place}",
    ),
    "de": Wording(
        subject={_A: "Tagesordnung: {title}", _F: "Unser Termin: {title}"},
        opens={
            _A: "{person} freut sich auf unseren Termin „{title}“: {when}. Zu besprechen:",
            _F: "vielen Dank für den Termin „{title}“ ({when}).",
        },
        ends={
            _A: "Wenn etwas fehlt, ergänzen Sie es bitte in einer Antwort auf diese Mail.",
            _F: "Wenn etwas fehlt, genügt eine Antwort auf diese Mail.",
        },
        noted="{person} hat sich notiert:",
        at="Ort: {place}",
    ),
    "fr": Wording(
        subject={_A: "Ordre du jour : {title}", _F: "Notre réunion : {title}"},
        opens={
            _A: "{person} se réjouit de notre réunion « {title} » : {when}. À aborder :",
            _F: "merci pour la réunion « {title} » ({when}).",
        },
        ends={
            _A: "S'il manque quelque chose, ajoutez-le en répondant à ce message.",
            _F: "S'il manque quelque chose, une réponse à ce message suffit.",
        },
        noted="{person} a noté :",
        at="Lieu : {place}",
    ),
    "es": Wording(
        subject={_A: "Orden del día: {title}", _F: "Nuestra reunión: {title}"},
        opens={
            _A: "{person} espera con interés nuestra reunión «{title}»: {when}. Temas:",
            _F: "gracias por la reunión «{title}» ({when}).",
        },
        ends={
            _A: "Si falta algo, añádalo respondiendo a este mensaje.",
            _F: "Si falta algo, basta con responder a este mensaje.",
        },
        noted="{person} ha anotado:",
        at="Lugar: {place}",
    ),
    "it": Wording(
        subject={_A: "Ordine del giorno: {title}", _F: "Il nostro incontro: {title}"},
        opens={
            _A: "{person} attende con piacere il nostro incontro «{title}»: {when}. Argomenti:",
            _F: "grazie per l'incontro «{title}» ({when}).",
        },
        ends={
            _A: "Se manca qualcosa, lo aggiunga rispondendo a questo messaggio.",
            _F: "Se manca qualcosa, basta rispondere a questo messaggio.",
        },
        noted="{person} ha annotato:",
        at="Luogo: {place}",
    ),
    "nl": Wording(
        subject={_A: "Agenda: {title}", _F: "Onze afspraak: {title}"},
        opens={
            _A: "{person} kijkt uit naar onze afspraak “{title}”: {when}. Te bespreken:",
            _F: "dank voor de afspraak “{title}” ({when}).",
        },
        ends={
            _A: "Ontbreekt er iets, vul het dan aan in een antwoord op dit bericht.",
            _F: "Ontbreekt er iets, dan volstaat een antwoord op dit bericht.",
        },
        noted="{person} heeft genoteerd:",
        at="Plaats: {place}",
    ),
    "pt": Wording(
        subject={_A: "Ordem de trabalhos: {title}", _F: "A nossa reunião: {title}"},
        opens={
            _A: "{person} aguarda com interesse a nossa reunião «{title}»: {when}. A tratar:",
            _F: "obrigado pela reunião «{title}» ({when}).",
        },
        ends={
            _A: "Se faltar algo, acrescente-o em resposta a esta mensagem.",
            _F: "Se faltar algo, basta responder a esta mensagem.",
        },
        noted="{person} anotou:",
        at="Local: {place}",
    ),
}
