"""When a task steps down by itself, because too much of it goes wrong."""

from typing import Annotated

from pydantic import Field

from mailagent.core.thresholds import Thresholds
from mailagent.core.value import Value

_Share = Annotated[float, Field(ge=0, le=1)]


class ThresholdSettings(Value):
    """How much is too much: the task goes to `suggest`, you are told, and your code gives it back.

    A share counts where it is unusual as well, against the four weeks before.
    """

    at_least: int = Field(
        description="so many have to be counted before a share says something", ge=3, examples=[10]
    )
    times: float = Field(
        description="so many times what is usual is unusual", ge=1, le=100, examples=[2.0]
    )
    tool_errors: _Share = Field(
        description="of calls to systems, those that failed; 0: not watched", examples=[0.3]
    )
    escalation: _Share = Field(
        description="of cases, those it could not go on with by itself; 0: not watched",
        examples=[0.5],
    )
    doubtful: _Share = Field(
        description="of proposals, those on a reading that is not sure; 0: not watched",
        examples=[0.5],
    )
    overridden: _Share = Field(
        description="of decisions, those that changed or refused it; 0: not watched",
        examples=[0.5],
    )

    def rules(self) -> Thresholds:
        """As the core knows them."""
        return Thresholds(**self.model_dump())
