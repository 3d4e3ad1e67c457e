"""DKIM signatures, checked over the raw bytes with keys that were fetched before."""

import binascii
import re
from collections.abc import Mapping
from typing import Any

import dkim
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from dkim.util import InvalidTagValueList, parse_tag_value

from mailagent.core.reply import Claim, Signature

_FIELD = "dkim-signature"
_MOST = 10  # signatures of one mail that are looked at
_LONGEST_FIELD = 10_000  # dkimpy's patterns take quadratic time over blanks
_LONGEST_RECORD = 8_000
_LONGEST_BLANK = 998  # a line of SMTP has no more
_LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_NAME = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
# What dkimpy lets through on nonsense, beside its own exceptions.
_NONSENSE = (ValueError, LookupError, TypeError, AssertionError, ArithmeticError, AttributeError)

Tags = dict[str, str]


def claims_in(fields: tuple[tuple[str, str], ...]) -> tuple[Claim, ...]:
    """The signatures that a header announces with a legal domain and selector."""
    values = [value for name, value in fields if name == _FIELD][:_MOST]
    found = (_claim(_tags(value.encode("ascii", "replace"))) for value in values)
    return tuple(claim for claim in found if claim is not None)


def check_signatures(raw: bytes, keys: Mapping[str, str]) -> tuple[Signature, ...]:
    """Every signature of a mail, checked against its key.

    `keys` holds the TXT records by name (`selector._domainkey.domain`, lower case). Nothing is
    fetched; a signature whose key is not among them does not hold.
    """
    try:
        mail = dkim.DKIM(raw)
    except (dkim.DKIMException, *_NONSENSE):  # no header that anybody could have signed
        return ()
    values = [value for name, value in mail.headers if name.lower() == _FIELD.encode()]
    blank = b" " * _LONGEST_BLANK in raw.replace(b"\t", b" ")
    return tuple(
        _checked(raw, number, _tags(value), keys, blank=blank)
        for number, value in enumerate(values[:_MOST])
    )


def _checked(
    raw: bytes, number: int, tags: Tags, keys: Mapping[str, str], *, blank: bool
) -> Signature:
    claim = _claim(tags)
    record = keys.get(claim.key_name, "") if claim else ""
    bits = 0
    if claim is None:
        why = "its d= or s= is not a plain name"
    elif not record:
        why = f"there is no key under {claim.key_name}"
    elif blank or len(record) > _LONGEST_RECORD:
        why = "it is not worth checking"
    else:
        why, bits = _verified(raw, number, record)
    return Signature(
        domain=claim.domain if claim else "",
        selector=claim.selector if claim else "",
        valid=not why,
        covered=tuple(name.strip().lower() for name in tags.get("h", "").split(":")),
        has_length="l" in tags,
        algorithm=tags.get("a", ""),
        key_bits=bits,
        key_record=record,
        why=why,
    )


def _verified(raw: bytes, number: int, record: str) -> tuple[str, int]:
    """Why a signature does not hold (empty: it does), and the size of its key."""
    mail = dkim.DKIM(raw)
    try:
        holds = _holds(mail, number, record)
    except dkim.ValidationError as error:
        return _plainly(str(error)), 0
    except (dkim.DKIMException, *_NONSENSE) as error:
        return f"it cannot be checked ({type(error).__name__})", 0
    if not holds:
        return "it does not fit the mail or its key", 0
    return "", int(mail.keysize)


def _holds(mail: Any, number: int, record: str) -> bool:
    prepared = mail.verify_headerprep(number)
    if not prepared:
        return False
    tags, covered, fields = prepared
    if tags[b"a"] != b"ed25519-sha256":
        return bool(mail.verify(number, dnsfunc=lambda _name, **_: record.encode("ascii")))
    # dkimpy leaves Ed25519 to PyNaCl; cryptography, which we have anyway, does the same.
    mail.pk, mail.keysize, mail.ktag, mail.seqtlsrpt = _EdwardsKey(record), 256, b"ed25519", False
    return bool(mail.verify_sig_process(tags, covered, fields[number], None)) and mail.pk.held


class _EdwardsKey:
    """An Ed25519 key with the one method that dkimpy calls."""

    def __init__(self, record: str) -> None:
        tags = _tags(record.encode())
        if tags.get("k") != "ed25519" or tags.get("v", "DKIM1") != "DKIM1":
            raise ValueError("not an Ed25519 key record")
        self._key = Ed25519PublicKey.from_public_bytes(
            binascii.a2b_base64("".join(tags.get("p", "").split()), strict_mode=True)
        )
        self.held = False

    def verify(self, digest: bytes, signature: bytes) -> None:
        """Notes whether it held: dkimpy can tell nobody's exceptions but PyNaCl's."""
        try:
            self._key.verify(signature, digest)
            self.held = True
        except InvalidSignature:
            self.held = False


def _tags(value: bytes) -> Tags:
    if len(value) > _LONGEST_FIELD:
        return {}
    try:
        found = parse_tag_value(value)
        return {name.decode("ascii"): tag.decode("ascii") for name, tag in found.items()}
    except (InvalidTagValueList, ValueError):
        return {}


def _claim(tags: Tags) -> Claim | None:
    domain, selector = tags.get("d", "").lower(), tags.get("s", "").lower()
    if len(domain) > 253 or len(selector) > 253:
        return None
    if not _NAME.fullmatch(domain) or not _NAME.fullmatch(selector):
        return None
    return Claim(domain=domain, selector=selector)


def _plainly(error: str) -> str:
    if "body hash mismatch" in error:
        return (
            "the body was changed on the way; if a gateway does that, pin `server` or `code`"
            " for this address"
        )
    return f"it is not valid ({error[:100]})"
