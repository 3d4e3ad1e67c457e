"""Numbers that tax offices give to companies: whether their digits fit."""

import re
from collections.abc import Callable

from stdnum.au import abn
from stdnum.ca import bn
from stdnum.ch import uid
from stdnum.ch import vat as ch_vat
from stdnum.eu import vat as eu_vat
from stdnum.gb import vat as gb_vat
from stdnum.in_ import gstin
from stdnum.no import mva, orgnr
from stdnum.nz import ird

_EU = frozenset(
    {"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "HR", "HU", "IE", "IT"}
    | {"LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "XI"}
)
# Tax offices of the EU say EL for Greece.
_PREFIX = {"GR": "EL"}
_ALPHA3 = {
    "AUT": "AT",
    "BEL": "BE",
    "BGR": "BG",
    "CHE": "CH",
    "CZE": "CZ",
    "DEU": "DE",
    "DNK": "DK",
    "ESP": "ES",
    "FIN": "FI",
    "FRA": "FR",
    "GBR": "GB",
    "GRC": "GR",
    "HRV": "HR",
    "HUN": "HU",
    "IRL": "IE",
    "ITA": "IT",
    "LUX": "LU",
    "NLD": "NL",
    "NOR": "NO",
    "POL": "PL",
    "PRT": "PT",
    "ROU": "RO",
    "SVK": "SK",
    "SVN": "SI",
    "SWE": "SE",
    "USA": "US",
}
_OTHERS: dict[str, tuple[Callable[[str], bool], ...]] = {
    "AU": (abn.is_valid,),
    "CA": (bn.is_valid,),
    "CH": (ch_vat.is_valid, uid.is_valid),
    "GB": (gb_vat.is_valid,),
    "IN": (gstin.is_valid,),
    "NO": (mva.is_valid, orgnr.is_valid),
    "NZ": (ird.is_valid,),
}


def country_code(text: str) -> str:
    """Two letters of a country, also from three."""
    upper = text.strip().upper()
    return _ALPHA3.get(upper, upper if len(upper) == 2 else "")


def country_of(number: str) -> str:
    """The country that a tax number names at its start; empty where it names none."""
    letters = _plain(number)
    found = re.match(r"(CHE|[A-Z]{2})(?=[A-Z]?\d|U\d)", letters)
    start = found[1][:2] if found else ""
    known = start in _EU or start in {"GB", "CH", "NO", "GR"}
    return {"EL": "GR"}.get(start, start) if known else ""


def tax_number_fits(number: str, country: str = "") -> bool | None:
    """Whether the digits fit; None where we do not know how they should.

    `country`: whose it is, where the number does not say.
    """
    letters = _plain(number)
    named = country_of(number)
    country = named or country
    prefix = _PREFIX.get(country, country)
    if prefix in _EU:
        return eu_vat.is_valid(letters if named else f"{prefix}{letters}")
    if rules := _OTHERS.get(country):
        return any(
            rule(each) for rule in rules for each in (letters, letters.removeprefix(country))
        )
    return None


def _plain(number: str) -> str:
    return re.sub(r"[^0-9A-Z+*&]", "", number.upper())
