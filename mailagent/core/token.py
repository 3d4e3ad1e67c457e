"""The token that ties a reply to one person, one draft and one version.

26 letters (130 bits) are random, 16 (80 bits) are the head of the digest of what was shown: a
store that was changed, digest and all, cannot change what already came back in the mail.
"""

import base64
import re
import secrets
from typing import NamedTuple

from mailagent.core.value import sha256

_SECRET, _DIGEST = 26, 16
_SHAPE = re.compile(r"(?<![a-z2-7])[a-z2-7]{42}(?![a-z2-7])", re.IGNORECASE)


class Token(NamedTuple):
    """A token in its two halves, as letters."""

    secret: str
    digest: str

    def __str__(self) -> str:
        return self.secret + self.digest

    @property
    def hash(self) -> str:
        """What the store keeps: the secret itself is only in the mail."""
        return sha256(self.secret.encode())


def _letters(raw: bytes, count: int) -> str:
    return base64.b32encode(raw).decode().lower().rstrip("=")[:count]


def digest_letters(digest: str) -> str:
    """The first 80 bits of a hex digest, as the token carries them."""
    return _letters(bytes.fromhex(digest[:20]), _DIGEST)


def new_token(digest: str) -> Token:
    """A fresh token for a version with this digest."""
    return Token(_letters(secrets.token_bytes(17), _SECRET), digest_letters(digest))


def new_name() -> str:
    """What nobody can guess, and what is no token: the name of a mail to somebody outside."""
    return secrets.token_hex(20)


def tokens_in(header: str) -> frozenset[Token]:
    """Everything in a routing header that has the shape of a token."""
    found = (match.group().lower() for match in _SHAPE.finditer(header))
    return frozenset(Token(word[:_SECRET], word[_SECRET:]) for word in found)


def tokens_for(header: str, ops_address: str, domain: str) -> frozenset[Token]:
    """Those that pretend to be ours: the plus-tag of our own address, or a Message-ID of ours.

    One that the store does not know was guessed, or is of a time before a restore.
    """
    local, _, host = ops_address.rpartition("@")
    ways = (rf"\b{re.escape(local)}\+", host), (r"<ops\.", domain)
    found = (
        match
        for before, at in ways
        for match in re.findall(
            rf"{before}([a-z2-7]{{42}})@{re.escape(at)}\b", header, re.IGNORECASE
        )
    )
    return frozenset(Token(word[:_SECRET], word[_SECRET:]) for word in map(str.lower, found))


# No vowels (no words), no letters that look alike: it is read aloud and typed on phones.
_REF_LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"


def new_ref(length: int = 4) -> str:
    """A short name for a case: 4F7Q."""
    return "".join(secrets.choice(_REF_LETTERS) for _ in range(length))
