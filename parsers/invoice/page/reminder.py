"""The bill that a reminder is about, where it is only named in a sentence."""

import re
from collections import Counter

from mailagent.core.reading import Field, Source
from parsers.invoice.page.layout import Sheet, Spot

# `our invoice AY/6663 of ...`, `Rechnung Nr. 4711 vom ...`; a date is no number.
_NAMED = re.compile(
    r"\b(?:invoice|bill|rechnung|facture|factura|fattura|factuur|fatura|faktur[ay])"
    r"(?:[ \t]{1,3}(?:number|no|nr|nummer|numéro|número|numero|n)\b\.?|[ \t]?n[°º]|[ \t]?n\.º)?"
    r"[ \t]?[:#]?[ \t]{0,3}"
    r"(?!\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b)([A-Za-z0-9][\w./\\-]{0,30})",
    re.IGNORECASE,
)
_ONCE, _TWICE = 0.75, 0.92


def named_bill(sheet: Sheet, source: Source) -> Field | None:
    """The number that sentences and tables give as the bill's; the commonest of several."""
    found: dict[str, Spot] = {}
    times: Counter[str] = Counter()
    for row in sheet.rows:
        for match in _NAMED.finditer(row.text):
            number = match[1].rstrip("./-")
            if not any(c.isdigit() for c in number):
                continue
            times[number] += 1
            found.setdefault(number, row.spot(match.start(1), match.start(1) + len(number)))
    if not times:
        return None
    number, _ = times.most_common(1)[0]
    stands = sum(number in row.text for row in sheet.rows)
    confidence = _TWICE if stands > 1 and len(times) == 1 else _ONCE
    return Field(
        value=number, confidence=confidence, source=source, evidence=found[number].evidence()
    )
