"""When two vendors are the same."""

import re
import unicodedata

_LEGAL_FORMS = re.compile(
    r"\b(gmbh|ug|ag|kg|ohg|se|inc|llc|ltd|limited|plc|corp|corporation|co|sarl|sas|sa|srl|spa|"
    r"bv|nv|oy|ab|as|aps|sp z o o|s r o|pty|pvt)\b"
)
# With those that a name is told by, once single letters are put together: `g m b h`.
_FORM = re.compile(
    _LEGAL_FORMS.pattern
    + r"|\b(sp zoo|zoo|sro|mbh|gbr|ek|ev|eg|partg|llp|lp|sl|slu|sasu|eurl|snc|srls|lda|ltda|oyj|"
    r"doo|kft|zrt)\b"
)
_LETTERS_APART = re.compile(r"\b(\w) (?=\w\b)")
_NEXT_PART = re.compile(r"[,;\n|]|\bc/o\b|\battn\b|\bz\. ?hd\.|\ba/c\b")
_MOST_BETWEEN = 4  # words of a longer name, before its legal form


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


def names_another(name: str, written: str) -> bool:
    """Whether these words name a company that is only called like that one: a sister, a parent.

    `Nordwind Services GmbH` is not `Nordwind GmbH`, while `Nordwind GmbH, Services` is. A name of
    ours without a legal form says too little for that.
    """
    if not _FORM.search(_as_one(name)):
        return False
    ours = " ".join(_FORM.sub(" ", _as_one(name)).split())
    small = re.sub(rf",\s*(?={_FORM.pattern})", " ", written.casefold())
    found = [_is_another(ours, _as_one(part)) for part in _NEXT_PART.split(small)]
    return True in found and False not in found


def _is_another(ours: str, part: str) -> bool | None:
    """None: this part of it says nothing of us."""
    form = _FORM.search(part)
    if f" {ours} " in f" {part} ":
        after = f" {part} ".partition(f" {ours} ")[2]
        form = _FORM.search(after)
        between = after[: form.start()].split() if form else []
        return 0 < len(between) <= _MOST_BETWEEN and all(word.isalpha() for word in between)
    core = part[: form.start()].strip() if form else ""
    return True if core and ours.startswith(f"{core} ") else None


def _as_one(name: str) -> str:
    """In words, with letters that stand apart put together."""
    return re.sub(r"(?<=[aou])e", "", _LETTERS_APART.sub(r"\1", folded(name)))


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
