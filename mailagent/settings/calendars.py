"""The calendars, and the rules by which somebody can be met."""

import re
from datetime import date, time, timedelta
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, field_validator

from mailagent.core.availability import Availability, Hours, Never, Preferred
from mailagent.core.value import Value

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SPAN = re.compile(
    r"(?P<days>[a-z]{3}(?:[-,][a-z]{3})*) (?P<opens>\d\d:\d\d)-(?P<closes>\d\d:\d\d)"
    r"(?: (?P<why>.+))?"
)
_LONGEST = 80
OWN = "own"


def _hours(text: str) -> str:
    span_of(text)
    return text


def span_of(text: str) -> tuple[Hours, str]:
    """`mon-fri 09:00-17:00 why`."""
    found = _SPAN.fullmatch(" ".join(text.lower().split()))
    if found is None or len(text) > _LONGEST:
        raise ValueError(f"{text!r} is not like 'mon-fri 09:00-17:00'")
    opens, closes = time.fromisoformat(found["opens"]), time.fromisoformat(found["closes"])
    if closes <= opens and closes != time.min:
        raise ValueError(f"{text!r} ends before it begins; midnight is 00:00")
    return Hours(days=_days(found["days"]), opens=opens, closes=closes), found["why"] or ""


def _days(text: str) -> frozenset[int]:
    days: set[int] = set()
    for part in text.split(","):
        first, _, last = part.partition("-")
        for name in (first, last or first):
            if name not in _DAYS:
                raise ValueError(f"there is no weekday {name!r}; one of {', '.join(_DAYS)}")
        at, until = _DAYS.index(first), _DAYS.index(last or first)
        days |= {day % 7 for day in range(at, until + 1 if until >= at else until + 8)}
    return frozenset(days)


Span = Annotated[str, AfterValidator(_hours)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,30}$")]


class CalendarSettings(Value):
    """When you can be met, and where meetings are entered."""

    person: str = Field(
        description="whose calendar it is, by id; empty: the first person", examples=["ann"]
    )
    timezone: str = Field(
        description="the clock of these rules; empty: the person's", examples=["Europe/Berlin"]
    )
    working_hours: tuple[Span, ...] = Field(
        description="days, from and to; more than one line for breaks or other days",
        min_length=1,
        examples=[["mon-thu 09:00-17:00", "fri 09:00-14:00"]],
    )
    no_meetings: tuple[Span, ...] = Field(
        description="never then, and why",
        examples=[["mon-fri 12:00-13:00 lunch"]],
    )
    preferred: tuple[Span, ...] = Field(
        description="rather then than at other times", examples=[["tue,thu 14:00-16:00"]]
    )
    holidays: tuple[str, ...] = Field(
        description="public holidays by country, with the region where they differ",
        examples=[["DE-BY"]],
    )
    buffer_minutes: int = Field(
        description="kept free before and after each meeting", ge=0, le=240, examples=[10]
    )
    travel_minutes: int = Field(
        description="the same, where one has to get to a place", ge=0, le=480, examples=[45]
    )
    notice_hours: int = Field(description="nothing is offered sooner", ge=0, le=720, examples=[24])
    horizon_days: int = Field(description="nor later", ge=1, le=180, examples=[28])
    lengths: tuple[int, ...] = Field(
        description="minutes; the first where nobody says how long",
        min_length=1,
        examples=[[30, 60]],
    )
    step_minutes: Literal[5, 10, 15, 20, 30, 60] = Field(
        description="meetings start at multiples of it", examples=[30]
    )
    offers: int = Field(description="how many times are offered at once", ge=1, le=6, examples=[3])
    hold_days: int = Field(
        description="how long they are held for an answer", ge=1, le=30, examples=[3]
    )
    writes: str = Field(
        description="the calendar that meetings are entered in: own, or one of [[calendars]]",
        examples=["work"],
    )
    invite_me: bool = Field(
        description="send yourself an invitation to each: for a calendar without an interface",
        examples=[False],
    )

    @field_validator("holidays")
    @classmethod
    def _are_known(cls, given: tuple[str, ...]) -> tuple[str, ...]:
        for one in given:
            public_holidays(one, ())
        return given

    def rules(self, zone: str, years: tuple[int, ...]) -> Availability:
        """As the core knows them; holidays become days."""
        minutes = timedelta(minutes=1)
        return Availability(
            zone=self.timezone or zone,
            hours=tuple(span_of(one)[0] for one in self.working_hours),
            never=tuple(
                Never(**dict(h), why=why or "no meetings")
                for h, why in map(span_of, self.no_meetings)
            ),
            preferred=tuple(Preferred(**dict(span_of(one)[0])) for one in self.preferred),
            holidays=self._holidays(years),
            buffer=self.buffer_minutes * minutes,
            travel=self.travel_minutes * minutes,
            notice=timedelta(hours=self.notice_hours),
            horizon=timedelta(days=self.horizon_days),
            lengths=self.lengths,
            step=self.step_minutes * minutes,
            offers=self.offers,
            hold_for=timedelta(days=self.hold_days),
        )

    def _holidays(self, years: tuple[int, ...]) -> dict[date, str]:
        found: dict[date, str] = {}
        for one in self.holidays:
            found |= public_holidays(one, years)
        return found


def public_holidays(place: str, years: tuple[int, ...]) -> dict[date, str]:
    """The days of `DE-BY`, that region of that country, with their names."""
    import holidays  # a quarter of a second, paid by whoever asks for the first day

    country, _, region = place.partition("-")
    try:
        found = holidays.country_holidays(country, subdiv=region or None, years=years)
    except NotImplementedError:
        raise ValueError(
            f"the holidays of {place!r} are not known; use a code like DE or DE-BY"
        ) from None
    return dict(found.items())


class CalendarPlace(Value):
    """A calendar that exists already. All are read; only CalDAV ones can be written to."""

    name: Name = Field(description="a short name that never changes", examples=["work"])
    kind: Literal["caldav", "ics"] = Field(
        description="caldav, or ics for a private address or a file (Google, Outlook)",
        examples=["caldav"],
    )
    address: str = Field(
        "",
        description="of the server, or of the file; a private address is a secret: "
        "calendar_NAME_address in secrets.toml",
        examples=["https://dav.acme.example/"],
    )
    user: str = Field(
        "",
        description="the login; its password is calendar_NAME_password in secrets.toml",
        examples=["ann@acme.example"],
    )

    @field_validator("name")
    @classmethod
    def _is_free(cls, name: str) -> str:
        if name == OWN:
            raise ValueError("'own' is the agent's own calendar")
        return name

    @cached_property
    def secrets(self) -> tuple[str, str]:
        """What its address and its password are called."""
        plain = self.name.replace("-", "_")
        return f"calendar_{plain}_address", f"calendar_{plain}_password"
