"""ACH credits as NACHA lines of 94 letters, in blocks of ten."""

from decimal import Decimal

from mailagent.core.payments import Payment, PaymentRun, latin

_WIDE, _BLOCK, _ADDED = 94, 10, 80
_CREDITS = "220"
_CHECKING_CREDIT = "22"


def write(run: PaymentRun) -> bytes:
    """One batch of corporate credits."""
    bank = run.payer.bank
    entries = [
        line
        for n, payment in enumerate(run.transfers, 1)
        for line in (_entry(bank, n, payment), *_addenda(n, payment))
    ]
    hashed = str(sum(int(_routing(payment)[:8]) for payment in run.transfers))[-10:].zfill(10)
    cents = f"{_cents(sum((p.amount for p in run.transfers), Decimal(0))):012}"
    count = len(entries)
    lines = [_file_header(run), _batch_header(run), *entries]
    who = f"{_field(run.payer.id, 10)}{'':25}{bank[:8]}{1:07}"
    lines.append(f"8{_CREDITS}{count:06}{hashed}{0:012}{cents}{who}")
    blocks = -(-(len(lines) + 1) // _BLOCK)
    lines.append(f"9{1:06}{blocks:06}{count:08}{hashed}{0:012}{cents}{'':39}")
    lines += ["9" * _WIDE] * (blocks * _BLOCK - len(lines))
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")


def _file_header(run: PaymentRun) -> str:
    made = f"{run.made_at:%y%m%d%H%M}"
    names = f"{_field('', 23)}{_field(run.payer.name, 23)}"
    return f"101 {run.payer.bank:>9}{run.payer.id[:10]:>10}{made}A094101{names}{_field('', 8)}"


def _batch_header(run: PaymentRun) -> str:
    who = f"{_field(run.payer.name, 16)}{_field(run.name, 20)}{_field(run.payer.id, 10)}"
    day = f"{run.day:%y%m%d}"
    return f"5{_CREDITS}{who}CCD{_field('PAYMENT', 10)}{day}{day}{'':3}1{run.payer.bank[:8]}{1:07}"


def _entry(bank: str, number: int, payment: Payment) -> str:
    routing, _, account = payment.account.removeprefix("ABA ").partition(" ")
    who = f"{_field(payment.reference, 15)}{_field(payment.vendor, 22)}"
    to = f"{routing}{_field(account, 17)}{_cents(payment.amount):010}"
    more = 1 if payment.others else 0
    return f"6{_CHECKING_CREDIT}{to}{who}  {more}{bank[:8]}{number:07}"


def _addenda(number: int, payment: Payment) -> list[str]:
    """What a sum is made of, as X12 segments: an invoice is IV, a seller's credit memo CL.

    One record, as banks take it with CCD: what has no room there is left out, whole.
    """
    if not payment.others:
        return []
    told = ""
    for part in payment.parts:
        kind = "CL" if part.amount < 0 else "IV"
        segment = f"RMR*{kind}*{latin(part.reference, 30).upper()}**{part.amount}\\"
        told += segment if len(told) + len(segment) <= _ADDED else ""
    return [f"705{told:{_ADDED}}{1:04}{number:07}"]


def _routing(payment: Payment) -> str:
    return payment.account.removeprefix("ABA ").partition(" ")[0]


def _cents(amount: Decimal) -> int:
    return int((amount * 100).to_integral_value())


def _field(text: str, width: int) -> str:
    return latin(text, width).upper().ljust(width)
