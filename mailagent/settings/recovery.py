"""The recovery key: opens the secrets that lie sealed in a backup, and nothing else.

`init` makes a pair. The private half is printed once and kept nowhere; the public half stays in the
home, so that every backup can hold passwords and sign-ins which only the printed key opens.
"""

import base64
import hashlib
import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from mailagent.core.errors import ConfigInvalid

FILE = "recovery.pub"
_KEY, _SUM = 32, 3  # bytes of the key, and of what finds a mistyped letter
_MAGIC = b"mailagent sealed 1\n"
_GROUP = 5


def new_recovery_key(home: Path) -> str:
    """Makes a pair; what is returned is to be printed, once."""
    private = X25519PrivateKey.generate()
    public = base64.b64encode(private.public_key().public_bytes_raw()).decode()
    (home / FILE).write_text(public + "\n", encoding="ascii")
    raw = private.private_bytes_raw()
    letters = base64.b32encode(raw + _check(raw)).decode().rstrip("=")
    return "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))


def seal(home: Path, content: bytes) -> bytes:
    """Sealed for whoever holds the printed key. Raises ConfigInvalid where none was made."""
    try:
        public = base64.b64decode((home / FILE).read_text(encoding="ascii"), validate=False)
        theirs = X25519PublicKey.from_public_bytes(public)
    except (OSError, ValueError):
        what = f"There is no recovery key here ({home / FILE})"
        raise ConfigInvalid(what, advice="Run `mailagent init` again: it makes one.") from None
    ours = X25519PrivateKey.generate()
    head = ours.public_key().public_bytes_raw()
    nonce = os.urandom(12)
    sealed = ChaCha20Poly1305(_shared(ours, theirs, head, public)).encrypt(nonce, content, _MAGIC)
    return _MAGIC + head + nonce + sealed


def unseal(key: str, sealed: bytes) -> bytes:
    """What was sealed. Raises ConfigInvalid for a wrong key, or a changed content."""
    private = X25519PrivateKey.from_private_bytes(_typed(key))
    body = sealed.removeprefix(_MAGIC)
    head, nonce, rest = body[:_KEY], body[_KEY : _KEY + 12], body[_KEY + 12 :]
    try:
        theirs = X25519PublicKey.from_public_bytes(head)
        public = private.public_key().public_bytes_raw()
        shared = _shared(private, theirs, head, public)
        return ChaCha20Poly1305(shared).decrypt(nonce, rest, _MAGIC)
    except (InvalidTag, ValueError):
        what = "This recovery key does not open the secrets of this backup"
        raise ConfigInvalid(what, advice="Is it the key of this home?") from None


def _typed(key: str) -> bytes:
    """As people type it: blanks, small letters, 0 for O and 1 for I."""
    letters = "".join(key.upper().replace("0", "O").replace("1", "I").replace("-", "").split())
    try:
        raw = base64.b32decode(letters + "=" * (-len(letters) % 8))
    except ValueError:
        raw = b""
    if len(raw) != _KEY + _SUM or raw[_KEY:] != _check(raw[:_KEY]):
        raise ConfigInvalid("The recovery key is mistyped", advice="Type it as it was printed.")
    return raw[:_KEY]


def _check(raw: bytes) -> bytes:
    return hashlib.sha256(b"mailagent recovery" + raw).digest()[:_SUM]


def _shared(ours: X25519PrivateKey, theirs: X25519PublicKey, head: bytes, public: bytes) -> bytes:
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=_MAGIC + head + public)
    return derive.derive(ours.exchange(theirs))
