"""Signs of fraud: each has a mail that shows it, and one that only looks as if."""

import pytest

from mailagent.core.fraud import Around, Link, Sender, Signs, suspicions
from tests.values import COMPANY, person

VENDOR = Sender(name="Acme Billing", address="billing@acme.test")


def found(
    sender: Sender = VENDOR, signs: Signs | None = None, around: Around | None = None
) -> list[str]:
    checks = suspicions(sender, signs or Signs(), around or Around(), COMPANY, (person(),))
    assert not any(check.ok for check in checks)
    return [check.name for check in checks]


def test_a_plain_mail_shows_none() -> None:
    assert found() == []


@pytest.mark.parametrize("domain", ["c0rp.test", "corp.example", "\u0441\u043erp.test"])
def test_a_domain_like_ours(domain: str) -> None:
    assert "sender_alike" in found(Sender(name="X", address=f"x@{domain}"))


def test_a_domain_like_a_vendors() -> None:
    around = Around(alike=("nordlicht.test",))
    assert found(Sender(address="x@nordlicht.example"), around=around) == ["sender_alike"]
    assert found(Sender(address="x@mail.nordlicht.test"), around=around) == []


def test_answers_that_go_elsewhere() -> None:
    assert found(signs=Signs(reply_to="x@gmail.test")) == ["reply_elsewhere"]
    assert found(signs=Signs(reply_to="desk@help.acme.test")) == []


def test_a_name_of_ours_on_another_address() -> None:
    assert found(Sender(name="Ann", address="ann@mail.example")) == ["borrowed_name"]
    assert found(Sender(name="Ann", address="ann@corp.test")) == []


def test_a_name_known_from_elsewhere() -> None:
    around = Around(named=("acme.test",))
    stranger = Sender(name="Acme Billing", address="acme@mail.example")
    assert found(stranger, around=around) == ["borrowed_name"]
    assert found(VENDOR, around=around) == []


def test_a_thread_taken_over() -> None:
    around = Around(thread=("acme.test", "corp.test"))
    assert found(Sender(address="x@acme-billing.example"), around=around) == ["thread_taken_over"]
    assert found(Sender(address="new@acme.test"), around=around) == []
    assert found(Sender(address="x@other.test"), around=Around(thread=("corp.test",))) == []


def test_words_that_urge_and_words_of_another_account() -> None:
    signs = Signs(hurry="urgent \u2026 wire transfer", new_account="new bank account")
    assert found(signs=signs) == ["urgent_payment", "account_told_anew"]


def test_files_and_links() -> None:
    link = Link(shown="bank.example", target="evil.example")
    signs = Signs(files=("bill.pdf.exe: a program",), links=(link,))
    assert found(signs=signs) == ["dangerous_file", "link_elsewhere"]


def test_of_our_own_people_only_files_are_looked_at() -> None:
    ours = Sender(name="Ann", address="ann@corp.test")
    signs = Signs(reply_to="x@gmail.test", hurry="x", files=("a.exe: a program",))
    assert found(ours, signs) == ["dangerous_file"]
