"""A paper finds its place, named so that it is found again: of whatever kind, by whatever task."""

from mailagent.core.capability import StoreFile
from mailagent.core.filing import AskFiled, Paper, notes, place, sent_by
from mailagent.core.people import Company
from mailagent.core.proposal import Action, Proposal
from mailagent.core.question import KnownVendor, Question
from mailagent.core.reading import Check, Kind, Reading
from mailagent.core.reminded import asks_for_bill, how_it_stands, reminds_of_a_bill
from mailagent.core.said import Said, say
from mailagent.core.spelling import spell_day
from mailagent.core.task import Work
from mailagent.core.vendor import plain
from mailagent.core.vendor_papers import asked_of, compared

# Who made a paper, by what its readers call them; the first that is not us.
_PARTIES = ("seller_name", "issuer", "holder", "buyer_name")
DAYS = ("issue_date", "date")
_TITLES = ("invoice_number", "number", "title")
# What the draft says that a paper is; whom a sensitive one is about is never named.
NAMES = {
    "en": {
        Kind.RECEIPT: "Receipt",
        Kind.PURCHASE_ORDER: "Purchase order",
        Kind.ORDER_CONFIRMATION: "Order confirmation",
        Kind.QUOTE: "Quote",
        Kind.STATEMENT: "Statement",
        Kind.PAYMENT_REMINDER: "Payment reminder",
        Kind.DELIVERY_NOTE: "Delivery note",
        Kind.FORM: "Form",
        Kind.MEETING_NOTES: "Notes",
        Kind.REMITTANCE_ADVICE: "Remittance advice",
        Kind.CERTIFICATE: "Certificate",
        Kind.INSURANCE_PAPER: "Insurance paper",
        Kind.TAX_PAPER: "Tax paper",
        Kind.SPECIFICATION: "Document",
        Kind.LETTER: "Letter",
        Kind.PAYSLIP: "Payslip",
        Kind.HEALTH: "Health paper",
        Kind.IDENTITY: "Identity paper",
        Kind.PRIVILEGED: "Privileged letter",
        Kind.OTHER: "Document",
    },
    "de": {
        Kind.RECEIPT: "Quittung",
        Kind.PURCHASE_ORDER: "Bestellung",
        Kind.ORDER_CONFIRMATION: "Auftragsbestätigung",
        Kind.QUOTE: "Angebot",
        Kind.STATEMENT: "Kontoauszug",
        Kind.PAYMENT_REMINDER: "Mahnung",
        Kind.DELIVERY_NOTE: "Lieferschein",
        Kind.FORM: "Formular",
        Kind.MEETING_NOTES: "Notizen",
        Kind.REMITTANCE_ADVICE: "Zahlungsavis",
        Kind.CERTIFICATE: "Bescheinigung",
        Kind.INSURANCE_PAPER: "Versicherungsunterlage",
        Kind.TAX_PAPER: "Steuerunterlage",
        Kind.SPECIFICATION: "Unterlage",
        Kind.LETTER: "Schreiben",
        Kind.PAYSLIP: "Gehaltsabrechnung",
        Kind.HEALTH: "Gesundheitsunterlage",
        Kind.IDENTITY: "Ausweispapier",
        Kind.PRIVILEGED: "Anwaltsschreiben",
        Kind.OTHER: "Unterlage",
    },
}


def asks(reading: Reading, company: Company) -> tuple[Question, ...]:
    """Whether it is on file already, and where the last of this party went."""
    kind = reading.text("paper") or reading.kind
    filed = AskFiled(party=_party(reading, company), kind=kind)
    return (filed, *asks_for_bill(reading), *asked_of(reading))


def put_away(work: Work, task: str) -> Proposal:
    """One action: its place. What is sensitive is told by its kind, and by nothing else."""
    return Proposal(
        case=work.case.id,
        version=work.version,
        task=task,
        title=_title(work),
        reading=work.reading,
        checks=(
            *work.reading.checks,
            *reminds_of_a_bill(work.reading, work.answers),
            *_compared(work),
        ),
        actions=(Action(number=1, payload=_filing(work)),),
        notes=_notes(work),
    )


def _party(reading: Reading, company: Company) -> str:
    named = [reading.text(name) for name in _PARTIES]
    ours = plain(company.name)
    return next((name for name in named if name and plain(name) != ours), "")


def _compared(work: Work) -> tuple[Check, ...]:
    known = next((one for one in work.answers if isinstance(one, KnownVendor)), None)
    return compared(work.reading, known, work.today)


def _first(reading: Reading, names: tuple[str, ...]) -> str:
    return next(filter(None, map(reading.text, names)), "")


def _filing(work: Work) -> StoreFile:
    reading, document = work.reading, work.case.document
    dated = next(filter(None, (reading.date(name) for name in DAYS)), None)
    stem = document.name.rpartition(".")[0] or document.name
    paper = Paper(
        group="papers",
        kind=reading.text("paper") or reading.kind,
        party=reading.text("party")
        or _party(reading, work.company)
        or sent_by(work.sender, work.company.domain),
        day=dated or work.today,
        title=_first(reading, _TITLES) or ("" if reading.sensitive else stem),
        file_name=document.name,
        media_type=document.media_type,
        content=document.sha256,
        number=reading.text("number") if reading.text("paper") else "",
        valid_until=reading.date("valid_until"),
        tags=tuple(filter(None, (reading.text("tags"),))),
        sensitive=bool(reading.sensitive),
    )
    return place(work.filing, paper, work.filed, work.typed_folder)


def _title(work: Work) -> str:
    reading, language = work.reading, work.person.language
    kind = NAMES[language].get(reading.kind, NAMES[language][Kind.OTHER])
    if reading.sensitive:
        return kind
    party = reading.text("party") or _party(reading, work.company)
    dated = next(filter(None, (reading.date(name) for name in DAYS)), None)
    day = spell_day(dated, work.today, work.person.locale) if dated else ""
    name = party or work.case.document.name
    said = () if _says(name, kind) else (kind,)
    return ", ".join(filter(None, (*said, name, day)))


def _says(name: str, kind: str) -> bool:
    """Whether a name tells already what it is: `Order confirmation 4711`."""
    return any(word in name.casefold() for word in kind.casefold().split())


def _notes(work: Work) -> tuple[Said, ...]:
    private = (say("filing.private"),) if work.reading.sensitive else ()
    return (*private, *how_it_stands(work.answers), *notes(work.filed, work.typed_folder))
