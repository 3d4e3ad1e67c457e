"""ISO 20022 credit transfers, pain.001.001.09."""

from decimal import Decimal
from itertools import groupby
from typing import Any

from lxml import etree
from lxml.builder import ElementMaker  # type: ignore[import-not-found] # its stubs leave it out

from mailagent.core.money import in_coins
from mailagent.core.payments import Payment, PaymentRun, latin

_NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
_E = ElementMaker(namespace=_NAMESPACE, nsmap={None: _NAMESPACE})
_NAME, _TEXT, _LONGEST = 70, 140, 10_000
_UNSPELLED = "not in Latin letters"


def write(run: PaymentRun) -> bytes:
    """One block of transfers for each currency."""
    payments = sorted(run.transfers, key=lambda payment: payment.currency)
    blocks = [
        _block(run, currency, list(some))
        for currency, some in groupby(payments, key=lambda payment: payment.currency)
    ]
    document = _E.Document(_E.CstmrCdtTrfInitn(_header(run), *blocks))
    return etree.tostring(document, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _header(run: PaymentRun) -> Any:
    return _E.GrpHdr(
        _E.MsgId(run.name),
        _E.CreDtTm(run.made_at.isoformat(timespec="seconds")),
        _E.NbOfTxs(str(len(run.transfers))),
        _E.CtrlSum(_sum(run.transfers)),
        _E.InitgPty(_E.Nm(latin(run.payer.name, _NAME) or _UNSPELLED)),
    )


def _block(run: PaymentRun, currency: str, payments: list[Payment]) -> Any:
    is_sepa = currency == "EUR"
    bank = _E.BICFI(run.payer.bank) if run.payer.bank else _E.Othr(_E.Id("NOTPROVIDED"))
    return _E.PmtInf(
        _E.PmtInfId(f"{run.name}-{currency}"),
        _E.PmtMtd("TRF"),
        _E.NbOfTxs(str(len(payments))),
        _E.CtrlSum(_sum(payments)),
        *([_E.PmtTpInf(_E.SvcLvl(_E.Cd("SEPA")))] if is_sepa else []),
        _E.ReqdExctnDt(_E.Dt(run.day.isoformat())),
        _E.Dbtr(_E.Nm(latin(run.payer.name, _NAME) or _UNSPELLED)),
        _E.DbtrAcct(_E.Id(_E.IBAN(run.payer.account))),
        _E.DbtrAgt(_E.FinInstnId(bank)),
        *([_E.ChrgBr("SLEV")] if is_sepa else []),
        *(_transfer(payment) for payment in payments),
    )


def _transfer(payment: Payment) -> Any:
    amount = _E.InstdAmt(in_coins(payment.amount, payment.currency), Ccy=payment.currency)
    return _E.CdtTrfTxInf(
        _E.PmtId(_E.EndToEndId(f"{payment.case}-{payment.bill}")),
        _E.Amt(amount),
        _E.Cdtr(_E.Nm(latin(payment.vendor, _NAME) or _UNSPELLED)),
        _E.CdtrAcct(_E.Id(_E.IBAN(payment.account))),
        _E.RmtInf(_E.Ustrd(_numbers(payment) or _UNSPELLED)),
    )


def _numbers(payment: Payment) -> str:
    """With what of the sum is for each, as far as there is room for that."""
    told = latin(payment.remittance, _LONGEST)
    if len(told) > _TEXT:
        told = latin(", ".join(part.reference for part in payment.parts), _TEXT)
    return told


def _sum(payments: tuple[Payment, ...] | list[Payment]) -> str:
    """Of several currencies as well: the bank wants a number to check with."""
    amounts = [Decimal(in_coins(payment.amount, payment.currency)) for payment in payments]
    return f"{sum(amounts, Decimal(0)):f}"
