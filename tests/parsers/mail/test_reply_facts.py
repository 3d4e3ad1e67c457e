"""The facts of a reply, gathered from its raw bytes."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from mailagent.core.message import Arrival, Place
from mailagent.core.reply import Reply
from parsers.mail.reply_facts import reply_facts
from tests.core.channel import NOW, mail, token
from tests.core.signing import signed


def facts(raw: bytes) -> Reply:
    place = Place(folder="INBOX", uidvalidity=1, uid=1)
    return reply_facts(Arrival(place=place, raw=raw, received_at=NOW))


def test_all_facts() -> None:
    t = token()
    reply = facts(signed(mail("approve", to=t, answers=t), "corp.example"))
    assert reply.sender == "ann@corp.example"
    assert reply.subject == "Re: EUR 5 Nordlicht [ops 4F7Q]"
    assert reply.date == datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
    assert reply.message_id == "r1@corp.example"
    assert sum(str(t) in value for value in reply.routing) == 3
    assert [claim.key_name for claim in reply.claims] == ["s1._domainkey.corp.example"]
    assert reply.media_type == "text/plain"
    assert reply.own == "approve"
    assert reply.own_html is None
    assert "Approve this bill?" in reply.quoted
    assert reply.automatic == ""
    assert reply.server is None
    assert reply.header.endswith(b"\r\n\r\n")


def test_both_parts_are_split() -> None:
    html = '<div>Approve</div><div class="gmail_quote"><blockquote>reject</blockquote></div>'
    reply = facts(mail("approve", html=html))
    assert (reply.own, reply.own_html) == ("approve", "Approve")


def test_a_mail_with_an_html_part_only_has_no_text() -> None:
    raw = mail("<p>approve</p><blockquote>reject</blockquote>", quoted="")
    reply = facts(raw.replace(b"text/plain", b"text/html"))
    assert (reply.own, reply.own_html) == ("", "approve")


def test_an_encoded_subject_is_read() -> None:
    reply = facts(mail(subject="=?utf-8?q?Re=3A_B=C3=BCro_[ops_4F7Q]?="))
    assert reply.subject == "Re: Büro [ops 4F7Q]"


def test_two_senders_are_nobody() -> None:
    assert facts(mail(sender="a@corp.example, b@corp.example")).sender == ""


@given(st.binary(max_size=400))
def test_no_bytes_make_it_raise_and_it_travels(noise: bytes) -> None:
    for raw in (noise, mail() + noise, noise + mail()):
        reply = facts(raw)
        assert Reply.model_validate_json(reply.model_dump_json()) == reply
