"""Enrolment measures; a server's marks are pinned only after forging them failed. Ids: GATES.md."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import typer

from mailagent.bootstrap import build, outside
from mailagent.cli.enroll import _enroll
from mailagent.cli.proof import prove, prove_marks, way_in
from mailagent.core.audit import Entry
from mailagent.core.authenticator import Authenticator, new_authenticator
from mailagent.core.enrolment import doubts
from mailagent.core.errors import ConfigInvalid, MailRefused, Permanent
from mailagent.core.forgery import Stripped
from mailagent.core.letter import OutgoingMail
from mailagent.core.people import Pin, Proof
from tests.agent import COMPANY, PASSWORDS, Firm, due_bill, enrol, firm_on, mail_with, with_dkim
from tests.clients import Client, Signer
from tests.gateway import TENANT, TENANT_PIN, Habits, gateway_before
from tests.servers import MailServers

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]


@pytest.fixture
def homes(mailservers: MailServers, tmp_path: Path, signer: Signer, warm: dict[str, Any]) -> Any:
    """Opens a firm; with habits, behind a gateway."""

    @asynccontextmanager
    async def open_firm(habits: Habits | None = None) -> AsyncIterator[Firm]:
        home = tmp_path / "home"
        if habits is None:
            async with firm_on(home, mailservers, Proof.DKIM, signer, **warm) as firm:
                yield firm
            return
        with gateway_before(mailservers, habits) as gateway:
            async with firm_on(home, gateway.servers, Proof.DKIM, signer, **warm) as firm:
                yield firm

    return open_firm


async def proven(firm: Firm) -> dict[str, Stripped]:
    out = outside("localhost", firm.servers.mx_port, "", "")
    try:
        found = await prove(firm.app, out, firm.owner.address)
    finally:
        await out.close()
    _count(firm)
    return {f"{outcome.marks} {outcome.by}".strip(): outcome for outcome in found}


def _count(firm: Firm) -> None:
    """What came in beside what the test sent."""
    ((firm.sent_in,),) = firm.rows("SELECT count(*) FROM messages")


async def enrolled(firm: Firm, monkeypatch: pytest.MonkeyPatch, sign: Client, pin: str = "") -> Pin:
    """What `mailagent enroll` pins when the owner mails the code in."""
    monkeypatch.setattr(typer, "confirm", lambda *_, **__: True)
    monkeypatch.setattr(import_module("mailagent.cli.enroll"), "_offer_app", _no_app)
    beside = build(firm.app.settings, PASSWORDS, keys=firm.keys, reader=firm.app.reader)
    task = asyncio.create_task(_enroll(beside, firm.owner.address, pin))
    code, query = "", "SELECT code FROM enrolments WHERE address = ? AND message IS NULL"
    while not code and not task.done():
        rows = firm.rows(query, firm.owner.address)
        code = rows[-1][0] if rows else ""
        await asyncio.sleep(0.02)
    headers = {"From": sign.address, "To": firm.ops, "Subject": code}
    raw = sign.signed(sign.compose(headers, sign.style("", _NOTHING)))
    await sign.send(raw, firm.ops)
    try:
        async with asyncio.timeout(60):
            await task
    finally:
        _count(firm)
    async with firm.app.store.begin(COMPANY) as tx:
        (ann,) = await tx.people()
    found = ann.addresses[0].pin
    assert found is not None
    return found


async def _no_app(*_: object) -> None:
    """Nobody is at the terminal."""


class _Nothing:
    subject = text = html = ""

    def quoted(self) -> str:
        return ""


_NOTHING: Any = _Nothing()


def unsigned(firm: Firm) -> Client:
    return Client(servers=firm.servers, user="owner", clock=firm.clock)


async def test_a_server_that_strips_forged_marks_is_safe_and_may_be_pinned(
    homes: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with homes() as firm:
        found = await proven(firm)
        assert found[f"authentication-results {firm.servers.authserv_id}"].held
        kept = firm.rows("SELECT what FROM audit WHERE what = 'mailbox.proof'")
        assert len(kept) == len(found)
        pin = await enrolled(firm, monkeypatch, unsigned(firm))
        assert (pin.method, pin.authserv_id) == (Proof.SERVER, firm.servers.authserv_id)
        draft = await firm.draft_of(mail_with(due_bill()))
        raw = unsigned(firm).answer(draft, "approve")
        await firm.hand_in(raw, draft.reply_to)
        assert firm.states() == ["done"]


async def test_without_the_proof_a_server_is_not_pinned(
    homes: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with homes() as firm:
        with pytest.raises(ConfigInvalid, match="doctor --proof"):
            await enrolled(firm, monkeypatch, unsigned(firm))
        (kept,) = firm.rows('SELECT "by", held FROM stripped_marks')
        assert kept == (firm.servers.authserv_id, 0)
        pin = await enrolled(firm, monkeypatch, unsigned(firm), "code")
        assert pin.method is Proof.CODE
        assert (await proven(firm))[f"authentication-results {kept[0]}"].held
        assert (await enrolled(firm, monkeypatch, unsigned(firm))).method is Proof.SERVER


async def test_a_signature_is_pinned_without_it(
    homes: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with homes() as firm:
        pin = await enrolled(firm, monkeypatch, firm.owner)
        assert pin == Pin(method=Proof.DKIM, domain=firm.servers.domain)


async def test_a58_the_marks_of_a_tenant_are_measured_and_pinned(
    homes: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with homes(Habits()) as firm:
        found = await proven(firm)
        assert found[f"exchange-online {TENANT}"].held
        await firm.tamper("DELETE FROM stripped_marks WHERE marks = 'authentication-results'")
        with pytest.raises(ConfigInvalid, match="doctor --proof"):  # the stronger is not proven
            await enrolled(firm, monkeypatch, firm.owner)
        await enrol(firm.app, firm.owner.address, TENANT_PIN)
        draft = await firm.draft_of(mail_with(due_bill()))
        await firm.reply(draft, "approve")
        assert firm.states() == ["done"]


async def test_a59_marks_that_can_be_forged_cannot_be_pinned(homes: Any) -> None:
    async with homes(Habits(careless=True)) as firm:
        found = await proven(firm)
        outcome = found[f"exchange-online {TENANT}"]
        assert not outcome.held
        assert "passes as genuine" in outcome.why
        await enrol(firm.app, firm.owner.address, TENANT_PIN)
        async with firm.app.store.begin(COMPANY) as tx:
            said = doubts(await tx.people(), [], await tx.stripped(), firm.app.office.mailbox.name)
        assert said[0].key == "doubt.forgeable"


async def test_the_outcome_is_said(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    def given(*held: bool) -> Any:
        async def opened(*_: object) -> list[Stripped]:
            facts = {"mailbox": "ops", "by": "mx", "at": "2026-11-20T12:00:00Z", "why": "odd"}
            return [Stripped.model_validate(facts | {"marks": "m", "held": h}) for h in held]

        return opened

    nothing: Any = None
    monkeypatch.setattr("mailagent.cli.proof._opened", given(True, False))
    assert await asyncio.to_thread(prove_marks, nothing, nothing, "ann@corp.test")
    said = capsys.readouterr().out
    assert "taken out" in said
    assert "can be forged: odd" in said
    monkeypatch.setattr("mailagent.cli.proof._opened", given(False))
    assert not await asyncio.to_thread(prove_marks, nothing, nothing, "ann@corp.test")
    assert "--pin code" in capsys.readouterr().out


@with_dkim
async def test_a_server_that_refuses_the_forged_mail_is_told_of(firm: Firm) -> None:
    with pytest.raises(Permanent, match="refused a mail in the name of"):
        await prove(firm.app, _Refusing(), firm.owner.address)


class _Refusing:
    async def send(self, mail: OutgoingMail, sender: str) -> None:
        raise MailRefused("550 5.7.26 this domain is protected")

    async def close(self) -> None:
        """Nothing was open."""


async def test_the_way_in_is_as_it_was_said() -> None:
    assert way_in("mx.corp.test:2525", "corp.test") == ("mx.corp.test", 2525)
    assert way_in("mx.corp.test", "corp.test") == ("mx.corp.test", 25)
    with pytest.raises(ConfigInvalid):
        way_in("mx.corp.test:smtp", "corp.test")


# --- the provider changed what it signs with


async def _app(firm: Firm) -> Authenticator:
    made = new_authenticator()
    async with firm.app.store.begin(COMPANY) as tx:
        entry = Entry(actor="terminal", what="person.authenticator")
        await tx.save_authenticator("ann", made, entry)
    return made


def _code(firm: Firm, app: Authenticator, later: int = 0) -> str:
    code = app.code(int(firm.clock.now().timestamp()) // 30 + later)
    return f"{code[:3]} {code[3:]}"


def _changed(firm: Firm) -> Client:
    """The owner, whose provider signs as somebody else from now on."""
    theirs = Signer(f"mail.{firm.servers.domain}")
    firm.keys.records |= theirs.records
    return Client(servers=firm.servers, user="owner", clock=firm.clock, signer=theirs)


async def _ask(firm: Firm, sender: Client, subject: str) -> None:
    headers = {"From": firm.owner.address, "To": firm.ops, "Subject": subject}
    raw = sender.signed(sender.compose(headers, sender.style("", _NOTHING)))
    await firm.hand_in(raw)


def _pin(firm: Firm) -> Pin:
    ((body,),) = firm.rows("SELECT json_extract(body, '$.addresses[0].pin') FROM people")
    return Pin.model_validate_json(body)


@with_dkim
async def test_a61_another_domain_is_refused_and_pinned_anew_by_a_code(firm: Firm) -> None:
    app, changed = await _app(firm), _changed(firm)
    draft = await firm.draft_of(mail_with(due_bill()))
    await firm.hand_in(changed.answer(draft, "approve"), draft.reply_to)
    assert firm.refusals() == {"G5"}
    (notice,) = await firm.news()
    assert f"mailagent enroll {firm.owner.address}" in notice.text
    assert "`enroll` and the six digits" in notice.text
    await _ask(firm, changed, f"enroll {_code(firm, app)}")
    (told,) = await firm.news()
    assert "enrolled again" in told.text
    assert _pin(firm).method is Proof.CODE  # its own domain signs it no more
    await firm.hand_in(changed.answer(draft, f"approve {_code(firm, app, 1)}"), draft.reply_to)
    assert firm.states() == ["done"]


@with_dkim
async def test_a61_the_strongest_that_arrives_is_pinned(firm: Firm) -> None:
    app = await _app(firm)
    await enrol(firm.app, firm.owner.address, Pin(method=Proof.CODE))
    await _ask(firm, firm.owner, f"Enroll {_code(firm, app).replace(' ', '')}")
    assert _pin(firm) == Pin(method=Proof.DKIM, domain=firm.servers.domain)


@with_dkim
async def test_a61_a_wrong_code_changes_nothing_and_deafens(firm: Firm) -> None:
    app, changed = await _app(firm), _changed(firm)
    before = _pin(firm)
    await _ask(firm, changed, "enroll 000 000")
    (told,) = await firm.news()
    assert "Nothing was changed" in told.text
    await _ask(firm, changed, f"enroll {_code(firm, app)}")  # too soon after a wrong one
    assert _pin(firm) == before
    assert await firm.news() == []
    await firm.tamper("UPDATE muted SET until = '2000-01-01 00:00:00.000000'")
    await _ask(firm, changed, f"enroll {_code(firm, app)}")
    assert _pin(firm).method is Proof.CODE


@with_dkim
async def test_a61_nobody_else_can_ask_for_it(firm: Firm) -> None:
    app, before = await _app(firm), _pin(firm)
    stranger = Client(servers=firm.servers, user="stranger", clock=firm.clock)
    raw = stranger.compose(
        {"From": stranger.address, "To": firm.ops, "Subject": f"enroll {_code(firm, app)}"},
        stranger.style("", _NOTHING),
    )
    await firm.arrives(raw)
    assert _pin(firm) == before
    assert await firm.news() == []


@with_dkim
async def test_what_no_longer_arrives_is_counted_until_it_does(firm: Firm) -> None:
    draft = await firm.draft_of(mail_with(due_bill()))
    changed = _changed(firm)
    for _ in range(2):
        await firm.hand_in(changed.answer(draft, "approve"), draft.reply_to)
    async with firm.app.store.begin(COMPANY) as tx:
        (seen,) = await tx.proofs()
    assert (seen.address, seen.missed, seen.is_lost) == (firm.owner.address, 2, True)
    await firm.reply(draft, "approve")
    async with firm.app.store.begin(COMPANY) as tx:
        (seen,) = await tx.proofs()
    assert not seen.is_lost


@with_dkim
async def test_once_a_week_what_no_longer_arrives_is_told(firm: Firm) -> None:
    await firm.tick("proofs")
    assert await firm.news() == []
    await enrol(firm.app, firm.owner.address, TENANT_PIN)
    await firm.tick("proofs")
    (notice,) = await firm.news()
    assert "mailagent doctor --proof" in notice.text
