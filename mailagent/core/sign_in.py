"""A sign-in with the mail's provider that somebody gave, and that ends by itself."""

from datetime import datetime, timedelta

from mailagent.core.people import Person
from mailagent.core.said import Said
from mailagent.core.value import Value

SOON = timedelta(days=2)


class SignIn(Value):
    """With whom, and until when; `testing` where its app is the reason for the end."""

    provider: str
    ends_at: datetime
    testing: bool = False

    def ends_soon(self, now: datetime) -> bool:
        """Whether it has to be given anew by now; afterwards no mail could say so."""
        return self.ends_at - now <= SOON


def told(given: SignIn, person: Person) -> tuple[tuple[str, str | Said], ...]:
    """Until when, what to do, and why it ends at all."""
    return (
        ("ends", f"{given.ends_at.astimezone(person.zone):%Y-%m-%d %H:%M}"),
        ("command", f"mailagent login {given.provider}"),
        ("why", Said(key="sign_in.testing" if given.testing else "sign_in.ends")),
    )
