"""DKIM signatures made by dkimpy in this run, checked without any network."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.mail.dkim import check_signatures, claims_in
from parsers.mail.headers import fields_of, header_block
from tests.core.signing import Key, edwards_key, rsa_key, signed

MAIL = (
    b"From: Ann <ann@corp.example>\r\nTo: ops@corp.example\r\nSubject: Re: x [ops 4F7Q]\r\n"
    b"Date: Fri, 20 Nov 2026 12:00:00 +0000\r\nMessage-ID: <a@corp.example>\r\n\r\napprove\r\n"
)
NAME = "s1._domainkey.corp.example"


def keys(key: Key) -> dict[str, str]:
    return {NAME: key.record}


def test_rsa_holds() -> None:
    (found,) = check_signatures(signed(MAIL, "corp.example"), keys(rsa_key()))
    assert found.valid
    assert (found.domain, found.selector) == ("corp.example", "s1")
    assert found.covered == ("from", "subject", "date")
    assert (found.algorithm, found.key_bits) == ("rsa-sha256", 2048)
    assert found.key_record == rsa_key().record
    assert not found.has_length


def test_ed25519_holds() -> None:
    raw = signed(MAIL, "corp.example", edwards_key())
    (found,) = check_signatures(raw, keys(edwards_key()))
    assert found.valid
    assert (found.algorithm, found.key_bits) == ("ed25519-sha256", 256)


def test_what_was_changed_does_not_hold() -> None:
    for key in (rsa_key(), edwards_key()):
        raw = signed(MAIL, "corp.example", key)
        changes = ((b"approve", b"reject!"), (b"4F7Q", b"9XYZ"), (b"Ann", b"Eve"), (b"b=", b"b=A"))
        for before, after in changes:
            changed = raw.replace(before, after, 1)
            assert changed != raw
            assert not any(s.valid for s in check_signatures(changed, keys(key)))


def test_a_changed_body_says_so() -> None:
    raw = signed(MAIL, "corp.example").replace(b"approve", b"reject!")
    (found,) = check_signatures(raw, keys(rsa_key()))
    assert "body was changed" in found.why


def test_without_its_key_nothing_holds() -> None:
    raw = signed(MAIL, "corp.example")
    for known in ({}, {NAME: ""}, {"other": rsa_key().record}, {NAME: "v=DKIM1; p="}):
        (found,) = check_signatures(raw, known)
        assert not found.valid


def test_the_key_of_another_algorithm_does_not_hold() -> None:
    assert not check_signatures(signed(MAIL, "corp.example"), keys(edwards_key()))[0].valid
    raw = signed(MAIL, "corp.example", edwards_key())
    assert not check_signatures(raw, keys(rsa_key()))[0].valid


def test_the_size_of_the_key_is_told() -> None:
    raw = signed(MAIL, "corp.example", rsa_key(1024))
    assert check_signatures(raw, keys(rsa_key(1024)))[0].key_bits == 1024


def test_a_length_is_told() -> None:
    raw = signed(MAIL, "corp.example", length=True) + b"more\r\n"
    (found,) = check_signatures(raw, keys(rsa_key()))
    assert found.has_length


def test_every_signature_is_looked_at() -> None:
    raw = signed(signed(MAIL, "corp.example"), "relay.example")
    domains = [(s.domain, s.valid) for s in check_signatures(raw, keys(rsa_key()))]
    assert domains == [("relay.example", False), ("corp.example", True)]


def test_odd_names_are_never_looked_up() -> None:
    odd = (
        b"d=corp.example.\x00.any; s=s1",
        b"d=corp'example; s=s1",
        b"d=corp.example; s=s1._domainkey.attacker",
        b"d=c\xc3\xb6rp.example; s=s1",
        b"d=; s=s1",
        b"d=corp.example",
        b"d=-corp.example; s=s1",
    )
    for tags in odd:
        raw = (
            b"DKIM-Signature: v=1; a=rsa-sha256; h=from; bh=AA==; b=AA==; " + tags + b"\r\n" + MAIL
        )
        assert claims_in(fields_of(header_block(raw))) == ()
        assert not any(s.valid for s in check_signatures(raw, keys(rsa_key())))


def test_claims_are_what_is_announced() -> None:
    raw = signed(MAIL, "Corp.Example", selector="S1")
    (claim,) = claims_in(fields_of(header_block(raw)))
    assert claim.key_name == NAME


@pytest.mark.slow
@given(st.binary(max_size=300))
def test_no_bytes_make_it_raise(noise: bytes) -> None:
    raw = signed(MAIL, "corp.example")
    for mail in (noise, b"DKIM-Signature: " + noise + b"\r\n" + MAIL, noise + raw):
        for found in check_signatures(mail, keys(rsa_key())):
            assert found.valid or found.why


@pytest.mark.slow
@given(st.text(max_size=200))
def test_no_key_record_makes_it_raise(record: str) -> None:
    for key in (rsa_key(), edwards_key()):
        raw = signed(MAIL, "corp.example", key)
        for text in (record, f"v=DKIM1; k=rsa; p={record}", f"v=DKIM1; k=ed25519; p={record}"):
            assert not check_signatures(raw, {NAME: text})[0].valid


def test_blanks_without_end_take_no_time() -> None:
    raw = signed(MAIL, "corp.example") + b" " * 500_000 + b"x"
    (found,) = check_signatures(raw, keys(rsa_key()))
    assert not found.valid
