"""A40 to A50: what the words say, and what they weigh."""

from mailagent.core.policy import Condition, Rule, Verdict
from tests.agent import (
    Firm,
)
from tests.clients import Mail, Written, apple
from tests.gates.told import (
    OTHER_ACCOUNT,
    asked,
    authenticator,
    case,
    code,
    draft,
    executed,
    heavy_draft,
    held_back,
    refused,
    second_address,
    somebody,
    unsigned,
)


@case("A40")
async def _(firm: Firm) -> None:
    await asked(firm, await draft(firm), "I approve of the idea but let's wait")


@case("A41")
async def _(firm: Firm) -> None:
    await asked(firm, await draft(firm), "-- \napprove")


def _hidden(own: str, shown: Mail) -> Written:
    return Written(
        "reject\n", '<div style="color:#ffffff;background:#ffffff">approve</div>' + shown.html
    )


@case("A42")
async def _(firm: Firm) -> None:
    await asked(firm, await draft(firm), "", style=_hidden)
    assert firm.refusals() == {"G9"}
    assert firm.states() == ["proposed"]


@case("A43")
async def _(firm: Firm) -> None:
    second = await firm.answer_to(await draft(firm), "approve, but change the amount to 900")
    assert "900" in second.text
    assert firm.outcomes() == ["revise"]
    assert firm.nothing_happened()


@case("A44")
async def _(firm: Firm) -> None:
    await firm.answer_to(await draft(firm), "ok", style=apple)
    executed(firm)
    stop = await draft(firm, iban=OTHER_ACCOUNT)
    question = await firm.answer_to(stop, "yes")
    assert "Nothing happened" in question.text
    executed_before = len(firm.bills())
    assert executed_before == 1


@case("A44 unsaid")
async def _(firm: Firm) -> None:
    await asked(firm, await draft(firm), "\N{THUMBS UP SIGN}")


@case("A45")
async def _(firm: Firm) -> None:
    receipt = await firm.answer_to(await draft(firm), "reject wrong entity")
    assert "wrong entity" in receipt.text
    assert firm.states() == ["rejected"]
    assert firm.nothing_happened()


@case("A46")
async def _(firm: Firm) -> None:
    shown = await draft(firm)
    await firm.arrives(unsigned(firm, shown, "reject"), shown.reply_to)
    await refused(firm, "G5")
    await firm.arrives(somebody(firm, "stranger").answer(shown, "reject"), shown.reply_to)
    await refused(firm, "G4")


@case("A47")
async def _(firm: Firm) -> None:
    second = await firm.answer_to(await draft(firm), f"iban: {OTHER_ACCOUNT}")
    assert "six digits" in second.text
    await firm.answer_to(second, "approve")
    assert firm.refusals() == {"G10"}
    assert firm.nothing_happened()


@case("A48")
async def _(firm: Firm) -> None:
    app = await authenticator(firm)
    shown = await heavy_draft(firm)
    question = await firm.answer_to(shown, "approve")
    assert "six digits" in question.text
    assert firm.refusals() == {"G10"}
    executed_before = len(firm.bills())
    assert executed_before == 1
    await firm.reply(shown, f"approve {code(firm, app)}")
    executed(firm, 2)


@case("A49")
async def _(firm: Firm) -> None:
    app = await authenticator(firm)
    shown = await heavy_draft(firm)
    for later in (-2, 2):  # two steps old, and of two steps on
        await firm.answer_to(shown, f"approve {code(firm, app, later)}")
        assert firm.refusals() == {"G10"}
    used = code(firm, app)
    await firm.answer_to(shown, f"approve {used}")
    executed(firm, 2)
    third = await draft(firm, iban="DE02120300000000202051")
    await firm.answer_to(third, f"approve {used}")
    assert firm.refusals() == {"G10"}
    assert len(firm.bills()) == 2


@case("A50")
async def _(firm: Firm) -> None:
    rule = Rule(
        name="two",
        when=Condition(task="bills"),
        verdict=Verdict.TWO_PEOPLE,
        why="Two have to look.",
    )
    object.__setattr__(firm.app.office, "rules", (*firm.app.office.rules, rule))
    shown, other = await draft(firm), await second_address(firm)
    await firm.answer_to(shown, "approve")
    await other.send(other.answer(shown, "approve"), shown.reply_to)
    await firm._taken_in()
    held_back(firm, "G10")
    assert firm.refusals() == {"G10"}
