"""What arrives: sixty mails of a day, drawn from a seed, the same on every machine."""

import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from random import Random
from typing import NamedTuple
from zoneinfo import ZoneInfo

from mailagent.core.appointment import Appointment, Guest, Itip, Method
from mailagent.core.itip import message
from mailagent.demo.documents import (
    Bill,
    Item,
    Letterhead,
    bill_mail,
    bill_pdf,
    factur_x,
    zugferd1,
)
from tests.parsers.contract.test_contract import CONTRACT

OPS, OWNER = "ops@corp.test", "owner@corp.test"
ZONE = ZoneInfo("Europe/Berlin")
_WORDS = tomllib.loads((Path(__file__).parent / "mails.toml").read_text("utf-8"))
_VENDORS: list[list[str]] = _WORDS["vendors"]["rows"]
_PEOPLE: list[list[str]] = _WORDS["people"]["rows"]
_STRANGE_ACCOUNT = "GB29NWBK60161331926819"
FRIDAY = 4
# Sixty of a day.
_BILLS = 12
_KINDS = {
    "newsletter": 14,
    "notification": 5,
    "receipt": 6,
    "order": 5,
    "reminder": 4,
    "meeting": 4,
    "personal": 3,
    "code": 1,
}
# In the office somebody writes between these hours, at weekends machines do.
_FROM, _UNTIL = 6, 19


class Arriving(NamedTuple):
    """A mail, and when it comes."""

    at: datetime
    kind: str
    raw: bytes


def of_day(day: date, number: int) -> list[Arriving]:
    """All of them, in the order in which they come; `number` counts the days from 0."""
    drawn = Random(f"fortnight {number}")
    made = [*_bills(day, number, drawn), *_texts(day, number, drawn), *_dates(day, number, drawn)]
    made += [_correction(day, number), _contract(day, number, drawn)]
    return sorted(made, key=lambda one: one.at)


def _at(day: date, drawn: Random) -> datetime:
    begun = datetime.combine(day, time(_FROM), ZONE)
    return begun + timedelta(minutes=drawn.randrange(60 * (_UNTIL - _FROM)))


# --- bills


def _bills(day: date, number: int, drawn: Random) -> Iterator[Arriving]:
    for one in range(_BILLS):
        again = one == 0 and number % 3 == 2  # one of two days before, once more
        of, first = (number - 2, day - timedelta(days=2)) if again else (number, day)
        vendor = (one + 5 * of) % len(_VENDORS)
        bill = _bill(vendor, of, first)
        if one == 1 and number in (3, 9):
            bill = bill.model_copy(update={"iban": _STRANGE_ACCOUNT, "bic": "NWBKGB2L"})
        yield _sent(bill, vendor, _at(day, drawn), one)


def _number(vendor: int, number: int) -> str:
    return f"{_VENDORS[vendor][1][:2].upper()}-2026-{1000 + 17 * number + vendor}"


def _bill(vendor: int, number: int, day: date) -> Bill:
    name, _, what, net = _VENDORS[vendor]
    price = Decimal(net) + Decimal((vendor * 37 + number * 53) % 300) / 100
    return Bill(
        number=_number(vendor, number),
        issued=day - timedelta(days=1),
        due=day + timedelta(days=10 + vendor),
        seller=name,
        seller_vat=_tax_number(vendor),
        buyer="Corp Ltd",
        iban=_iban(vendor),
        items=(Item(description=what, quantity=Decimal(1), price=price),),
    )


def _iban(vendor: int) -> str:
    """A German one whose check digits are right."""
    account = f"37040044{532013000 + vendor:010d}"
    return f"DE{98 - int(f'{account}131400') % 97:02d}{account}"


def _tax_number(vendor: int) -> str:
    """A German one whose last digit is right (ISO 7064, MOD 11,10)."""
    digits, rest = f"298745{vendor:02d}", 10
    for digit in digits:
        rest = 2 * ((rest + int(digit)) % 10 or 10) % 11
    return f"DE{digits}{(11 - rest) % 10}"


def _sent(bill: Bill, vendor: int, at: datetime, form: int) -> Arriving:
    name, domain, *_ = _VENDORS[vendor]
    made = (factur_x, bill_pdf, zugferd1, bill_pdf)[form % 4](bill)
    head = Letterhead(
        sender=f"{name} <billing@{domain}>",
        recipient=OPS,
        at=at,
        message_id=f"<{bill.number}.{at:%d%H%M}@{domain}>",
    )
    return Arriving(at, "bill", bill_mail(head, bill, made))


def _correction(day: date, number: int) -> Arriving:
    """Of a bill of the day: a credit note, or a corrected one."""
    vendor = (5 * number + 2) % len(_VENDORS)
    bill = _bill(vendor, number, day)
    changed = {"number": f"K-{bill.number}", "type_code": ("381", "384")[number % 2]}
    at = datetime.combine(day, time(_UNTIL, 30), ZONE)
    return _sent(bill.model_copy(update=changed), vendor, at, 0)._replace(kind="correction")


# --- what people and machines write


def _texts(day: date, number: int, drawn: Random) -> Iterator[Arriving]:
    for kind, count in _KINDS.items():
        for one in range(count):
            at = _at(day, drawn)
            sender, subject, text = drawn.choice(_WORDS["texts"][kind])
            name, address = drawn.choice(_PEOPLE)
            gaps = {
                "name": name,
                "address": address,
                "number": str(100_000 + 1_000 * number + 40 * len(kind) + one),
                "amount": f"{drawn.randrange(500, 30_000) / 100:.2f}",
                "day": f"{_working(day + timedelta(days=4 + one % 3)):%A %d %B}",
                "link": f"https://{kind}.example/{number}/{one}",
            }
            mail = _mail(sender.format(**gaps), subject.format(**gaps), at)
            if kind == "newsletter":
                mail["List-Unsubscribe"] = f"<{gaps['link']}>"
            mail.set_content(text.format(**gaps))
            yield Arriving(at, kind, mail.as_bytes(policy=SMTP))


def _working(day: date) -> date:
    """Nobody asks for a meeting on a Sunday."""
    return day + timedelta(days=2) if day.weekday() > FRIDAY else day


def _mail(sender: str, subject: str, at: datetime) -> EmailMessage:
    mail = EmailMessage()
    domain = sender.rstrip(">").rpartition("@")[2]
    mail["From"], mail["To"], mail["Subject"] = sender, OPS, subject
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{at:%m%d%H%M}.{_hash(sender + subject)}@{domain}>"
    return mail


def _hash(words: str) -> int:
    """The same in every process, unlike Python's own."""
    return int.from_bytes(words.encode()) % 1_000_003


# --- calendars and contracts


def _dates(day: date, number: int, drawn: Random) -> Iterator[Arriving]:
    """Four objects of calendars: invitations, and each second day one that is taken back."""
    for one in range(4):
        back = one == 3 and number % 2 == 1
        of, first = (number - 1, day - timedelta(days=1)) if back else (number, day)
        yield _invitation(first, of, 0 if back else one, _at(day, drawn), back=back)


def _invitation(day: date, number: int, one: int, at: datetime, *, back: bool) -> Arriving:
    name, who = _PEOPLE[(number + one) % len(_PEOPLE)]
    start = datetime.combine(_working(day + timedelta(days=7 + one % 3)), time(9 + 2 * one), ZONE)
    meeting = Appointment(
        uid=f"{number}-{one}@clients.example",
        sequence=int(back),
        start=start,
        end=start + timedelta(minutes=45),
        title=("Review of the offer", "Weekly sync", "Kick-off", "Interview")[one],
        organizer=Guest(address=who, name=name),
        guests=(Guest(address=OWNER, name="Ann Lee"),),
    )
    method = Method.CANCEL if back else Method.REQUEST
    content = message(Itip(method=method, appointment=meeting, attendee=meeting.guests[0]), at)
    subject = f"{'Cancelled' if back else 'Invitation'}: {meeting.title}"
    mail = _mail(f"{name} <{who}>", subject, at)
    mail.set_content("It takes place no more." if back else "See you then?")
    parts = {"method": method.value}
    mail.add_alternative(content.decode(), subtype="calendar", params=parts)
    return Arriving(at, "cancellation" if back else "invitation", mail.as_bytes(policy=SMTP))


def _contract(day: date, number: int, drawn: Random) -> Arriving:
    """Each with another partner."""
    name, domain, *_ = _VENDORS[(3 * number) % len(_VENDORS)]
    words = CONTRACT.replace("Nordlicht Hosting GmbH", name).replace("Fjord Lease AS", "Corp Ltd")
    words = words.replace("1,200.00", f"{900 + 10 * number}.00")
    at = _at(day, drawn)
    mail = _mail(f"{name} <contracts@{domain}>", "Our contract", at)
    mail.set_content("Dear Ms Lee,\n\nplease find our contract attached.\n")
    mail.add_attachment(words.encode(), maintype="text", subtype="plain", filename="contract.txt")
    return Arriving(at, "contract", mail.as_bytes(policy=SMTP))
