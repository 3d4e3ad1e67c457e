"""Who may not decide, decides nothing, and the owner hears of it.

Every case of GATES.md by its id is in tests/gates; these are their neighbours, on more servers.
"""

import asyncio
from collections.abc import Callable

import pytest

from tests.agent import Firm, due_bill, in_every_way, mail_with, with_dkim, with_server
from tests.clients import Client, Mail, Signer, gmail

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]


async def _refused(firm: Firm, gate: str) -> None:
    """Nothing happened, the owner was told, and nobody else."""
    assert firm.nothing_happened()
    assert firm.states() == ["proposed"]
    assert gate in firm.refusals()
    (notice,) = await firm.news()
    assert "not accepted" in notice.text
    assert await asyncio.to_thread(firm.servers.mails, "stranger") == []
    assert {to for (to,) in firm.rows("SELECT recipient FROM outbox")} == {firm.owner.address}


def _outsider(firm: Firm, user: str = "owner", signer: Signer | None = None) -> Client:
    """Somebody who writes in the name of `user`."""
    return Client(servers=firm.servers, user=user, clock=firm.clock, signer=signer)


@pytest.mark.parametrize("own", ["approve", "reject"])
@in_every_way
async def test_a_forged_decision_is_refused_and_its_owner_told(firm: Firm, own: str) -> None:
    draft = await firm.draft_of(mail_with(due_bill()))  # A11, A46
    await firm.arrives(_outsider(firm).answer(draft, own), draft.reply_to)
    await _refused(firm, "G5")
    await firm.reply(draft, "approve")  # the genuine one still counts
    assert firm.states() == ["done"]


# --- what a DKIM signature must be


def _unsigned(firm: Firm, draft: Mail) -> bytes:
    return _outsider(firm).answer(draft, "approve")


def _of_another_domain(firm: Firm, draft: Mail) -> bytes:
    theirs = Signer("attacker.test")
    firm.keys.records |= theirs.records
    return _outsider(firm, signer=theirs).answer(draft, "approve")


def _of_a_sibling(firm: Firm, draft: Mail) -> bytes:
    theirs = Signer(f"mail.{firm.servers.domain}")
    firm.keys.records |= theirs.records
    return _outsider(firm, signer=theirs).answer(draft, "approve")


def _with_another_key(firm: Firm, draft: Mail) -> bytes:
    return _outsider(firm, signer=Signer(firm.servers.domain)).answer(draft, "approve")


def _changed_on_the_way(firm: Firm, draft: Mail) -> bytes:
    return firm.owner.answer(draft, "approve") + b"This mail was scanned.\r\n"


def _another_subject(firm: Firm, draft: Mail) -> bytes:
    return firm.owner.answer(draft, "approve").replace(b"Subject: Re:", b"Subject: Fwd:")


@pytest.mark.parametrize(
    "forge",
    [
        pytest.param(_unsigned, id="a11-unsigned"),
        pytest.param(_of_another_domain, id="a12-another-domain"),
        pytest.param(_of_a_sibling, id="a13-sibling-domain"),
        pytest.param(_with_another_key, id="another-key"),
        pytest.param(_changed_on_the_way, id="a60-changed-body"),
        pytest.param(_another_subject, id="changed-subject"),
    ],
)
@with_dkim
async def test_only_a_whole_signature_of_the_pinned_domain_proves(
    firm: Firm, forge: Callable[[Firm, Mail], bytes]
) -> None:
    draft = await firm.draft_of(mail_with(due_bill()))
    # even when it is sent by somebody who is logged in
    await firm.hand_in(forge(firm, draft), draft.reply_to)
    await _refused(firm, "G5")


# --- what a server's word must be


@with_server
async def test_the_login_of_a_colleague_is_not_the_owners(firm: Firm) -> None:
    draft = await firm.draft_of(mail_with(due_bill()))
    raw = _outsider(firm).answer(draft, "approve", style=gmail)
    await _outsider(firm, "ben").send(raw, draft.reply_to)
    firm.sent_in += 1
    await firm.settled()
    await _refused(firm, "G5")


@with_server
async def test_the_login_of_the_owner_is_proof(firm: Firm) -> None:
    draft = await firm.draft_of(mail_with(due_bill()))
    await firm.reply(draft, "approve")
    assert firm.states() == ["done"]


@in_every_way
async def test_a_bill_that_a_stranger_sends_in_our_thread_is_not_lost(firm: Firm) -> None:
    draft = await firm.draft_of(mail_with(due_bill()))
    corrected = mail_with(due_bill("R-2026-9")).replace(
        b"Subject:", f"In-Reply-To: {draft.message_id}\r\nSubject:".encode(), 1
    )
    await firm.arrives(corrected, draft.reply_to)
    assert firm.states() == ["proposed", "proposed"]
    assert "G4" in firm.refusals()
    assert len(await firm.folder("Ops/Waiting")) == 2
