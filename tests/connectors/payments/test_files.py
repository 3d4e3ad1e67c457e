"""Payment files: valid for a bank, the same bytes for the same run, whatever a vendor is called."""

import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sepaxml
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from connectors.payments import nacha, pain, table
from mailagent.core.payments import Form, Part, Payer, Payment, PaymentRun, latin
from tests.values import NOW

IBAN, OTHER = "DE02120300000000202051", "GB33BUKB20201555555555"
# The bank's own rules, as another project keeps them.
SCHEMA = Path(sepaxml.__file__).parent / "schemas" / "pain.001.001.09.xsd"
AMOUNTS = st.decimals(Decimal("0.01"), Decimal("999999.99"), places=2)
NAMES = st.text(st.characters(codec="utf-8"), max_size=80)


def payment(**changes: Any) -> Payment:
    given_ = {
        "bill": 7,
        "case": "4F7Q",
        "vendor": "Nordlicht Hosting GmbH",
        "account": IBAN,
        "amount": Decimal("1234.56"),
        "currency": "EUR",
        "reference": "2026-1187",
        "due": date(2026, 12, 12),
    }
    return Payment(**{**given_, **changes})


def run(*payments: Payment, form: Form = Form.PAIN, **payer: str) -> PaymentRun:
    who = {"name": "Corp Ltd", "account": OTHER, **payer}
    return PaymentRun(
        name="mailagent-4F7Q-1",
        form=form,
        payer=Payer(**who),
        day=date(2026, 12, 10),
        made_at=NOW,
        payments=payments or (payment(),),
    )


def is_valid(raw: bytes) -> bool:
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    document = etree.fromstring(raw)
    schema.assertValid(document)
    return True


def test_credit_transfers_are_valid_and_add_up() -> None:
    payments = (payment(), payment(bill=8, amount=Decimal("0.44")), payment(currency="GBP"))
    raw = pain.write(run(*payments))
    assert is_valid(raw)
    assert raw == pain.write(run(*payments))
    root = etree.fromstring(raw)
    found = {name: [e.text for e in root.iter(f"{{*}}{name}")] for name in ("CtrlSum", "NbOfTxs")}
    assert found == {"CtrlSum": ["2469.56", "1235.00", "1234.56"], "NbOfTxs": ["3", "2", "1"]}


def test_a_bank_that_is_known_is_named() -> None:
    raw = pain.write(run(bank="BUKBGB22"))
    assert is_valid(raw)
    assert b"<BICFI>BUKBGB22</BICFI>" in raw


@pytest.mark.slow
@given(vendor=NAMES, reference=NAMES, name=NAMES, amount=AMOUNTS)
def test_credit_transfers_are_valid_whatever_a_vendor_is_called(
    vendor: str, reference: str, name: str, amount: Decimal
) -> None:
    one = payment(vendor=vendor, reference=reference, amount=amount)
    assert is_valid(pain.write(run(one, name=name)))


@pytest.mark.parametrize(
    ("text", "plain"),
    [("Müller & Söhne", "Mueller Soehne"), ("Crédit Łódź", "Credit odz"), ("株式会社", "")],
)
def test_names_are_spelled_in_letters_that_every_bank_takes(text: str, plain: str) -> None:
    assert latin(text, 70) == plain


def ach(*payments: Payment) -> list[str]:
    bank = {"bank": "021000021", "account": "123456789", "id": "1234567890"}
    raw = nacha.write(run(*payments, form=Form.NACHA, **bank))
    return raw.decode("ascii").split("\r\n")[:-1]


def test_an_ach_file_has_the_form_that_banks_demand() -> None:
    account = "ABA 011000015 987654321"
    lines = ach(payment(account=account), payment(account=account, amount=Decimal("0.44")))
    assert {len(line) for line in lines} == {94}
    assert len(lines) == 10
    assert [line[0] for line in lines[:6]] == ["1", "5", "6", "6", "8", "9"]
    assert lines[2][3:12] == "011000015"
    assert lines[2][29:39] == "0000123456"
    assert lines[4][10:20] == lines[5][21:31] == f"{2 * 1100001:010}"  # the hash of the banks
    assert lines[4][32:44] == lines[5][43:55] == "000000123500"
    assert lines[5][1:13] == "000001000001"  # batches, blocks


@given(vendor=NAMES, reference=NAMES)
def test_no_name_moves_a_column_of_an_ach_file(vendor: str, reference: str) -> None:
    one = payment(account="ABA 011000015 1", vendor=vendor, reference=reference)
    assert {len(line) for line in ach(one)} == {94}


def test_a_table_for_banks_and_people() -> None:
    (row,) = csv.DictReader(io.StringIO(table.write(run(payment(vendor="=cmd"))).decode()))
    assert row["vendor"] == "cmd"
    assert (row["day"], row["amount"], row["account"]) == ("2026-12-10", "1234.56", IBAN)


def test_amounts_of_several_currencies_make_no_one_sum() -> None:
    many = run(payment(), payment(), payment(currency="USD"))
    assert many.totals() == {"EUR": Decimal("2469.12"), "USD": Decimal("1234.56")}


# -- less a credit note ----------------------------------------------------------------------------


def less(**changes: Any) -> Payment:
    """R-1 of 1200.00 less CN-7 of 200.00."""
    off = Part(bill=9, case="7KD2", reference="CN-7", amount=Decimal("-200.00"))
    given_ = {"reference": "R-1", "amount": Decimal("1000.00"), "others": (off,)}
    return payment(**{**given_, **changes})


def settled() -> Payment:
    """A bill that its credit note takes up."""
    off = Part(bill=9, case="7KD2", reference="CN-8", amount=Decimal("-50.00"))
    return payment(reference="R-2", amount=Decimal("0.00"), others=(off,))


def test_a_transfer_carries_the_net_amount_and_both_numbers() -> None:
    raw = pain.write(run(less(), settled()))
    assert is_valid(raw)
    root = etree.fromstring(raw)
    found = {n: [e.text for e in root.iter(f"{{*}}{n}")] for n in ("InstdAmt", "Ustrd", "NbOfTxs")}
    assert found == {
        "InstdAmt": ["1000.00"],
        "Ustrd": ["R-1 1200.00, CN-7 -200.00"],
        "NbOfTxs": ["1", "1"],
    }


def test_numbers_go_before_amounts_where_there_is_no_room_for_both() -> None:
    many = tuple(
        Part(bill=n, case="X", reference=f"RE-2026-{n}", amount=Decimal("10.00"))
        for n in range(10, 18)
    )
    raw = pain.write(run(less(others=many)))
    assert is_valid(raw)
    (told,) = [e.text for e in etree.fromstring(raw).iter("{*}Ustrd")]
    assert told is not None
    assert told.startswith("R-1, RE-2026-10, ")
    assert told.endswith("RE-2026-17")


def test_a_table_carries_the_net_amount_and_both_numbers() -> None:
    (line,) = csv.DictReader(io.StringIO(table.write(run(less(), settled())).decode()))
    assert (line["amount"], line["reference"]) == ("1000.00", "R-1 1200.00, CN-7 -200.00")


def test_an_ach_entry_is_followed_by_what_it_is_made_of() -> None:
    account = "ABA 011000015 987654321"
    lines = ach(less(account=account), settled(), payment(account=account))
    assert {len(line) for line in lines} == {94}
    assert [line[0] for line in lines[:7]] == ["1", "5", "6", "7", "6", "8", "9"]
    assert (lines[2][29:39], lines[2][78]) == ("0000100000", "1")
    assert lines[3].startswith("705RMR*IV*R-1**1200.00\\RMR*CL*CN-7**-200.00\\ ")
    assert lines[3][83:] == "00010000001"
    assert lines[4][78] == "0"
    assert lines[5][4:10] == "000003"  # entries and what follows them
    assert lines[6][13:21] == "00000003"


def test_a_currency_without_cents_is_paid_without_them() -> None:
    fils = payment(currency="KWD", amount=Decimal("1.234"))
    raw = pain.write(run(payment(currency="JPY", amount=Decimal("8000.00")), fils))
    assert is_valid(raw)
    root = etree.fromstring(raw)
    found = {n: [e.text for e in root.iter(f"{{*}}{n}")] for n in ("InstdAmt", "CtrlSum")}
    assert found == {"InstdAmt": ["8000", "1.234"], "CtrlSum": ["8001.234", "8000", "1.234"]}
