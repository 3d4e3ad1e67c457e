"""The servers that mail is read from and sent through."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from connectors.server import is_loopback
from mailagent.core.value import Value

Security = Literal["tls", "starttls", "none"]
Port = Annotated[int, Field(ge=1, le=65535)]
Host = Annotated[str, StringConstraints(min_length=1, pattern=r"^[A-Za-z0-9.:_-]+$")]


class ServerSettings(Value):
    """What IMAP and SMTP have in common."""

    host: Host = Field(description="the server's name", examples=["imap.acme.example"])
    port: Port = Field(description="the server's port", examples=[993])
    security: Security = Field(
        description="tls, starttls, or none (only for this machine itself)", examples=["tls"]
    )
    timeout_seconds: float = Field(
        description="how long the server may take to answer", gt=0, le=600, examples=[30]
    )
    ca_file: str = Field(
        description="certificates to trust instead of the system's, for a server of your own",
        examples=["ca.pem"],
    )

    @model_validator(mode="after")
    def _no_open_words(self) -> Self:
        if self.security == "none" and not is_loopback(self.host):
            raise ValueError(
                f"security = 'none' would send the password in the clear to {self.host}"
            )
        return self


class MailboxSettings(ServerSettings):
    """The mailbox the agent works in (IMAP)."""

    user: str = Field(
        description="the login of the mailbox", min_length=1, examples=["ops@acme.example"]
    )
    poll_seconds: float = Field(
        description="how often to look all the same", ge=1, le=60, examples=[45]
    )


class SmtpSettings(ServerSettings):
    """The way out for mail (SMTP)."""

    host: Host = Field(description="the server's name", examples=["smtp.acme.example"])
    port: Port = Field(description="the server's port", examples=[465])
    user: str = Field(description="the login; empty: none is needed", examples=["ops@acme.example"])
    sender: str = Field(
        description="the envelope sender; empty: the ops address", examples=["ops@acme.example"]
    )
