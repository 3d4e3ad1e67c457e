"""Dates as the XML formats write them."""

import re
from datetime import date, datetime

_ISO = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T+\-Z].*)?")
_COMPACT = re.compile(r"(\d{8})(?:\d{4}|\d{6})?(?:[+-]\d{2,4}|Z)?")


def xml_date(text: str) -> date | None:
    """2024-02-29 (with or without a time or zone) or 20240229; None for anything else."""
    iso, compact = _ISO.fullmatch(text), _COMPACT.fullmatch(text)
    try:
        if iso:
            return date.fromisoformat(iso[1])
        if compact:
            return datetime.strptime(f"{compact[1]}+0000", "%Y%m%d%z").date()
    except ValueError:  # the 31st of February
        return None
    return None
