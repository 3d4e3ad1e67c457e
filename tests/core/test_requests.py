"""What a person asks for of their own accord, in the words of seven languages."""

import pytest

from mailagent.bootstrap import shipped_verbs
from mailagent.core.decision.requests import (
    Request,
    Written,
    means_everything,
    request,
    tasks_called,
)

VERBS = shipped_verbs()


def read(subject: str, own: str = "", own_html: str | None = None) -> Request | str | None:
    names = ("Ann Lee", "mailagent")
    return request(Written(subject, own, own_html, names), VERBS)


@pytest.mark.parametrize(
    ("subject", "own", "name", "argument"),
    [
        ("queue", "", "queue", ""),
        ("Queue?", "Thanks\nAnn", "queue", ""),
        ("", "queue", "queue", ""),
        ("(no subject)", "Hi,\n\nstatus please\n\nThanks, Ann", "status", ""),
        ("help", "help", "help", ""),
        ("Question", "what is waiting?", "queue", ""),
        ("pause bills", "", "pause", "bills"),
        ("pause", "bills please", "pause", "bills"),
        ("", "please pause the bills, thanks", "pause", "the bills"),
        ("", "resume", "resume", ""),
        ("report", "Best regards\nAnn Lee", "report", ""),
        ("Warteschlange", "Danke", "queue", ""),
        ("", "Bitte Hilfe", "help", ""),
        ("", "Was wartet?", "queue", ""),
        ("", "pausieren Rechnungen", "pause", "Rechnungen"),
        ("aide", "", "help", ""),
        ("", "en attente ?", "queue", ""),
        ("", "ayuda por favor", "help", ""),
        ("estado", "", "status", ""),
        ("", "coda", "queue", ""),
        ("hulp", "", "help", ""),
        ("", "wachtrij", "queue", ""),
        ("relatório", "obrigado", "report", ""),
        ("find acme october", "", "find", "acme october"),
        ("", "away until 3 Jan", "away", "3 Jan"),
        ("digest", "", "digest", ""),
        ("tasks", "", "tasks", ""),
        ("Verträge", "", "contracts", ""),
    ],
)
def test_a_word_is_a_request(subject: str, own: str, name: str, argument: str) -> None:
    found = read(subject, own)
    assert isinstance(found, Request)
    assert (found.name, found.argument, found.rest) == (name, argument, False)


@pytest.mark.parametrize(
    ("subject", "own"),
    [
        ("Invoice 2026-11", "see attached"),
        ("Your bill", ""),
        ("", ""),
        ("", "Please find attached our invoice for October and book it on marketing"),
        ("Find attached", "the bill"),
        ("Help wanted: plumber for the Smith job", "Can somebody come on Monday?"),
        ("Status of the Smith job", "They are late again."),
        ("Report Q3", "Dear all, here it is"),
        ("", "We pause the project for now, tell everybody that nobody works on Monday please"),
        ("approve", ""),
        ("", "reject"),
        ("", "que\u200bue"),
    ],
)
def test_everything_else_is_none(subject: str, own: str) -> None:
    assert read(subject, own) is None


def test_what_only_looks_is_answered_also_with_more_beside_it() -> None:
    found = read("status", "Is everything fine with the server move on Friday?")
    assert isinstance(found, Request)
    assert (found.name, found.rest) == ("status", True)
    found = read("hello", "queue\n\nand tell Ben that I am away on Friday")
    assert isinstance(found, Request)
    assert (found.name, found.rest) == ("queue", True)
    assert read("report", "word " * 40) is None


@pytest.mark.parametrize(
    ("subject", "own", "own_html"),
    [
        ("pause", "but not the bills of Nordlicht, they are urgent", None),
        ("pause", "resume", None),
        ("", "pause", "resume"),
        ("pause bills", "pause other", None),
    ],
)
def test_what_changes_something_is_understood_whole(
    subject: str, own: str, own_html: str | None
) -> None:
    assert isinstance(read(subject, own, own_html), str)


@pytest.mark.parametrize(
    ("subject", "own"),
    [
        ("pause bills 731204", ""),
        ("pause bills", "731 204"),
        ("", "pause bills 731 204\n\nThanks\nAnn"),
        ("pause", "bills code 731204"),
    ],
)
def test_the_code_may_stand_behind_it(subject: str, own: str) -> None:
    found = read(subject, own)
    assert isinstance(found, Request)
    assert (found.name, found.argument, found.code) == ("pause", "bills", "731204")


@pytest.mark.parametrize(
    ("words", "task"),
    [("bills", "bills"), ("the invoices", "bills"), ("Rechnungen", "bills"), ("facturas", "bills")],
)
def test_a_task_is_called_in_seven_languages(words: str, task: str) -> None:
    assert tasks_called(words, VERBS) == {task}


def test_what_is_no_task_is_none() -> None:
    assert tasks_called("the weather", VERBS) == frozenset()
    assert tasks_called("bills of Nordlicht", VERBS) == frozenset()


@pytest.mark.parametrize("words", ["", "all", "everything", "alles"])
def test_no_task_or_all_of_them(words: str) -> None:
    assert means_everything(words, VERBS)
