"""Approvals through a gateway that rewrites mails as Exchange does. Ids: GATES.md."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from mailagent.core.audit import Entry
from mailagent.core.authenticator import new_authenticator
from mailagent.core.people import Pin, Proof
from tests.agent import COMPANY, Firm, due_bill, enrol, firm_on, mail_with
from tests.clients import Mail, Signer, Style, apple, gmail, outlook
from tests.gateway import DISCLAIMER, TENANT_PIN, Gateway, Habits, exchange_marks, gateway_before
from tests.servers import MailServers

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]

HABITS = {
    "plain": Habits(),
    "disclaimer": Habits(disclaimer=DISCLAIMER, links=True),
    "no-tags": Habits(keeps_tag=False, encoding="quoted-printable", both_ways=False),
    "keeps-id": Habits(keeps_id=True, encoding="quoted-printable", links=True),
}
WORDS: list[tuple[Style, str]] = [
    (gmail, "Approved, thanks!"),
    (outlook, "approve\n\nAnn Lee\nhttps://corp.test/about"),
    (apple, "ok"),
]


class Behind(NamedTuple):
    """A firm, and the gateway before its mailbox."""

    firm: Firm
    gateway: Gateway


@pytest.fixture
def homes(mailservers: MailServers, tmp_path: Path, signer: Signer, warm: dict[str, Any]) -> Any:
    """Opens a firm behind a gateway, with everybody's mail going through it."""

    @asynccontextmanager
    async def open_behind(habits: Habits, pin: Pin | None) -> AsyncIterator[Behind]:
        with gateway_before(mailservers, habits) as gateway:
            before = gateway.servers
            home = tmp_path / "home"
            async with firm_on(home, before, Proof.DKIM, signer, **warm) as firm:
                if pin is not None:
                    await enrol(firm.app, firm.owner.address, pin)
                yield Behind(firm, gateway)

    return open_behind


def results_pin(firm_servers: MailServers) -> Pin:
    login = firm_servers.address("owner")
    return Pin(method=Proof.SERVER, authserv_id=firm_servers.authserv_id, login=login)


@pytest.mark.parametrize(
    ("habits", "marks"),
    [
        ("plain", "tenant"),
        ("disclaimer", "results"),
        ("no-tags", "tenant"),
        ("no-tags", "results"),
        ("keeps-id", "tenant"),
    ],
)
async def test_a58_who_is_pinned_to_the_server_decides_through_it(
    homes: Any, mailservers: MailServers, habits: str, marks: str
) -> None:
    pin = results_pin(mailservers) if marks == "results" else TENANT_PIN
    async with homes(HABITS[habits], pin) as (firm, _):
        for style, words in WORDS:
            draft = await firm.draft_of(mail_with(due_bill()))
            raw = firm.owner.answer(draft, words, style)
            await firm.hand_in(raw, draft.reply_to)
            assert firm.outcomes()[-1] == "approve"
            await firm.news()
        assert set(firm.states()) == {"done"}


@pytest.mark.parametrize("habits", ["disclaimer", "no-tags"])
async def test_a60_who_is_pinned_to_dkim_is_refused_and_told_what_to_do(
    homes: Any, habits: str
) -> None:
    async with homes(HABITS[habits], None) as (firm, _):
        draft = await firm.draft_of(mail_with(due_bill()))
        notice = await firm.answer_to(draft, "approve")
        assert "G5" in firm.refusals()
        assert "pin `server` or `code`" in notice.text
        assert f"mailagent enroll {firm.owner.address}" in notice.text
        assert firm.nothing_happened()


async def test_a62_who_is_pinned_to_a_code_decides_with_one_through_it(homes: Any) -> None:
    async with homes(HABITS["disclaimer"], Pin(method=Proof.CODE)) as (firm, _):
        app = new_authenticator()
        async with firm.app.store.begin(COMPANY) as tx:
            entry = Entry(actor="terminal", what="person.authenticator")
            await tx.save_authenticator("ann", app, entry)
        draft = await firm.draft_of(mail_with(due_bill()))
        question = await firm.answer_to(draft, "approve")
        assert "six digits" in question.text
        code = app.code(int(firm.clock.now().timestamp()) // 30)
        await firm.reply(draft, f"approve {code}")
        assert firm.states() == ["done"]


def _forged_inside(firm: Firm, draft: Mail) -> bytes:
    raw = firm.owner.compose(
        {
            "From": f"Ann Lee <{firm.owner.address}>",
            "To": draft.reply_to,
            "Subject": f"Re: {draft.subject}",
            "In-Reply-To": draft.message_id,
        },
        gmail("approve", draft),
    )
    marks = "".join(f"{name}: {value}\r\n" for name, value in exchange_marks(inside=True))
    return marks.encode() + raw


async def test_a59_marks_of_the_inside_in_a_mail_from_outside_prove_nothing(homes: Any) -> None:
    async with homes(HABITS["plain"], TENANT_PIN) as (firm, _):
        draft = await firm.draft_of(mail_with(due_bill()))
        await firm.arrives(_forged_inside(firm, draft), draft.reply_to)
        assert "G5" in firm.refusals()
        assert firm.nothing_happened()
        (notice,) = await firm.news()
        assert "not accepted" in notice.text


async def test_the_marks_are_what_the_forger_lacks(homes: Any) -> None:
    """The same mail passes where nobody takes its marks out: A59 tests more than its routing."""
    async with homes(Habits(careless=True), TENANT_PIN) as (firm, _):
        draft = await firm.draft_of(mail_with(due_bill()))
        await firm.arrives(_forged_inside(firm, draft), draft.reply_to)
        assert firm.states() == ["done"]
