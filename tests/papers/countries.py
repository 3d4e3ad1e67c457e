"""The habits of each country: money, dates, taxes, addresses, how to pay."""

import tomllib
from pathlib import Path

from mailagent.core.value import Value


class Country(Value):
    """Where a seller is at home."""

    code: str
    language: str
    currencies: dict[str, tuple[str, ...]]  # each with the signs it is printed with
    numbers: tuple[str, ...]
    dates: tuple[str, ...]
    tax: tuple[str, ...]  # its name
    rates: tuple[str, ...]
    tax_labels: tuple[str, ...]  # of the seller's number
    other_numbers: tuple[str, ...]  # of the seller, that are no tax number
    legal: tuple[str, ...]
    streets: tuple[str, ...]
    towns: tuple[str, ...]
    pays: tuple[str, ...]
    phone: str
    letter: bool = False  # the paper's size


def _countries() -> dict[str, Country]:
    with Path(__file__).with_suffix(".toml").open("rb") as file:
        return {name: Country.model_validate(told) for name, told in tomllib.load(file).items()}


COUNTRIES = _countries()
