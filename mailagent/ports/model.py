"""A model as the rest sees it. Nobody but `ports/advice.py` asks it anything."""

from typing import Protocol

from mailagent.core.advice import Answered, Asked


class Model(Protocol):
    """Answers in the form that was asked for; has no tools, and sees nothing else.

    Raises ModelUnavailable (Transient: it may answer later), ModelRefused (it will not answer
    this) or ModelNonsense (what it said is no answer in this form).
    """

    name: str

    async def answer(self, asked: Asked) -> Answered: ...

    async def close(self) -> None: ...
