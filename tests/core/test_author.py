"""Who really wrote a mail that answers no draft."""

from dataclasses import dataclass, replace

import pytest

from mailagent.core.gates import Author, Context, Gate, Refusal, author, key_names
from mailagent.core.people import Person
from parsers.mail.dkim import check_signatures
from tests.core.channel import ANN, BEN, DNS, NOW, SERVER, facts, mail
from tests.core.signing import signed


@dataclass(frozen=True)
class Given:
    people: tuple[Person, ...] = (ANN, BEN)
    folder: str = "INBOX"
    largest: int = 1_000_000
    is_ours: bool = False


def who(raw: bytes, given: Given | None = None) -> Author | Refusal:
    given = given or Given()
    reply = facts(raw, folder=given.folder)
    names = key_names(reply, given.people)
    context = Context(
        now=NOW,
        own_addresses=frozenset({"ops@corp.example"}),
        is_ours=given.is_ours,
        people=given.people,
        candidates=(),
        signatures=check_signatures(raw, {n: DNS[n] for n in names if n in DNS}),
        largest=given.largest,
    )
    return author(reply, context)


def request(sender: str = "Ann Lee <ann@corp.example>", extra: str = "") -> bytes:
    return mail("queue", sender=sender, subject="queue", quoted="", extra=extra)


def test_a_signed_request_is_its_authors() -> None:
    found = who(signed(request(), "corp.example"))
    assert isinstance(found, Author)
    assert (found.person.id, found.address.address) == ("ann", "ann@corp.example")
    assert found.proven


def test_a_request_the_server_vouches_for_is_its_authors() -> None:
    vouched = f"Authentication-Results: {SERVER}; dmarc=pass header.from=home.example\r\n"
    found = who(vouched.encode() + request("ann@home.example"))
    assert isinstance(found, Author)
    assert found.proven


def test_who_is_pinned_to_a_code_is_named_and_not_proven() -> None:
    found = who(request("ann@phone.example"))
    assert isinstance(found, Author)
    assert not found.proven


SIGNED = signed(request(), "corp.example")


@pytest.mark.parametrize(
    ("raw", "given", "gate"),
    [
        pytest.param(SIGNED, Given(folder="Junk"), Gate.PLACE, id="junk"),
        pytest.param(SIGNED, Given(largest=100), Gate.PLACE, id="large"),
        pytest.param(SIGNED, Given(is_ours=True), Gate.PLACE, id="ours"),
        pytest.param(b"From: x@y.example\r\n" + SIGNED, Given(), Gate.SHAPE, id="two-from"),
        pytest.param(
            signed(request(extra="Auto-Submitted: auto-replied\n"), "corp.example"),
            Given(),
            Gate.PERSON,
            id="machine",
        ),
        pytest.param(request("eve@attacker.example"), Given(), Gate.WHO, id="stranger"),
        pytest.param(SIGNED, Given(people=(BEN,)), Gate.WHO, id="not-enrolled"),
        pytest.param(request(), Given(), Gate.REALLY, id="unsigned"),
        pytest.param(SIGNED + b"more\r\n", Given(), Gate.REALLY, id="changed"),
    ],
)
def test_who_is_not_proven_is_refused_by_the_gate_that_says_so(
    raw: bytes, given: Given, gate: Gate
) -> None:
    found = who(raw, given)
    assert isinstance(found, Refusal)
    assert found.gate is gate


@pytest.mark.slow
def test_a_forward_may_be_larger_than_a_reply() -> None:
    long = signed(mail("Smith job", quoted="> x\n" * 300_000), "corp.example")
    assert isinstance(who(long), Refusal)
    assert isinstance(who(long, replace(Given(), largest=50_000_000)), Author)
