"""Words of strangers: made fit to stand inside a mail of ours."""

import re
import unicodedata

LONGEST = 200

# Invisible, though Unicode counts them as letters, marks or symbols.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_VARIATION = re.compile("[\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_STACKED = re.compile(
    r"([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{2})"
    r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+"
)
_ADDRESS = re.compile(r"(?:[^\s:/]*:/{2,}|www\.)([^\s/]*)", re.IGNORECASE)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b")


def clean(text: str, longest: int = LONGEST) -> str:
    """One line without control, bidi or invisible characters, not too long, without links."""
    # A bound before the work: a megabyte of text must not cost a second.
    visible = "".join(_visible(c) for c in unicodedata.normalize("NFC", text[: longest * 4]))
    line = " ".join(_STACKED.sub(r"\1", _VARIATION.sub("", visible)).split())
    return shortened(unlinked(line), longest)


def shortened(text: str, longest: int) -> str:
    """At most this long; what is missing shows as an ellipsis."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def unlinked(text: str) -> str:
    """Without web addresses that a mail client would turn into links."""
    while (without := _ADDRESS.sub(lambda host: host[1].replace(".", "[.]"), text)) != text:
        text = without
    return text


def file_name(text: str) -> str:
    """A name that is one on every system."""
    return re.sub(r'[\\/:*?"<>|;]', "_", clean(text, 120)).strip(". ") or "document"


def masked(account: str) -> str:
    """An account number that can be recognised but not used: DE44 ... 3249 31."""
    letters = re.sub(r"[^A-Za-z0-9]", "", account).upper()
    groups = [letters[at : at + 4] for at in range(0, len(letters), 4)]
    if not re.fullmatch(r"[A-Z]{2}\d{2}\w{11,30}", letters):
        return f"... {letters[-4:]}" if len(letters) > 6 else letters
    tail = groups[-1:] if len(groups[-1]) == 4 else groups[-2:]
    return f"{groups[0]} ... {' '.join(tail)}"


def without_accounts(text: str) -> str:
    """The text with every IBAN in it masked."""
    return _IBAN.sub(lambda found: _masked_if_iban(found[0]), text)


def _masked_if_iban(text: str) -> str:
    letters = text.replace(" ", "")
    digits = "".join(str(int(c, 36)) for c in letters[4:] + letters[:4])
    return masked(text) if int(digits) % 97 == 1 else text


def _visible(c: str) -> str:
    if c in _INVISIBLE:
        return ""
    category = unicodedata.category(c)
    if category[0] == "Z" or c in "\t\n\r\v\f\x85":
        return " "
    return "" if category[0] == "C" else c


def cleaned(**values: str) -> dict[str, str]:
    """What fills the gaps of a phrase."""
    return {name: clean(value, 80) for name, value in values.items()}
