"""One entry of the list of work, in tasks.toml."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, field_validator

from mailagent.core.capability import CATALOGUE
from mailagent.core.modes import Mode
from mailagent.core.reading import Kind
from mailagent.core.tasklist import SOURCES
from mailagent.core.value import Value

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]


class TaskSettings(Value):
    """One task in tasks.toml."""

    on: bool = Field(description="whether the agent takes this work over", examples=[True])
    approvers: tuple[Id, ...] = Field(
        description="ids of people, the first is asked first; empty: the first person",
        examples=[["ann"]],
    )
    baseline_minutes: int = Field(
        default=0,  # nobody measured it
        ge=0,
        description="what a case took a person before; the digest counts the time saved by it",
        examples=[6],
    )
    mode: Mode = Field(
        default=Mode.APPROVE,
        description="how far it goes at most: off, shadow, suggest or approve",
        examples=["approve"],
    )
    owner: str = Field(default="", description="who answers for it", examples=["Ann Lee"])
    reviewer: str = Field(default="", description="who looks over it", examples=["Ben"])
    technical_contact: str = Field(
        default="", description="who is called when it does not work", examples=["it@acme.example"]
    )
    answer_hours: int = Field(
        default=0, ge=0, description="within which its drafts should be answered", examples=[24]
    )
    forbidden: tuple[str, ...] = Field(
        default=(),
        description="capabilities that it must not propose; what does fails closed",
        examples=[["files.store"]],
    )
    may_read: tuple[str, ...] | None = Field(
        default=None,
        description="kinds of documents, and what it may ask of books and calendars; not given: "
        "what it ships with",
        examples=[["invoice", "ledger.vendor", "files.known"]],
    )
    may_write: tuple[str, ...] | None = Field(
        default=None,
        description="capabilities; not given: what it ships with",
        examples=[["ledger.record_bill"]],
    )
    credentials: tuple[Literal["files", "calendar", "smtp"], ...] | None = Field(
        default=None,
        description="which of the agent's sign-ins it may use; not given: those its work needs",
        examples=[["files"]],
    )
    card: str = Field(
        default="", description="how the company does it, on a page", examples=["Net 30."]
    )

    @field_validator("mode")
    @classmethod
    def _not_given_here(cls, mode: Mode) -> Mode:
        if mode is Mode.STANDING:
            raise ValueError(
                "no file gives a standing approval: mail `mode TASK standing`, and answer the "
                "draft with your code"
            )
        return mode

    @field_validator("may_read")
    @classmethod
    def _readable(cls, names: tuple[str, ...] | None) -> tuple[str, ...] | None:
        known = SOURCES | set(Kind)
        for name in names or ():
            if name not in known:
                raise ValueError(f"{name!r} is no kind of document, and nothing that is asked")
        return names

    @field_validator("forbidden", "may_write")
    @classmethod
    def _known(cls, names: tuple[str, ...] | None) -> tuple[str, ...] | None:
        for name in names or ():
            if name not in CATALOGUE:
                raise ValueError(f"{name!r} is no capability")
        return names
