"""What the agent tells other programs: figures to whoever asks here, a line to a chat."""

from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, field_validator

from mailagent.core.value import Value

_HERE = ("localhost", "127.0.0.1", "::1")


class MetricsSettings(Value):
    """Figures for Prometheus, on this machine alone."""

    port: int = Field(
        description="`http://127.0.0.1:PORT/metrics`, counts by task and nothing of anybody; "
        "0: nobody is answered",
        ge=0,
        le=65535,
        examples=[9464],
    )


class ChatSettings(Value):
    """A line when something waits in the mailbox: no content, and nothing is decided there."""

    kind: Literal["slack", "teams", "ntfy"] = Field(
        description="what the address belongs to", examples=["ntfy"]
    )
    address: str = Field(
        description="its incoming webhook, or the ntfy topic; whoever knows it can write there; "
        "empty: no line",
        examples=["https://ntfy.acme.example/ops-7f3k9"],
    )

    @field_validator("address")
    @classmethod
    def _nobody_listens(cls, address: str) -> str:
        parts = urlsplit(address)
        safe = parts.scheme == "https" and parts.hostname
        if address and not safe and not (parts.scheme == "http" and parts.hostname in _HERE):
            raise ValueError("a webhook needs https://, or http:// on this machine")
        return address
