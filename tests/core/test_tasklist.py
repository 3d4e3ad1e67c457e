"""The list of work: what it shows is what the catalogue and the task really say."""

from mailagent.bootstrap import TASKS
from mailagent.core.capability import CATALOGUE, Weight
from mailagent.core.tasklist import card_of, listed, narrowed


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


def test_the_list_says_what_is_off_and_what_is_never_done() -> None:
    said = [what.key for _, what in listed([card_of(TASKS["bills"], on=False)])]
    assert said == ["tasks.off", "tasks.never", "tasks.logged"]
