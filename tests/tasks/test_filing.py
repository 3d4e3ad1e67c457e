"""Papers that no other task takes: their place, their name, and nothing of what is private."""

from typing import Any

import pytest

from mailagent.core.capability import StoreFile
from mailagent.core.filing import KnownFiled
from mailagent.core.owed import AskBill, KnownBill, Standing
from mailagent.core.papers import NAMES
from mailagent.core.proposal import Proposal, stops
from mailagent.core.question import Answer, AskVendor, KnownVendor
from mailagent.core.reading import Evidence, Field, Kind, Reading, Source
from mailagent.core.task import Work
from mailagent.render.mail import LANGUAGES
from mailagent.render.said import said
from mailagent.render.words import Words, load
from mailagent.tasks.filing import TASK
from tests.render.parts import TOP
from tests.values import COMPANY, NOW, case, document, person


def reading(kind: Kind = Kind.DELIVERY_NOTE, sensitive: str = "", **values: str) -> Reading:
    fields = {
        name: Field(value=v, confidence=0.9, source=Source.TEXT, evidence=Evidence(quote=v))
        for name, v in values.items()
    }
    return Reading(kind=kind, confidence=0.9, fields=fields, sensitive=sensitive)


READ = reading(seller_name="Acme GmbH", issue_date="2026-03-09", invoice_number="LS-7")


def proposed(what: Reading = READ, language: str = "en", **changes: Any) -> Proposal:
    known = changes.pop("known", KnownFiled())
    given = {
        "company": COMPANY,
        "person": person(language=language),
        "case": case(task="filing", document=document(name="Ann Lee.pdf")),
        "version": 1,
        "reading": what,
        "answers": (known,),
        "sender": "Acme <office@acme.test>",
        "today": NOW.date(),
    }
    return TASK.propose(Work(**{**given, **changes}))


def filed(proposal: Proposal) -> StoreFile:
    (action,) = proposal.actions
    assert isinstance(action.payload, StoreFile)
    return action.payload


def test_it_is_named_by_what_it_is_whose_and_when() -> None:
    file = filed(proposed())
    assert (file.folder, file.name) == ("delivery-note/2026/acme", "2026-03-09 acme ls-7.pdf")
    assert (file.kind, file.party) == ("delivery_note", "Acme GmbH")
    assert proposed().title == "Delivery note, Acme GmbH, 9 Mar"
    assert proposed(language="de").title.startswith("Lieferschein, Acme GmbH, 9")


def test_without_a_party_it_is_the_sender_s_unless_one_of_us_sent_it() -> None:
    assert filed(proposed(reading())).party == "acme.test"
    assert filed(proposed(reading(), sender="Ann <ann@corp.test>")).party == ""


def test_we_are_not_the_party() -> None:
    ours = reading(seller_name=COMPANY.name, buyer_name="Globex SA")
    assert filed(proposed(ours)).party == "Globex SA"


def test_the_owner_s_words_count() -> None:
    file = filed(proposed(READ.model_copy(update={"fields": {
        **READ.fields, **reading(folder="clients/acme", party="ACME").fields,
    }}), edits=frozenset({"folder"})))  # fmt: skip
    assert (file.folder, file.party, file.chosen) == ("clients/acme", "ACME", True)


def test_what_is_on_file_is_said_and_filed_in_the_same_place() -> None:
    made = proposed(known=KnownFiled(path="x/y.pdf", case="4F7Q"))
    assert (filed(made).folder, filed(made).name) == ("x", "y.pdf")
    (note,) = made.notes
    assert note.key == "filing.again"  # type: ignore[union-attr]


def test_what_is_private_is_named_by_nothing_but_its_kind() -> None:
    made = proposed(reading(Kind.PAYSLIP, sensitive="payslip"))
    assert made.title == "Payslip"
    assert filed(made).sensitive
    assert filed(made).folder == "private/payslip/2026"
    assert "ann" not in filed(made).name.lower()


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_kind_that_is_filed_has_a_name(language: str) -> None:
    assert set(NAMES[language]) == TASK.kinds | {Kind.PURCHASE_ORDER}


REMINDER = reading(
    Kind.PAYMENT_REMINDER,
    seller_name="Acme GmbH",
    invoice_number="R-7",
    iban="DE02120300000000202051",
)


def reminded(*answers: Answer) -> Proposal:
    return proposed(REMINDER, answers=(KnownFiled(), *answers))


def bill(standing: Standing) -> KnownBill:
    return KnownBill(number="R-7", standing=standing, case="4F7Q", run="run-1")


def test_a_reminder_asks_after_its_bill_and_its_vendor() -> None:
    _, asked, vendor = TASK.asks(REMINDER, COMPANY)
    assert asked == AskBill(vendor="Acme GmbH", number="R-7")
    assert vendor == AskVendor(vendor="Acme GmbH")
    assert not any(isinstance(q, AskVendor | AskBill) for q in TASK.asks(READ, COMPANY))


@pytest.mark.parametrize("standing", [one for one in Standing if one is not Standing.UNKNOWN])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reminder_says_how_it_stands_with_its_bill(standing: Standing, language: str) -> None:
    made = reminded(bill(standing), KnownVendor(bills=1))
    assert made.failed_checks == ()
    words = Words(load(TOP / "templates" / "words" / language), person(), NOW)
    (note,) = made.notes
    phrase = said(note, words)
    assert "R-7" in phrase
    assert "4F7Q" in phrase
    assert ("run-1" in phrase) is (standing is Standing.HANDED_OVER)


def test_a_reminder_of_a_bill_that_nobody_has_is_looked_at_first() -> None:
    made = reminded(bill(Standing.UNKNOWN), KnownVendor())
    assert [check.name for check in made.failed_checks] == ["reminded_known"]
    assert made.notes == ()


def test_a_reminder_with_another_account_stops() -> None:
    known = KnownVendor(bills=1, accounts=("GB33BUKB20201555555555",))
    made = reminded(bill(Standing.BOOKED), known)
    assert [check.name for check in made.failed_checks] == ["bank_account"]
    assert stops(made)
