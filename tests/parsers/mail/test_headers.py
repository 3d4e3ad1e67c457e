"""The raw header: its block, its fields, dates, and Authentication-Results by RFC 8601."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailagent.core.reply import ServerVerdict
from parsers.mail.headers import date_of, fields_of, first, header_block, server_verdict


def verdict(value: str) -> ServerVerdict | None:
    return server_verdict((("authentication-results", value),))


@pytest.mark.parametrize(
    ("raw", "block"),
    [
        (b"A: 1\r\nB: 2\r\n\r\nbody\r\n\r\nmore", b"A: 1\r\nB: 2\r\n\r\n"),
        (b"A: 1\n\nbody", b"A: 1\n\n"),
        (b"A: 1\n\r\nbody", b"A: 1\n\r\n"),
        (b"A: 1\r\n", b"A: 1\r\n"),
        (b"\r\nbody", b""),
        (b"", b""),
    ],
)
def test_the_block_ends_at_the_first_empty_line(raw: bytes, block: bytes) -> None:
    assert header_block(raw) == block


def test_fields_in_order_and_unfolded() -> None:
    fields = fields_of(b"Subject: a\r\n b\r\nTO: x\r\nsubject: \xc3\xa4\r\n\r\n")
    assert fields == (("subject", "a b"), ("to", "x"), ("subject", "ä"))
    assert first(fields, "subject") == "a b"
    assert first(fields, "cc") == ""


def test_dates() -> None:
    noon = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
    assert date_of("Fri, 20 Nov 2026 13:00:00 +0100") == noon
    assert date_of("Fri, 20 Nov 2026 12:00:00 -0000") == noon
    for nonsense in ("", "yesterday", "Fri, 99 Nov 2026", "Fri, 31 Dec 9999 23:59:00 -2300"):
        assert date_of(nonsense) is None


def test_results_of_real_servers() -> None:
    google = verdict(
        "mx.google.com; dkim=pass header.i=@corp.example header.s=s1 header.b=ab/c+d==;"
        ' spf=pass (google.com: domain of a@b designates "1.2.3.4" as sender) smtp.mailfrom=a@b;'
        " dmarc=pass (p=NONE sp=NONE dis=NONE) header.from=corp.example"
    )
    assert google is not None
    assert google.authserv_id == "mx.google.com"
    assert [r.method for r in google.results] == ["dkim", "spf", "dmarc"]
    dmarc = google.only("dmarc")
    assert dmarc is not None
    assert (dmarc.result, dmarc.says("header.from")) == ("pass", "corp.example")
    yahoo = verdict(
        "mta1.mail.yahoo.com; dkim=pass header.i=@x.y; dmarc=pass(p=REJECT) header.from=x.y"
    )
    assert yahoo is not None
    assert yahoo.only("dmarc") is not None
    none = verdict("mx.corp.example 1; none")
    assert none == ServerVerdict(authserv_id="mx.corp.example")


def test_a_quoted_value_keeps_its_semicolons() -> None:
    found = verdict('mx; auth=pass smtp.auth="ann; dmarc=pass"; spf=none')
    assert found is not None
    auth = found.only("auth")
    assert auth is not None
    assert auth.says("smtp.auth") == "ann; dmarc=pass"
    assert found.only("dmarc") is None


@pytest.mark.parametrize(
    "value",
    [
        "",
        ";",
        "mx; dmarc=pass (open header.from=x",
        "mx; dmarc=pass) header.from=x",
        'mx; dmarc="pass header.from=x',
        "mx; dmarc pass",
        "mx; dmarc=pass header.from",
        "mx; dmarc=pass =x",
        "two names; dmarc=pass",
    ],
)
def test_what_is_not_legal_counts_for_nothing(value: str) -> None:
    assert verdict(value) is None


def test_a_method_twice_is_no_method() -> None:
    found = verdict("mx; dmarc=fail header.from=x; dmarc=pass header.from=x")
    assert found is not None
    assert found.only("dmarc") is None


def test_a_property_twice_says_nothing() -> None:
    found = verdict("mx; dmarc=pass header.from=x header.from=y")
    assert found is not None
    assert found.results[0].says("header.from") == ""


@given(st.text(alphabet=st.sampled_from('abc=;"\\() ./@1'), max_size=80))
def test_no_text_makes_it_raise(value: str) -> None:
    found = verdict(f"mx; {value}")
    assert found is None or found.authserv_id == "mx"


@given(st.binary(max_size=300))
def test_no_bytes_make_the_fields_raise(raw: bytes) -> None:
    for name, value in fields_of(header_block(raw)):
        assert name == name.lower()
        value.encode()  # a Reply travels as JSON


def test_a_server_that_leaves_its_name_out_is_nobody_by_name() -> None:
    found = verdict("spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=a@b; dmarc=pass action=none")
    assert found is not None
    assert found.authserv_id == ""
    assert [result.method for result in found.results] == ["spf", "dmarc"]
