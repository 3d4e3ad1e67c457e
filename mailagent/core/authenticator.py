"""An authenticator app: the secret it shares with us, and the code of each step (RFC 6238)."""

import hmac
from datetime import datetime

import pyotp
from pydantic import Field

from mailagent.core.value import Value

_STEP = 30  # seconds


class Authenticator(Value):
    """A person's secret, one for all addresses, and the steps that were used up."""

    secret: str = Field(repr=False)  # base32, as apps take it
    used_steps: frozenset[int] = frozenset()

    def code(self, step: int) -> str:
        """The six digits of a step."""
        return pyotp.TOTP(self.secret).generate_otp(step)

    def step_of(self, code: str, at: datetime) -> int | None:
        """The step, this one or a neighbour, whose code it is; None when it is none of theirs."""
        now = int(at.timestamp()) // _STEP
        near = (now, now - 1, now + 1)
        return next((s for s in near if s >= 0 and _equal(self.code(s), code)), None)

    def unused_step(self, code: str, at: datetime) -> int | None:
        """The step that this code uses up."""
        step = self.step_of(code, at)
        return None if step in self.used_steps else step

    def uri(self, address: str, company: str) -> str:
        """What the QR code says to the app."""
        return pyotp.TOTP(self.secret).provisioning_uri(name=address, issuer_name=company)


def new_authenticator() -> Authenticator:
    """A fresh secret of 160 bits."""
    return Authenticator(secret=pyotp.random_base32())


def _equal(wanted: str, given: str) -> bool:
    return hmac.compare_digest(wanted.encode(), given.encode())
