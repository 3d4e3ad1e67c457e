"""The cases of GATES.md that the pure gates and the grammar decide, each by its id.

A case builds a mail and a world, and names the gate that refuses it first ("" when all pass)
and what the grammar makes of the person's own words.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from mailagent.core.authenticator import Authenticator
from mailagent.core.decision import Execute
from mailagent.core.draft import DraftState
from mailagent.core.gates import Gate
from mailagent.core.policy import Verdict
from tests.core.channel import (
    ANN,
    BEN,
    DIGEST,
    ISSUED,
    NOW,
    QUOTED,
    SECRET,
    SERVER,
    Heard,
    World,
    candidate,
    draft_for,
    hear,
    mail,
    one_draft,
    token,
)
from tests.core.signing import edwards_key, rsa_key, signed, signed_anyhow

Build = Callable[[], Iterator[tuple[bytes, World]]]
CASES: dict[str, tuple[Build, str, str]] = {}

OWN, CORP, ATTACKER = "corp.example", "corp.example", "attacker.example"
STEP = int(NOW.timestamp()) // 30


def case(name: str, gate: str = "", says: str = "") -> Callable[[Build], Build]:
    """Enters a case: the gate that refuses it first, and the kind of decision or its verb."""

    def enter(build: Build) -> Build:
        CASES[name] = (build, gate, says)
        return build

    return enter


def own(raw: bytes) -> bytes:
    return signed(raw, CORP)


def code_of(step: int) -> str:
    return Authenticator(secret=SECRET).code(step)


@case("A01", says="approve")
def approve_above_a_quoted_draft() -> Iterator[tuple[bytes, World]]:
    t = token()
    yield own(mail(answers=t)), one_draft(t)
    yield signed(mail(answers=t), CORP, edwards_key(), selector="ed"), one_draft(t)


@case("A02", says="approve")
def any_case_and_a_signature() -> Iterator[tuple[bytes, World]]:
    t = token()
    for words in ("Approve.", "APPROVE", "approve\n-- \nAnn Lee\nHead of things"):
        yield own(mail(words, answers=t)), one_draft(t)


@case("A03", says="approve")
def second_address_of_an_approver() -> Iterator[tuple[bytes, World]]:
    t = token()
    vouched = f"Authentication-Results: {SERVER}; dmarc=pass header.from=home.example\n"
    raw = mail(answers=t, sender="ann@home.example")
    yield vouched.replace("\n", "\r\n").encode() + raw, one_draft(t)


@case("A04", gate="G7", says="approve")
def the_same_approval_again() -> Iterator[tuple[bytes, World]]:
    t = token()
    yield own(mail(answers=t)), World((candidate(draft_for(ANN, t, state=DraftState.USED)),))


@case("A05", gate="G7", says="approve")
def a_new_mail_with_a_used_token() -> Iterator[tuple[bytes, World]]:
    t = token()
    world = World((candidate(draft_for(ANN, t, state=DraftState.USED)),))
    yield own(mail(to=t, message_id="<other@corp.example>")), world


@case("A07", gate="G7", says="approve")
def too_late_and_back_dated() -> Iterator[tuple[bytes, World]]:
    t = token()
    late = one_draft(t)._replace(now=ISSUED + timedelta(days=8))
    yield own(mail(answers=t, date=NOW)), late
    closed = World((candidate(draft_for(ANN, t, state=DraftState.EXPIRED)),), now=late.now)
    yield own(mail(answers=t, date=NOW)), closed


@case("A08", gate="G7", says="approve")
def a_version_that_was_replaced() -> Iterator[tuple[bytes, World]]:
    t = token()
    yield own(mail(answers=t)), World((candidate(draft_for(ANN, t, state=DraftState.SUPERSEDED)),))


@case("A09", gate="G8", says="approve")
def the_stored_action_was_altered() -> Iterator[tuple[bytes, World]]:
    t = token()
    yield own(mail(answers=t)), one_draft(t, recomputed="2e" * 32)


@case("A10", gate="G8", says="approve")
def the_attachment_was_altered() -> Iterator[tuple[bytes, World]]:
    t = token()
    yield own(mail(answers=t)), one_draft(t, recomputed="00" * 32)


@case("A11", gate="G5", says="approve")
def no_signature() -> Iterator[tuple[bytes, World]]:
    t = token()
    yield mail(answers=t), one_draft(t)


@case("A12", gate="G5", says="approve")
def a_signature_of_somebody_else() -> Iterator[tuple[bytes, World]]:
    t = token()
    yield signed(mail(answers=t), ATTACKER), one_draft(t)


@case("A13", gate="G5", says="approve")
def a_signature_of_a_sub_domain() -> Iterator[tuple[bytes, World]]:
    t = token()
    yield signed(mail(answers=t), "mail.corp.example"), one_draft(t)
    yield signed(mail(answers=t), "example"), one_draft(t)


@case("A14", gate="G5", says="approve")
def a_signature_of_half_a_body() -> Iterator[tuple[bytes, World]]:
    t = token()
    yield signed(mail("approve", answers=t, quoted=""), CORP, length=True), one_draft(t)
    half = signed(mail("", answers=t, quoted=""), CORP, length=True)
    yield half.removesuffix(b"\r\n") + b"approve\r\n", one_draft(t)


@case("A15", gate="G5", says="approve")
def a_signature_of_half_a_header() -> Iterator[tuple[bytes, World]]:
    t = token()
    for covered in (("from", "date"), ("from", "subject"), ("subject", "date"), ("from",)):
        yield signed_anyhow(mail(answers=t), CORP, covered), one_draft(t)


@case("A16", gate="G5", says="approve")
def forged_results_below_the_trusted_hop() -> Iterator[tuple[bytes, World]]:
    t = token()
    forged = f"Authentication-Results: {SERVER}; dmarc=pass header.from=home.example\n"
    raw = mail(answers=t, sender="ann@home.example", extra=forged)
    for said in (
        f"{SERVER}; dmarc=fail header.from=home.example",
        f"{SERVER}; none",
        "mx.other.example; dmarc=pass header.from=home.example",
        f"{SERVER}; dmarc=pass (unfinished header.from=home.example",
    ):
        yield f"Authentication-Results: {said}\r\n".encode() + raw, one_draft(t)
    yield mail(answers=t, extra=forged), one_draft(t)  # pinned to dkim: not looked at


@case("A17", gate="G5", says="approve")
def spf_alone() -> Iterator[tuple[bytes, World]]:
    t = token()
    said = f"Authentication-Results: {SERVER}; spf=pass smtp.mailfrom=ann@home.example\r\n"
    for sender in ("ann@home.example", "ann@corp.example"):
        yield said.encode() + mail(answers=t, sender=sender), one_draft(t)


@case("A18", gate="G5")
def arc_vouches_for_a_broken_signature() -> Iterator[tuple[bytes, World]]:
    t = token()
    arc = f"ARC-Authentication-Results: i=1; {SERVER}; dkim=pass; dmarc=pass\r\n"
    arc += "ARC-Seal: i=1; a=rsa-sha256; cv=none; d=forwarder.example; s=s1; b=AAAA\r\n"
    forwarded = own(mail(answers=t)) + b"\r\n_______\r\nsent through a list\r\n"
    yield arc.encode() + forwarded, one_draft(t)


@case("A20", gate="G6", says="approve")
def an_old_approval_of_another_draft_replayed() -> Iterator[tuple[bytes, World]]:
    used, live = token(), token()
    old = draft_for(ANN, used, id=2, case=2, ref="9XYZ", state=DraftState.USED)
    world = World((candidate(old), candidate(draft_for(ANN, live))))
    genuine = own(mail(to=used, subject="Re: EUR 9 [ops 9XYZ]", date=ISSUED - timedelta(days=3)))
    yield f"In-Reply-To: <ops.{live}@corp.example>\r\n".encode() + genuine, world


@case("A21", gate="G2")
def headers_that_read_in_two_ways() -> Iterator[tuple[bytes, World]]:
    t = token()
    plain = own(mail(answers=t))
    second = b"From: Eve <eve@attacker.example>\r\n"
    yield second + plain, one_draft(t)
    for sender in (
        "Team: ann@corp.example, eve@attacker.example;",
        "ann@corp.example, eve@attacker.example",
        "=?utf-8?q?ann=40corp.example?=",
        "ann(comment)@corp.example",
        "Ann <eve@attacker.example> <ann@corp.example>",
        '"ann"@corp.example',
        "ann@corp.example <eve@attacker.example>",
        "Ann <ann@corp.example> (eve@attacker.example)",
    ):
        yield own(mail(answers=t, sender=sender)), one_draft(t)
    yield plain.replace(b"Subject:", b"X-Odd: a\nb\r\nSubject:", 1), one_draft(t)
    yield plain.replace(b"Subject:", b"X-Odd: a\rb\r\nSubject:", 1), one_draft(t)
    yield plain.replace(b"Subject: ", b"Subject: \0", 1), one_draft(t)
    yield plain.replace(b"Subject:", b"Odd name: x\r\nSubject:", 1), one_draft(t)
    for name in (b"Date", b"Message-ID", b"Subject", b"To", b"Reply-To", b"Content-Type"):
        twice = name + b": 1\r\n" + name + b": 2\r\n"
        yield twice + plain, one_draft(t)


@case("A22", gate="G4", says="approve")
def the_name_of_the_owner() -> Iterator[tuple[bytes, World]]:
    t = token()
    for sender in ("Ann Lee <eve@attacker.example>", '"ann@corp.example" <eve@attacker.example>'):
        yield signed(mail(answers=t, sender=sender), ATTACKER), one_draft(t)


@case("A23", gate="G4", says="approve")
def look_alikes_of_the_address() -> Iterator[tuple[bytes, World]]:
    t = token()
    for address in ("ann@c0rp.example", "ann@xn--crp-cmc.example", "ann@corp.example.com"):
        yield own(mail(answers=t, sender=address)), one_draft(t)


@case("A23 case", says="approve")
def the_address_in_capitals() -> Iterator[tuple[bytes, World]]:
    t = token()
    yield own(mail(answers=t, sender="Ann <ANN@Corp.Example>")), one_draft(t)


@case("A24", gate="G4", says="approve")
def reply_to_the_owner() -> Iterator[tuple[bytes, World]]:
    t = token()
    extra = "Reply-To: ann@corp.example\nSender: ann@corp.example\n"
    raw = mail(answers=t, sender="eve@attacker.example", extra=extra)
    yield signed(raw, ATTACKER), one_draft(t)


@case("A25", gate="G4", says="approve")
def a_colleague_who_got_it_forwarded() -> Iterator[tuple[bytes, World]]:
    t = token()
    yield own(mail(answers=t, sender="carl@corp.example")), one_draft(t)


@case("A26", gate="G9", says="unclear")
def a_colleague_s_reply_sent_on() -> Iterator[tuple[bytes, World]]:
    t = token()
    forwarded = (
        "---------- Forwarded message ---------\nFrom: Carl <carl@corp.example>\n"
        "Date: Fri, 20 Nov 2026 at 11:00\nSubject: Re: EUR 5 [ops 4F7Q]\n\napprove\n"
    )
    yield own(mail("", answers=t, quoted=forwarded)), one_draft(t)


@case("A27", gate="G4", says="approve")
def a_vendor_who_quotes_everything() -> Iterator[tuple[bytes, World]]:
    t = token()
    raw = mail(to=t, answers=t, sender="billing@vendor.example", quoted=f"> token {t}\n{QUOTED}")
    yield signed(raw, ATTACKER), one_draft(t)


@case("A28", gate="G6", says="approve")
def no_token_at_all() -> Iterator[tuple[bytes, World]]:
    to = "billing@vendor.example\nCc: ops@corp.example"
    yield own(mail(to=to, subject="Re: your bill")), World(())


@case("A29", gate="G6", says="approve")
def two_live_tokens() -> Iterator[tuple[bytes, World]]:
    one, other = token(), token()
    second = candidate(draft_for(ANN, other, id=2, case=2, ref="9XYZ"))
    yield own(mail(to=one, answers=other)), World((candidate(draft_for(ANN, one)), second))


@case("A30", gate="G6", says="approve")
def the_token_of_another_draft() -> Iterator[tuple[bytes, World]]:
    quoted, routed = token(), token()
    other = candidate(draft_for(ANN, routed, id=2, case=2, ref="9XYZ"))
    world = World((candidate(draft_for(ANN, quoted)), other))
    text = f"> ops+{quoted}@corp.example [ops 4F7Q]\n{QUOTED}"
    yield own(mail(answers=routed, quoted=text)), world


@case("A32", gate="G3")
def a_vacation_note() -> Iterator[tuple[bytes, World]]:
    t = token()
    raw = mail("I am away and approve nothing.", answers=t, subject="Out of office: Re: [ops 4F7Q]")
    yield own(raw), one_draft(t)


@case("A33", gate="G3", says="approve")
def a_machine_with_the_owner_s_signature() -> Iterator[tuple[bytes, World]]:
    t = token()
    for extra in ("Auto-Submitted: auto-replied\n", "Precedence: bulk\n", "X-Autoreply: yes\n"):
        yield own(mail(answers=t, extra=extra)), one_draft(t)


@case("A34", gate="G3")
def a_read_receipt() -> Iterator[tuple[bytes, World]]:
    t = token()
    plain = mail(answers=t).replace(b"text/plain; charset=utf-8", b"multipart/report; boundary=b")
    yield own(plain), one_draft(t)


@case("A35", gate="G3")
def a_bounce() -> Iterator[tuple[bytes, World]]:
    t = token()
    yield mail(to=t, sender="MAILER-DAEMON@corp.example", extra="Return-Path: <>\n"), one_draft(t)


@case("A36", gate="G3", says="approve")
def a_calendar_s_answer() -> Iterator[tuple[bytes, World]]:
    t = token()
    yield own(mail(answers=t, subject="Accepted: EUR 5 [ops 4F7Q]")), one_draft(t)


@case("A37", gate="G3", says="approve")
def a_copy_through_a_list() -> Iterator[tuple[bytes, World]]:
    t = token()
    yield own(mail(answers=t, extra="List-Id: <team.corp.example>\n")), one_draft(t)


@case("A39", gate="G1", says="approve")
def our_own_mail() -> Iterator[tuple[bytes, World]]:
    t = token()
    yield mail(to=t, sender="ops@corp.example"), one_draft(t)
    yield mail(to=t, sender=f"ops+{t}@corp.example"), one_draft(t)
    yield own(mail(answers=t)), one_draft(t)._replace(is_ours=True)


@case("A40", gate="G9", says="unclear")
def approval_of_an_idea() -> Iterator[tuple[bytes, World]]:
    t = token()
    yield own(mail("I approve of the idea but let's wait", answers=t)), one_draft(t)


@case("A41", gate="G9", says="unclear")
def the_word_is_quoted_or_signed() -> Iterator[tuple[bytes, World]]:
    t = token()
    yield own(mail("", answers=t)), one_draft(t)
    yield own(mail("-- \napprove", answers=t)), one_draft(t)
    yield own(mail("", answers=t, quoted="> approve\n")), one_draft(t)


@case("A42", gate="G9", says="unclear")
def the_parts_disagree() -> Iterator[tuple[bytes, World]]:
    t = token()
    white = '<div style="color:#fff;background:#fff">approve</div>'
    hidden = '<div>approve</div><div style="display:none">but change the amount</div>'
    yield own(mail("reject", answers=t, html=white, quoted="")), one_draft(t)
    yield own(mail("approve", answers=t, html="<div>reject</div>", quoted="")), one_draft(t)
    yield own(mail("approve", answers=t, html=hidden, quoted="")), one_draft(t)


@case("A43", says="revise")
def approve_with_a_change() -> Iterator[tuple[bytes, World]]:
    t = token()
    yield own(mail("approve, but change the amount to 900", answers=t)), one_draft(t)


@case("A44", says="approve")
def yes_to_a_light_version() -> Iterator[tuple[bytes, World]]:
    t = token()
    for word in ("yes", "ok", "Ok.", "ja"):
        yield own(mail(word, answers=t)), one_draft(t)


@case("A44 unsaid", gate="G9", says="unclear")
def no_word_at_all() -> Iterator[tuple[bytes, World]]:
    t = token()
    for word in ("", "\N{THUMBS UP SIGN}", ":-)", "..."):
        yield own(mail(word, answers=t)), one_draft(t)
    for word in ("yes", "ok"):
        yield own(mail(word, answers=t)), one_draft(t, verdict=Verdict.CODE)


@case("A45", says="reject")
def reject() -> Iterator[tuple[bytes, World]]:
    t = token()
    for words in ("reject", "reject wrong entity", "Abgelehnt, danke"):
        yield own(mail(words, answers=t)), one_draft(t)
    yield own(mail("reject fraud", answers=t)), one_draft(t, verdict=Verdict.CODE)


@case("A46", gate="G4", says="reject")
def reject_by_a_stranger() -> Iterator[tuple[bytes, World]]:
    t = token()
    yield signed(mail("reject", answers=t, sender="eve@attacker.example"), ATTACKER), one_draft(t)


@case("A46 forged", gate="G5", says="reject")
def reject_unsigned() -> Iterator[tuple[bytes, World]]:
    t = token()
    yield mail("reject", answers=t), one_draft(t)


@case("A48", gate="G10", says="approve")
def heavy_without_a_code() -> Iterator[tuple[bytes, World]]:
    t = token()
    yield own(mail("approve", answers=t)), one_draft(t, verdict=Verdict.CODE)
    enrolled = Authenticator(secret=SECRET)
    heavy = one_draft(t, verdict=Verdict.CODE)._replace(authenticator=enrolled)
    yield own(mail("approve", answers=t)), heavy
    yield own(mail("approve", answers=t)), one_draft(t, verdict=Verdict.FORBID)


@case("A48 code", says="approve")
def heavy_with_its_code() -> Iterator[tuple[bytes, World]]:
    t = token()
    heavy = one_draft(t, verdict=Verdict.CODE)._replace(authenticator=Authenticator(secret=SECRET))
    for step in (STEP - 1, STEP, STEP + 1):
        code = code_of(step)
        yield own(mail(f"approve {code[:3]} {code[3:]}", answers=t)), heavy


@case("A49", gate="G10", says="approve")
def heavy_with_a_wrong_code() -> Iterator[tuple[bytes, World]]:
    t = token()
    heavy = one_draft(t, verdict=Verdict.CODE)
    fresh = heavy._replace(authenticator=Authenticator(secret=SECRET))
    used = heavy._replace(authenticator=Authenticator(secret=SECRET, used_steps=frozenset({STEP})))
    yield own(mail(f"approve {code_of(STEP - 2)}", answers=t)), fresh
    yield own(mail(f"approve {code_of(STEP)}", answers=t)), used
    old = NOW - timedelta(minutes=31)
    at = int(old.timestamp()) // 30
    yield own(mail(f"approve {code_of(at)}", answers=t, date=old)), fresh


@case("A50", gate="G10", says="approve")
def one_human_with_two_addresses() -> Iterator[tuple[bytes, World]]:
    t = token()
    both = one_draft(t, verdict=Verdict.TWO_PEOPLE, approved_by=frozenset({"ann"}))
    yield own(mail("approve", answers=t)), both
    yield own(mail("approve", answers=t)), one_draft(t, verdict=Verdict.TWO_PEOPLE)


@case("A50 two", says="approve")
def two_humans() -> Iterator[tuple[bytes, World]]:
    t = token()
    world = one_draft(t, person=BEN, verdict=Verdict.TWO_PEOPLE, approved_by=frozenset({"ann"}))
    yield own(mail("approve", answers=t, sender="ben@corp.example")), world


@case("A55", gate="G4", says="approve")
def an_approver_who_was_removed() -> Iterator[tuple[bytes, World]]:
    t = token()
    yield own(mail(answers=t)), one_draft(t, approvers=(BEN,))


@case("A57", gate="G6", says="approve")
def an_imitated_draft() -> Iterator[tuple[bytes, World]]:
    invented, of_ben = token(), token()
    yield own(mail(to=invented)), World(())
    yield own(mail(to=of_ben)), one_draft(of_ben, person=BEN)


@case("A58", says="approve")
def the_server_vouches() -> Iterator[tuple[bytes, World]]:
    t = token()
    raw = mail(answers=t, sender="ann@home.example")
    for said in (
        f"{SERVER}; dmarc=pass action=none header.from=home.example;compauth=pass reason=100",
        f"{SERVER} 1; spf=none; dmarc=pass (p=reject) header.from=Home.Example",
        f"{SERVER};\r\n\tauth=pass (login) smtp.auth=ann@home",
    ):
        yield f"Authentication-Results: {said}\r\n".encode() + raw, one_draft(t)


@case("A59", gate="G5", says="approve")
def the_server_says_something_else() -> Iterator[tuple[bytes, World]]:
    t = token()
    raw = mail(answers=t, sender="ann@home.example")
    for said in (
        f"{SERVER}; dmarc=pass header.from=attacker.example",
        f"{SERVER}; auth=pass smtp.auth=eve@home",
        f"{SERVER}; spf=pass smtp.mailfrom=x;dmarc=pass header.from=home.example; dmarc=fail",
        f"{SERVER}; dkim=pass header.d=home.example",
        f'{SERVER}; dmarc="pass header.from=home.example',
    ):
        yield f"Authentication-Results: {said}\r\n".encode() + raw, one_draft(t)


@case("A60", gate="G5", says="approve")
def a_gateway_changed_the_body() -> Iterator[tuple[bytes, World]]:
    t = token()
    changed = own(mail(answers=t)).replace(b"pays nothing", b"https://safe.example/?pays")
    yield changed, one_draft(t)


@case("A61", gate="G5", says="approve")
def the_provider_signs_as_another_domain() -> Iterator[tuple[bytes, World]]:
    t = token()
    yield signed(mail(answers=t), "corp.example.provider.example"), one_draft(t)


@case("A62", gate="G10", says="approve")
def pinned_to_a_code_without_one() -> Iterator[tuple[bytes, World]]:
    t = token()
    yield mail(answers=t, sender="ann@phone.example"), one_draft(t)
    enrolled = one_draft(t)._replace(authenticator=Authenticator(secret=SECRET))
    yield mail(answers=t, sender="ann@phone.example"), enrolled


@case("A62 code", says="approve")
def pinned_to_a_code_with_it() -> Iterator[tuple[bytes, World]]:
    t = token()
    enrolled = one_draft(t)._replace(authenticator=Authenticator(secret=SECRET))
    words = f"approve {code_of(STEP)}"
    yield mail(words, answers=t, sender="ann@phone.example"), enrolled


@case("A63", gate="G7", says="approve")
def an_approval_of_version_1_with_the_token_of_2() -> Iterator[tuple[bytes, World]]:
    first, second = token(), token()
    old = draft_for(ANN, first, state=DraftState.SUPERSEDED, issued_at=ISSUED - timedelta(days=1))
    new = draft_for(ANN, second, id=2, version=2)
    genuine = own(mail(to=first, date=ISSUED - timedelta(hours=1)))
    routed = f"References: <ops.{second}@corp.example>\r\n".encode() + genuine
    yield routed, World((candidate(old), candidate(new)))


@case("A64", says="approve")
def a_slow_phone() -> Iterator[tuple[bytes, World]]:
    t = token()
    yield own(mail(answers=t, date=ISSUED - timedelta(minutes=5))), one_draft(t)


@case("A65", says="approve")
def a_button() -> Iterator[tuple[bytes, World]]:
    t = token()
    yield own(mail(to=t, subject="approve [ops 4F7Q]", quoted="")), one_draft(t)


@case("A66", says="approve")
def what_people_write() -> Iterator[tuple[bytes, World]]:
    t = token()
    for words in ("Approved, thanks!", "Hi, approve please", "Approved.", "Yes, approved."):
        html = f'<div dir="ltr">{words}</div><br><div class="gmail_quote">{"x" * 9}</div>'
        yield own(mail(words, answers=t)), one_draft(t)
        yield own(mail(words, answers=t, html=html)), one_draft(t)


@case("A68", gate="G8", says="approve")
def action_and_digest_altered_together() -> Iterator[tuple[bytes, World]]:
    t = token(DIGEST)
    altered = draft_for(ANN, t, digest="2e" * 32)
    yield own(mail(answers=t)), World((candidate(altered),))


def _says(heard: Heard) -> str:
    decision = heard.decision
    return decision.verb.value if isinstance(decision, Execute) else decision.says


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_case(name: str) -> None:
    build, gate, says = CASES[name]
    for raw, world in build():
        heard = hear(raw, world)
        assert heard.gate == gate, heard.verdicts.record()
        assert not says or _says(heard) == says, heard.reply.own


def test_a_used_token_leads_to_its_owner_and_to_nobody_else() -> None:
    """A52: a notice goes to the address on file, also when somebody else sent the mail."""
    t = token()
    heard = hear(signed(mail(answers=t, sender="eve@attacker.example"), ATTACKER), one_draft(t))
    assert heard.verdicts.notify == "ann@corp.example"


def test_late_replies_fail_at_g7_alone() -> None:
    """A07, A08: all else passes, so the current version is sent at once."""
    for name in ("A04", "A07", "A08"):
        for raw, world in CASES[name][0]():
            assert hear(raw, world).verdicts.only(Gate.NOW)


def test_only_a_live_token_of_one_s_own_counts_towards_freezing() -> None:
    """A51, A67."""
    for name in ("A11", "A09", "A48"):
        raw, world = next(CASES[name][0]())
        assert hear(raw, world).verdicts.suspicious
    for name in ("A22", "A25", "A05", "A28", "A40", "A01"):
        raw, world = next(CASES[name][0]())
        assert not hear(raw, world).verdicts.suspicious


def test_a_dead_token_cannot_freeze_anything() -> None:
    t = token()
    used = World((candidate(draft_for(ANN, t, state=DraftState.USED)),))
    heard = hear(mail(answers=t), used)
    assert heard.gate == "G5"
    assert not heard.verdicts.suspicious


def test_the_changed_body_names_the_way_out() -> None:
    """A60."""
    raw, world = next(CASES["A60"][0]())
    refusal = hear(raw, world).verdicts.refusal
    assert refusal is not None
    assert "pin `server` or `code`" in refusal.reason


def test_a_weak_key_is_no_proof() -> None:
    t = token()
    weak = signed(mail(answers=t), CORP, rsa_key(1024))
    assert hear(weak, one_draft(t)).gate == "G5"  # its key is not the published one


def test_a_mail_in_junk_does_not_count() -> None:
    t = token()
    assert hear(own(mail(answers=t)), one_draft(t), folder="Junk").gate == "G1"


def test_a_large_mail_does_not_count() -> None:
    t = token()
    raw = own(mail(answers=t, quoted="> x\n" * 300_000))
    assert hear(raw, one_draft(t)).gate == "G1"
