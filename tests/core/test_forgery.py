"""Marks of a server: what they must be, and whether a forged mail shows that they are safe."""

import pytest

from mailagent.core.enrolment import doubts, is_safe, measure
from mailagent.core.forgery import (
    Stripped,
    claims_for,
    forge,
    forged_mail,
    judge_forgery,
    pin_of,
)
from mailagent.core.marks import Marks, unvouched
from mailagent.core.people import Address, Arriving, Person, Pin, Proof
from mailagent.settings.providers import shipped_marks
from tests.core.channel import NOW, facts, mail

FORMS = shipped_marks()
TENANT = "53d82571-da19-47e4-9cb4-625a166a4a2a"
INSIDE = (
    "X-MS-Exchange-Organization-AuthAs: Internal\n"
    "X-MS-Exchange-Organization-AuthMechanism: 04\n"
    "X-MS-Exchange-Organization-AuthSource: AM0PR04MB5922.eurprd04.prod.outlook.com\n"
    "X-MS-Exchange-Organization-MessageDirectionality: Originating\n"
    "X-MS-Exchange-CrossTenant-AuthAs: Internal\n"
    "X-MS-Exchange-CrossTenant-AuthSource: AM0PR04MB5922.eurprd04.prod.outlook.com\n"
    "X-MS-Exchange-CrossTenant-FromEntityHeader: Hosted\n"
    f"X-MS-Exchange-CrossTenant-Id: {TENANT}\n"
)
EXCHANGE = Pin(method=Proof.SERVER, marks="exchange-online", tenant=TENANT)
MX = Pin(
    method=Proof.SERVER,
    marks="authentication-results",
    authserv_id="mx.corp.example",
    domain="corp.example",
    login="ann@corp.example",
)


def test_marks_of_the_pinned_tenant_vouch() -> None:
    assert not unvouched(EXCHANGE, facts(mail(extra=INSIDE)), FORMS)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (TENANT, TENANT.replace("5", "6")),
        ("Organization-AuthAs: Internal", "Organization-AuthAs: Anonymous"),
        ("CrossTenant-AuthAs: Internal", "CrossTenant-AuthAs: Anonymous"),
        ("Hosted", "Internet"),
        ("Originating", "Incoming"),
        ("Organization-AuthSource: AM0PR04MB5922.eurprd04.prod", "Organization-AuthSource: evil"),
        ("X-MS-Exchange-CrossTenant-Id:", "X-MS-Exchange-CrossTenant-Ix:"),
        ("X-MS-Exchange-CrossTenant-FromEntityHeader: Hosted\n", ""),
        (INSIDE, INSIDE + "X-MS-Exchange-CrossTenant-Id: another\n"),
        (INSIDE, INSIDE + "X-MS-Exchange-Organization-AuthAs: Internal\n"),
    ],
)
def test_any_other_mark_vouches_for_nobody(old: str, new: str) -> None:
    assert old in INSIDE
    assert unvouched(EXCHANGE, facts(mail(extra=INSIDE.replace(old, new))), FORMS)


def test_a_pin_without_a_tenant_or_a_form_vouches_for_nobody() -> None:
    reply = facts(mail(extra=INSIDE))
    for change in ({"tenant": ""}, {"marks": "exchange"}, {"marks": ""}):
        assert unvouched(EXCHANGE.model_copy(update=change), reply, FORMS)


def test_results_without_a_name_count_only_where_that_is_pinned() -> None:
    said = "Authentication-Results: spf=pass (sender IP is 192.0.2.1)\n smtp.mailfrom=x.example; "
    said += "dmarc=pass action=none header.from=corp.example;compauth=pass reason=100\n"
    reply = facts(mail(extra=said))
    unnamed = MX.model_copy(update={"marks": "exchange-online-outside", "authserv_id": ""})
    assert not unvouched(unnamed, reply, FORMS)
    assert unvouched(MX, reply, FORMS)
    assert unvouched(MX.model_copy(update={"authserv_id": ""}), reply, FORMS)
    assert unvouched(unnamed.model_copy(update={"domain": "other.example"}), reply, FORMS)
    named = facts(mail(extra=said.replace("spf=pass", "mx.evil; spf=pass")))
    assert unvouched(unnamed, named, FORMS)


def test_what_arrives_is_measured_strongest_first() -> None:
    both = (
        INSIDE + "Authentication-Results: mx.corp.example; auth=pass smtp.auth=ann@corp.example\n"
    )
    found = measure(facts(mail(extra=both)), (), FORMS)
    assert [(pin.method, pin.marks, pin.by) for pin in found] == [
        (Proof.SERVER, "authentication-results", "mx.corp.example"),
        (Proof.SERVER, "exchange-online", TENANT),
        (Proof.CODE, "", ""),
    ]
    assert measure(facts(mail()), (), FORMS) == (Pin(method=Proof.CODE),)


# --- the forged mail


CLAIMS = claims_for("ann@corp.example", (EXCHANGE, MX), (), FORMS)


def arrived(raw: bytes) -> dict[str, Stripped]:
    forgery = forge(CLAIMS, FORMS, "0123456789abcdef")
    found = judge_forgery(forgery, facts(raw), FORMS, "ops", NOW)
    return {outcome.marks: outcome for outcome in found}


def forged() -> bytes:
    return forged_mail(
        forge(CLAIMS, FORMS, "0123456789abcdef"),
        sender="ann@corp.example",
        recipient="ops@corp.example",
        subject="PROOF-X",
        at=NOW,
    )


def without(raw: bytes, *names: bytes) -> bytes:
    """As a server leaves it that takes these fields out."""
    head, end, body = raw.partition(b"\r\n\r\n")
    lines = head.replace(b"\r\n ", b" ").split(b"\r\n")
    kept = [line for line in lines if not line.lower().startswith(names)]
    return b"\r\n".join(kept) + end + body


def test_the_forged_mail_would_pass_where_nobody_takes_the_marks_out() -> None:
    assert {o.held for o in arrived(forged()).values()} == {False}
    passing = arrived(without(forged(), b"authentication-results"))
    assert "passes as genuine" in passing["exchange-online"].why


def test_a_server_that_takes_them_out_is_safe() -> None:
    clean = without(forged(), b"authentication-results", b"x-ms-exchange-")
    assert {o.held for o in arrived(clean).values()} == {True}
    own = b"Authentication-Results: mx.corp.example; auth=none\r\n" + clean
    tenant = f"X-MS-Exchange-CrossTenant-Id: {TENANT}\r\n".encode()
    internet = b"X-MS-Exchange-CrossTenant-FromEntityHeader: Internet\r\n"
    assert {o.held for o in arrived(own + b"").values()} == {True}
    assert {o.held for o in arrived(tenant + internet + own).values()} == {True}


def test_half_of_it_is_not_enough() -> None:
    below = b"Authentication-Results: mx.corp.example; auth=none\r\n" + forged()
    left = arrived(below)["authentication-results"]
    assert not left.held
    assert "still there" in left.why
    some = without(forged(), b"x-ms-exchange-organization", b"authentication-results")
    assert not arrived(some)["exchange-online"].held


def test_another_servers_name_is_nobodys_business() -> None:
    theirs = b"Authentication-Results: mx.else.example; x-proof=0123456789abcdef\r\n"
    clean = without(forged(), b"authentication-results", b"x-ms-exchange-")
    assert arrived(theirs + clean)["authentication-results"].held


def test_a_genuine_pass_is_no_proof_that_marks_are_safe() -> None:
    clean = without(forged(), b"authentication-results", b"x-ms-exchange-")
    genuine = b"Authentication-Results: mx.corp.example; dmarc=pass header.from=corp.example\r\n"
    assert not arrived(genuine + clean)["authentication-results"].held


def test_an_outcome_is_of_one_mailbox_and_one_server() -> None:
    held = arrived(without(forged(), b"authentication-results", b"x-ms-exchange-")).values()
    assert is_safe(MX, list(held), "ops")
    assert is_safe(EXCHANGE, list(held), "ops")
    assert not is_safe(MX, list(held), "sales")
    assert not is_safe(MX.model_copy(update={"authserv_id": "mx2.corp.example"}), list(held), "ops")
    assert not is_safe(MX, [], "ops")
    assert is_safe(Pin(method=Proof.DKIM, domain="x.example"), [], "ops")
    assert is_safe(Pin(method=Proof.CODE), [], "ops")
    for outcome in held:
        assert outcome.is_of(pin_of(outcome, FORMS), "ops")


def test_what_speaks_against_a_pin_is_said() -> None:
    ann = Person(id="ann", name="Ann", addresses=(Address(address="ann@corp.example", pin=MX),))
    (forgeable,) = doubts([ann], [], [], "ops")
    assert forgeable.key == "doubt.forgeable"
    held = list(arrived(without(forged(), b"authentication-results", b"x-ms-")).values())
    once = Arriving(address="ann@corp.example", missed=1, why="no mark")
    assert doubts([ann], [once], held, "ops") == []
    again = once.model_copy(update={"missed": 3})
    (lost,) = doubts([ann], [again], held, "ops")
    assert (lost.key, lost.gaps["n"]) == ("doubt.lost", "3")
    assert lost.gaps["address"] == "ann@corp.example"


def test_a_form_that_names_no_field_vouches_for_nobody() -> None:
    odd = Marks(name="odd")
    assert unvouched(Pin(method=Proof.SERVER, marks="odd"), facts(mail()), (odd,))
