"""`mailagent import bank`: what was paid, beside what lies in shadow."""

import asyncio
from pathlib import Path

from typer.testing import CliRunner

from mailagent.cli import app
from mailagent.core.modes import Mode
from mailagent.core.shadow import Foreseen
from tests.desk import bill_mail, open_desk
from tests.settings.home_of import GOOD, home_of

RUN = CliRunner()


def _in_shadow(home: Path) -> Foreseen:
    async def go() -> Foreseen:
        async with open_desk(home, modes={"bills": Mode.SHADOW}) as desk:
            await desk.take_in(bill_mail())
            async with desk.begin() as tx:
                found: list[Foreseen] = await tx.foreseen()
                return found[0]

    return asyncio.run(go())


def test_a_payment_is_compared_with_the_bill_that_it_names(tmp_path: Path) -> None:
    home = home_of(tmp_path, GOOD.replace('id = "acme"', 'id = "corp"'))
    one = _in_shadow(home)
    at = ["--home", str(home)]
    file = tmp_path / "bank.csv"
    file.write_text(f"Date,Amount,Description\n2026-11-28,-{one.total},bill {one.number}\n")
    ran = RUN.invoke(app, ["import", "bank", str(file), *at])
    assert ran.exit_code == 0, ran.output
    assert ran.stdout == "1 payment read.\nCompared with 1 case in shadow: 1 the same.\n"
    again = RUN.invoke(app, ["import", "bank", str(file), *at])
    assert again.stdout == "1 payment read.\n"
    wrong = RUN.invoke(app, ["import", "bank", str(file), "--column", "sum=Amount", *at])
    assert "An option is not understood" in str(wrong.exception)
    file.write_text("x,y\n1,2\n")
    assert "names no column" in str(RUN.invoke(app, ["import", "bank", str(file), *at]).exception)


def test_the_books_of_the_owner_are_compared_as_well(tmp_path: Path) -> None:
    home = home_of(tmp_path, GOOD.replace('id = "acme"', 'id = "corp"'))
    one = _in_shadow(home)
    file = tmp_path / "bills.csv"
    file.write_text(f"vendor,number,date,total\n{one.vendor},{one.number},{one.issued},1.00\n")
    ran = RUN.invoke(app, ["import", "bills", str(file), "--home", str(home)])
    assert "Compared with 1 case in shadow: 0 the same." in ran.stdout
    assert f"otherwise: {one.vendor} {one.number}: total" in ran.stdout
