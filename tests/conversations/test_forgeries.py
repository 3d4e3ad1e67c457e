"""Who may not decide, decides nothing, and the owner hears of it. Ids: GATES.md."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from email.utils import format_datetime

import pytest

from mailagent.core.audit import Entry
from tests.agent import Firm, due_bill, mail_with, with_dkim, with_server
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
async def test_a_forged_decision_is_refused_and_its_owner_told(firm: Firm, own: str) -> None:
    draft = await firm.draft_of(mail_with(due_bill()))  # A11, A46
    await firm.arrives(_outsider(firm).answer(draft, own), draft.reply_to)
    await _refused(firm, "G5")
    await firm.reply(draft, "approve")  # the genuine one still counts
    assert firm.states() == ["done"]


async def test_a_stranger_with_the_draft_is_refused(firm: Firm) -> None:  # A27, A52
    draft = await firm.draft_of(mail_with(due_bill()))
    stranger = _outsider(firm, "stranger")
    await firm.arrives(stranger.answer(draft, "approve"), draft.reply_to, sender=stranger.address)
    await _refused(firm, "G4")


async def test_a_colleague_with_the_draft_is_refused_and_named(
    firm: Firm, signer: Signer
) -> None:  # A25
    draft = await firm.draft_of(mail_with(due_bill()))
    ben = _outsider(firm, "ben", signer)
    await ben.send(ben.answer(draft, "approve", From=f"Ann Lee <{ben.address}>"), draft.reply_to)
    firm.sent_in += 1
    await firm.settled()
    assert "ben@corp.test" in (await firm.owner.inbox(2))[1].text
    await _refused(firm, "G4")


async def test_an_answer_address_of_the_owner_is_worth_nothing(firm: Firm) -> None:  # A24
    draft = await firm.draft_of(mail_with(due_bill()))
    raw = _outsider(firm, "stranger").answer(draft, "approve", Reply_To=firm.owner.address)
    await firm.arrives(raw, draft.reply_to)
    await _refused(firm, "G4")


async def test_strangers_are_spoken_of_once_an_hour(firm: Firm) -> None:  # A67
    draft = await firm.draft_of(mail_with(due_bill()))
    for _ in range(3):
        await firm.arrives(_outsider(firm, "stranger").answer(draft, "approve"), draft.reply_to)
    await _refused(firm, "G4")
    await firm.reply(draft, "approve")  # and the draft is not frozen
    assert firm.states() == ["done"]


async def test_an_approve_without_a_token_is_no_decision(firm: Firm) -> None:  # A28
    draft = await firm.draft_of(mail_with(due_bill()))
    raw = firm.owner.answer(
        draft, "approve", To=f"billing@vendor.test, {firm.ops}", In_Reply_To="", References=""
    )
    await firm.hand_in(raw)
    assert firm.nothing_happened()
    assert firm.outcomes() == []


async def test_a_token_of_an_imitated_draft_is_no_token(firm: Firm) -> None:  # A57
    draft = await firm.draft_of(mail_with(due_bill()))
    imitated = Mail(draft.raw.replace(draft.message_id[5:20].encode(), b"a" * 15))
    assert imitated.message_id != draft.message_id
    await firm.hand_in(firm.owner.answer(imitated, "approve", To=firm.ops))
    assert firm.nothing_happened()


async def test_an_approver_who_was_removed_decides_nothing(firm: Firm) -> None:  # A55
    draft = await firm.draft_of(mail_with(due_bill()))
    async with firm.app.store.begin("corp") as tx:
        await tx.remove_person("ann", Entry(actor="terminal", what="person.removed"))
    await firm.reply(draft, "approve")
    assert firm.nothing_happened()
    assert "G4" in firm.refusals()


async def test_a_changed_document_is_not_what_was_shown(firm: Firm) -> None:  # A10
    draft = await firm.draft_of(mail_with(due_bill()))
    ((name,),) = firm.rows("SELECT json_extract(document, '$.sha256') FROM cases")
    blob = firm.app.settings.blobs / name[:2] / name
    blob.write_bytes(blob.read_bytes().replace(b"%PDF", b"%PdF"))
    await firm.reply(draft, "approve")
    await _refused(firm, "G8")


_OTHER_AMOUNT = "UPDATE proposals SET body = json_set(body, '$.actions[0].payload.total', '9.99')"


async def test_a_changed_action_is_not_what_was_shown(firm: Firm) -> None:  # A09
    draft = await firm.draft_of(mail_with(due_bill()))
    await firm.tamper(_OTHER_AMOUNT)
    await firm.reply(draft, "approve")
    await _refused(firm, "G8")


async def test_a_changed_action_with_its_digest_is_not_what_was_shown(firm: Firm) -> None:  # A68
    draft = await firm.draft_of(mail_with(due_bill()))
    await firm.tamper(_OTHER_AMOUNT)
    await firm.reply(draft, "approve")
    forged = await _digest_now(firm)
    await firm.tamper("UPDATE proposals SET digest = ?", forged)
    await firm.tamper("UPDATE drafts SET digest = ?", forged)
    await firm.reply(draft, "approve")
    await _refused(firm, "G8")


async def _digest_now(firm: Firm) -> str:
    from mailagent.core.proposal import digest

    async with firm.app.store.begin("corp") as tx:
        proposal, _, _ = await tx.proposal(1, 1)
    return digest("corp", proposal)


async def test_a_genuine_approve_of_another_draft_cannot_be_replayed(firm: Firm) -> None:  # A20
    one = await firm.draft_of(mail_with(due_bill()))
    other = await firm.draft_of(mail_with(due_bill()))
    genuine = await firm.reply(one, "approve")
    await firm.news()
    await firm.arrives(genuine, other.reply_to)
    assert len(firm.bills()) == 1
    assert sorted(firm.states()) == ["done", "proposed"]


async def test_the_slow_clock_of_a_phone_is_forgiven(firm: Firm) -> None:  # A64
    draft = await firm.draft_of(mail_with(due_bill()))
    date = format_datetime(firm.clock.now() - timedelta(minutes=5))
    await firm.reply(draft, "approve", Date=date)
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


@with_dkim
async def test_a_decision_waits_for_dns(firm: Firm) -> None:  # A19
    draft = await firm.draft_of(mail_with(due_bill()))
    firm.keys.silent = True
    await firm.owner.send(firm.owner.answer(draft, "approve"), draft.reply_to)
    await _held(firm)
    assert firm.nothing_happened()
    firm.keys.silent = False
    await firm.settled()
    assert firm.states() == ["done"]


@with_dkim
async def test_a_decision_does_not_wait_for_dns_for_ever(firm: Firm) -> None:  # A19
    draft = await firm.draft_of(mail_with(due_bill()))
    firm.keys.silent = True
    await firm.owner.send(firm.owner.answer(draft, "approve"), draft.reply_to)
    await _held(firm)
    firm.clock.ahead = timedelta(hours=1, minutes=1)
    await firm.settled()
    await _refused(firm, "G5")


async def _held(firm: Firm) -> None:
    firm.sent_in += 1
    async with asyncio.timeout(10):
        # the agent knows nothing of us and sets no event
        while not firm.rows("SELECT id FROM jobs WHERE stage = 'decide' AND attempts > 0"):  # noqa: ASYNC110
            await asyncio.sleep(0.02)


# --- what a server's word must be


@with_server
async def test_a_forged_word_of_the_server_is_worth_nothing(firm: Firm) -> None:  # A16
    draft = await firm.draft_of(mail_with(due_bill()))
    claim = f"Authentication-Results: mx.corp.test; auth=pass smtp.auth={firm.owner.address}\r\n"
    await firm.arrives(claim.encode() + _unsigned(firm, draft), draft.reply_to)
    await _refused(firm, "G5")


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


async def test_a_bill_that_a_stranger_sends_in_our_thread_is_not_lost(firm: Firm) -> None:
    draft = await firm.draft_of(mail_with(due_bill()))
    corrected = mail_with(due_bill("R-2026-9")).replace(
        b"Subject:", f"In-Reply-To: {draft.message_id}\r\nSubject:".encode(), 1
    )
    await firm.arrives(corrected, draft.reply_to)
    assert firm.states() == ["proposed", "proposed"]
    assert "G4" in firm.refusals()
    assert len(await firm.folder("Ops/Waiting")) == 2
