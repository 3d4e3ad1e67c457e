"""One entry of the list of work, in tasks.toml."""

from typing import Annotated

from pydantic import Field, StringConstraints, field_validator

from mailagent.core.capability import CATALOGUE
from mailagent.core.modes import Mode
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

    @field_validator("forbidden")
    @classmethod
    def _known(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        for name in names:
            if name not in CATALOGUE:
                raise ValueError(f"{name!r} is no capability")
        return names
