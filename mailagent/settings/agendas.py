"""Mails around meetings: an agenda the day before, a word afterwards. None without a rule."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from mailagent.core.meetings.agendas import Around, AroundRule
from mailagent.core.value import Value

_Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class AroundMeeting(Value):
    """For which meetings a mail is drafted, and what stands in it."""

    mail: Literal["agenda", "follow_up"] = Field(
        description="agenda: the working day before; follow_up: when it is over",
        examples=["agenda"],
    )
    guests: tuple[_Line, ...] = Field(
        (),
        description="addresses, with * for any letters; one of them comes. Empty: whoever comes",
        examples=[["*@alvarez.example"]],
    )
    title: str = Field("", description="stands in its title; empty: any", examples=["review"])
    points: tuple[_Line, ...] = Field(
        (), description="what an agenda lists", examples=[["Figures", "Next steps"]]
    )


class AgendasSettings(Value):
    """Mails to the guests of your meetings that are drafted by the clock; you approve each."""

    rules: tuple[AroundMeeting, ...] = Field(
        description="for which meetings; of several rules the first one holds",
        examples=[[{"mail": "agenda", "guests": ["*@alvarez.example"]}]],
    )

    def known(self) -> tuple[AroundRule, ...]:
        """As the core knows them."""
        return tuple(
            AroundRule(**(one.model_dump() | {"mail": Around(one.mail)})) for one in self.rules
        )
