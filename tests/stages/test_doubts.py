"""Between the draft and the word the world may change: nobody approves what was not shown."""

from decimal import Decimal
from pathlib import Path

from mailagent.core.case import State
from mailagent.core.job import Job
from mailagent.core.money import Money
from mailagent.core.policy import Verdict
from mailagent.stages.decide import decide
from mailagent.stages.ingest import ingest
from tests.desk import Desk, bill_mail, open_desk, reply_mail
from tests.values import person, reading


async def booked(desk: Desk) -> int:
    async with desk.begin() as tx:
        return len([recorded for recorded in await tx.bills() if not recorded.void])


async def test_the_second_of_two_twins_is_shown_again_before_it_is_booked(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        await desk.take_in(bill_mail(), bill_mail(message_id="<twin@x>"))
        first, second = desk.letters("draft")
        await desk.take_in(reply_mail(first))
        await desk.take_in(reply_mail(second))
        assert await booked(desk) == 1
        assert [case.state for case in await desk.cases()] == [State.DONE, State.PROPOSED]
        assert [check.name for check in desk.draft().proposal.failed_checks] == ["duplicate"]
        await desk.take_in(reply_mail(desk.draft()))  # seen, and wanted all the same
        assert await booked(desk) == 2


async def test_a_foreign_account_that_waited_is_a_stop_once_the_real_one_is_known(
    tmp_path: Path,
) -> None:
    async with open_desk(tmp_path) as desk:
        foreign = reading(invoice_number="R-8", iban="GB33BUKB20201555555555")
        await desk.take_in(bill_mail(foreign), bill_mail(message_id="<real@x>"))
        strange, real = desk.letters("draft")
        await desk.take_in(reply_mail(real))
        await desk.take_in(reply_mail(strange))
        assert await booked(desk) == 1
        assert "bank_account" in [check.name for check in desk.draft().proposal.failed_checks]


async def test_what_is_over_a_persons_limit_needs_the_code(tmp_path: Path) -> None:
    careful = person(limit=Money(amount=Decimal(100), currency="EUR"))
    async with open_desk(tmp_path, people=(careful,)) as desk:
        await desk.take_in(bill_mail())
        assert desk.draft().judgement.verdict is Verdict.CODE
        assert "limit-of-the-person" in desk.draft().judgement.hits
        await desk.take_in(reply_mail(desk.draft()))
        assert await booked(desk) == 0


async def test_what_was_altered_after_the_decision_is_not_executed(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        await desk.take_in(bill_mail())
        desk.mailbox.arrive(reply_mail(desk.draft()))
        await ingest(desk.office)
        (job,) = [job for job in await desk.jobs() if job.stage == "decide"]
        await decide(desk.office, Job(stage=job.stage, subject=job.subject))
        async with desk.store.engine.begin() as connection:
            await connection.exec_driver_sql(
                "UPDATE proposals SET body = replace(body, '\"119.00\"', '\"911.00\"')"
            )
        await desk.engine.drain()
        assert await booked(desk) == 0
        assert (await desk.case()).state is State.PARKED
        assert "Altered" in (await desk.entries("execute.failed"))[0].details["trace"]
