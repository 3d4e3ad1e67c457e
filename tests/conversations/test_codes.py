"""Heavy decisions by real mails: the six digits, and what comes of wrong ones. Ids: GATES.md."""

from collections.abc import Iterator

import pytest
import typer

from mailagent.cli.unfreeze import thaw
from mailagent.core.audit import Entry
from mailagent.core.authenticator import Authenticator, new_authenticator
from mailagent.core.people import Pin, Proof
from tests.agent import COMPANY, Firm, due_bill, enrol, in_every_way, mail_with, with_dkim
from tests.clients import Mail

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]

OTHER_ACCOUNT = "GB29NWBK60161331926819"


async def _app(firm: Firm) -> Authenticator:
    made = new_authenticator()
    async with firm.app.store.begin(COMPANY) as tx:
        entry = Entry(actor="terminal", what="person.authenticator")
        await tx.save_authenticator("ann", made, entry)
    return made


def _code(firm: Firm, app: Authenticator, later: int = 0) -> str:
    code = app.code(int(firm.clock.now().timestamp()) // 30 + later)
    return f"{code[:3]} {code[3:]}"


async def _stop(firm: Firm) -> Mail:
    """A bill whose account is not the one of the last bill."""
    await firm.answer_to(await firm.draft_of(mail_with(due_bill())), "approve")
    return await firm.draft_of(mail_with(due_bill(iban=OTHER_ACCOUNT)))


@in_every_way
async def test_a_changed_account_is_approved_with_the_code(firm: Firm) -> None:  # A48
    app = await _app(firm)
    draft = await _stop(firm)
    question = await firm.answer_to(draft, "approve")
    assert "six digits" in question.text
    assert firm.refusals() == {"G10"}
    receipt = await firm.answer_to(question, f"approve {_code(firm, app)}")
    assert receipt.text.startswith("Done: 1, 2, 3.")
    assert len(firm.bills()) == 2


@with_dkim
async def test_a_wrong_and_a_used_code_are_not_enough(firm: Firm) -> None:  # A49
    app = await _app(firm)
    draft = await _stop(firm)
    wrong = await firm.answer_to(draft, f"approve {_code(firm, app, later=-5)}")
    assert "not those of the moment" in wrong.text
    used = _code(firm, app)
    await firm.answer_to(draft, f"approve {used}")
    third = await firm.draft_of(mail_with(due_bill(iban="DE02120300000000202051")))
    again = await firm.answer_to(third, f"approve {used}")
    assert "used already" in again.text
    assert firm.states() == ["done", "done", "proposed"]


@with_dkim
async def test_who_is_pinned_to_a_code_answers_with_it(firm: Firm) -> None:  # A62
    await enrol(firm.app, firm.owner.address, Pin(method=Proof.CODE))
    app = await _app(firm)
    draft = await firm.draft_of(mail_with(due_bill()))
    question = await firm.answer_to(draft, "approve")
    assert "six digits" in question.text
    assert firm.nothing_happened()
    await firm.reply(draft, f"approve {_code(firm, app)}")
    assert firm.states() == ["done"]


@with_dkim
async def test_five_wrong_codes_freeze_a_draft_and_one_code_thaws_it(
    firm: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:  # A51
    app = await _app(firm)
    draft = await _stop(firm)
    answers = [await firm.answer_to(draft, f"approve {n}00 000") for n in range(5)]
    assert "frozen" in answers[-1].text
    async with firm.app.store.begin(COMPANY) as tx:
        (frozen,) = await tx.frozen_drafts(2)
    typed: Iterator[str] = iter([_code(firm, app)])
    monkeypatch.setattr(typer, "prompt", lambda _question: next(typed))
    await thaw(firm.app, frozen)
    await firm.settled()
    (fresh,) = await firm.news()
    assert fresh.subject == draft.subject
    await firm.reply(fresh, f"approve {_code(firm, app, later=1)}")
    assert firm.states() == ["done", "done"]


@with_dkim
async def test_who_is_known_by_a_code_alone_changes_a_value_with_one(firm: Firm) -> None:  # A62
    app = await _app(firm)
    draft = await firm.draft_of(mail_with(due_bill()))
    await enrol(firm.app, firm.owner.address, Pin(method=Proof.CODE))
    asked = await firm.answer_to(draft, "book to 6820")
    assert "six digits" in asked.text
    changed = await firm.answer_to(draft, f"book to 6820\n\n{_code(firm, app)}\n\nThanks\nAnn")
    assert "You changed book to: 6820" in changed.text
    assert firm.nothing_happened()
