"""The list of work: what it shows is what the catalogue and the task really say."""

import pytest
from pydantic import ValidationError

from mailagent.bootstrap import TASKS
from mailagent.core.capability import CATALOGUE, Weight
from mailagent.core.errors import OutsideItsTask
from mailagent.core.reading import Kind
from mailagent.core.tasklist import (
    NEVER,
    SIGN_INS,
    SOURCES,
    card_of,
    listed,
    narrowed,
    sign_in_for,
)
from mailagent.settings.tasks import TaskSettings
from tests.values import COMPANY, reading


def test_a_card_says_of_each_task_what_the_catalogue_says() -> None:
    for task in TASKS.values():
        card = card_of(task, on=True)
        assert set(card.may) == task.may
        assert set(card.code) == {n for n in task.may if CATALOGUE[n].weight is Weight.HEAVY}
        assert set(card.undone) == {n for n in task.may if CATALOGUE[n].reverse}


def test_what_is_forbidden_is_taken_away_from_the_task_itself() -> None:
    bills = TASKS["bills"]
    less = narrowed(bills, ["files.store"])
    assert less.may == bills.may - {"files.store"}
    card = card_of(bills, on=True, forbidden=["files.store"])
    assert (card.forbidden, "files.store" in card.may) == (("files.store",), False)


def test_what_it_may_read_and_write_is_no_more_than_what_is_listed() -> None:
    bills = TASKS["bills"]
    less = narrowed(bills, may_read=["invoice", "ledger.vendor"], may_write=["files.store", "x"])
    assert (set(less.kinds), set(less.may)) == ({Kind.INVOICE}, {"files.store"})
    assert set(less.sources or ()) == {"ledger.vendor"}
    assert narrowed(bills, may_write=[]).may == frozenset()
    assert narrowed(bills, may_read=[]).kinds == frozenset()
    assert card_of(less, on=True).asks == ("ledger.vendor",)
    with pytest.raises(OutsideItsTask, match=r"bills asked .*files\.known"):
        less.questions(reading(), COMPANY)
    assert bills.questions(reading(), COMPANY) == bills.asks(reading(), COMPANY)


def test_what_it_may_not_sign_in_with_it_can_neither_use_nor_ask() -> None:
    meetings = narrowed(TASKS["meetings"], credentials=["smtp"])
    assert "calendar.reply" in meetings.may  # a mail
    assert not {"calendar.put", "calendar.delete"} & meetings.may
    assert not {"calendar.busy", "calendar.writes"} & set(meetings.sources or ())
    bills = narrowed(TASKS["bills"], credentials=[])
    assert set(bills.may) == {"ledger.record_bill", "reminders.set"}
    assert set(narrowed(TASKS["payments"], credentials=["smtp"]).may) == set()
    every = {name for name in (*CATALOGUE, *SOURCES) if sign_in_for(name)}
    assert {sign_in_for(name) for name in every} == set(SIGN_INS)


def test_a_system_that_nobody_has_listed_is_reached_by_no_task_with_its_own_sign_ins() -> None:
    bills = TASKS["bills"]
    wider = bills._replace(may=bills.may | {"crm.write"})
    assert "crm.write" not in narrowed(wider, credentials=SIGN_INS).may
    assert bills.may <= narrowed(wider, credentials=SIGN_INS).may


@pytest.mark.parametrize("key", ["may_read", "may_write", "forbidden"])
def test_a_name_that_nobody_knows_is_refused(key: str) -> None:
    with pytest.raises(ValidationError, match="is no"):
        TaskSettings.model_validate({"on": True, "approvers": [], key: ["ledger.rob"]})


def test_what_is_never_the_agents_has_no_capability() -> None:
    """Of these words only `delete` is one, of entries in calendars, which a word puts back."""
    verbs = {name: set(name.partition(".")[2].split("_")) for name in CATALOGUE}
    assert {name for name, said in verbs.items() if said & set(NEVER)} == {"calendar.delete"}
    assert CATALOGUE["calendar.delete"].reverse is not None
    assert set(NEVER) >= {"pay", "waive", "negotiate", "hire", "delete"}
    assert all(task.may <= set(CATALOGUE) for task in TASKS.values())


def test_the_list_says_what_is_off_and_what_is_never_done() -> None:
    said = [what.key for _, what in listed([card_of(TASKS["bills"], on=False)])]
    assert said == ["tasks.off", "tasks.never", "tasks.logged"]
