"""When two vendors are the same."""

import re
import unicodedata

_LEGAL_FORMS = re.compile(
    r"\b(gmbh|ug|ag|kg|ohg|se|inc|llc|ltd|limited|plc|corp|corporation|co|sarl|sas|sa|srl|spa|"
    r"bv|nv|oy|ab|as|aps|sp z o o|s r o|pty|pvt)\b"
)


def folded(text: str) -> str:
    """Words without case, accents and punctuation."""
    small = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(c if c.isalnum() else " " for c in small if not unicodedata.combining(c))
    return " ".join(letters.split())


def plain(name: str) -> str:
    """A name without case, accents, punctuation and legal form."""
    words = folded(name)
    return " ".join(_LEGAL_FORMS.sub(" ", words).split()) or words


def vendor_keys(name: str, vat: str = "") -> tuple[str, ...]:
    """What a vendor is known by: the name, and the tax number where there is one.

    Either is enough to be taken for somebody we know: who copies the name of a vendor and leaves
    the tax number out, or puts another one in, is compared with that vendor's past.
    """
    number = letters_of(vat)
    return (f"name:{plain(name)}", *((f"vat:{number}",) if len(number) >= 6 else ()))


def is_one_vendor(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """By name and tax number; two tax numbers are two vendors, whatever they are called."""
    numbers = letters_of(one[1]), letters_of(other[1])
    if all(numbers):
        return numbers[0] == numbers[1]
    return plain(one[0]) == plain(other[0])


def is_named(name: str, written: str) -> bool:
    """Whether these words name that company: whole, as a part of an address, or cut short.

    Words count whole: `Ann` is not in `Hannover Messe`. Umlauts may be written either way, and
    kerning may tear a word apart.
    """
    ours, theirs = _spoken(name), _spoken(written)
    if f" {ours} " in f" {theirs} " or f"{ours} ".startswith(f"{theirs} "):
        return bool(theirs)
    return ours.replace(" ", "") == theirs.replace(" ", "")


def _spoken(name: str) -> str:
    """`Müller` and `Mueller` are one."""
    return re.sub(r"(?<=[aou])e", "", plain(name))


def letters_of(number: str) -> str:
    """The number of a tax office or an account without what people put between its digits."""
    return re.sub(r"[^0-9A-Z]", "", number.upper())


def slug(name: str) -> str:
    """A name as part of a file's path: letters, digits and hyphens only."""
    ascii_only = plain(name).encode("ascii", "ignore").decode()
    return "-".join(ascii_only.split())[:60] or "unknown"
