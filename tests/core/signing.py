"""Real DKIM signatures for tests, made by dkimpy with keys of this run."""

import base64
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import dkim
from cryptography.hazmat.primitives import serialization as form
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from dkim.canonicalization import CanonicalizationPolicy

COVERED = ("from", "subject", "date")


class Key(NamedTuple):
    """A signing key and the DNS record that goes with it."""

    private: object
    record: str
    algorithm: str


@cache
def rsa_key(bits: int = 2048) -> Key:
    key = generate_private_key(65537, bits)
    pem = key.private_bytes(
        form.Encoding.PEM, form.PrivateFormat.TraditionalOpenSSL, form.NoEncryption()
    )
    public = key.public_key().public_bytes(
        form.Encoding.DER, form.PublicFormat.SubjectPublicKeyInfo
    )
    record = f"v=DKIM1; k=rsa; p={base64.b64encode(public).decode()}"
    return Key(pem, record, "rsa-sha256")


@cache
def edwards_key() -> Key:
    key = Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes(form.Encoding.Raw, form.PublicFormat.Raw)
    record = f"v=DKIM1; k=ed25519; p={base64.b64encode(public).decode()}"
    return Key(_Signer(key), record, "ed25519-sha256")


class _Signer:
    """What dkimpy expects of PyNaCl's key."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.signature = b""

    def sign(self, digest: bytes) -> "_Signer":
        self.signature = self._key.sign(digest)
        return self


def signed(
    raw: bytes,
    domain: str,
    key: Key | None = None,
    *,
    covered: Sequence[str] = COVERED,
    length: bool = False,
    selector: str = "s1",
) -> bytes:
    """The mail with a DKIM signature of this domain on top."""
    key = key or rsa_key()
    names = [name.encode() for name in covered]
    if key.algorithm == "ed25519-sha256":
        return _field(raw, domain.encode(), selector.encode(), key, names) + raw
    field: bytes = dkim.sign(
        raw,
        selector.encode(),
        domain.encode(),
        key.private,
        canonicalize=(b"relaxed", b"relaxed"),
        include_headers=names,
        length=length,
    )
    return field + raw


def signed_anyhow(raw: bytes, domain: str, covered: Sequence[str]) -> bytes:
    """A signature that leaves out what dkimpy would insist on, made by hand."""
    return _field(raw, domain.encode(), b"s1", rsa_key(), [n.encode() for n in covered]) + raw


def _field(raw: bytes, domain: bytes, selector: bytes, key: Key, covered: list[bytes]) -> bytes:
    mail = dkim.DKIM(raw, signature_algorithm=key.algorithm.encode())
    mail.hasher = dkim.HASH_ALGORITHMS[key.algorithm.encode()]
    policy = CanonicalizationPolicy.from_c_value(b"relaxed/relaxed")
    body = mail.hasher(policy.canonicalize_body(mail.body)).digest()
    private = key.private
    if key.algorithm == "rsa-sha256":
        private = dkim.parse_pem_private_key(private)
    tags = [
        (b"v", b"1"),
        (b"a", key.algorithm.encode()),
        (b"c", b"relaxed/relaxed"),
        (b"d", domain),
        (b"s", selector),
        (b"h", b":".join(covered)),
        (b"bh", base64.b64encode(body)),
        (b"b", b"0" * 60),
    ]
    value: bytes = mail.gen_header(tags, covered, policy, b"DKIM-Signature", private)
    return b"DKIM-Signature: " + value
