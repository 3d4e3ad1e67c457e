"""The gates one by one, where the cases of GATES.md do not reach."""

import base64
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailagent.core.authenticator import Authenticator, new_authenticator
from mailagent.core.decision import Execute, Verb
from mailagent.core.draft import DraftState
from mailagent.core.gates import Gate, chosen, key_names, token_hashes
from mailagent.core.gates.context import MOST_TOKENS, Context
from mailagent.core.gates.proof import unproven
from mailagent.core.gates.shape import misshapen, plain_address
from mailagent.core.gates.weight import g10_weight
from mailagent.core.gates.which import g6_which, references_in
from mailagent.core.people import Pin, Proof
from mailagent.core.policy import Verdict
from mailagent.core.reply import Claim, Signature
from mailagent.core.token import digest_letters, new_token, tokens_in
from tests.core.channel import (
    ANN,
    BEN,
    DIGEST,
    ISSUED,
    NOW,
    World,
    candidate,
    draft_for,
    facts,
    hear,
    mail,
    one_draft,
    token,
)
from tests.core.signing import signed

HEADER = b"From: ann@corp.example\r\nDate: x\r\nMessage-ID: <a@b>\r\n"


def context(world: World) -> Context:
    return Context(
        now=world.now,
        own_addresses=frozenset(),
        is_ours=False,
        people=world.people,
        candidates=world.candidates,
    )


@given(st.binary(max_size=400))
def test_no_bytes_make_g2_raise(noise: bytes) -> None:
    for header in (noise, HEADER + noise, noise + HEADER, HEADER[:22] + noise + HEADER[22:]):
        assert isinstance(misshapen(header), str)


@given(st.text(max_size=200))
def test_no_text_makes_an_address_raise(noise: str) -> None:
    found = plain_address(noise)
    assert found == found.lower()
    assert found.isascii()


def test_a_plain_header_is_plain() -> None:
    assert misshapen(HEADER) == ""
    assert misshapen(HEADER + b"\r\n") == ""
    folded = HEADER + b"Subject: a\r\n b\r\n\tc\r\nReceived: 1\r\nReceived: 2\r\n\r\n"
    assert misshapen(folded) == ""
    assert misshapen(HEADER + "Subject: grüße\r\n".encode()) == ""


@pytest.mark.parametrize(
    "odd",
    [
        b"From : ann@corp.example\r\n",
        b" From: ann@corp.example\r\n",
        b"From ann@corp.example Fri Nov 20\r\n",
        b"X\xc3\xa4: 1\r\n",
        b": 1\r\n",
        b"no field at all\r\n",
    ],
)
def test_an_illegal_line_is_refused(odd: bytes) -> None:
    assert misshapen(odd + HEADER)


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("ann@corp.example", "ann@corp.example"),
        ("Ann Lee <Ann@Corp.Example>", "ann@corp.example"),
        ('"Lee, Ann (ops)" <ann@corp.example>', "ann@corp.example"),
        ("=?utf-8?q?Ann_Lee?= <ann.lee+x@corp.example>", "ann.lee+x@corp.example"),
        ("<ann@corp.example>", "ann@corp.example"),
        ("ann@corp", ""),
        ("ann@corp..example", ""),
        (".ann@corp.example", ""),
        ("ann@[10.0.0.1]", ""),
        ("ann@corp.example <ann@corp.example>", ""),
        ("Ann <ann@corp.example>, Ben <ben@corp.example>", ""),
        ("ann@corp.example\x00", ""),
        ("anñ@corp.example", ""),
        ("<<ann@corp.example>>", ""),
        ("", ""),
    ],
)
def test_one_plain_address(value: str, address: str) -> None:
    assert plain_address(value) == address


def test_a_hostile_from_takes_no_time() -> None:
    for value in (" " * 900 + "<", '"' + "\\" * 900, "a" * 900 + "@", "a." * 450, "<" * 900):
        assert plain_address(value) == ""


@given(st.text("0123456789abcdef", min_size=64, max_size=64), st.booleans(), st.text(max_size=20))
def test_a_token_comes_back_whole(digest: str, upper: bool, around: str) -> None:
    made = new_token(digest)
    text = str(made).upper() if upper else str(made)
    assert made in tokens_in(f"{around} <ops.{text}@corp.example> ops+{text}@corp.example")
    assert made.digest == digest_letters(digest)


def test_dead_tokens_beside_a_live_one_are_ignored() -> None:
    old, live = token(), token()
    dead = candidate(draft_for(ANN, old, state=DraftState.SUPERSEDED))
    world = World((dead, candidate(draft_for(ANN, live, id=2, version=2))))
    raw = signed(mail(to=old, answers=live), "corp.example")
    assert hear(raw, world).gate == ""


def test_of_dead_tokens_the_latest_is_answered() -> None:
    first, second = token(), token()
    old = draft_for(ANN, first, state=DraftState.SUPERSEDED, issued_at=ISSUED - timedelta(1))
    new = draft_for(ANN, second, id=2, version=2, state=DraftState.USED)
    world = World((candidate(old), candidate(new)))
    choice = chosen(facts(mail(to=first, answers=second)), context(world))
    assert choice is not None
    assert choice.candidate.draft.version == 2


def test_the_same_token_twice_is_one() -> None:
    t = token()
    assert len(token_hashes(facts(mail(to=t, answers=t)))) == 1


def test_a_flood_of_tokens_is_refused() -> None:
    t = token()
    flood = "".join(f" <ops.{token()}@corp.example>\n" for _ in range(MOST_TOKENS + 1))
    reply = facts(mail(to=t, extra=f"References:{flood}"))
    assert len(token_hashes(reply)) == MOST_TOKENS
    assert "more than one" in str(g6_which(reply, context(one_draft(t))))


@pytest.mark.parametrize(
    ("subject", "refs"),
    [
        ("Re: EUR 5 [ops 4F7Q]", {"4F7Q"}),
        ("AW: [OPS 4f7q] [ops 4F7Q]", {"4F7Q"}),
        ("6 decisions [ops B-31]", {"B-31"}),
        ("[ops 4F7Q] fwd [ops 9XYZ]", {"4F7Q", "9XYZ"}),
        ("4F7Q", set()),
        ("[4F7Q]", set()),
        ("", set()),
    ],
)
def test_references(subject: str, refs: set[str]) -> None:
    assert references_in(subject) == refs


def test_two_references_in_the_subject_are_one_too_many() -> None:
    t = token()
    raw = signed(mail(answers=t, subject="Re: [ops 4F7Q] [ops 9XYZ]"), "corp.example")
    assert hear(raw, one_draft(t)).gate == "G6"


GOOD = Signature(
    domain="corp.example",
    selector="s1",
    valid=True,
    covered=("from", "subject", "date", "to"),
    has_length=False,
    algorithm="rsa-sha256",
    key_bits=1024,
    key_record="v=DKIM1; p=x",
)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({}, ""),
        ({"algorithm": "ed25519-sha256", "key_bits": 256}, ""),
        ({"domain": "mail.corp.example"}, "no DKIM signature"),
        ({"valid": False, "why": "it was changed"}, "it was changed"),
        ({"covered": ("from", "subject")}, "cover"),
        ({"has_length": True}, "l="),
        ({"key_bits": 768}, "weak"),
        ({"algorithm": "rsa-sha1", "key_bits": 4096}, "weak"),
        ({"algorithm": "ed25519-sha256", "key_bits": 0}, "weak"),
    ],
)
def test_what_a_pinned_signature_must_be(change: dict[str, object], why: str) -> None:
    pin = Pin(method=Proof.DKIM, domain="corp.example")
    found = unproven(pin, facts(mail()), (GOOD.model_copy(update=change),))
    assert why in found
    assert bool(found) == bool(why)


def test_a_pin_of_nothing_proves_nothing() -> None:
    reply = facts(mail(extra="Authentication-Results: mx; dmarc=pass header.from=x\n"))
    for pin in (Pin(method=Proof.DKIM), Pin(method=Proof.SERVER)):
        assert unproven(pin, reply, (GOOD.model_copy(update={"domain": ""}),))
    assert unproven(Pin(method=Proof.SERVER, authserv_id="mx"), reply, ())


def test_only_keys_of_the_pinned_domain_are_fetched() -> None:
    reply = facts(mail())
    claims = [Claim(domain="corp.example", selector=f"s{n}") for n in range(9)]
    claims += [Claim(domain="attacker.example", selector="s1")]
    names = key_names(reply.model_copy(update={"claims": tuple(claims)}), (ANN, BEN))
    assert names == tuple(f"s{n}._domainkey.corp.example" for n in range(4))
    stranger = reply.model_copy(update={"sender": "eve@attacker.example", "claims": tuple(claims)})
    assert key_names(stranger, (ANN, BEN)) == ()


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_totp_as_in_rfc_6238(seconds: int, code: str) -> None:
    secret = base64.b32encode(b"12345678901234567890").decode()
    assert Authenticator(secret=secret).code(seconds // 30) == code


@given(st.text(max_size=8))
def test_no_text_passes_for_a_code_by_accident(code: str) -> None:
    app = new_authenticator()
    near = {app.code(int(NOW.timestamp()) // 30 + n) for n in (-1, 0, 1)}
    assert (app.step_of(code, NOW) is not None) == (code in near)


def test_a_pinned_code_is_asked_for_rejects_too() -> None:
    t = token()
    reply = facts(mail("reject", answers=t, sender="ann@phone.example"))
    ruling = g10_weight(reply, Execute(verb=Verb.REJECT), context(one_draft(t)))
    assert ruling.gate is Gate.WEIGHT
    assert "code" in str(ruling)


def test_what_the_policy_forbids_can_only_be_rejected() -> None:
    t = token()
    world = context(one_draft(t, verdict=Verdict.FORBID))
    reply = facts(mail(answers=t))
    assert "forbids" in str(g10_weight(reply, Execute(verb=Verb.APPROVE), world))
    assert "forbids" not in str(g10_weight(reply, Execute(verb=Verb.REJECT), world))


def test_every_gate_is_on_record() -> None:
    t = token()
    heard = hear(signed(mail(answers=t), "corp.example"), one_draft(t))
    assert heard.verdicts.passed
    assert heard.verdicts.record() == {f"G{n}": "pass" for n in range(1, 11)}
    refused = hear(b"", one_draft(t)).verdicts
    assert list(refused.record()) == [f"G{n}" for n in range(1, 11)]
    assert not refused.passed
    assert refused.notify == ""


def test_the_digest_of_a_frozen_draft_does_not_help() -> None:
    t = token(DIGEST)
    world = World((candidate(draft_for(ANN, t, state=DraftState.FROZEN)),))
    heard = hear(signed(mail(answers=t), "corp.example"), world)
    assert "frozen" in heard.verdicts.record()["G7"]
