"""Tax numbers, accounts and the like that pass their own check digits, and belong to nobody."""

from random import Random


def digits(rng: Random, count: int) -> str:
    """So many digits, the first not 0."""
    return str(rng.randint(1, 9)) + "".join(str(rng.randint(0, 9)) for _ in range(count - 1))


def luhn(number: str) -> str:
    """The check digit that makes the number pass Luhn's test."""
    total = 0
    for at, digit in enumerate(reversed(number)):
        doubled = int(digit) * (2 if at % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return str(-total % 10)


def weighted(number: str, weights: list[int]) -> int:
    """The sum of the digits, each times its weight."""
    return sum(int(digit) * weight for digit, weight in zip(number, weights, strict=True))


def _de(rng: Random) -> str:
    number = digits(rng, 8)
    product = 10
    for digit in number:
        rest = (int(digit) + product) % 10 or 10
        product = 2 * rest % 11
    return f"DE{number}{(11 - product) % 10}"


def _at(rng: Random) -> str:
    number = digits(rng, 7)
    total = 4
    for at, digit in enumerate(number):
        value = int(digit) * (2 if at % 2 else 1)
        total += value // 10 + value % 10
    return f"ATU{number}{-total % 10}"


def _ch(rng: Random) -> str:
    while True:
        number = digits(rng, 8)
        check = 11 - weighted(number, [5, 4, 3, 2, 7, 6, 5, 4]) % 11
        if check != 10:
            whole = number + str(check % 11)
            return f"CHE-{whole[:3]}.{whole[3:6]}.{whole[6:]} MWST"


def _fr(rng: Random) -> str:
    siren = digits(rng, 8)
    siren += luhn(siren)
    return f"FR{(12 + 3 * (int(siren) % 97)) % 97:02d}{siren}"


def _es(rng: Random) -> str:
    number = digits(rng, 7)
    return f"B{number}{luhn(number)}"


def _it(rng: Random) -> str:
    number = digits(rng, 10)
    return f"IT{number}{luhn(number)}"


def _nl(rng: Random) -> str:
    while True:
        number = digits(rng, 8)
        check = weighted(number, [9, 8, 7, 6, 5, 4, 3, 2]) % 11
        if check != 10:
            return f"NL{number}{check}B01"


def _pt(rng: Random) -> str:
    number = "5" + digits(rng, 7)
    check = 11 - weighted(number, [9, 8, 7, 6, 5, 4, 3, 2]) % 11
    return f"{number}{check if check < 10 else 0}"


def _pl(rng: Random) -> str:
    while True:
        number = digits(rng, 9)
        check = weighted(number, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11
        if check != 10:
            return f"{number[:3]}-{number[3:6]}-{number[6:8]}-{number[8]}{check}"


def _gb(rng: Random) -> str:
    number = digits(rng, 7)
    check = 97 - weighted(number, [8, 7, 6, 5, 4, 3, 2]) % 97
    return f"GB {number[:3]} {number[3:]} {check:02d}"


def _au(rng: Random) -> str:
    number = digits(rng, 9)
    weights = [3, 5, 7, 9, 11, 13, 15, 17, 19]
    check = 99 - weighted(number, weights) % 89
    whole = f"{check}{number}"
    return f"{whole[:2]} {whole[2:5]} {whole[5:8]} {whole[8:]}"


def _ca(rng: Random) -> str:
    number = digits(rng, 8)
    return f"{number}{luhn(number)} RT0001"


def _in(rng: Random) -> str:
    alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    letters = "".join(rng.choice("ABCDEFGHKLMNPRSTUVW") for _ in range(3))
    number = f"{rng.choice(['27', '29', '07', '33'])}{letters}C{rng.choice('ABGKMPRS')}"
    number += f"{digits(rng, 4)}{rng.choice('ABCDEFGH')}1Z"
    total = 0
    for at, letter in enumerate(number):
        value = alphabet.index(letter) * (2 if at % 2 else 1)
        total += value // 36 + value % 36
    return number + alphabet[-total % 36]


def _us(rng: Random) -> str:
    return f"{rng.randint(20, 88)}-{digits(rng, 7)}"


TAX_NUMBERS = {
    "DE": _de,
    "AT": _at,
    "CH": _ch,
    "FR": _fr,
    "ES": _es,
    "IT": _it,
    "NL": _nl,
    "PT": _pt,
    "PL": _pl,
    "GB": _gb,
    "AU": _au,
    "CA": _ca,
    "IN": _in,
    "US": _us,
}

# What stands in an IBAN after the country and its check digits: n digits, or letters as they are.
_ACCOUNTS = {
    "DE": "18",
    "AT": "16",
    "CH": "17",
    "FR": "23",
    "NL": "ABNA10",
    "PT": "21",
    "PL": "24",
    "GB": "NWBK14",
}


def iban(rng: Random, country: str) -> str:
    """An IBAN with the length and the check digits of its country."""
    if country == "ES":
        bank = digits(rng, 8)
        account = digits(rng, 10)
        body = f"{bank}{_es_check('00' + bank)}{_es_check(account)}{account}"
    elif country == "IT":
        body = f"{rng.choice('ABCDEFGHKLMNPQRSTUVXYZ')}{digits(rng, 10)}{digits(rng, 12)}"
    else:
        form = _ACCOUNTS[country]
        letters = form.rstrip("0123456789")
        body = letters + digits(rng, int(form[len(letters) :]))
    moved = "".join(str(int(letter, 36)) for letter in f"{body}{country}00")
    return f"{country}{98 - int(moved) % 97:02d}{body}"


def _es_check(number: str) -> int:
    rest = 11 - weighted(number, [1, 2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11
    return {10: 1, 11: 0}.get(rest, rest)


def bic(rng: Random, country: str) -> str:
    """A bank's code of that country."""
    return (
        "".join(rng.choice("ABCDEFGHKLMNPRSTUVW") for _ in range(4))
        + f"{country}2{rng.choice('AXKL')}XXX"
    )


def aba(rng: Random) -> str:
    """A routing number of an American bank."""
    number = f"0{digits(rng, 7)}"
    return number + str(-weighted(number, [3, 7, 1, 3, 7, 1, 3, 7]) % 10)
