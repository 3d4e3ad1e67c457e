"""Terms of payment: `Net 30`, `zahlbar innerhalb 14 Tagen`, `fin de mois`."""

import calendar
import re
from datetime import date, timedelta
from typing import NamedTuple

from parsers.invoice.page.layout import Sheet, Spot

_DAY_WORDS = (
    r"(?:calendar |business )?days?|tagen?|tg\.?|jours?|j\.|d[ií]as?|giorni|gg\.?|dagen|dgn|dias"
    r"|dni|dnia|dage|dagar|dn[ůi]"
)
_DAYS = re.compile(
    r"(?:\bnett?o?[ .:]{0,2}(?P<net>\d{1,3})\b(?!\s?%|[.,]\d)"
    r"|(?-i:\bN)/?[ ]?(?P<n2>\d{1,2})\b"
    r"|(?<![\d.,])(?P<n>\d{1,3})\)?(?:\s?\(\w+\))?\s?(?:" + _DAY_WORDS + r")(?![^\W\d_]))",
    re.IGNORECASE,
)
_PAYING = re.compile(
    r"pa[iy]|pag[oa]|terms?\b|credit (?:period|days)|bonifico|transfer|przelew|virement"
    r"|due|zahl|fällig|betal|begleich|überweis|net\b|netto|échéance|règlement|regl"
    r"|vencim|scaden|plaz|prazo|plati"
    r"|płat|zapłat|splat|úhrad|förfall|forfald|remit|settle|konditionen|conditions|condiciones"
    r"|condizioni|condições|voldoen",
    re.IGNORECASE,
)
_DISCOUNTED = re.compile(
    r"\d\s?%|skonto|discount|escompte|sconto|korting|descuento|desconto|rabat", re.IGNORECASE
)
_NOT_TERMS = re.compile(
    r"return|cancel|reklam|widerruf|notice|kündig|warrant|garanti|valid|gültig|validity|late"
    r"|verzug|mahn|retard|report|"
    r"dispute|object|einwend|refund|rückgabe|overdue|reminder|interest|mora|intérêt|pénalit"
    r"|free trial|after receipt of goods",
    re.IGNORECASE,
)
_AT_ONCE = re.compile(
    r"due (?:up)?on receipt|payable (?:up)?on receipt|due immediately|payable immediately"
    r"|immediate payment|upon receipt"
    r"|sofort (?:fällig|zahlbar|ohne abzug|netto|rein netto)|zahlbar sofort|fällig sofort"
    r"|zahlungsziel:? ?sofort"
    r"|à réception|paiement comptant|comptant|al contado|pago inmediato|a vista\b"
    r"|rimessa diretta|pagamento immediato"
    r"|contant|per direct|pronto pagamento|pagamento a pronto|płatne natychmiast|due now"
    r"|cash on delivery",
    re.IGNORECASE,
)
_MONTH_END = re.compile(
    r"end of (?:the )?month|\beom\b|fin de mois|monatsende|fine mese|\bf\.?m\.?\b|fin de mes"
    r"|einde maand|fim do mês",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[;\n]|\.\s|,\s(?=[^\d])|\bor\b|\boder\b|\bbzw\.?")
_FROM_INVOICE = re.compile(
    r"invoice|rechnung|factur|fattura|fatura|faktur|wystawienia|emiss|emisi|data doc", re.IGNORECASE
)
_LONGEST = 180


class Terms(NamedTuple):
    """How long there is to pay, and the words that say so."""

    days: int
    month_end: bool
    spot: Spot
    sure: bool

    def due(self, issued: date) -> date:
        """The last day to pay."""
        if self.month_end:
            at = issued + timedelta(days=self.days)
            return at.replace(day=calendar.monthrange(at.year, at.month)[1])
        return issued + timedelta(days=self.days)

    def rule(self, issued: date) -> str:
        """How the day was made: `28 Nov + 14 days`."""
        end = ", end of the month" if self.month_end else ""
        return f'{issued.isoformat()} + {self.days} days{end} ("{self.spot.text.strip()}")'


def terms_of(sheet: Sheet) -> Terms | None:
    """The time to pay without a discount: the longest that is stated."""
    found: list[Terms] = []
    for index, row in enumerate(sheet.rows):
        before = sheet.rows[index - 1].text if index else ""
        for match in _DAYS.finditer(row.text):
            days = int(match["net"] or match["n2"] or match["n"])
            terms = _read(row.text, before, match, days)
            if terms is not None and days <= _LONGEST:
                month_end, sure = terms
                found.append(Terms(days, month_end, row.spot(match.start(), match.end()), sure))
    if found:
        best = max(found, key=lambda terms: (terms.sure, terms.days))
        rivals = {terms.days for terms in found if terms.sure == best.sure}
        return best if len(rivals) == 1 else best._replace(sure=False)
    return _at_once(sheet)


def _read(text: str, before: str, match: re.Match[str], days: int) -> tuple[bool, bool] | None:
    """Whether the clause around is about paying; what is about a discount is no term."""
    start = max((m.end() for m in _CLAUSE.finditer(text, 0, match.start())), default=0)
    end = next((m.start() for m in _CLAUSE.finditer(text, match.end())), len(text))
    clause = text[start:end]
    around = f"{before} {text}"
    if _NOT_TERMS.search(clause):
        return None
    if not _PAYING.search(around):
        return (bool(_MONTH_END.search(clause)), False) if _stands_alone(text, match) else None
    if match["net"] is None and _DISCOUNTED.search(clause) and not _is_net(text, match):
        return None
    return bool(_MONTH_END.search(clause)), bool(match["net"] or _PAYING.search(text)) and days > 0


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """A line that says `30 days` or `30 days from the invoice date`, and nothing else."""
    rest = text[match.end() :].strip(" .")
    return match.start() == 0 and (not rest or bool(_FROM_INVOICE.search(rest[:50])))


def _is_net(text: str, match: re.Match[str]) -> bool:
    """`10 days 2 %, 30 days net`: the number beside `net` has no discount."""
    return bool(re.match(r"\W{0,3}(?:rein )?nett?o?\b", text[match.end() :], re.IGNORECASE))


def _at_once(sheet: Sheet) -> Terms | None:
    for row in sheet.rows:
        match = _AT_ONCE.search(row.text)
        if match:
            return Terms(0, False, row.spot(match.start(), match.end()), sure=False)
    return None
