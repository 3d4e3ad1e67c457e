"""How a case is told, who is in it, and what came of it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from mailagent.core.audit import Entry
from mailagent.core.authenticator import Authenticator, new_authenticator
from mailagent.core.people import Address
from tests.agent import (
    COMPANY,
    DOVECOT_DKIM,
    DOVECOT_SERVER,
    EMBEDDED_DKIM,
    EMBEDDED_SERVER,
    Firm,
    due_bill,
    mail_with,
)
from tests.clients import Client, Mail, Signer

Told = Callable[[Firm], Awaitable[None]]
OTHER_AMOUNT = "UPDATE proposals SET body = json_set(body, '$.actions[0].payload.total', '9.99')"
OTHER_ACCOUNT = "GB29NWBK60161331926819"


class Case(NamedTuple):
    """What is told, and on which servers."""

    tell: Told
    on: tuple[Any, ...]


CASES: dict[str, Case] = {}
BOTH = (EMBEDDED_DKIM, DOVECOT_DKIM)
BY_SERVER = (EMBEDDED_SERVER, DOVECOT_SERVER)
EMBEDDED = (EMBEDDED_DKIM,)


def case(name: str, on: tuple[Any, ...] = BOTH) -> Callable[[Told], Told]:
    """Enters a case under its id; a second one of the same id has a word behind it."""

    def enter(tell: Told) -> Told:
        CASES[name] = Case(tell, on)
        return tell

    return enter


# --- what came of it


def executed(firm: Firm, times: int = 1) -> None:
    assert len(firm.bills()) == len(firm.files()) == len(firm.reminders()) == times
    assert firm.states()[-1] == "done"


def held_back(firm: Firm, *gates: str) -> None:
    """Nothing happened, these gates said why, and the case waits as before."""
    assert set(gates) <= firm.refusals(), firm.refusals()
    assert firm.nothing_happened()
    assert firm.states()[0] == "proposed"


async def refused(firm: Firm, *gates: str) -> None:
    """Held back, and its owner was told; nobody else was."""
    held_back(firm, *gates)
    (notice,) = await firm.news()
    assert "not accepted" in notice.text
    await nobody_else_was_told(firm)


async def passed_over(firm: Firm, gate: str) -> None:
    """Held back, and nobody was told."""
    held_back(firm, gate)
    assert await firm.news() == []


async def asked(firm: Firm, draft: Mail, own: str, **changed: Any) -> None:
    """Held back with a question."""
    question = await firm.answer_to(draft, own, **changed)
    assert "Nothing happened" in question.text
    assert firm.nothing_happened()


async def nobody_else_was_told(firm: Firm) -> None:
    assert await asyncio.to_thread(firm.servers.mails, "stranger") == []
    sent = {to for (to,) in firm.rows("SELECT recipient FROM outbox")}
    assert sent == {firm.owner.address}


# --- who does what


def somebody(firm: Firm, user: str = "owner", signer: Signer | None = None) -> Client:
    return Client(servers=firm.servers, user=user, clock=firm.clock, signer=signer)


async def draft(firm: Firm, **facts: Any) -> Mail:
    return await firm.draft_of(mail_with(due_bill(**facts)))


async def heavy_draft(firm: Firm) -> Mail:
    """Of a bill whose account is not the one of the last bill."""
    await firm.answer_to(await draft(firm), "approve")
    return await draft(firm, iban=OTHER_ACCOUNT)


async def authenticator(firm: Firm) -> Authenticator:
    made = new_authenticator()
    async with firm.app.store.begin(COMPANY) as tx:
        entry = Entry(actor="terminal", what="person.authenticator")
        await tx.save_authenticator("ann", made, entry)
    return made


def code(firm: Firm, app: Authenticator, later: int = 0) -> str:
    return app.code(int(firm.clock.now().timestamp()) // 30 + later)


async def second_address(firm: Firm) -> Client:
    """The mailbox `ben` is another one of Ann's."""
    other = somebody(firm, "ben", firm.owner.signer)
    async with firm.app.store.begin(COMPANY) as tx:
        (ann,) = await tx.people()
        pin = ann.addresses[0].pin
        entries = (*ann.addresses, Address(address=other.address, pin=pin))
        entry = Entry(actor="terminal", what="person.enrolled")
        await tx.save_person(ann.model_copy(update={"addresses": entries}), entry)
    return other


async def put_into_inbox(firm: Firm, raw: bytes) -> None:
    """As if the server had let it through."""

    def put() -> None:
        with firm.servers.client("ops") as client:
            client.append("INBOX", raw)

    await asyncio.to_thread(put)
    await firm._taken_in()


def unsigned(firm: Firm, to: Mail, own: str = "approve", **changed: Any) -> bytes:
    return somebody(firm).answer(to, own, **changed)


def signed_by(firm: Firm, domain: str) -> Client:
    theirs = Signer(domain)
    firm.keys.records |= theirs.records
    return somebody(firm, signer=theirs)
