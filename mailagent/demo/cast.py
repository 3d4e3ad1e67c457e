"""Who and what appears in the demo. All of it is invented, also the account numbers."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from mailagent.demo.documents import Bill, Item, Letterhead
from mailagent.settings.providers import Server
from mailagent.settings.starter import Start

DOMAIN = "acme.example"
COMPANY = "Acme Studio GmbH"
OPS, ANN = f"ops@{DOMAIN}", f"ann@{DOMAIN}"
PASSWORD = "demo"  # noqa: S105 - of mailboxes on loopback that are gone when the demo ends
STRANGER = "stranger@elsewhere.example"

HOSTING = "Nordlicht Hosting <billing@nordlicht.example>"
PAPER = "Papier & Co. <rechnung@papier-co.example>"
CLIENT = "Jo Alvarez <jo@alvarez.example>"
NEWS = "Hosting Weekly <news@hosting-weekly.example>"

QUESTION = """Hello,

could you send me last month's time sheets again? I cannot find them.

Thanks
Jo
"""


def start(imap_port: int, smtp_port: int) -> Start:
    """What `mailagent init` would ask for."""
    return Start(
        company=COMPANY,
        ops_address=OPS,
        owner="Ann Lee",
        owner_address=ANN,
        imap=Server(host="127.0.0.1", port=imap_port, security="none"),
        smtp=Server(host="127.0.0.1", port=smtp_port, security="none"),
        login=OPS,
        timezone="Europe/London",
    )


def letterhead(sender: str, at: datetime, name: str) -> Letterhead:
    """The head of a mail to the agent."""
    domain = sender.rpartition("@")[2].rstrip(">")
    message_id = f"<{name}.{at:%Y%m%d%H%M%S}@{domain}>"
    return Letterhead(sender=sender, recipient=OPS, at=at, message_id=message_id)


def hosting_bill(today: date) -> Bill:
    """The first one of this vendor; nothing is wrong with it."""
    return _hosting(today, 1187, "Managed server M", "89.00")


def changed_account(today: date) -> Bill:
    """The same vendor, so it says; the account is another one."""
    bill = _hosting(today, 1188, "Migration to new data centre", "2490.00")
    return bill.model_copy(update={"iban": "GB29NWBK60161331926819", "bic": "NWBKGB2L"})


def another_bill(today: date) -> Bill:
    """For those who try it themselves."""
    return _hosting(today, 1189, "Domain renewals", "36.00")


def paper_bill(today: date) -> Bill:
    """German, from a second vendor."""
    return Bill(
        number=f"{today.year}-20871",
        issued=today - timedelta(days=4),
        due=today + timedelta(days=10),
        seller="Papier & Co. KG",
        seller_street="Am Hafen 3",
        seller_city="28195 Bremen",
        seller_vat="DE136695976",
        iban="DE02120300000000202051",
        bic="BYLADEM1001",
        items=(
            Item(description="Kopierpapier A4", quantity=Decimal(20), price=Decimal("4.95")),
            Item(description="Versandtaschen C4", quantity=Decimal(4), price=Decimal("12.40")),
        ),
    )


def _hosting(today: date, number: int, item: str, price: str) -> Bill:
    return Bill(
        number=f"RE-{today.year}-{number}",
        issued=today - timedelta(days=2),
        due=today + timedelta(days=12),
        items=(
            Item(description=item, quantity=Decimal(1), price=Decimal(price)),
            Item(description="Backup storage, 500 GB", quantity=Decimal(2), price=Decimal("12.50")),
        ),
    )
